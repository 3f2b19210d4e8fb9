//! Persons, their roles and their sessions, as whoever manages them sees them.

use domain::{Lang, Permission, PersonId, ShopId, TeamId, Text, Timestamp, WarehouseId};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

const MANAGE: Access = Access::Needs(Permission::PersonManage);

/// All persons.
pub const LIST: Route = Route::get("/api/persons", "list_persons", MANAGE, "Lists persons.");
/// Adds a person.
pub const ADD: Route = Route::post("/api/persons", "add_person", MANAGE, "Adds a person.");
/// One person.
pub const GET: Route = Route::get("/api/persons/{id}", "get_person", MANAGE, "Reads a person.");
/// Changes a person.
pub const CHANGE: Route = Route::patch(
    "/api/persons/{id}",
    "change_person",
    MANAGE,
    "Changes a person's name, language or whether they may sign in.",
);
/// Sets a person's password.
pub const SET_PASSWORD: Route = Route::put(
    "/api/persons/{id}/password",
    "set_person_password",
    MANAGE,
    "Sets a person's password and ends their sessions.",
);
/// Gives a role.
pub const GRANT_ROLE: Route =
    Route::post("/api/persons/{id}/roles", "grant_role", MANAGE, "Gives a person a role in a scope.");
/// Takes a role away.
pub const REVOKE_ROLE: Route = Route::delete(
    "/api/persons/{id}/roles/{role}",
    "revoke_role",
    MANAGE,
    "Takes a role in a scope away from a person.",
);
/// A person's sessions.
pub const LIST_SESSIONS: Route =
    Route::get("/api/persons/{id}/sessions", "list_person_sessions", MANAGE, "Lists a person's open sessions.");
/// Ends a person's sessions.
pub const REVOKE_SESSIONS: Route =
    Route::delete("/api/persons/{id}/sessions", "revoke_person_sessions", MANAGE, "Ends all of a person's sessions.");
/// How a person is reached.
pub const REACH: Route = Route::get(
    "/api/persons/{id}/reach",
    "get_person_reach",
    MANAGE,
    "Reads the mail address and phone that messages reach a person by.",
);
/// Says how a person is reached.
pub const SET_REACH: Route = Route::put(
    "/api/persons/{id}/reach",
    "set_person_reach",
    MANAGE,
    "Sets the mail address and phone that messages reach a person by.",
);
/// The roles of the template in force.
pub const LIST_ROLES: Route =
    Route::get("/api/roles", "list_roles", MANAGE, "Lists the roles of the template in force.");

/// Routes of this area.
pub const ROUTES: &[Route] = &[
    LIST,
    ADD,
    GET,
    CHANGE,
    SET_PASSWORD,
    GRANT_ROLE,
    REVOKE_ROLE,
    LIST_SESSIONS,
    REVOKE_SESSIONS,
    REACH,
    SET_REACH,
    LIST_ROLES,
];

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonView {
    /// Its id.
    pub id: PersonId,
    /// The sign-in name.
    pub name: String,
    /// The name others see.
    pub display_name: String,
    /// The language they read.
    pub lang: Lang,
    /// Their team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<TeamId>,
    /// Whether they may sign in.
    pub active: bool,
    /// Roles with their scope.
    pub roles: Vec<RoleGrant>,
    /// Since when they are known.
    pub created_at: Timestamp,
    /// To be sent back with a change.
    pub version: i64,
}

/// A role with its scope; without shop or warehouse it holds in all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleGrant {
    /// The role's id in the template.
    pub role: String,
    /// Only this shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<ShopId>,
    /// Only this warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
}

/// Where a role to be taken away holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct RoleScope {
    /// Only this shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<ShopId>,
    /// Only this warehouse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warehouse_id: Option<WarehouseId>,
}

/// A new person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddPerson {
    /// The sign-in name.
    pub name: String,
    /// The name others see; the sign-in name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The first password; without one the person cannot sign in yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The language they read; Chinese when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Roles.
    #[serde(default)]
    pub roles: Vec<RoleGrant>,
}

/// What changes about a person; what is absent stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePerson {
    /// The version that was read.
    pub version: i64,
    /// The name others see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The language they read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Whether they may sign in; their sessions end when not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

/// How messages reach a person outside the desk; each empty when they do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonReach {
    /// The mail address.
    pub email: String,
    /// The phone.
    pub phone: String,
}

/// A password for somebody else.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetPassword {
    /// The password from now on.
    pub password: String,
}

/// How many sessions were ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevokedSessions {
    /// How many.
    pub revoked: u32,
}

/// A role of the template in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// What it allows.
    pub permissions: Vec<Permission>,
}
