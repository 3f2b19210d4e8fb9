//! The order that a customer proves, with the form it fills.

use domain::{ContactId, Lang, OrderId, ShopId};
use engine::form::{Audience, Context, Form};
use store::Conn;
use store::case_facts::OrderFacts;
use store::contact::key;
use store::rma::RmaRow;

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::masters::Masters;

/// Digits of a phone that prove an order.
const TAIL_DIGITS: usize = 4;

/// What a customer proves an order with: its number, or that of a request made on it, and the phone or the nickname.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The shop's code; empty when the customer does not know it.
    pub shop: String,
    /// The order's number or the request's.
    pub number: String,
    /// The last digits of its phone.
    pub phone_tail: String,
    /// The buyer's name on the platform, asked when no digits are given.
    pub nickname: String,
}

/// An order as its buyer sees it.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The shop.
    pub shop: ShopId,
    /// Its facts.
    pub order: OrderFacts,
    /// The form, projected for customers.
    pub form: Form,
    /// What the form is filled in with.
    pub context: Context,
    /// The cases on it.
    pub cases: Vec<RmaRow>,
}

/// Opens an order.
///
/// # Errors
/// As `prove`.
pub fn open(app: &App, lang: Lang, proof: &Proof) -> Result<Proven, Error> {
    let definitions = app.definitions();
    let form = definitions.current()?.template.case_form().cloned().ok_or(Error::NotFound("form"))?;
    app.read(|conn: &Conn| {
        let order = prove(conn, &definitions.masters, proof)?;
        let actor = Actor::buyer(order.id, lang);
        let lines = store::case_facts::claim_lines(conn, order.id)?;
        let context = crate::rma::form_check::context_for(&actor, &definitions, app.now(), &order, &lines);
        let cases = store::portal_token::cases_of_order(conn, order.id)?;
        let form = engine::form::project(&form, Audience::Portal);
        Ok(Proven { shop: order.shop_id, order, form, context, cases })
    })
}

/// The id of the order that is proven.
///
/// # Errors
/// As `prove`.
pub fn proven_id(app: &App, proof: &Proof) -> Result<OrderId, Error> {
    let definitions = app.definitions();
    app.read(|conn: &Conn| Ok(prove(conn, &definitions.masters, proof)?.id))
}

/// The order that a customer proves. INVARIANT (A1): the only way from a customer to an order.
///
/// # Errors
/// `Invalid`: a field that cannot be what it is asked for; one answer for an unknown order and a wrong proof; the shop
/// when several orders are proven.
pub(crate) fn prove(conn: &Conn, masters: &Masters, proof: &Proof) -> Result<OrderFacts, Error> {
    let wanted = Wanted::read(proof)?;
    let named = wanted.shop.map(|code| masters.shop_by_code(code).filter(|shop| shop.active).map(|shop| shop.id));
    let is_open = |shop: ShopId| match named {
        Some(named) => named == Some(shop),
        None => masters.shop(shop).is_ok_and(|shop| shop.active),
    };
    let mut proven = Vec::new();
    let found = candidates(conn, &wanted.number)?;
    // An unknown number costs the reads of a known one, so that the time taken tells nothing of what exists.
    let looked_at = if found.is_empty() { vec![OrderId::from_raw(0)] } else { found };
    for id in looked_at {
        let order = store::case_facts::order(conn, id)?;
        let contact = order.as_ref().and_then(|order| order.contact_id).unwrap_or(ContactId::from_raw(0));
        let knows = wanted.knows(conn, order.as_ref(), contact)?;
        proven.extend(order.filter(|order| knows && is_open(order.shop_id)));
    }
    let mut proven = proven.into_iter();
    match (proven.next(), proven.next()) {
        (Some(order), None) => Ok(order),
        (Some(_), Some(_)) => Err(Error::invalid(
            Refusal::new(
                "shop_needed",
                "这个订单号在多家店铺都有，请选择店铺",
                "several shops have an order with this number; choose the shop",
            )
            .at("shop"),
        )),
        (None, _) => Err(no_such_order()),
    }
}

// By the order's own number as typed or in capitals; else by the number of a request made on it.
fn candidates(conn: &Conn, number: &str) -> Result<Vec<OrderId>, Error> {
    let capitals = number.to_uppercase();
    let orders = store::case_facts::orders_by_number(conn, number, &capitals)?;
    if !orders.is_empty() {
        return Ok(orders);
    }
    let Some(rma) = store::rma::by_number(conn, &capitals)? else { return Ok(orders) };
    Ok(store::rma::find(conn, rma)?.and_then(|rma| rma.order_id).into_iter().collect())
}

