//! Claims a message for sending: the claim is on the disk before the call.

use std::collections::BTreeMap;

use domain::{ChannelId, Lang, OutboxId, Permission, Text};
use engine::channel::{ChannelKind, ChannelSettings};
use serde::{Deserialize, Serialize};
use store::outbox::OutboxRow;
use store::{Conn, Tx};

use super::choose::{self, Chosen};
use crate::context::{Ctx, Place};
use crate::error::Error;

/// How long a claim holds; a message whose sender died is tried again after it.
pub const CLAIM_MS: i64 = 60_000;

/// Claims a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// The message.
    pub outbox: OutboxId,
    /// Whether it is caught instead of being sent: then neither limits nor quiet hours keep it back.
    pub catching: bool,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sending {
    /// The message.
    pub outbox: OutboxId,
    /// Its key, the same on every try.
    pub key: String,
    /// The channel, as it is set up; none is needed where messages are caught.
    pub channel: Option<ChannelId>,
    /// What stands at the other end.
    pub kind: ChannelKind,
    /// What it needs to know.
    pub settings: ChannelSettings,
    /// Its secret, sealed.
    pub sealed: Option<Vec<u8>>,
    /// The phone or mail address; `None` when nobody can be reached.
    pub to: Option<String>,
    /// The subject, in the reader's language.
    pub subject: String,
    /// The words, in the reader's language.
    pub text: String,
    /// Leads to the very to-do, or to the case.
    pub link: Option<String>,
    /// What the link is called.
    pub link_title: String,
    /// The number of an approved text.
    pub template: String,
    /// Its parameters.
    pub params: Vec<(String, String)>,
    /// Everything, for other systems.
    pub body: serde_json::Value,
}

/// A message's content as it is stored.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Content {
    pub(super) subject: Text,
    pub(super) body: Text,
    pub(super) receiver: String,
    pub(super) delayed: bool,
    pub(super) sms: Approved,
}

/// The approved text of a message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Approved {
    pub(super) template: String,
    pub(super) params: BTreeMap<String, Text>,
}

/// Claims a pending message; `None` when it is not pending, somebody has it, or it has to wait.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn begin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Begin) -> Result<Option<Sending>, Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let Some(row) = store::outbox::find(tx, cmd.outbox)? else { return Ok(None) };
    if row.state != "pending" || row.next_attempt_at > ctx.now {
        return Ok(None);
    }
    let body: serde_json::Value =
        serde_json::from_str(&row.body).map_err(|error| Error::internal(format!("outbox {}: {error}", row.id)))?;
    let content: Content = serde_json::from_value(body.clone()).unwrap_or_default();
    if content.delayed && is_over(tx, &row)? {
        store::outbox::cancel(tx, row.id, None)?;
        ctx.topic("messages");
        return Ok(None);
    }
    let Some(chosen) = choose::channel(tx, &row)?.or_else(|| cmd.catching.then(|| anything(&row)).flatten()) else {
        return Ok(None);
    };
    if !cmd.catching
        && let Some(held) = choose::held(tx, ctx, &row, &chosen)?
    {
        store::outbox::hold(tx, row.id, held.why, held.until)?;
        return Ok(None);
    }
    let channel = Some(chosen.row.id).filter(|id| id.get() != 0);
    if !store::outbox::claim(tx, row.id, channel, ctx.now, ctx.now.plus_ms(CLAIM_MS))? {
        return Ok(None);
    }
    if let Some(channel) = channel {
        store::channel::leaves(tx, channel, ctx.now, row.id)?;
    }
    sending(tx, row, chosen, &content, body).map(Some)
}

