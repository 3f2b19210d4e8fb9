//! Claims a message for sending: the claim is on the disk before the call.

use domain::{Lang, OutboxId, Permission, Text};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::outbox::OutboxRow;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// How long a claim holds; a message whose sender died is tried again after it.
pub const CLAIM_MS: i64 = 60_000;

/// Claims a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// The message.
    pub outbox: OutboxId,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sending {
    /// The message.
    pub outbox: OutboxId,
    /// Its key, the same on every try.
    pub key: String,
    /// sms, email, webhook or robot.
    pub channel: String,
    /// The phone or mail address; `None` when nobody can be reached.
    pub to: Option<String>,
    /// The words, in the reader's language.
    pub text: String,
    /// Everything, for other systems.
    pub body: serde_json::Value,
}

/// Claims a pending message; `None` when it is not pending or somebody has it.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn begin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Begin) -> Result<Option<Sending>, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    if !store::outbox::claim(tx, cmd.outbox, ctx.now, ctx.now.plus_ms(CLAIM_MS))? {
        return Ok(None);
    }
    let row = store::outbox::find(tx, cmd.outbox)?.ok_or(Error::NotFound("outbox"))?;
    let body: serde_json::Value =
        serde_json::from_str(&row.body).map_err(|error| Error::internal(format!("outbox {}: {error}", row.id)))?;
    let (to, lang) = receiver(tx, &row)?;
    let text: Text = body.get("body").cloned().and_then(|body| serde_json::from_value(body).ok()).unwrap_or_default();
    Ok(Some(Sending { outbox: row.id, key: row.key, channel: row.channel, to, text: text.get(lang).to_owned(), body }))
}

// A customer is reached as the case says, staff by what their account says.
fn receiver(tx: &Tx<'_>, row: &OutboxRow) -> Result<(Option<String>, Lang), Error> {
    if let Some(person) = row.person_id {
        let lang = store::person::find(tx, person)?.map_or(Lang::Zh, |person| person.lang);
        return Ok((None, lang));
    }
    let contact = match row.contact_id {
        Some(contact) => store::contact::find(tx, contact)?,
        None => None,
    };
    let to = contact.and_then(|contact| if row.channel == "email" { contact.email } else { contact.phone });
    Ok((to, Lang::Zh))
}
