//! Saves a text: a new release that differs in this alone.

use domain::Permission;
use store::Tx;

use super::{Draft, preview};
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::template::apply::{Applied, publish};

/// Saves a text for new cases; running cases keep the release they began on.
///
/// # Errors
/// `Forbidden`; `NotFound`; `Invalid` with every mistake at its place.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: &str, draft: &Draft) -> Result<Applied, Error> {
    ctx.require(Permission::TemplateManage, Place::default())?;
    let problems = preview::problems(ctx.definitions, draft)?;
    if !problems.is_empty() {
        return Err(Error::form(problems));
    }
    let mut template = ctx.definitions.current()?.template.template().clone();
    let message = template.messages.iter_mut().find(|message| message.id == id).ok_or(Error::NotFound("message"))?;
    message.subject = draft.subject.clone();
    message.text = draft.text.clone();
    message.sms = draft.sms.clone();
    publish(tx, ctx, &template, &format!("{id} text"))
}
