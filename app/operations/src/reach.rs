//! What an actor may reach: what lies outside every role's places does not exist for them (404), what lies inside but
//! is not granted is refused (403).

use domain::{Permission, PersonId, RmaId, WarehouseId};
use store::Conn;
use store::rma::RmaRow;

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};

/// Refuses unless the actor may do `permission` at `place`; `what` is the noun that is not found outside their places.
pub(crate) fn place(ctx: &Ctx<'_>, permission: Permission, place: Place, what: &'static str) -> Result<(), Error> {
    let inside = ctx.actor.grants.iter().any(|grant| {
        (grant.shop.is_none() || place.shop.is_none() || grant.shop == place.shop)
            && (grant.warehouse.is_none() || place.warehouse.is_none() || grant.warehouse == place.warehouse)
    });
    if inside { ctx.require(permission, place) } else { Err(Error::NotFound(what)) }
}

/// A case that the actor may do `permission` on. History taken over is looked at, never worked on.
pub(crate) fn case(conn: &Conn, ctx: &Ctx<'_>, id: RmaId, permission: Permission) -> Result<RmaRow, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    place(ctx, permission, Place { shop: Some(rma.shop_id), warehouse: rma.warehouse_id }, "rma")?;
    Ok(rma)
}

/// A case whose goods at `warehouse` the actor may do `permission` on: parcels arrive where they arrive, and are worked on
/// by the people there, whatever warehouse the case was addressed to.
pub(crate) fn goods(
    conn: &Conn,
    ctx: &Ctx<'_>,
    id: RmaId,
    permission: Permission,
    warehouse: WarehouseId,
) -> Result<RmaRow, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    place(ctx, permission, Place { shop: Some(rma.shop_id), warehouse: Some(warehouse) }, "rma")?;
    Ok(rma)
}

/// Refuses unless the case is agreed and under way.
pub(crate) fn under_way(rma: &RmaRow) -> Result<(), Error> {
    use domain::state::CaseState;
    let refusal = match rma.state {
        CaseState::InProgress => return Ok(()),
        CaseState::Submitted | CaseState::NeedsInfo => {
            Refusal::new("not_agreed", "该单尚未审核通过", "this case is not agreed yet")
                .help("请先完成审核", "finish its review first")
        }
        CaseState::Rejected | CaseState::Withdrawn | CaseState::Closed => {
            Refusal::new("case_is_over", "该单已结束，不能再修改", "the case is over and cannot be changed")
                .help("请新建一张关联的退换单", "file a new case and link it to this one")
        }
    };
    Err(Error::conflict(refusal))
}

/// The person who acts: some facts need a name. Other systems and the program itself are refused.
pub(crate) fn person(ctx: &Ctx<'_>, permission: Permission) -> Result<PersonId, Error> {
    ctx.actor.person().ok_or(Error::Forbidden(permission))
}

/// A reason that somebody wrote: trimmed and not empty.
pub(crate) fn reason<'t>(text: &'t str, field: &str) -> Result<&'t str, Error> {
    match text.trim() {
        "" => Err(Error::invalid(Refusal::new("reason_needed", "请填写原因", "say why").at(field))),
        text => Ok(text),
    }
}
