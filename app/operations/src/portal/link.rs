//! Links to one case: made when it is filed or proven again, opened until they end.

use domain::{Lang, RmaId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::actor::Actor;
use crate::app::App;
use crate::context::Ctx;
use crate::error::Error;
use crate::secret;
use crate::timer;

/// A link that was made. Its token is whoever asked for it's alone: an answer is remembered with its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The case it opens.
    pub rma: RmaId,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Makes a link to a case of somebody who has proven that it is theirs.
///
/// # Errors
/// `NotFound`; `Conflict` before the first template was applied.
pub fn make(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: RmaId, token: &str) -> Result<Link, Error> {
    let hash = secret::hash(token).ok_or_else(|| Error::internal("the token has no hash"))?;
    let stored = store::rma::find(tx, rma)?.ok_or(Error::NotFound("rma"))?;
    let lasts = ctx.definitions.current()?.template.template().settings.sessions.portal_link;
    let expires_at = timer::clock::due_at(ctx.definitions, stored.shop_id, ctx.now, &lasts)?;
    store::portal_token::insert(tx, &hash, rma, ctx.now, expires_at)?;
    Ok(Link { rma, expires_at })
}

/// The case that a link opens, and until when.
///
/// # Errors
/// `Unauthenticated` when the link is unknown or over.
pub fn open(app: &App, token: &str) -> Result<(RmaId, Timestamp), Error> {
    let hash = secret::hash(token).ok_or(Error::Unauthenticated)?;
    let now = app.now();
    app.read(|conn| store::portal_token::case(conn, &hash, now)?.ok_or(Error::Unauthenticated))
}

/// The customer whom a link makes.
///
/// # Errors
/// As `open`.
pub fn customer(app: &App, token: &str, lang: Lang) -> Result<(Link, Actor), Error> {
    let (rma, expires_at) = open(app, token)?;
    Ok((Link { rma, expires_at }, Actor::customer(Some(rma), lang)))
}
