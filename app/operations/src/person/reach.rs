//! How a person is reached outside the desk: by mail and by phone, for messages that rules send to staff.

use domain::{Permission, PersonId};
use serde_json::json;
use store::{Conn, Tx};

use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::person;
use crate::person::add::person_event;

/// Longest address and number, in characters.
const MAX_CHARS: usize = 200;

/// Mail address and phone; each empty when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The mail address.
    pub email: String,
    /// The phone.
    pub phone: String,
}

/// How a person is reached.
///
/// # Errors
/// `NotFound`, also for those who may not know of persons.
pub fn read(conn: &Conn, actor: &Actor, id: PersonId) -> Result<Reach, Error> {
    if !actor.may(Permission::PersonManage, None, None) {
        return Err(Error::NotFound("person"));
    }
    let (email, phone) = store::person::reach(conn, id)?.ok_or(Error::NotFound("person"))?;
    Ok(Reach { email, phone })
}

/// Says how a person is reached.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for what is no address or number.
pub fn set(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: PersonId, cmd: &Reach) -> Result<(), Error> {
    person::require_manager(ctx)?;
    let (email, phone) = (cmd.email.trim(), cmd.phone.trim());
    let host = email.rsplit_once('@').filter(|(name, _)| !name.is_empty()).map(|(_, host)| host);
    let mail_fits = host.is_some_and(|host| host.contains('.')) && !email.contains(char::is_whitespace);
    if !email.is_empty() && (!mail_fits || email.chars().count() > MAX_CHARS) {
        let refusal = Refusal::new("address_malformed", "不是邮箱地址", "not a mail address");
        return Err(Error::invalid(refusal.at("email")));
    }
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let phone_fits = phone.chars().all(|letter| letter.is_ascii_digit() || "+- ".contains(letter));
    if !phone.is_empty() && (!phone_fits || !(5..=20).contains(&digits)) {
        let refusal = Refusal::new("phone_malformed", "不是电话号码", "not a phone number");
        return Err(Error::invalid(refusal.at("phone")));
    }
    if !store::person::set_reach(tx, id, email, phone)? {
        return Err(Error::NotFound("person"));
    }
    ctx.record(person_event(id, json!({ "change": "reach" })));
    Ok(())
}
