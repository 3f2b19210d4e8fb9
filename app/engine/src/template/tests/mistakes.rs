//! One mistake at a time in the shipped template: each has its place, its line and something that helps.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a broken expectation must fail the test")]

use domain::Diagnostic;

use super::RETURNS;
use crate::template::check_yaml;

/// Replaces the first occurrence of `before` and expects a problem: its code, the end of its place, a part of the
/// suggestion, and the line where `anchor` then stands. An empty code or suggestion fits every one.
#[track_caller]
fn check_at(before: &str, after: &str, code: &str, place: &str, help: &str, anchor: &str) {
    assert!(RETURNS.contains(before), "`{before}` is not in the template");
    let text = RETURNS.replacen(before, after, 1);
    let (front, _) = text.split_once(anchor).unwrap();
    let line = front.matches('\n').count() + 1;
    let (_, problems) = check_yaml(&text);
    let fits = |problem: &&Diagnostic| (code.is_empty() || problem.code == code) && problem.path.ends_with(place);
    let found = problems.iter().find(fits).ok_or(&problems).unwrap();
    assert_eq!(found.line.map(|line| line as usize), Some(line), "{found:?}");
    let offered = found.help.clone().unwrap_or_default();
    assert!(offered.en.contains(help) && !offered.zh.is_empty() && !offered.en.is_empty(), "{offered:?}");
    assert!(!found.message.zh.is_empty() && !found.message.en.is_empty());
}

#[track_caller]
fn check(before: &str, after: &str, code: &str, place: &str, help: &str) {
    check_at(before, after, code, place, help, after);
}

#[test]
fn names_that_do_not_exist() {
    check("approver: {role: agent,", "approver: {role: agnt,", "unknown_role", "approve.approver.role", "`agent`");
    check(
        "if_nobody: after_sales_lead",
        "if_nobody: after_sale_lead",
        "unknown_role",
        "if_nobody",
        "`after_sales_lead`",
    );
    check(
        "{of: [Electronics, Jewelry, 数码, 家电, 珠宝], role: inspector_valuables}",
        "{of: [Jewelry], role: inspector_valuable}",
        "unknown_role",
        "categories[0].role",
        "`inspector_valuables`",
    );
    check("node: first_review", "node: first_reviw", "unknown_node", "rules[0].node", "`first_review`");
    check("until: inspect", "until: inspection", "unknown_node", "task.until", "`inspect`");
    check(
        "to: customer, message: return_instructions",
        "to: customer, message: return_instruction",
        "unknown_message",
        "message.message",
        "`return_instructions`",
    );
    check("when: refund > money", "when: refnd > money", "unknown_name", "branches[0].when", "`refund`");
    check("verdict = \"auto_agree\"", "verdict = \"auto_agreed\"", "unknown_option", "auto_agree_when", "`auto_agree`");
    check(
        "reasons: [wrong_goods, logistics]",
        "reasons: [wrong_goods, logistic]",
        "unknown_reason",
        "reasons[1]",
        "`logistics`",
    );
    check("form: return_request,", "form: return_requst,", "unknown_form", "case.form", "`return_request`");
    check("flow: return_flow,", "flow: return_flo,", "unknown_flow", "case.flow", "`return_flow`");
    check("policy: return_policy}", "policy: returns_policy}", "unknown_policy", "case.policy", "`return_policy`");
    check("contact.email: hidden", "contact.emial: hidden", "unknown_field", "masks.contact.emial", "`contact.email`");
    check("by: [stage]", "by: [stge]", "unknown_column", "by[0]", "`stage`");
    check("{sum: amount_minor}", "{sum: amount}", "unknown_column", "measures[1]", "amount_minor");
    check("filter: state = \"signed\"", "filter: state = \"sined\"", "unknown_option", ".filter", "`signed`");
    check(
        "roles: [after_sales_lead, operations,",
        "roles: [after_sales_lead, operation,",
        "unknown_role",
        "boards[1].roles[1]",
        "`operations`",
    );
    check("{{return_address}}，", "{{return_adress}}，", "unknown_name", "messages[0].text.zh", "`return_address`");
    check(
        "value: \"{{recipient_address}}\"",
        "value: \"{{recipient_adress}}\"",
        "unknown_name",
        "fields[3].value",
        "`recipient_address`",
    );
    check("prefill: customer.phone", "prefill: custmer.phone", "unknown_name", "prefill", "customer");
    check(
        "- message: {channel: sms, to: customer, message: refund_done}",
        "- set_field: {field: descripton, value: '\"x\"'}",
        "unknown_field",
        "set_field.field",
        "`description`",
    );
}

