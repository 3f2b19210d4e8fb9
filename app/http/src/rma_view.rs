//! Cases into views: names put to ids, nothing added that the gate did not let through.

mod work;

use contract::rma::{
    ActionView, AnswerView, ContactView, DecisionView, DeliveryView, FileView, JudgementView, LineView, NoteView,
    OrderBrief, PersonName, RatingView, RmaListItem, RmaView, SkuBrief, StepView, TaskView, TimelineView, UnitView,
};
use domain::{Money, PersonId, Text};
use operations::definitions::Definitions;
use operations::gate::{Sight, sight};
use operations::rma::list::Listed;
use operations::rma::rows::{ContactRow, DecisionRow, EventRow, LineDetail, NoteRow, OrderFacts, OutboxRow, TaskRow};
use operations::rma::view::{Action, CaseView, StepOfCase};
use operations::{Actor, Conn, Error};

/// Lists with the names of their stages, each from the case's own release.
pub(crate) fn listed(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    rows: Vec<Listed>,
) -> Result<Vec<RmaListItem>, Error> {
    rows.into_iter().map(|row| item(conn, definitions, actor, row)).collect()
}

fn item(conn: &Conn, definitions: &Definitions, actor: &Actor, row: Listed) -> Result<RmaListItem, Error> {
    let release = definitions.release(conn, row.release_id)?;
    let flow = release.template.case_flow();
    let stage_title = flow.and_then(|flow| flow.title(&row.stage)).cloned().unwrap_or_default();
    let place = (Some(row.shop_id), row.warehouse_id);
    let priced = sight(definitions, actor, domain::Permission::RmaView, place, "rma.refund") == Sight::Whole;
    let reason = row.reason_id.and_then(|id| definitions.masters.reason(id));
    Ok(RmaListItem {
        id: row.id,
        number: row.number,
        shop: row.shop_id,
        state: row.state,
        stage: row.stage,
        stage_title,
        goods: row.goods_state,
        money: row.money_state,
        owner: row.owner_id,
        filed_at: row.filed_at,
        summary: row.summary,
        reason: reason.map(|reason| reason.name.clone()),
        refund: priced.then(|| Money::new(row.refund_minor, row.currency)),
        due_at: row.due_at,
        warn_at: row.warn_at,
        platform_due_at: row.platform_due_at,
    })
}

/// The case page.
pub(crate) fn case(found: CaseView, definitions: &Definitions, actor: &Actor) -> RmaView {
    let names = Names(&found.names);
    let currency = found.rma.currency;
    let price = |minor: i64| found.prices.then(|| Money::new(minor, currency));
    let lines = found.lines.iter().map(|line| self::line(line, &found, definitions, &price)).collect();
    let units = found.units.iter().map(|unit| self::unit(unit, definitions)).collect();
    let roles = |role: &str| definitions.current().ok()?.template.role(role).map(|role| role.title.clone());
    let rules = |rule: &str| definitions.current().ok()?.template.rule(rule).map(|rule| rule.title.clone());
    let titles = |node: &str| {
        let step = found.steps.iter().find(|step| step.node == node);
        step.map(|step| step.title.clone()).unwrap_or_default()
    };
    let timeline = found
        .events
        .iter()
        .map(|(event, node)| self::timeline(event, node.as_deref(), &names, &titles, &rules))
        .collect();
    RmaView {
        head: head(&found),
        version: found.rma.version,
        origin: found.rma.origin,
        verdict: found.rma.verdict,
        warehouse: found.rma.warehouse_id,
        order: found.order.as_ref().map(order_brief),
        contact: found.contact.as_ref().map(|contact| self::contact(contact, found.contact_masked)),
        customer: found.rma.customer_id.filter(|_| actor.may_somewhere(domain::Permission::CustomerView)),
        buyer_tags: found.buyer_tags.clone(),
        lines,
        answers: found
            .answers
            .iter()
            .cloned()
            .map(|(field, title, value)| AnswerView { field, title, value })
            .collect(),
        units,
        files: found.files.iter().map(|(row, purpose)| file(row, purpose)).collect(),
        tasks: found.tasks.iter().map(|task| self::task(task, &names, &roles)).collect(),
        actions: found.actions.iter().map(action).collect(),
        steps: found.steps.iter().map(|step| self::step(step, &names)).collect(),
        timeline,
        notes: found.notes.iter().map(|note| self::note(note, &names, actor)).collect(),
        rating: found.rating.as_ref().map(|rating| RatingView {
            score: rating.score,
            comment: rating.comment.clone(),
            rated_at: rating.rated_at,
            changed_at: rating.changed_at,
        }),
        deliveries: found.deliveries.iter().map(delivery).collect(),
        parcels: found.parcels.iter().map(|(parcel, clock)| work::parcel(parcel, *clock, definitions)).collect(),
        settlements: found.settlements.iter().map(|one| work::settlement(one, found.prices)).collect(),
        outbound: found.outbound.iter().map(|order| work::outbound(order, definitions)).collect(),
        next_follow_up_at: found.rma.next_follow_up_at,
        agreed_at: found.rma.agreed_at,
        closed_at: found.rma.closed_at,
    }
}

