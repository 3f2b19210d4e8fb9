//! What the list of cases can be narrowed to by its address.

use contract::rma::ListQuery;
use domain::state::{CaseState, GoodsState, MoneyState};

use crate::asked::Query;

impl Query for ListQuery {
    const PAGE: &'static str = "/desk/rmas";

    fn read(text: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            state: text("state").and_then(|value| CaseState::parse(&value)),
            owner: text("owner"),
            shop: text("shop").and_then(|value| value.parse().ok()),
            warehouse: text("warehouse").and_then(|value| value.parse().ok()),
            stage: text("stage"),
            goods: text("goods").and_then(|value| GoodsState::parse(&value)),
            money: text("money").and_then(|value| MoneyState::parse(&value)),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_set_and_strange_values_are_left_out() {
        let named = [("state", "closed"), ("shop", "7"), ("goods", "flying")];
        let value = |name: &str| named.iter().find(|(named, _)| *named == name).map(|(_, value)| (*value).to_owned());
        let query = ListQuery::read(value);
        assert_eq!(query.state, Some(CaseState::Closed));
        assert_eq!(query.shop.map(|id| id.to_string()).as_deref(), Some("7"));
        assert_eq!((query.goods, query.stage), (None, None));
    }
}
