//! Takes over what a platform says about a case (I1): older versions are ignored, contradictions go to a queue.

use domain::state::CaseState;
use domain::{Currency, EventKind, ExternalCaseId, Permission, RmaId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::external_case::ExternalCaseRow;
use store::master::ShopRow;
use store::{Conn, Tx};

use super::status::ExternalStatus;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::order::conflict;
use crate::order::put::Outcome;

/// The node under which a case's to-do for such contradictions stands.
const NODE: &str = "external_conflict";

/// A case as a platform knows it. Money is minor units of `currency`.
#[derive(Clone, Debug)]
pub struct ExternalCaseFacts {
    /// The shop's code.
    pub shop: String,
    /// The platform's number.
    pub number: String,
    /// The platform's version, from 1.
    pub source_version: i64,
    /// The order it is about, or empty.
    pub order_number: String,
    /// The platform's own status.
    pub raw_status: String,
    /// What it means, when the source knows; else it follows from the raw status.
    pub mapped_status: Option<ExternalStatus>,
    /// The platform's own kind, or empty.
    pub kind: String,
    /// What the buyer asks for.
    pub amount_minor: Option<i64>,
    /// Its currency; the shop's when absent.
    pub currency: Option<Currency>,
    /// The platform's deadline, in natural hours.
    pub due_at: Option<Timestamp>,
}

/// What became of an external case that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutExternalCase {
    /// The external case.
    pub id: ExternalCaseId,
    /// What became of the facts.
    pub outcome: Outcome,
    /// The version that stands now.
    pub source_version: i64,
    /// Our case, when linked.
    pub rma_id: Option<RmaId>,
    /// Why it contradicts ours, a code.
    pub conflict: Option<String>,
}

/// Takes over an external case.
///
/// # Errors
/// `NotFound` for the shop; `Forbidden`; `Invalid`.
pub fn put(tx: &Tx<'_>, ctx: &mut Ctx<'_>, facts: &ExternalCaseFacts) -> Result<PutExternalCase, Error> {
    let shop = ctx.definitions.masters.shop_by_code(&facts.shop).cloned().ok_or(Error::NotFound("shop"))?;
    ctx.require(Permission::OrderImport, Place { shop: Some(shop.id), warehouse: None })?;
    check(facts)?;
    let known = store::external_case::by_number(tx, shop.id, facts.number.trim())?;
    if let Some(known) = known.as_ref().filter(|known| known.source_version >= facts.source_version) {
        let same = known.source_version == facts.source_version;
        let outcome = if same { Outcome::Same } else { Outcome::Older };
        return Ok(answer(known, outcome));
    }
    let mut row = row(ctx, &shop, known.as_ref(), facts);
    if row.rma_id.is_none() {
        row.rma_id = link_by_order(tx, &row)?;
    }
    row.conflict = conflict_of(tx, &row)?.map(str::to_owned);
    match &known {
        Some(_) => store::external_case::update(tx, &row)?,
        None => store::external_case::insert(tx, &row)?,
    }
    let outcome = if known.is_some() { Outcome::Updated } else { Outcome::Created };
    follow(tx, ctx, &row, known.as_ref(), outcome)?;
    Ok(answer(&row, outcome))
}

fn answer(row: &ExternalCaseRow, outcome: Outcome) -> PutExternalCase {
    let ExternalCaseRow { id, source_version, rma_id, .. } = *row;
    PutExternalCase { id, outcome, source_version, rma_id, conflict: row.conflict.clone() }
}

fn check(facts: &ExternalCaseFacts) -> Result<(), Error> {
    let refuse =
        |field: &str, zh: &str, en: &str| Err(Error::invalid(Refusal::new("invalid_external_case", zh, en).at(field)));
    if facts.number.trim().is_empty() {
        return refuse("number", "请填写平台售后单号", "the platform's number is required");
    }
    if facts.raw_status.trim().is_empty() {
        return refuse("raw_status", "请填写平台状态", "the platform's status is required");
    }
    if facts.source_version < 1 {
        return refuse("source_version", "版本号从 1 开始", "versions begin at 1");
    }
    if facts.amount_minor.is_some_and(|minor| minor < 0) {
        return refuse("amount_minor", "金额不能为负", "the amount cannot be negative");
    }
    Ok(())
}

