//! Work at the bench that was done without the line and that the state of things refuses when it is sent at last: nobody
//! stands there any more, so the case gets a to-do with what was sent.

use domain::{EventKind, ParcelId, RmaId, Text, Timestamp, UnitGroupId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::order::conflict;
use crate::warehouse::count::{Count, CountedUnits};
use crate::warehouse::dispose::Dispose;
use crate::warehouse::inspect::Inspect;

/// What is sent so long after it was done is sent from a station's memory.
pub const LATE_MS: i64 = 60_000;

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Goods were counted.
    Count(Count),
    /// Units were inspected.
    Inspect(Inspect),
    /// Units were disposed of.
    Dispose(Dispose),
}

/// Work that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepRefused {
    /// The key it was sent under: sent again, it is kept once.
    pub key: String,
    /// What was done.
    pub work: Work,
    /// When, by the station's clock.
    pub made_at: Timestamp,
    /// Why it was refused.
    pub why: Text,
}

/// Why work was refused in words, when sending it again as it is cannot help.
#[must_use]
pub fn reason(error: &Error) -> Option<Text> {
    match error {
        Error::Invalid(refusal) | Error::Conflict(refusal) => Some(refusal.message.clone()),
        Error::NotFound(_) => Some(Text::new("所指的商品已不在", "the goods it names are not there any more")),
        Error::Forbidden(_) => Some(Text::new("操作人已没有这项权限", "its operator may not do this any more")),
        _ => None,
    }
}

/// The same refusal, which says that the case has a to-do now.
#[must_use]
pub fn told(error: Error) -> Error {
    let add = |mut refusal: Box<Refusal>| {
        let kept = Text::new("已连同内容转为该单的待办", "it is a to-do of its case now, with what was sent");
        refusal.help = Some(match refusal.help.take() {
            Some(help) => Text::new(format!("{}；{}", help.zh, kept.zh), format!("{}; {}", help.en, kept.en)),
            None => kept,
        });
        refusal
    };
    match error {
        Error::Invalid(refusal) => Error::Invalid(add(refusal)),
        Error::Conflict(refusal) => Error::Conflict(add(refusal)),
        other => other,
    }
}

/// Keeps refused work as a conflict to-do of its case, with what was sent in the case's history. Whether a case was found.
///
/// # Errors
/// The store's.
pub fn keep_refused(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &KeepRefused) -> Result<bool, Error> {
    let Some(station) = ctx.actor.station else { return Ok(false) };
    let Some((rma, what)) = subject(tx, ctx, &cmd.work)? else { return Ok(false) };
    let Some(case) = store::rma::find(tx, rma)? else { return Ok(false) };
    let title = Text::new(
        format!("{}未能入账：{}", what.zh, cmd.why.zh),
        format!("{}, sent later, had no effect: {}", what.en, cmd.why.en),
    );
    if conflict::raise(tx, ctx, rma, &format!("late:{}", cmd.key), &title)? {
        let event = Event::new(EventKind::ScanConflict)
            .rma(rma)
            .about("device", station.device.get())
            .at(Some(case.shop_id), Some(station.warehouse))
            .with(json!({ "raw": what.en, "why": cmd.why, "made_at": cmd.made_at, "sent": cmd.work }));
        ctx.record_quietly(event);
    }
    Ok(true)
}

/// The case it is about, and what was done in words.
fn subject(conn: &Conn, ctx: &Ctx<'_>, work: &Work) -> Result<Option<(RmaId, Text)>, Error> {
    match work {
        Work::Count(count) => {
            let Some(rma) = counted_for(conn, count)? else { return Ok(None) };
            let units: i64 = count.units.iter().map(|units| units.quantity).sum();
            let names = count.units.iter().map(|units| name_of_units(conn, units)).collect::<Result<Vec<_>, _>>()?;
            let names = names.join("、");
            let what =
                Text::new(format!("离线清点（{names}，共 {units} 件）"), format!("a count of {units} units ({names})"));
            Ok(Some((rma, what)))
        }
        Work::Inspect(inspect) => {
            let Some((rma, name)) = group(conn, inspect.unit_group)? else { return Ok(None) };
            let grade = ctx.definitions.masters.grade(inspect.grade).map(|grade| grade.name.clone());
            let grade = grade.unwrap_or_else(|| Text::new("?", "?"));
            let what =
                Text::new(format!("离线质检（{name}，{}）", grade.zh), format!("an inspection ({name}, {})", grade.en));
            Ok(Some((rma, what)))
        }
        Work::Dispose(dispose) => {
            let Some((rma, name)) = group(conn, dispose.unit_group)? else { return Ok(None) };
            let what = Text::new(format!("离线处置（{name}）"), format!("a disposition ({name})"));
            Ok(Some((rma, what)))
        }
    }
}

fn group(conn: &Conn, id: UnitGroupId) -> Result<Option<(RmaId, String)>, Error> {
    let Some(group) = store::unit_group::find(conn, id)? else { return Ok(None) };
    let line = store::rma_line::find(conn, group.rma_line_id)?;
    let sku = match line.and_then(|line| line.sku_id) {
        Some(sku) => store::sku::find(conn, sku)?,
        None => None,
    };
    let name = sku.map_or_else(|| group.id.to_string(), |sku| sku.name);
    Ok(Some((group.rma_id, format!("{name} ×{}", group.quantity))))
}

fn name_of_units(conn: &Conn, units: &CountedUnits) -> Result<String, Error> {
    let line = match units.line {
        Some(line) => store::rma_line::find(conn, line)?,
        None => None,
    };
    let sku = match units.sku.or_else(|| line.and_then(|line| line.sku_id)) {
        Some(sku) => store::sku::find(conn, sku)?,
        None => None,
    };
    Ok(format!("{} ×{}", sku.map(|sku| sku.name).unwrap_or_default(), units.quantity))
}

fn counted_for(conn: &Conn, count: &Count) -> Result<Option<RmaId>, Error> {
    if let Some(rma) = count.units.iter().find_map(|units| units.rma) {
        return Ok(Some(rma));
    }
    for line in count.units.iter().filter_map(|units| units.line) {
        if let Some(line) = store::rma_line::find(conn, line)? {
            return Ok(Some(line.rma_id));
        }
    }
    count.parcel.map_or(Ok(None), |parcel| first_case(conn, parcel))
}

fn first_case(conn: &Conn, parcel: ParcelId) -> Result<Option<RmaId>, Error> {
    Ok(store::parcel::cases(conn, parcel)?.first().map(|case| case.rma_id))
}
