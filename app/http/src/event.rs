//! The live stream: topics of committed changes, at most a few times a second, only those the caller may hear of.

mod stream;
mod streams;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use contract::event::STREAM;
use futures_util::stream::unfold;

use crate::answer::Reply;
use crate::doc::Doc;
use crate::event::stream::Listener;
use crate::extract::Caller;
use crate::registry::Area;
use crate::state::Server;

pub(crate) use streams::Streams;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&STREAM, Doc::raw("text/event-stream"), open);
}

async fn open(server: Server, caller: Caller) -> Reply {
    let seat = server.streams.take(caller.actor())?;
    let listener = Listener::new(&server, caller, seat);
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, "text/event-stream"));
    response.insert_header((CACHE_CONTROL, "no-store"));
    // A proxy that collects answers would hold the topics back.
    response.insert_header(("x-accel-buffering", "no"));
    Ok(response.streaming(unfold(listener, Listener::next)))
}
