//! Tables and properties of the expression language.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;

use domain::{Currency, LocalDate, Money, Timestamp};
use rust_decimal::Decimal;

use super::*;
use crate::value::Value;

fn cny(minor: i64) -> Value {
    Value::Money(Money::new(minor, Currency::CNY))
}

fn row(quantity: i64, price_minor: i64, kind: &str) -> Value {
    let cells = [
        ("quantity".to_owned(), Value::from(quantity)),
        ("amount".to_owned(), cny(quantity * price_minor)),
        ("price".to_owned(), cny(price_minor)),
        ("kind".to_owned(), Value::from(kind)),
    ];
    Value::Record(cells.into_iter().collect())
}

struct Shop(BTreeMap<String, Value>);

impl Scope for Shop {
    fn get(&self, path: &str) -> Option<std::borrow::Cow<'_, Value>> {
        Scope::get(&self.0, path)
    }
    fn offset_minutes(&self) -> i32 {
        480
    }
}

fn shop() -> Shop {
    let dollars = Value::Money(Money::new(100, "USD".parse().unwrap()));
    let names = [
        ("refund", cny(512_345)),
        ("dollars", dollars),
        ("quantity", Value::from(3)),
        ("nothing", Value::Blank),
        ("empty", Value::from("")),
        ("kind", Value::from("exchange")),
        ("kinds", Value::texts(["exchange", "repair"])),
        ("resalable", Value::from(true)),
        ("today", Value::Date(LocalDate::from_ymd(2026, 11, 23).unwrap())),
        // 2026-11-11 17:00 UTC is 01:00 on the 12th in the shop.
        ("delivered_at", Value::DateTime(Timestamp::from_ms(1_794_416_400_000))),
        ("goods", Value::List(vec![row(2, 1_990, "exchange"), row(1, 5_000, "repair")])),
        ("form.size", Value::from("42")),
        ("customer", Value::Record([("name".to_owned(), Value::from("张三"))].into_iter().collect())),
        ("numbers", Value::List(vec![Value::from(5), Value::Blank, Value::from(2)])),
    ];
    Shop(names.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[track_caller]
fn check_value(source: &str, expect: Value) {
    let expr = parse(source).unwrap_or_else(|problems| panic!("{source}: {problems:?}"));
    assert_eq!(eval(&expr, &shop()), Ok(expect), "{source}");
    let printed = expr.to_string();
    assert_eq!(parse(&printed).as_ref(), Ok(&expr), "printed as {printed}");
}

#[track_caller]
fn check_number(source: &str, expect: &str) {
    check_value(source, Value::number(Decimal::from_str_exact(expect).unwrap()));
}

#[track_caller]
fn check_bool(source: &str, expect: bool) {
    check_value(source, Value::Bool(expect));
}

#[track_caller]
fn check_error(source: &str, code: &str) {
    let expr = parse(source).unwrap_or_else(|problems| panic!("{source}: {problems:?}"));
    assert_eq!(eval(&expr, &shop()).unwrap_err().code(), code, "{source}");
}

#[track_caller]
fn check_mistake(source: &str, code: &str, says: &str) {
    let problems = parse(source).unwrap_err();
    let problem = problems.iter().find(|problem| problem.code == code);
    let problem = problem.unwrap_or_else(|| panic!("{source}: {problems:?}"));
    let help = problem.help.clone().unwrap_or_default();
    let all = format!("{} {} {} {}", problem.message.zh, problem.message.en, help.zh, help.en);
    assert!(all.contains(says), "{all}");
}

#[test]
fn operators_bind_as_in_arithmetic() {
    check_number("1 + 2 * 3", "7");
    check_number("(1 + 2) * 3", "9");
    check_number("10 - 4 - 3", "3");
    check_number("100 / 4 / 5", "5");
    check_number("1 / 4", "0.25");
    check_number("-quantity * 2", "-6");
    check_number("2 - -3", "5");
    check_number("0.1 + 0.2", "0.3");
    check_bool("1 + 1 = 2 and not 2 < 1", true);
    check_bool("false and false or true", true);
    check_bool("not quantity = 4", true);
    check_bool("1 <> 2 and 1 != 2 and 1 ≠ 2", true);
}

#[test]
fn chinese_words_and_signs_mean_the_same() {
    check_bool("quantity ＞ 2 且 非 （quantity ≥ 4）", true);
    check_bool("kind 属于 【“exchange”，“repair”】", true);
    check_number("求和（goods.quantity）", "3");
    check_number("如果(为空(nothing), 1, 2)", "1");
    check_bool("任一(goods：本项.quantity > 1)", true);
    check_bool("nothing = 空", true);
    check_number("2 × 3 ÷ 4", "1.5");
}

#[test]
fn blank_is_not_zero_and_not_false() {
    check_value("nothing + 1", Value::Blank);
    check_value("nothing > 1", Value::Blank);
    check_value("not (nothing > 1)", Value::Blank);
    check_bool("nothing = 0", false);
    check_bool("nothing <> 0", true);
    check_bool("nothing = blank", true);
    check_bool("empty = blank", true);
    check_bool("nothing > 1 and false", false);
    check_bool("nothing > 1 or true", true);
    check_value("nothing > 1 and true", Value::Blank);
    check_bool("nothing in [1, 2]", false);
    check_number("coalesce(nothing, empty, 7)", "7");
    check_value("upper(nothing)", Value::Blank);
    check_value("if(nothing > 1, 1)", Value::Blank);
    check_number("if(nothing > 1, 1, 2)", "2");
}

#[test]
fn money_keeps_its_currency_and_rounds_half_away_from_zero() {
    check_bool("refund > money(\"5000.00\", \"CNY\")", true);
    check_bool("refund > money(5123.45, \"CNY\")", false);
    check_bool("refund >= money(\"5123.45\", \"CNY\") and refund > 0", true);
    check_value("refund + money(\"0.55\", \"CNY\")", cny(512_400));
    check_value("refund - refund", cny(0));
    check_value("money(\"0.01\", \"CNY\") * 0.5", cny(1));
    check_value("money(\"-0.01\", \"CNY\") * 0.5", cny(-1));
    check_value("money(\"10.00\", \"CNY\") / 3", cny(333));
    check_value("money(\"20.00\", \"CNY\") / 3", cny(667));
    check_value("1.5 * money(3, \"CNY\")", cny(450));
    check_number("money(3, \"CNY\") / money(2, \"CNY\")", "1.5");
    check_number("amount(refund)", "5123.45");
    check_value("currency(refund)", Value::from("CNY"));
    check_value("-refund", cny(-512_345));
    check_value("abs(-refund)", cny(512_345));
    check_error("refund > dollars", "currencies_differ");
    check_error("refund = dollars", "currencies_differ");
    check_error("refund + dollars", "currencies_differ");
    check_error("sum([refund, dollars])", "currencies_differ");
    check_error("refund > 5000", "wrong_type");
    check_error("money(92233720368547758, \"CNY\") * 2", "too_large");
}

#[test]
fn conditions_have_three_outcomes() {
    let outcome = |source: &str| Formula::new(source).condition(&shop());
    assert_eq!(outcome("refund > money(1, \"CNY\")"), Condition::True);
    assert_eq!(outcome("nothing > 1"), Condition::False);
    assert_eq!(outcome("not (nothing > 1)"), Condition::False);
    let differ = outcome("dollars > money(1, \"CNY\")");
    assert!(matches!(differ, Condition::Unclear(EvalError::CurrenciesDiffer(..))), "{differ:?}");
    assert!(differ.may_hold() && !differ.holds());
    assert!(matches!(outcome("quantity"), Condition::Unclear(EvalError::WrongType { .. })));
    assert!(matches!(outcome("nobody"), Condition::Unclear(EvalError::UnknownName(_))));
    assert_eq!(outcome("1 +"), Condition::Unclear(EvalError::NotParsed));
    assert_eq!(outcome("false and dollars > refund"), Condition::False);
}

#[test]
fn names_reach_into_records_and_columns() {
    check_value("form.size", Value::from("42"));
    check_value("customer.name", Value::from("张三"));
    check_value("customer.phone", Value::Blank);
    check_value("nothing.name", Value::Blank);
    check_value("goods.quantity", Value::List(vec![Value::from(2), Value::from(1)]));
    check_value("goods.colour", Value::List(vec![Value::Blank, Value::Blank]));
    check_error("quantity.name", "wrong_type");
    check_error("orders.quantity", "unknown_name");
    let expr = parse("goods.amount > refund or any(goods: it.kind = kind)").unwrap();
    assert_eq!(expr.references(), ["goods", "goods.amount", "kind", "refund"]);
}

#[test]
fn lists_fold_and_rows_compute() {
    check_value("sum(goods.amount)", cny(8_980));
    check_value("sum(goods: it.price * it.quantity)", cny(8_980));
    check_number("sum(numbers)", "7");
    check_number("sum(nothing)", "0");
    check_bool("sum([]) < money(1, \"CNY\")", true);
    check_number("avg(numbers)", "3.5");
    check_value("avg([])", Value::Blank);
    check_number("count(numbers)", "2");
    check_number("count(goods)", "2");
    check_number("count(goods: it.kind = \"repair\")", "1");
    check_number("min(numbers)", "2");
    check_number("max(3, 9, nothing, 4)", "9");
    check_value("max(goods: it.price)", cny(5_000));
    check_value("min([])", Value::Blank);
    check_bool("any(goods: it.quantity > 2)", false);
    check_bool("all(goods: it.quantity > 0)", true);
    check_bool("any([])", false);
    check_bool("all([])", true);
    check_bool("any(kinds: it in [\"repair\"])", true);
    check_bool("any(goods: any(kinds: it = kind))", true);
    check_value("first(kinds)", Value::from("exchange"));
    check_value("join(kinds, \"/\")", Value::from("exchange/repair"));
    check_value("unique([1, 2, 1])", Value::List(vec![Value::from(1), Value::from(2)]));
    check_bool("overlaps(kinds, [\"repair\", \"reship\"])", true);
    check_bool("contains(kinds, \"reship\")", false);
    check_bool("kind in kinds and kind not in [\"reship\"]", true);
    check_number("len(kinds)", "2");
    check_error("sum(kinds)", "wrong_type");
}

#[test]
fn texts() {
    check_value("concat(\"退\", nothing, 3, \"件\")", Value::from("退3件"));
    check_value("\"a\" + \"b\"", Value::from("ab"));
    check_bool("contains(\"破损的盒子\", \"破损\")", true);
    check_bool("starts_with(kind, \"ex\") and ends_with(kind, \"ge\")", true);
    check_bool("matches(form.size, \"[0-9]{2}\")", true);
    check_bool("matches(\"042\", \"[0-9]{2}\")", false);
    check_bool("matches(\"ab\", \"a|b\")", false);
    check_number("len(\"退货\")", "2");
    check_value("upper(\"straße\")", Value::from("STRASSE"));
    check_value("left(\"退换货\", 2)", Value::from("退换"));
    check_value("right(\"退换货\", 2)", Value::from("换货"));
    check_value("replace(\"a-b-c\", \"-\", \"\")", Value::from("abc"));
    check_value("trim(\"  a \")", Value::from("a"));
    check_number("number(\" 12.50 \")", "12.5");
    check_value("number(\"twelve\")", Value::Blank);
    check_value("text(delivered_at)", Value::from("2026-11-12 01:00"));
    check_value("text(refund)", Value::from("5123.45 CNY"));
    check_value(r#""a\"b\\c\n""#, Value::from("a\"b\\c\n"));
    check_value("'it\"s'", Value::from("it\"s"));
    check_error("left(\"a\", -1)", "too_large");
}

#[test]
fn numbers_round() {
    check_number("round(2.5)", "3");
    check_number("round(-2.5)", "-3");
    check_number("round(1.005, 2)", "1.01");
    check_number("floor(-1.5)", "-2");
    check_number("ceil(-1.5)", "-1");
    check_number("mod(-7, 3)", "-1");
    check_number("1 / 3 * 3", "0.9999999999999999999999999999");
    check_error("mod(1, nothing + 0) + 1 / (quantity - 3)", "division_by_zero");
    check_error("79228162514264337593543950335 * 10", "too_large");
}

#[test]
fn days_are_the_shops() {
    check_number("days_between(delivered_at, today)", "11");
    check_number("today - date(\"2026-11-01\")", "22");
    check_value("add_days(delivered_at, 7)", Value::Date(LocalDate::from_ymd(2026, 11, 19).unwrap()));
    check_bool("today > date(delivered_at) + 7", true);
    check_bool("today >= today - duration(1, \"days\")", true);
    check_number("weekday(today)", "1");
    check_number("year(today) * 100 + month(today)", "202611");
    check_number("hours_between(delivered_at, delivered_at + duration(90, \"minutes\"))", "1.5");
    check_bool("duration(2, \"hours\") = duration(120, \"minutes\")", true);
    check_error("delivered_at + duration(4, \"working_hours\")", "wrong_type");
    check_error("duration(1, \"working_days\") < duration(24, \"hours\")", "wrong_type");
    check_error("today + 99999999", "too_large");
    check_error("today + 0.5", "wrong_type");
    check_error("today > delivered_at", "wrong_type");
}

#[test]
fn mistakes_say_where_and_what_would_help() {
    check_mistake("", "empty_expr", "empty");
    check_mistake("1 +", "unexpected", "character 4");
    check_mistake("(1", "missing_sign", "`)` is missing");
    check_mistake("1 < 2 < 3", "unexpected", "join two comparisons");
    check_mistake("summ(goods)", "unknown_function", "did you mean `sum`");
    check_mistake("求合(goods)", "unknown_function", "是不是“求和”");
    check_mistake("round()", "argument_count", "1 to 2");
    check_mistake("upper(\"a\", \"b\")", "argument_count", "takes 1 arguments, not 2");
    check_mistake("upper(kinds: it)", "colon_not_taken", "colon");
    check_mistake("it.quantity", "it_outside", "behind a colon");
    check_mistake("matches(kind, \"(\")", "bad_pattern", "wrong");
    check_mistake("matches(kind, \"a)(b\")", "bad_pattern", "wrong");
    check_mistake("matches(kind, kind)", "pattern_not_written", "written out");
    check_mistake("money(\"1.234\", \"CNY\")", "bad_constant", "currency code");
    check_mistake("date(\"2026-02-30\")", "bad_constant", "2026-11-11");
    check_mistake("duration(4, \"workhours\")", "bad_constant", "working_hours");
    check_mistake("a & b", "unknown_sign", "concat");
    check_mistake("a || b", "unknown_sign", "`or`");
    check_mistake("\"open", "open_text", "does not end");
    check_mistake("\"\\x\"", "bad_escape", "character 3");
    check_mistake("a.", "missing_name", "behind `.`");
    check_mistake("a b", "unexpected", "`b`");
    check_mistake("1".repeat(40).as_str(), "bad_number", "28 digits");
    let both = parse("summ(a) + cont(b)").unwrap_err();
    assert_eq!(both.len(), 2, "{both:?}");
}

#[test]
fn limits_hold_at_their_edges() {
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH as usize)).is_ok());
    check_mistake(&nested(MAX_DEPTH as usize + 1), "expr_too_deep", "64");
    let chain = |terms: usize| vec!["1"; terms].join(" + ");
    assert!(parse(&chain(MAX_DEPTH as usize)).is_ok());
    check_mistake(&chain(MAX_DEPTH as usize + 1), "expr_too_deep", "64");
    let list = |items: usize| format!("[{}]", vec!["a"; items].join(","));
    assert!(parse(&list(MAX_NODES as usize - 1)).is_ok());
    check_mistake(&list(MAX_NODES as usize), "expr_too_large", "1000");
    assert!(parse(&format!("1{}", " ".repeat(MAX_SOURCE_CHARS - 1))).is_ok());
    check_mistake(&"1".repeat(MAX_SOURCE_CHARS + 1), "expr_too_long", "4000");
    check_mistake(&"-".repeat(MAX_DEPTH as usize + 1), "expr_too_deep", "64");
    check_mistake(&"not ".repeat(MAX_DEPTH as usize + 1), "expr_too_deep", "64");

    let many = |items: usize| {
        let names = [("many".to_owned(), Value::List(vec![Value::from(1); items]))];
        names.into_iter().collect::<BTreeMap<_, _>>()
    };
    let total = parse("sum(many)").unwrap();
    assert_eq!(eval(&total, &many(MAX_LIST_ITEMS)), Ok(Value::from(10_000)));
    assert_eq!(eval(&total, &many(MAX_LIST_ITEMS + 1)), Err(EvalError::TooLong));
    let square = parse("sum(many: sum(many: 1))").unwrap();
    assert_eq!(eval(&square, &many(300)), Ok(Value::from(90_000)));
    assert_eq!(eval(&square, &many(1_000)), Err(EvalError::TooManySteps));
    let long = [("t".to_owned(), Value::text("x".repeat(MAX_TEXT_BYTES / 2)))].into_iter().collect::<BTreeMap<_, _>>();
    assert!(eval(&parse("t + t").unwrap(), &long).is_ok());
    assert_eq!(eval(&parse("t + t + t").unwrap(), &long), Err(EvalError::TooLong));
    assert_eq!(eval(&parse("concat(t, t, \"x\")").unwrap(), &long), Err(EvalError::TooLong));
    assert_eq!(eval(&parse("replace(t, \"x\", \"xyz\")").unwrap(), &long), Err(EvalError::TooLong));
}

