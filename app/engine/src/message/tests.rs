//! Tables and properties of messages.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::{Currency, Money, Timestamp};

use super::*;
use crate::facts::{self, Fact, Facts};

fn facts() -> Facts {
    let mut facts = Facts::at(Timestamp::from_ms(1_795_365_000_000), 480)
        .with(Fact::Number, "RT-2041")
        .with(Fact::Kinds, Value::texts(["return_refund", "exchange"]))
        .with(Fact::Reason, "damaged")
        .with(Fact::Refund, Money::new(512_345, Currency::CNY))
        .with(Fact::ReturnAddress, "杭州市余杭区 1 号");
    facts.name("reason", "damaged", Text::new("破损", "damaged on arrival"));
    facts
}

#[track_caller]
fn check_zh(source: &str, expect: &str) {
    assert_eq!(render(source, &facts(), Lang::Zh).as_deref(), Ok(expect));
}

#[test]
fn places_are_filled_and_codes_said() {
    check_zh(
        "您的退货 {{number}} 已通过，请寄往 {{ return_address }}。",
        "您的退货 RT-2041 已通过，请寄往 杭州市余杭区 1 号。",
    );
    check_zh("{{refund}} / {{kinds}} / {{reason}} / {{today}}", "¥5,123.45 / 退货退款、换货 / 破损 / 2026-11-23");
    check_zh("{{waybills}}{{delivered_on}}", "");
    check_zh("{{if(refund > 0, \"退款\", \"不退款\")}}", "退款");
    check_zh("没有占位符 } {", "没有占位符 } {");
    check_zh("{{\"{{\"}}", "{{");
    let english = render("{{kinds}}: {{reason}}, {{now}}", &facts(), Lang::En);
    assert_eq!(english.unwrap(), "return and refund, exchange: damaged on arrival, 2026-11-23 00:30");
}

#[test]
fn mistakes_are_found_before_a_message_goes_out() {
    let codes = |source: &str| -> Vec<String> {
        check(source, &facts::schema(None), "messages[0].text.zh").into_iter().map(|problem| problem.code).collect()
    };
    assert!(codes("{{number}} {{refund}}").is_empty());
    assert_eq!(codes("{{numbr}} {{refund > 5}}"), ["unknown_name", "types_differ"]);
    assert_eq!(codes("{{number"), ["open_place"]);
    assert_eq!(codes("{{}}"), ["empty_expr"]);
    assert_eq!(codes(&"{{number}}".repeat(MAX_PLACES + 1)), ["too_many_places"]);
    assert!(codes(&"{{number}}".repeat(MAX_PLACES)).is_empty());
    assert_eq!(codes(&"长".repeat(MAX_BODY_CHARS + 1)), ["text_too_long"]);
    let problem = check("{{numbr}}", &facts::schema(None), "messages[0].text.zh").remove(0);
    assert_eq!(
        (problem.path.as_str(), problem.help.unwrap().en.as_str()),
        ("messages[0].text.zh", "did you mean `number`?")
    );
    assert_eq!(render("{{number", &facts(), Lang::Zh), Err(EvalError::NotParsed));
    assert_eq!(render("{{nobody}}", &facts(), Lang::Zh), Err(EvalError::UnknownName("nobody".into())));
    assert_eq!(Body::parse("{{number}}{{refund}}").unwrap().references().collect::<Vec<_>>(), ["number", "refund"]);
}
