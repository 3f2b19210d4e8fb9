//! The shipped template, its text and its round trip.
#![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]

mod mistakes;

use domain::state::Verdict;
use domain::{Currency, EventKind, Lang, LocalDate, Money, Permission, Text, Timestamp};

use super::*;
use crate::facts::{Fact, Facts};
use crate::flow::{self, CoreWork, Decision, DecisionKind, History, Outcome};
use crate::rule::{EffectKind, Occurrence};
use crate::value::Value;
use crate::{message, policy, report, rule};

pub(super) const RETURNS: &str = include_str!("../../../templates/returns.yaml");

#[test]
fn the_shipped_template_has_no_mistake() {
    let (template, problems) = check_yaml(RETURNS);
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(template.is_some());
}

#[test]
fn text_and_template_are_the_same_thing() {
    let first = parse_yaml(RETURNS).unwrap().template;
    let text = to_yaml(&first).unwrap();
    let second =
        parse_yaml(&text).map(|parsed| parsed.template).map_err(|problems| format!("{problems:#?}\n{text}")).unwrap();
    assert_eq!(first, second);
    assert_eq!(first.hash(), second.hash());
    assert_eq!(to_yaml(&second).unwrap(), text);
    assert!(text.lines().all(|line| line.chars().count() < 400 && !line.ends_with(' ')), "{text}");
}

/// What YAML would read as something else, or not at all, if it were written bare.
const ODD_TEXTS: &[&str] = &[
    "yes",
    "No",
    "null",
    "~",
    "1",
    "1.50",
    "1e3",
    "0x1F",
    "1_000",
    "2026-01-01",
    "12:30:00",
    "-",
    "---",
    "...",
    "- a",
    "a: b",
    "a #b",
    "#a",
    "[a]",
    "{a}",
    "a, b",
    "'a'",
    "\"a\"",
    "it's",
    "a\\b",
    "!x",
    "&x",
    "*x",
    "|",
    ">",
    "%x",
    "@x",
    "`x`",
    "?",
    " a",
    "a ",
    "\ta",
    "a\tb",
    "a\nb",
    "a\n\nb",
    "a\n b",
    "a\nb\n",
    "\na",
    "a\r\nb",
    "\u{7f}",
    "\u{85}x",
    "\u{2028}x",
    "\u{feff}x",
    "😀",
    "，",
    "：",
    "“引号”",
    ".inf",
    "<<",
    "=",
    "a:",
    ":a",
    "a\n#b\n- c",
    "Ω≈ç",
];

#[test]
fn odd_texts_come_back_as_they_were() {
    let mut template = parse_yaml(RETURNS).unwrap().template;
    for odd in ODD_TEXTS {
        template.title = Text::new(*odd, format!("{odd}{odd}"));
        let message = template.messages.first_mut().unwrap();
        message.text = Text::new(*odd, format!("x\n{odd}"));
        let print = template.prints.first_mut().unwrap();
        *print.blocks.first_mut().unwrap() = PrintBlock::Barcode((*odd).to_owned());
        template.settings.uploads.types = vec![(*odd).to_owned(), "a/b".to_owned()];
        let text = to_yaml(&template).unwrap();
        let again = parse_yaml(&text).map(|parsed| parsed.template);
        assert_eq!(again.as_ref(), Ok(&template), "{odd:?}\n{}", text.lines().take(6).collect::<Vec<_>>().join("\n"));
    }
}

fn compiled() -> Compiled {
    compile(&parse_yaml(RETURNS).unwrap().template).unwrap()
}

