//! Keeping a new record.

use domain::{EventKind, RecordId};
use engine::form::Answers;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{accepted, own, record};
use crate::context::Ctx;
use crate::error::Error;

/// A new record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreateRecord {
    /// The form's id.
    pub form: String,
    /// Its answers by field id.
    pub answers: Answers,
}

/// Keeps a record; its id.
///
/// # Errors
/// `NotFound` for a form that is none of the merchant's own; `Forbidden`; `Invalid` with every field the form refuses.
pub fn create(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &CreateRecord) -> Result<RecordId, Error> {
    let release = std::sync::Arc::clone(ctx.definitions.current()?);
    let (form, table) = own(&release, ctx.actor, &cmd.form)?;
    let answers = accepted(ctx, &release, form, &cmd.answers, Answers::new())?;
    let id = RecordId::from_raw(ctx.id());
    table.insert(tx, id, ctx.now, &ctx.actor.author(), |field| answers.get(field))?;
    record(ctx, EventKind::RecordCreated, &cmd.form, id);
    Ok(id)
}
