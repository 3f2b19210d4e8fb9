//! What was owed came in, or is given up: a recorded decision with proof or reason.

use domain::{EventKind, LedgerAccountId, Money, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::ledger::About;

use super::{CASH_CLEARING, Party, RECEIVABLE, RECOVERY, claim, receivable};
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// How a receivable ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The money came.
    Paid,
    /// It is given up.
    WrittenOff,
}

/// Ends what is owed on a case, in whole or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recover {
    /// The case it comes from.
    pub rma: RmaId,
    /// The account of who owes.
    pub account: LedgerAccountId,
    /// Minor units, above zero.
    pub amount_minor: i64,
    /// How it ends.
    pub ending: Ending,
    /// The proof of payment, or why it is given up.
    pub reason: String,
}

/// Books that a receivable was paid or is given up.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for amount or reason; `Conflict` with what is still owed on the case.
pub fn recover(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Recover) -> Result<RmaId, Error> {
    let rma = reach::case(tx, ctx, cmd.rma, Permission::SettlementPay)?;
    let reason = reach::reason(&cmd.reason, "reason")?;
    let entries = store::ledger::of_rma(tx, rma.id)?;
    let mine: Vec<_> =
        entries.iter().filter(|entry| entry.account_id == cmd.account && entry.kind == RECEIVABLE).collect();
    let owed: i64 = mine.iter().map(|entry| entry.amount_minor).sum();
    let Some(first) = mine.first() else { return Err(Error::NotFound("ledger_account")) };
    if cmd.amount_minor <= 0 {
        let refusal = Refusal::new("not_positive", "金额应大于零", "the amount is above zero");
        return Err(Error::invalid(refusal.at("amount_minor")));
    }
    if cmd.amount_minor > owed {
        let money = Money::new(owed.max(0), rma.currency);
        let refusal = Refusal::new(
            "exceeds_owed",
            format!("该单上此账户还欠 {money}"),
            format!("on this case, this account still owes {money}"),
        );
        return Err(Error::conflict(refusal.at("amount_minor")));
    }
    let is_customer = first.bearer == domain::state::Bearer::Customer.as_str();
    let party = Party { customer: rma.customer_id.filter(|_| is_customer), bearer: first.bearer.clone() };
    // Money that came goes through clearing; what is given up takes back what we counted on.
    let against = match cmd.ending {
        Ending::Paid => super::account(tx, ctx, CASH_CLEARING, &Party::own(), rma.currency)?,
        Ending::WrittenOff => super::account(tx, ctx, RECOVERY, &party, rma.currency)?,
    };
    // Claims booked by hand end first; the rest ends what is owed in goods or for damage.
    let sum = |start: &str| -> i64 {
        mine.iter().filter(|entry| entry.memo.starts_with(start)).map(|entry| entry.amount_minor).sum()
    };
    let of_claims = (sum(claim::MEMO) + sum(claim::ENDED)).clamp(0, cmd.amount_minor);
    for (start, amount_minor) in [(claim::ENDED, of_claims), (receivable::ENDED, cmd.amount_minor - of_claims)] {
        let memo = format!("{start} {reason}");
        let about = About { rma_id: Some(rma.id), settlement_id: None, unit_group_id: None, memo };
        super::post(tx, ctx, against, cmd.account, amount_minor, &about)?;
    }
    let event =
        Event::new(EventKind::ReceivableChanged).rma(rma.id).at(Some(rma.shop_id), rma.warehouse_id).with(json!({
            "bearer": party.bearer, "amount_minor": -cmd.amount_minor, "ending": cmd.ending, "reason": reason,
        }));
    ctx.record(event);
    Ok(rma.id)
}
