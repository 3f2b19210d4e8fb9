//! Ends a bearer token.

use domain::TokenId;
use serde_json::json;
use store::Tx;

use crate::context::{Ctx, Forgotten};
use crate::error::Error;
use crate::person;
use crate::token::add::token_event;

/// Ends a bearer token at once. One that ended before stays ended.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn revoke(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: TokenId) -> Result<(), Error> {
    person::require_manager(ctx)?;
    store::api_token::find(tx, id)?.ok_or(Error::NotFound("token"))?;
    if store::api_token::revoke(tx, id, ctx.now)? {
        ctx.forget(Forgotten::Token(id));
        ctx.record(token_event(id, json!({ "change": "token_revoked" })));
    }
    Ok(())
}
