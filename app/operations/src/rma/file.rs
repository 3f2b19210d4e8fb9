//! Filing a case: the form's check, the budget, the policy, the case with its lines, and what follows from it.

use domain::state::{CaseState, GoodsState, MoneyState, Origin, Verdict};
use domain::{ContactId, EventKind, LocalDate, OrderId, OverrideId, Permission, RmaId, RmaLineId, ShopId};
use engine::form::Answers;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::case_facts::OrderFacts;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;

use super::form_check::accepted;
use super::intake::{Intake, read};
use super::judge::{Ground, JudgedLine, judge_lines, strictest};
use crate::actor::ActorKind;
use crate::context::{Ctx, Place};
use crate::definitions::Release;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Files a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRma {
    /// Whose order.
    pub shop: ShopId,
    /// The form's answers.
    pub answers: Answers,
    /// Why it is filed against the policy; staff with the right only.
    #[serde(default)]
    pub override_reason: Option<String>,
    /// The order that a customer has proven; `portal::order::prove` alone says which.
    #[serde(default)]
    pub proven: Option<OrderId>,
}

/// The new case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Its id.
    pub rma: RmaId,
    /// Its human number.
    pub number: String,
    /// The policy's answer.
    pub verdict: Verdict,
}

/// Files a case.
///
/// # Errors
/// `Forbidden`; `Invalid` with every field the form refuses; `Conflict` when the quantity budget or the policy refuses.
pub fn file(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &FileRma) -> Result<Filed, Error> {
    let shop = ctx.definitions.masters.shop(cmd.shop)?.clone();
    let place = Place { shop: Some(shop.id), warehouse: shop.warehouse_id };
    if !matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        ctx.require(Permission::RmaFile, place)?;
    }
    let prepared = prepare(tx, ctx, cmd)?;
    let verdict = strictest(&prepared.lines);
    let overridden = overrule(ctx, cmd, place, verdict, &prepared.lines)?;
    let rma = header(tx, ctx, &prepared, &shop, if overridden { Verdict::Review } else { verdict })?;
    store::rma::insert(tx, &rma)?;
    for (index, line) in prepared.lines.iter().enumerate() {
        store::claim::take(tx, &line.claim)?;
        store::rma_line::insert(tx, &row(ctx, &rma, index, line)?)?;
    }
    super::answers::write(tx, &prepared.release, &rma, &prepared.intake.own)?;
    for photo in &prepared.intake.photos {
        super::note::attach(tx, ctx, *photo, rma.id, "evidence", 0)?;
    }
    if overridden {
        write_override(tx, ctx, cmd, &rma, &prepared.lines)?;
    }
    let event = Event::new(EventKind::RmaFiled)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .about("rma", rma.id.get())
        .with(json!({ "verdict": verdict, "lines": prepared.lines.len(), "overridden": overridden }));
    ctx.record(event);
    Ok(Filed { rma: rma.id, number: rma.number, verdict: rma.verdict })
}

/// Everything that is known before anything is written.
pub(crate) struct Prepared {
    pub(crate) release: std::sync::Arc<Release>,
    pub(crate) intake: Intake,
    pub(crate) order: OrderFacts,
    pub(crate) lines: Vec<JudgedLine>,
}

/// Checks the form, the budget and the policy; writes nothing. What a preview shows and filing does are one thing.
pub(crate) fn prepare(tx: &store::Conn, ctx: &Ctx<'_>, cmd: &FileRma) -> Result<Prepared, Error> {
    let release = std::sync::Arc::clone(ctx.definitions.current()?);
    let form = release.template.case_form().ok_or_else(|| Error::internal("the release has no form for cases"))?;
    let (answers, order, mut stock) = accepted(tx, ctx, form, cmd)?;
    let intake = read(&ctx.definitions.masters, form, &answers)?;
    let goods_field = form.fields.iter().find(|field| field.kind == engine::form::FieldType::Goods);
    let goods_field = goods_field.map_or("goods", |field| field.id.as_str()).to_owned();
    if intake.lines.is_empty() {
        let refusal = Refusal::new("no_goods", "请至少选择一件商品", "choose at least one article");
        return Err(Error::invalid(refusal.at(goods_field)));
    }
    let buyer_tags = store::case_facts::buyer_tags(tx, order.customer_id, order.contact_id)?;
    // P1: the customer is held to the policy that was in force when the order was placed.
    let judged_by = match order.release_id {
        Some(id) => ctx.definitions.release(tx, id)?,
        None => std::sync::Arc::clone(&release),
    };
    let shop = ctx.definitions.masters.shop(cmd.shop)?;
    let ground = Ground {
        release: &judged_by,
        order: &order,
        buyer_tags: &buyer_tags,
        photos: intake.photos.len() as i64,
        warehouse: shop.warehouse_id,
        form: &intake.own,
    };
    let lines = judge_lines(ctx, &ground, &mut stock, &intake.lines, &goods_field)?;
    Ok(Prepared { release, intake, order, lines })
}

