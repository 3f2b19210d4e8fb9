//! What the list is narrowed to, kept in the page's address.

use contract::rma::ListQuery;
use domain::state::{CaseState, GoodsState, MoneyState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;

use crate::go::Go;

/// The query of the address. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    query: Memo<ListQuery>,
    go: Go,
}

// `value` gives what the address says under a name.
fn read(value: impl Fn(&str) -> Option<String>) -> ListQuery {
    let text = |name: &str| value(name).filter(|value| !value.is_empty());
    ListQuery {
        state: text("state").and_then(|value| CaseState::parse(&value)),
        owner: text("owner"),
        shop: text("shop").and_then(|value| value.parse().ok()),
        warehouse: text("warehouse").and_then(|value| value.parse().ok()),
        stage: text("stage"),
        goods: text("goods").and_then(|value| GoodsState::parse(&value)),
        money: text("money").and_then(|value| MoneyState::parse(&value)),
        ..ListQuery::default()
    }
}

impl Asked {
    pub(super) fn of_address(go: Go) -> Self {
        let map = use_query_map();
        Self { query: Memo::new(move |_| map.with(|map| read(|name| map.get(name)))), go }
    }

    pub(super) fn get(self) -> ListQuery {
        self.query.get()
    }

    pub(super) fn is_set(self) -> bool {
        self.query.with(|query| *query != ListQuery::default())
    }

    /// Goes to the list narrowed so.
    pub(super) fn set(self, query: ListQuery) {
        self.go.replace(&format!("/desk/rmas{}", api::query(&query)));
    }

    /// Changes one thing of it.
    pub(super) fn change(self, change: impl FnOnce(&mut ListQuery)) {
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
        let named = [("state", "closed"), ("shop", "7"), ("goods", "flying"), ("stage", "")];
        let value = |name: &str| named.iter().find(|(named, _)| *named == name).map(|(_, value)| (*value).to_owned());
        let query = read(value);
        assert_eq!(query.state, Some(CaseState::Closed));
        assert_eq!(query.shop.map(|id| id.to_string()).as_deref(), Some("7"));
        assert_eq!((query.goods, query.stage), (None, None));
    }
}
