//! The customer writes, as long as the case is open.

use domain::{AttachmentId, EventKind, NoteId, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::note::NoteRow;

use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::rma::{message, note};

/// Longest message, in characters.
pub const MAX_CHARS: usize = 2_000;
/// Most messages of one case in an hour; a person does not write more, a program does.
const MAX_AN_HOUR: i64 = 20;
const HOUR_MS: i64 = 3_600_000;

/// A message to the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Say {
    /// The case.
    pub rma: RmaId,
    /// The words.
    pub text: String,
    /// Files that belong to it.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// Writes the customer's message and gives staff a to-do.
///
/// # Errors
/// `NotFound` for another's case; `Conflict` when the case is over; `Invalid` without words, for too long ones and for
/// files of others; `TooMany`.
pub fn say(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Say) -> Result<NoteId, Error> {
    if !matches!(ctx.actor.kind, ActorKind::Customer(own) if own == Some(cmd.rma)) {
        return Err(Error::NotFound("rma"));
    }
    let rma = store::rma::find(tx, cmd.rma)?.ok_or(Error::NotFound("rma"))?;
    if rma.state.is_final() {
        let refusal = Refusal::new("case_is_over", "该申请已结束，不能再留言", "this request is over");
        return Err(Error::conflict(refusal.help("如有问题请联系商家客服", "contact the shop if something is left")));
    }
    let text = cmd.text.trim();
    if text.is_empty() && cmd.attachments.is_empty() {
        return Err(Error::invalid(Refusal::new("text_needed", "请填写内容", "write something").at("text")));
    }
    if text.chars().count() > MAX_CHARS {
        let (zh, en) = (format!("最多 {MAX_CHARS} 个字"), format!("at most {MAX_CHARS} characters"));
        return Err(Error::invalid(Refusal::new("text_too_long", zh, en).at("text")));
    }
    if store::note::written_by_customer(tx, cmd.rma, ctx.now.plus_ms(-HOUR_MS))? >= MAX_AN_HOUR {
        return Err(Error::TooMany { retry_after_ms: HOUR_MS });
    }
    let row = NoteRow {
        id: NoteId::from_raw(ctx.id()),
        rma_id: cmd.rma,
        audience: "customer".to_owned(),
        author: ctx.actor.author(),
        body: text.to_owned(),
        at: ctx.now,
        handled_at: None,
    };
    for attachment in &cmd.attachments {
        note::attach(tx, ctx, *attachment, cmd.rma, "note", row.id.get())?;
    }
    store::note::insert(tx, &row)?;
    message::open_todo(tx, ctx, cmd.rma)?;
    let event = Event::new(EventKind::MessageReceived)
        .rma(cmd.rma)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .about("note", row.id.get())
        .with(json!({ "attachments": cmd.attachments.len() }));
    ctx.record(event);
    Ok(row.id)
}