struct Names<'a>(&'a [(PersonId, String)]);

impl Names<'_> {
    fn of(&self, id: PersonId) -> PersonName {
        let name = self.0.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
        PersonName { id, name: name.unwrap_or_default() }
    }
}

fn head(found: &CaseView) -> RmaListItem {
    let rma = &found.rma;
    RmaListItem {
        id: rma.id,
        number: rma.number.clone(),
        shop: rma.shop_id,
        state: rma.state,
        stage: rma.stage.clone(),
        stage_title: found.stage_title.clone(),
        goods: rma.goods_state,
        money: rma.money_state,
        owner: rma.owner_id,
        filed_at: rma.filed_at,
        summary: rma.summary.clone(),
        reason: found.reason.clone(),
        refund: found.refund,
        due_at: rma.due_at,
        warn_at: rma.warn_at,
        platform_due_at: rma.platform_due_at,
    }
}

/// An order in short.
pub(crate) fn order_brief(order: &OrderFacts) -> OrderBrief {
    OrderBrief {
        id: order.id,
        number: order.number.clone(),
        ordered_at: order.ordered_at,
        shipped_at: order.shipped_at,
        delivered_at: order.delivered_at,
    }
}

fn contact(row: &ContactRow, masked: bool) -> ContactView {
    ContactView {
        name: row.name.clone(),
        phone: row.phone.clone(),
        email: row.email.clone(),
        address: row.address.clone(),
        masked,
    }
}

fn line(
    detail: &LineDetail,
    found: &CaseView,
    definitions: &Definitions,
    price: &dyn Fn(i64) -> Option<Money>,
) -> LineView {
    let line = &detail.line;
    let paid_minor = found.paid.iter().find(|(id, _)| *id == line.id).map_or(0, |(_, minor)| *minor);
    let judgement = serde_json::from_str::<engine::policy::Judgement>(&line.judgement).ok();
    LineView {
        id: line.id,
        position: line.position,
        kind: line.kind,
        order_line: line.order_line_id,
        sku: detail.sku.clone().map(|(id, code, name, category)| SkuBrief { id, code, name, category }),
        undeclared: line.undeclared,
        reason: line.reason_id.and_then(|id| definitions.masters.reason(id)).map(|reason| reason.name.clone()),
        ordered: detail.ordered,
        shipped: detail.shipped,
        requested: line.requested,
        approved: line.approved,
        received: line.received,
        waived: line.waived,
        accepted: line.accepted,
        refused: line.refused,
        share: price(line.share_goods_minor + line.share_tax_minor),
        settled: price(line.settled_minor),
        paid: price(paid_minor),
        judgement: match judgement {
            Some(judgement) => self::judgement(&judgement),
            None => JudgementView {
                verdict: line.verdict,
                rule: None,
                reason: Text::default(),
                failed: Vec::new(),
                deadline: line.window_ends_on,
                would_help: None,
            },
        },
    }
}

/// A judgement with its reasons.
pub(crate) fn judgement(judgement: &engine::policy::Judgement) -> JudgementView {
    JudgementView {
        verdict: judgement.verdict,
        rule: judgement.rule.clone(),
        reason: judgement.reason.clone(),
        failed: judgement.failed.iter().map(|failed| failed.text.clone()).collect(),
        deadline: judgement.deadline,
        would_help: judgement.would_help.clone(),
    }
}