fn schema() -> Schema {
    let columns = Schema::new()
        .with("quantity", Type::Number)
        .with("amount", Type::Money)
        .with("kind", Type::choice(["exchange", "repair"]));
    Schema::new()
        .with("refund", Type::Money)
        .with("quantity", Type::Number)
        .with("kind", Type::choice(["exchange", "repair", "reship"]))
        .with("kinds", Type::list(Type::choice(["exchange", "repair"])))
        .with("reason", Type::Text)
        .with("resalable", Type::Bool)
        .with("today", Type::Date)
        .with("delivered_at", Type::DateTime)
        .with("goods", Type::list(Type::Record(std::sync::Arc::new(columns))))
        .with("form.size", Type::Text)
}

#[track_caller]
fn check_type(source: &str, expect: Type) {
    let (found, problems) = check(&parse(source).unwrap(), &schema());
    assert_eq!((found, problems), (expect, vec![]), "{source}");
}

#[track_caller]
fn check_problem(source: &str, code: &str, says: &str) {
    let (_, problems) = check(&parse(source).unwrap(), &schema());
    let [problem] = problems.as_slice() else { panic!("{source}: {problems:?}") };
    let help = problem.help.clone().unwrap_or_default();
    let all = format!("{} {} {} {}", problem.message.zh, problem.message.en, help.zh, help.en);
    assert!(problem.code == code && all.contains(says), "{problem:?}");
}

