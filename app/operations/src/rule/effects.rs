//! What a rule does: messages, to-dos, fields, notes, tags. Each with a deterministic key, so that it happens once.

use std::sync::Arc;

use domain::{EventKind, FiringId, Lang, NoteId, NoticeId, OutboxId, ShopId, TaskId, Text, WarehouseId};
use engine::expr::EvalError;
use engine::facts::Facts;
use engine::rule::{
    Audience, Channel, Effect, EffectKind, MessageAction, NoteAction, Recipient, TagAction, TaskAction,
};
use engine::template::Message;
use serde_json::json;
use store::Tx;
use store::event::EventRow;
use store::note::NoteRow;
use store::notice::NoticeRow;
use store::outbox::OutboxRow;
use store::rma::RmaRow;
use store::task::TaskRow;

use crate::context::Ctx;
use crate::definitions::Release;
use crate::error::Error;
use crate::event::Event;
use crate::rma::facts::Stored;
use crate::rma::{People, people_of};
use crate::timer;

/// Does one effect of a rule.
pub(super) fn perform(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    release: &Arc<Release>,
    rma: &RmaRow,
    event: &EventRow,
    firing: FiringId,
    effect: &Effect<'_>,
) -> Result<(), Error> {
    let done = Doing { release, rma, event, firing, rule: effect.rule, index: effect.index };
    match &effect.kind {
        EffectKind::Message(message) => send(tx, ctx, &done, message),
        EffectKind::Task(task) => open_task(tx, ctx, &done, task),
        EffectKind::SetField { field, value } => {
            if crate::rma::set_answer(tx, release, rma, field, value)? {
                Ok(())
            } else {
                let zh = format!("字段“{field}”不能存放这个值");
                failed(ctx, &done, &Text::new(zh, format!("the field `{field}` cannot hold this value")))
            }
        }
        EffectKind::Note(note) => write_note(tx, ctx, &done, note),
        EffectKind::Tag(tag) => change_tags(tx, rma, tag),
        EffectKind::Failed(error) => failed(ctx, &done, &error.text()),
    }
}

struct Doing<'a> {
    release: &'a Release,
    rma: &'a RmaRow,
    event: &'a EventRow,
    firing: FiringId,
    rule: &'a str,
    index: usize,
}

impl Doing<'_> {
    // The same event, rule and place give the same key: a command that runs again writes the same row.
    fn key(&self, to: &str) -> String {
        format!("{}:{}:{}:{to}", self.event.id, self.rule, self.index)
    }
}

fn send(tx: &Tx<'_>, ctx: &mut Ctx<'_>, doing: &Doing<'_>, message: &MessageAction) -> Result<(), Error> {
    let template = doing.release.template.message(&message.message);
    let template = template.ok_or_else(|| Error::internal(format!("no message `{}`", message.message)))?;
    let facts = Spoken::of(tx, ctx, doing)?;
    let words = match written(&facts, template) {
        Ok(words) => words,
        Err(error) => return failed(ctx, doing, &error.text()),
    };
    let wait = match &message.delay {
        Some(delay) => timer::clock::due_at(ctx.definitions, doing.rma.shop_id, ctx.now, delay)?,
        None => ctx.now,
    };
    // So that an undo can stop it.
    let undo_seconds = doing.release.template.template().settings.undo_seconds;
    let not_before = wait.plus_ms(i64::from(undo_seconds) * 1_000);
    let row = |ctx: &Ctx<'_>, to: &str, audience: &str| {
        let row = outbox_row(ctx, doing, message, to, audience, words.content(doing, message, audience));
        OutboxRow { not_before, next_attempt_at: not_before, ..row }
    };
    ctx.topic("messages");
    let people = match &message.to {
        Recipient::Customer => {
            let row = row(ctx, "customer", "customer");
            store::outbox::put(tx, &OutboxRow { contact_id: doing.rma.contact_id, ..row })?;
            return Ok(());
        }
        Recipient::Assignee | Recipient::Staff(_) => staff(tx, doing, &message.to)?,
    };
    match message.channel {
        Channel::InApp => notify(tx, ctx, doing, &people, &words.body)?,
        // A group and a system hear it once, however many hold the role.
        Channel::Robot | Channel::Webhook => {
            let audience = if message.channel == Channel::Robot { "staff" } else { "system" };
            let row = row(ctx, message.channel.as_str(), audience);
            store::outbox::put(tx, &OutboxRow { role: people.role, ..row })?;
        }
        Channel::Sms | Channel::Email => {
            for person in people.persons {
                let row = row(ctx, &person.to_string(), "staff");
                store::outbox::put(tx, &OutboxRow { person_id: Some(person), role: people.role.clone(), ..row })?;
            }
        }
    }
    Ok(())
}

