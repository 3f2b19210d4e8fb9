//! Every type of field: what it takes, in which form it keeps it, what it refuses.

use super::*;

fn run_one(attributes: &str, answer: &str) -> Result<Value, String> {
    let json = format!(
        r#"{{"id": "f", "title": {{"zh": "f"}}, "fields": [{{"id": "x", "title": {{"zh": "x"}}, {attributes}}}]}}"#
    );
    let form: Form = serde_json::from_str(&json).unwrap();
    assert_eq!(check(&form), vec![], "{attributes}");
    let answers = answers(&format!(r#"{{"x": {answer}}}"#));
    let clean = submit(&form, &answers, &context(Audience::Both)).map_err(|problems| problems[0].code.clone())?;
    assert_eq!(submit(&form, &clean, &context(Audience::Both)).as_ref(), Ok(&clean), "{attributes} {answer}");
    Ok(clean.get("x").cloned().unwrap())
}

#[track_caller]
fn takes(attributes: &str, answer: &str, expect: Value) {
    assert_eq!(run_one(attributes, answer), Ok(expect), "{answer}");
}

#[track_caller]
fn refuses(attributes: &str, answer: &str, code: &str) {
    assert_eq!(run_one(attributes, answer), Err(code.to_owned()), "{answer}");
}

#[test]
fn text() {
    let plain = r#""type": "text", "min_length": 2, "max_length": 4"#;
    takes(plain, "\"  退货 \"", Value::from("退货"));
    takes(plain, "\"   \"", Value::Blank);
    takes(plain, "1234", Value::from("1234"));
    refuses(plain, "\"a\"", "too_short");
    refuses(plain, "\"abcde\"", "too_long");
    refuses(plain, "\"a\\nb\"", "control_character");
    refuses(plain, "true", "wrong_kind");
    refuses(r#""type": "text", "pattern": "[A-Z]{2}""#, "\"ABC\"", "pattern");
    takes(r#""type": "text", "preset": "postcode_cn""#, "\"310000\"", Value::from("310000"));
    let long = format!("\"{}\"", "x".repeat(201));
    refuses(r#""type": "text""#, &long, "too_long");
    takes(r#""type": "long_text""#, "\"a\\r\\nb\"", Value::from("a\nb"));
    refuses(r#""type": "long_text""#, "\"a\\u0000\"", "control_character");
}

#[test]
fn numbers_and_amounts() {
    let number = r#""type": "number", "min": 1, "max": "10 * 10", "decimals": 1"#;
    takes(number, "7", Value::from(7));
    takes(number, "\" １２．５ \"", serde_json::from_str("12.5").unwrap());
    takes(number, "\"\"", Value::Blank);
    refuses(number, "0.5", "too_small");
    refuses(number, "101", "too_large");
    refuses(number, "1.25", "too_many_decimals");
    refuses(number, "\"1e3\"", "wrong_kind");
    refuses(r#""type": "number""#, "1000000000001", "out_of_range");
    takes(r#""type": "number""#, "\"1,234\"", Value::from(1_234));
    let money = r#""type": "money", "min": 0, "max": "money(\"100\", \"CNY\")""#;
    takes(money, "\"¥99.9\"", cny(9_990));
    takes(money, "99", cny(9_900));
    takes(money, r#"{"$money": {"minor": 1, "currency": "CNY"}}"#, cny(1));
    refuses(money, "-1", "too_small");
    refuses(money, "100.01", "too_large");
    refuses(money, "0.001", "wrong_kind");
    refuses(money, r#"{"$money": {"minor": 1, "currency": "USD"}}"#, "wrong_currency");
    let yen = Value::Money(Money::new(500, "JPY".parse().unwrap()));
    takes(r#""type": "money", "currency": "JPY""#, "500", yen);
}

#[test]
fn choices() {
    let options = r#""options": [{"id": "a", "title": {"zh": "甲"}}, {"id": "b", "title": {"zh": "乙"}}]"#;
    let choice = format!(r#""type": "choice", {options}"#);
    takes(&choice, "\"b\"", Value::from("b"));
    refuses(&choice, "\"c\"", "unknown_option");
    let several = format!(r#""type": "multi_choice", "max_count": 2, {options}"#);
    takes(&several, "[\"b\", \"a\", \"b\"]", Value::texts(["a", "b"]));
    takes(&several, "[]", Value::Blank);
    takes(&several, "\"a\"", Value::texts(["a"]));
    refuses(&several, "[\"a\", \"c\"]", "unknown_option");
    refuses(&several, "[1]", "wrong_kind");
    refuses(&format!(r#""type": "multi_choice", "min_count": 2, {options}"#), "[\"a\"]", "too_few");
}

#[test]
fn reasons_orders_and_photos() {
    takes(r#""type": "reason""#, "\"seam\"", Value::from("seam"));
    refuses(r#""type": "reason""#, "\"quality\"", "reason_not_a_leaf");
    refuses(r#""type": "reason""#, "\"nothing\"", "unknown_reason");
    takes(r#""type": "order", "preset": "order_number""#, "\" ＴＢ－２０４１ \"", Value::from("TB-2041"));
    refuses(r#""type": "order", "preset": "order_number""#, "\"#\"", "pattern");
    takes(r#""type": "photos", "min_count": 1"#, "[\"1\", \"2\"]", Value::texts(["1", "2"]));
    refuses(r#""type": "photos", "min_count": 2"#, "[\"1\"]", "too_few");
    refuses(r#""type": "photos""#, "[\"../etc/passwd\"]", "wrong_kind");
    let many: Vec<String> = (0..=MAX_FILES).map(|id| format!("\"{id}\"")).collect();
    refuses(r#""type": "photos""#, &format!("[{}]", many.join(",")), "too_many");
}

#[test]
fn days_contacts_and_consents() {
    let day = |text: &str| Value::Date(text.parse().unwrap());
    let date = r#""type": "date", "min": "today - 30", "max": "today""#;
    takes(date, r#"{"$date": "2026-11-23"}"#, day("2026-11-23"));
    takes(date, "\"2026/11/01\"", day("2026-11-01"));
    refuses(date, "\"2026-11-24\"", "too_large");
    refuses(date, "\"2026-10-01\"", "too_small");
    refuses(date, "\"2026-02-30\"", "wrong_kind");
    takes(r#""type": "phone""#, "\"0571-1234 5678\"", Value::from("057112345678"));
    refuses(r#""type": "phone""#, "\"none\"", "pattern");
    refuses(r#""type": "phone""#, &format!("\"{}\"", "1".repeat(41)), "too_long");
    takes(r#""type": "phone", "preset": "mobile_cn""#, "\"１３８００１３８０００\"", Value::from("13800138000"));
    refuses(r#""type": "phone", "preset": "mobile_cn""#, "\"057112345678\"", "pattern");
    takes(r#""type": "email""#, "\"a@b.cn\"", Value::from("a@b.cn"));
    refuses(r#""type": "email""#, "\"a@b\"", "pattern");
    takes(r#""type": "bool""#, "\"true\"", Value::Bool(true));
    takes(r#""type": "bool", "required": true"#, "false", Value::Bool(false));
    refuses(r#""type": "bool", "required": true"#, "null", "required");
    refuses(r#""type": "bool""#, "1", "wrong_kind");
    let consent = r#""type": "bool", "required": true, "validators": [{"holds": "x", "message": {"zh": "请同意"}}]"#;
    refuses(consent, "false", "not_valid");
}

#[test]
fn customers() {
    let customer = r#""type": "customer", "required": true"#;
    refuses(customer, "{}", "required");
    refuses(customer, r#"{"name": "张三"}"#, "contact_missing");
    refuses(customer, r#"{"phone": "13800138000"}"#, "name_missing");
    refuses(customer, r#"{"name": "张三", "email": "x"}"#, "pattern");
    refuses(customer, r#"{"name": "张三", "fax": "1"}"#, "unknown_answer");
    refuses(customer, "\"张三\"", "wrong_kind");
    let expect: Value = serde_json::from_str(r#"{"name": "张三", "email": "a@b.cn"}"#).unwrap();
    takes(customer, r#"{"name": "张三", "email": " a@b.cn ", "phone": ""}"#, expect);
}
