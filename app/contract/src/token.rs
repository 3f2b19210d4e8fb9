//! Bearer tokens of other systems.

use domain::{Permission, PersonId, Timestamp, TokenId};
use serde::{Deserialize, Serialize};

use crate::person::RoleGrant;
use crate::route::{Access, Route};

const MANAGE: Access = Access::Needs(Permission::PersonManage);

/// All tokens.
pub const LIST: Route = Route::get("/api/tokens", "list_tokens", MANAGE, "Lists bearer tokens, never their secrets.");
/// Makes a token.
pub const ADD: Route =
    Route::post("/api/tokens", "add_token", MANAGE, "Makes a bearer token; its secret is shown once.");
/// Ends a token.
pub const REVOKE: Route = Route::delete("/api/tokens/{id}", "revoke_token", MANAGE, "Ends a bearer token.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[LIST, ADD, REVOKE];

/// A bearer token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenView {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Roles with their scope.
    pub roles: Vec<RoleGrant>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom; made on the command line when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<PersonId>,
    /// When it ends, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// When it was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

/// A new token.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddToken {
    /// What it is for, unique.
    pub name: String,
    /// Roles; at least one.
    pub roles: Vec<RoleGrant>,
    /// When it ends, if ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// A token just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// The token.
    pub token: TokenView,
    /// What goes into `Authorization: Bearer …`. Not shown again.
    pub secret: String,
}