fn unit(unit: &operations::rma::rows::UnitDetail, definitions: &Definitions) -> UnitView {
    let grade = unit.grade_id.and_then(|id| definitions.masters.grade(id));
    UnitView {
        id: unit.id,
        line: unit.rma_line_id,
        quantity: unit.quantity,
        reception: unit.reception,
        serial: unit.serial.clone(),
        lot: unit.lot.clone(),
        grade: grade.map(|grade| grade.name.clone()),
        accepted: grade.map(|grade| grade.accepted),
        liability: unit.liability,
        disposition: unit.disposition,
        counted_at: unit.counted_at,
    }
}

fn file(row: &operations::rma::rows::AttachmentRow, purpose: &str) -> FileView {
    FileView {
        id: row.id,
        purpose: purpose.to_owned(),
        name: row.name.clone(),
        media_type: row.media_type.clone(),
        size_bytes: row.size_bytes,
        at: row.at,
    }
}

fn task(task: &TaskRow, names: &Names<'_>, roles: &dyn Fn(&str) -> Option<Text>) -> TaskView {
    TaskView {
        id: task.id,
        kind: task.kind.clone(),
        node: task.node.clone(),
        round: task.round,
        title: task.title.clone(),
        assignee: task.assignee_id.map(|id| names.of(id)),
        role: roles(&task.role),
        due_at: task.due_at,
        warn_at: task.warn_at,
        breached_at: task.breached_at,
        opened_at: task.opened_at,
    }
}

fn action(action: &Action) -> ActionView {
    match action {
        Action::Decide { node, round, title, may_ask_info, return_to } => ActionView::Decide {
            node: node.clone(),
            round: *round,
            title: title.clone(),
            may_ask_info: *may_ask_info,
            return_to: return_to.clone(),
        },
        Action::GiveInfo => ActionView::GiveInfo,
        Action::GiveTracking => ActionView::GiveTracking,
        Action::Receive => ActionView::Receive,
        Action::Inspect => ActionView::Inspect,
        Action::Settle => ActionView::Settle,
        Action::Ship => ActionView::Ship,
        Action::Withdraw => ActionView::Withdraw,
        Action::Note => ActionView::Note,
    }
}

fn step(step: &StepOfCase, names: &Names<'_>) -> StepView {
    let one = |decision: &DecisionRow| DecisionView {
        person: decision.person_id.map(|id| names.of(id)),
        decision: decision.decision.clone(),
        note: decision.note.clone(),
        at: decision.at,
    };
    StepView {
        node: step.node.clone(),
        title: step.title.clone(),
        state: step.state.to_owned(),
        decisions: step.decisions.iter().map(one).collect(),
    }
}

fn timeline(
    event: &EventRow,
    node: Option<&str>,
    names: &Names<'_>,
    titles: &dyn Fn(&str) -> Text,
    rules: &dyn Fn(&str) -> Option<Text>,
) -> TimelineView {
    let kind = domain::EventKind::parse(&event.kind);
    let node = node.map(titles).unwrap_or_default();
    TimelineView {
        kind: event.kind.clone(),
        text: kind.map(|kind| crate::event_words::words(kind, &node)).unwrap_or_default(),
        actor: match event.actor_kind.as_str() {
            "person" | "rule" => names.of(PersonId::from_raw(event.actor_id)).name,
            other => other.to_owned(),
        },
        rule: rules(&event.rule),
        at: event.at,
    }
}

fn note(note: &NoteRow, names: &Names<'_>, _actor: &Actor) -> NoteView {
    let person = note.author.strip_prefix("person:").and_then(|id| id.parse().ok()).map(PersonId::from_raw);
    NoteView {
        id: note.id,
        to_customer: note.audience == "customer",
        from_customer: note.author == "customer",
        is_waiting: note.author == "customer" && note.handled_at.is_none(),
        author: person.map_or_else(|| note.author.clone(), |id| names.of(id).name),
        body: note.body.clone(),
        at: note.at,
    }
}

fn delivery(row: &OutboxRow) -> DeliveryView {
    let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
    let text = serde_json::from_value(body.get("body").cloned().unwrap_or_default()).unwrap_or_default();
    DeliveryView {
        channel: row.channel.clone(),
        text,
        state: row.state.clone(),
        attempts: row.attempts,
        not_before: row.not_before,
        rule: None,
        why: None,
    }
}
