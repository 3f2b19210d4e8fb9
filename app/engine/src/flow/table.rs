//! Named cases of the fold, one row each.
#![expect(clippy::unwrap_used, reason = "a broken expectation must fail the test")]

use std::collections::BTreeMap;

use domain::{Currency, Money, PersonId};

use super::*;
use crate::value::Value;

/// The flow of the first template in short: review, a limit, then goods and money.
const RETURNS: &str = r#"{"id": "returns", "title": {}, "blocks": [
  {"approve": {"id": "review", "title": {}, "approver": {"role": "agent", "of": "shop"}, "auto_agree_when": "auto"}},
  {"condition": {"id": "limit", "title": {}, "branches": [
    {"id": "above", "title": {}, "when": "refund > money(\"5000.00\", \"CNY\")", "blocks": [
      {"approve": {"id": "cfo", "title": {}, "approver": {"role": "cfo"}}}]}]}},
  {"core": {"id": "receive", "title": {}, "work": "receive", "assignee": {"role": "clerk", "of": "warehouse"}}},
  {"core": {"id": "inspect", "title": {}, "work": "inspect", "assignee": {"role": "inspector"}}},
  {"core": {"id": "settle", "title": {}, "work": "settle", "assignee": {"role": "finance"}}}]}"#;

/// Two branches side by side between a first and a last decision.
const SIDE_BY_SIDE: &str = r#"{"id": "side", "title": {}, "blocks": [
  {"approve": {"id": "first", "title": {}, "approver": {"initiator": true}}},
  {"parallel": {"id": "both", "title": {}, "join": "JOIN", "branches": [
    {"id": "left", "title": {}, "blocks": [
      {"approve": {"id": "l1", "title": {}, "approver": {"initiator": true}}},
      {"approve": {"id": "l2", "title": {}, "approver": {"initiator": true}}}]},
    {"id": "right", "title": {}, "blocks": [
      {"approve": {"id": "r1", "title": {}, "approver": {"initiator": true}}},
      {"approve": {"id": "r2", "title": {}, "approver": {"initiator": true}}}]}]}},
  {"approve": {"id": "last", "title": {}, "approver": {"initiator": true}}}]}"#;

fn scope(refund: &str, auto: bool) -> BTreeMap<String, Value> {
    let refund = match refund.split_once(' ') {
        Some((amount, currency)) => Money::parse(amount, currency.parse::<Currency>().unwrap()).unwrap().into(),
        None => Value::Blank,
    };
    BTreeMap::from([("refund".to_owned(), refund), ("auto".to_owned(), Value::Bool(auto))])
}

/// `review+` agree, `-` reject, `?` ask, `!` info given, `>first` return; `review.2+` in round 2, `review+7` by person 7.
fn decisions(text: &str) -> Vec<Decision> {
    text.split_whitespace()
        .map(|word| {
            let sign = word.find(['+', '-', '?', '!', '>']).unwrap();
            let (place, rest) = word.split_at(sign);
            let (node, round) = place.split_once('.').unwrap_or((place, "1"));
            let (sign, rest) = rest.split_at(1);
            let kind = match sign {
                "+" => DecisionKind::Agree,
                "-" => DecisionKind::Reject,
                "?" => DecisionKind::AskInfo,
                "!" => DecisionKind::InfoGiven,
                _ => DecisionKind::Return { to: rest.to_owned() },
            };
            let person = rest.parse().ok().or((kind != DecisionKind::InfoGiven).then_some(1)).map(PersonId::from_raw);
            Decision { node: node.to_owned(), round: round.parse().unwrap(), person, kind }
        })
        .collect()
}

/// `agreed | receive.1 inspect.1 | passed review.1`.
fn told(progress: &Progress) -> String {
    let outcome = serde_json::to_value(progress.outcome).unwrap();
    let open: Vec<String> = progress
        .open
        .iter()
        .map(|open| format!("{}.{}{}", open.node, open.round, if open.ready { "" } else { "~" }))
        .collect();
    let waiting: Vec<String> = progress.waiting.iter().map(|node| format!("{}.{}?", node.node, node.round)).collect();
    format!("{} | {}", outcome.as_str().unwrap(), [open, waiting].concat().join(" "))
}

