//! The case form's check on the server: the same code as in the browser, with the order as it stands now.

use domain::{LineKind, Money, OrderId};
use engine::form::{Answers, Audience, Context, FieldType, Form, OfferedLine, Reason};
use engine::value::Value;
use store::Conn;
use store::case_facts::{ClaimLine, OrderFacts};

use super::file::FileRma;
use crate::actor::{Actor, ActorKind};
use crate::context::Ctx;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};
use crate::masters::Masters;

/// The answers as the form accepts them, with the order they are about and its lines.
///
/// # Errors
/// `Invalid` with every field that the form refuses; an order that is not the customer's is not known to the customer.
pub(super) fn accepted(
    conn: &Conn,
    ctx: &Ctx<'_>,
    form: &Form,
    cmd: &FileRma,
) -> Result<(Answers, OrderFacts, Vec<ClaimLine>), Error> {
    let field = form.fields.iter().find(|field| field.kind == FieldType::Order);
    let field = field.map_or("order", |field| field.id.as_str());
    let unknown = || {
        let refusal =
            Refusal::new("no_such_order", "没有找到该订单，请核对订单号", "there is no such order; check its number")
                .at(field.to_owned());
        Error::invalid(refusal)
    };
    let number = cmd.answers.get(field).and_then(Value::as_text).unwrap_or_default().trim().to_owned();
    if number.is_empty() {
        let refusal = Refusal::new("order_needed", "请填写订单号", "give the order's number");
        return Err(Error::invalid(refusal.at(field.to_owned())));
    }
    let id = store::case_facts::order_by_number(conn, cmd.shop, &number)?.ok_or_else(unknown)?;
    let order = store::case_facts::order(conn, id)?.ok_or_else(unknown)?;
    // A1: a customer files on the order they have proven and on no other.
    if matches!(ctx.actor.kind, ActorKind::Customer(_)) && cmd.proven != Some(order.id) {
        return Err(unknown());
    }
    let lines = store::case_facts::claim_lines(conn, id)?;
    let context = context_for(ctx.actor, ctx.definitions, ctx.now, &order, &lines);
    let answers = engine::form::submit(form, &cmd.answers, &context).map_err(Error::form)?;
    Ok((answers, order, lines))
}

/// What the form is filled in with: the day, who asks, the order's goods, the reasons.
pub(crate) fn context_for(
    actor: &Actor,
    definitions: &Definitions,
    now: domain::Timestamp,
    order: &OrderFacts,
    lines: &[ClaimLine],
) -> Context {
    let audience = if matches!(actor.kind, ActorKind::Customer(_)) { Audience::Portal } else { Audience::Desk };
    let masters = &definitions.masters;
    let shop = masters.shop(order.shop_id).ok();
    let mut context = Context::new(audience, now, masters.offset_minutes(order.shop_id, now), order.currency);
    context.shop = shop.map(|shop| shop.code.clone());
    context.platform = shop.map(|shop| shop.platform.clone());
    context.reasons = Some(reasons(definitions));
    context.lines = Some(lines.iter().map(|line| offered(order, line)).collect());
    context
}

/// The reasons that can be chosen, groups before their leaves.
pub(crate) fn reasons(definitions: &Definitions) -> Vec<Reason> {
    let masters = &definitions.masters;
    let code = |id| masters.reason(id).map(|reason| reason.code.clone());
    let active = masters.reasons().iter().filter(|reason| reason.active);
    let as_form = active.map(|reason| Reason {
        id: reason.code.clone(),
        title: reason.name.clone(),
        parent: reason.parent_id.and_then(code),
        kinds: kinds_of_reason(definitions, &reason.code).to_vec(),
        evidence: reason.evidence_required,
    });
    as_form.collect()
}

/// The kinds that a reason can be given for, as the template in force says; empty: all.
#[must_use]
pub fn kinds_of_reason<'d>(definitions: &'d Definitions, code: &str) -> &'d [LineKind] {
    let reason = definitions.current().ok().and_then(|release| release.template.reason(code));
    reason.map(|reason| reason.kinds.as_slice()).unwrap_or_default()
}

/// An order line as the form offers it.
pub(crate) fn offered(order: &OrderFacts, line: &ClaimLine) -> OfferedLine {
    let paid = line.open_goods_minor + line.open_tax_minor;
    OfferedLine {
        line: line.id.to_string(),
        sku: line.sku_code.clone(),
        title: line.sku_name.clone(),
        category: Some(line.category.clone()).filter(|category| !category.is_empty()),
        resalable: Some(line.resalable),
        budget: line.budget,
        paid: Money::new(paid.max(0), order.currency),
    }
}

/// The order that fills the form, for staff who may file for it.
///
/// # Errors
/// `NotFound`.
pub fn order_for_filing(
    conn: &Conn,
    actor: &Actor,
    masters: &Masters,
    shop: domain::ShopId,
    number: &str,
) -> Result<(OrderFacts, Vec<OfferedLine>), Error> {
    let place = masters.shop(shop)?;
    if !actor.may(domain::Permission::RmaFile, Some(shop), place.warehouse_id) {
        return Err(Error::NotFound("order"));
    }
    let id: Option<OrderId> = store::case_facts::order_by_number(conn, shop, number.trim())?;
    let order = match id {
        Some(id) => store::case_facts::order(conn, id)?,
        None => None,
    };
    let order = order.ok_or(Error::NotFound("order"))?;
    let lines = store::case_facts::claim_lines(conn, order.id)?;
    let offered = lines.iter().map(|line| offered(&order, line)).collect();
    Ok((order, offered))
}

/// What an order says of its customer, masked as the reader's roles say.
///
/// # Errors
/// The store's.
pub fn contact_of_order(
    conn: &Conn,
    definitions: &crate::definitions::Definitions,
    actor: &Actor,
    order: &OrderFacts,
) -> Result<Option<store::contact::ContactRow>, Error> {
    use crate::gate::{shown, sight};
    let contact = match order.contact_id {
        Some(id) => store::contact::find(conn, id)?,
        None => None,
    };
    let warehouse = definitions.masters.shop(order.shop_id).ok().and_then(|shop| shop.warehouse_id);
    let place = (Some(order.shop_id), warehouse);
    let see = |field: &str| sight(definitions, actor, domain::Permission::RmaFile, place, &format!("contact.{field}"));
    Ok(contact.map(|row| store::contact::ContactRow {
        name: shown(see("name"), row.name),
        phone: shown(see("phone"), row.phone),
        email: shown(see("email"), row.email),
        address: shown(see("address"), row.address),
        nickname: None,
        phone_tail: None,
        ..store::contact::ContactRow::empty(row.id)
    }))
}