/// What stands in for a channel that nobody has set up, where messages are caught.
fn anything(row: &OutboxRow) -> Option<Chosen> {
    let kind = ChannelKind::ALL.iter().copied().find(|kind| kind.means() == row.channel)?;
    let mut settings = ChannelSettings::usual(kind);
    settings.url = "https://not-set-up.invalid".to_owned();
    settings.from = "ReturnDesk <returns@not-set-up.invalid>".to_owned();
    let row = store::channel::ChannelRow {
        id: ChannelId::from_raw(0),
        kind: kind.as_str().to_owned(),
        name: String::new(),
        active: true,
        settings: String::new(),
        secret: None,
        rests_until: row.created_at,
        last_ok_at: None,
        last_failed_at: None,
        last_code: String::new(),
        last_detail: String::new(),
        created_at: row.created_at,
        version: 0,
    };
    Some(Chosen { row, kind, settings })
}

// What was to be said later is not said of a case that ended meanwhile.
fn is_over(conn: &Conn, row: &OutboxRow) -> Result<bool, Error> {
    let Some(rma) = row.rma_id else { return Ok(false) };
    Ok(store::rma::find(conn, rma)?.is_some_and(|rma| rma.closed_at.is_some()))
}

fn sending(
    conn: &Conn,
    row: OutboxRow,
    chosen: Chosen,
    content: &Content,
    body: serde_json::Value,
) -> Result<Sending, Error> {
    let (to, lang) = receiver(conn, &row, content)?;
    let params = content.sms.params.iter().map(|(name, value)| (name.clone(), value.get(lang).to_owned()));
    Ok(Sending {
        outbox: row.id,
        channel: Some(chosen.row.id).filter(|id| id.get() != 0),
        kind: chosen.kind,
        settings: chosen.settings,
        sealed: chosen.row.secret,
        to,
        subject: content.subject.get(lang).to_owned(),
        text: content.body.get(lang).to_owned(),
        link: link(conn, &row)?,
        link_title: Text::new("打开处理", "Open it").get(lang).to_owned(),
        template: content.sms.template.clone(),
        params: params.collect(),
        key: row.key,
        body,
    })
}

/// Whom it reaches: a customer as the case says, staff by what their account says.
pub(super) fn receiver(conn: &Conn, row: &OutboxRow, content: &Content) -> Result<(Option<String>, Lang), Error> {
    if row.audience == "trial" {
        let lang = match row.person_id {
            Some(person) => store::person::find(conn, person)?.map_or(Lang::Zh, |person| person.lang),
            None => Lang::Zh,
        };
        return Ok((Some(content.receiver.clone()).filter(|to| !to.is_empty()), lang));
    }
    if let Some(person) = row.person_id {
        let lang = store::person::find(conn, person)?.map_or(Lang::Zh, |person| person.lang);
        let (email, phone) = store::person::reach(conn, person)?.unwrap_or_default();
        let to = if row.channel == "email" { email } else { phone };
        return Ok((Some(to).filter(|to| !to.is_empty()), lang));
    }
    let contact = match row.contact_id {
        Some(contact) => store::contact::find(conn, contact)?,
        None => None,
    };
    let to = contact.and_then(|contact| if row.channel == "email" { contact.email } else { contact.phone });
    Ok((to, Lang::Zh))
}

/// Leads staff to the newest open to-do of the person or role on the case, or to the case. The customer's link stands in
/// the words themselves.
fn link(conn: &Conn, row: &OutboxRow) -> Result<Option<String>, Error> {
    let desk = crate::channel::read::desk_url(conn)?;
    let (true, false, Some(rma)) = (row.audience == "staff", desk.is_empty(), row.rma_id) else { return Ok(None) };
    let own = |task: &&store::task::TaskRow| {
        task.assignee_id.is_some_and(|one| row.person_id == Some(one))
            || (!row.role.is_empty() && task.role == row.role)
    };
    let open = store::task::open_of_rma(conn, rma)?;
    let newest = open.iter().filter(own).max_by_key(|task| task.id);
    Ok(Some(match newest {
        Some(task) => format!("{desk}/desk/tasks/{}", task.id),
        None => format!("{desk}/desk/rmas/{rma}"),
    }))
}
