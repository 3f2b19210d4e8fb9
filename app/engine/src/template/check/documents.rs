//! Forms, flows, policies, rules, boards and messages: each by itself, then the names they borrow from each other.

use domain::{Permission, Text};

use super::{Checker, What};
use crate::expr::{Formula, Nothing};
use crate::flow::{self, Approver, Block, Work};
use crate::form::{Field, FieldType, Form};
use crate::message;
use crate::rule::{self, Action, Channel, Recipient};
use crate::{form, policy, report};

pub(super) fn check(checker: &mut Checker) {
    forms(checker);
    flows(checker);
    policies(checker);
    rules(checker);
    boards(checker);
    messages(checker);
}

fn forms(checker: &mut Checker) {
    let template = checker.template;
    for (number, document) in template.forms.iter().enumerate() {
        let path = format!("forms[{number}]");
        checker.under(&path, form::check(document));
        if document.id != template.case.form {
            own_fields(checker, document, &path);
        }
        for (place, field) in document.fields.iter().enumerate() {
            let never = |when: &Formula| when.references().is_empty() && !when.condition(&Nothing).may_hold();
            if !field.required.is_never() && field.visible_when.as_ref().is_some_and(never) {
                checker.error(
                    "required_but_never_visible",
                    format!("{path}.fields[{place}].visible_when"),
                    ("必填字段永远不会显示", "the field is required but never shown"),
                    ("去掉 required，或修改 visible_when", "remove `required`, or change `visible_when`"),
                );
            }
        }
    }
}

/// A form of the merchant's own has no case: nowhere to keep an order's goods, a buyer or photos.
fn own_fields(checker: &mut Checker, form: &Form, path: &str) {
    for (place, field) in form.fields.iter().enumerate() {
        let kept = !field.kind.is_of_core() || matches!(field.kind, FieldType::Phone | FieldType::Email);
        if !kept {
            checker.error(
                "field_needs_case",
                format!("{path}.fields[{place}].type"),
                ("这种字段只能用在退换货申请单里", "only the form of the cases can have a field of this type"),
                ("改用 text、choice 等类型", "use `text`, `choice` or another plain type"),
            );
        }
    }
}

fn flows(checker: &mut Checker) {
    let template = checker.template;
    for (number, document) in template.flows.iter().enumerate() {
        let path = format!("flows[{number}]");
        checker.problems.extend(flow::check(document, &checker.schema, &path));
        let mut blocks = Vec::new();
        flow::walk(&document.blocks, &format!("{path}.blocks"), &mut |block, path| {
            blocks.push((block.clone(), path.to_owned()));
        });
        for (block, path) in blocks {
            people_of(checker, &block, &path);
        }
    }
}

/// The roles of a step exist and may do what the step asks of them.
fn people_of(checker: &mut Checker, block: &Block, path: &str) {
    let (approver, key, if_nobody, needed): (_, _, _, &[Permission]) = match block {
        Block::Approve(approve) => (&approve.approver, "approver", &approve.if_nobody, &[Permission::RmaDecide]),
        Block::Core(core) => {
            let needed: &[Permission] = match core.work {
                Work::Receive => &[Permission::ParcelReceive],
                Work::Inspect => &[Permission::Inspect],
                Work::Settle => &[Permission::SettlementPropose, Permission::SettlementPay],
                Work::Outbound => &[Permission::OutboundManage],
            };
            (&core.assignee, "assignee", &core.if_nobody, needed)
        }
        Block::Condition(_) | Block::Parallel(_) => return,
    };
    let path_of = |place: &str| format!("{path}.{key}{place}");
    let mut roles: Vec<(&str, String)> = match approver {
        Approver::Role { role, .. } => vec![(role, path_of(".role"))],
        Approver::CategoryMap { categories, otherwise, .. } => {
            let entries = categories.iter().enumerate();
            let entries =
                entries.map(|(number, entry)| (entry.role.as_str(), path_of(&format!(".categories[{number}].role"))));
            entries.chain([(otherwise.as_str(), path_of(".otherwise"))]).collect()
        }
        Approver::FormField { field } => {
            person_field(checker, field, path_of(".form_field"));
            Vec::new()
        }
        Approver::Person { .. } | Approver::Initiator => Vec::new(),
    };
    roles.extend(if_nobody.iter().map(|role| (role.as_str(), format!("{path}.if_nobody"))));
    copies(checker, block, path);
    for (role, path) in roles {
        role_with(checker, role, needed, &path);
    }
}

