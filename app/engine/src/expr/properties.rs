//! What holds for every source and every tree.

use std::collections::BTreeMap;

use domain::{Currency, LocalDate, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::value::{Duration, DurationUnit, Value};

fn scalars() -> impl Strategy<Value = Value> {
    let currency = prop_oneof![Just("CNY"), Just("USD"), Just("JPY")];
    prop_oneof![
        Just(Value::Blank),
        any::<bool>().prop_map(Value::Bool),
        "[a-c\"\\\\\n中 ]{0,4}".prop_map(Value::Text),
        (any::<i64>(), 0_u32..20).prop_map(|(digits, scale)| Value::number(Decimal::new(digits, scale))),
        (any::<i32>(), 0_u32..3).prop_map(|(digits, scale)| Value::number(Decimal::new(digits.into(), scale))),
        (any::<i64>(), currency).prop_map(|(minor, code)| Value::Money(Money::new(
            minor.max(-i64::MAX),
            code.parse().unwrap_or(Currency::CNY)
        ))),
        (-700_000_i64..2_900_000).prop_map(|days| Value::Date(LocalDate::from_days(days))),
        (-9_000_i64..9_000, prop::sample::select(DurationUnit::ALL))
            .prop_map(|(amount, unit)| Duration::new(amount, unit).map_or(Value::Blank, Value::Duration)),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    scalars().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::btree_map("[abq]", inner, 0..3).prop_map(Value::Record),
        ]
    })
}

/// Sources that are mostly well formed.
fn sources() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[abc]",
        "it",
        "[ab]\\.[abq]",
        "[0-9]{1,4}(\\.[0-9]{1,3})?",
        "\"[a-c ]{0,3}\"",
        Just("true".to_owned()),
        Just("blank".to_owned()),
        Just("money(\"12.30\", \"CNY\")".to_owned()),
        Just("date(\"2026-11-11\")".to_owned()),
        Just("duration(4, \"hours\")".to_owned()),
    ];
    let names: Vec<&'static str> = functions().map(|function| function.name).collect();
    leaf.prop_recursive(6, 48, 3, move |inner| {
        let two = (inner.clone(), inner.clone());
        let operator = prop::sample::select(vec![
            "and", "or", "=", "<>", "<", "<=", ">", ">=", "in", "not in", "+", "-", "*", "/",
        ]);
        let name = prop::sample::select(names.clone());
        prop_oneof![
            (two, operator).prop_map(|((left, right), operator)| format!("({left}) {operator} ({right})")),
            inner.clone().prop_map(|inner| format!("not ({inner})")),
            inner.clone().prop_map(|inner| format!("-({inner})")),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            (name.clone(), prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(name, args)| format!("{name}({})", args.join(", "))),
            (name, inner.clone(), inner).prop_map(|(name, list, each)| format!("{name}({list}: {each})")),
        ]
    })
}

fn names() -> impl Strategy<Value = BTreeMap<String, Value>> {
    prop::collection::btree_map("[abc]", values(), 3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn parsing_never_panics(source in "\\PC{0,80}") {
        let _ = parse(&source);
    }

    #[test]
    fn parsing_pieces_of_the_language_never_panics(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "(", ")", "[", "]", ",", ":", ".", "and", "or", "not", "in", "1", "2.5", "\"", "'", "“", "a", "it", "blank",
            "sum", "matches", "if", "money", "-", "*", "<", "=", "\\", "中", "＝", "（", " ",
        ]), 0..40)
    ) {
        let _ = parse(&pieces.concat());
        let _ = parse(&pieces.join(" "));
    }

    #[test]
    fn printing_and_parsing_gives_the_same_tree(source in sources()) {
        if let Ok(expr) = parse(&source) {
            let printed = expr.to_string();
            let again = parse(&printed);
            prop_assert_eq!(again.as_ref(), Ok(&expr), "{} printed as {}", source, printed);
            prop_assert_eq!(again.map(|again| again.to_string()), Ok(printed));
        }
    }

    #[test]
    fn evaluation_is_total_and_deterministic(source in sources(), names in names()) {
        if let Ok(expr) = parse(&source) {
            let first = eval(&expr, &names);
            prop_assert_eq!(&first, &eval(&expr, &names));
            let condition = eval_condition(&expr, &names);
            prop_assert_eq!(condition, Condition::from(first));
        }
    }

    #[test]
    fn what_checks_has_its_type(source in sources(), a in any::<i32>(), b in any::<bool>(), c in "[a-c]{0,3}") {
        let schema = Schema::new().with("a", Type::Number).with("b", Type::Bool).with("c", Type::Text);
        let Ok(expr) = parse(&source) else { return Ok(()) };
        let (found, problems) = check(&expr, &schema);
        if !problems.is_empty() {
            return Ok(());
        }
        let names = [("a", Value::from(i64::from(a))), ("b", Value::Bool(b)), ("c", Value::Text(c))];
        let names: BTreeMap<String, Value> = names.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        match eval(&expr, &names) {
            Ok(value) => prop_assert!(fits(&value, &found), "{source}: {value:?} is not {found:?}"),
            Err(error) => {
                let expected = ["currencies_differ", "division_by_zero", "too_large", "too_many_steps", "too_long"];
                // A blank type says nothing about what stands in its place; whole numbers are known only by value.
                let by_value = ["wrong_type"];
                prop_assert!(expected.contains(&error.code()) || by_value.contains(&error.code()), "{source}: {error:?}");
            }
        }
    }

    #[test]
    fn values_round_trip_through_json(value in values()) {
        let json = serde_json::to_string(&value).unwrap_or_default();
        let read: Value = serde_json::from_str(&json).unwrap_or_default();
        prop_assert_eq!(serde_json::to_string(&read).unwrap_or_default(), json);
        prop_assert_eq!(read, value);
    }

    #[test]
    fn constants_print_as_themselves(value in scalars()) {
        let names = [("x".to_owned(), value.clone())].into_iter().collect::<BTreeMap<_, _>>();
        if let Ok(same) = parse("x = x") {
            prop_assert_eq!(eval(&same, &names), Ok(Value::Bool(true)));
        }
    }
}

fn fits(value: &Value, found: &Type) -> bool {
    match (value, found.plain()) {
        (Value::Blank, _) | (_, Type::Any) => true,
        (Value::List(items), Type::List(item)) => items.iter().all(|value| fits(value, &item)),
        (Value::Number(_), Type::Number)
        | (Value::Text(_), Type::Text)
        | (Value::Money(_), Type::Money)
        | (Value::Bool(_), Type::Bool)
        | (Value::Date(_), Type::Date)
        | (Value::DateTime(_), Type::DateTime)
        | (Value::Duration(_), Type::Duration) => true,
        // The sum of nothing is zero of no currency.
        (Value::Number(number), Type::Money | Type::Blank) => number.is_zero(),
        _ => false,
    }
}