#[test]
fn types_are_known_before_values() {
    check_type("refund > money(5000, \"CNY\") and kind = \"exchange\"", Type::Bool);
    check_type("sum(goods.amount) + refund * 0.5", Type::Money);
    check_type("goods.amount", Type::list(Type::Money));
    check_type("sum(goods: it.quantity)", Type::Number);
    check_type("any(goods: it.kind = kind)", Type::Bool);
    check_type("if(resalable, refund, blank)", Type::Money);
    check_type("refund > 0 and 0 < refund", Type::Bool);
    check_type("today - date(delivered_at)", Type::Number);
    check_type("today + 7", Type::Date);
    check_type("first(kinds) in [\"exchange\"]", Type::Bool);
    check_type("form.size + reason", Type::Text);
    check_type("coalesce(reason, \"other\")", Type::Text);
    check_type("max(goods: it.amount)", Type::Money);
}

#[test]
fn what_cannot_work_is_named_with_its_remedy() {
    check_problem("refnd > money(1, \"CNY\")", "unknown_name", "did you mean `refund`?");
    check_problem("goods.quantty = [1]", "unknown_name", "goods.quantity");
    check_problem("any(goods: it.knd = \"repair\")", "unknown_name", "did you mean `kind`?");
    check_problem("refund > 5000", "types_differ", "money(\"5000.00\", \"CNY\")");
    check_problem("kind = \"exchnage\"", "unknown_option", "did you mean `exchange`?");
    check_problem("kind in [\"exchange\", \"refund\"]", "unknown_option", "`refund`");
    check_problem("today > delivered_at", "types_differ", "date(time)");
    check_problem("reason + quantity", "types_differ", "concat(a, b)");
    check_problem("reason = 5", "types_differ", "number(text)");
    check_problem("kinds = kind", "types_differ", "contains(list, value)");
    check_problem("quantity and resalable", "wrong_type", "`and` takes yes or no, not a number");
    check_problem("upper(quantity)", "wrong_type", "`upper` takes text");
    check_problem("sum(goods.kind)", "wrong_type", "a number or money");
    check_problem("if(resalable, refund, quantity)", "types_differ", "different types");
    check_problem("quantity / 0", "division_by_zero", "zero");
    check_problem("[1, \"a\"]", "types_differ", "different types");
    check_problem("-reason", "wrong_type", "a number or money");
}

