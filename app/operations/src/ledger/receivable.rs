//! 追缴: what a customer owes in goods for money that went ahead of them. It follows from what was advanced and what came:
//! every accepted unit takes its share off, what is written off goes, what was refused stays owed.

use domain::EventKind;
use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, SettlementState};
use domain::{LineKind, RmaLineId};
use serde_json::json;
use store::Tx;
use store::ledger::About;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

use super::{Party, RECEIVABLE};
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;
use crate::warehouse::inspect::share_of;

/// What the program books as owed in goods.
pub(super) const MEMO: &str = "goods_receivable";
/// What begins the memo of an entry that ends some of it.
pub(super) const ENDED: &str = "goods ended:";

/// Brings what the customer owes in goods up to date with what was advanced and what came.
///
/// # Errors
/// The store's.
pub(crate) fn sync(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: &RmaRow) -> Result<(), Error> {
    let work = store::case_work::case_work(tx, rma.id)?;
    if work.settlements_settled == 0 {
        return Ok(());
    }
    let advanced = advanced(tx, rma)?;
    let entries = store::ledger::of_rma(tx, rma.id)?;
    let sum = |fits: &dyn Fn(&str) -> bool| -> i64 {
        // A carrier or supplier who pays for damage gives none of the customer's goods back.
        let own = entries.iter().filter(|entry| entry.kind == RECEIVABLE && entry.bearer == Bearer::Customer.as_str());
        let mine = own.filter(|entry| fits(&entry.memo));
        mine.map(|entry| entry.amount_minor).sum()
    };
    let ended = sum(&|memo| memo.starts_with(ENDED));
    let booked = sum(&|memo| memo == MEMO) + ended;
    let lines = store::rma_line::of_rma(tx, rma.id)?;
    // What was paid back in money or given up is not owed in goods any more, nor given back when they come.
    let owed = (lines.iter().map(|line| owed_on(line, &advanced)).sum::<i64>() + ended).max(0);
    if owed == booked {
        return Ok(());
    }
    let about = About { rma_id: Some(rma.id), memo: MEMO.to_owned(), settlement_id: None, unit_group_id: None };
    super::owe(tx, ctx, rma, &Party::customer(rma), owed - booked, &about)?;
    let event = Event::new(EventKind::ReceivableChanged)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "owed_minor": owed, "currency": rma.currency }));
    ctx.record(event);
    Ok(())
}

// Goods and tax settled per line, with the basis they were settled on.
fn advanced(tx: &Tx<'_>, rma: &RmaRow) -> Result<Vec<(RmaLineId, Basis, i64)>, Error> {
    let mut found = Vec::new();
    let settled = store::settlement::of_rma(tx, rma.id)?;
    for settlement in settled.iter().filter(|one| one.state == SettlementState::Settled) {
        for part in store::settlement::components(tx, settlement.id)? {
            let goods = matches!(part.kind, ComponentKind::Goods | ComponentKind::Tax);
            if let (true, Some(line)) = (goods, part.rma_line_id) {
                found.push((line, settlement.basis, part.amount_minor));
            }
        }
    }
    Ok(found)
}

// Money on the counted basis followed its goods. On a line turned into an advance refund, what was paid to let the
// customer keep the goods is an advance too (X3).
fn owed_on(line: &RmaLineRow, advanced: &[(RmaLineId, Basis, i64)]) -> i64 {
    let counts = |basis: Basis| match basis {
        Basis::Advanced => true,
        Basis::Waived | Basis::PlatformDecided => line.kind == LineKind::AdvanceRefund,
        Basis::Counted | Basis::Unshipped | Basis::Compensation => false,
    };
    let ahead: i64 = advanced.iter().filter(|part| part.0 == line.id && counts(part.1)).map(|part| part.2).sum();
    let covered = share_of(line).front(0, line.accepted + line.waived).total_minor();
    (ahead - covered).max(0)
}
