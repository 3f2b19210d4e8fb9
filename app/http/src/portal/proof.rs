//! Who a customer is: the proof of an order or the link to a case, both in headers, both limited.

use actix_web::HttpRequest;
use contract::portal::{CASE_TOKEN, ORDER_PROOF, OrderProof};
use domain::OrderId;
use operations::error::Refusal;
use operations::portal::link::Link;
use operations::portal::order::{Proof, no_such_order};
use operations::portal::{link, order};
use operations::{Actor, Call, Error};

use crate::access::request_lang;
use crate::address;
use crate::error::Failure;
use crate::extract::Key;
use crate::state::State;

/// What the request says it proves. Guessing is limited by address and by the number that is guessed at, whatever shop
/// is said along; who was right before from this address is not a guesser.
pub(super) fn proof(server: &State, request: &HttpRequest) -> Result<Proof, Failure> {
    let header = request.headers().get(ORDER_PROOF).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let said: OrderProof = serde_urlencoded::from_str(header).map_err(|_| no_such_order())?;
    let from = address::of(server, request);
    let OrderProof { shop, number, phone_tail, nickname } = said;
    let proof = Proof { shop, number, phone_tail, nickname };
    if server.limits.was_right(from, header) {
        server.limits.address(from)?;
    } else {
        server.limits.sign_in(from, &format!("order:{}", proof.number))?;
        order::proven_id(&server.app, &proof)?;
        server.limits.remember_right(from, header);
    }
    Ok(proof)
}

/// The order of the request's proof.
pub(crate) fn proven(server: &State, request: &HttpRequest) -> Result<(Proof, OrderId), Failure> {
    let proof = proof(server, request)?;
    let order = order::proven_id(&server.app, &proof)?;
    Ok((proof, order))
}

/// The case of the request's link.
pub(crate) fn customer(server: &State, request: &HttpRequest) -> Result<(Link, Actor), Failure> {
    let token = request.headers().get(CASE_TOKEN).and_then(|value| value.to_str().ok()).unwrap_or_default();
    link::customer(&server.app, token, request_lang(request)).map_err(|error| match error {
        Error::Unauthenticated => {
            let refusal = Refusal::new("link_expired", "链接已失效", "this link is over").help(
                "请用订单号和手机后四位重新查询",
                "find the order again by its number and the last four digits of the phone",
            );
            Failure::request(actix_web::http::StatusCode::UNAUTHORIZED, refusal)
        }
        other => other.into(),
    })
}

/// A command of whoever has proven an order.
pub(crate) fn call(request: &HttpRequest, order: OrderId, verb: &'static str, key: &Key) -> Call {
    own_call(Actor::buyer(order, request_lang(request)), verb, key)
}

/// A command of a customer.
pub(crate) fn own_call(actor: Actor, verb: &'static str, key: &Key) -> Call {
    Call { key: key.for_request(), ..Call::new(std::sync::Arc::new(actor), verb) }
}