#[test]
fn formulas_carry_their_mistakes_in_documents() {
    let formula: Formula = serde_json::from_str("\"refnd > 1\"").unwrap();
    let (_, problems) = formula.check(&schema(), "flow.blocks[2].when");
    assert_eq!(problems.first().unwrap().path, "flow.blocks[2].when");
    let broken: Formula = serde_json::from_str("\"1 +\"").unwrap();
    assert_eq!(broken.check_condition(&schema(), "when").len(), 1);
    assert_eq!(serde_json::to_string(&broken).unwrap(), "\"1 +\"");
    let problems = Formula::new("quantity").check_condition(&schema(), "when");
    assert_eq!(problems.first().unwrap().code, "condition_type");
    assert_eq!(serde_json::from_str::<Formula>("5").unwrap(), Formula::new("5"));
    assert_eq!(serde_json::from_str::<Toggle>("true").unwrap(), Toggle::Always(true));
    assert_eq!(serde_json::from_str::<Toggle>("\"quantity > 1\"").unwrap(), Toggle::When("quantity > 1".into()));
}

#[test]
fn the_table_of_functions_is_sound() {
    let mut seen = std::collections::BTreeSet::new();
    for function in functions() {
        assert!(seen.insert(function.name.to_lowercase()), "{} twice", function.name);
        assert!(seen.insert(function.zh.to_owned()), "{} twice", function.zh);
        assert!(!function.help.0.is_empty() && !function.help.1.is_empty(), "{} has no help", function.name);
        assert!(function.optional <= function.params.len(), "{}", function.name);
        assert!(!is_reserved(function.zh) && (!is_reserved(function.name) || function.name == "blank"));
    }
    assert!(seen.len() >= 80, "{}", seen.len());
}

#[test]
fn the_reference_names_every_function() {
    let reference = include_str!("../../../docs/expressions.md");
    for function in functions() {
        let named = format!("`{}`", function.name);
        assert!(reference.contains(&named) && reference.contains(function.zh), "{} {}", function.name, function.zh);
    }
    assert!(reference.lines().count() <= 150);
}
