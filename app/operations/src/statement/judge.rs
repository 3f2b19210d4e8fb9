//! What a line of a statement is: matched by its reference, perhaps a payout of the same amount, not ours, or different.

use domain::state::PayoutState;
use domain::{PayoutId, StatementId};
use serde_json::json;
use store::Tx;
use store::statement::{Found, LineRow, PayoutOf};

use super::write;
use crate::context::Ctx;
use crate::error::Error;
use crate::payout::answer::{Answered, Outcome, said};

/// A channel books within so long of a payout that bears no common reference.
const WINDOW_MS: i64 = 3 * 86_400_000;

/// Judges a line that nobody is done with.
pub(super) fn judge(tx: &Tx<'_>, ctx: &mut Ctx<'_>, line: &LineRow) -> Result<(), Error> {
    if line.direction == "in" || line.state == "matched" || line.why == "parted" {
        return Ok(());
    }
    let found = match store::statement::by_reference(tx, line)? {
        Some(payout) => of_reference(line, &payout),
        None => of_amount(tx, line)?,
    };
    if found.state == "matched"
        && let Some(payout) = found.payout
    {
        return settle(tx, ctx, line, payout, &Found { by: (None, Some(ctx.now)), ..found });
    }
    write(tx, line, &found)
}

fn of_reference(line: &LineRow, payout: &PayoutOf) -> Found<'static> {
    let different = |why| Found { state: "different", why, payout: Some(payout.id), by: (None, None) };
    match differs(line, payout) {
        Some(why) => different(why),
        None if payout.is_taken => different("twice"),
        None => Found { state: "matched", why: "reference", ..different("") },
    }
}

/// Why a line and a payout are not the same money, if they are not.
pub(super) fn differs(line: &LineRow, payout: &PayoutOf) -> Option<&'static str> {
    if !line.is_final {
        Some("not_final")
    } else if matches!(payout.state, PayoutState::Requested | PayoutState::Failed) {
        Some("not_paid")
    } else if payout.amount_minor != line.amount_minor || payout.currency != line.currency {
        Some("amount")
    } else {
        None
    }
}

fn of_amount(tx: &Tx<'_>, line: &LineRow) -> Result<Found<'static>, Error> {
    let none = Found { state: "open", why: "", payout: None, by: (None, None) };
    if !line.is_final {
        return Ok(Found { state: "different", why: "not_final", ..none });
    }
    let near = store::statement::nearest(tx, line, WINDOW_MS)?;
    Ok(near.map_or(none, |payout| Found {
        state: "suggested",
        why: "amount",
        payout: Some(payout.id),
        by: (None, None),
    }))
}

/// Matches a line with a payout. One whose outcome nobody knew was paid: the channel's books say so.
pub(super) fn settle(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    line: &LineRow,
    payout: PayoutId,
    found: &Found<'_>,
) -> Result<(), Error> {
    write(tx, line, found)?;
    let row = store::payout::find(tx, payout)?.ok_or(Error::NotFound("payout"))?;
    if !matches!(row.state, PayoutState::Sent | PayoutState::Unknown) {
        return Ok(());
    }
    let settlement = store::settlement::find(tx, row.settlement_id)?.ok_or(Error::NotFound("settlement"))?;
    let rma = store::rma::find(tx, settlement.rma_id)?.ok_or(Error::NotFound("rma"))?;
    let number = if line.channel_reference.is_empty() { &line.our_reference } else { &line.channel_reference };
    let gateway_id = if number.is_empty() { format!("statement line {}", line.id) } else { number.clone() };
    let cmd = Answered { payout, outcome: Outcome::Done { gateway_id }, started_at: ctx.now };
    said(tx, ctx, (&row, &settlement, &rma), &cmd)?;
    Ok(())
}

/// Details of an event about a line.
pub(super) fn details(line: &LineRow, statement: StatementId) -> serde_json::Value {
    json!({
        "statement": statement, "row": line.line, "payout": line.payout_id, "amount_minor": line.amount_minor,
        "currency": line.currency,
    })
}
