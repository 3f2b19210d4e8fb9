//! Sends a message to try a channel: by this channel alone, at once, and only once.

use domain::{ChannelId, EventKind, OutboxId, Permission, Text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::outbox::OutboxRow;

use super::settings;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest receiver, in characters.
const MAX_TO_CHARS: usize = 200;

/// Tries a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// Which.
    pub channel: ChannelId,
    /// The phone or mail address; nothing for robots and systems.
    pub to: String,
    /// The id of an approved text, for gateways that send nothing else.
    pub template: String,
}

/// The message that tries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Where its outcome is seen.
    pub outbox: OutboxId,
}

/// Puts a trial on its way; what becomes of it is written on the message.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` without a receiver where one is needed.
pub fn send(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Try) -> Result<Tried, Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    let row = store::channel::find(tx, cmd.channel)?.ok_or(Error::NotFound("channel"))?;
    let (kind, _) = settings(&row)?;
    let to = cmd.to.trim();
    let needed = matches!(kind.means(), "email" | "sms");
    if needed && (to.is_empty() || to.chars().count() > MAX_TO_CHARS) {
        let refusal =
            Refusal::new("receiver_missing", "填写要发到的手机号或邮箱", "the phone or address to send it to");
        return Err(Error::invalid(refusal.at("to")));
    }
    let id = OutboxId::from_raw(ctx.id());
    let by = ctx.actor.name.clone();
    let words = Text::new(
        format!("这是 ReturnDesk 发出的测试消息，由 {by} 从“{}”发出。收到即表示渠道可用。", row.name),
        format!(
            "This is a trial from ReturnDesk, sent by {by} over \"{}\". If you read it, the channel works.",
            row.name
        ),
    );
    let body = json!({
        "message": "trial", "subject": Text::new("测试消息", "Trial message"), "body": words, "to": "trial",
        "receiver": to, "sms": { "template": cmd.template.trim(), "params": {} },
    });
    let message = OutboxRow {
        id,
        key: format!("trial:{id}"),
        channel: kind.means().to_owned(),
        channel_id: Some(row.id),
        audience: "trial".to_owned(),
        shop_id: 0,
        role: String::new(),
        urgent: true,
        held: String::new(),
        event_id: None,
        firing_id: None,
        rma_id: None,
        contact_id: None,
        person_id: ctx.actor.person(),
        body: body.to_string(),
        not_before: ctx.now,
        next_attempt_at: ctx.now,
        state: "pending".to_owned(),
        attempts: 0,
        created_at: ctx.now,
    };
    store::outbox::put(tx, &message)?;
    ctx.record(Event::new(EventKind::MasterChanged).about("channel", row.id.get()).with(json!({ "trial": id })));
    ctx.topic("outbox");
    Ok(Tried { outbox: id })
}
