//! A case as its customer sees it: their words, their goods, their money; nothing of the staff's.

use domain::state::{CaseState, SettlementState, Verdict};
use domain::{LineKind, LocalDate, Money, RmaId, Text, Timestamp};
use engine::flow::{CoreState, Predicted, PredictedState, Step, Work};
use engine::policy::{Judgement, Policy};
use store::Conn;
use store::master::WarehouseRow;
use store::note::NoteRow;
use store::outbound::OutboundRow;
use store::parcel::ParcelRow;
use store::rating::RatingRow;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::tracking::TrackingEventRow;

use super::rate::may_rate;
use super::reason::said;
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::rma::facts::LazyFacts;
use crate::rma::withdraw::stands_against;
use crate::rma::{FlowWork, history};

/// A line as its customer sees it.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    /// The article's name.
    pub goods: String,
    /// What was asked for.
    pub kind: LineKind,
    /// Asked for, agreed to, counted, accepted.
    pub quantities: (i64, i64, i64, i64),
    /// The policy's answer when it was filed.
    pub verdict: Verdict,
    /// Why, as far as it is told to customers.
    pub reason: Option<Text>,
    /// Last day of the window.
    pub window_ends_on: Option<LocalDate>,
}

/// A message of the thread.
#[derive(Clone, Debug)]
pub struct CustomerMessage {
    /// The message.
    pub note: NoteRow,
    /// Files that came with it.
    pub files: usize,
}

/// A case as its customer sees it.
#[derive(Clone, Debug)]
pub struct CustomerCase {
    /// The case.
    pub rma: RmaRow,
    /// The order's number.
    pub order_number: Option<String>,
    /// What is happening, in the customer's words.
    pub status: Text,
    /// What was asked: words and when.
    pub question: Option<(String, Timestamp)>,
    /// Why it was refused.
    pub refusal: Option<String>,
    /// Its lines.
    pub lines: Vec<CustomerLine>,
    /// What was paid out.
    pub refunded: Option<Money>,
    /// Where goods go, once they are agreed to.
    pub return_to: Option<WarehouseRow>,
    /// Parcels that come back.
    pub parcels: Vec<ParcelRow>,
    /// What carriers say of them.
    pub tracking: Vec<TrackingEventRow>,
    /// What goes out again.
    pub outbound: Vec<OutboundRow>,
    /// Steps: words and state.
    pub steps: Vec<(Text, &'static str)>,
    /// Whether people are deciding now.
    pub is_reviewed: bool,
    /// The thread.
    pub messages: Vec<CustomerMessage>,
    /// What the customer said of it.
    pub rating: Option<RatingRow>,
    /// Whether it can be rated now.
    pub may_rate: bool,
    /// Whether it can be withdrawn.
    pub may_withdraw: bool,
    /// Whether a waybill can be given.
    pub may_give_tracking: bool,
}

/// Reads a case for the customer of its link.
///
/// # Errors
/// `NotFound`.
pub fn view(app: &App, actor: &Actor, id: RmaId) -> Result<CustomerCase, Error> {
    let definitions = app.definitions();
    app.read(|conn: &Conn| {
        let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
        let release = definitions.release(conn, rma.release_id)?;
        let flow = release.template.case_flow().ok_or(Error::NotFound("flow"))?;
        let lines = store::rma_line::of_rma(conn, id)?;
        let work = store::case_work::case_work(conn, id)?;
        let core = FlowWork::of(&rma, &lines, &work).core;
        let history = history(conn, id, core)?;
        let facts = LazyFacts::new(conn, &definitions, actor, app.now(), &rma);
        let predicted = engine::flow::predict(flow, &history, &facts);
        facts.finish()?;
        let decisions = store::decision::of_rma(conn, id)?;
        let latest = |kind: &str| decisions.iter().rev().find(|decision| decision.decision == kind);
        let question = latest("ask_info").filter(|_| rma.state == CaseState::NeedsInfo);
        let refusal = latest("reject").filter(|_| rma.state == CaseState::Rejected);
        let expects = lines.iter().any(|line| line.kind.expects_goods() && !line.undeclared);
        let agreed = rma.agreed_at.is_some();
        let counted = work.groups_declared + work.groups_undeclared > 0;
        let predicted: Vec<_> =
            predicted.into_iter().filter(|step| concerns(step, &lines, counted, rma.state)).collect();
        let steps = predicted.iter().enumerate().map(|(index, step)| {
            // The core opens all its work at once; a customer waits for the first of it and for what can be done now.
            let before = predicted.iter().take(index).any(|step| is_open(step.state));
            let is_idle = matches!(step.step, Step::Core(block) if history.core.of(block.work) == CoreState::Waiting);
            let state = if is_open(step.state) && before && is_idle { "ahead" } else { state_word(step.state) };
            (step.step.customer_title().clone(), state)
        });
        let current = predicted.iter().find(|step| is_open(step.state));
        let is_reviewed = current.is_some_and(|step| matches!(step.step, Step::Approve(_)));
        let status = status(rma.state, current.map(|step| step.step.customer_title().clone()));
        let rating = store::rating::find(conn, id)?;
        let policy = release.template.case_policy().ok_or(Error::NotFound("policy"))?;
        Ok(CustomerCase {
            order_number: match rma.order_id {
                Some(order) => store::case_facts::order(conn, order)?.map(|order| order.number),
                None => None,
            },
            status,
            question: question.map(|asked| (asked.note.clone(), asked.at)),
            refusal: refusal.map(|refused| refused.note.clone()),
            lines: customer_lines(conn, policy, id)?,
            refunded: refunded(conn, &rma)?,
            return_to: rma
                .warehouse_id
                .filter(|_| agreed && expects && rma.received_at.is_none() && !rma.state.is_final())
                .and_then(|id| definitions.masters.warehouse(id))
                .cloned(),
            tracking: tracking(conn, id)?,
            parcels: store::parcel::of_rma(conn, id)?,
            outbound: store::outbound::of_rma(conn, id)?,
            steps: steps.collect(),
            is_reviewed,
            messages: thread(conn, id)?,
            may_rate: may_rate(&rma, rating.as_ref(), app.now()),
            rating,
            may_withdraw: !rma.state.is_final() && stands_against(&work).is_none(),
            may_give_tracking: agreed && expects && rma.received_at.is_none() && !rma.state.is_final(),
            rma,
        })
    })
}

// The core's work is a customer's matter only where their lines call for it: nobody waits for a parcel of a case that is
// about money alone.
fn concerns(step: &Predicted<'_>, lines: &[RmaLineRow], counted: bool, state: CaseState) -> bool {
    let is_ahead = !matches!(step.state, PredictedState::Passed | PredictedState::Rejected);
    if step.state == PredictedState::NotNeeded || (is_ahead && state.is_final()) {
        return false;
    }
    let Step::Core(block) = step.step else { return true };
    let any = |holds: fn(&RmaLineRow) -> bool| lines.iter().any(holds);
    match block.work {
        Work::Receive | Work::Inspect => counted || any(|line| line.kind.expects_goods()),
        Work::Settle => any(|line| line.kind.settles_money()),
        Work::Outbound => any(|line| line.kind.outbound().is_some()),
    }
}

fn thread(conn: &Conn, id: RmaId) -> Result<Vec<CustomerMessage>, Error> {
    let files = store::attachment::of_rma(conn, id)?;
    let notes = store::note::of_rma(conn, id)?.into_iter().filter(|note| note.audience == "customer");
    let messages = notes.map(|note| CustomerMessage {
        files: files.iter().filter(|(_, _, subject)| *subject == note.id.get()).count(),
        note,
    });
    Ok(messages.collect())
}

const fn is_open(state: PredictedState) -> bool {
    matches!(state, PredictedState::Open | PredictedState::Waiting)
}

fn tracking(conn: &Conn, id: RmaId) -> Result<Vec<TrackingEventRow>, Error> {
    let mut all = Vec::new();
    for parcel in store::parcel::of_rma(conn, id)? {
        all.extend(store::tracking::of_parcel(conn, parcel.id)?);
    }
    Ok(all)
}

const fn state_word(state: PredictedState) -> &'static str {
    match state {
        PredictedState::Passed => "done",
        PredictedState::Open | PredictedState::Waiting => "current",
        _ => "ahead",
    }
}

