//! Tables and properties of forms.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod definition;
mod goods;
mod live;
mod properties;
mod types;

use domain::budget::LineBudget;
use domain::{Currency, LocalDate, Money, Text, Timestamp};

use super::*;
use crate::value::Value;

const DAY_MS: i64 = 86_400_000;

/// The return request: customer, order, goods, reason, words, photos; a refund that staff may cap.
fn form() -> Form {
    let json = r#"{
        "id": "request", "title": {"zh": "退换货申请单", "en": "Return request"},
        "fields": [
            {"id": "customer", "title": {"zh": "客户"}, "type": "customer", "required": true},
            {"id": "order_no", "title": {"zh": "订单号"}, "type": "order", "required": true, "preset": "order_number"},
            {"id": "goods", "title": {"zh": "商品"}, "type": "goods", "required": true,
             "kinds": ["return_refund", "exchange"],
             "columns": [
                {"id": "wanted", "title": {"zh": "换成"}, "type": "text", "visible_when": "kind = \"exchange\"", "required": true},
                {"id": "double", "title": {"zh": "两倍"}, "type": "formula", "formula": "amount * 2", "result": "money"}
             ]},
            {"id": "reason", "title": {"zh": "原因"}, "type": "reason", "required": true},
            {"id": "words", "title": {"zh": "说明"}, "type": "long_text", "required": "reason.parent = \"quality\"", "min_length": 5},
            {"id": "photos", "title": {"zh": "照片"}, "type": "photos", "required": "reason.evidence", "max_count": 3,
             "visible_when": "not blank(reason)"},
            {"id": "total", "title": {"zh": "合计"}, "type": "formula", "formula": "sum(goods.amount)", "result": "money"},
            {"id": "urgent", "title": {"zh": "加急"}, "type": "bool", "audience": "desk", "default": false},
            {"id": "cap", "title": {"zh": "上限"}, "type": "money", "audience": "desk", "visible_when": "urgent",
             "prefill": "total", "max": "total", "message": {"zh": "不能超过合计", "en": "not above the total"}},
            {"id": "bought_on", "title": {"zh": "购买日期"}, "type": "date", "max": "today"}
        ],
        "validators": [
            {"holds": "count(goods) <= 3", "message": {"zh": "一次最多三行", "en": "three rows at most"}}
        ]
    }"#;
    serde_json::from_str(json).unwrap()
}

fn line(id: &str, ordered: i64, paid_minor: i64) -> OfferedLine {
    OfferedLine {
        line: id.to_owned(),
        sku: format!("SKU-{id}"),
        title: format!("Shoe {id}"),
        category: Some("shoes".to_owned()),
        resalable: Some(true),
        budget: LineBudget { ordered, shipped: ordered, ..LineBudget::default() },
        paid: Money::new(paid_minor, Currency::CNY),
    }
}

fn context(audience: Audience) -> Context {
    let noon = LocalDate::from_ymd(2026, 11, 23).unwrap().days() * DAY_MS + 4 * 3_600_000;
    let reason = |id: &str, parent: Option<&str>, evidence| Reason {
        id: id.to_owned(),
        title: Text::new(id, id),
        parent: parent.map(str::to_owned),
        kinds: vec![],
        evidence,
    };
    Context {
        reasons: Some(vec![
            reason("quality", None, false),
            reason("seam", Some("quality"), true),
            reason("taste", None, false),
            reason("dislike", Some("taste"), false),
        ]),
        lines: Some(vec![line("1", 2, 19_999), line("2", 1, 5_000), line("3", 1, 100)]),
        ..Context::new(audience, Timestamp::from_ms(noon), 480, Currency::CNY)
    }
}

fn answers(json: &str) -> Answers {
    serde_json::from_str(json).unwrap()
}

/// A request that is complete.
fn complete() -> Answers {
    answers(
        r#"{
            "customer": {"name": " 张三 ", "phone": "138-0013 8000"}, "order_no": "TB-2041",
            "goods": [{"line": "1", "kind": "return_refund", "quantity": 1}], "reason": "dislike", "words": ""
        }"#,
    )
}

fn with(mut answers: Answers, field: &str, json: &str) -> Answers {
    answers.insert(field.to_owned(), serde_json::from_str(json).unwrap());
    answers
}

fn portal(answers: &Answers) -> Result<Answers, Vec<(String, String)>> {
    codes(submit(&form(), answers, &context(Audience::Portal)))
}

fn desk(answers: &Answers) -> Result<Answers, Vec<(String, String)>> {
    codes(submit(&form(), answers, &context(Audience::Desk)))
}

fn codes(result: Result<Answers, Vec<domain::Diagnostic>>) -> Result<Answers, Vec<(String, String)>> {
    result.map_err(|problems| problems.into_iter().map(|problem| (problem.path, problem.code)).collect())
}

#[track_caller]
fn check_refused(result: Result<Answers, Vec<(String, String)>>, expect: &[(&str, &str)]) {
    let found = result.unwrap_err();
    let found: Vec<(&str, &str)> = found.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect();
    assert_eq!(found, expect);
}

fn cny(minor: i64) -> Value {
    Value::Money(Money::new(minor, Currency::CNY))
}
