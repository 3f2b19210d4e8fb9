//! The policy's judgement of each line of a case that is being filed.

use domain::budget::BudgetRefusal;
use domain::state::{Origin, Verdict};
use domain::{LineKind, Money, allocate::share_of_units};
use engine::form::{FieldType, goods_kinds};
use engine::policy::Judgement;
use engine::value::Value;
use store::case_facts::{ClaimLine, LineFacts, OrderFacts};
use store::claim::Claim;

use super::facts::{CaseInput, facts};
use super::form_check::kinds_of_reason;
use super::intake::AskedLine;
use crate::context::Ctx;
use crate::definitions::Release;
use crate::error::{Error, Refusal};

/// A line that fits the budget, with its exact money and the policy's answer.
#[derive(Clone, Debug)]
pub(crate) struct JudgedLine {
    pub(crate) asked: AskedLine,
    pub(crate) claim: Claim,
    pub(crate) sku_id: domain::SkuId,
    pub(crate) sku_name: String,
    pub(crate) judgement: Judgement,
}

/// What all lines are judged against.
pub(crate) struct Ground<'a> {
    pub(crate) release: &'a Release,
    pub(crate) order: &'a OrderFacts,
    pub(crate) buyer_tags: &'a [String],
    pub(crate) photos: i64,
    pub(crate) warehouse: Option<domain::WarehouseId>,
    pub(crate) form: &'a [(String, Value)],
}

/// Fits each line into the budget, gives it its share of what was paid, and asks the policy.
///
/// # Errors
/// `Invalid` for goods of another order, `Conflict` with what remains when the budget does not hold.
pub(crate) fn judge_lines(
    ctx: &Ctx<'_>,
    ground: &Ground<'_>,
    stock: &mut [ClaimLine],
    asked: &[AskedLine],
    path: &str,
) -> Result<Vec<JudgedLine>, Error> {
    let mut judged = Vec::with_capacity(asked.len());
    for (index, line) in asked.iter().enumerate() {
        let at = format!("{path}[{index}].quantity");
        // A1: the line must be one of this order's; an id from elsewhere is simply not found.
        let sold = stock.iter_mut().find(|sold| sold.id == line.order_line).ok_or_else(|| {
            let refusal = Refusal::new("not_in_order", "该商品不在此订单中", "these goods are not part of the order");
            Error::invalid(refusal.at(format!("{path}[{index}].line")))
        })?;
        let claim = claim(sold, line).map_err(|refusal| over_budget(refusal, &sold.sku_name, at))?;
        let facts = LineFacts {
            kind: line.kind,
            reason_id: line.reason,
            quantity: line.quantity,
            share_minor: claim.goods_minor + claim.tax_minor,
            category: sold.category.clone(),
            resalable: sold.resalable,
        };
        let judgement = judge_line(ctx, ground, sold, &facts)?;
        judged.push(JudgedLine {
            asked: line.clone(),
            claim,
            sku_id: sold.sku_id,
            sku_name: sold.sku_name.clone(),
            judgement,
        });
    }
    Ok(judged)
}

// Takes the units and their money out of what is left, so that two lines of one case share one budget.
fn claim(sold: &mut ClaimLine, line: &AskedLine) -> Result<Claim, BudgetRefusal> {
    let left = sold.budget.ordered - sold.budget.cancelled + sold.budget.redelivered - sold.budget.claimed;
    sold.budget = sold.budget.claim(line.kind, line.quantity)?;
    let (goods_minor, tax_minor) = if line.kind.consumes_quantity() {
        let goods = share_of_units(sold.open_goods_minor.max(0), left, 0, line.quantity);
        let tax = share_of_units(sold.open_tax_minor.max(0), left, 0, line.quantity);
        sold.open_goods_minor -= goods;
        sold.open_tax_minor -= tax;
        (goods, tax)
    } else {
        (0, 0)
    };
    Ok(Claim { order_line_id: sold.id, kind: line.kind, quantity: line.quantity, goods_minor, tax_minor })
}

fn judge_line(ctx: &Ctx<'_>, ground: &Ground<'_>, sold: &ClaimLine, line: &LineFacts) -> Result<Judgement, Error> {
    let policy = ground.release.template.case_policy();
    let policy = policy.ok_or_else(|| Error::internal("the release has no policy for cases"))?;
    let mut facts = facts(CaseInput {
        masters: &ctx.definitions.masters,
        actor: ctx.actor,
        now: ctx.now,
        shop: ground.order.shop_id,
        warehouse: ground.warehouse,
        origin: Origin::Filed,
        verdict: None,
        refund: Money::new(if line.kind.settles_money() { line.share_minor } else { 0 }, ground.order.currency),
        order: Some(ground.order),
        delivered_at: sold.delivered_at,
        lines: std::slice::from_ref(line),
        buyer_tags: ground.buyer_tags,
        photos: ground.photos,
        form: ground.form.iter().cloned().collect(),
        lang: ctx.actor.lang,
    });
    // The policy's words name the reasons that its rules are for, whichever was given.
    for reason in ctx.definitions.masters.reasons() {
        facts.name("reason", reason.code.clone(), reason.name.clone());
    }
    let kinds = choosable(ctx, line);
    Ok(engine::policy::judge_among(policy, &facts, &|kind| kinds.contains(&kind)))
}

// What the form would take for this reason: nothing else is advised.
fn choosable(ctx: &Ctx<'_>, line: &LineFacts) -> Vec<LineKind> {
    let release = ctx.definitions.current().ok();
    let form = release.as_ref().and_then(|release| release.template.case_form());
    let goods = form.and_then(|form| form.fields.iter().find(|field| field.kind == FieldType::Goods));
    let reason = line.reason_id.and_then(|id| ctx.definitions.masters.reason(id));
    let of_reason = reason.map_or(&[][..], |reason| kinds_of_reason(ctx.definitions, &reason.code));
    let offered = goods.map_or(LineKind::ALL, goods_kinds).iter().copied();
    offered.filter(|kind| of_reason.is_empty() || of_reason.contains(kind)).collect()
}

fn over_budget(refusal: BudgetRefusal, goods: &str, at: String) -> Error {
    let (code, zh, en) = match refusal {
        BudgetRefusal::NotPositive => {
            ("quantity_not_positive", "数量至少为 1".to_owned(), "the quantity is at least 1".to_owned())
        }
        BudgetRefusal::ExceedsOrdered { remaining } => (
            "exceeds_ordered",
            format!("“{goods}”还可申请 {remaining} 件"),
            format!("{remaining} of `{goods}` can still be claimed"),
        ),
        BudgetRefusal::ExceedsShipped { remaining } => (
            "exceeds_shipped",
            format!("“{goods}”已发货且未申请退回的还有 {remaining} 件"),
            format!("{remaining} of `{goods}` were shipped and are not claimed back yet"),
        ),
        BudgetRefusal::ExceedsUnshipped { remaining } => (
            "exceeds_unshipped",
            format!("“{goods}”未发货的还有 {remaining} 件"),
            format!("{remaining} of `{goods}` are not shipped yet"),
        ),
    };
    Error::conflict(Refusal::new(code, zh, en).at(at))
}

/// The verdict of a case: the strictest of its lines.
pub(crate) fn strictest(lines: &[JudgedLine]) -> Verdict {
    let rank = |verdict: Verdict| match verdict {
        Verdict::AutoAgree => 0,
        Verdict::Review => 1,
        Verdict::Refuse => 2,
    };
    let verdicts = lines.iter().map(|line| line.judgement.verdict);
    verdicts.max_by_key(|verdict| rank(*verdict)).unwrap_or(Verdict::Review)
}
