//! Reads on one thread while the writer writes: batches of rows become slices, each a command of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use domain::{ImportId, ReleaseId};
use serde::{Deserialize, Serialize};
use store::import::{BadRow, Counts};
use store::{Lane, Tx};

use super::batch::{self, Batch, Entry, Parser, bad_row};
use super::pace::{Pace, Rhythm};
use super::problem::Problem;
use super::resolve::PlannedShops;
use super::source::Source;
use crate::actor::Actor;
use crate::app::App;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::run::Call;

/// Batches that wait between the reader and the writer: none, each holds one.
const BATCHES_WAITING: usize = 0;
/// Files from here on are worth a larger page cache while they are written.
const LARGE_FILE_BYTES: u64 = 32 << 20;
/// When the first so many rows are all bad, the columns are mapped wrongly and nothing is gained by reading on.
const HOPELESS_ROWS: i64 = 10_000;
/// Tries to queue a slice while the bulk lane is full.
const QUEUE_TRIES: u32 = 600;
const QUEUE_PAUSE_MS: u64 = 50;

/// What slices need to know of their run.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) id: ImportId,
    /// In a dry run, the shops that it would make.
    pub(super) planned: Option<PlannedShops>,
    pub(super) release_id: Option<ReleaseId>,
    /// Rows in one slice at most, when told.
    pub(super) rows_max: Option<usize>,
}

/// Rows that a target can write.
pub(super) trait Writer: Parser {
    /// Rows in one slice at most.
    const ROWS_PER_SLICE: usize = usize::MAX;
    /// Writes rows from the first on, as many as the pace allows; how many.
    fn write(
        tx: &Tx<'_>,
        ctx: &mut Ctx<'_>,
        run: &Run,
        rows: &[Entry<Self::Row>],
        slice: &mut Slice<'_>,
    ) -> Result<usize, Error>;
}

/// What came of a slice's rows, and how long it may go on.
pub(super) struct Slice<'a> {
    pub(super) pace: Pace<'a>,
    pub(super) new: i64,
    pub(super) changed: i64,
    pub(super) same: i64,
    /// Rows that turned out to be bad, by index.
    pub(super) bad: Vec<(usize, Problem)>,
}

impl Slice<'_> {
    pub(super) fn count(&mut self, put: store::import::bulk::Put) {
        use store::import::bulk::Put;
        match put {
            Put::New => self.new += 1,
            Put::Changed => self.changed += 1,
            Put::Same => self.same += 1,
        }
    }
}

/// What a slice answers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Written {
    rows: usize,
    disturbed: bool,
    good: i64,
}

/// Imports a whole file.
///
/// # Errors
/// What reading or writing fails with; `Conflict` when the run was stopped or nothing of it is readable.
pub(super) fn drive<W: Writer>(
    app: &App,
    actor: &Arc<Actor>,
    run: Run,
    source: &Source,
    parser: W,
) -> Result<(), Error> {
    let is_large = source.bytes >= LARGE_FILE_BYTES;
    if is_large {
        set_cache(app, store::import::Cache::Wide)?;
    }
    let (sender, receiver) = sync_channel(BATCHES_WAITING);
    let written = std::thread::scope(|scope| {
        scope.spawn(move || batch::read(source, parser, &sender));
        write_all::<W>(app, actor, run, receiver)
    });
    if is_large {
        set_cache(app, store::import::Cache::Usual)?;
    }
    written
}

fn set_cache(app: &App, cache: store::import::Cache) -> Result<(), Error> {
    let call = Call::system("import.cache");
    app.run_blocking(call, move |tx, _| Ok(store::import::set_cache(tx, cache)?)).map(|_| ())
}

// Takes the receiver: the reader stops when it is gone.
fn write_all<W: Writer>(
    app: &App,
    actor: &Arc<Actor>,
    run: Run,
    receiver: Receiver<Result<Batch<W::Row>, Error>>,
) -> Result<(), Error> {
    let mut rhythm = Rhythm::default();
    let (mut read, mut good) = (0, 0);
    for batch in receiver {
        let batch = Arc::new(batch?);
        let mut from = 0;
        loop {
            let written = write_slice::<W>(app, actor, &run, &batch, from, rhythm.is_short())?;
            rhythm.note(written.disturbed);
            from += written.rows;
            good += written.good;
            if from >= batch.entries.len() {
                break;
            }
        }
        read += batch.read;
        if read >= HOPELESS_ROWS && good == 0 {
            let refusal = Refusal::new(
                "all_rows_bad",
                "前一万行全部有误，很可能是列对应错了，已停止",
                "the first ten thousand rows are all bad; most likely the columns are mapped wrongly",
            );
            return Err(Error::conflict(refusal));
        }
    }
    Ok(())
}

