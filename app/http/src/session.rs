//! Signing in and out, the own password and language, the own sessions.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{SET_COOKIE, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse};
use contract::session::{
    CHANGE_LANGUAGE, CHANGE_PASSWORD, CallerView, ChangeLanguage, ChangePassword, LIST_SESSIONS, REVOKE_SESSION,
    SIGN_IN, SIGN_OUT, SessionView, SignIn, WHO_AM_I,
};
use domain::{PersonId, SessionId};
use operations::error::Refusal;
use operations::person::change_own_language::change_own_language;
use operations::person::change_own_password::{ChangeOwnPassword, change_own_password, wrong_current};
use operations::session::open::{self, Candidate, OpenSession};
use operations::session::{self, Credential, close, read};
use operations::{Actor, ActorKind, Call, Error, password, secret};

use crate::address;
use crate::answer::{Reply, done, ok};
use crate::cookie;
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::{Server, State};
use crate::view;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&SIGN_IN, Doc::view::<CallerView>(201).body::<SignIn>(), sign_in);
    area.add(&WHO_AM_I, Doc::view::<CallerView>(200), who_am_i);
    area.add(&SIGN_OUT, Doc::nothing(), sign_out);
    area.add(&CHANGE_PASSWORD, Doc::nothing().body::<ChangePassword>(), change_password);
    area.add(&CHANGE_LANGUAGE, Doc::nothing().body::<ChangeLanguage>(), change_language);
    area.add(&LIST_SESSIONS, Doc::list::<SessionView>(), list_sessions);
    area.add(&REVOKE_SESSION, Doc::nothing(), revoke_session);
}

async fn sign_in(server: Server, request: HttpRequest, typed: Json<SignIn>) -> Reply {
    let Json(typed) = typed;
    let address = address::of(&server, &request);
    server.limits.sign_in(address, &typed.name)?;
    let known = server.app.read(|conn| open::candidate(conn, &typed.name))?;
    let stored = known.as_ref().map(|candidate| candidate.password_hash.clone());
    let right = server.hashing.verify(stored, typed.password).await?;
    let Some(candidate) = known.filter(|_| right) else {
        tracing::info!("a sign-in was refused");
        return Err(wrong_credentials());
    };
    open_session(&server, &request, candidate).await
}

// The same words for an unknown name and a wrong password.
fn wrong_credentials() -> Failure {
    let refusal = Refusal::new("wrong_credentials", "登录名或密码不正确", "the name or the password is wrong");
    Failure::request(StatusCode::UNAUTHORIZED, refusal)
}

/// Opens a session for somebody whose password was checked, and gives the browser its cookie.
pub(crate) async fn open_session(server: &State, request: &HttpRequest, candidate: Candidate) -> Reply {
    let token = secret::generate("")?;
    let csrf_token = secret::csrf_of(&token);
    let hash = |text: &str| secret::hash(text).ok_or_else(|| Error::internal("a new token cannot be hashed"));
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let person = candidate.person;
    let command = OpenSession {
        candidate,
        token_hash: hash(&token)?,
        csrf_hash: hash(&csrf_token)?,
        address: address::of(server, request).to_string(),
        agent: agent.unwrap_or_default().to_owned(),
    };
    let kind = ActorKind::Person(person);
    let actor = Actor {
        kind,
        name: String::new(),
        lang: domain::Lang::default(),
        grants: Vec::new(),
        order: None,
        station: None,
    };
    let call = Call::new(Arc::new(actor), "session.open");
    server.app.run(call, move |tx, ctx| open::open(tx, ctx, &command)).await?;
    let signed_in = session::authenticate(&server.app, Credential::Session(&token))?;
    let caller = Caller { lang: signed_in.actor.lang, signed_in, made_by: None };
    let view = view::caller(&caller, Some(csrf_token), &server.app.definitions());
    let lasts_ms = caller.signed_in.expires_at.map_or(0, |end| end.ms() - server.app.now().ms());
    let mut response = HttpResponse::Created();
    response.insert_header((SET_COOKIE, cookie::set(server, request, &token, lasts_ms)));
    Ok(response.json(view))
}

async fn who_am_i(server: Server, request: HttpRequest, caller: Caller) -> Reply {
    let csrf_token = cookie::session_token(&server, &request).map(secret::csrf_of);
    ok(&view::caller(&caller, csrf_token, &server.app.definitions()))
}

async fn sign_out(server: Server, request: HttpRequest, caller: Caller, key: Key) -> Reply {
    if let Some(session) = &caller.signed_in.session {
        let id = session.id;
        server.app.run(caller.call("session.close", &key), move |tx, ctx| close::close(tx, ctx, id)).await?;
    }
    let mut response = HttpResponse::NoContent();
    response.insert_header((SET_COOKIE, cookie::clear(&server, &request)));
    Ok(response.finish())
}

async fn change_password(
    server: Server,
    request: HttpRequest,
    caller: Caller,
    key: Key,
    typed: Json<ChangePassword>,
) -> Reply {
    let Json(typed) = typed;
    let person = caller.actor().person().ok_or(Error::Unauthenticated)?;
    let account = format!("person:{person}");
    server.limits.sign_in(address::of(&server, &request), &account)?;
    password::check_new(&caller.actor().name, &typed.new, "new")?;
    let known = server.app.read(|conn| open::candidate_of(conn, person))?.ok_or(Error::Unauthenticated)?;
    if !server.hashing.verify(Some(known.password_hash.clone()), typed.current).await? {
        return Err(wrong_current().into());
    }
    let command = ChangeOwnPassword {
        checked_hash: known.password_hash,
        new_hash: server.hashing.hash(typed.new).await?,
        keep: caller.signed_in.session.as_ref().map(|session| session.id),
    };
    let call = caller.call("person.change_own_password", &key);
    done(&server.app.run(call, move |tx, ctx| change_own_password(tx, ctx, &command)).await?)
}

async fn change_language(server: Server, caller: Caller, key: Key, chosen: Json<ChangeLanguage>) -> Reply {
    let lang = chosen.lang;
    let call = caller.call("person.change_own_language", &key);
    done(&server.app.run(call, move |tx, ctx| change_own_language(tx, ctx, lang)).await?)
}

async fn list_sessions(server: Server, caller: Caller) -> Reply {
    let Some(person) = caller.actor().person() else { return ok(&Vec::<SessionView>::new()) };
    ok(&open_sessions(&server, &caller, person)?)
}

/// A person's open sessions as views.
pub(crate) fn open_sessions(server: &State, caller: &Caller, of: PersonId) -> Result<Vec<SessionView>, Error> {
    let now = server.app.now();
    let seen_after = now.plus_ms(-session::limits(&server.app.definitions()).idle_ms);
    let rows = server.app.read(|conn| read::open_of(conn, caller.actor(), of, now, seen_after))?;
    let current = caller.signed_in.session.as_ref().map(|session| session.id);
    Ok(rows.into_iter().map(|row| view::session(row, current)).collect())
}

async fn revoke_session(server: Server, caller: Caller, key: Key, Id(id): Id<SessionId>) -> Reply {
    let call = caller.call("session.close", &key);
    done(&server.app.run(call, move |tx, ctx| close::close(tx, ctx, id)).await?)
}
