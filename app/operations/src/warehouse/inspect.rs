//! Inspection: a grade, answers, photos and who is liable, for a unit group or a part of it. It sets what the counted
//! basis may pay (M3) and books what somebody outside owes.

use domain::kind::OutboundKind;
use domain::settlement::LineShare;
use domain::state::{Bearer, Reception};
use domain::{AttachmentId, EventKind, GradeId, InspectionId, LineKind, Permission, UnitGroupId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::inspection::InspectionRow;
use store::master::GradeRow;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::unit_group::UnitGroupRow;

use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::outbound::recall::recall;
use crate::reach;

/// Most photos of one inspection.
const MAX_PHOTOS: usize = 50;
/// Most characters of a note.
const MAX_NOTE_CHARS: usize = 2_000;

/// Inspects units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspect {
    /// The group.
    pub unit_group: UnitGroupId,
    /// How many of it; all when absent. The rest stays a group of its own.
    pub quantity: Option<i64>,
    /// The grade.
    pub grade: GradeId,
    /// Whether they are accepted; as the grade says when absent.
    pub accepted: Option<bool>,
    /// Who is liable.
    pub liability: Bearer,
    /// The checklist's id, or empty.
    pub checklist: String,
    /// Answers by item.
    pub answers: serde_json::Map<String, serde_json::Value>,
    /// Photos, uploaded by the inspector.
    pub attachments: Vec<AttachmentId>,
    /// What the inspector wrote. A second look needs one.
    pub note: String,
    /// How long it took.
    pub seconds_spent: i64,
}

/// What an inspection found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// The inspection.
    pub inspection: InspectionId,
    /// The group it is about: a new one when only a part was inspected.
    pub unit_group: UnitGroupId,
    /// Whether the units are accepted.
    pub accepted: bool,
    /// What the line may be paid on the counted basis now, minor units.
    pub cap_counted_minor: i64,
    /// What the grade suggests to withhold for these units, minor units.
    pub suggested_deduction_minor: i64,
    /// What somebody outside owes for these units, minor units.
    pub liability_minor: i64,
}

/// Inspects a group or a part of it. Before its disposition it may be inspected again, with a note that says why.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the grade, an answer, a photo or a missing note; `Conflict` when it is disposed of, or
/// when a second look would accept less than was refunded or sent out in exchange.
pub fn inspect(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Inspect) -> Result<Inspected, Error> {
    let group = store::unit_group::find(tx, cmd.unit_group)?.ok_or(Error::NotFound("unit_group"))?;
    let rma = reach::goods(tx, ctx, group.rma_id, Permission::Inspect, group.warehouse_id)?;
    let inspector = reach::person(ctx, Permission::Inspect)?;
    reach::under_way(&rma)?;
    let grade = checked(ctx, cmd, &group)?;
    let quantity = super::quantity(cmd.quantity.unwrap_or(group.quantity), "quantity")?;
    let accepted = cmd.accepted.unwrap_or(grade.accepted);
    let line = store::rma_line::find(tx, group.rma_line_id)?.ok_or(Error::NotFound("rma_line"))?;
    super::checklist::check(tx, ctx, cmd, &line)?;
    let before = earlier(tx, &group, quantity, cmd)?;
    let part = super::recount::split(tx, ctx, &group, quantity)?;
    let cap_counted_minor = move_counts(tx, &line, quantity, before, accepted)?;
    if before == Some(true) && !accepted {
        call_back(tx, ctx, &rma, &line, (line.accepted - quantity, cmd.note.trim()))?;
    }
    let row = InspectionRow {
        id: InspectionId::from_raw(ctx.id()),
        unit_group_id: part.id,
        rma_id: rma.id,
        inspector_id: inspector,
        checklist: cmd.checklist.clone(),
        answers: serde_json::Value::Object(cmd.answers.clone()).to_string(),
        grade_id: grade.id,
        accepted,
        liability: cmd.liability,
        note: cmd.note.trim().to_owned(),
        seconds_spent: cmd.seconds_spent.max(0),
        at: ctx.now,
    };
    store::inspection::insert(tx, &row)?;
    attach(tx, ctx, &rma, &row, &cmd.attachments)?;
    store::unit_group::set_inspected(tx, part.id, grade.id, cmd.liability, ctx.now)?;
    let share = unit_share(tx, &line, accepted, quantity)?;
    let liability_minor = crate::ledger::liability::book(tx, ctx, &rma, &part, &row, share, &grade)?;
    crate::ledger::receivable::sync(tx, ctx, &rma)?;
    crate::settlement::refresh_line(tx, line.id)?;
    record(ctx, &rma, &part, &row, liability_minor);
    let customer = accepted && cmd.liability == Bearer::Customer;
    let deduction = domain::settlement::grade_deduction_minor(share, grade.money_percent);
    Ok(Inspected {
        inspection: row.id,
        unit_group: part.id,
        accepted,
        cap_counted_minor,
        suggested_deduction_minor: if customer { deduction } else { 0 },
        liability_minor,
    })
}

