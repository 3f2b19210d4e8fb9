//! The first account, by the one-time link that the server printed.

use actix_web::HttpRequest;
use contract::session::{CallerView, SET_UP, SetUp};
use domain::Lang;
use operations::session::open::candidate_of;
use operations::session::setup::{self, Redeem, Redeemed};
use operations::{Actor, Call, Error, password, person, secret};

use crate::access::request_lang;
use crate::address;
use crate::answer::Reply;
use crate::doc::Doc;
use crate::extract::Json;
use crate::registry::Area;
use crate::session::open_session;
use crate::state::{Server, State};

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&SET_UP, Doc::view::<CallerView>(201).body::<SetUp>(), set_up);
}

async fn set_up(server: Server, request: HttpRequest, typed: Json<SetUp>) -> Reply {
    let Json(typed) = typed;
    server.limits.address(address::of(&server, &request))?;
    let token_hash = secret::hash(&typed.token).ok_or(Error::NotFound("setup_link"))?;
    person::sign_in_name(&typed.name)?;
    password::check_new(&typed.name, &typed.password, "password")?;
    // Hashing is slow: a stranger without the link must not make the server work.
    let now = server.app.now();
    server.app.read(|conn| setup::check(conn, &token_hash, now))?;
    let lang = typed.lang.unwrap_or_else(|| request_lang(&request));
    let first = redeem(&server, typed, token_hash, lang).await?;
    let candidate = server.app.read(|conn| candidate_of(conn, first.id))?.ok_or(Error::Unauthenticated)?;
    open_session(&server, &request, candidate).await
}

async fn redeem(server: &State, typed: SetUp, token_hash: [u8; 32], lang: Lang) -> Result<Redeemed, Error> {
    let command = Redeem {
        token_hash,
        password_hash: server.hashing.hash(typed.password).await?,
        name: typed.name,
        display_name: typed.display_name,
        lang,
    };
    let call = Call::new(std::sync::Arc::new(Actor::system()), "setup.redeem");
    let answer = server.app.run(call, move |tx, ctx| setup::redeem(tx, ctx, &command)).await?;
    Ok(answer.value)
}