fn role_with(checker: &mut Checker, id: &str, needed: &[Permission], path: &str) {
    let template = checker.template;
    let Some(role) = template.roles.iter().find(|role| role.id == id) else {
        checker.role(id, path);
        return;
    };
    if !needed.iter().any(|permission| role.permissions.contains(permission)) {
        let names = needed.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(" / ");
        let message = (
            format!("角色“{id}”没有权限 {names}，处理不了这一步"),
            format!("the role `{id}` lacks {names} and could not do this step"),
        );
        let able =
            template.roles.iter().find(|role| needed.iter().any(|permission| role.permissions.contains(permission)));
        let able = able.map(|role| role.id.as_str()).unwrap_or_default();
        let help =
            (format!("给角色加上权限，或改用“{able}”"), format!("give the role the permission, or use `{able}`"));
        checker.error("role_lacks_permission", path, (&message.0, &message.1), (&help.0, &help.1));
    }
}

/// A field that names a person: a text with a sign-in name.
fn person_field(checker: &mut Checker, id: &str, path: String) {
    let Some(form) = checker.template.forms.iter().find(|form| form.id == checker.template.case.form) else { return };
    match form.fields.iter().find(|field| field.id == id) {
        Some(field) if matches!(field.kind, FieldType::Text | FieldType::Choice) => {}
        Some(_) => checker.error(
            "not_a_person_field",
            path,
            ("这个字段不能表示人员", "the field cannot name a person"),
            ("使用文本或单选字段，内容为登录名", "use a text or choice field that holds a sign-in name"),
        ),
        None => checker.unknown(What::Field, id, path, form.fields.iter().map(|field| field.id.as_str())),
    }
}

fn policies(checker: &mut Checker) {
    let template = checker.template;
    for (number, document) in template.policies.iter().enumerate() {
        let prefix = format!("policies[{number}]");
        let found = policy::check(document, &checker.schema);
        checker.under(&prefix, found);
        for (place, rule) in document.rules.iter().enumerate() {
            for (which, id) in rule.reasons.iter().enumerate() {
                reason(checker, id, format!("{prefix}.rules[{place}].reasons[{which}]"));
            }
        }
    }
}

fn reason(checker: &mut Checker, id: &str, path: String) {
    let reasons = &checker.template.reasons;
    let all = || reasons.iter().flat_map(|top| [top].into_iter().chain(&top.children)).map(|reason| reason.id.as_str());
    if !all().any(|known| known == id) {
        checker.unknown(What::Reason, id, path, all());
    }
}

fn rules(checker: &mut Checker) {
    let template = checker.template;
    for (number, document) in template.rules.iter().enumerate() {
        let path = format!("rules[{number}]");
        checker.problems.extend(rule::check(document, &checker.schema, &path));
        if let Some(node) = &document.node {
            known_node(checker, node, format!("{path}.node"));
        }
        for (place, action) in document.then.iter().enumerate() {
            action_names(checker, action, &format!("{path}.then[{place}].{}", action.keyword()));
        }
    }
    for cycle in rule::cycles(&template.rules) {
        let names: Vec<&str> =
            cycle.iter().filter_map(|place| template.rules.get(*place)).map(|rule| rule.id.as_str()).collect();
        let names = names.join(" → ");
        let message = (format!("规则互相触发，形成循环：{names}"), format!("these rules set each other off: {names}"));
        let place = cycle.first().copied().unwrap_or_default();
        checker.error(
            "rule_cycle",
            format!("rules[{place}].then"),
            (&message.0, &message.1),
            ("停用其中一条，或去掉引起触发的动作", "switch one off, or remove the action that sets off the next"),
        );
    }
}

fn known_node(checker: &mut Checker, node: &str, path: String) {
    if !checker.stages.iter().any(|stage| stage == node) {
        let stages = checker.stages.clone();
        checker.unknown(What::Node, node, path, stages.iter().map(String::as_str));
    }
}

