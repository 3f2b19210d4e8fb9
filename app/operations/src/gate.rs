//! The one gate: which rows an actor may read, and which fields come whole, masked or not at all.
//!
//! Lists, pages, exports, search and live topics all ask here; nothing else decides what a person sees.

use domain::{Permission, ShopId, WarehouseId};
use engine::template::Mask;
use store::scope::{PlaceScope, RowScope};

use crate::actor::{Actor, ActorKind, permission_bit};
use crate::definitions::Definitions;

/// How a field comes to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// As it is.
    Whole,
    /// Its shape, such as `138****5678`; showing it whole is a logged act.
    Masked,
    /// Absent.
    Hidden,
}

/// The rows an actor may touch with a permission: every place of every role that grants it.
#[must_use]
pub fn rows(actor: &Actor, permission: Permission) -> RowScope {
    rows_any(actor, &[permission])
}

/// The rows an actor may touch with one of several permissions.
#[must_use]
pub fn rows_any(actor: &Actor, permissions: &[Permission]) -> RowScope {
    let bits = permissions.iter().fold(0, |bits, permission| bits | permission_bit(*permission));
    let granting = actor.grants.iter().filter(|grant| grant.permissions & bits != 0);
    let mut places: Vec<PlaceScope> = Vec::new();
    for grant in granting {
        let place = PlaceScope { shop: grant.shop, warehouse: grant.warehouse };
        if place.shop.is_none() && place.warehouse.is_none() {
            return RowScope::All;
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.is_empty() { RowScope::Nothing } else { RowScope::Places(places) }
}

/// The rows an actor may touch with one of several permissions through a role that shows each `entity.field` whole: for lists
/// that are about nothing else.
#[must_use]
pub fn rows_showing(definitions: &Definitions, actor: &Actor, permissions: &[Permission], fields: &[&str]) -> RowScope {
    if matches!(actor.kind, ActorKind::System) {
        return rows_any(actor, permissions);
    }
    let Ok(current) = definitions.current() else { return RowScope::Nothing };
    let masked = |role: &str| {
        let role = current.template.role(role);
        role.is_some_and(|role| fields.iter().any(|field| role.masks.contains_key(*field)))
    };
    let seeing = actor.grants.iter().filter(|grant| !masked(&grant.role)).cloned().collect();
    rows_any(&Actor { grants: seeing, ..actor.clone() }, permissions)
}

/// How `entity.field` comes to an actor at a place: the widest of the roles that let the actor see the row at all, so
/// that a wide role and a narrow one cannot be combined into more than either gives.
#[must_use]
pub fn sight(
    definitions: &Definitions,
    actor: &Actor,
    permission: Permission,
    place: (Option<ShopId>, Option<WarehouseId>),
    field: &str,
) -> Sight {
    if matches!(actor.kind, ActorKind::System) {
        return Sight::Whole;
    }
    let Ok(current) = definitions.current() else { return Sight::Hidden };
    let (shop, warehouse) = place;
    let admitting = actor.grants.iter().filter(|grant| {
        grant.permissions & permission_bit(permission) != 0
            && (grant.shop.is_none() || grant.shop == shop)
            && (grant.warehouse.is_none() || grant.warehouse == warehouse)
    });
    let sights = admitting.map(|grant| {
        let mask = current.template.role(&grant.role).and_then(|role| role.masks.get(field));
        match mask {
            None => Sight::Whole,
            Some(Mask::Masked) => Sight::Masked,
            Some(Mask::Hidden) => Sight::Hidden,
        }
    });
    sights.min().unwrap_or(Sight::Hidden)
}

/// A text as a reader of this sight gets it; absent when hidden. A masked text keeps its ends: enough to recognise.
#[must_use]
pub fn shown(sight: Sight, text: Option<String>) -> Option<String> {
    match sight {
        Sight::Whole => text,
        Sight::Masked => text.map(|text| masked(&text)),
        Sight::Hidden => None,
    }
}

fn masked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (head, tail) = match letters.len() {
        0 => return String::new(),
        1..=3 => (1, 0),
        4..=7 => (1, 1),
        _ => (3, 4),
    };
    let first: String = letters.iter().take(head).collect();
    let last: String = letters.iter().skip(letters.len() - tail).collect();
    format!("{first}****{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_the_ends() {
        assert_eq!(masked("13812345678"), "138****5678");
        assert_eq!(masked("张三"), "张****");
        assert_eq!(masked("欧阳修文"), "欧****文");
        assert_eq!(shown(Sight::Hidden, Some("x".into())), None);
    }
}