fn staff(tx: &Tx<'_>, doing: &Doing<'_>, to: &Recipient) -> Result<People, Error> {
    if let Recipient::Staff(approver) = to {
        let categories = store::case_facts::lines(tx, doing.rma.id)?.into_iter().map(|line| line.category);
        return people_of(tx, doing.rma, approver, None, &categories.collect::<Vec<_>>());
    }
    let about = match doing.event.subject.as_str() {
        "task" => store::task::find(tx, TaskId::from_raw(doing.event.subject_id))?,
        _ => None,
    };
    let tasks = match about {
        Some(task) => vec![task],
        None => store::task::open_of_rma(tx, doing.rma.id)?,
    };
    let role = tasks.last().map(|task| task.role.clone()).unwrap_or_default();
    let mut persons = Vec::new();
    for task in tasks {
        match task.assignee_id {
            Some(person) => persons.push(person),
            None => {
                let place = (task.shop_id.map_or(0, ShopId::get), task.warehouse_id.map_or(0, WarehouseId::get));
                persons.extend(store::role_holder::of_role(tx, &task.role, place.0, place.1)?);
            }
        }
    }
    persons.sort_unstable();
    persons.dedup();
    Ok(People { role, shop: Some(doing.rma.shop_id), warehouse: None, persons, named: false })
}

