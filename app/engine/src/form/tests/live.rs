//! Visibility, required, fixed, formulas, and what is submitted.

use super::*;

#[test]
fn a_complete_request_comes_out_clean() {
    let clean = portal(&complete()).unwrap();
    let json = serde_json::to_string(&clean).unwrap();
    let expect = concat!(
        r#"{"bought_on":null,"customer":{"name":"张三","phone":"13800138000"},"#,
        r#""goods":[{"amount":{"$money":{"minor":9999,"currency":"CNY"}},"category":"shoes","claimable":2,"#,
        r#""double":{"$money":{"minor":19998,"currency":"CNY"}},"kind":"return_refund","line":"1","#,
        r#""price":{"$money":{"minor":9999,"currency":"CNY"}},"quantity":1,"sku":"SKU-1","title":"Shoe 1"}],"#,
        r#""order_no":"TB-2041","photos":null,"reason":"dislike","total":{"$money":{"minor":9999,"currency":"CNY"}},"words":null}"#,
    );
    assert_eq!(json, expect);
    assert_eq!(portal(&clean), Ok(clean));
}

#[test]
fn everything_wrong_is_said_at_once() {
    let expect = [("customer", "required"), ("order_no", "required"), ("goods", "required"), ("reason", "required")];
    check_refused(portal(&Answers::new()), &expect);
    let wrong = answers(
        r#"{
            "customer": {"name": "张三", "phone": "12"}, "order_no": "a b", "goods": [], "reason": "quality", "words": "短",
            "bought_on": "2026-11-24"
        }"#,
    );
    let expect = [
        ("customer", "pattern"),
        ("order_no", "pattern"),
        ("goods", "required"),
        ("reason", "reason_not_a_leaf"),
        ("words", "too_short"),
        ("bought_on", "too_large"),
    ];
    check_refused(portal(&wrong), &expect);
}

#[test]
fn required_and_visible_follow_the_answers() {
    let seam = with(complete(), "reason", "\"seam\"");
    check_refused(portal(&seam), &[("words", "required"), ("photos", "required")]);
    let answered = with(with(seam, "words", "\"鞋底开胶了\""), "photos", "[\"12\", \"12\", \"13\"]");
    assert_eq!(portal(&answered).unwrap().get("photos"), Some(&Value::texts(["12", "13"])));

    let form = form();
    let without = run(&form, &Answers::new(), &context(Audience::Portal));
    assert!(!without.field("photos").unwrap().visible);
    let state = run(&form, &answered, &context(Audience::Portal));
    assert!(state.field("photos").unwrap().visible && state.field("photos").unwrap().required);
    assert!(state.field("words").unwrap().required);
}

#[test]
fn hidden_answers_are_kept_while_typing_and_stripped_when_submitted() {
    let mut typed = with(complete(), "photos", "[\"1\", \"2\", \"3\", \"4\"]");
    check_refused(portal(&typed), &[("photos", "too_many")]);
    typed.insert("reason".to_owned(), Value::Blank);
    // The reason is gone, so the photos are hidden: neither judged nor kept.
    check_refused(portal(&typed), &[("reason", "required")]);
    let state = run(&form(), &typed, &context(Audience::Portal));
    assert_eq!(state.answers().get("photos"), None);
}

#[test]
fn desk_fields_do_not_exist_for_customers() {
    check_refused(portal(&with(complete(), "urgent", "true")), &[("urgent", "unknown_answer")]);
    let state = run(&form(), &complete(), &context(Audience::Portal));
    assert!(state.field("urgent").is_none() && state.field("cap").is_none());
    let projected = project(&form(), Audience::Portal);
    assert!(projected.fields.iter().all(|field| field.id != "urgent" && field.id != "cap"));
    assert_eq!(run(&projected, &complete(), &context(Audience::Portal)), state);
    let urgent = desk(&with(complete(), "urgent", "true")).unwrap();
    assert_eq!((urgent.get("urgent"), urgent.get("cap")), (Some(&Value::Bool(true)), Some(&cny(9_999))));
    assert_eq!(desk(&complete()).unwrap().get("urgent"), Some(&Value::Bool(false)));
}

#[test]
fn unknown_answers_are_refused_by_name() {
    let problems = submit(&form(), &with(complete(), "reson", "1"), &context(Audience::Portal)).unwrap_err();
    assert_eq!(problems.first().unwrap().help.as_ref().unwrap().en, "did you mean `reason`?");
    check_refused(portal(&with(complete(), "a.b", "1")), &[("a.b", "unknown_answer")]);
}

