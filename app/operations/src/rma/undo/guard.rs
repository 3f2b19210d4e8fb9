//! What stands against taking something back, in words that say what happened.

use domain::{EventId, EventKind, NoteId, RmaId, Timestamp};
use engine::rule::Action;
use store::event::EventRow;
use store::{Conn, Tx};

use super::super::load::Loaded;
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// When something was done, and the row that says so: what came of it has a larger id.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) id: i64,
    pub(super) at: Timestamp,
}

fn refuse<T>(code: &'static str, zh: &str, en: &str) -> Result<T, Error> {
    let refusal = Refusal::new(code, zh, en);
    Err(Error::conflict(refusal.help("请在单据上继续处理", "go on from where the case stands now")))
}

pub(super) fn nothing() -> Error {
    Error::conflict(Refusal::new("nothing_to_undo", "没有可以撤销的操作", "there is nothing to undo"))
}

pub(super) fn not_yours() -> Error {
    let (zh, en) = ("只有本人可以撤销", "only the person who did it can undo it");
    Error::conflict(Refusal::new("not_yours", zh, en))
}

pub(super) fn moved_on() -> Error {
    let (zh, en) = ("该单已有后续处理，不能撤销", "the case has moved on since, so this cannot be undone");
    let refusal = Refusal::new("moved_on", zh, en);
    Error::conflict(refusal.help("请在单据上继续处理", "go on from where the case stands now"))
}

/// Refuses when the template's undo window is over.
pub(super) fn in_time(ctx: &Ctx<'_>, loaded: &Loaded, moment: Moment) -> Result<(), Error> {
    let seconds = loaded.release.template.template().settings.undo_seconds;
    if ctx.now < moment.at.plus_ms(i64::from(seconds) * 1_000) {
        return Ok(());
    }
    let (zh, en) = (
        format!("只能在 {seconds} 秒内撤销，已经超过"),
        format!("this can be undone within {seconds} seconds; that time is over"),
    );
    let refusal = Refusal::new("undo_too_late", zh, en);
    Err(Error::conflict(refusal.help("请在单据上继续处理", "go on from where the case stands now")))
}

/// The events of a case that a decision caused: those of its own command.
pub(super) fn caused_at(conn: &Conn, rma: RmaId, decision: i64, at: i64) -> Result<Vec<EventRow>, Error> {
    let events = store::event::of_rma(conn, rma)?.into_iter().map(|(row, _)| row);
    Ok(events.filter(|row| row.id.get() > decision && row.at.ms() == at).collect())
}

/// Refuses when something happened on the case since that the undo would pull the ground from under; gives the events that
/// the decision itself caused.
pub(super) fn nothing_since(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    loaded: &Loaded,
    moment: Moment,
) -> Result<Vec<EventId>, Error> {
    let (kind, id) = ctx.actor.stored();
    let mut own = Vec::new();
    for (row, _) in store::event::of_rma(tx, loaded.rma.id)? {
        if row.id.get() <= moment.id {
            continue;
        }
        let by_actor = row.actor_kind == "rule" || (row.actor_kind == kind && row.actor_id == id);
        if row.at == moment.at && by_actor {
            own.push(row.id);
        } else if !is_beside(&row.kind) {
            return Err(moved_on());
        }
    }
    let work = store::case_work::case_work(tx, loaded.rma.id)?;
    if work.settlement_is_open() || work.settlements_settled > 0 {
        return refuse("money_moved", "结算已经开始，不能撤销", "settling has begun, so this cannot be undone");
    }
    if loaded.rma.agreed_at == Some(moment.at) && work.outbound_left > 0 {
        return refuse("goods_left", "商品已经发出，不能撤销", "goods have left already, so this cannot be undone");
    }
    Ok(own)
}

// What may happen beside a decision without building on it.
fn is_beside(kind: &str) -> bool {
    let beside = [
        EventKind::NoteWritten,
        EventKind::MessageSent,
        EventKind::MessageTakenBack,
        EventKind::MessageReceived,
        EventKind::MessagesHandled,
        EventKind::RmaAssigned,
        EventKind::RmaFollowUpSet,
        EventKind::ContactRevealed,
        EventKind::DeadlineNear,
        EventKind::DeadlinePassed,
    ];
    beside.iter().any(|one| one.as_str() == kind)
}

/// The events that a message to the customer caused.
pub(super) fn of_message(conn: &Conn, rma: RmaId, note: NoteId) -> Result<Vec<EventId>, Error> {
    let events = store::event::of_rma(conn, rma)?.into_iter().map(|(row, _)| row);
    let sent = |row: &EventRow| {
        row.kind == EventKind::MessageSent.as_str() && row.subject == "note" && row.subject_id == note.get()
    };
    Ok(events.filter(sent).map(|row| row.id).collect())
}

/// Refuses when a message has left, or is leaving.
pub(super) fn messages_wait(conn: &Conn, rma: RmaId, events: &[EventId]) -> Result<(), Error> {
    let rows = store::outbox::of_rma(conn, rma)?;
    let mut caused = rows.iter().filter(|row| row.event_id.is_some_and(|id| events.contains(&id)));
    if caused.any(|row| row.state != "cancelled" && (row.state != "pending" || row.attempts > 0)) {
        let (zh, en) = ("通知已经发出，不能撤销", "a message about it has left already, so this cannot be undone");
        return refuse("message_left", zh, en);
    }
    Ok(())
}

/// Refuses when a rule has changed the case in a way that is not taken back: its fields, its tags, or words to the customer.
pub(super) fn rules_left_no_mark(conn: &Conn, loaded: &Loaded, events: &[EventId]) -> Result<(), Error> {
    let firings = store::firing::of_rma(conn, loaded.rma.id)?;
    let mut fired = firings.iter().filter(|row| row.matched && events.contains(&row.event_id));
    let marks = fired.any(|row| {
        let rule = loaded.release.template.rule(&row.rule);
        rule.is_some_and(|rule| {
            rule.then.iter().any(|action| matches!(action, Action::SetField(_) | Action::Note(_) | Action::Tag(_)))
        })
    });
    if marks {
        let (zh, en) =
            ("规则已经据此修改了单据，不能撤销", "a rule has changed the case because of it, so this cannot be undone");
        return refuse("rule_changed_case", zh, en);
    }
    Ok(())
}
