//! What the exceptions desk can be narrowed to by its address.

use contract::exception::{ExceptionKind, ExceptionQuery};

use crate::asked::Query;

/// A kind by its word in an address.
fn kind(word: &str) -> Option<ExceptionKind> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

impl Query for ExceptionQuery {
    const PAGE: &'static str = "/desk/exceptions";

    fn read(text: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            kind: text("kind").and_then(|word| kind(&word)),
            warehouse: text("warehouse").and_then(|value| value.parse().ok()),
            shop: text("shop").and_then(|value| value.parse().ok()),
            owner: text("owner"),
            age: text("age").and_then(|value| value.parse().ok()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_set_and_strange_values_are_left_out() {
        let named = [("kind", "weight_gap"), ("shop", "7"), ("age", "old")];
        let value = |name: &str| named.iter().find(|(named, _)| *named == name).map(|(_, value)| (*value).to_owned());
        let query = ExceptionQuery::read(value);
        assert_eq!(query.kind, Some(ExceptionKind::WeightGap));
        assert_eq!(query.shop.map(|id| id.to_string()).as_deref(), Some("7"));
        assert_eq!((query.age, query.owner), (None, None));
        assert_eq!(ExceptionQuery::read(|_| Some("none".to_owned())).kind, None);
    }
}
