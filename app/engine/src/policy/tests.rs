//! Tables and properties of policies.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::state::Verdict;
use domain::{Currency, LocalDate, Money, Text, Timestamp};

use super::*;
use crate::facts::{self, Fact, Facts};
use crate::value::Value;

/// Seven days without a reason, thirty for faults, food never; the rest is for people.
fn policy() -> Policy {
    let json = r#"{
        "id": "returns", "title": {"zh": "退换政策", "en": "Returns"},
        "rules": [
            {"id": "food", "title": {"zh": "生鲜不退", "en": "No fresh food"}, "categories": ["fresh"], "verdict": "refuse",
             "message": {"zh": "生鲜商品不支持退换", "en": "fresh food cannot be returned"}},
            {"id": "large", "title": {"zh": "大额", "en": "Large amounts"}, "when": "refund > money(\"5000\", \"CNY\")",
             "when_title": {"zh": "退款超过 5000 元", "en": "a refund above 5000"}, "verdict": "review"},
            {"id": "seven_days", "title": {"zh": "7 天无理由", "en": "Seven days"}, "kinds": ["return_refund", "exchange"],
             "resalable": true, "window": {"days": 7, "anchor": "delivered"}, "verdict": "auto_agree"},
            {"id": "faults", "title": {"zh": "质量问题", "en": "Faults"}, "reasons": ["quality"],
             "window": {"days": 30, "anchor": "delivered"}, "when": "has_photos",
             "when_title": {"zh": "附有照片", "en": "photos"}, "when_help": {"zh": "上传照片", "en": "add photos"},
             "verdict": "review"}
        ],
        "otherwise": {"verdict": "refuse"}
    }"#;
    serde_json::from_str(json).unwrap()
}

const DAY_MS: i64 = 86_400_000;

/// Noon of 23 November 2026 in the shop; a plain return delivered so many days ago.
fn delivered(days_ago: i64) -> Facts {
    let now = Timestamp::from_ms(LocalDate::from_ymd(2026, 11, 23).unwrap().days() * DAY_MS + 4 * 3_600_000);
    let mut facts = Facts::at(now, 480)
        .with(Fact::Kinds, Value::texts(["return_refund"]))
        .with(Fact::Categories, Value::texts(["shoes"]))
        .with(Fact::Reason, "dislike")
        .with(Fact::ReasonPath, Value::texts(["customer", "dislike"]))
        .with(Fact::Resalable, true)
        .with(Fact::Refund, Money::new(19_900, Currency::CNY))
        .with(Fact::Shipped, true)
        .with(Fact::Delivered, true)
        .with(Fact::HasPhotos, false)
        .with(Fact::DeliveredOn, LocalDate::from_ymd(2026, 11, 23).unwrap().plus_days(-days_ago));
    facts.name("reason", "dislike", Text::new("不喜欢", "did not like it"));
    facts.name("reason", "quality", Text::new("质量问题", "a fault"));
    facts
}

#[track_caller]
fn check_verdict(facts: &Facts, verdict: Verdict, rule: Option<&str>) -> Judgement {
    let judgement = judge(&policy(), facts);
    assert_eq!((judgement.verdict, judgement.rule.as_deref()), (verdict, rule), "{judgement:#?}");
    let json = serde_json::to_string(&judgement).unwrap();
    assert_eq!(serde_json::from_str::<Judgement>(&json).unwrap(), judgement);
    judgement
}

fn lines(judgement: &Judgement) -> Vec<(&str, &str)> {
    judgement.failed.iter().map(|failed| (failed.text.zh.as_str(), failed.text.en.as_str())).collect()
}

#[test]
fn the_last_day_of_a_window_counts() {
    let on_day = check_verdict(&delivered(7), Verdict::AutoAgree, Some("seven_days"));
    assert_eq!(on_day.deadline, LocalDate::from_ymd(2026, 11, 23));
    assert_eq!(on_day.reason, Text::new("适用“7 天无理由”", "“Seven days” applies"));
    assert!(on_day.failed.is_empty());
    assert_eq!(on_day.trace.len(), 3);
    check_verdict(&delivered(0), Verdict::AutoAgree, Some("seven_days"));
    check_verdict(&delivered(8), Verdict::Refuse, None);
}

