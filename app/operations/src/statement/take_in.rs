//! Takes a statement in: each line once, whatever file it comes in, and each judged at once.

use domain::{Currency, EventKind, LocalDate, ShopId, StatementId, StatementLineId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::statement::{NewLine, StatementRow};

use super::file::{File, Line};
use super::judge::judge;
use super::{WORK, tell};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Longest file name, in characters.
const MAX_NAME_CHARS: usize = 200;
const DAY_MS: i64 = 86_400_000;

/// A file that was read without a fault.
#[derive(Clone, Debug)]
pub struct TakeIn {
    /// Whose account.
    pub shop: ShopId,
    /// The file's name as given.
    pub file_name: String,
    /// What was read.
    pub file: File,
}

/// A statement that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Its id.
    pub statement: StatementId,
    /// False when the file had been taken in before.
    pub is_new: bool,
}

/// Takes a statement in. The same file again changes nothing.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` when a row cannot be read or there is none: half a statement adds up to nothing.
pub fn take_in(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &TakeIn) -> Result<TakenIn, Error> {
    reach::place(ctx, WORK, Place { shop: Some(cmd.shop), warehouse: None }, "shop")?;
    if let Some(statement) = store::statement::of_file(tx, cmd.shop, &cmd.file.hash)? {
        return Ok(TakenIn { statement, is_new: false });
    }
    check(&cmd.file)?;
    let mut row = statement(ctx, cmd);
    store::statement::insert(tx, &row)?;
    for line in &cmd.file.lines {
        write_line(tx, ctx, &mut row, line)?;
    }
    store::statement::set_sums(tx, &row)?;
    let event = Event::new(EventKind::StatementImported)
        .about("statement", row.id.get())
        .at(Some(cmd.shop), None)
        .with(json!({ "lines": row.out_count + row.in_count, "known": row.known_count, "out_minor": row.out_minor }));
    ctx.record(event);
    tell(ctx);
    Ok(TakenIn { statement: row.id, is_new: true })
}

fn check(file: &File) -> Result<(), Error> {
    if let Some(first) = file.problems.first() {
        let count = file.problems.len();
        let refusal = Refusal::new(
            "statement_malformed",
            format!("有 {count} 行无法读取，第一处在第 {} 行：{}", first.row, first.message.zh),
            format!("{count} rows cannot be read, the first is row {}: {}", first.row, first.message.en),
        );
        let help = refusal.help("请从渠道重新下载原始账单", "download the original bill from the channel again");
        return Err(Error::invalid(help.at("file")));
    }
    if file.lines.is_empty() {
        let refusal = Refusal::new("no_lines", "对账单里没有一笔收支", "the statement has no line");
        return Err(Error::invalid(refusal.at("file")));
    }
    Ok(())
}

fn statement(ctx: &Ctx<'_>, cmd: &TakeIn) -> StatementRow {
    let lines = &cmd.file.lines;
    let first = lines.iter().map(|line| line.at).min().unwrap_or(ctx.now);
    let last = lines.iter().map(|line| line.at).max().unwrap_or(ctx.now);
    let start_of = |at: Timestamp| -> Timestamp {
        let masters = &ctx.definitions.masters;
        let day: LocalDate = masters.local_date(cmd.shop, at);
        Timestamp::from_ms(day.days() * DAY_MS - i64::from(masters.offset_minutes(cmd.shop, at)) * 60_000)
    };
    let currency: Currency = cmd.file.currency;
    StatementRow {
        id: StatementId::from_raw(ctx.id()),
        shop_id: cmd.shop,
        layout: cmd.file.layout.to_owned(),
        file_name: cmd.file_name.trim().chars().take(MAX_NAME_CHARS).collect(),
        file_hash: cmd.file.hash.clone(),
        currency,
        from_at: start_of(first),
        until_at: start_of(last).plus_ms(DAY_MS - 1),
        out_count: 0,
        out_minor: 0,
        in_count: 0,
        in_minor: 0,
        known_count: 0,
        imported_by: ctx.actor.person(),
        imported_at: ctx.now,
    }
}

fn write_line(tx: &Tx<'_>, ctx: &mut Ctx<'_>, row: &mut StatementRow, line: &Line) -> Result<(), Error> {
    let id = StatementLineId::from_raw(ctx.id());
    let new = NewLine {
        id,
        statement_id: row.id,
        shop_id: row.shop_id,
        line: line.row,
        line_key: &line.key,
        at: line.at,
        amount_minor: line.amount_minor,
        currency: row.currency,
        direction: if line.is_out { "out" } else { "in" },
        is_final: line.is_final,
        channel_reference: &line.channel_reference,
        our_reference: &line.our_reference,
        text: &line.text,
    };
    if !store::statement::insert_line(tx, &new)? {
        row.known_count += 1;
        return Ok(());
    }
    let (count, sum) = match line.is_out {
        true => (&mut row.out_count, &mut row.out_minor),
        false => (&mut row.in_count, &mut row.in_minor),
    };
    *count += 1;
    *sum = sum.saturating_add(line.amount_minor);
    match store::statement::line(tx, id)? {
        Some(written) => judge(tx, ctx, &written),
        None => Err(Error::NotFound("statement_line")),
    }
}
