//! What holds for all answers.

use proptest::prelude::*;

use super::*;

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Blank),
        any::<bool>().prop_map(Value::Bool),
        (-3_i64..20).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            " ",
            "seam",
            "dislike",
            "quality",
            "exchange",
            "return_refund",
            "1",
            "2",
            "TB-2041",
            "13800138000",
            "鞋底开胶了",
            "２",
            "a@b.cn",
            "2026-11-01",
            "x\u{0}",
        ])
        .prop_map(Value::from),
        (-500_i64..30_000).prop_map(cny),
        (20_770_i64..20_790).prop_map(|days| Value::Date(LocalDate::from_days(days))),
    ]
}

fn keys() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "name", "phone", "email", "line", "kind", "quantity", "wanted", "double", "amount", "odd",
    ])
    .prop_map(str::to_owned)
}

fn values() -> impl Strategy<Value = Value> {
    let record = || prop::collection::btree_map(keys(), scalars(), 0..5).prop_map(Value::Record);
    prop_oneof![
        4 => scalars(),
        2 => record(),
        3 => prop::collection::vec(record(), 0..4).prop_map(Value::List),
        1 => prop::collection::vec(scalars(), 0..4).prop_map(Value::List),
    ]
}

fn all_answers() -> impl Strategy<Value = Answers> {
    let ids: Vec<String> = form().fields.into_iter().map(|field| field.id).chain(["odd".to_owned()]).collect();
    prop::collection::btree_map(prop::sample::select(ids), values(), 0..8)
}

/// A complete request with some answers changed: mostly accepted.
fn near_answers() -> impl Strategy<Value = Answers> {
    let changed = prop::collection::btree_map(
        prop::sample::select(vec!["reason", "words", "photos", "urgent", "cap", "bought_on", "total"])
            .prop_map(str::to_owned),
        scalars(),
        0..4,
    );
    let rows = prop::collection::vec(
        (1_i64..4, 0_i64..3, any::<bool>()).prop_map(|(line, quantity, exchange)| {
            let kind = if exchange { "exchange" } else { "return_refund" };
            let cells = [
                ("line", Value::text(line.to_string())),
                ("quantity", Value::from(quantity)),
                ("kind", Value::from(kind)),
            ];
            let wanted = [("wanted", Value::from("43"))];
            Value::Record(cells.into_iter().chain(wanted).map(|(name, value)| (name.to_owned(), value)).collect())
        }),
        1..4,
    );
    (changed, rows).prop_map(|(changed, rows)| {
        let mut answers = complete();
        answers.insert("goods".to_owned(), Value::List(rows));
        answers.extend(changed);
        answers
    })
}

fn audiences() -> impl Strategy<Value = Audience> {
    prop::sample::select(vec![Audience::Portal, Audience::Desk, Audience::Both])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn running_never_panics_and_agrees_with_submitting(answers in all_answers(), audience in audiences()) {
        let (form, context) = (form(), context(audience));
        let state = run(&form, &answers, &context);
        let result = submit(&form, &answers, &context);
        if result.is_ok() {
            prop_assert!(state.problems().is_empty());
            prop_assert_eq!(result, Ok(state.answers()));
        }
    }

    #[test]
    fn submitting_again_changes_nothing(answers in prop_oneof![near_answers(), all_answers()], audience in audiences()) {
        let (form, context) = (form(), context(audience));
        if let Ok(clean) = submit(&form, &answers, &context) {
            prop_assert_eq!(submit(&form, &clean, &context), Ok(clean));
        }
    }

    #[test]
    fn what_the_browser_sends_is_what_the_server_keeps(answers in near_answers(), audience in audiences()) {
        let (form, context) = (form(), context(audience));
        let state = run(&project(&form, audience), &answers, &context);
        let sent: Answers = serde_json::from_str(&serde_json::to_string(&state.answers()).unwrap()).unwrap();
        if state.problems().is_empty() {
            prop_assert_eq!(submit(&form, &sent, &context), Ok(sent));
        } else {
            prop_assert!(submit(&form, &answers, &context).is_err());
        }
    }

    #[test]
    fn hidden_and_foreign_fields_never_come_out(answers in all_answers(), audience in audiences()) {
        let state = run(&form(), &answers, &context(audience));
        for id in state.answers().keys() {
            let form = form();
            let field = form.fields.iter().find(|field| field.id == *id).unwrap();
            prop_assert!(field.audience.reaches(audience) && state.field(id).unwrap().visible);
        }
    }
}
