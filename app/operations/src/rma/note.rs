//! Notes for colleagues and messages to the customer.

use domain::{AttachmentId, EventKind, NoteId, Permission, RmaId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::note::NoteRow;

use super::load::Loaded;
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// Longest note, in characters.
pub const MAX_NOTE_CHARS: usize = 4_000;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteNote {
    /// The case.
    pub rma: RmaId,
    /// Whether the customer reads it.
    pub to_customer: bool,
    /// The words.
    pub text: String,
    /// Files that belong to it.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// Writes a note, or a message to the customer: that one also deals with what the customer had written. Customers write
/// by `portal::message`.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Invalid` without words.
pub fn write_note(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &WriteNote) -> Result<NoteId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    if matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        return Err(Error::NotFound("rma"));
    }
    reach::place(ctx, Permission::RmaNote, loaded.place(), "rma")?;
    if cmd.text.trim().is_empty() && cmd.attachments.is_empty() {
        return Err(Error::invalid(Refusal::new("text_needed", "请填写内容", "write something").at("text")));
    }
    check_length(&cmd.text)?;
    let row = NoteRow {
        id: NoteId::from_raw(ctx.id()),
        rma_id: cmd.rma,
        audience: if cmd.to_customer { "customer" } else { "internal" }.to_owned(),
        author: ctx.actor.author(),
        body: cmd.text.trim().to_owned(),
        at: ctx.now,
        handled_at: None,
    };
    for attachment in &cmd.attachments {
        attach(tx, ctx, *attachment, cmd.rma, "note", row.id.get())?;
    }
    store::note::insert(tx, &row)?;
    if cmd.to_customer {
        // Who answers has dealt with what was asked.
        super::message::settle(tx, ctx, &loaded.rma)?;
    }
    let kind = if cmd.to_customer { EventKind::MessageSent } else { EventKind::NoteWritten };
    let event =
        Event::new(kind).rma(cmd.rma).at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id).about("note", row.id.get());
    ctx.record(event);
    Ok(row.id)
}

/// Refuses a text that is too long.
pub(crate) fn check_length(text: &str) -> Result<(), Error> {
    if text.chars().count() <= MAX_NOTE_CHARS {
        return Ok(());
    }
    let (zh, en) = (format!("最多 {MAX_NOTE_CHARS} 个字"), format!("at most {MAX_NOTE_CHARS} characters"));
    Err(Error::invalid(Refusal::new("text_too_long", zh, en).at("text")))
}

/// Refuses one file more of the customer's than the template lets a case have.
fn check_count(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: RmaId) -> Result<(), Error> {
    let most = ctx.definitions.current()?.template.template().settings.uploads.max_files;
    let (files, _) = store::upload::linked(tx, rma, true)?;
    if files < i64::from(most) {
        return Ok(());
    }
    let refusal =
        Refusal::new("too_many_files", format!("一张单最多 {most} 个文件"), format!("a case has at most {most} files"));
    Err(Error::invalid(refusal.at("attachments")))
}

/// Links a file to a case. A1: a customer can only link what the same customer uploaded and no case has yet.
/// `subject` is what on the case it belongs to, 0 for the case as a whole.
pub(crate) fn attach(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    id: AttachmentId,
    rma: RmaId,
    purpose: &str,
    subject: i64,
) -> Result<(), Error> {
    let missing = || {
        let refusal = Refusal::new("no_such_file", "附件不存在，请重新上传", "there is no such file; upload it again");
        Error::invalid(refusal.at("attachments"))
    };
    store::attachment::find(tx, id)?.ok_or_else(missing)?;
    let cases = store::attachment::cases(tx, id)?;
    let own = cases.is_empty() || cases.contains(&rma);
    let is_customer = matches!(ctx.actor.kind, ActorKind::Customer(_));
    if !own {
        return Err(missing());
    }
    if is_customer && !cases.contains(&rma) {
        let order = store::rma::find(tx, rma)?.and_then(|rma| rma.order_id);
        if !crate::upload::is_customers_own(tx, id, rma, order)? {
            return Err(missing());
        }
        check_count(tx, ctx, rma)?;
    }
    Ok(store::attachment::link(tx, id, rma, purpose, subject)?)
}
