//! Rows of goods.

use super::*;

fn goods(rows: &str) -> Answers {
    with(complete(), "goods", rows)
}

#[test]
fn the_order_fills_in_its_lines() {
    let state = run(&form(), &Answers::new(), &context(Audience::Portal));
    let rows = &state.field("goods").unwrap().rows;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| !row.selected));
    let first = rows.first().unwrap();
    assert_eq!(first.cell("title").unwrap().value, Value::from("Shoe 1"));
    assert_eq!(first.cell("price").unwrap().value, cny(9_999));
    assert!(first.cell("sku").unwrap().read_only && !first.cell("quantity").unwrap().read_only);
    // Rows that are given come first, so that problems point at them.
    let given = run(&form(), &goods(r#"[{"line": "3", "quantity": 1}]"#), &context(Audience::Portal));
    let lines: Vec<&Value> =
        given.field("goods").unwrap().rows.iter().map(|row| &row.cell("line").unwrap().value).collect();
    assert_eq!(lines, [&Value::from("3"), &Value::from("1"), &Value::from("2")]);
}

#[test]
fn rows_without_a_quantity_do_not_count() {
    let rows = r#"[{"line": "2", "quantity": 0}, {"line": "9"}, {"line": "1", "kind": "exchange", "quantity": "２", "wanted": "43"}]"#;
    let clean = portal(&goods(rows)).unwrap();
    let [Value::Record(row)] = clean.get("goods").unwrap().as_list().unwrap() else { panic!() };
    assert_eq!(row.get("quantity"), Some(&Value::from(2)));
    assert_eq!(row.get("amount"), Some(&cny(0)), "an exchange refunds nothing");
    assert_eq!(row.get("wanted"), Some(&Value::from("43")));
}

#[test]
fn each_row_is_judged_by_itself() {
    let rows = r#"[
        {"line": "1", "kind": "exchange", "quantity": 1}, {"line": "2", "kind": "return_refund", "quantity": 1, "wanted": "43"},
        {"line": "3", "kind": "repair", "quantity": 1}
    ]"#;
    check_refused(portal(&goods(rows)), &[("goods[0].wanted", "required"), ("goods[2].kind", "unknown_option")]);
    let clean = portal(&goods(r#"[{"line": "2", "kind": "return_refund", "quantity": 1, "wanted": "43"}]"#)).unwrap();
    let [Value::Record(row)] = clean.get("goods").unwrap().as_list().unwrap() else { panic!() };
    assert!(!row.contains_key("wanted"), "hidden in this row");
}

#[test]
fn quantities_stay_within_the_lines_budget() {
    check_refused(
        portal(&goods(r#"[{"line": "1", "kind": "return_refund", "quantity": 3}]"#)),
        &[("goods[0].quantity", "exceeds_ordered")],
    );
    let both = r#"[{"line": "1", "kind": "return_refund", "quantity": 1}, {"line": "1", "kind": "exchange", "quantity": 2, "wanted": "43"}]"#;
    check_refused(portal(&goods(both)), &[("goods[1].quantity", "exceeds_ordered")]);
    for quantity in ["-1", "1.5", "\"many\"", "true"] {
        let rows = format!(r#"[{{"line": "1", "kind": "return_refund", "quantity": {quantity}}}]"#);
        check_refused(portal(&goods(&rows)), &[("goods[0].quantity", "wrong_quantity")]);
    }
    let mut context = context(Audience::Portal);
    context.lines.as_mut().unwrap()[0].budget.claimed = 1;
    let problems =
        submit(&form(), &goods(r#"[{"line": "1", "kind": "exchange", "quantity": 2, "wanted": "x"}]"#), &context)
            .unwrap_err();
    assert_eq!(problems[0].message.en, "more than can be claimed, 1 can still be claimed");
}

#[test]
fn units_that_are_claimed_already_are_neither_offered_nor_priced() {
    // Two of three are in another case; what was paid for the third is all that is open.
    let mut offered = line("1", 3, 3_000);
    offered.budget = LineBudget { claimed: 2, claimed_goods: 2, ..offered.budget };
    assert_eq!(offered.most_left(domain::LineKind::ALL), 1);
    let mut context = context(Audience::Desk);
    context.lines = Some(vec![offered.clone()]);
    let rows = goods(r#"[{"line": "1", "kind": "return_refund", "quantity": 1}]"#);
    let state = run(&form(), &rows, &context);
    let row = state.field("goods").unwrap().rows.first().unwrap();
    let cell = |name: &str| row.cell(name).unwrap().value.clone();
    assert_eq!((cell("claimable"), cell("price"), cell("amount")), (Value::from(1), cny(3_000), cny(3_000)));
    // No unit is left: the line is there for money that takes none, and a form for goods does not offer it.
    offered.budget = LineBudget { claimed: 3, claimed_goods: 3, ..offered.budget };
    offered.paid = Money::new(0, Currency::CNY);
    assert_eq!(offered.most_left(domain::LineKind::ALL), 0);
    assert_eq!(offered.most_left(&[domain::LineKind::Compensation]), 3, "a form for nothing else");
    context.lines = Some(vec![offered.clone()]);
    let returns = [domain::LineKind::ReturnRefund, domain::LineKind::Exchange];
    assert_eq!((offered.is_open(domain::LineKind::ALL), offered.is_open(&returns)), (true, false));
    let money = run(&form(), &goods(r#"[{"line": "1", "kind": "price_difference", "quantity": 1}]"#), &context);
    let row = money.field("goods").unwrap().rows.first().unwrap();
    assert_eq!(row.cell("claimable").unwrap().value, Value::from(3));
    let named = run(&form(), &goods(r#"[{"line": "1"}]"#), &context);
    let row = named.field("goods").unwrap().rows.first().unwrap();
    assert_eq!(row.cell("price").unwrap().value, Value::Blank);
}

#[test]
fn unknown_lines_and_columns_are_named() {
    check_refused(
        portal(&goods(r#"[{"line": "7", "kind": "return_refund", "quantity": 1}, {"quantity": 1}]"#)),
        &[("goods[0].line", "unknown_line"), ("goods[1].line", "required"), ("goods[1].kind", "required")],
    );
    let strange = goods(r#"[{"line": "1", "kind": "return_refund", "quantity": 1, "colour": "red"}]"#);
    check_refused(portal(&strange), &[("goods[0].colour", "unknown_answer")]);
    check_refused(portal(&goods("[1]")), &[("goods", "wrong_kind")]);
    let many = format!("[{}]", vec![r#"{"line": "1"}"#; MAX_ROWS + 1].join(","));
    check_refused(portal(&goods(&many)), &[("goods", "too_many")]);
}

#[test]
fn a_flood_of_unknown_names_is_reported_in_part() {
    let names: Vec<String> = (0..3_000).map(|name| format!("\"n{name}\": 1")).collect();
    let flood = goods(&format!("[{{{}}}, {{{}}}]", names.join(","), names.join(",")));
    let problems = submit(&form(), &flood, &context(Audience::Portal)).unwrap_err();
    assert!((20..60).contains(&problems.len()), "{}", problems.len());
    let top: Answers = (0..3_000).map(|name| (format!("n{name}"), Value::Blank)).collect();
    assert!(submit(&form(), &top, &context(Audience::Portal)).unwrap_err().len() < 60);
}

#[test]
fn what_the_order_says_cannot_be_answered_otherwise() {
    let clean = portal(&goods(
        r#"[{"line": "1", "kind": "return_refund", "quantity": 1, "amount": {"$money": {"minor": 1, "currency": "CNY"}}, "title": "x"}]"#,
    ));
    let clean = clean.unwrap();
    let [Value::Record(row)] = clean.get("goods").unwrap().as_list().unwrap() else { panic!() };
    assert_eq!((row.get("amount"), row.get("title")), (Some(&cny(9_999)), Some(&Value::from("Shoe 1"))));
}

#[test]
fn shares_of_several_rows_of_a_line_sum_to_what_was_paid() {
    let rows = r#"[{"line": "1", "kind": "return_refund", "quantity": 1}, {"line": "1", "kind": "return_refund", "quantity": 1}]"#;
    assert_eq!(portal(&goods(rows)).unwrap().get("total"), Some(&cny(19_999)));
}

#[test]
fn without_an_order_rows_are_checked_as_far_as_they_go() {
    let mut context = context(Audience::Desk);
    context.lines = None;
    let rows = goods(r#"[{"line": "77", "kind": "exchange", "quantity": 9, "wanted": "x"}]"#);
    let clean = submit(&form(), &rows, &context).unwrap();
    assert_eq!(clean.get("total"), Some(&cny(0)));
}

#[test]
fn a_reason_may_be_for_some_kinds_only() {
    let mut context = context(Audience::Portal);
    context.reasons.as_mut().unwrap()[3].kinds = vec![domain::LineKind::Exchange];
    check_refused(codes(submit(&form(), &complete(), &context)), &[("reason", "reason_not_for_kind")]);
}

#[test]
fn one_kind_needs_no_choosing() {
    let mut form = form();
    form.fields[2].kinds = vec![domain::LineKind::ReturnRefund];
    let rows = goods(r#"[{"line": "1", "quantity": 1}]"#);
    let clean = submit(&form, &rows, &context(Audience::Portal)).unwrap();
    let [Value::Record(row)] = clean.get("goods").unwrap().as_list().unwrap() else { panic!() };
    assert_eq!(row.get("kind"), Some(&Value::from("return_refund")));
}

#[test]
fn five_hundred_rows_are_not_slow_by_design() {
    let mut form = form();
    let column = form.fields[2].columns[1].clone();
    form.fields[2].columns = (0..20).map(|place| Field { id: format!("f{place}"), ..column.clone() }).collect();
    form.validators.clear();
    let mut context = context(Audience::Portal);
    context.lines = Some((0..500).map(|place| line(&place.to_string(), 1, 1_000 + place)).collect());
    let rows: Vec<String> =
        (0..500).map(|place| format!(r#"{{"line": "{place}", "kind": "return_refund", "quantity": 1}}"#)).collect();
    let clean = submit(&form, &goods(&format!("[{}]", rows.join(","))), &context).unwrap();
    assert_eq!(clean.get("total"), Some(&cny((0..500).map(|place| 1_000 + place).sum())));
}
