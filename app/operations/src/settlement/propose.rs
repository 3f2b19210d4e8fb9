//! Keying a settlement: its money is held at once, on the line, the order and its freight, so that two people cannot key
//! the same cent (M5). Above the limit somebody else approves it (A2); below it stands at once.

use domain::settlement::Basis;
use domain::state::SettlementState;
use domain::{ComponentId, EventKind, OrderId, Permission, PersonId, RmaId, SettlementId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::rma::RmaRow;
use store::settlement::{ComponentRow, SettlementRow};

use super::caps::{CaseMoney, is_extra};
pub use super::compose::NewComponent;
use super::compose::{Sums, sums};
use super::limits::Terms;
use super::platform_first;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Most characters of a note or a number.
const MAX_NOTE_CHARS: usize = 2_000;

/// Keys a settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Propose {
    /// The case.
    pub rma: RmaId,
    /// The order it pays back; the case's own when absent.
    pub order: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// original, credit, manual or platform; a net of zero needs none.
    pub means: String,
    /// What for, and who bears it.
    pub components: Vec<NewComponent>,
    /// The platform's refund number, when the platform has refunded.
    pub platform_number: String,
    /// What to know about it.
    pub note: String,
}

/// A keyed settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its id.
    pub settlement: SettlementId,
    /// What the customer gets, minor units.
    pub net_minor: i64,
    /// Whether somebody else must approve it.
    pub needs_second: bool,
    /// Where it stands: proposed or approved.
    pub state: SettlementState,
}

/// Keys a settlement and holds its money.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for components and means; `Conflict` with what remains when a cap is exceeded, when
/// the case is not under way, or when the platform has refunded what is not booked yet.
pub fn propose(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Propose) -> Result<Proposed, Error> {
    let rma = reach::case(tx, ctx, cmd.rma, Permission::SettlementPropose)?;
    let person = reach::person(ctx, Permission::SettlementPropose)?;
    reach::under_way(&rma)?;
    let with_extras = cmd.components.iter().any(|part| is_extra(part.kind));
    let terms = Terms { definitions: ctx.definitions, now: ctx.now };
    let money = CaseMoney::read(tx, &terms, &rma, cmd.order, with_extras)?;
    check_currency(&rma, &money)?;
    let sums = sums(&money, &rma, cmd.basis, &cmd.components)?;
    let means = means(cmd, &rma, &money, &sums)?;
    platform_first::check(tx, rma.id, cmd.basis, sums.net_minor)?;
    let needs_second = money.needs_second(sums.net_minor, sums.extras_minor);
    let row = row(ctx, cmd, &rma, &money, &sums, person, needs_second, means);
    write(tx, ctx, cmd, &money, &sums, &row)?;
    if sums.net_minor > 0 {
        super::invoice::raise(tx, ctx, &rma, money.order.as_ref(), sums.net_minor)?;
    }
    let event = |kind| {
        Event::new(kind).rma(rma.id).about("settlement", row.id.get()).at(Some(rma.shop_id), rma.warehouse_id).with(
            json!({
                "basis": cmd.basis, "means": means, "net_minor": sums.net_minor, "currency": rma.currency,
                "needs_second": needs_second,
            }),
        )
    };
    ctx.record(event(EventKind::SettlementProposed));
    if !needs_second {
        ctx.record(event(EventKind::SettlementApproved));
    }
    Ok(Proposed { settlement: row.id, net_minor: sums.net_minor, needs_second, state: row.state })
}

// Sums never cross currencies.
fn check_currency(rma: &RmaRow, money: &CaseMoney) -> Result<(), Error> {
    match &money.order {
        Some(order) if order.currency != rma.currency => {
            let refusal = Refusal::new(
                "currencies_differ",
                format!("该单币种为 {}，订单币种为 {}", rma.currency, order.currency),
                format!("the case is in {}, the order in {}", rma.currency, order.currency),
            );
            Err(Error::conflict(refusal))
        }
        _ => Ok(()),
    }
}

