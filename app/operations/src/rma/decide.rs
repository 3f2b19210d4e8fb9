//! Deciding an open step of a case: agree, refuse, ask the customer, send back.

use domain::{DecisionId, EventKind, Permission, RmaId};
use engine::flow::{DecisionKind, Step};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::decision::DecisionRow;

use super::advance::node_passed;
use super::facts::LazyFacts;
use super::load::{Loaded, history};
use super::people::people_of;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest note with a decision, in characters.
pub const MAX_NOTE_CHARS: usize = 2_000;

/// What a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Choice {
    /// 同意.
    Agree,
    /// 拒绝; needs a note.
    Reject,
    /// The customer is asked; needs a note: the question.
    AskInfo,
    /// 退回 to an earlier step; needs a note.
    Return {
        /// The step's node id.
        to: String,
    },
}

/// A decision on one step of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decide {
    /// The case.
    pub rma: RmaId,
    /// The flow node, as the desk showed it.
    pub node: String,
    /// Its round, as the desk showed it.
    pub round: u32,
    /// What.
    pub choice: Choice,
    /// Why.
    pub note: String,
}

/// Where the case is afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The case.
    pub rma: RmaId,
    /// The decision's row.
    pub decision: DecisionId,
}

/// Decides.
///
/// # Errors
/// `NotFound`; `Forbidden` without the right; `Conflict` when the step is not open (any more), not the actor's, or
/// decided by somebody else meanwhile; `Invalid` without a note where one is needed.
pub fn decide(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Decide) -> Result<Decided, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    visible(ctx, &loaded)?;
    ctx.require(Permission::RmaDecide, loaded.place())?;
    check_note(cmd)?;
    let person = ctx.actor.person();
    let step = open_step(tx, ctx, &loaded, cmd)?;
    may_decide(tx, ctx, &loaded, step)?;
    let kind = decision_kind(tx, &loaded, step, cmd)?;
    let decision = DecisionId::from_raw(ctx.id());
    store::decision::insert(
        tx,
        &DecisionRow {
            id: decision,
            rma_id: cmd.rma,
            node: cmd.node.clone(),
            round: cmd.round,
            person_id: person,
            decision: kind.as_str().to_owned(),
            detail: kind.target().unwrap_or_default().to_owned(),
            note: cmd.note.trim().to_owned(),
            at: ctx.now,
        },
    )?;
    record(ctx, &loaded, cmd, decision);
    Ok(Decided { rma: cmd.rma, decision })
}

fn visible(ctx: &Ctx<'_>, loaded: &Loaded) -> Result<(), Error> {
    let place = loaded.place();
    if ctx.actor.may(Permission::RmaView, place.shop, place.warehouse) { Ok(()) } else { Err(Error::NotFound("rma")) }
}

fn check_note(cmd: &Decide) -> Result<(), Error> {
    let needs = !matches!(cmd.choice, Choice::Agree);
    if needs && cmd.note.trim().is_empty() {
        let refusal =
            Refusal::new("note_needed", "请填写说明，让对方知道原因", "say why, so that the other side knows");
        return Err(Error::invalid(refusal.at("note")));
    }
    if cmd.note.chars().count() > MAX_NOTE_CHARS {
        let (zh, en) =
            (format!("说明最多 {MAX_NOTE_CHARS} 个字"), format!("a note has at most {MAX_NOTE_CHARS} characters"));
        return Err(Error::invalid(Refusal::new("note_too_long", zh, en).at("note")));
    }
    Ok(())
}

fn open_step<'f>(tx: &Tx<'_>, ctx: &Ctx<'_>, loaded: &'f Loaded, cmd: &Decide) -> Result<Step<'f>, Error> {
    if loaded.rma.state.is_final() {
        return Err(Error::conflict(Refusal::new("case_is_over", "该单已结束", "the case is over")));
    }
    let lines = store::rma_line::of_rma(tx, cmd.rma)?;
    let work = store::case_work::case_work(tx, cmd.rma)?;
    let work = super::flow_work::FlowWork::of(&loaded.rma, &lines, &work);
    let history = history(tx, cmd.rma, work.core)?;
    let facts = LazyFacts::new(tx, ctx.definitions, ctx.actor, ctx.now, &loaded.rma);
    let progress = engine::flow::advance(loaded.flow()?, &history, &facts);
    facts.finish()?;
    match progress.open_node(&cmd.node).filter(|open| open.round == cmd.round) {
        Some(open) => match open.turn.filter(|turn| Some(*turn) != ctx.actor.person()) {
            None => Ok(open.step),
            Some(_) => {
                Err(Error::conflict(Refusal::new("not_your_turn", "还没有轮到您处理", "it is not your turn yet")))
            }
        },
        None => Err(already_decided(tx, cmd)?),
    }
}