#[test]
fn words_of_the_format_that_do_not_exist() {
    check("- rma.decide", "- rma.decde", "unknown_value", "permissions[2]", "`rma.decide`");
    check("on: goods.received", "on: goods.recieved", "unknown_value", "rules[1].on", "`goods.received`");
    check("deadline: 4 working_hours", "deadlne: 4 working_hours", "unknown_field", "approve.deadlne", "`deadline`");
    check("work: receive", "work: recieve", "unknown_value", "core.work", "`receive`");
    check("- condition:", "- conditon:", "unknown_value", "blocks[1]", "`condition`");
    check("dataset: parcels", "dataset: parcel", "unknown_value", "dataset", "`parcels`");
    check("answer: number, required", "answer: numbr, required", "unknown_value", "answer", "`number`");
    check("paper: a5", "paper: a6", "unknown_value", "paper", "`a4`");
    check("type: customer", "type: custommer", "unknown_value", "type", "`customer`");
    check_at(
        "      - core:\n          id: receive\n          title: {zh: 收货, en: Receipt}\n",
        "      - core:\n          title: {zh: 收货, en: Receipt}\n",
        "missing_field",
        "core.id",
        "`id:`",
        "- core:",
    );
}

#[test]
fn values_that_cannot_be() {
    check("money_percent: 80,", "money_percent: eighty,", "wrong_value", "grades[2].money_percent", "compare");
    check("money_percent: 80,", "money_percent: 180,", "percent_range", "money_percent", "80");
    check("four_eyes_limit: 5000.00 CNY", "four_eyes_limit: 5000 yuan", "wrong_value", "four_eyes_limit", "compare");
    check("four_eyes_limit: 5000.00 CNY", "four_eyes_limit: 5000.00 USD", "currency", "four_eyes_limit", "5000.00 CNY");
    check("four_eyes_limit: 5000.00 CNY", "four_eyes_limit: 5000", "wrong_value", "four_eyes_limit", "quotes");
    check("per_case: 200.00 CNY", "per_case: 200000.00 CNY", "compensation_budget", "per_case", "lower");
    check("deadline: 4 working_hours", "deadline: 4 workinghours", "wrong_value", "approve.deadline", "");
    check(
        "deadline: 4 working_hours",
        "deadline: 0 working_hours",
        "duration_range",
        "approve.deadline",
        "2 working_hours",
    );
    check("idle: 12 hours", "idle: 12 working_hours", "duration_unit", "sessions.idle", "12 hours");
    check("idle: 12 hours", "idle: 12 days", "session_order", "sessions.idle", "idle");
    check("types: [image/jpeg,", "types: [jpeg,", "media_type", "types[0]", "image/jpeg");
    check("number_prefix: RT", "number_prefix: rt", "number_prefix", "number_prefix", "AB");
    check("id: cfo_approval", "id: CfoApproval-1", "id_form", "approve.id", "cfoapproval_1");
    check(
        "when: refund > money(\"5000.00\", \"CNY\")",
        "when: refund > 5000",
        "types_differ",
        "branches[0].when",
        "money(",
    );
    check("when: refund > money(\"5000.00\", \"CNY\")", "when: refund >", "", "branches[0].when", "");
    check("undo_seconds: 10", "undo_seconds: 86400", "undo_range", "undo_seconds", "10");
    check("format: 1", "format: 7", "format", "format", "present");
    check("width: 8", "width: 80", "width_range", "width", "6");
}