/// Folds the rows one after another as a caller does, own decisions appended as they come.
fn play(flow: &CompiledFlow, rows: &str, voters: Vec<Voter>, core: CoreWork, refund: &str, auto: bool) -> History {
    let mut history = History { decisions: Vec::new(), voters, core };
    let scope = scope(refund, auto);
    let step = |history: &mut History| {
        let record = advance(flow, history, &scope).record;
        history.decisions.extend(record);
    };
    step(&mut history);
    for row in decisions(rows) {
        history.decisions.push(row);
        step(&mut history);
    }
    history
}

#[track_caller]
fn check(refund: &str, rows: &str, core: CoreWork, expect: &str) {
    let flow = CompiledFlow::new(serde_json::from_str(RETURNS).unwrap()).unwrap();
    let history = play(&flow, rows, Vec::new(), core, refund, false);
    assert_eq!(told(&advance(&flow, &history, &scope(refund, false))), expect, "{rows}");
}

#[test]
fn a_return_from_review_to_the_end() {
    use CoreState::{Done, Ready, Waiting};
    let core = |receive, inspect, settle| CoreWork { receive, inspect, settle, outbound: Waiting };
    let nothing = CoreWork::default();
    check("398.00 CNY", "", nothing, "running | review.1");
    check("398.00 CNY", "review+", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
    check("5000.00 CNY", "review+", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
    check("5000.01 CNY", "review+", nothing, "running | cfo.1");
    check("5000.01 CNY", "review+ cfo+", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
    check("5000.01 CNY", "review+ cfo-", nothing, "rejected | ");
    // Another currency than the limit's, or no amount at all: a person of the strictest branch looks.
    check("10.00 USD", "review+", nothing, "running | cfo.1");
    check("398.00 CNY", "review-", nothing, "rejected | ");
    check("398.00 CNY", "review?", nothing, "needs_info | review.1?");
    check("398.00 CNY", "review? review!", nothing, "running | review.2");
    check("398.00 CNY", "review? review! review.2+", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
    // Two of three parcels are here: their goods can be inspected while the third is on the way.
    check("398.00 CNY", "review+", core(Ready, Ready, Waiting), "agreed | receive.1 inspect.1 settle.1~");
    check("398.00 CNY", "review+", core(Done, Ready, Waiting), "agreed | inspect.1 settle.1~");
    check("398.00 CNY", "review+", core(Done, Done, Done), "completed | ");
}

#[test]
fn rows_that_came_too_late_change_nothing() {
    let nothing = CoreWork::default();
    check("398.00 CNY", "review+ review-2", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
    check("398.00 CNY", "review- review+2", nothing, "rejected | ");
    check("398.00 CNY", "cfo+ review.2+ nobody+ review!", nothing, "running | review.1");
    check("5000.01 CNY", "review+ cfo>cfo cfo>receive cfo>limit", nothing, "running | cfo.1");
    check("398.00 CNY", "review? review+", nothing, "needs_info | review.1?");
}

#[test]
fn sending_back_starts_the_smallest_lane_again() {
    let nothing = CoreWork::default();
    check("5000.01 CNY", "review+ cfo>review", nothing, "running | review.2");
    check("5000.01 CNY", "review+ cfo>review review.2+", nothing, "running | cfo.2");
    check("5000.01 CNY", "review+ cfo>review review.2+ cfo+", nothing, "running | cfo.2");
    check("5000.01 CNY", "review+ cfo>review review.2+ cfo.2+", nothing, "agreed | receive.1~ inspect.1~ settle.1~");
}

#[track_caller]
fn check_side(join: &str, rows: &str, expect: &str) {
    let flow = CompiledFlow::new(serde_json::from_str(&SIDE_BY_SIDE.replace("JOIN", join)).unwrap()).unwrap();
    let history = play(&flow, rows, Vec::new(), CoreWork::default(), "", false);
    assert_eq!(told(&advance(&flow, &history, &scope("", false))), expect, "{rows}");
}

#[test]
fn branches_beside_keep_what_is_finished() {
    check_side("all", "first+", "running | l1.1 r1.1");
    check_side("all", "first+ l1+", "running | l2.1 r1.1");
    // Within the left branch: the right one is outside the smallest lane and is not touched.
    check_side("all", "first+ l1+ l2>l1", "running | l1.2 r1.1");
    check_side("all", "first+ l1+ l2>l1 l1.2+", "running | l2.2 r1.1");
    // Out of the block: what runs beside is closed, what is finished stays.
    check_side("all", "first+ l1+ r1+ l2>first", "running | first.2");
    check_side("all", "first+ l1+ r1+ l2>first first.2+", "running | l1.2 r2.2");
    check_side("all", "first+ l1+ r1+ r2+ l2>first first.2+ l1.2+ l2.2+", "running | last.1");
    // From behind the block into one branch: the other is finished and stays so.
    check_side("all", "first+ l1+ l2+ r1+ r2+ last>l2", "running | l2.2");
    check_side("all", "first+ l1+ l2+ r1+ r2+ last>l2 l2.2+", "running | last.2");
    // Never sideways.
    check_side("all", "first+ l1+ l2>r1 r1+ l2>r1", "running | l2.1 r2.1");
}

#[test]
fn joins_count_branches() {
    check_side("all", "first+ l1-", "rejected | ");
    check_side("any", "first+ l1-", "running | r1.1");
    check_side("any", "first+ l1- r1-", "rejected | ");
    check_side("any", "first+ l1+ l2+", "running | last.1");
    check_side("any", "first+ l1+ l2+ last+", "completed | ");
    check_side("any", "first+ l1? r1+ r2+", "running | last.1");
    check_side("all", "first+ l1? r1+", "needs_info | r2.1 l1.1?");
}

#[test]
fn auto_agreement_is_for_the_first_round_only() {
    let flow = CompiledFlow::new(serde_json::from_str(RETURNS).unwrap()).unwrap();
    let history = play(&flow, "", Vec::new(), CoreWork::default(), "5000.01 CNY", true);
    let progress = advance(&flow, &history, &scope("5000.01 CNY", true));
    assert_eq!(told(&progress), "running | cfo.1");
    assert_eq!(progress.passed, [Passed { node: "review", round: 1, how: PassedHow::Auto }]);
    assert_eq!(return_targets(&flow, &history, "cfo"), ["review"]);
    let history = play(&flow, "cfo>review", Vec::new(), CoreWork::default(), "5000.01 CNY", true);
    assert_eq!(told(&advance(&flow, &history, &scope("5000.01 CNY", true))), "running | review.2");
}

#[test]
fn a_taken_branch_stays_taken_until_the_way_is_gone_again() {
    let flow = CompiledFlow::new(serde_json::from_str(RETURNS).unwrap()).unwrap();
    let mut history = play(&flow, "review+", Vec::new(), CoreWork::default(), "5000.01 CNY", false);
    assert_eq!(told(&advance(&flow, &history, &scope("1.00 CNY", false))), "running | cfo.1");
    history.decisions.extend(decisions("cfo>review review.2+"));
    let progress = advance(&flow, &history, &scope("1.00 CNY", false));
    assert_eq!(told(&progress), "agreed | receive.1~ inspect.1~ settle.1~");
    assert_eq!(progress.taken, [Taken { node: "limit", round: 2, branch: None, why: Some(TakenWhy::Otherwise) }]);
}

#[test]
fn money_may_not_flow_back_over_goods() {
    let after_goods = RETURNS.replace(
        r#"{"core": {"id": "settle""#,
        r#"{"approve": {"id": "pay", "title": {}, "approver": {"role": "finance"}}}, {"core": {"id": "settle""#,
    );
    let flow = CompiledFlow::new(serde_json::from_str(&after_goods).unwrap()).unwrap();
    let core = CoreWork { receive: CoreState::Done, inspect: CoreState::Done, ..CoreWork::default() };
    let history = play(&flow, "review+", Vec::new(), core, "1.00 CNY", false);
    assert_eq!(told(&advance(&flow, &history, &scope("1.00 CNY", false))), "agreed | pay.1");
    assert!(return_targets(&flow, &history, "pay").is_empty());
}

#[test]
fn core_work_that_comes_back_opens_its_step_again() {
    use CoreState::{Done, Ready, Waiting};
    let after_goods = RETURNS.replace(
        r#"{"core": {"id": "settle""#,
        r#"{"approve": {"id": "pay", "title": {}, "approver": {"role": "finance"}}}, {"core": {"id": "settle""#,
    );
    let core = |receive, inspect, settle| CoreWork { receive, inspect, settle, outbound: Waiting };
    let told_of = |flow: &str, rows: &[(&str, CoreWork)]| {
        let flow = CompiledFlow::new(serde_json::from_str(flow).unwrap()).unwrap();
        let mut history = History::default();
        for (row, core) in rows {
            history.core = *core;
            history.decisions.extend(decisions(row));
            let record = advance(&flow, &history, &scope("1.00 CNY", false)).record;
            history.decisions.extend(record);
        }
        told(&advance(&flow, &history, &scope("1.00 CNY", false)))
    };
    let settled = ("review+", core(Done, Ready, Done));
    assert_eq!(told_of(RETURNS, &[settled]), "agreed | inspect.1");
    assert_eq!(told_of(RETURNS, &[settled, ("", core(Done, Ready, Waiting))]), "agreed | inspect.1 settle.2~");
    assert_eq!(told_of(RETURNS, &[settled, ("", core(Done, Done, Ready))]), "agreed | settle.2");
    let again = [settled, ("", core(Done, Done, Ready)), ("", core(Done, Done, Done))];
    assert_eq!(told_of(RETURNS, &again), "completed | ");
    // Also when every step was passed: the case is only over when its caller says so.
    let over = [("review+", core(Done, Done, Done)), ("", core(Done, Ready, Done))];
    assert_eq!(told_of(RETURNS, &over), "agreed | inspect.2");
    // A refused case stays refused.
    assert_eq!(told_of(RETURNS, &[("review-", core(Done, Ready, Ready))]), "rejected | ");
    // Whoever agreed to pay agreed to other goods: they are asked again. What was agreed before the work stays.
    let goods = ("review+", core(Done, Done, Waiting));
    assert_eq!(told_of(&after_goods, &[goods]), "agreed | pay.1");
    assert_eq!(told_of(&after_goods, &[goods, ("pay+", core(Done, Done, Ready))]), "agreed | settle.1");
    let corrected = [goods, ("pay+", core(Done, Ready, Ready))];
    assert_eq!(told_of(&after_goods, &corrected), "agreed | inspect.2");
    let paid_anew = [corrected[0], corrected[1], ("", core(Done, Done, Ready))];
    assert_eq!(told_of(&after_goods, &paid_anew), "agreed | pay.2");
}

#[test]
fn countersign_waits_for_whom_it_asked() {
    let text = RETURNS.replace(r#""auto_agree_when": "auto""#, r#""mode": "sequential""#);
    let flow = CompiledFlow::new(serde_json::from_str(&text).unwrap()).unwrap();
    let asked = |people: &[i64]| {
        let voter = |raw: &i64| Voter { node: "review".into(), round: 1, person: PersonId::from_raw(*raw) };
        people.iter().map(voter).collect::<Vec<_>>()
    };
    let turn = |rows, people: &[i64]| {
        let history = play(&flow, rows, asked(people), CoreWork::default(), "1.00 CNY", false);
        let progress = advance(&flow, &history, &scope("1.00 CNY", false));
        (told(&progress), progress.open.first().and_then(|open| open.turn).map(PersonId::get))
    };
    assert_eq!(turn("", &[5, 3, 5]), ("running | review.1".into(), Some(5)));
    assert_eq!(turn("review+3", &[5, 3]), ("running | review.1".into(), Some(5)));
    assert_eq!(turn("review+5", &[5, 3]), ("running | review.1".into(), Some(3)));
    assert_eq!(turn("review+5 review+3", &[5, 3]).0, "agreed | receive.1~ inspect.1~ settle.1~");
    // 3 left the firm and is taken off the list: what is there is enough.
    assert_eq!(turn("review+5", &[5]).0, "agreed | receive.1~ inspect.1~ settle.1~");
}

#[test]
fn the_way_ahead() {
    let flow = CompiledFlow::new(serde_json::from_str(RETURNS).unwrap()).unwrap();
    let way = |refund: &str, auto, rows: &str| {
        let history = play(&flow, rows, Vec::new(), CoreWork::default(), refund, false);
        let steps = predict(&flow, &history, &scope(refund, auto));
        let tell = |step: &Predicted| {
            let state = serde_json::to_value(step.state).unwrap();
            format!("{}:{}{}", step.node, state.as_str().unwrap(), if step.certain { "" } else { "?" })
        };
        steps.iter().map(tell).collect::<Vec<_>>().join(" ")
    };
    let rest = "receive:upcoming inspect:upcoming settle:upcoming";
    assert_eq!(way("1.00 CNY", false, ""), format!("review:open {rest}"));
    assert_eq!(way("5000.01 CNY", false, ""), format!("review:open cfo:upcoming? {rest}"));
    assert_eq!(way("5000.01 CNY", false, "review+"), format!("review:passed cfo:open {rest}"));
    assert_eq!(way("1.00 CNY", false, "review?"), format!("review:waiting {rest}"));
    let over = "receive:not_needed inspect:not_needed settle:not_needed";
    assert_eq!(way("1.00 CNY", false, "review-"), format!("review:rejected {over}"));
}

#[test]
fn documents_that_cannot_be_folded_are_refused() {
    let twice = RETURNS.replace(r#""id": "cfo""#, r#""id": "review""#);
    let problems = CompiledFlow::new(serde_json::from_str(&twice).unwrap()).unwrap_err();
    assert_eq!(problems.first().unwrap().path, "blocks[1].condition.branches[0].blocks[0].approve.id");
    let mut block = r#"{"approve": {"id": "x", "title": {}, "approver": {"initiator": true}}}"#.to_owned();
    for number in 0..=MAX_DEPTH {
        block = format!(
            r#"{{"parallel": {{"id": "p{number}", "title": {{}}, "branches": [{{"id": "b", "title": {{}}, "blocks": [{block}]}}]}}}}"#
        );
    }
    let deep = format!(r#"{{"id": "deep", "title": {{}}, "blocks": [{block}]}}"#);
    let problems = CompiledFlow::new(serde_json::from_str(&deep).unwrap()).unwrap_err();
    assert_eq!(problems.first().unwrap().code, "too_deep");
}

#[test]
fn approvers_are_written_flat() {
    let read = |text: &str| serde_json::from_str::<Approver>(text);
    for text in [
        r#"{"role":"agent","of":"shop"}"#,
        r#"{"person":"lin"}"#,
        r#"{"initiator":true}"#,
        r#"{"form_field":"keeper"}"#,
        r#"{"categories":[{"of":["Jewelry"],"role":"expert"}],"otherwise":"inspector","of":"warehouse"}"#,
    ] {
        assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), text);
    }
    for text in [r#"{}"#, r#"{"role":"a","person":"b"}"#, r#"{"person":"b","of":"shop"}"#, r#"{"otherwise":"a"}"#] {
        assert!(read(text).is_err(), "{text}");
    }
    let map = read(r#"{"categories":[{"of":["Jewelry"],"role":"expert"}],"otherwise":"inspector"}"#).unwrap();
    let roles = |categories: &[&'static str]| match map.candidates(categories.iter().copied()) {
        Candidates::Roles { roles, .. } => roles.join(" "),
        other => format!("{other:?}"),
    };
    assert_eq!(roles(&["Jewelry", "Books", "Jewelry"]), "expert inspector");
    assert_eq!(roles(&[]), "inspector");
}