fn row(ctx: &Ctx<'_>, shop: &ShopRow, known: Option<&ExternalCaseRow>, facts: &ExternalCaseFacts) -> ExternalCaseRow {
    let mapped = facts.mapped_status.unwrap_or_else(|| ExternalStatus::of_raw(&shop.platform, &facts.raw_status));
    let id = known.map_or_else(|| ExternalCaseId::from_raw(ctx.id()), |known| known.id);
    ExternalCaseRow {
        id,
        shop_id: shop.id,
        platform: shop.platform.clone(),
        number: facts.number.trim().to_owned(),
        rma_id: known.and_then(|known| known.rma_id),
        order_number: facts.order_number.trim().to_owned(),
        raw_status: facts.raw_status.trim().to_owned(),
        mapped_status: mapped.as_str().to_owned(),
        kind: facts.kind.trim().to_owned(),
        amount_minor: facts.amount_minor,
        currency: facts.amount_minor.map(|_| facts.currency.unwrap_or(shop.currency)),
        due_at: facts.due_at,
        source_version: facts.source_version,
        conflict: None,
        seen_at: ctx.now,
    }
}

fn link_by_order(conn: &Conn, row: &ExternalCaseRow) -> Result<Option<RmaId>, Error> {
    if row.order_number.is_empty() {
        return Ok(None);
    }
    match store::order::by_number(conn, row.shop_id, &row.order_number)? {
        Some(order) => Ok(store::external_case::linkable(conn, order.id)?),
        None => Ok(None),
    }
}

/// Where the platform's case and ours contradict each other, a code.
pub(super) fn conflict_of(conn: &Conn, row: &ExternalCaseRow) -> Result<Option<&'static str>, Error> {
    let Some(rma) = row.rma_id else { return Ok(None) };
    let Some(case) = store::rma::find(conn, rma)? else { return Ok(None) };
    let status = ExternalStatus::parse(&row.mapped_status).unwrap_or(ExternalStatus::Unknown);
    let ours = store::external_case::settled_minor(conn, rma)?;
    Ok(match (status, case.state) {
        // Money may go out twice: the platform has paid, and so have or will we.
        (ExternalStatus::Refunded, _) if ours > 0 => Some("refunded_twice"),
        (ExternalStatus::Closed | ExternalStatus::Refused, CaseState::InProgress) => Some("platform_ended_ours_runs"),
        (status, CaseState::Rejected | CaseState::Withdrawn) if status.is_open() => Some("ours_ended_platform_waits"),
        _ => None,
    })
}

/// Brings what follows up to date: the case's platform deadline, the to-do, the events.
pub(super) fn follow(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    row: &ExternalCaseRow,
    before: Option<&ExternalCaseRow>,
    outcome: Outcome,
) -> Result<(), Error> {
    let shop = Some(row.shop_id);
    if let Some(rma) = row.rma_id {
        note_deadline(tx, rma)?;
        ctx.touch(rma);
    }
    let mut event = Event::new(EventKind::ExternalCasePut).about("external_case", row.id.get()).at(shop, None);
    event.rma = row.rma_id;
    ctx.record(event.with(json!({
        "outcome": outcome, "source_version": row.source_version, "status": row.mapped_status,
    })));
    let was = before.and_then(|before| before.conflict.as_deref());
    match (row.conflict.as_deref(), row.rma_id) {
        (Some(code), rma) if was != Some(code) => {
            let mut event =
                Event::new(EventKind::ExternalCaseConflict).about("external_case", row.id.get()).at(shop, None);
            event.rma = rma;
            ctx.record(event.with(json!({ "conflict": code })));
            if let Some(rma) = rma {
                conflict::raise(tx, ctx, rma, NODE, &title(&row.number))?;
            }
        }
        (None, Some(rma)) if was.is_some() => conflict::clear(tx, ctx, rma, NODE)?,
        _ => {}
    }
    ctx.topic(format!("external:{}", row.shop_id));
    Ok(())
}

fn title(number: &str) -> Text {
    Text::new(
        format!("平台售后单 {number} 与本单状态冲突，请核对"),
        format!("Platform case {number} contradicts this case: please check"),
    )
}

// The earliest deadline of those the platform still waits on.
fn note_deadline(tx: &Tx<'_>, rma: RmaId) -> Result<(), Error> {
    let linked = store::external_case::of_rma(tx, rma)?;
    let open =
        linked.iter().filter(|row| ExternalStatus::parse(&row.mapped_status).is_none_or(ExternalStatus::is_open));
    let due_at = open.filter_map(|row| row.due_at).min();
    let known = store::rma::find(tx, rma)?.and_then(|case| case.platform_due_at);
    if known != due_at {
        store::external_case::note_deadline(tx, rma, due_at)?;
    }
    Ok(())
}
