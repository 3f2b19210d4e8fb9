//! Rows of the inbox as the reader may see them.

use contract::inbox::{CopyItem, InboxCase, InboxItem};
use contract::rma::PersonName;
use domain::{Money, Permission};
use operations::definitions::Definitions;
use operations::gate::{Sight, shown, sight};
use operations::inbox::{CaseBrief, CopiedRow, InboxRow};
use operations::{Actor, Conn, Error};

pub(super) fn case(conn: &Conn, definitions: &Definitions, actor: &Actor, row: CaseBrief) -> Result<InboxCase, Error> {
    let release = definitions.release(conn, row.release_id)?;
    let flow = release.template.case_flow();
    let see = |field| sight(definitions, actor, Permission::RmaView, (Some(row.shop_id), row.warehouse_id), field);
    let (priced, named) = (see("rma.refund") == Sight::Whole, see("contact.name"));
    let reason = row.reason_id.and_then(|id| definitions.masters.reason(id));
    Ok(InboxCase {
        id: row.id,
        number: row.number,
        shop: row.shop_id,
        kinds: row.kinds,
        customer: shown(named, row.customer),
        summary: row.summary,
        reason: reason.map(|reason| reason.name.clone()),
        state: row.state,
        stage_title: flow.and_then(|flow| flow.title(&row.stage)).cloned().unwrap_or_default(),
        refund: priced.then(|| Money::new(row.refund_minor, row.currency)),
        filed_at: row.filed_at,
        due_at: row.due_at,
        warn_at: row.warn_at,
        platform_due_at: row.platform_due_at,
    })
}

pub(super) fn item(conn: &Conn, definitions: &Definitions, actor: &Actor, row: InboxRow) -> Result<InboxItem, Error> {
    let rma = row.case.map(|row| case(conn, definitions, actor, row)).transpose()?;
    Ok(InboxItem {
        id: row.id,
        kind: row.kind,
        node: row.node,
        round: row.round,
        title: row.title,
        assignee: row.assignee_id.map(|id| PersonName { id, name: String::new() }),
        due_at: row.due_at,
        warn_at: row.warn_at,
        breached_at: row.breached_at,
        opened_at: row.opened_at,
        done_at: row.done_at,
        rma,
    })
}

pub(super) fn copy(conn: &Conn, definitions: &Definitions, actor: &Actor, row: CopiedRow) -> Result<CopyItem, Error> {
    let rma = case(conn, definitions, actor, row.case)?;
    Ok(CopyItem { id: row.id, title: row.title, at: row.at, read: row.read_at.is_some(), rma })
}
