//! The case page: everything a reader may see of a case, behind the gate.

use domain::state::{CaseState, PayoutState};
use domain::{Money, Permission, PersonId, RmaId, RmaLineId, Text, Timestamp};
use engine::flow::{CoreState, Predicted, PredictedState, Step, Work};
use engine::value::Value;
use store::Conn;
use store::case_facts::OrderFacts;
use store::contact::ContactRow;
use store::decision::DecisionRow;
use store::event::EventRow;
use store::note::NoteRow;
use store::outbound::{OutboundRow, SlipLine};
use store::outbox::OutboxRow;
use store::parcel::ParcelRow;
use store::rating::RatingRow;
use store::rma::RmaRow;
use store::rma_view::{LineDetail, UnitDetail};
use store::settlement::SettlementRow;
use store::task::TaskRow;

use super::facts::LazyFacts;
use super::flow_work::FlowWork;
use super::load::history;
use super::withdraw::stands_against;
use crate::actor::Actor;
use crate::definitions::{Definitions, Release};
use crate::error::Error;
use crate::gate::{Sight, shown, sight};
use crate::timer::watch::{self, Watched};

/// A case as a reader may see it.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case.
    pub rma: RmaRow,
    /// The name of its stage.
    pub stage_title: Text,
    /// Why, the first line's.
    pub reason: Option<Text>,
    /// Whether this reader sees prices.
    pub prices: bool,
    /// What would be or was refunded.
    pub refund: Option<Money>,
    /// The order it is about.
    pub order: Option<OrderFacts>,
    /// The contact, masked as the reader's roles say.
    pub contact: Option<ContactRow>,
    /// Whether something of the contact is masked that this reader may show.
    pub contact_masked: bool,
    /// The buyer's tags.
    pub buyer_tags: Vec<String>,
    /// The lines.
    pub lines: Vec<LineDetail>,
    /// Goods and tax paid on lines, minor units; lines without any are left out.
    pub paid: Vec<(RmaLineId, i64)>,
    /// The form's own answers: id, name, value.
    pub answers: Vec<(String, Text, Value)>,
    /// Counted goods.
    pub units: Vec<UnitDetail>,
    /// Files: row, purpose.
    pub files: Vec<(store::attachment::AttachmentRow, String)>,
    /// Open to-dos.
    pub tasks: Vec<TaskRow>,
    /// What this reader can do now.
    pub actions: Vec<Action>,
    /// The flow's steps.
    pub steps: Vec<StepOfCase>,
    /// What happened, with the flow node it was at.
    pub events: Vec<(EventRow, Option<String>)>,
    /// Notes and messages.
    pub notes: Vec<NoteRow>,
    /// What the customer said of it once it was settled.
    pub rating: Option<RatingRow>,
    /// Messages that went or will go out.
    pub deliveries: Vec<OutboxRow>,
    /// Parcels under every waybill that was given, with the clock of those that wait to be opened.
    pub parcels: Vec<(ParcelRow, Watched)>,
    /// Its money, each settlement with how its payouts went.
    pub settlements: Vec<(SettlementRow, PaidHow)>,
    /// What goes out again.
    pub outbound: Vec<(OutboundRow, Vec<SlipLine>)>,
    /// Names of the persons that appear.
    pub names: Vec<(PersonId, String)>,
}

/// Something the reader can do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Decide an open step.
    Decide {
        /// The step.
        node: String,
        /// Its round.
        round: u32,
        /// Its name.
        title: Text,
        /// Whether the customer may be asked.
        may_ask_info: bool,
        /// Steps it may be sent back to.
        return_to: Vec<(String, Text)>,
    },
    /// Give the information that was asked for.
    GiveInfo,
    /// Enter a return waybill.
    GiveTracking,
    /// Open a parcel and count.
    Receive,
    /// Inspect and dispose.
    Inspect,
    /// Key a settlement.
    Settle,
    /// Ship outbound goods.
    Ship,
    /// Take the case back.
    Withdraw,
    /// Write a note.
    Note,
}

/// How the payouts of a settlement went.
#[derive(Clone, Copy, Debug)]
pub struct PaidHow {
    /// Whether the outcome of one is unknown.
    pub unknown: bool,
    /// Whether a person paid one by hand.
    pub by_hand: bool,
    /// By when it should be paid.
    pub clock: Watched,
}

/// A step of the flow as it stands.
#[derive(Clone, Debug)]
pub struct StepOfCase {
    /// Node id.
    pub node: String,
    /// Name.
    pub title: Text,
    /// passed, open, waiting or expected.
    pub state: &'static str,
    /// Its decisions, oldest first.
    pub decisions: Vec<DecisionRow>,
}