fn means(cmd: &Propose, rma: &RmaRow, money: &CaseMoney, sums: &Sums) -> Result<&'static str, Error> {
    let wrong = |code, zh: &str, en: &str, field: &str| Err(Error::invalid(Refusal::new(code, zh, en).at(field)));
    let number = cmd.platform_number.trim();
    if number.chars().count() > MAX_NOTE_CHARS || cmd.note.chars().count() > MAX_NOTE_CHARS {
        return wrong("too_long", "备注或单号过长", "the note or number is too long", "note");
    }
    if (cmd.basis == Basis::PlatformDecided) != (cmd.means == "platform") {
        return wrong(
            "means_not_of_basis",
            "平台已退款须配平台方式",
            "a refund made by the platform goes with that means",
            "means",
        );
    }
    if cmd.means == "platform" {
        let missing = number.is_empty() || sums.net_minor == 0;
        return if missing {
            wrong(
                "platform_number_needed",
                "请填写平台退款单号和金额",
                "the platform's refund number and amount are needed",
                "platform_number",
            )
        } else {
            Ok("platform")
        };
    }
    if sums.net_minor == 0 {
        return Ok("none");
    }
    match cmd.means.as_str() {
        "original" if money.order.is_none() => {
            wrong("no_order", "没有订单，无法原路退回", "there is no order whose payment could be given back", "means")
        }
        "original" => Ok("original"),
        "credit" if rma.customer_id.is_none() => {
            wrong("no_customer", "没有顾客账户，无法退为余额", "there is no customer whose credit could grow", "means")
        }
        "credit" => Ok("credit"),
        "manual" => Ok("manual"),
        _ => wrong("no_such_means", "没有这种退款方式", "there is no such means", "means"),
    }
}

#[expect(clippy::too_many_arguments, reason = "one row made of what the verb has worked out, in one place")]
fn row(
    ctx: &Ctx<'_>,
    cmd: &Propose,
    rma: &RmaRow,
    money: &CaseMoney,
    sums: &Sums,
    person: PersonId,
    needs_second: bool,
    means: &str,
) -> SettlementRow {
    let state = if needs_second { SettlementState::Proposed } else { SettlementState::Approved };
    SettlementRow {
        id: SettlementId::from_raw(ctx.id()),
        rma_id: rma.id,
        shop_id: rma.shop_id,
        order_id: money.order.as_ref().map(|order| order.id),
        basis: cmd.basis,
        state,
        net_minor: sums.net_minor,
        currency: rma.currency,
        means: means.to_owned(),
        platform_number: if means == "platform" { cmd.platform_number.trim().to_owned() } else { String::new() },
        note: cmd.note.trim().to_owned(),
        proposed_by: person,
        proposed_at: ctx.now,
        needs_second,
        approved_by: (!needs_second).then_some(person),
        approved_at: (!needs_second).then_some(ctx.now),
        settled_at: None,
        local_date: None,
        version: 1,
    }
}

fn write(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    cmd: &Propose,
    money: &CaseMoney,
    sums: &Sums,
    row: &SettlementRow,
) -> Result<(), Error> {
    let components: Vec<ComponentRow> = cmd
        .components
        .iter()
        .map(|part| ComponentRow {
            id: ComponentId::from_raw(ctx.id()),
            settlement_id: row.id,
            rma_line_id: part.line,
            kind: part.kind,
            amount_minor: part.amount_minor,
            bearer: part.bearer,
            supplier_id: part.supplier,
            carrier_id: part.carrier,
            note: part.note.trim().to_owned(),
        })
        .collect();
    store::settlement::insert(tx, row, &components)?;
    if let Some(order) = &money.order {
        store::order::add_held(tx, order.id, sums.net_minor, sums.freight_minor)?;
    }
    for (line, amount) in &sums.by_line {
        let counted = if cmd.basis == Basis::Counted { *amount } else { 0 };
        store::rma_line::add_settled(tx, *line, *amount, counted)?;
    }
    Ok(())
}