fn notify(tx: &Tx<'_>, ctx: &mut Ctx<'_>, doing: &Doing<'_>, people: &People, text: &Text) -> Result<(), Error> {
    for person in &people.persons {
        let notice = NoticeRow {
            id: NoticeId::from_raw(ctx.id()),
            person_id: *person,
            rma_id: Some(doing.rma.id),
            role: people.role.clone(),
            text: text.clone(),
            at: ctx.now,
            read_at: None,
        };
        store::notice::insert(tx, &notice)?;
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

/// A message with its places filled.
struct Written {
    subject: Text,
    body: Text,
    sms: serde_json::Value,
}

fn written(facts: &Spoken, template: &Message) -> Result<Written, EvalError> {
    Ok(Written {
        subject: facts.render(&template.subject)?,
        body: facts.render(&template.text)?,
        sms: approved(facts, template)?,
    })
}

impl Written {
    // As it is stored: for a person to read, and for other systems.
    fn content(&self, doing: &Doing<'_>, message: &MessageAction, to: &str) -> String {
        json!({
            "message": message.message, "subject": self.subject, "body": self.body, "to": to,
            "delayed": message.delay.is_some(), "sms": self.sms, "event": doing.event.kind, "number": doing.rma.number,
            "rma": doing.rma.id,
        })
        .to_string()
    }
}

/// The approved text of a message with its parameters in both languages.
fn approved(facts: &Spoken, template: &Message) -> Result<serde_json::Value, EvalError> {
    let Some(sms) = &template.sms else { return Ok(json!({})) };
    let mut params = serde_json::Map::new();
    for (name, source) in &sms.params {
        let value = facts.render(&Text::new(source.clone(), source.clone()))?;
        params.insert(name.clone(), json!(value));
    }
    Ok(json!({ "template": sms.template, "params": params }))
}

/// The facts of a case with names and addresses in each language, read once for all texts of an effect.
struct Spoken {
    zh: Facts,
    en: Facts,
}

impl Spoken {
    fn of(tx: &Tx<'_>, ctx: &Ctx<'_>, doing: &Doing<'_>) -> Result<Self, Error> {
        let stored = Stored::read(tx, ctx.definitions, doing.rma)?;
        let of = |lang| stored.facts(&ctx.definitions.masters, ctx.actor, ctx.now, doing.rma, lang);
        Ok(Self { zh: of(Lang::Zh), en: of(Lang::En) })
    }

    fn render(&self, text: &Text) -> Result<Text, EvalError> {
        let zh = engine::message::render(&text.zh, &self.zh, Lang::Zh)?;
        Ok(Text { zh, en: engine::message::render(&text.en, &self.en, Lang::En)? })
    }
}

// A text or field that cannot be written stops only itself; the failure is on the case's timeline.
fn failed(ctx: &mut Ctx<'_>, doing: &Doing<'_>, error: &Text) -> Result<(), Error> {
    let payload = json!({ "rule": doing.rule, "index": doing.index, "error": error });
    ctx.record_quietly(Event::new(EventKind::RuleFailed).rma(doing.rma.id).with(payload));
    Ok(())
}

fn outbox_row(
    ctx: &Ctx<'_>,
    doing: &Doing<'_>,
    message: &MessageAction,
    to: &str,
    audience: &str,
    body: String,
) -> OutboxRow {
    OutboxRow {
        id: OutboxId::from_raw(ctx.id()),
        key: doing.key(to),
        channel: message.channel.as_str().to_owned(),
        channel_id: None,
        audience: audience.to_owned(),
        shop_id: doing.rma.shop_id.get(),
        role: String::new(),
        urgent: message.urgent,
        held: String::new(),
        event_id: Some(doing.event.id),
        firing_id: Some(doing.firing),
        rma_id: Some(doing.rma.id),
        contact_id: None,
        person_id: None,
        body,
        not_before: ctx.now,
        next_attempt_at: ctx.now,
        state: "pending".to_owned(),
        attempts: 0,
        created_at: ctx.now,
    }
}

fn open_task(tx: &Tx<'_>, ctx: &mut Ctx<'_>, doing: &Doing<'_>, action: &TaskAction) -> Result<(), Error> {
    let rma = doing.rma;
    let node = action.until.clone().unwrap_or_else(|| doing.rule.to_owned());
    let open = store::task::open_of_rma(tx, rma.id)?;
    if open.iter().any(|task| task.kind == "rule" && task.node == node) {
        return Ok(());
    }
    let categories = store::case_facts::lines(tx, rma.id)?.into_iter().map(|line| line.category);
    let people = people_of(tx, rma, &action.assignee, None, &categories.collect::<Vec<_>>())?;
    let (deadline, warn_before) = (action.deadline.as_ref(), action.warn_before.as_ref());
    let due = timer::clock::start(ctx.definitions, rma.shop_id, ctx.now, deadline, warn_before)?;
    let named = people.persons.first().copied().filter(|_| people.named);
    let task = TaskRow {
        id: TaskId::from_raw(ctx.id()),
        rma_id: Some(rma.id),
        kind: "rule".to_owned(),
        node,
        round: 1,
        role: people.role,
        shop_id: people.shop,
        warehouse_id: people.warehouse,
        assignee_id: named,
        title: action.title.clone(),
        state: "open".to_owned(),
        due_at: due.due_at,
        warn_at: due.warn_at,
        warned_at: None,
        breached_at: None,
        opened_at: ctx.now,
        done_at: None,
        done_by: None,
    };
    store::task::open(tx, &task)?;
    timer::clock::set(tx, ctx, rma.id, task.id, &due)?;
    for person in people.persons {
        ctx.topic(format!("person:{person}"));
    }
    ctx.touch(rma.id);
    Ok(())
}

fn write_note(tx: &Tx<'_>, ctx: &mut Ctx<'_>, doing: &Doing<'_>, note: &NoteAction) -> Result<(), Error> {
    let text = match Spoken::of(tx, ctx, doing)?.render(&note.text) {
        Ok(text) => text,
        Err(error) => return failed(ctx, doing, &error.text()),
    };
    let audience = match note.audience {
        Audience::Internal => "internal",
        Audience::Customer => "customer",
    };
    let row = NoteRow {
        id: NoteId::from_raw(ctx.id()),
        rma_id: doing.rma.id,
        audience: audience.to_owned(),
        author: format!("rule:{}", doing.rule),
        body: text.get(ctx.actor.lang).to_owned(),
        at: ctx.now,
        handled_at: None,
    };
    store::note::insert(tx, &row)?;
    let event = Event::new(EventKind::NoteWritten).rma(doing.rma.id).about("note", row.id.get());
    ctx.record_quietly(event);
    Ok(())
}

fn change_tags(tx: &Tx<'_>, rma: &RmaRow, tag: &TagAction) -> Result<(), Error> {
    for code in &tag.add {
        store::rma::add_tag(tx, rma.id, code)?;
    }
    for code in &tag.remove {
        store::rma::remove_tag(tx, rma.id, code)?;
    }
    Ok(())
}