#[test]
fn things_that_are_there_twice_or_not_at_all() {
    let twice = "  - id: finance\n    title: {zh: 财务总监";
    check_at("  - id: cfo\n", "  - id: finance\n", "duplicate_id", "roles[6].id", "finance_2", twice);
    let twice = "          id: receive\n          title: {zh: 质检";
    check_at("          id: inspect\n", "          id: receive\n", "duplicate_id", "core.id", "own id", twice);
    let twice = "- id: dislike\n        title: {zh: 尺码偏小";
    check_at("- id: size_small", "- id: dislike", "duplicate_id", "children[1].id", "dislike_2", twice);
    check("en: First review}", "en: \"\"}", "missing_translation", "approve.title", "`en`");
    check("title: {zh: 客服初审, en: First review}", "title: {}", "missing_text", "approve.title", "`zh`");
    check(
        "[尺寸拍错/偏大], douyin: [尺码偏大]",
        "[尺寸拍错/偏大], douyin: [尺码偏小]",
        "platform_code_twice",
        "platforms.douyin[0]",
        "one place",
    );
    check("categories: [Shoes, 鞋靴]", "categories: [Women, 鞋靴]", "category_twice", "categories[0]", "one list");
    check("clean: \"yes\", photo_when", "clean: perhaps, photo_when", "no_such_answer", "items[0].clean", "an option");
    check("photo_when: [broken]", "photo_when: [torn]", "no_such_answer", "items[2].photo_when[0]", "an option");
    check_at(
        "roles:\n  - id: agent",
        "roles:\n  - id: agents",
        "unknown_role",
        "approve.approver.role",
        "`agents`",
        "approver: {role: agent,",
    );
    check_at("    bootstrap: true\n", "", "bootstrap_role", "roles", "first person", "roles:\n  - id: agent");
}

#[test]
fn documents_that_could_not_work() {
    check(
        "approver: {role: agent,",
        "approver: {role: warehouse_clerk,",
        "role_lacks_permission",
        "approver.role",
        "agent",
    );
    check(
        "assignee: {role: finance, of: shop}",
        "assignee: {role: agent, of: shop}",
        "role_lacks_permission",
        "assignee.role",
        "after_sales_lead",
    );
    check_at(
        "            - id: above_limit\n",
        "            - {id: all, title: {zh: 全部, en: All}, when: true}\n            - id: above_limit\n",
        "unreachable_branch",
        "branches[1]",
        "order",
        "- id: above_limit",
    );
    check_at(
        "        required: true\n        preset: order_number\n",
        "        visible_when: false\n        required: true\n        preset: order_number\n",
        "required_but_never_visible",
        "visible_when",
        "`required`",
        "visible_when: false",
    );
    check_at(
        "          todo: false #",
        "          todo: maybe #",
        "wrong_value",
        "core.todo",
        "compare",
        "todo: maybe",
    );
    check_at(
        "rules:\n  - id: sms_return_address\n",
        "rules:\n  - id: echo\n    title: {zh: 回声, en: Echo}\n    on: note.written\n    then:\n      - note: {text: {zh: 回, en: Echo}}\n  - id: sms_return_address\n",
        "rule_cycle",
        "rules[0].then",
        "switch one off",
        "    then:\n      - note:",
    );
}

#[test]
fn messages_and_boards_that_could_not_work() {
    check(
        "to: customer, message: return_instructions",
        "to: {initiator: true}, message: nothing",
        "unknown_message",
        "message.message",
        "known:",
    );
    check(
        "channel: sms, to: customer, message: return_instructions",
        "channel: robot, to: customer, message: return_instructions",
        "channel",
        "message.channel",
        "sms",
    );
    check(
        "value: \"{{recipient_address}}\"",
        "value: \"{{recipient_address\"",
        "open_place",
        "fields[3].value",
        "between",
    );
    check(
        "shape: pie\n        dataset: cases\n        measures: [count]",
        "shape: pie\n        dataset: cases\n        measures: [count, {mean: hours_to_close}]",
        "shape",
        "shape",
        "pie",
    );
    check("by: [{column: lag_days, ranges: [30, 60, 90, 120]}]", "by: [lag_days]", "group_kind", "by[0]", "ranges");
    check("when: blank(kind) or", "when: verdict = \"review\" or", "reads_own_answer", "rules[11].when", "");
    check("mon: [\"09:00-12:00\", \"13:30-18:30\"]", "mon: [\"09:00-14:00\", \"13:30-18:30\"]", "", "week.mon", "");
}