#[test]
fn the_nearest_better_rule_says_what_stood_against_it() {
    let late = check_verdict(&delivered(12), Verdict::Refuse, None);
    assert_eq!(lines(&late), [("签收已 12 天，超过 7 天", "delivered 12 days ago, more than 7")]);
    assert_eq!(late.reason.zh, "签收已 12 天，超过 7 天");
    assert_eq!(late.deadline, LocalDate::from_ymd(2026, 11, 18));
    assert_eq!(late.would_help, None);
    assert_eq!(late.trace.last().unwrap().failed, [ConditionKind::Reasons, ConditionKind::When]);
}

#[test]
fn what_would_help_is_said_when_a_person_can_do_it() {
    let faulty = delivered(12).with(Fact::Reason, "seam").with(Fact::ReasonPath, Value::texts(["quality", "seam"]));
    let without_photo = judge(&policy(), &faulty.clone().with(Fact::Resalable, false));
    assert_eq!(without_photo.verdict, Verdict::Refuse);
    assert_eq!(lines(&without_photo), [("不满足“附有照片”", "not met: photos")]);
    assert_eq!(without_photo.would_help, Some(Text::new("上传照片", "add photos")));
    assert_eq!(without_photo.deadline, LocalDate::from_ymd(2026, 12, 11));
    let with_photo = check_verdict(&faulty.with(Fact::HasPhotos, true), Verdict::Review, Some("faults"));
    assert_eq!(lines(&with_photo), [("签收已 12 天，超过 7 天", "delivered 12 days ago, more than 7")]);
    let repair = check_verdict(&delivered(1).with(Fact::Kinds, Value::texts(["repair"])), Verdict::Refuse, None);
    assert_eq!(
        lines(&repair),
        [("类型是维修，只适用于退货退款、换货", "the kind is repair, this is for return and refund, exchange")]
    );
    assert_eq!(repair.would_help.unwrap().en, "choose return and refund, exchange");
}

/// What a policy with these rules, read from JSON, advises on a claim of a kind for a reason; the rest is refused.
#[track_caller]
fn check_advice(rules: &str, kind: &str, reason: &str, expect: Option<&str>) {
    let json = format!(
        r#"{{"id": "p", "title": {{"zh": "p", "en": "p"}}, "rules": {rules}, "otherwise": {{"verdict": "refuse"}}}}"#
    );
    let policy: Policy = serde_json::from_str(&json).unwrap();
    let facts = delivered(1)
        .with(Fact::Kinds, Value::texts([kind]))
        .with(Fact::Kind, kind)
        .with(Fact::Reason, reason)
        .with(Fact::ReasonPath, Value::texts([reason]));
    let judgement = judge(&policy, &facts);
    assert_eq!(judgement.would_help.as_ref().map(|help| help.en.as_str()), expect, "{judgement:#?}");
    let named = judgement.failed.iter().any(|failed| failed.text.en.contains("this is for refused delivery"));
    assert!(!named, "nobody could have asked for it: {judgement:#?}");
}

