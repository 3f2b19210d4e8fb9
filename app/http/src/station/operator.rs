//! Operators come and go by badge and PIN.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{SET_COOKIE, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse};
use contract::station::{CLOSE_OPERATOR, OPEN_OPERATOR, OpenOperator as OpenRequest, OperatorView};
use operations::error::Refusal;
use operations::session::{self, Credential};
use operations::station::{self, attempt, badge, close, open, read};
use operations::{Actor, Call, Error, secret};

use super::view;
use crate::address;
use crate::answer::Reply;
use crate::cookie;
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Json, Key};
use crate::registry::Area;
use crate::state::{Server, State};

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&OPEN_OPERATOR, Doc::view::<OperatorView>(201).body::<OpenRequest>(), open_operator);
    area.add(&CLOSE_OPERATOR, Doc::nothing(), close_operator);
}

/// A session about to be opened, with the token only the browser gets.
pub(super) struct Checked {
    command: open::OpenOperator,
    token: String,
}

/// Counts the try, checks badge and PIN, and makes what opens the session. An unknown badge costs and says the same as a
/// wrong PIN.
pub(super) async fn check(server: &State, request: &HttpRequest, badge: &str, pin: String) -> Result<Checked, Failure> {
    server.limits.address(address::of(server, request))?;
    let cookie = cookie::station_token(server, request).and_then(secret::hash).ok_or_else(station::not_a_station)?;
    let found = server.app.read(|conn| station::of_cookie(conn, &cookie))?.ok_or_else(station::not_a_station)?;
    let (device, code_hash) = (found.id, badge::hash(badge));
    let call = Call::new(Arc::new(Actor::system()), "station.attempt");
    server.app.run(call, move |tx, ctx| attempt::attempt(tx, ctx, &code_hash, device)).await.map_err(blocked)?;
    let known = server.app.read(|conn| open::candidate(conn, &code_hash))?;
    let stored = known.as_ref().map(|candidate| candidate.pin_hash.clone());
    let right = server.hashing.verify_pin(stored, pin).await?;
    let Some(candidate) = known.filter(|_| right) else {
        tracing::info!(station.id = device.get(), "an operator was refused");
        return Err(wrong());
    };
    let token = secret::generate("")?;
    let hash = |text: &str| secret::hash(text).ok_or_else(|| Error::internal("a new token cannot be hashed"));
    let before = cookie::session_token(server, request);
    let before = before.and_then(|token| session::authenticate(&server.app, Credential::Session(token)).ok());
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let command = open::OpenOperator {
        device,
        candidate,
        token_hash: hash(&token)?,
        csrf_hash: hash(&secret::csrf_of(&token))?,
        ends: before.and_then(|caller| caller.session.as_ref().map(|session| session.id)),
        address: address::of(server, request).to_string(),
        agent: agent.unwrap_or_default().to_owned(),
    };
    Ok(Checked { command, token })
}

// The same words for an unknown badge and a wrong PIN.
fn wrong() -> Failure {
    let refusal = Refusal::new("wrong_badge_or_pin", "工牌或 PIN 不正确", "the badge or the PIN is wrong").help(
        "再扫一次工牌；忘记 PIN 请用密码登录后重设",
        "scan the badge again; a forgotten PIN is set anew after signing in with the password",
    );
    Failure::request(StatusCode::UNAUTHORIZED, refusal)
}

fn blocked(error: Error) -> Failure {
    match error {
        Error::TooMany { retry_after_ms } => {
            let minutes = (retry_after_ms.saturating_add(59_999) / 60_000).max(1);
            let refusal = Refusal::new(
                "operator_blocked",
                format!("PIN 多次错误，请 {minutes} 分钟后再试"),
                format!("too many wrong PINs; try again in {minutes} min"),
            )
            .help("或用登录名和密码登录一次即可解除", "or sign in once with name and password, which lifts it");
            Failure::request(StatusCode::TOO_MANY_REQUESTS, refusal)
        }
        other => other.into(),
    }
}

async fn open_operator(server: Server, request: HttpRequest, typed: Json<OpenRequest>) -> Reply {
    let Json(typed) = typed;
    let Checked { command, token } = check(&server, &request, &typed.badge, typed.pin).await?;
    let call = Call::new(Arc::new(nobody(&command)), "station.open_operator");
    server.app.run(call, move |tx, ctx| open::open(tx, ctx, &command)).await.map_err(changed_since)?;
    let (view, cookie) = opened(&server, &request, &token)?;
    let mut response = HttpResponse::Created();
    response.insert_header((SET_COOKIE, cookie));
    Ok(response.json(view))
}

/// Whoever opens a session has no rights before it is open.
pub(super) fn nobody(command: &open::OpenOperator) -> Actor {
    Actor {
        kind: operations::ActorKind::Person(command.candidate.person),
        name: String::new(),
        lang: domain::Lang::default(),
        grants: Vec::new(),
        order: None,
        station: None,
    }
}

// The badge or the PIN was changed while it was checked.
pub(super) fn changed_since(error: Error) -> Failure {
    match error {
        Error::Unauthenticated => wrong(),
        other => other.into(),
    }
}

/// The view of a session just opened, and the browser's cookie.
pub(super) fn opened(server: &State, request: &HttpRequest, token: &str) -> Result<(OperatorView, String), Failure> {
    let signed_in = session::authenticate(&server.app, Credential::Session(token))?;
    let caller = Caller { lang: signed_in.actor.lang, signed_in, made_by: None };
    let hash = cookie::station_token(server, request).and_then(secret::hash).ok_or_else(station::not_a_station)?;
    let here = server.app.read(|conn| read::here(conn, &hash))?.ok_or_else(station::not_a_station)?;
    let shift = here.shift.as_ref().and_then(|shift| view::shift(shift, &here.names));
    let view = OperatorView {
        caller: crate::view::caller(&caller, Some(secret::csrf_of(token)), &server.app.definitions()),
        shift: shift.ok_or(Error::Unauthenticated)?,
    };
    let lasts_ms = caller.signed_in.expires_at.map_or(0, |end| end.ms() - server.app.now().ms());
    Ok((view, cookie::set(server, request, token, lasts_ms)))
}

impl Checked {
    pub(super) fn into_parts(self) -> (open::OpenOperator, String) {
        (self.command, self.token)
    }
}

async fn close_operator(server: Server, request: HttpRequest, caller: Caller, key: Key) -> Reply {
    server.app.run(caller.call("station.close_operator", &key), close::close).await?;
    let mut response = HttpResponse::NoContent();
    response.insert_header((SET_COOKIE, cookie::clear(&server, &request)));
    Ok(response.finish())
}
