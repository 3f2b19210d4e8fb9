//! Where each shop's customers open the portal.

use domain::{Permission, ShopId};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// What shops say of their portal.
pub const SHOP_PORTALS: Route = Route::get(
    "/api/shop-portals",
    "list_shop_portals",
    Access::SignedIn,
    "Lists where each shop's customers open the portal and which sites may frame it.",
);
/// Says it.
pub const SAVE_SHOP_PORTAL: Route = Route::put(
    "/api/shops/{id}/portal",
    "save_shop_portal",
    Access::Needs(Permission::MasterEdit),
    "Says where a shop's customers open the portal and which sites may frame it.",
);

/// What a shop says of its portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShopPortal {
    /// Whose; in a request the address says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<ShopId>,
    /// The version that was read, 0 when nothing was said yet.
    #[serde(default)]
    pub version: i64,
    /// Scheme and host, such as `https://return.example.com`; empty for this server's own address.
    #[serde(default)]
    pub url: String,
    /// Origins that may frame it, such as `https://shop.example.com`.
    #[serde(default)]
    pub embed_origins: Vec<String>,
}