#[test]
fn only_what_would_change_the_answer_is_advised() {
    let came_back = r#"{"id": "came_back", "title": {"zh": "拒收", "en": "Came back"},
        "kinds": ["refused", "intercepted"], "verdict": "auto_agree"}"#;
    let goodwill = r#"{"id": "goodwill", "title": {"zh": "补偿", "en": "Goodwill"},
        "kinds": ["compensation"], "verdict": "review"}"#;
    let not_returnable = r#"{"id": "not_returnable", "title": {"zh": "不退", "en": "Not returnable"},
        "kinds": ["return_refund"], "reasons": ["dislike"], "verdict": "refuse"}"#;
    let swap = r#"{"id": "swap", "title": {"zh": "换货", "en": "Swap"},
        "kinds": ["return_refund", "exchange"], "window": {"days": 15, "anchor": "delivered"}, "verdict": "review"}"#;
    let rules = |some: &[&str]| format!("[{}]", some.join(","));
    // Nobody chooses that a delivery was refused, or asks for money instead of a swap.
    check_advice(&rules(&[came_back]), "exchange", "dislike", None);
    check_advice(&rules(&[came_back, goodwill]), "repair", "dislike", None);
    check_advice(&rules(&[goodwill, swap]), "compensation", "dislike", None);
    check_advice(&rules(&[came_back, swap]), "exchange", "dislike", None);
    // A kind that an earlier rule refuses is left out; the other stays.
    check_advice(&rules(&[came_back, not_returnable, swap]), "repair", "dislike", Some("choose exchange"));
    check_advice(
        &rules(&[came_back, not_returnable, swap]),
        "repair",
        "quality",
        Some("choose return and refund, exchange"),
    );
    // What a person looks at may be granted: it stays as it was asked for.
    let at_once = r#"{"id": "at_once", "title": {"zh": "七天", "en": "At once"},
        "kinds": ["return_refund"], "verdict": "auto_agree"}"#;
    check_advice(&rules(&[at_once, swap]), "exchange", "dislike", None);
    check_advice(&rules(&[at_once]), "exchange", "dislike", Some("choose return and refund"));
    // What is refused in any case is not helped by an answer more.
    let photos = r#"{"id": "photos", "title": {"zh": "照片", "en": "Photos"}, "when": "has_photos",
        "when_title": {"zh": "有照片", "en": "photos"}, "when_help": {"zh": "上传照片", "en": "add photos"}, "verdict": "review"}"#;
    let nothing = r#"{"id": "nothing", "title": {"zh": "不换", "en": "No swaps"}, "kinds": ["exchange"],
        "when": "not has_photos or has_photos", "when_title": {"zh": "总是", "en": "always"}, "verdict": "refuse"}"#;
    check_advice(&rules(&[photos]), "exchange", "dislike", Some("add photos"));
    check_advice(&rules(&[nothing, photos]), "exchange", "dislike", None);
}

#[test]
fn a_rule_for_other_claims_does_not_stand_against_one_that_was_decided() {
    let mut faults_by_hand = policy();
    faults_by_hand.rules.retain(|rule| rule.id != "food" && rule.id != "large");
    let rule = faults_by_hand.rules.first_mut().unwrap();
    rule.reasons = vec!["dislike".to_owned()];
    let faulty = delivered(1)
        .with(Fact::Reason, "seam")
        .with(Fact::ReasonPath, Value::texts(["quality", "seam"]))
        .with(Fact::HasPhotos, true);
    let judgement = judge(&faults_by_hand, &faulty);
    assert_eq!((judgement.verdict, judgement.rule.as_deref()), (Verdict::Review, Some("faults")));
    assert_eq!((lines(&judgement), judgement.would_help.as_ref()), (vec![], None));
}

#[test]
fn kinds_that_may_not_be_asked_for_are_not_advised() {
    let repair = delivered(1).with(Fact::Kinds, Value::texts(["repair"]));
    let advice = |may_ask: &dyn Fn(domain::LineKind) -> bool| judge_among(&policy(), &repair, may_ask).would_help;
    let only_swaps = advice(&|kind| kind == domain::LineKind::Exchange);
    assert_eq!(only_swaps.map(|help| help.zh), Some("改为换货".to_owned()));
    assert_eq!(advice(&|_| false), None);
}

