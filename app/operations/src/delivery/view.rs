//! Messages as a page shows them: to whom, what, every try with its reason; what a reader may not know is absent.

use domain::{ChannelId, OutboxId, Permission, RmaId, ShopId, Text, Timestamp};
use engine::channel::ChannelKind;
use store::Conn;
pub use store::caught_message::CaughtRow;
use store::outbox::OutboxRow;
pub use store::outbox::{AttemptRow, Wanted};

use super::begin::{Content, receiver};
use crate::actor::Actor;
use crate::channel::read::{READERS, require};
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{self, Sight};

/// A message in a list.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: OutboxId,
    /// sms, email, webhook or robot.
    pub means: String,
    /// The channel it went by last.
    pub channel: Option<ChannelId>,
    /// customer, staff, system or trial.
    pub audience: String,
    /// The role it speaks to, or empty.
    pub role: String,
    /// pending, sent, failed, unknown, dead or cancelled.
    pub state: String,
    /// What it waits for: quiet, rate, rest, no_channel, or empty.
    pub held: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_attempt_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
    /// Its case, for whoever may see it.
    pub case: Option<(RmaId, String)>,
    /// Whom it reaches, as the reader may see it.
    pub receiver: Option<String>,
    /// Whom it reaches on the desk.
    pub person: Option<String>,
    /// The subject, for whoever may see the case.
    pub subject: Option<Text>,
    /// The words, for whoever may see the case.
    pub text: Option<Text>,
    /// The rule's message.
    pub message: String,
}

/// A page of messages, newest first.
///
/// # Errors
/// `Forbidden`.
pub fn page(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    wanted: &Wanted,
    before: Option<OutboxId>,
    limit: u32,
) -> Result<Vec<Message>, Error> {
    require(actor)?;
    let scope = gate::rows_any(actor, READERS);
    let ready = ready(conn)?;
    let rows = store::outbox::page(conn, &scope, wanted, before, limit)?;
    rows.into_iter().map(|row| message(conn, actor, definitions, &ready, row)).collect()
}

/// One message and its tries, newest first.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub fn one(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    id: OutboxId,
) -> Result<(Message, Vec<AttemptRow>), Error> {
    require(actor)?;
    let row = store::outbox::find(conn, id)?.ok_or(Error::NotFound("outbox"))?;
    let shop = (row.shop_id != 0).then(|| ShopId::from_raw(row.shop_id));
    if !gate::rows_any(actor, READERS).admits(shop, None) {
        return Err(Error::NotFound("outbox"));
    }
    let message = message(conn, actor, definitions, &ready(conn)?, row)?;
    Ok((message, store::outbox::attempts(conn, id)?))
}

/// How many are pending, failed, unknown and dead, each counted to 1,000.
///
/// # Errors
/// `Forbidden`.
pub fn counts(conn: &Conn, actor: &Actor) -> Result<[u32; 4], Error> {
    require(actor)?;
    Ok(store::outbox::counts(conn)?)
}

/// What was caught, newest first; receivers masked as the reader's role says, the content of cases they may not see left
/// out.
///
/// # Errors
/// `Forbidden` for whoever may not change channels.
pub fn caught(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    before: Option<domain::EffectId>,
    limit: u32,
) -> Result<Vec<CaughtRow>, Error> {
    if !actor.may(Permission::MasterEdit, None, None) {
        return Err(Error::Forbidden(Permission::MasterEdit));
    }
    let rows = store::caught_message::page(conn, before, limit)?;
    rows.into_iter().map(|row| veiled(conn, actor, definitions, row)).collect()
}

fn veiled(conn: &Conn, actor: &Actor, definitions: &Definitions, row: CaughtRow) -> Result<CaughtRow, Error> {
    let Some(message) = store::outbox::find(conn, row.outbox_id)? else { return Ok(row) };
    if !sees_case(conn, actor, &message)? {
        let nothing = String::new;
        return Ok(CaughtRow { receiver: nothing(), subject: nothing(), text: nothing(), raw: nothing(), ..row });
    }
    let sight = sight(conn, actor, definitions, &message)?;
    if sight == Sight::Whole || row.receiver.is_empty() {
        return Ok(row);
    }
    let receiver = gate::shown(sight, Some(row.receiver.clone())).unwrap_or_default();
    Ok(CaughtRow { raw: row.raw.replace(&row.receiver, &receiver), receiver, ..row })
}

/// Whether a reader may see the case that a message is about, if it is about one.
fn sees_case(conn: &Conn, actor: &Actor, row: &OutboxRow) -> Result<bool, Error> {
    let Some(id) = row.rma_id else { return Ok(true) };
    let rma = store::rma::find(conn, id)?;
    Ok(rma.is_none_or(|rma| actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id)))
}

/// How a message's receiver comes to a reader: a customer's as the case's contact does.
fn sight(conn: &Conn, actor: &Actor, definitions: &Definitions, row: &OutboxRow) -> Result<Sight, Error> {
    if row.audience != "customer" {
        return Ok(Sight::Whole);
    }
    let rma = match row.rma_id {
        Some(id) => store::rma::find(conn, id)?,
        None => None,
    };
    let place = rma.map_or((None, None), |rma| (Some(rma.shop_id), rma.warehouse_id));
    let field = if row.channel == "email" { "contact.email" } else { "contact.phone" };
    Ok(gate::sight(definitions, actor, Permission::RmaView, place, field))
}

/// The means that something leaves by.
fn ready(conn: &Conn) -> Result<Vec<&'static str>, Error> {
    let active = store::channel::all(conn)?.into_iter().filter(|row| row.active);
    Ok(active.filter_map(|row| ChannelKind::parse(&row.kind)).map(ChannelKind::means).collect())
}

fn message(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    ready: &[&str],
    row: OutboxRow,
) -> Result<Message, Error> {
    let content: Content = serde_json::from_str(&row.body).unwrap_or_default();
    let rma = match row.rma_id {
        Some(id) => store::rma::find(conn, id)?,
        None => None,
    };
    let place = rma.as_ref().map_or((None, None), |rma| (Some(rma.shop_id), rma.warehouse_id));
    let sees_case = rma.is_none() || actor.may(Permission::RmaView, place.0, place.1);
    let sight = sight(conn, actor, definitions, &row)?;
    let (to, _) = receiver(conn, &row, &content)?;
    let person = match row.person_id {
        Some(id) => store::person::find(conn, id)?.map(|person| person.display_name),
        None => None,
    };
    let name: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
    let stuck = row.state == "pending" && row.held.is_empty() && row.attempts == 0;
    let held = if stuck && row.audience != "trial" && !ready.contains(&row.channel.as_str()) {
        "no_channel".to_owned()
    } else {
        row.held.clone()
    };
    Ok(Message {
        id: row.id,
        means: row.channel,
        channel: row.channel_id,
        audience: row.audience,
        role: row.role,
        state: row.state,
        held,
        attempts: row.attempts,
        next_attempt_at: row.next_attempt_at,
        created_at: row.created_at,
        case: rma.filter(|_| sees_case).map(|rma| (rma.id, rma.number)),
        receiver: gate::shown(sight, to),
        person,
        subject: sees_case.then_some(content.subject),
        text: sees_case.then_some(content.body),
        message: name["message"].as_str().unwrap_or_default().to_owned(),
    })
}
