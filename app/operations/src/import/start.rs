//! Begins a run: who may, which columns are what, a row to watch.

use domain::{ImportId, Timestamp};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::import::{Counts, RunRow};
use store::{Conn, Tx};

use super::mapping::{self, Mapping, Options, PERMISSION, Plan};
use super::source::Source;
use super::target::Target;
use crate::app::App;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::run::{Answer, Call};

/// What is imported, and how.
#[derive(Clone, Debug)]
pub struct StartImport {
    /// What the file tells of.
    pub target: Target,
    /// The file's name as given.
    pub file_name: String,
    /// Whether nothing is written.
    pub dry: bool,
    /// What was said about columns this time.
    pub mapping: Mapping,
    /// How the file is treated.
    pub options: Options,
}

/// A run that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Its id.
    pub id: ImportId,
}

/// Runs under way at once: each has a thread and fills the bulk lane.
const RUNNING_MAX: usize = 2;

/// Begins a run on a file that was looked at. `run` then does the work, unless the answer is a replayed one.
///
/// # Errors
/// `Forbidden`; `Invalid` when columns are missing or an option is wrong; `Conflict` when history has no template yet or
/// too many imports are under way.
pub fn start(app: &App, call: Call, source: &Source, cmd: &StartImport) -> Result<Answer<Started>, Error> {
    let plan = app.read(|conn| plan(conn, source, cmd))?;
    let (cmd, bytes, hash) = (cmd.clone(), source.bytes, source.hash.clone());
    app.run_blocking(call, move |tx, ctx| begin(tx, ctx, &cmd, &plan, bytes, &hash))
}

fn plan(conn: &Conn, source: &Source, cmd: &StartImport) -> Result<Plan, Error> {
    if TimeZone::get(&cmd.options.zone).is_err() {
        let refusal = Refusal::new("unknown_zone", "没有这个时区", "there is no such time zone");
        return Err(Error::invalid(refusal.at("options.zone")));
    }
    let mapping = mapping::decide(conn, cmd.target, &source.headers, &cmd.mapping)?;
    Ok(Plan { headers: source.headers.clone(), separator: source.separator(), mapping, options: cmd.options.clone() })
}

fn begin(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &StartImport,
    plan: &Plan,
    bytes: u64,
    hash: &str,
) -> Result<Started, Error> {
    authorise(ctx, cmd.target)?;
    if store::import::running(tx)? >= RUNNING_MAX {
        let refusal = Refusal::new("imports_running", "已有导入正在进行", "other imports are under way")
            .help("请等待其完成或先停止", "wait for them or stop one");
        return Err(Error::conflict(refusal));
    }
    let text = |error: serde_json::Error| Error::internal(error.to_string());
    let id = ImportId::from_raw(ctx.id());
    let row = RunRow {
        id,
        target: cmd.target.as_str().to_owned(),
        file_name: cmd.file_name.clone(),
        file_hash: hash.to_owned(),
        mapping: serde_json::to_string(plan).map_err(text)?,
        dry: cmd.dry,
        state: "running".to_owned(),
        bytes_total: i64::try_from(bytes).unwrap_or(i64::MAX),
        bytes_done: 0,
        counts: Counts::default(),
        started_by: ctx.actor.person(),
        started_at: ctx.now,
        finished_at: None,
    };
    store::import::insert_run(tx, &row)?;
    let remembered = serde_json::to_string(&plan.mapping).map_err(text)?;
    let header_hash = mapping::header_hash(&plan.headers);
    store::import::remember_mapping(tx, cmd.target.as_str(), &header_hash, &remembered, ctx.now)?;
    ctx.topic("imports");
    Ok(Started { id })
}

// Customers and articles belong to no shop; for the rest each row's shop is asked again.
fn authorise(ctx: &Ctx<'_>, target: Target) -> Result<(), Error> {
    match target {
        Target::Customers | Target::Products => ctx.require(PERMISSION, Place::default())?,
        _ if ctx.actor.may_somewhere(PERMISSION) => {}
        _ => return Err(Error::Forbidden(PERMISSION)),
    }
    if target == Target::Returns {
        ctx.definitions.current()?;
    }
    Ok(())
}

/// Marks runs that a dead process left behind as stopped: to be called when a process opens the folder. How many.
///
/// # Errors
/// The store's.
pub fn end_interrupted(app: &App) -> Result<usize, Error> {
    if app.read(|conn| Ok(store::import::running(conn)?))? == 0 {
        return Ok(0);
    }
    let before: Timestamp = app.now();
    let call = Call::system("import.end_interrupted");
    Ok(app.run_blocking(call, move |tx, _| Ok(store::import::end_interrupted(tx, before)?))?.value)
}