/// Reads a case for a reader.
///
/// # Errors
/// `NotFound` when there is none or the reader may not know of it.
pub fn view(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    now: Timestamp,
    id: RmaId,
) -> Result<CaseView, Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    let release = definitions.release(conn, rma.release_id)?;
    let flow = release.template.case_flow().ok_or_else(|| Error::internal("the release has no flow for cases"))?;
    let rows = store::rma_line::of_rma(conn, id)?;
    let work = store::case_work::case_work(conn, id)?;
    let flow_work = FlowWork::of(&rma, &rows, &work);
    let history = history(conn, id, flow_work.core)?;
    let facts = LazyFacts::new(conn, definitions, actor, now, &rma);
    let progress = engine::flow::advance(flow, &history, &facts);
    let predicted = engine::flow::predict(flow, &history, &facts);
    facts.finish()?;
    let decisions = store::decision::of_rma(conn, id)?;
    let tasks = store::task::open_of_rma(conn, id)?;
    let actions = actions(actor, &rma, &progress, &tasks, &work, flow, &history);
    let (contact, contact_masked) = contact(conn, definitions, actor, &rma)?;
    let order = match rma.order_id {
        Some(order) => store::case_facts::order(conn, order)?,
        None => None,
    };
    let prices = sees_prices(definitions, actor, &rma);
    let events = store::event::of_rma(conn, id)?;
    let events: Vec<_> = events.into_iter().map(|(event, body)| (event, node_of(body.as_deref()))).collect();
    let notes = store::note::of_rma(conn, id)?;
    let names = names(conn, &rma, &decisions, &tasks, &events, &notes)?;
    let files = store::attachment::of_rma(conn, id)?.into_iter().map(|(row, purpose, _)| (row, purpose)).collect();
    Ok(CaseView {
        stage_title: flow.title(&rma.stage).cloned().unwrap_or_default(),
        reason: rma.reason_id.and_then(|id| definitions.masters.reason(id)).map(|reason| reason.name.clone()),
        prices,
        refund: prices.then(|| Money::new(rma.refund_minor, rma.currency)),
        order,
        contact,
        contact_masked,
        buyer_tags: store::case_facts::buyer_tags(conn, rma.customer_id, rma.contact_id)?,
        lines: store::rma_view::lines(conn, id)?,
        paid: work.money.iter().map(|money| (money.line, money.paid_minor)).collect(),
        answers: answers(conn, &release, &rma)?,
        units: store::rma_view::units(conn, id)?,
        files,
        tasks,
        actions,
        steps: steps(&predicted, &decisions),
        events,
        notes,
        rating: store::rating::find(conn, id)?,
        deliveries: store::outbox::of_rma(conn, id)?,
        parcels: parcels(conn, id)?,
        settlements: settlements(conn, id)?,
        outbound: crate::outbound::read::of_case(conn, id)?,
        names,
        rma,
    })
}

fn parcels(conn: &Conn, id: RmaId) -> Result<Vec<(ParcelRow, Watched)>, Error> {
    let with_clock = |row: ParcelRow| {
        let clock = watch::of_parcel(conn, &row)?;
        Ok((row, clock))
    };
    store::parcel::of_rma(conn, id)?.into_iter().map(with_clock).collect()
}

fn settlements(conn: &Conn, id: RmaId) -> Result<Vec<(SettlementRow, PaidHow)>, Error> {
    let mut found = Vec::new();
    for row in store::settlement::of_rma(conn, id)? {
        let payouts = store::payout::of_settlement(conn, row.id)?;
        let any = |state| payouts.iter().any(|payout| payout.state == state);
        let how = PaidHow {
            unknown: any(PayoutState::Unknown),
            by_hand: any(PayoutState::Manual),
            clock: watch::of_settlement(conn, &row)?,
        };
        found.push((row, how));
    }
    Ok(found)
}

/// Whether a reader sees what things cost.
#[must_use]
pub fn sees_prices(definitions: &Definitions, actor: &Actor, rma: &RmaRow) -> bool {
    let place = (Some(rma.shop_id), rma.warehouse_id);
    sight(definitions, actor, Permission::RmaView, place, "rma.refund") == Sight::Whole
}

