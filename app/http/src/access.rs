//! Before a handler sees a request: who calls, whether the request comes from our pages, whether the route is for them.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest};
use contract::{Access, Route};
use domain::{Lang, Permission};
use operations::error::Refusal;
use operations::session::{self, Credential, SignedIn};
use operations::{Actor, App, Call, Error, secret};

use crate::cookie;
use crate::error::Failure;
use crate::extract::Caller;
use crate::origin;
use crate::state::{Server, State};

/// The header that carries the session's CSRF token.
const CSRF_HEADER: &str = "x-csrf-token";

/// Lets a request through to the handler of `route`, or refuses it.
pub(crate) async fn guard<B: MessageBody + 'static>(
    route: &'static Route,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody + 'static>, actix_web::Error> {
    match check(route, request.request()) {
        Ok(caller) => {
            if let Some(caller) = caller {
                request.extensions_mut().insert(caller);
            }
            Ok(next.call(request).await?.map_into_left_body())
        }
        Err(failure) => Ok(request.error_response(failure).map_into_right_body()),
    }
}

fn check(route: &Route, request: &HttpRequest) -> Result<Option<Caller>, Failure> {
    let Some(state) = request.app_data::<Server>() else {
        return Err(Error::internal("no state").into());
    };
    let bearer = bearer(request);
    if !route.method.is_safe() && bearer.is_none() && !origin::is_own(state, request) {
        return Err(cross_site());
    }
    if matches!(route.access, Access::Public | Access::Customer) {
        return Ok(None);
    }
    let caller = authenticate(state, request, bearer)?;
    if !route.method.is_safe() {
        check_csrf(&caller, request)?;
    }
    note_use(&state.app, &caller.signed_in);
    permit(route, caller.actor())?;
    Ok(Some(caller))
}

/// Who calls; the person's language counts, a system names its own.
pub(crate) fn authenticate(state: &State, request: &HttpRequest, bearer: Option<&str>) -> Result<Caller, Failure> {
    let credential = match bearer {
        Some(token) => Credential::Bearer(token),
        None => Credential::Session(cookie::session_token(state, request).ok_or(Error::Unauthenticated)?),
    };
    let signed_in = session::authenticate(&state.app, credential)?;
    let lang = match signed_in.actor.person() {
        Some(_) => signed_in.actor.lang,
        None => request_lang(request),
    };
    request.extensions_mut().insert(lang);
    Ok(Caller { signed_in, lang })
}

/// The bearer token of a system, if the request carries one.
pub(crate) fn bearer(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The language a request asks for.
pub(crate) fn request_lang(request: &HttpRequest) -> Lang {
    let header = request.headers().get("accept-language").and_then(|value| value.to_str().ok());
    Lang::from_header(header.unwrap_or_default())
}

// A page of another origin can make the browser send the cookie, but cannot read or guess this header.
fn check_csrf(caller: &Caller, request: &HttpRequest) -> Result<(), Failure> {
    let Some(session) = &caller.signed_in.session else { return Ok(()) };
    let sent = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    if sent.and_then(secret::hash) == Some(session.csrf_hash) {
        return Ok(());
    }
    let refusal = Refusal::new("csrf", "页面已过期", "the page is out of date");
    Err(Failure::request(StatusCode::FORBIDDEN, refusal.help("请刷新页面后重试", "reload the page and try again")))
}

fn cross_site() -> Failure {
    let refusal = Refusal::new("cross_site", "请求来自其他网站，已拒绝", "the request comes from another site");
    Failure::request(StatusCode::FORBIDDEN, refusal)
}

fn permit(route: &Route, actor: &Actor) -> Result<(), Error> {
    let some: &[Permission] = match &route.access {
        Access::Public | Access::Customer | Access::SignedIn => return Ok(()),
        Access::Needs(permission) => std::slice::from_ref(permission),
        Access::NeedsOne(some) => some,
    };
    if some.iter().any(|permission| actor.may_somewhere(*permission)) {
        return Ok(());
    }
    some.first().map_or(Ok(()), |permission| Err(Error::Forbidden(*permission)))
}

fn note_use(app: &App, signed_in: &SignedIn) {
    let Some(id) = signed_in.use_at(app.now()) else { return };
    let app = app.clone();
    actix_web::rt::spawn(async move {
        let touched = app.run(Call::system("session.touch"), move |tx, ctx| session::touch::touch(tx, ctx, id)).await;
        if let Err(error) = touched {
            tracing::debug!(%error, session.id = id.get(), "a session's use was not noted");
        }
    });
}
