//! What a settlement would be before anybody keys it: what each line may be paid and why, what the grades suggest to
//! withhold, what is left of the order, its freight and the budget, and what the keyed components add up to.

use domain::settlement::{Basis, Caps, ComponentKind, grade_deduction_minor};
use domain::state::Bearer;
use domain::{Currency, LineKind, OrderId, Permission, RmaId, RmaLineId, Text, Timestamp};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::unit_group::UnitGroupRow;

use super::caps::{CaseMoney, LineCap};
use super::compose::{NewComponent, sums};
use super::limits::Terms;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::warehouse::inspect::share_of;

/// Asks for a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The case.
    pub rma: RmaId,
    /// The order it would pay back; the case's own when absent.
    pub order: Option<OrderId>,
    /// Why.
    pub basis: Basis,
    /// What is keyed so far; empty asks for a suggestion.
    pub components: Vec<NewComponent>,
}

/// What a settlement would be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The order it would pay back.
    pub order: Option<OrderId>,
    /// In this currency.
    pub currency: Currency,
    /// Why.
    pub basis: Basis,
    /// Line by line.
    pub lines: Vec<LinePreview>,
    /// The order's own caps.
    pub caps: Caps,
    /// What may be keyed: what is left by this basis, with what the grades suggest to withhold.
    pub suggestion: Vec<NewComponent>,
    /// Where each deduction of the suggestion comes from.
    pub withheld: Vec<Withheld>,
    /// What the keyed components, or the suggestion, come to; the refusal when they do not fit.
    pub net: Result<i64, Error>,
    /// Whether somebody else would have to approve it.
    pub needs_second: bool,
}

/// What one line may be paid, and why.
#[derive(Clone, Debug)]
pub struct LinePreview {
    /// The line.
    pub line: RmaLineId,
    /// What it asks for.
    pub kind: LineKind,
    /// Requested, agreed, accepted units.
    pub units: (i64, i64, i64),
    /// Its part of what was paid, goods and tax.
    pub share_minor: i64,
    /// Units that this basis admits.
    pub admitted: i64,
    /// Their share.
    pub cap_minor: i64,
    /// Held by settlements already.
    pub held_minor: i64,
    /// What is left.
    pub room_minor: i64,
    /// Why it is that much.
    pub why: Text,
    /// Whether its units do not all stand for the same amount: the last takes the remainder.
    pub rounded: bool,
}

/// What one inspected group takes off its line, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The line.
    pub line: RmaLineId,
    /// The grade its units were given.
    pub grade: Text,
    /// How much of the goods' money that grade pays back, in percent.
    pub money_percent: i64,
    /// Who is liable for their state.
    pub liability: Bearer,
    /// How many units.
    pub quantity: i64,
    /// Their part of what was paid.
    pub share_minor: i64,
    /// What is taken off it.
    pub withheld_minor: i64,
}

/// Works out a preview. Reads only.
///
/// # Errors
/// `NotFound`; `Invalid` for an order that the case has nothing of.
pub fn preview(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    now: Timestamp,
    ask: &Ask,
) -> Result<Preview, Error> {
    let rma = store::rma::find(conn, ask.rma)?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::SettlementPropose, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    let money = CaseMoney::read(conn, &Terms { definitions, now }, &rma, ask.order, true)?;
    let (suggestion, withheld) = suggestion(conn, definitions, &rma, &money, ask.basis)?;
    let components = if ask.components.is_empty() { &suggestion } else { &ask.components };
    let found = sums(&money, &rma, ask.basis, components);
    let needs_second = found.as_ref().is_ok_and(|sums| money.needs_second(sums.net_minor, sums.extras_minor));
    Ok(Preview {
        order: money.order.as_ref().map(|order| order.id),
        currency: rma.currency,
        basis: ask.basis,
        lines: money.lines.iter().map(|line| line_preview(line, &money, ask.basis)).collect(),
        caps: money.caps(ask.basis),
        net: found.map(|sums| sums.net_minor),
        suggestion,
        withheld,
        needs_second,
    })
}