// P2: the customer's path enforces; staff may overrule with the right and a reason, which is kept.
fn overrule(ctx: &Ctx<'_>, cmd: &FileRma, place: Place, verdict: Verdict, lines: &[JudgedLine]) -> Result<bool, Error> {
    if verdict != Verdict::Refuse {
        return Ok(false);
    }
    let refused = lines.iter().find(|line| line.judgement.verdict == Verdict::Refuse);
    let judgement = refused.map(|line| &line.judgement);
    let words = judgement.map(|judgement| judgement.reason.clone()).unwrap_or_default();
    let mut refusal = Refusal::new("not_eligible", words.zh, words.en);
    refusal.help = judgement.and_then(|judgement| judgement.would_help.clone());
    let reason = cmd.override_reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let may = ctx.actor.may(Permission::RmaOverride, place.shop, place.warehouse);
    match reason {
        Some(_) if may => Ok(true),
        Some(_) => Err(Error::Forbidden(Permission::RmaOverride)),
        None => Err(Error::conflict(refusal)),
    }
}

fn header(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    prepared: &Prepared,
    shop: &store::master::ShopRow,
    verdict: Verdict,
) -> Result<RmaRow, Error> {
    let local_date = ctx.definitions.masters.local_date(shop.id, ctx.now);
    let order = &prepared.order;
    let refund_minor = prepared.lines.iter().map(expected_refund).sum();
    let filed_by = ctx.actor.author();
    Ok(RmaRow {
        id: RmaId::from_raw(ctx.id()),
        number: number(tx, &prepared.release, shop, local_date)?,
        shop_id: shop.id,
        warehouse_id: shop.warehouse_id,
        release_id: prepared.release.id,
        origin: Origin::Filed,
        state: CaseState::Submitted,
        stage: String::new(),
        goods_state: GoodsState::NoneExpected,
        money_state: MoneyState::None,
        order_id: Some(order.id),
        customer_id: order.customer_id,
        contact_id: contact(tx, ctx, order, &prepared.intake)?,
        owner_id: None,
        filed_by,
        filed_at: ctx.now,
        local_date,
        verdict,
        reason_id: prepared.intake.lines.first().and_then(|line| line.reason),
        summary: summary(&prepared.lines),
        currency: order.currency,
        refund_minor,
        due_at: None,
        warn_at: None,
        platform_due_at: None,
        next_follow_up_at: None,
        agreed_at: None,
        received_at: None,
        inspected_at: None,
        settled_at: None,
        closed_at: None,
        linked_rma_id: None,
        version: 1,
    })
}

// RT-A261123-0007: prefix, shop, day, count. Unique over all shops because the shop's code is part of it.
fn number(tx: &Tx<'_>, release: &Release, shop: &store::master::ShopRow, day: LocalDate) -> Result<String, Error> {
    let count = store::rma::next_number(tx, "rma", shop.id, day)?;
    let (year, month, date) = day.ymd();
    let prefix = &release.template.template().settings.number_prefix;
    Ok(format!("{prefix}-{}{:02}{month:02}{date:02}-{count:04}", shop.code.to_uppercase(), year % 100))
}

