//! Messages, channels and texts, for whoever looks after them.

mod channel;
mod text;

use contract::Page;
use contract::message::{
    AttemptView, CANCEL, CAUGHT, COUNT, CaughtView, GET, LIST, MessageCounts, MessageDetail, MessageQuery, MessageView,
    RETRY, RETRY_ALL, RetriedView, RetryAllRequest, TASK, TaskView,
};
use domain::{OutboxId, TaskId, Text};
use engine::channel::ChannelKind;
use operations::definitions::Definitions;
use operations::delivery::explain::explain;
use operations::delivery::retry::{self, RetryAll};
use operations::delivery::view::{self, AttemptRow, Message, Wanted};
use operations::{channel as channels, inbox};

use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Paging, Query};
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::page::<MessageView>().query::<MessageQuery>(), list);
    area.add(&COUNT, Doc::view::<MessageCounts>(200), count);
    area.add(&GET, Doc::view::<MessageDetail>(200), get);
    area.add(&RETRY, Doc::nothing(), retry_one);
    area.add(&CANCEL, Doc::nothing(), cancel);
    area.add(&RETRY_ALL, Doc::view::<RetriedView>(200).body::<RetryAllRequest>(), retry_all);
    area.add(&CAUGHT, Doc::page::<CaughtView>(), caught);
    area.add(&TASK, Doc::view::<TaskView>(200), task);
    channel::routes(area);
    text::routes(area);
}

async fn list(server: Server, caller: Caller, paging: Paging, query: Query<MessageQuery>) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let (rows, names) = server.app.read(|conn| {
        let case = query.case.trim().to_uppercase();
        let rma = if case.is_empty() { None } else { inbox::case_of_number(conn, &case)? };
        let names = names(conn, &caller)?;
        if !case.is_empty() && rma.is_none() {
            return Ok((Vec::new(), names));
        }
        let word = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let wanted = Wanted { state: word(&query.state), channel: word(&query.means), channel_id: None, rma };
        let rows = view::page(conn, caller.actor(), &definitions, &wanted, before, paging.one_more())?;
        Ok((rows, names))
    })?;
    let page = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&page.map(|row| message(&definitions, &names, row)))
}

/// Names of channels.
type Names = Vec<(domain::ChannelId, String)>;

fn names(conn: &operations::Conn, caller: &Caller) -> Result<Names, operations::Error> {
    Ok(channels::read::list(conn, caller.actor())?.into_iter().map(|row| (row.id, row.name)).collect())
}

fn message(definitions: &Definitions, names: &Names, row: Message) -> MessageView {
    let template = definitions.current().ok().map(|release| release.template.template());
    let role = template.and_then(|template| template.roles.iter().find(|role| role.id == row.role));
    let title = template.and_then(|template| template.messages.iter().find(|one| one.id == row.message));
    let waits = row.state == "pending";
    let (rma, number) = row.case.unzip();
    MessageView {
        id: row.id,
        means: row.means,
        channel: names.iter().find(|(id, _)| Some(*id) == row.channel).map(|(_, name)| name.clone()),
        audience: row.audience,
        state: row.state,
        held: row.held,
        attempts: row.attempts,
        next_attempt_at: waits.then_some(row.next_attempt_at),
        created_at: row.created_at,
        rma,
        number,
        receiver: row.receiver,
        person: row.person,
        role: role.map(|role| role.title.clone()),
        subject: row.subject,
        text: row.text,
        title: title.map(|message| message.title.clone()),
    }
}

async fn count(server: Server, caller: Caller) -> Reply {
    let [pending, failed, unknown, dead] = server.app.read(|conn| view::counts(conn, caller.actor()))?;
    ok(&MessageCounts { pending, failed, unknown, dead })
}

async fn get(server: Server, caller: Caller, Id(id): Id<OutboxId>) -> Reply {
    let definitions = server.app.definitions();
    let ((row, attempts), names) =
        server.app.read(|conn| Ok((view::one(conn, caller.actor(), &definitions, id)?, names(conn, &caller)?)))?;
    let attempts = attempts.into_iter().map(attempt).collect();
    ok(&MessageDetail { message: message(&definitions, &names, row), attempts })
}

fn attempt(row: AttemptRow) -> AttemptView {
    let why = (row.outcome != "ok").then(|| explain(&row.code));
    let (reason, remedy): (Option<Text>, Option<Text>) = why.unzip();
    AttemptView {
        id: row.id,
        attempt: row.attempt,
        outcome: row.outcome,
        started_at: row.started_at,
        took_ms: row.finished_at.ms() - row.started_at.ms(),
        code: row.code,
        reason,
        remedy,
        detail: row.detail,
    }
}

async fn retry_one(server: Server, caller: Caller, key: Key, Id(id): Id<OutboxId>) -> Reply {
    let call = caller.call("message.retry", &key);
    done(&server.app.run(call, move |tx, ctx| retry::retry(tx, ctx, id)).await?)
}

async fn cancel(server: Server, caller: Caller, key: Key, Id(id): Id<OutboxId>) -> Reply {
    let call = caller.call("message.cancel", &key);
    done(&server.app.run(call, move |tx, ctx| retry::drop(tx, ctx, id)).await?)
}

async fn retry_all(server: Server, caller: Caller, key: Key, Json(wanted): Json<RetryAllRequest>) -> Reply {
    let command = RetryAll { kind: wanted.kind, channel: wanted.channel };
    let call = caller.call("message.retry_all", &key);
    let answer = server.app.run(call, move |tx, ctx| retry::retry_all(tx, ctx, &command)).await?;
    changed(&answer, &RetriedView { count: answer.value.count })
}

async fn caught(server: Server, caller: Caller, paging: Paging) -> Reply {
    let before = paging.after()?;
    let definitions = server.app.definitions();
    let rows = server.app.read(|conn| view::caught(conn, caller.actor(), &definitions, before, paging.one_more()))?;
    let page = Page::cut(rows, paging.limit, |row| row.id.to_string());
    ok(&page.map(|row| CaughtView {
        id: row.id,
        message: row.outbox_id,
        kind: ChannelKind::parse(&row.channel).unwrap_or(ChannelKind::Webhook),
        receiver: row.receiver,
        subject: row.subject,
        text: row.text,
        raw: row.raw,
        at: row.at,
    }))
}

async fn task(server: Server, caller: Caller, Id(id): Id<TaskId>) -> Reply {
    let found = server.app.read(|conn| inbox::one(conn, caller.actor(), id))?;
    ok(&TaskView {
        id: found.task.id,
        title: found.task.title,
        state: found.task.state,
        rma: found.task.rma_id,
        number: found.number,
        due_at: found.task.due_at,
        done_at: found.task.done_at,
        done_by: found.done_by,
    })
}