// Says who decided it, because a second click or a colleague is the usual cause.
fn already_decided(tx: &Tx<'_>, cmd: &Decide) -> Result<Error, Error> {
    let decisions = store::decision::of_rma(tx, cmd.rma)?;
    let by = decisions.iter().rev().find(|one| one.node == cmd.node && one.round >= cmd.round);
    let name = match by.and_then(|one| one.person_id) {
        Some(person) => store::person::find(tx, person)?.map(|person| person.display_name),
        None => None,
    };
    let refusal = match name {
        Some(name) => Refusal::new(
            "already_decided",
            format!("该步骤已由 {name} 处理"),
            format!("{name} has already decided this step"),
        ),
        None => Refusal::new("not_open", "该步骤当前不在待处理状态", "this step is not waiting for a decision"),
    };
    Ok(Error::conflict(refusal.help("请刷新后查看最新进度", "reload to see where the case stands")))
}

fn may_decide(tx: &Tx<'_>, ctx: &Ctx<'_>, loaded: &Loaded, step: Step<'_>) -> Result<(), Error> {
    let Step::Approve(block) = step else {
        let refusal = Refusal::new(
            "not_a_decision",
            "该步骤由收货、质检或结算完成，不需要审批",
            "this step is finished by receiving, inspecting or settling, not by a decision",
        );
        return Err(Error::conflict(refusal));
    };
    let categories = store::case_facts::lines(tx, loaded.rma.id)?.into_iter().map(|line| line.category);
    let categories: Vec<String> = categories.collect();
    let people = people_of(tx, &loaded.rma, &block.approver, block.if_nobody.as_deref(), &categories)?;
    let allowed = match ctx.actor.person() {
        Some(person) => people.persons.contains(&person),
        // A token decides like a person of its roles.
        None => !people.named && ctx.actor.holds(&people.role, people.shop, people.warehouse),
    };
    if allowed { Ok(()) } else { Err(Error::Forbidden(Permission::RmaDecide)) }
}

fn decision_kind(tx: &Tx<'_>, loaded: &Loaded, step: Step<'_>, cmd: &Decide) -> Result<DecisionKind, Error> {
    let Step::Approve(block) = step else { return Err(Error::NotFound("step")) };
    let refuse = |zh: &str, en: &str| Err(Error::conflict(Refusal::new("not_offered", zh, en)));
    match &cmd.choice {
        Choice::Agree => Ok(DecisionKind::Agree),
        Choice::Reject => Ok(DecisionKind::Reject),
        Choice::AskInfo if block.may_ask_info => Ok(DecisionKind::AskInfo),
        Choice::AskInfo => refuse("该步骤不能要求补充资料", "this step cannot ask for more information"),
        Choice::Return { to } if block.may_return => {
            let history = history(tx, cmd.rma, engine::flow::CoreWork::default())?;
            let targets = engine::flow::return_targets(loaded.flow()?, &history, &cmd.node);
            if targets.iter().any(|target| target == to) {
                Ok(DecisionKind::Return { to: to.clone() })
            } else {
                refuse("不能退回到该步骤", "the case cannot be sent back to that step")
            }
        }
        Choice::Return { .. } => refuse("该步骤不能退回", "this step cannot send the case back"),
    }
}

fn record(ctx: &mut Ctx<'_>, loaded: &Loaded, cmd: &Decide, decision: DecisionId) {
    let base = |kind| {
        Event::new(kind)
            .rma(cmd.rma)
            .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
            .node(&cmd.node)
            .about("decision", decision.get())
            .with(json!({ "node": cmd.node, "round": cmd.round, "choice": cmd.choice }))
    };
    match cmd.choice {
        Choice::Agree => ctx.record(node_passed(loaded, &cmd.node, cmd.round).about("decision", decision.get())),
        Choice::AskInfo => ctx.record(base(EventKind::InfoRequested)),
        // The refusal of the whole case is recorded when the flow says so; a branch may be refused alone.
        Choice::Reject | Choice::Return { .. } => ctx.touch(cmd.rma),
    }
}