#[test]
fn everything_is_found_by_its_id() {
    let compiled = compiled();
    assert_eq!(compiled.hash(), compiled.template().hash());
    assert_eq!(compiled.stages(), ["first_review", "cfo_approval", "receive", "inspect", "settle", "ship_out"]);
    assert_eq!(compiled.bootstrap_role().unwrap().id, "system_admin");
    assert!(compiled.role_allows("agent", Permission::RmaDecide));
    assert!(!compiled.role_allows("agent", Permission::SettlementPay));
    assert!(!compiled.role_allows("nobody", Permission::RmaView));
    assert_eq!(compiled.reason("size_small").unwrap().title.en, "Too small");
    assert_eq!(compiled.reason_group("size_small").unwrap().id, "no_reason");
    assert!(compiled.reason_group("no_reason").is_none());
    assert_eq!(compiled.checklist("Shoes").unwrap().id, "shoes");
    assert_eq!(compiled.checklist("Books").unwrap().id, "general");
    assert_eq!(compiled.grade("grade_used").unwrap().money_percent, 80);
    assert_eq!(compiled.case_form().unwrap().id, "return_request");
    assert_eq!(compiled.case_policy().unwrap().id, "return_policy");
    assert_eq!(
        compiled.rules_on(EventKind::NodePassed).map(|rule| rule.id.as_str()).collect::<Vec<_>>(),
        ["sms_return_address"]
    );
    for message in &compiled.template().messages {
        assert_eq!(compiled.message(&message.id), Some(message));
    }
    for print in &compiled.template().prints {
        assert_eq!(compiled.print(&print.id), Some(print));
    }
    assert!(Permission::ALL.len() <= 64, "a permission is a bit");
    let every = Permission::ALL
        .iter()
        .filter(|permission| compiled.template().roles.iter().any(|role| compiled.role_allows(&role.id, **permission)));
    assert_eq!(every.count(), Permission::ALL.len(), "somebody has each permission");
}

#[test]
fn only_what_cannot_run_is_not_compiled() {
    let mut template = parse_yaml(RETURNS).unwrap().template;
    template.case.flow = "nothing".to_owned();
    assert!(compile(&template).unwrap().case_flow().is_none());
    let again = template.flows.first().unwrap().blocks.first().unwrap().clone();
    template.flows.first_mut().unwrap().blocks.push(again);
    assert_eq!(compile(&template).unwrap_err().first().unwrap().code, "duplicate_id");
}

const DAY_MS: i64 = 86_400_000;

/// A plain return, delivered so many days before 23 November 2026.
fn case(reason: [&str; 2], kind: &str, days: i64, refund_minor: i64) -> Facts {
    let today = LocalDate::from_ymd(2026, 11, 23).unwrap();
    let day = |days: i64| today.plus_days(-days);
    Facts::at(Timestamp::from_ms(today.days() * DAY_MS + 4 * 3_600_000), 480)
        .with(Fact::Number, "RT-2041")
        .with(Fact::Kind, kind)
        .with(Fact::Kinds, Value::texts([kind]))
        .with(Fact::Categories, Value::texts(["Shoes"]))
        .with(Fact::Category, "Shoes")
        .with(Fact::Reason, reason[1])
        .with(Fact::ReasonPath, Value::texts(reason))
        .with(Fact::Resalable, true)
        .with(Fact::BuyerTags, Value::texts(["vip"]))
        .with(Fact::Shipped, true)
        .with(Fact::Delivered, true)
        .with(Fact::OrderedOn, day(days + 3))
        .with(Fact::ShippedOn, day(days + 2))
        .with(Fact::DeliveredOn, day(days))
        .with(Fact::Refund, Money::new(refund_minor, Currency::CNY))
}

#[track_caller]
fn check_policy(facts: &Facts, verdict: Verdict, rule: Option<&str>) {
    let compiled = compiled();
    let judgement = policy::judge(compiled.case_policy().unwrap(), facts);
    assert_eq!((judgement.verdict, judgement.rule.as_deref()), (verdict, rule), "{judgement:?}");
}

#[test]
fn the_policy_says_what_the_shop_promises() {
    let dislike = ["no_reason", "dislike"];
    let defect = ["quality", "defect"];
    check_policy(&case(dislike, "return_refund", 7, 100), Verdict::AutoAgree, Some("seven_days"));
    check_policy(&case(dislike, "return_refund", 8, 100), Verdict::Refuse, None);
    check_policy(&case(dislike, "exchange", 15, 100), Verdict::Review, Some("exchange_fifteen_days"));
    check_policy(&case(defect, "return_refund", 15, 100), Verdict::Review, Some("fault_fifteen_days"));
    check_policy(&case(defect, "return_refund", 16, 100), Verdict::Refuse, None);
    check_policy(&case(defect, "repair", 30, 100), Verdict::Review, Some("fault_thirty_days"));
    check_policy(&case(["wrong_goods", "missing_item"], "reship", 10, 0), Verdict::Review, Some("reship"));
    check_policy(
        &case(["price", "price_dropped"], "price_difference", 5, 100),
        Verdict::Review,
        Some("price_protection"),
    );
    check_policy(&case(["other", "other_reason"], "return_refund", 3, 100), Verdict::Review, Some("mixed_or_other"));
    let worn = case(dislike, "return_refund", 2, 100).with(Fact::Resalable, false);
    check_policy(&worn, Verdict::Refuse, Some("not_returnable"));
    let blocked = case(dislike, "return_refund", 2, 100).with(Fact::BuyerTags, Value::texts(["blocked"]));
    check_policy(&blocked, Verdict::Review, Some("blocked_buyer"));
    let unshipped = case(dislike, "unshipped_refund", 0, 100);
    check_policy(&unshipped, Verdict::Refuse, None);
    let unshipped = unshipped.with(Fact::Shipped, false).with(Fact::DeliveredOn, Value::Blank);
    check_policy(&unshipped, Verdict::AutoAgree, Some("before_shipping"));
}

