//! What contradicts claims that were agreed before: an event and a to-do, never a refusal of the fact.

use domain::{EventKind, OrderId, Permission, RmaId, TaskId, Text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::order::{LineRow, OrderRow};
use store::task::TaskRow;
use store::{Conn, Tx};

use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

/// A fact that contradicts live claims or payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Stable code.
    pub code: String,
    /// The line, when it is about one.
    pub line_no: Option<i64>,
}

/// The node under which such to-dos stand; there is at most one open per case.
const NODE: &str = "order_conflict";

/// What contradicts what is claimed of, and paid on, an order as it stands.
pub(crate) fn of(order: &OrderRow, lines: &[LineRow]) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = lines.iter().filter_map(of_line).collect();
    let held = order.held_minor.saturating_add(order.held_imported_minor.max(0));
    if order.held_minor > 0 && held > order.captured_minor {
        found.push(Conflict { code: "refunds_exceed_captured".to_owned(), line_no: None });
    }
    if order.freight_held_minor > order.freight_minor {
        found.push(Conflict { code: "freight_exceeds_paid".to_owned(), line_no: None });
    }
    found
}

// History alone is no conflict: it is exempt from the guards.
fn of_line(line: &LineRow) -> Option<Conflict> {
    let left = line.ordered - line.cancelled;
    let code = if line.claimed > 0 && line.claimed + line.claimed_imported > left + line.redelivered {
        "claims_exceed_ordered"
    } else if line.claimed_goods > 0 && line.claimed_goods + line.claimed_imported > line.shipped + line.redelivered {
        "claims_exceed_shipped"
    } else if line.claimed_unshipped > (left - line.shipped).max(0) {
        "claims_exceed_unshipped"
    } else if line.claimed > 0 && line.allocated_goods_minor > line.paid_goods_minor + line.redelivered_goods_minor {
        "claims_exceed_paid"
    } else {
        return None;
    };
    Some(Conflict { code: code.to_owned(), line_no: Some(line.line_no) })
}

/// Raises to-dos for the conflicts of an order, or ends those that no longer hold.
pub(crate) fn settle(tx: &Tx<'_>, ctx: &mut Ctx<'_>, order: &OrderRow, found: &[Conflict]) -> Result<(), Error> {
    let title = Text::new(
        format!("订单 {} 的变更与已受理的退换货冲突，请核对", order.number),
        format!("Order {} changed against agreed claims: please check", order.number),
    );
    for rma in claiming(tx, order.id)? {
        if found.is_empty() {
            clear(tx, ctx, rma, NODE)?;
        } else {
            raise(tx, ctx, rma, NODE, &title)?;
        }
    }
    if !found.is_empty() {
        let event = Event::new(EventKind::OrderConflict).about("sales_order", order.id.get());
        ctx.record(event.at(Some(order.shop_id), None).with(json!({ "conflicts": found })));
    }
    Ok(())
}

/// Opens a conflict to-do on a case for its owner, else for the first role that may override; once per node. Gives
/// whether it is a new one.
pub(crate) fn raise(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId, node: &str, title: &Text) -> Result<bool, Error> {
    let Some(case) = store::rma::find(tx, rma)? else { return Ok(false) };
    if open_at(tx, rma, node)?.is_some() {
        return Ok(false);
    }
    let task = TaskRow {
        id: TaskId::from_raw(ctx.id()),
        rma_id: Some(rma),
        kind: "conflict".to_owned(),
        node: node.to_owned(),
        round: 1,
        role: resolver(ctx),
        shop_id: Some(case.shop_id),
        warehouse_id: None,
        assignee_id: case.owner_id,
        title: title.clone(),
        state: "open".to_owned(),
        due_at: None,
        warn_at: None,
        warned_at: None,
        breached_at: None,
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    };
    store::task::open(tx, &task)?;
    ctx.topic(format!("rma:{rma}"));
    ctx.topic(format!("queue:{}", case.shop_id));
    if let Some(person) = case.owner_id {
        ctx.topic(format!("person:{person}"));
    }
    Ok(true)
}

/// Ends a conflict to-do that no longer holds.
pub(crate) fn clear(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId, node: &str) -> Result<(), Error> {
    if let Some(task) = open_at(tx, rma, node)? {
        store::task::end(tx, task.id, "done", ctx.actor.person(), ctx.now)?;
        ctx.topic(format!("rma:{rma}"));
    }
    Ok(())
}

fn open_at(conn: &Conn, rma: RmaId, node: &str) -> Result<Option<TaskRow>, Error> {
    let open = store::task::open_of_rma(conn, rma)?;
    Ok(open.into_iter().find(|task| task.kind == "conflict" && task.node == node))
}

fn resolver(ctx: &Ctx<'_>) -> String {
    let Ok(release) = ctx.definitions.current() else { return String::new() };
    let roles = &release.template.template().roles;
    let may = |permission| roles.iter().find(|role| role.permissions.contains(&permission));
    let role = may(Permission::RmaOverride).or_else(|| may(Permission::RmaDecide));
    role.map(|role| role.id.clone()).unwrap_or_default()
}

// Cases filed here whose claims on the order stand.
fn claiming(conn: &Conn, order: OrderId) -> Result<Vec<RmaId>, Error> {
    use domain::state::Origin;
    const MAX_CASES: u32 = 100;
    let cases = store::order::cases(conn, order, MAX_CASES)?;
    let standing = cases.into_iter().filter(|case| case.origin != Origin::Imported && case.state.holds_budget());
    Ok(standing.map(|case| case.rma_id).collect())
}
