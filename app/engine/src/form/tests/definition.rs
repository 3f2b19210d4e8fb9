//! What `check` finds.

use super::*;

#[track_caller]
fn check_one(fields: &str, expect: &[(&str, &str)]) {
    let json = format!(r#"{{"id": "f", "title": {{"zh": "f"}}, "fields": [{fields}]}}"#);
    let form: Form = serde_json::from_str(&json).unwrap();
    let problems = check(&form);
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.path.as_str(), problem.code.as_str())).collect();
    assert_eq!(found, expect, "{problems:#?}");
}

const TITLE: &str = r#""title": {"zh": "x"}"#;

fn field(id: &str, rest: &str) -> String {
    format!(r#"{{"id": "{id}", {TITLE}, {rest}}}"#)
}

#[test]
fn the_request_is_sound_and_keeps_its_text() {
    assert_eq!(check(&form()), vec![]);
    let json = serde_json::to_string(&form()).unwrap();
    assert_eq!(serde_json::from_str::<Form>(&json).unwrap(), form());
    let strange = r#"{"id": "x", "title": {}, "type": "text", "requierd": true}"#;
    assert!(serde_json::from_str::<Field>(strange).unwrap_err().to_string().contains("requierd"));
}

#[test]
fn ids_and_titles() {
    let fields = [
        field("Bad Id", r#""type": "text""#),
        field("today", r#""type": "text""#),
        field("a", r#""type": "text""#),
        field("a", r#""type": "text""#),
        r#"{"id": "b", "title": {}, "type": "text"}"#.to_owned(),
    ];
    let expect = [
        ("fields[0].id", "bad_id"),
        ("fields[1].id", "reserved_id"),
        ("fields[3].id", "duplicate_id"),
        ("fields[4].title", "title_missing"),
    ];
    check_one(&fields.join(","), &expect);
}

#[test]
fn attributes_belong_to_types() {
    check_one(&field("a", r#""type": "text", "min_count": 1"#), &[("fields[0].min_count", "attribute_not_taken")]);
    check_one(&field("a", r#""type": "bool", "pattern": "a""#), &[("fields[0].pattern", "attribute_not_taken")]);
    check_one(&field("a", r#""type": "text", "pattern": "(""#), &[("fields[0].pattern", "bad_pattern")]);
    check_one(&field("a", r#""type": "choice""#), &[("fields[0].options", "option_count")]);
    let twice = r#""type": "choice", "options": [{"id": "a", "title": {"zh": "x"}}, {"id": "a", "title": {}}]"#;
    check_one(
        &field("a", twice),
        &[("fields[0].options[1].id", "duplicate_id"), ("fields[0].options[1].title", "title_missing")],
    );
    check_one(&field("a", r#""type": "number", "default": "x""#), &[("fields[0].default", "wrong_kind")]);
    check_one(&field("a", r#""type": "number", "default": 1, "prefill": 2"#), &[("fields[0].prefill", "two_defaults")]);
    check_one(&field("a", r#""type": "number", "decimals": 7"#), &[("fields[0].decimals", "beyond_limit")]);
    check_one(&field("a", r#""type": "text", "min_length": 5, "max_length": 4"#), &[("fields[0]", "empty_range")]);
    check_one(
        &field("a", r#""type": "formula", "required": true"#),
        &[
            ("fields[0].required", "attribute_not_taken"),
            ("fields[0].formula", "formula_missing"),
            ("fields[0].result", "result_missing"),
        ],
    );
    let unsaid = r#""type": "text", "validators": [{"holds": "a <> \"x\"", "message": {}}]"#;
    check_one(&field("a", unsaid), &[("fields[0].validators[0].message", "message_missing")]);
}

#[test]
fn expressions_have_names_and_types() {
    check_one(&field("a", r#""type": "text", "visible_when": "b = 1""#), &[("fields[0].visible_when", "unknown_name")]);
    check_one(&field("a", r#""type": "text", "required": "today""#), &[("fields[0].required", "condition_type")]);
    check_one(&field("a", r#""type": "number", "max": "today""#), &[("fields[0].max", "wrong_type")]);
    check_one(&field("a", r#""type": "money", "min": 5"#), &[("fields[0].min", "wrong_type")]);
    check_one(&field("a", r#""type": "date", "prefill": "now""#), &[("fields[0].prefill", "wrong_type")]);
    check_one(
        &field("a", r#""type": "formula", "formula": "1 +", "result": "number""#),
        &[("fields[0].formula", "unexpected")],
    );
    check_one(
        &field("a", r#""type": "formula", "formula": "\"x\"", "result": "number""#),
        &[("fields[0].formula", "wrong_type")],
    );
}

#[test]
fn rounds_are_found() {
    let fields = [
        field("a", r#""type": "text", "visible_when": "b = \"x\"""#),
        field("b", r#""type": "text", "visible_when": "c = \"x\"""#),
        field("c", r#""type": "text", "prefill": "a""#),
    ];
    let form: Form =
        serde_json::from_str(&format!(r#"{{"id": "f", "title": {{"zh": "f"}}, "fields": [{}]}}"#, fields.join(",")))
            .unwrap();
    let problems = check(&form);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message.en, "these depend on each other: a → b → c → a");
    check_one(&field("a", r#""type": "formula", "formula": "a + 1", "result": "number""#), &[("fields[0]", "cycle")]);
}

#[test]
fn goods_come_from_one_order() {
    check_one(&field("g", r#""type": "goods""#), &[("fields[0].type", "order_missing")]);
    let order = field("o", r#""type": "order""#);
    let columns =
        |columns: &str| format!("{order}, {}", field("g", &format!(r#""type": "goods", "columns": [{columns}]"#)));
    check_one(&columns(&field("amount", r#""type": "text""#)), &[("fields[1].columns[0].id", "duplicate_id")]);
    check_one(&columns(&field("r", r#""type": "reason""#)), &[("fields[1].columns[0].type", "not_in_rows")]);
    check_one(
        &columns(&field("f", r#""type": "formula", "formula": "quantty * 2", "result": "number""#)),
        &[("fields[1].columns[0].formula", "unknown_name")],
    );
    check_one(
        &columns(&field("f", r#""type": "formula", "formula": "f * 2", "result": "number""#)),
        &[("fields[1].columns[0]", "cycle")],
    );
    check_one(&format!("{order}, {}", field("p", r#""type": "order""#)), &[("fields[1].type", "only_one")]);
}

#[test]
fn nobody_is_shown_what_reads_the_hidden() {
    let secret = field("secret", r#""type": "number", "audience": "desk""#);
    let shown = |audience: &str| {
        field("shown", &format!(r#""type": "text", "audience": "{audience}", "visible_when": "secret > 1""#))
    };
    check_one(&format!("{secret}, {}", shown("both")), &[("fields[1]", "hidden_input")]);
    check_one(&format!("{secret}, {}", shown("portal")), &[("fields[1]", "hidden_input")]);
    check_one(&format!("{secret}, {}", shown("desk")), &[]);
}

#[test]
fn every_type_is_complete() {
    for kind in FieldType::ALL {
        let behaviour = super::super::field::behaviour(*kind);
        assert!(!behaviour.title.0.is_empty() && !behaviour.title.1.is_empty(), "{kind:?}");
    }
    assert_eq!(answers_schema(&form()).get("goods.double"), Some(crate::expr::Type::list(crate::expr::Type::Money)));
}
