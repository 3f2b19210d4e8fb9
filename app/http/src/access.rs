//! Before a handler sees a request: who calls, whether the request comes from our pages, whether the route is for them.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest};
use contract::session::{CHANGE_PASSWORD, REVOKE_SESSION};
use contract::station::{HAND_OVER, MADE_AT_HEADER, SHIFT_HEADER};
use contract::{Access, Route};
use domain::{Lang, Permission, Timestamp};
use operations::error::Refusal;
use operations::session::{self, Credential, SignedIn};
use operations::station::attribute::{Attributed, attribute};
use operations::{Actor, App, Call, Error, secret, station};

use crate::cookie;
use crate::error::Failure;
use crate::extract::{Caller, KEY_HEADER};
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
    let known = authenticate(state, request, bearer).and_then(|caller| match route.method.is_safe() {
        true => Ok(caller),
        false => check_csrf(&caller, request).map(|()| caller),
    });
    let mut caller = match known {
        Ok(caller) => caller,
        Err(_) if bearer.is_none() && may_be_repeated(route, state, request)? => return Ok(None),
        Err(failure) => return Err(failure),
    };
    if !route.method.is_safe() {
        caller.made_by = made_by(state, request, &caller)?;
    }
    note_use(&state.app, &caller.signed_in);
    permit(route, caller.acting())?;
    Ok(Some(caller))
}

// A hand-over ends the session it was sent with. Sent again under its key, because its answer was lost, it proves itself by
// the station's cookie, badge and PIN, and gets nothing but the first answer. A bearer is no browser of a station's, and would get
// past the question where the request comes from.
fn may_be_repeated(route: &Route, state: &State, request: &HttpRequest) -> Result<bool, Failure> {
    if route.operation != HAND_OVER.operation || !request.headers().contains_key(KEY_HEADER) {
        return Ok(false);
    }
    let Some(hash) = cookie::station_token(state, request).and_then(secret::hash) else { return Ok(false) };
    Ok(state.app.read(|conn| station::of_cookie(conn, &hash))?.is_some())
}

// A station that was without network sends facts later: they are of whoever worked when they were made.
fn made_by(state: &State, request: &HttpRequest, caller: &Caller) -> Result<Option<Attributed>, Failure> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(shift) = header(SHIFT_HEADER).filter(|_| caller.actor().station.is_some()) else { return Ok(None) };
    let at = header(MADE_AT_HEADER).and_then(|text| text.parse().ok()).map(Timestamp::from_ms);
    let (app, sender) = (&state.app, &caller.signed_in.actor);
    let now = app.now();
    let found = app.read(|conn| attribute(conn, &app.definitions(), sender, shift, (at, now)))?;
    Ok(Some(found).filter(|found| found.sent_by.is_some() || found.actor.station != sender.station))
}

/// Who calls; the person's language counts, a system names its own.
pub(crate) fn authenticate(state: &State, request: &HttpRequest, bearer: Option<&str>) -> Result<Caller, Failure> {
    let credential = match bearer {
        Some(token) => Credential::Bearer(token),
        None => Credential::Session(cookie::session_token(state, request).ok_or(Error::Unauthenticated)?),
    };
    let signed_in = session::authenticate(&state.app, credential)?;
    // An operator's session is worth nothing outside its station.
    if let Some(bound) = signed_in.session.as_ref().and_then(|session| session.station_hash) {
        let station = cookie::station_token(state, request).and_then(secret::hash);
        if station != Some(bound) {
            return Err(Error::Unauthenticated.into());
        }
    }
    let lang = match signed_in.actor.person() {
        Some(_) => signed_in.actor.lang,
        None => request_lang(request),
    };
    request.extensions_mut().insert(lang);
    Ok(Caller { signed_in, lang, made_by: None })
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

// What is about the account itself needs the password's session: badge and PIN are for work.
const ACCOUNT: [&str; 3] =
    [CHANGE_PASSWORD.operation, REVOKE_SESSION.operation, contract::station::SET_OWN_PIN.operation];

fn at_station() -> Failure {
    let refusal = Refusal::new("not_at_a_station", "工位登录不能更改账号", "an account is not changed from a station");
    let help = refusal.help("请用登录名和密码登录后操作", "sign in with name and password to do this");
    Failure::request(StatusCode::FORBIDDEN, help)
}

fn permit(route: &Route, actor: &Actor) -> Result<(), Failure> {
    if actor.station.is_some() && ACCOUNT.contains(&route.operation) {
        return Err(at_station());
    }
    let some: &[Permission] = match &route.access {
        Access::Public | Access::Customer | Access::SignedIn => return Ok(()),
        Access::Needs(permission) => std::slice::from_ref(permission),
        Access::NeedsOne(some) => some,
    };
    if some.iter().any(|permission| actor.may_somewhere(*permission)) {
        return Ok(());
    }
    some.first().map_or(Ok(()), |permission| Err(Error::Forbidden(*permission).into()))
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