fn action_names(checker: &mut Checker, action: &Action, path: &str) {
    match action {
        Action::Message(action) => {
            let messages = &checker.template.messages;
            if !messages.iter().any(|message| message.id == action.message) {
                let known = messages.iter().map(|message| message.id.as_str());
                checker.unknown(What::Message, &action.message, format!("{path}.message"), known);
            }
            match &action.to {
                Recipient::Staff(approver) => roles_of(checker, approver, &format!("{path}.to")),
                Recipient::Customer if !matches!(action.channel, Channel::Sms | Channel::Email) => checker.error(
                    "channel",
                    format!("{path}.channel"),
                    ("顾客只能通过短信或邮件联系", "customers are reached by text message or e-mail"),
                    ("改为 channel: sms 或 email", "use `channel: sms` or `email`"),
                ),
                Recipient::Customer | Recipient::Assignee => {}
            }
        }
        Action::Task(action) => {
            roles_of(checker, &action.assignee, &format!("{path}.assignee"));
            if let Some(node) = &action.until {
                known_node(checker, node, format!("{path}.until"));
            }
        }
        Action::SetField(action) => {
            let Some(form) = checker.template.forms.iter().find(|form| form.id == checker.template.case.form) else {
                return;
            };
            let settable = |field: &&Field| field.kind != FieldType::Formula && !field.kind.is_of_core();
            let known = form.fields.iter().filter(settable).map(|field| field.id.as_str());
            match form.fields.iter().find(|field| field.id == action.field) {
                None => checker.unknown(What::Field, &action.field, format!("{path}.field"), known),
                Some(field) if settable(&field) => {}
                Some(_) => {
                    let known = known.collect::<Vec<_>>();
                    checker.error(
                        "field_not_settable",
                        format!("{path}.field"),
                        (
                            "这个字段由订单、顾客或公式决定，规则不能改写",
                            "the order, the customer or a formula decides this field; a rule cannot write it",
                        ),
                        (&format!("可用：{}", known.join("、")), &format!("use one of: {}", known.join(", "))),
                    );
                }
            }
        }
        Action::Note(action) => places(checker, &action.text, &format!("{path}.text")),
        Action::Tag(_) => {}
    }
}

/// Who gets a copy must be able to open the case.
fn copies(checker: &mut Checker, block: &Block, path: &str) {
    let copy_to = match block {
        Block::Approve(approve) => &approve.copy_to,
        Block::Core(core) => &core.copy_to,
        Block::Condition(_) | Block::Parallel(_) => return,
    };
    for (number, id) in copy_to.iter().enumerate() {
        let path = format!("{path}.copy_to[{number}]");
        checker.role(id, path.clone());
        let template = checker.template;
        let role = template.roles.iter().find(|role| role.id == *id);
        if role.is_some_and(|role| !role.permissions.contains(&Permission::RmaView)) {
            checker.error(
                "copy_cannot_see",
                path,
                ("这个角色不能查看退换单，收不到抄送", "this role cannot see cases, so that a copy would not open"),
                ("给角色加上 rma.view，或换一个角色", "grant `rma.view` to the role, or name another one"),
            );
        }
    }
}

fn roles_of(checker: &mut Checker, approver: &Approver, path: &str) {
    if let Approver::FormField { field } = approver {
        person_field(checker, field, format!("{path}.form_field"));
    }
    for role in approver.roles() {
        checker.role(role, path);
    }
}

/// The places of a text in both languages.
fn places(checker: &mut Checker, text: &Text, path: &str) {
    for (side, source) in [("zh", &text.zh), ("en", &text.en)] {
        let found = message::check(source, &checker.schema, &format!("{path}.{side}"));
        checker.problems.extend(found);
    }
}

fn boards(checker: &mut Checker) {
    let template = checker.template;
    for (number, board) in template.boards.iter().enumerate() {
        let path = format!("boards[{number}]");
        checker.problems.extend(report::check(board, &checker.stages, &path));
        for (place, role) in board.roles.iter().enumerate() {
            role_with(checker, role, &[Permission::BoardView], &format!("{path}.roles[{place}]"));
        }
    }
}

fn messages(checker: &mut Checker) {
    let template = checker.template;
    for (number, document) in template.messages.iter().enumerate() {
        places(checker, &document.subject, &format!("messages[{number}].subject"));
        places(checker, &document.text, &format!("messages[{number}].text"));
        let Some(sms) = &document.sms else { continue };
        if sms.template.trim().is_empty() {
            checker.error(
                "sms_template_missing",
                format!("messages[{number}].sms.template"),
                ("缺少短信模板编号", "the approved text's number is missing"),
                ("填写短信平台审核通过的模板编号，或去掉 sms", "give the gateway's number of it, or remove `sms`"),
            );
        }
        for (name, source) in &sms.params {
            let found = message::check(source, &checker.schema, &format!("messages[{number}].sms.params.{name}"));
            checker.problems.extend(found);
        }
    }
}
