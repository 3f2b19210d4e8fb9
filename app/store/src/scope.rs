//! Which rows a reader may see, compiled to SQL for every list: the only way a list is narrowed to a person's places.

use domain::{ShopId, WarehouseId};
use rusqlite::types::Value as Col;

/// The rows of a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowScope {
    /// Every row.
    All,
    /// Rows at one of these places.
    Places(Vec<PlaceScope>),
    /// No row.
    Nothing,
}

/// One place; `None` means any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceScope {
    /// Only this shop.
    pub shop: Option<ShopId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
}

impl RowScope {
    /// Whether a row may be in scope of whose place only a part is known: what is not known (`None`) excludes nothing.
    #[must_use]
    pub fn touches(&self, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Places(places) => places.iter().any(|place| {
                (place.shop.is_none() || shop.is_none() || place.shop == shop)
                    && (place.warehouse.is_none() || warehouse.is_none() || place.warehouse == warehouse)
            }),
        }
    }

    /// The part of the scope that lies in one shop; all of it when no shop is named.
    #[must_use]
    pub fn in_shop(self, shop: Option<ShopId>) -> Self {
        let Some(shop) = shop else { return self };
        let places = match self {
            Self::All => return Self::Places(vec![PlaceScope { shop: Some(shop), warehouse: None }]),
            Self::Nothing => return Self::Nothing,
            Self::Places(places) => places,
        };
        let inside = places.into_iter().filter(|place| place.shop.is_none() || place.shop == Some(shop));
        let inside: Vec<_> = inside.map(|place| PlaceScope { shop: Some(shop), ..place }).collect();
        if inside.is_empty() { Self::Nothing } else { Self::Places(inside) }
    }

    /// Whether a row at this place is in scope.
    #[must_use]
    pub fn admits(&self, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Places(places) => places.iter().any(|place| {
                (place.shop.is_none() || place.shop == shop)
                    && (place.warehouse.is_none() || place.warehouse == warehouse)
            }),
        }
    }

    /// The scope as a condition on a table's `shop_id` and `warehouse_id`, its values pushed to `params`.
    /// `None` when every row passes.
    pub(crate) fn condition(&self, table: &str, params: &mut Vec<Col>) -> Option<String> {
        let places = match self {
            Self::All => return None,
            Self::Nothing => return Some("0".to_owned()),
            Self::Places(places) => places,
        };
        let mut parts = Vec::new();
        for place in places {
            let mut both = Vec::new();
            if let Some(shop) = place.shop {
                params.push(Col::Integer(shop.get()));
                both.push(format!("{table}.shop_id = ?{}", params.len()));
            }
            if let Some(warehouse) = place.warehouse {
                params.push(Col::Integer(warehouse.get()));
                both.push(format!("{table}.warehouse_id = ?{}", params.len()));
            }
            parts.push(if both.is_empty() { "1".to_owned() } else { both.join(" AND ") });
        }
        Some(format!("({})", parts.join(" OR ")))
    }

    /// The scope as pairs of shop and warehouse for `json_each` in a fixed statement; `None` when every row passes.
    pub(crate) fn pairs(&self) -> Option<Vec<(Option<i64>, Option<i64>)>> {
        match self {
            Self::All => None,
            Self::Nothing => Some(Vec::new()),
            Self::Places(places) => {
                let pair = |place: &PlaceScope| (place.shop.map(ShopId::get), place.warehouse.map(WarehouseId::get));
                Some(places.iter().map(pair).collect())
            }
        }
    }
}