#[test]
fn every_kind_of_condition_has_its_words() {
    let several = delivered(40).with(Fact::Resalable, false).with(Fact::Kinds, Value::texts(["repair", "exchange"]));
    let judgement = check_verdict(&several, Verdict::Refuse, None);
    let all = ["类型是维修，只适用于退货退款、换货", "商品不能再次销售", "签收已 40 天，超过 7 天"];
    assert_eq!(lines(&judgement).iter().map(|line| line.0).collect::<Vec<_>>(), all);
    let mut only_faults = policy();
    only_faults.rules.drain(1..3);
    let words = |facts: &Facts| -> Vec<String> {
        judge(&only_faults, facts).failed.into_iter().map(|failed| failed.text.zh).collect()
    };
    assert_eq!(words(&delivered(1)), ["原因是不喜欢，只适用于质量问题", "不满足“附有照片”"]);
    let blank = delivered(1).with(Fact::Reason, Value::Blank).with(Fact::ReasonPath, Value::Blank);
    assert_eq!(words(&blank), ["未填写原因，只适用于质量问题", "不满足“附有照片”"]);
    let fresh =
        check_verdict(&delivered(1).with(Fact::Categories, Value::texts(["fresh"])), Verdict::Refuse, Some("food"));
    assert_eq!(fresh.reason.en, "fresh food cannot be returned");
    check_verdict(
        &delivered(1).with(Fact::Categories, Value::texts(["fresh", "shoes"])),
        Verdict::AutoAgree,
        Some("seven_days"),
    );
}

#[test]
fn what_cannot_be_said_goes_to_a_person() {
    let dollars = delivered(1).with(Fact::Refund, Money::new(100, "USD".parse().unwrap()));
    let judgement = check_verdict(&dollars, Verdict::Review, Some("large"));
    assert_eq!(judgement.reason.zh, "需要人工判断：无法判断“退款超过 5000 元”：币种不同（USD 与 CNY），需要人工判断");
    assert!(judgement.failed.iter().all(|failed| failed.unclear));
    let unknown = check_verdict(&delivered(1).with(Fact::Resalable, Value::Blank), Verdict::Review, Some("seven_days"));
    assert_eq!(unknown.reason.en, "a person must decide: it is not known whether the goods can be sold again");
    let no_day =
        check_verdict(&delivered(1).with(Fact::DeliveredOn, Value::Blank), Verdict::Review, Some("seven_days"));
    assert_eq!(no_day.reason.zh, "需要人工判断：不知道签收日期");
    check_verdict(&delivered(1).with(Fact::Categories, Value::Blank), Verdict::Review, Some("food"));
}

#[test]
fn a_window_before_its_event_is_open() {
    let on_the_way = delivered(1).with(Fact::DeliveredOn, Value::Blank).with(Fact::Delivered, false);
    let judgement = check_verdict(&on_the_way, Verdict::AutoAgree, Some("seven_days"));
    assert_eq!(judgement.deadline, None);
    let mut by_order = policy();
    by_order.rules.iter_mut().for_each(|rule| {
        rule.window = rule.window.map(|window| Window { anchor: Anchor::Ordered, ..window });
    });
    let ordered = delivered(1).with(Fact::OrderedOn, LocalDate::from_ymd(2026, 11, 1).unwrap());
    assert_eq!(judge(&by_order, &ordered).failed.first().unwrap().text.en, "ordered 22 days ago, more than 7");
}

#[test]
fn mistakes_are_named() {
    let facts = facts::schema(None);
    assert_eq!(check(&policy(), &facts), vec![]);
    let mut wrong = policy();
    wrong.rules.iter_mut().for_each(|rule| rule.id = "same".to_owned());
    let rule = wrong.rules.first_mut().unwrap();
    rule.categories.clear();
    let rule = wrong.rules.last_mut().unwrap();
    rule.window = Some(Window { days: MAX_WINDOW_DAYS + 1, anchor: Anchor::Shipped });
    rule.when = Some("verdict = \"review\" and refnd > 0".into());
    let problems = check(&wrong, &facts);
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code.as_str(), problem.path.as_str())).collect();
    let expect = [
        ("duplicate_id", "rules[1].id"),
        ("unreachable", "rules[1]"),
        ("duplicate_id", "rules[2].id"),
        ("unreachable", "rules[2]"),
        ("duplicate_id", "rules[3].id"),
        ("unreachable", "rules[3]"),
        ("window_too_long", "rules[3].window.days"),
        ("unknown_name", "rules[3].when"),
        ("reads_own_answer", "rules[3].when"),
    ];
    assert_eq!(found, expect);
    assert!(serde_json::from_str::<Policy>(r#"{"id": "a", "title": {}, "otherwise": {"verdict": "maybe"}}"#).is_err());
}