#[test]
fn the_flow_asks_whom_the_shop_asks() {
    let compiled = compiled();
    let flow = compiled.case_flow().unwrap();
    let agree = |node: &str| Decision { node: node.into(), round: 1, person: None, kind: DecisionKind::Agree };
    let open = |facts: &Facts, decisions: Vec<Decision>| {
        let history = History { decisions, voters: Vec::new(), core: CoreWork::default() };
        let progress = flow::advance(flow, &history, facts);
        (progress.outcome, progress.stage().unwrap_or_default().to_owned())
    };
    let small = case(["quality", "defect"], "return_refund", 3, 500_000);
    let large = case(["quality", "defect"], "return_refund", 3, 500_001);
    assert_eq!(open(&small, vec![]), (Outcome::Running, "first_review".into()));
    assert_eq!(open(&small, vec![agree("first_review")]), (Outcome::Agreed, "receive".into()));
    assert_eq!(open(&large, vec![agree("first_review")]), (Outcome::Running, "cfo_approval".into()));
    let auto = small.clone().with(Fact::Verdict, "auto_agree");
    assert_eq!(open(&auto, vec![]), (Outcome::Agreed, "receive".into()));
    let auto_large = large.with(Fact::Verdict, "auto_agree");
    assert_eq!(open(&auto_large, vec![]), (Outcome::Running, "cfo_approval".into()));
}

#[test]
fn the_rules_of_the_article_act() {
    let compiled = compiled();
    let facts = case(["no_reason", "dislike"], "return_refund", 3, 100)
        .with(Fact::ReturnAddress, "杭州市余杭区 1 号")
        .with(Fact::ReturnContact, "王库管")
        .with(Fact::ReturnPhone, "0571-12345678")
        .with(Fact::ShopTitle, "林家服饰");
    let passed = Occurrence { kind: EventKind::NodePassed, node: Some("first_review") };
    let effects = rule::fire(compiled.rule("sms_return_address").unwrap(), &passed, &facts).unwrap();
    assert_eq!(effects.len(), 1);
    let action = effects.iter().find_map(|effect| match effect.kind {
        EffectKind::Message(action) => Some(action),
        _ => None,
    });
    let action = action.unwrap();
    let text = &compiled.message(&action.message).unwrap().text;
    let sms = message::render(&text.zh, &facts, Lang::Zh).unwrap();
    assert!(
        sms.starts_with("【林家服饰】您的退换货 RT-2041 已通过初审。请寄至：杭州市余杭区 1 号，王库管 0571-12345678。"),
        "{sms}"
    );
    let kept = facts.with(Fact::Kinds, Value::texts(["compensation"]));
    assert_eq!(rule::fire(compiled.rule("sms_return_address").unwrap(), &passed, &kept), None);
    let received = Occurrence { kind: EventKind::GoodsReceived, node: None };
    let effects = rule::fire(compiled.rule("receipt_to_inspection").unwrap(), &received, &kept).unwrap();
    assert!(matches!(effects.first().unwrap().kind, EffectKind::Task(_)));
    assert!(matches!(effects.get(1).unwrap().kind, EffectKind::Message(_)));
}

#[test]
fn every_component_can_be_planned() {
    let compiled = compiled();
    let stages = compiled.stages();
    let boards = &compiled.template().boards;
    let plans = boards.iter().flat_map(|board| &board.components).map(|component| report::plan(component, &stages, ""));
    assert!(plans.map(|plan| plan.unwrap()).all(|plan| !plan.measures.is_empty()));
    for question in ["all_reasons", "by_month", "by_channel", "by_category", "lag_days"] {
        let history = compiled.board("history_board").unwrap();
        assert!(history.components.iter().any(|component| component.id == question), "{question}");
    }
}
