//! What the customer of a case says: messages and the rating.

use actix_web::HttpRequest;
use contract::portal::{PortalMessageRequest, PortalRateRequest};
use operations::portal::{message, rate};

use super::proof::{customer, own_call};
use super::show;
use crate::answer::Reply;
use crate::extract::{Json, Key};
use crate::state::Server;

pub(super) async fn say(server: Server, request: HttpRequest, key: Key, wanted: Json<PortalMessageRequest>) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    let Json(wanted) = wanted;
    let command = message::Say { rma: link.rma, text: wanted.text, attachments: wanted.attachments };
    let call = own_call(actor.clone(), "portal.message", &key);
    server.app.run(call, move |tx, ctx| message::say(tx, ctx, &command)).await?;
    show(&server, &actor, link)
}

pub(super) async fn give_rating(
    server: Server,
    request: HttpRequest,
    key: Key,
    wanted: Json<PortalRateRequest>,
) -> Reply {
    let (link, actor) = customer(&server, &request)?;
    let Json(wanted) = wanted;
    let command = rate::Rate { rma: link.rma, score: wanted.score, comment: wanted.comment };
    let call = own_call(actor.clone(), "portal.rate", &key);
    server.app.run(call, move |tx, ctx| rate::rate(tx, ctx, &command)).await?;
    show(&server, &actor, link)
}
