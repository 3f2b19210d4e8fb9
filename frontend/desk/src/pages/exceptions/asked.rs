//! What the desk is narrowed to, kept in the page's address.

use contract::exception::{ExceptionKind, ExceptionQuery};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;

use crate::go::Go;

/// The query of the address. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    query: Memo<ExceptionQuery>,
    go: Go,
}

/// A kind by its word in an address.
fn kind(word: &str) -> Option<ExceptionKind> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

// `value` gives what the address says under a name.
fn read(value: impl Fn(&str) -> Option<String>) -> ExceptionQuery {
    let text = |name: &str| value(name).filter(|value| !value.is_empty());
    ExceptionQuery {
        kind: text("kind").and_then(|word| kind(&word)),
        warehouse: text("warehouse").and_then(|value| value.parse().ok()),
        shop: text("shop").and_then(|value| value.parse().ok()),
        owner: text("owner"),
        age: text("age").and_then(|value| value.parse().ok()),
        ..ExceptionQuery::default()
    }
}

impl Asked {
    pub(super) fn of_address(go: Go) -> Self {
        let map = use_query_map();
        Self { query: Memo::new(move |_| map.with(|map| read(|name| map.get(name)))), go }
    }

    pub(super) fn get(self) -> ExceptionQuery {
        self.query.get()
    }

    pub(super) fn is_set(self) -> bool {
        self.query.with(|query| *query != ExceptionQuery::default())
    }

    /// Goes to the desk narrowed so.
    pub(super) fn set(self, query: ExceptionQuery) {
        self.go.replace(&format!("/desk/exceptions{}", api::query(&query)));
    }

    /// Changes one thing of it.
    pub(super) fn change(self, change: impl FnOnce(&mut ExceptionQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.set(query);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_set_and_strange_values_are_left_out() {
        let named = [("kind", "weight_gap"), ("shop", "7"), ("age", "old"), ("owner", "")];
        let value = |name: &str| named.iter().find(|(named, _)| *named == name).map(|(_, value)| (*value).to_owned());
        let query = read(value);
        assert_eq!(query.kind, Some(ExceptionKind::WeightGap));
        assert_eq!(query.shop.map(|id| id.to_string()).as_deref(), Some("7"));
        assert_eq!((query.age, query.owner), (None, None));
        assert_eq!(read(|_| Some("none".to_owned())).kind, None);
    }
}