fn write_slice<W: Writer>(
    app: &App,
    actor: &Arc<Actor>,
    run: &Run,
    batch: &Arc<Batch<W::Row>>,
    from: usize,
    short: bool,
) -> Result<Written, Error> {
    let mut tries = 0;
    loop {
        let call = Call { actor: Arc::clone(actor), verb: "import.slice", key: None, lane: Lane::Bulk };
        let (batch, within, run) = (Arc::clone(batch), app.clone(), run.clone());
        let outcome = app.run_blocking(call, move |tx, ctx| slice::<W>(tx, ctx, &within, &run, &batch, from, short));
        match outcome {
            Err(Error::Busy) if tries < QUEUE_TRIES && !app.store().is_closing() => {
                tries += 1;
                std::thread::sleep(std::time::Duration::from_millis(QUEUE_PAUSE_MS));
            }
            other => return Ok(other?.value),
        }
    }
}

fn slice<W: Writer>(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    app: &App,
    run: &Run,
    batch: &Batch<W::Row>,
    from: usize,
    short: bool,
) -> Result<Written, Error> {
    let rows = batch.entries.get(from..).unwrap_or_default();
    let rows_max = run.rows_max.unwrap_or(usize::MAX).clamp(1, W::ROWS_PER_SLICE);
    let pace = Pace::new(app, short, rows_max);
    let mut slice = Slice { pace, new: 0, changed: 0, same: 0, bad: Vec::new() };
    let count = match &run.planned {
        Some(planned) => undone(tx, ctx, |tx, ctx| {
            for shop in planned.all() {
                store::reference::insert_shop(tx, &shop)?;
            }
            W::write(tx, ctx, run, rows, &mut slice)
        })?,
        None => W::write(tx, ctx, run, rows, &mut slice)?,
    };
    let first = from == 0;
    let last = from + count >= batch.entries.len();
    let mut bad: Vec<BadRow> = Vec::new();
    for (index, problem) in &slice.bad {
        bad.extend(rows.get(*index).map(|entry| bad_row(i64::from(entry.row), problem, batch.raw(entry))));
    }
    store::import::insert_bad_rows(tx, run.id, &bad)?;
    if first {
        store::import::insert_bad_rows(tx, run.id, &batch.bad)?;
    }
    let refused = i64::try_from(slice.bad.len()).unwrap_or(0);
    let counts = Counts {
        read: i64::try_from(count).unwrap_or(0) + if first { batch.bad_rows } else { 0 },
        new: slice.new,
        changed: slice.changed,
        same: slice.same,
        bad: refused + if first { batch.bad_rows } else { 0 },
    };
    let done = if last { batch.bytes.end } else { part_of(batch, from + count) };
    if !store::import::progress(tx, run.id, i64::try_from(done).unwrap_or(i64::MAX), &counts)? {
        return Err(Error::conflict(Refusal::new("import_stopped", "导入已停止", "the import was stopped")));
    }
    ctx.topic(format!("import:{}", run.id));
    let good = counts.new + counts.changed + counts.same;
    Ok(Written { rows: count, disturbed: slice.pace.disturbed, good })
}

// How far the file is read when so many of a batch's rows are written.
fn part_of<R>(batch: &Batch<R>, rows: usize) -> u64 {
    let length = u128::from(batch.bytes.end.saturating_sub(batch.bytes.start));
    let part = length * rows as u128 / batch.entries.len().max(1) as u128;
    batch.bytes.start + u64::try_from(part).unwrap_or(0)
}

// Runs a part of the command and takes everything back that it wrote: a dry run sees what a real one would.
pub(super) fn undone<T>(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    part: impl FnOnce(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mark = ctx.mark();
    let masters_changed = ctx.masters_changed;
    let mut result = None;
    let ended = tx.nested(|tx| {
        result = Some(part(tx, ctx));
        Err::<(), Error>(Error::Busy)
    });
    ctx.forget_since(mark);
    ctx.masters_changed = masters_changed;
    match (result, ended) {
        (Some(result), _) => result,
        (None, Err(error)) => Err(error),
        (None, Ok(())) => Err(Error::internal("a dry run ended without a result")),
    }
}
