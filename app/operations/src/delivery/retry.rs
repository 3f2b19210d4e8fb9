//! What a person does about a message that did not go through: send it again, or give it up.

use domain::{ChannelId, EventKind, OutboxId, Permission, ShopId, Timestamp};
use engine::channel::ChannelKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::outbox::OutboxRow;

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Most messages sent again by one command.
const MAX_AT_ONCE: u32 = 500;

/// Sends one again.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` for one that was sent, was cancelled, or is under way.
pub fn retry(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: OutboxId) -> Result<(), Error> {
    let row = own(tx, ctx, id)?;
    let last = store::outbox::attempts(tx, id)?.first().map(|one| one.finished_at);
    if !store::outbox::retry(tx, id, ctx.now, claimed(&row, last, ctx.now))? {
        return Err(Error::conflict(
            Refusal::new(
                "not_waiting",
                "这条消息已经发出、已取消或正在发送",
                "this message was sent, was cancelled, or is under way",
            )
            .help("刷新后查看它现在的状态", "reload to see where it stands"),
        ));
    }
    record(ctx, "retry", Some(id), 1);
    Ok(())
}

// Whoever claimed it may be sending it at this moment: its claim holds, and nothing was told since it was made.
fn claimed(row: &OutboxRow, last: Option<Timestamp>, now: Timestamp) -> bool {
    let since = row.next_attempt_at.plus_ms(-super::begin::CLAIM_MS);
    let holds = row.next_attempt_at > now && since <= now;
    row.state == "pending" && row.attempts > 0 && row.held.is_empty() && holds && last.is_none_or(|last| last < since)
}

/// Gives one up: it is not tried again.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Conflict` for one that was sent or cancelled.
pub fn drop(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: OutboxId) -> Result<(), Error> {
    own(tx, ctx, id)?;
    if !store::outbox::cancel(tx, id, None)? {
        return Err(Error::conflict(Refusal::new(
            "not_waiting",
            "这条消息已经发出或已取消",
            "this message was sent or cancelled already",
        )));
    }
    record(ctx, "give_up", Some(id), 1);
    Ok(())
}

/// Which messages are sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAll {
    /// By which means.
    pub kind: ChannelKind,
    /// By which channel; `None` for all of the means.
    pub channel: Option<ChannelId>,
}

/// How many were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retried {
    /// Messages that wait again.
    pub count: u32,
}

/// Sends again what was given up or refused, 500 at most.
///
/// # Errors
/// `Forbidden`.
pub fn retry_all(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &RetryAll) -> Result<Retried, Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    let mut count = 0;
    for id in store::outbox::given_up(tx, cmd.kind.means(), cmd.channel, MAX_AT_ONCE)? {
        if store::outbox::retry(tx, id, ctx.now, false)? {
            count += 1;
        }
    }
    record(ctx, "retry_all", None, count);
    Ok(Retried { count })
}

fn own(tx: &Tx<'_>, ctx: &Ctx<'_>, id: OutboxId) -> Result<OutboxRow, Error> {
    let row = store::outbox::find(tx, id)?.ok_or(Error::NotFound("outbox"))?;
    let shop = (row.shop_id != 0).then(|| ShopId::from_raw(row.shop_id));
    ctx.require(Permission::MasterEdit, Place { shop, warehouse: None })?;
    Ok(row)
}

fn record(ctx: &mut Ctx<'_>, what: &str, id: Option<OutboxId>, count: u32) {
    let about = id.map_or(0, OutboxId::get);
    let payload = json!({ "key": "messages", "what": what, "count": count });
    ctx.record(Event::new(EventKind::MasterChanged).about("outbox", about).with(payload));
    ctx.topic("messages");
    ctx.topic("outbox");
}