// The form's own contact wins over the order's; a row of its own, because it is erased with the case, not the order.
fn contact(tx: &Tx<'_>, ctx: &Ctx<'_>, order: &OrderFacts, intake: &Intake) -> Result<Option<ContactId>, Error> {
    let known = match order.contact_id {
        Some(id) => store::contact::find(tx, id)?,
        None => None,
    };
    let says_nothing_new = known.as_ref().is_some_and(|known| {
        let same = |given: &Option<String>, stored: &Option<String>| given.is_none() || given == stored;
        same(&intake.customer_name, &known.name)
            && same(&intake.phone, &known.phone)
            && same(&intake.email, &known.email)
    });
    let gave_any = intake.customer_name.is_some() || intake.phone.is_some() || intake.email.is_some();
    if says_nothing_new || !gave_any {
        return Ok(order.contact_id);
    }
    let known = known.as_ref();
    let id = ContactId::from_raw(ctx.id());
    let contact = store::contact::ContactRow {
        id,
        name: intake.customer_name.clone().or_else(|| known.and_then(|known| known.name.clone())),
        phone: intake.phone.clone().or_else(|| known.and_then(|known| known.phone.clone())),
        email: intake.email.clone().or_else(|| known.and_then(|known| known.email.clone())),
        address: known.and_then(|known| known.address.clone()),
        nickname: known.and_then(|known| known.nickname.clone()),
        phone_tail: phone_tail(intake.phone.as_deref().or_else(|| known.and_then(|known| known.phone.as_deref()))),
        ..store::contact::ContactRow::empty(id)
    };
    store::contact::insert(tx, &contact)?;
    Ok(Some(id))
}

// What a customer proves an order with, and what staff search by.
fn phone_tail(phone: Option<&str>) -> Option<String> {
    let digits: Vec<char> = phone?.chars().filter(char::is_ascii_digit).collect();
    let tail = digits.get(digits.len().checked_sub(4)?..)?;
    Some(tail.iter().collect())
}

fn summary(lines: &[JudgedLine]) -> String {
    let mut parts: Vec<String> =
        lines.iter().take(2).map(|line| format!("{} ×{}", line.sku_name, line.asked.quantity)).collect();
    if lines.len() > 2 {
        parts.push(format!("+{}", lines.len() - 2));
    }
    parts.join("，")
}

fn expected_refund(line: &JudgedLine) -> i64 {
    if line.asked.kind.settles_money() { line.claim.goods_minor + line.claim.tax_minor } else { 0 }
}

fn row(ctx: &Ctx<'_>, rma: &RmaRow, index: usize, line: &JudgedLine) -> Result<RmaLineRow, Error> {
    let judgement = serde_json::to_string(&line.judgement).map_err(|error| Error::internal(error.to_string()))?;
    Ok(RmaLineRow {
        id: RmaLineId::from_raw(ctx.id()),
        rma_id: rma.id,
        position: index as i64 + 1,
        kind: line.asked.kind,
        order_line_id: Some(line.asked.order_line),
        sku_id: Some(line.sku_id),
        undeclared: false,
        reason_id: line.asked.reason,
        requested: line.asked.quantity,
        approved: 0,
        received: 0,
        waived: 0,
        accepted: 0,
        refused: 0,
        dispositioned: 0,
        share_goods_minor: line.claim.goods_minor,
        share_tax_minor: line.claim.tax_minor,
        cap_counted_minor: 0,
        settled_minor: 0,
        settled_counted_minor: 0,
        money_done: false,
        verdict: line.judgement.verdict,
        policy_rule: line.judgement.rule.clone().unwrap_or_default(),
        judgement,
        window_ends_on: line.judgement.deadline,
        refund_minor: expected_refund(line),
    })
}

fn write_override(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    cmd: &FileRma,
    rma: &RmaRow,
    lines: &[JudgedLine],
) -> Result<(), Error> {
    let Some(person_id) = ctx.actor.person() else { return Err(Error::Forbidden(Permission::RmaOverride)) };
    let refused = lines.iter().filter(|line| line.judgement.verdict == Verdict::Refuse);
    for line in refused {
        store::policy_override::insert(
            tx,
            &store::policy_override::OverrideRow {
                id: OverrideId::from_raw(ctx.id()),
                rma_id: rma.id,
                person_id,
                policy_rule: line.judgement.rule.clone().unwrap_or_default(),
                verdict: Verdict::Refuse,
                reason: cmd.override_reason.clone().unwrap_or_default().trim().to_owned(),
                amount_minor: expected_refund(line),
                currency: rma.currency,
                at: ctx.now,
            },
        )?;
    }
    let event = Event::new(EventKind::PolicyOverridden)
        .rma(rma.id)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "verdict": Verdict::Refuse }));
    ctx.record_quietly(event);
    Ok(())
}
