//! The customer's (or staff's) answer to a question: the asking step opens again.

use domain::state::CaseState;
use domain::{AttachmentId, DecisionId, EventKind, NoteId, Permission, RmaId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::decision::DecisionRow;
use store::note::NoteRow;

use super::facts::LazyFacts;
use super::flow_work::FlowWork;
use super::load::{Loaded, history};
use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::reach;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveInfo {
    /// The case.
    pub rma: RmaId,
    /// The words.
    pub text: String,
    /// Photos that belong to the answer.
    #[serde(default)]
    pub attachments: Vec<AttachmentId>,
}

/// Takes the answer and opens the asking steps again.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` when nothing was asked; `Invalid` without words.
pub fn give_info(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &GiveInfo) -> Result<RmaId, Error> {
    let loaded = Loaded::read(tx, ctx, cmd.rma)?;
    may_answer(ctx, &loaded)?;
    if loaded.rma.state != CaseState::NeedsInfo {
        return Err(Error::conflict(Refusal::new("nothing_asked", "当前没有等待补充的问题", "nothing is being asked")));
    }
    if cmd.text.trim().is_empty() && cmd.attachments.is_empty() {
        let refusal = Refusal::new("answer_needed", "请填写说明或上传照片", "write an answer or add photos");
        return Err(Error::invalid(refusal.at("text")));
    }
    super::note::check_length(&cmd.text)?;
    let author = ctx.actor.author();
    let row = NoteRow {
        id: NoteId::from_raw(ctx.id()),
        rma_id: cmd.rma,
        audience: "customer".to_owned(),
        author,
        body: cmd.text.trim().to_owned(),
        at: ctx.now,
        // The step that asked opens again: that is where the answer is dealt with.
        handled_at: Some(ctx.now),
    };
    for attachment in &cmd.attachments {
        super::note::attach(tx, ctx, *attachment, cmd.rma, "evidence", row.id.get())?;
    }
    store::note::insert(tx, &row)?;
    reopen(tx, ctx, &loaded)?;
    let event = Event::new(EventKind::InfoGiven)
        .rma(cmd.rma)
        .at(Some(loaded.rma.shop_id), loaded.rma.warehouse_id)
        .about("note", row.id.get())
        .with(json!({ "attachments": cmd.attachments.len() }));
    ctx.record(event);
    Ok(cmd.rma)
}

fn may_answer(ctx: &Ctx<'_>, loaded: &Loaded) -> Result<(), Error> {
    match ctx.actor.kind {
        ActorKind::Customer(own) if own == Some(loaded.rma.id) => Ok(()),
        ActorKind::Customer(_) => Err(Error::NotFound("rma")),
        _ => reach::place(ctx, Permission::RmaNote, loaded.place(), "rma"),
    }
}

fn reopen(tx: &Tx<'_>, ctx: &Ctx<'_>, loaded: &Loaded) -> Result<(), Error> {
    let lines = store::rma_line::of_rma(tx, loaded.rma.id)?;
    let work = store::case_work::case_work(tx, loaded.rma.id)?;
    let history = history(tx, loaded.rma.id, FlowWork::of(&loaded.rma, &lines, &work).core)?;
    let facts = LazyFacts::new(tx, ctx.definitions, ctx.actor, ctx.now, &loaded.rma);
    let progress = engine::flow::advance(loaded.flow()?, &history, &facts);
    facts.finish()?;
    for node in &progress.waiting {
        store::decision::insert(
            tx,
            &DecisionRow {
                id: DecisionId::from_raw(ctx.id()),
                rma_id: loaded.rma.id,
                node: node.node.to_owned(),
                round: node.round,
                person_id: None,
                decision: "info_given".to_owned(),
                detail: String::new(),
                note: String::new(),
                at: ctx.now,
            },
        )?;
    }
    Ok(())
}