fn actions(
    actor: &Actor,
    rma: &RmaRow,
    progress: &engine::flow::Progress<'_>,
    tasks: &[TaskRow],
    work: &store::case_work::CaseWork,
    flow: &engine::flow::CompiledFlow,
    history: &engine::flow::History,
) -> Vec<Action> {
    let may = |permission| actor.may(permission, Some(rma.shop_id), rma.warehouse_id);
    let mut actions = Vec::new();
    if rma.state.is_final() {
        return may(Permission::RmaNote).then_some(Action::Note).into_iter().collect();
    }
    for open in &progress.open {
        let Step::Approve(block) = open.step else { continue };
        let task = tasks.iter().find(|task| task.node == open.node && task.round == open.round);
        let mine = task.is_some_and(|task| match task.assignee_id {
            Some(assignee) => Some(assignee) == actor.person(),
            None => actor.holds(&task.role, task.shop_id, task.warehouse_id),
        });
        if mine && may(Permission::RmaDecide) {
            let targets =
                if block.may_return { engine::flow::return_targets(flow, history, open.node) } else { Vec::new() };
            let named = |node: String| {
                let title = flow.title(&node).cloned().unwrap_or_default();
                (node, title)
            };
            actions.push(Action::Decide {
                node: open.node.to_owned(),
                round: open.round,
                title: block.title.clone(),
                may_ask_info: block.may_ask_info,
                return_to: targets.into_iter().map(|node| named(node.to_owned())).collect(),
            });
        }
    }
    let agreed = rma.agreed_at.is_some();
    let left = |work| history.core.of(work) != CoreState::Done;
    let offered = [
        (Action::GiveInfo, rma.state == CaseState::NeedsInfo && may(Permission::RmaNote)),
        (Action::GiveTracking, agreed && left(Work::Receive) && may(Permission::RmaNote)),
        (Action::Receive, agreed && left(Work::Receive) && may(Permission::ParcelReceive)),
        (Action::Inspect, work.uninspected + work.undispositioned > 0 && may(Permission::Inspect)),
        (
            Action::Settle,
            agreed && (left(Work::Settle) || work.settlement_is_open()) && may(Permission::SettlementPropose),
        ),
        (Action::Ship, work.outbound_open > 0 && may(Permission::OutboundManage)),
        (Action::Withdraw, stands_against(work).is_none() && may(Permission::RmaWithdraw)),
        (Action::Note, may(Permission::RmaNote)),
    ];
    actions.extend(offered.into_iter().filter(|(_, offered)| *offered).map(|(action, _)| action));
    actions
}

fn steps(predicted: &[Predicted<'_>], decisions: &[DecisionRow]) -> Vec<StepOfCase> {
    let step = |one: &Predicted<'_>| StepOfCase {
        node: one.node.to_owned(),
        title: one.step.title().clone(),
        state: match one.state {
            PredictedState::Passed => "passed",
            PredictedState::Open => "open",
            PredictedState::Waiting => "waiting",
            _ => "expected",
        },
        decisions: decisions.iter().filter(|decision| decision.node == one.node).cloned().collect(),
    };
    predicted.iter().map(step).collect()
}

fn contact(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    rma: &RmaRow,
) -> Result<(Option<ContactRow>, bool), Error> {
    let Some(id) = rma.contact_id else { return Ok((None, false)) };
    let Some(row) = store::contact::find(conn, id)? else { return Ok((None, false)) };
    let place = (Some(rma.shop_id), rma.warehouse_id);
    let see = |field: &str| sight(definitions, actor, Permission::RmaView, place, &format!("contact.{field}"));
    let masked = ["name", "phone", "email", "address"].iter().any(|field| see(field) == Sight::Masked);
    let may_reveal = actor.may(Permission::ContactReveal, place.0, place.1);
    let seen = ContactRow {
        name: shown(see("name"), row.name),
        phone: shown(see("phone"), row.phone),
        email: shown(see("email"), row.email),
        address: shown(see("address"), row.address),
        nickname: shown(see("name"), row.nickname),
        phone_tail: None,
        ..ContactRow::empty(id)
    };
    Ok((Some(seen), masked && may_reveal))
}

fn answers(conn: &Conn, release: &Release, rma: &RmaRow) -> Result<Vec<(String, Text, Value)>, Error> {
    let given = super::answers::all(conn, release, rma)?;
    let fields = release.template.case_form().map(|form| form.fields.as_slice()).unwrap_or_default();
    let found = fields.iter().filter_map(|field| {
        let (_, value) = given.iter().find(|(id, _)| *id == field.id)?;
        Some((field.id.clone(), field.title.clone(), value.clone()))
    });
    Ok(found.collect())
}

fn node_of(payload: Option<&str>) -> Option<String> {
    let payload: serde_json::Value = serde_json::from_str(payload?).ok()?;
    payload.get("node").and_then(serde_json::Value::as_str).map(str::to_owned)
}

fn names(
    conn: &Conn,
    rma: &RmaRow,
    decisions: &[DecisionRow],
    tasks: &[TaskRow],
    events: &[(EventRow, Option<String>)],
    notes: &[NoteRow],
) -> Result<Vec<(PersonId, String)>, Error> {
    let from_author = |author: &str| author.strip_prefix("person:").and_then(|id| id.parse().ok());
    let mut ids: Vec<PersonId> = rma.owner_id.into_iter().collect();
    ids.extend(decisions.iter().filter_map(|decision| decision.person_id));
    ids.extend(tasks.iter().filter_map(|task| task.assignee_id));
    let acting = events
        .iter()
        .map(|(event, _)| event)
        .filter(|event| event.actor_kind == "person" || event.actor_kind == "rule");
    ids.extend(acting.map(|event| PersonId::from_raw(event.actor_id)));
    ids.extend(notes.iter().filter_map(|note| from_author(&note.author)).map(PersonId::from_raw));
    ids.sort_unstable();
    ids.dedup();
    let mut names = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(person) = store::person::find(conn, id)? {
            names.push((id, person.display_name));
        }
    }
    Ok(names)
}