/// A proof that can be looked up.
struct Wanted<'p> {
    shop: Option<&'p str>,
    number: String,
    tail: Option<String>,
    nickname: Option<String>,
}

impl<'p> Wanted<'p> {
    fn read(proof: &'p Proof) -> Result<Self, Error> {
        let number = half_width(&proof.number);
        if number.is_empty() {
            let refusal = Refusal::new("number_needed", "请填写订单号", "give the order's number");
            return Err(Error::invalid(refusal.at("number")));
        }
        let tail = half_width(&proof.phone_tail);
        let nickname = key::folded(&proof.nickname);
        if tail.is_empty() && nickname.is_none() {
            let (zh, en) = ("请填写手机后四位或买家昵称", "give the last four digits of the phone, or the nickname");
            return Err(Error::invalid(Refusal::new("proof_needed", zh, en).at("phone_tail")));
        }
        let are_digits = tail.len() == TAIL_DIGITS && tail.bytes().all(|byte| byte.is_ascii_digit());
        if !tail.is_empty() && !are_digits {
            let (zh, en) = ("手机后四位是 4 个数字", "these are four digits");
            return Err(Error::invalid(Refusal::new("not_four_digits", zh, en).at("phone_tail")));
        }
        let shop = Some(proof.shop.trim()).filter(|shop| !shop.is_empty());
        Ok(Self { shop, number, tail: Some(tail).filter(|tail| !tail.is_empty()), nickname })
    }

    // What was given must hold, and all of it: a right nickname does not make up for wrong digits.
    fn knows(&self, conn: &Conn, order: Option<&OrderFacts>, contact: ContactId) -> Result<bool, Error> {
        let own = store::contact::find(conn, contact)?;
        let tail =
            self.tail.as_ref().is_none_or(|tail| own.as_ref().and_then(|own| own.phone_tail.as_ref()) == Some(tail));
        let Some(wanted) = &self.nickname else { return Ok(tail) };
        let mut nicknames: Vec<Option<String>> = vec![own.and_then(|own| own.nickname)];
        if let Some(customer) = order.and_then(|order| order.customer_id) {
            let buyer = store::customer::find(conn, customer)?.and_then(|customer| customer.contact_id);
            let buyer = buyer.map(|id| store::contact::find(conn, id)).transpose()?.flatten();
            nicknames.push(buyer.and_then(|buyer| buyer.nickname));
        }
        let is = |known: Option<String>| known.as_deref().and_then(key::folded).as_ref() == Some(wanted);
        Ok(tail && nicknames.into_iter().any(is))
    }
}

/// Full-width letters and digits, as a Chinese keyboard writes them, as plain ones; without spaces and a leading `#`.
fn half_width(text: &str) -> String {
    let plain = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    text.trim_start_matches('#').to_owned()
}

/// The one answer to an unknown order and a wrong proof.
#[must_use]
pub fn no_such_order() -> Error {
    Error::invalid(
        Refusal::new(
            "no_such_order",
            "没有找到订单，请核对订单号和手机后四位（或买家昵称）",
            "no such order; check its number and the last four digits of the phone, or the nickname",
        )
        .at("number"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_chinese_keyboard_writes_is_read() {
        assert_eq!(half_width(" ＃ＴＢ－１ 2３ "), "TB-123");
        assert_eq!(half_width("#A1"), "A1");
        assert_eq!(half_width("订单１"), "订单1");
    }

    #[track_caller]
    fn refused(proof: Proof, code: &str, field: &str) {
        let Err(Error::Invalid(refusal)) = Wanted::read(&proof).map(drop) else { panic!("{proof:?} was taken") };
        assert_eq!((refusal.code, refusal.fields[0].field.as_str()), (code, field));
    }

    #[test]
    fn what_cannot_be_right_names_its_field() {
        let proof = |number: &str, phone_tail: &str| Proof {
            number: number.to_owned(),
            phone_tail: phone_tail.to_owned(),
            ..Proof::default()
        };
        refused(proof(" ", "1234"), "number_needed", "number");
        refused(proof("A", ""), "proof_needed", "phone_tail");
        for tail in ["12a4", "123", "12345", "一二三四"] {
            refused(proof("A", tail), "not_four_digits", "phone_tail");
        }
        assert!(Wanted::read(&proof("A", "１２３４")).is_ok_and(|wanted| wanted.tail.as_deref() == Some("1234")));
        assert!(Wanted::read(&Proof { nickname: "小 李".to_owned(), ..proof("A", "") }).is_ok());
    }
}