#[test]
fn own_messages_replace_the_usual_ones() {
    let over = with(with(complete(), "urgent", "true"), "cap", "100");
    let problems = submit(&form(), &over, &context(Audience::Desk)).unwrap_err();
    assert_eq!(problems.first().unwrap().message, Text::new("不能超过合计", "not above the total"));
    let many = with(
        complete(),
        "goods",
        r#"[{"line": "1", "kind": "return_refund", "quantity": 1}, {"line": "2", "kind": "return_refund", "quantity": 1},
            {"line": "3", "kind": "return_refund", "quantity": 1}, {"line": "1", "kind": "return_refund", "quantity": 1}]"#,
    );
    let problems = submit(&form(), &many, &context(Audience::Portal)).unwrap_err();
    assert_eq!((problems[0].code.as_str(), problems[0].message.en.as_str()), ("not_valid", "three rows at most"));
}

#[test]
fn fixed_fields_keep_what_was_there() {
    let mut form = form();
    let order = form.fields.iter_mut().find(|field| field.id == "order_no").unwrap();
    order.read_only_when = Some("true".into());
    let mut context = context(Audience::Portal);
    context.prior.insert("order_no".to_owned(), Value::from("TB-1"));
    check_refused(codes(submit(&form, &complete(), &context)), &[("order_no", "read_only")]);
    let mut same = complete();
    same.remove("order_no");
    assert_eq!(submit(&form, &same, &context).unwrap().get("order_no"), Some(&Value::from("TB-1")));
    // What the browser sends is already what it must be.
    let sent = run(&form, &complete(), &context).answers();
    assert_eq!(submit(&form, &sent, &context).unwrap().get("order_no"), Some(&Value::from("TB-1")));
}

#[test]
fn a_form_with_a_round_still_runs() {
    let json = r#"{"id": "f", "title": {"zh": "f"}, "fields": [
        {"id": "a", "title": {"zh": "a"}, "type": "formula", "formula": "b + 1", "result": "number"},
        {"id": "b", "title": {"zh": "b"}, "type": "formula", "formula": "a + 1", "result": "number"},
        {"id": "c", "title": {"zh": "c"}, "type": "formula", "formula": "coalesce(a, 7)", "result": "number"}]}"#;
    let form: Form = serde_json::from_str(json).unwrap();
    let state = run(&form, &Answers::new(), &context(Audience::Both));
    assert_eq!(state.field("c").unwrap().value, Value::from(7));
    assert_eq!(state.problems().iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), ["cycle", "cycle"]);
}

#[test]
fn formulas_are_computed_in_the_order_of_what_they_read_and_failures_are_shown() {
    let json = r#"{"id": "f", "title": {"zh": "f"}, "fields": [
        {"id": "last", "title": {"zh": "z"}, "type": "formula", "formula": "middle * 2", "result": "number"},
        {"id": "middle", "title": {"zh": "m"}, "type": "formula", "formula": "given + 1", "result": "number"},
        {"id": "given", "title": {"zh": "g"}, "type": "number", "prefill": "1 + 1"},
        {"id": "broken", "title": {"zh": "b"}, "type": "formula", "formula": "1 / (given - 2)", "result": "number"},
        {"id": "typed", "title": {"zh": "t"}, "type": "formula", "formula": "given", "result": "text"},
        {"id": "none", "title": {"zh": "n"}, "type": "formula", "formula": "sum([])", "result": "money"}]}"#;
    let form: Form = serde_json::from_str(json).unwrap();
    let state = run(&form, &Answers::new(), &context(Audience::Both));
    assert_eq!(state.field("last").unwrap().value, Value::from(6));
    assert_eq!(state.field("none").unwrap().value, cny(0));
    let found: Vec<(String, String)> =
        state.problems().into_iter().map(|problem| (problem.path, problem.message.en)).collect();
    let expect = [("broken", "division by zero"), ("typed", "the formula came out as a number")];
    assert_eq!(found, expect.map(|(path, message)| (path.to_owned(), message.to_owned())));
    // An answer for a formula is not looked at.
    let given = with(answers(r#"{"given": 5}"#), "last", "99");
    assert_eq!(run(&form, &given, &context(Audience::Both)).field("last").unwrap().value, Value::from(12));
}