#[test]
fn text_that_is_not_yaml() {
    for (before, after) in [
        ("format: 1\n", "format: 1\nformat: 1\n"),
        ("case: {form", "case: {{form"),
        ("\nroles:\n", "\nroles:\n\t- x\n"),
    ] {
        let text = RETURNS.replacen(before, after, 1);
        let (template, problems) = check_yaml(&text);
        assert!(template.is_none());
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert!(problem.line.is_some() && problem.help.is_some(), "{problem:?}");
    }
}

#[test]
fn one_mistake_does_not_hide_the_next() {
    let text = RETURNS
        .replacen("- rma.decide", "- rma.decde", 1)
        .replacen("deadline: 4 working_hours", "deadlne: 4 working_hours", 1)
        .replacen("work: receive", "work: recieve", 1)
        .replacen("{id: grade_opened,", "{id: 5,", 1)
        .replacen("- {id: grade_used, ", "- {", 1)
        .replacen("on: payout.unknown", "on: payout.unkown", 1);
    let (template, problems) = check_yaml(&text);
    assert!(template.is_none());
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code.as_str(), problem.path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("unknown_value", "roles[0].permissions[2]"),
            ("wrong_value", "grades[1].id"),
            ("missing_field", "grades[2].id"),
            ("unknown_field", "flows[0].blocks[0].approve.deadlne"),
            ("unknown_value", "flows[0].blocks[2].core.work"),
            ("unknown_value", "rules[9].on"),
        ]
    );
}

#[test]
fn decisions_stand_before_goods_and_money() {
    let inspect = "      - core:\n          id: inspect\n";
    let late = "      - approve: {id: late, title: {zh: 复核, en: Late}, approver: {role: cfo, of: any}}\n";
    let text = format!("{late}{inspect}");
    check_at(inspect, &text, "decision_behind_work", "approve", "before the work", "- approve: {id: late");
}

#[test]
fn what_the_core_holds_is_no_field_of_a_rule_or_of_another_form() {
    let set = "- set_field: {field: reason, value: '\"x\"'}";
    let message = "- message: {channel: sms, to: customer, message: return_instructions}";
    check(message, set, "field_not_settable", "set_field.field", "description");
    let own = "{id: case_number, type: text,";
    check(own, "{id: case_number, type: photos,", "field_needs_case", "fields[1].type", "plain type");
}

#[test]
fn wrong_kinds_of_value_are_told_in_words() {
    let told = |text: &str| {
        let (_, problems) = check_yaml(text);
        problems.into_iter().map(|problem| (problem.path, problem.message.zh, problem.message.en)).next().unwrap()
    };
    for (text, en) in [("", "the file is empty"), ("hello", "no template"), ("- a", "no template")] {
        let (path, _, said) = told(text);
        assert!(path.is_empty() && said.starts_with(en), "{said}");
    }
    let base = crate::template::tests::RETURNS;
    let swapped = |from: &str, to: &str| {
        assert!(base.contains(from), "{from}");
        told(&base.replacen(from, to, 1))
    };
    for (from, to, path, zh, en) in [
        (
            "\ngrades:\n",
            "\ngrades: {a: 1}\nx:\n",
            "grades",
            "这里应为列表，却是一组键",
            "expected a list, found keys with values",
        ),
        (
            "\nroles:\n",
            "\nroles: 5\nx:\n",
            "roles",
            "这里应为列表，却是数字“5”",
            "expected a list, found the number `5`",
        ),
        (
            "money_percent: 80,",
            "money_percent: eighty,",
            "grades[2].money_percent",
            "这里应为整数，却是文字“eighty”",
            "expected a whole number, found the text `eighty`",
        ),
        (
            "\nsettings:\n",
            "\nsettings: hello\nx:\n",
            "settings",
            "这里应为一组键，却是文字“hello”",
            "expected keys with values, found the text `hello`",
        ),
    ] {
        assert_eq!(swapped(from, to), (path.to_owned(), zh.to_owned(), en.to_owned()));
    }
}
