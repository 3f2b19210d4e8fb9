//! How answers are wrapped.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use operations::Answer;
use serde::Serialize;

/// What every handler of a route returns.
pub(crate) type Reply = Result<HttpResponse, crate::error::Failure>;

/// Says that the answer is the one given to the same key before.
const REPLAYED: &str = "idempotency-replayed";

/// 200 with a view.
pub(crate) fn ok(view: &impl Serialize) -> Reply {
    Ok(HttpResponse::Ok().json(view))
}

/// 201 with the view of what a command made.
pub(crate) fn created<T>(answer: &Answer<T>, view: &impl Serialize) -> Reply {
    with_status(StatusCode::CREATED, answer, view)
}

/// 200 with the view of what a command changed.
pub(crate) fn changed<T>(answer: &Answer<T>, view: &impl Serialize) -> Reply {
    with_status(StatusCode::OK, answer, view)
}

/// 204 for a command with nothing to show.
pub(crate) fn done<T>(answer: &Answer<T>) -> Reply {
    let mut response = HttpResponse::NoContent();
    if answer.replayed {
        response.insert_header((REPLAYED, "true"));
    }
    Ok(response.finish())
}

fn with_status<T>(status: StatusCode, answer: &Answer<T>, view: &impl Serialize) -> Reply {
    let mut response = HttpResponse::build(status);
    if answer.replayed {
        response.insert_header((REPLAYED, "true"));
    }
    Ok(response.json(view))
}
