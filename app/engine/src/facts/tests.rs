//! Tables and properties of facts.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::{LineKind, Timestamp};

use super::*;
use crate::expr::{Condition, Formula, is_reserved};

#[test]
fn every_fact_has_its_own_name_place_and_help() {
    for (place, fact) in Fact::ALL.iter().enumerate() {
        assert_eq!(*fact as usize, place);
        assert_eq!(Fact::parse(fact.as_str()), Some(*fact));
        assert!(!is_reserved(fact.as_str()), "{fact}");
        assert!(!fact.help().zh.is_empty() && !fact.help().en.is_empty(), "{fact}");
        assert!(Facts::default().get(fact.as_str()).is_some_and(|value| *value == Value::Blank), "{fact}");
    }
    for kind in LineKind::ALL {
        assert!(!kind_title(*kind).zh.is_empty() && !kind_title(*kind).en.is_empty());
    }
}

#[test]
fn facts_and_answers_are_read_by_name() {
    // 2026-11-22 16:30 UTC is Monday the 23rd in the shop.
    let mut facts = Facts::at(Timestamp::from_ms(1_795_365_000_000), 480).with(Fact::Kinds, Value::texts(["repair"]));
    facts.form.insert("size".to_owned(), Value::from("42"));
    let holds = |source: &str| Formula::new(source).condition(&facts);
    assert_eq!(holds("\"repair\" in kinds and form.size = \"42\""), Condition::True);
    assert_eq!(holds("text(today) = \"2026-11-23\" and date(now) = today"), Condition::True);
    assert_eq!(holds("days_since_delivery > 7"), Condition::False);
    assert_eq!(holds("form.colour = \"red\""), Condition::False);
    assert!(matches!(holds("colour = \"red\""), Condition::Unclear(_)));
    facts.name("reason", "damaged", Text::new("破损", "damaged"));
    assert_eq!(facts.title("reason", "damaged").unwrap().zh, "破损");
    assert_eq!(facts.title("category", "damaged"), None);
}

#[test]
fn the_schema_knows_codes_and_answers() {
    let form = Schema::new().with("size", Type::Text);
    let codes = |source: &str| -> Vec<String> {
        let (_, problems) = Formula::new(source).check(&schema(Some(&form)), "when");
        problems.into_iter().map(|problem| problem.code).collect()
    };
    assert!(codes("kind = \"repair\" and form.size = \"42\" and refund > money(5, \"CNY\")").is_empty());
    assert_eq!(codes("kind = \"repairs\""), ["unknown_option"]);
    assert_eq!(codes("form.sise = \"42\""), ["unknown_name"]);
    assert_eq!(codes("verdict = \"auto_agreed\""), ["unknown_option"]);
}