fn checked(ctx: &Ctx<'_>, cmd: &Inspect, group: &UnitGroupRow) -> Result<GradeRow, Error> {
    if group.reception == Reception::Missing {
        let refusal = Refusal::new("not_here", "缺件无法质检", "missing goods cannot be inspected");
        return Err(Error::conflict(refusal));
    }
    if group.dispositioned_at.is_some() {
        let refusal = Refusal::new(
            "already_dispositioned",
            "这组商品已处置，不能再质检",
            "this group is disposed of and is not inspected any more",
        )
        .help("如处置有误，请更正处置", "correct the disposition if it was wrong");
        return Err(Error::conflict(refusal));
    }
    if cmd.attachments.len() > MAX_PHOTOS || cmd.note.chars().count() > MAX_NOTE_CHARS {
        let refusal = Refusal::new(
            "too_long",
            format!("最多 {MAX_PHOTOS} 张照片，备注最长 {MAX_NOTE_CHARS} 个字符"),
            format!("at most {MAX_PHOTOS} photos and a note of {MAX_NOTE_CHARS} characters"),
        );
        return Err(Error::invalid(refusal.at("note")));
    }
    let grade = ctx.definitions.masters.grade(cmd.grade).filter(|grade| grade.active);
    let missing = || {
        let refusal = Refusal::new("no_such_grade", "没有这个成色等级", "there is no such grade");
        Error::invalid(refusal.at("grade"))
    };
    grade.cloned().ok_or_else(missing)
}

/// How the units were judged before: `None` on the first look.
fn earlier(tx: &Tx<'_>, group: &UnitGroupRow, quantity: i64, cmd: &Inspect) -> Result<Option<bool>, Error> {
    if group.inspected_at.is_none() {
        return Ok(None);
    }
    reach::reason(&cmd.note, "note")?;
    if quantity != group.quantity {
        let refusal = Refusal::new("whole_group_only", "复检请针对整组商品", "a second look covers the whole group");
        return Err(Error::invalid(refusal.at("quantity")));
    }
    let last = store::inspection::last_of_group(tx, group.id)?;
    Ok(last.map(|inspection| inspection.accepted))
}

// The counters follow the judgement; the cap follows the accepted units (M3).
fn move_counts(
    tx: &Tx<'_>,
    line: &RmaLineRow,
    quantity: i64,
    before: Option<bool>,
    accepted: bool,
) -> Result<i64, Error> {
    let count = |judged: Option<bool>, wanted: bool| if judged == Some(wanted) { quantity } else { 0 };
    let more_accepted = count(Some(accepted), true) - count(before, true);
    let more_refused = count(Some(accepted), false) - count(before, false);
    let cap = share_of(line).cap_counted_minor(line.accepted + more_accepted);
    if more_accepted < 0 && cap < line.settled_counted_minor {
        let refusal = Refusal::new(
            "already_refunded",
            "这些商品已按验收合格退款，不能改为拒收",
            "these goods were refunded as accepted, so they cannot be refused any more",
        )
        .help("请先取消尚未支付的结算", "cancel the settlement first if it is not paid yet");
        return Err(Error::conflict(refusal));
    }
    store::rma_line::add_inspected(tx, line.id, more_accepted, more_refused, cap)?;
    Ok(cap)
}

// X1: no more goes out than is accepted; a unit that has left for an accepted one keeps it accepted.
fn call_back(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    rma: &RmaRow,
    line: &RmaLineRow,
    (accepted, reason): (i64, &str),
) -> Result<(), Error> {
    if line.kind != LineKind::Exchange {
        return Ok(());
    }
    let work = store::case_work::case_work(tx, rma.id)?;
    let going = work.outbound.iter().filter(|part| part.line == line.id && part.kind == OutboundKind::Exchange);
    let too_many = going.map(|part| part.quantity).sum::<i64>() - accepted;
    if too_many <= 0 || recall(tx, ctx, rma, (OutboundKind::Exchange, line.id, too_many), reason)? == 0 {
        return Ok(());
    }
    let refusal = Refusal::new(
        "goods_have_left",
        "换货件已寄出，这些商品不能改为拒收",
        "the exchange has left, so these goods cannot be refused any more",
    );
    Err(Error::conflict(refusal))
}

/// A line's part of what was paid.
pub(crate) const fn share_of(line: &RmaLineRow) -> LineShare {
    LineShare { requested: line.requested, goods_minor: line.share_goods_minor, tax_minor: line.share_tax_minor }
}

// The units just judged are the last of their side: accepted ones count from the front, refused ones from the back.
fn unit_share(tx: &Tx<'_>, line: &RmaLineRow, accepted: bool, quantity: i64) -> Result<i64, Error> {
    let line = store::rma_line::find(tx, line.id)?.ok_or(Error::NotFound("rma_line"))?;
    let share = share_of(&line);
    let units = match accepted {
        true => share.front(line.accepted - quantity, quantity),
        false => share.back(line.refused - quantity, quantity),
    };
    Ok(units.total_minor())
}

fn attach(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    rma: &RmaRow,
    row: &InspectionRow,
    attachments: &[AttachmentId],
) -> Result<(), Error> {
    let uploader = ctx.actor.author();
    for (index, attachment) in attachments.iter().enumerate() {
        if !store::inspection::attach(tx, row.id, rma.id, *attachment, &uploader)? {
            let refusal = Refusal::new("no_such_file", "没有这个文件", "there is no such file");
            return Err(Error::invalid(refusal.at(format!("attachments[{index}]"))));
        }
    }
    Ok(())
}

fn record(ctx: &mut Ctx<'_>, rma: &RmaRow, part: &UnitGroupRow, row: &InspectionRow, liability_minor: i64) {
    let event = Event::new(EventKind::GoodsInspected)
        .rma(rma.id)
        .about("unit_group", part.id.get())
        .at(Some(rma.shop_id), Some(part.warehouse_id))
        .with(json!({
            "line": part.rma_line_id, "quantity": part.quantity, "grade": row.grade_id, "accepted": row.accepted,
            "liability": row.liability, "liability_minor": liability_minor,
        }));
    ctx.record(event);
}