fn line_preview(line: &RmaLineRow, money: &CaseMoney, basis: Basis) -> LinePreview {
    let cap = money.line_cap(line, basis);
    LinePreview {
        line: line.id,
        kind: line.kind,
        units: (line.requested, line.approved, line.accepted),
        share_minor: share_of(line).total_minor(),
        admitted: cap.units,
        cap_minor: cap.share.total_minor(),
        held_minor: cap.held_minor,
        room_minor: cap.room_minor,
        why: why(line, basis, &cap),
        rounded: share_of(line).is_uneven(),
    }
}

fn why(line: &RmaLineRow, basis: Basis, cap: &LineCap) -> Text {
    let (zh, en) = match basis {
        Basis::Counted => ("验收合格", "accepted"),
        Basis::Unshipped => ("未发货", "never left"),
        Basis::Waived => ("无需退回", "kept by the customer"),
        Basis::Advanced => ("先行退款", "paid in advance"),
        Basis::PlatformDecided => ("平台已退", "refunded by the platform"),
        Basis::Compensation => ("补偿不含商品款", "compensation pays for no goods"),
    };
    if basis == Basis::Compensation {
        return Text::new(zh, en);
    }
    Text::new(
        format!("申请 {} 件，{zh} {} 件", line.requested, cap.units),
        format!("{} requested, {} {en}", line.requested, cap.units),
    )
}

// What is left on each line, tax last; and what the customer's grades take off, with where that comes from.
fn suggestion(
    conn: &Conn,
    definitions: &Definitions,
    rma: &RmaRow,
    money: &CaseMoney,
    basis: Basis,
) -> Result<(Vec<NewComponent>, Vec<Withheld>), Error> {
    let (mut found, mut sources) = (Vec::new(), Vec::new());
    let groups = if basis == Basis::Counted { store::unit_group::of_rma(conn, rma.id)? } else { Vec::new() };
    for line in &money.lines {
        let cap = money.line_cap(line, basis);
        if cap.room_minor == 0 {
            continue;
        }
        let tax = cap.share.tax_minor.clamp(0, cap.room_minor);
        let goods = cap.room_minor - tax;
        let part = |kind: ComponentKind, amount_minor: i64| NewComponent {
            line: Some(line.id),
            kind,
            amount_minor,
            bearer: Bearer::Shop,
            supplier: None,
            carrier: None,
            note: String::new(),
        };
        found.extend([part(ComponentKind::Goods, goods), part(ComponentKind::Tax, tax)]);
        // Only with the first settlement of a line: later ones pay what came afterwards.
        if cap.held_minor != 0 {
            continue;
        }
        let of_line = deduction(conn, definitions, line, &groups)?;
        let withheld = of_line.iter().map(|one| one.withheld_minor).sum::<i64>().min(cap.room_minor);
        sources.extend(of_line);
        let customer = NewComponent { bearer: Bearer::Customer, ..part(ComponentKind::Deduction, -withheld) };
        found.push(customer);
    }
    found.retain(|part| part.amount_minor != 0);
    Ok((found, sources))
}

// Accepted units follow one another from the front in the order they were inspected.
fn deduction(
    conn: &Conn,
    definitions: &Definitions,
    line: &RmaLineRow,
    groups: &[UnitGroupRow],
) -> Result<Vec<Withheld>, Error> {
    let share = share_of(line);
    let mut already = 0;
    let mut withheld = Vec::new();
    for group in groups.iter().filter(|group| group.rma_line_id == line.id && group.inspected_at.is_some()) {
        let Some(inspection) = store::inspection::last_of_group(conn, group.id)?.filter(|one| one.accepted) else {
            continue;
        };
        let grade = definitions.masters.grade(inspection.grade_id);
        let money_percent = grade.map_or(100, |grade| grade.money_percent);
        let share_minor = share.front(already, group.quantity).total_minor();
        let withheld_minor = grade_deduction_minor(share_minor, money_percent);
        if inspection.liability == Bearer::Customer && withheld_minor != 0 {
            withheld.push(Withheld {
                line: line.id,
                grade: grade.map(|grade| grade.name.clone()).unwrap_or_default(),
                money_percent,
                liability: inspection.liability,
                quantity: group.quantity,
                share_minor,
                withheld_minor,
            });
        }
        already += group.quantity;
    }
    Ok(withheld)
}
