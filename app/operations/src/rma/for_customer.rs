//! How a case stands in the customer's own words, for staff who tell them somewhere else: on the phone, in a shop's chat.

use domain::state::{CaseState, ParcelState};
use domain::{Permission, RmaId, Text, Timestamp};

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::portal::case::{self, CustomerCase};

/// What the customer does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Answers the question.
    Answer,
    /// Sends the goods and gives the waybill.
    SendBack,
    /// Waits for the parcel that is on its way.
    OnItsWay,
    /// Waits for the shop.
    Wait,
    /// Rates it.
    Rate,
    /// Asks again, if they still need it.
    AskAgain,
    /// Nothing.
    Nothing,
}

/// What a customer is told.
#[derive(Clone, Debug)]
pub struct ForCustomer {
    /// The case's number.
    pub number: String,
    /// The shop's name.
    pub shop: Text,
    /// What goes on, as the customers' page says it.
    pub status: Text,
    /// What was asked of them and is not answered.
    pub question: Option<String>,
    /// What they do next.
    pub next: Next,
    /// By when the step that goes on should be done.
    pub due_at: Option<Timestamp>,
    /// The shop's offset from UTC now, in minutes.
    pub offset_minutes: i32,
    /// Whether what they wrote holds no Chinese: they are told in English.
    pub writes_english: bool,
}

/// Reads what the customer of a case is told.
///
/// # Errors
/// `NotFound`, also for a case out of the reader's scope.
pub fn read(app: &App, actor: &Actor, id: RmaId) -> Result<ForCustomer, Error> {
    let rma = app.read(|conn| store::rma::find(conn, id).map_err(Error::from))?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    let found = case::view(app, actor, id)?;
    let definitions = app.definitions();
    let shop = definitions.masters.shop(rma.shop_id).map(|shop| shop.name.clone()).unwrap_or_default();
    // A date that has passed is no promise any more.
    let due_at = rma.due_at.filter(|due| !rma.state.is_final() && found.question.is_none() && *due > app.now());
    Ok(ForCustomer {
        number: rma.number.clone(),
        shop,
        status: found.status.clone(),
        question: found.question.as_ref().map(|(words, _)| words.clone()),
        next: next(&found),
        due_at,
        offset_minutes: definitions.masters.offset_minutes(rma.shop_id, app.now()),
        writes_english: writes_english(own_words(&found)),
    })
}

// In the order in which the customers' page says what comes next.
fn next(found: &CustomerCase) -> Next {
    let on_its_way = found.parcels.iter().any(|parcel| parcel.state == ParcelState::Announced);
    match found.rma.state {
        CaseState::NeedsInfo if found.question.is_some() => Next::Answer,
        _ if found.may_rate && found.rating.is_none() => Next::Rate,
        CaseState::Withdrawn | CaseState::Rejected => Next::AskAgain,
        CaseState::Closed => Next::Nothing,
        _ if found.may_give_tracking && on_its_way => Next::OnItsWay,
        _ if found.may_give_tracking => Next::SendBack,
        _ => Next::Wait,
    }
}

fn own_words(found: &CustomerCase) -> impl Iterator<Item = &str> {
    let own = found.messages.iter().filter(|message| message.note.author == "customer");
    own.map(|message| message.note.body.as_str())
}

/// Whether a customer wrote to the shop, and nothing of it in Chinese.
pub(super) fn writes_english<'n>(own: impl Iterator<Item = &'n str>) -> bool {
    let mut own = own.peekable();
    own.peek().is_some() && own.all(|words| !words.chars().any(is_han))
}

const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}
