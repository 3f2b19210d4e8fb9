//! Signing in and out, who is signed in, and the sessions a person has open.

use domain::{DeviceId, Lang, Permission, SessionId, ShiftId, ShopId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// Signs in.
pub const SIGN_IN: Route = Route::post("/api/session", "open_session", Access::Public, "Signs a person in.");
/// Who is signed in.
pub const WHO_AM_I: Route =
    Route::get("/api/session", "get_session", Access::SignedIn, "Says who is signed in and what they may do.");
/// Signs out.
pub const SIGN_OUT: Route = Route::delete("/api/session", "close_session", Access::SignedIn, "Signs out.");
/// Changes the own password.
pub const CHANGE_PASSWORD: Route = Route::put(
    "/api/session/password",
    "change_own_password",
    Access::SignedIn,
    "Changes the own password and ends the person's other sessions.",
);
/// Changes the own language.
pub const CHANGE_LANGUAGE: Route =
    Route::put("/api/session/language", "change_own_language", Access::SignedIn, "Changes the own language.");
/// The own open sessions.
pub const LIST_SESSIONS: Route =
    Route::get("/api/sessions", "list_own_sessions", Access::SignedIn, "Lists the own open sessions.");
/// Ends a session.
pub const REVOKE_SESSION: Route = Route::delete(
    "/api/sessions/{id}",
    "revoke_session",
    Access::SignedIn,
    "Ends one of the own sessions, or anybody's by whoever manages persons.",
);
/// Makes the first account.
pub const SET_UP: Route = Route::post(
    "/api/setup",
    "redeem_setup_link",
    Access::Public,
    "Makes the first account with the one-time link and signs it in.",
);

/// Routes of this area.
pub const ROUTES: &[Route] =
    &[SIGN_IN, WHO_AM_I, SIGN_OUT, CHANGE_PASSWORD, CHANGE_LANGUAGE, LIST_SESSIONS, REVOKE_SESSION, SET_UP];

/// What is typed at sign-in.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The sign-in name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// What kind of caller it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CallerKind {
    /// A signed-in person.
    Person,
    /// Another system with a bearer token.
    Token,
}

/// Who calls, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallerView {
    /// Person or token.
    pub kind: CallerKind,
    /// The person's or token's id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The language of answers.
    pub lang: Lang,
    /// Roles with their scope.
    pub grants: Vec<GrantView>,
    /// What some role allows somewhere.
    pub permissions: Vec<Permission>,
    /// The session; a token has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<OwnSession>,
    /// Where the person operates a station by badge and PIN; absent for everybody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<OperatedStation>,
}

/// The station that an operator's session is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OperatedStation {
    /// The station.
    pub id: DeviceId,
    /// The operator's stay at it.
    pub shift: ShiftId,
    /// Where it stands: rights end there.
    pub warehouse: WarehouseId,
}

/// A role with its scope and what it allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantView {
    /// The role's id in the template.
    pub role: String,
    /// Its name.
    pub title: Text,
    /// Only this shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<ShopId>,
    /// Only this warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
    /// What it allows there.
    pub permissions: Vec<Permission>,
}

/// The session a request came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// To be sent as `X-CSRF-Token` with every request that changes something.
    pub csrf_token: String,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
}

/// The own password, old and new.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The password until now.
    pub current: String,
    /// The password from now on.
    pub new: String,
}

/// The own language.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeLanguage {
    /// The language from now on.
    pub lang: Lang,
}

/// An open session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// Its id.
    pub id: SessionId,
    /// When it began.
    pub opened_at: Timestamp,
    /// When it was last used, to a few minutes.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// The address it was opened from.
    pub address: String,
    /// The browser as it names itself.
    pub agent: String,
    /// Whether this request came with it.
    pub current: bool,
}

/// The first account.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetUp {
    /// The token of the one-time link.
    pub token: String,
    /// The sign-in name.
    pub name: String,
    /// The name others see; the sign-in name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The password.
    pub password: String,
    /// The language the person reads; the request's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
}
