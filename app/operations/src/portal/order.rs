//! The order that a customer proves, with the form it fills.

use domain::{Lang, ShopId};
use engine::form::{Audience, Context, Form};
use store::Conn;
use store::case_facts::OrderFacts;
use store::rma::RmaRow;

use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::rma::form_check::order_for_filing;

/// What a customer proves an order with.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The shop's code.
    pub shop: String,
    /// The order's number.
    pub number: String,
    /// The last digits of its phone.
    pub phone_tail: String,
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
/// `NotFound`, the same for an unknown order and a wrong phone.
pub fn open(app: &App, lang: Lang, proof: &Proof) -> Result<Proven, Error> {
    let definitions = app.definitions();
    let masters = &definitions.masters;
    let shop = masters.shop_by_code(proof.shop.trim()).filter(|shop| shop.active).ok_or_else(no_such_order)?.id;
    let form = definitions.current()?.template.case_form().cloned().ok_or(Error::NotFound("form"))?;
    let actor = Actor::customer(None, lang);
    app.read(|conn: &Conn| {
        let tail = Some(proof.phone_tail.as_str());
        let found = order_for_filing(conn, &actor, masters, shop, &proof.number, tail);
        let (order, _) = found.map_err(|error| match error {
            Error::NotFound(_) => no_such_order(),
            other => other,
        })?;
        let lines = store::case_facts::claim_lines(conn, order.id)?;
        let context = crate::rma::form_check::context_for(&actor, &definitions, app.now(), &order, &lines);
        let cases = store::portal_token::cases_of_order(conn, order.id)?;
        let form = engine::form::project(&form, Audience::Portal);
        Ok(Proven { shop, order, form, context, cases })
    })
}

/// The one answer to an unknown order and a wrong phone.
#[must_use]
pub fn no_such_order() -> Error {
    Error::invalid(
        Refusal::new(
            "no_such_order",
            "没有找到订单，请核对店铺、订单号和手机后四位",
            "no such order; check the shop, the number and the last four digits of the phone",
        )
        .at("number"),
    )
}