fn status(state: CaseState, step: Option<Text>) -> Text {
    let (zh, en) = match state {
        CaseState::NeedsInfo => ("需要您补充资料", "We need something from you"),
        CaseState::Rejected => ("很抱歉，申请未通过", "We could not accept this request"),
        CaseState::Withdrawn => ("申请已撤回", "The request was taken back"),
        CaseState::Closed => ("已完成", "Done"),
        CaseState::Submitted | CaseState::InProgress => {
            return step.unwrap_or_else(|| Text::new("处理中", "In progress"));
        }
    };
    Text::new(zh, en)
}

fn customer_lines(conn: &Conn, policy: &Policy, id: RmaId) -> Result<Vec<CustomerLine>, Error> {
    let details = store::rma_view::lines(conn, id)?;
    let declared = details.into_iter().filter(|detail| !detail.line.undeclared);
    let lines = declared.map(|detail| CustomerLine {
        goods: detail.sku.map(|(_, _, name, _)| name).unwrap_or_default(),
        kind: detail.line.kind,
        quantities: (detail.line.requested, detail.line.approved, detail.line.received, detail.line.accepted),
        verdict: detail.line.verdict,
        reason: serde_json::from_str::<Judgement>(&detail.line.judgement)
            .ok()
            .and_then(|judgement| said(policy, &judgement).reason),
        window_ends_on: detail.line.window_ends_on,
    });
    Ok(lines.collect())
}

fn refunded(conn: &Conn, rma: &RmaRow) -> Result<Option<Money>, Error> {
    let settled = store::settlement::of_rma(conn, rma.id)?;
    let paid = settled.iter().filter(|one| one.state == SettlementState::Settled).map(|one| one.net_minor).sum::<i64>();
    Ok((paid > 0).then(|| Money::new(paid, rma.currency)))
}
