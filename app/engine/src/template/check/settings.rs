//! Limits that cannot work.

use domain::Money;

use super::{Checker, What};
use crate::value::Duration;

/// Longest time a message may be held back.
const MAX_UNDO_SECONDS: u32 = 600;
/// Largest file, in megabytes.
const MAX_MEGABYTES: u32 = 500;
/// Most megabytes of one case.
const MAX_CASE_MEGABYTES: u32 = 5_000;

pub(super) fn check(checker: &mut Checker) {
    prefix(checker);
    money(checker);
    times(checker);
    uploads(checker);
    checker.under("settings.calendar", crate::calendar::check(&checker.template.settings.calendar));
    clocks(checker);
    case(checker);
}

fn clocks(checker: &mut Checker) {
    let clocks = &checker.template.settings.clocks;
    for (name, clock) in [("parcel", clocks.parcel), ("settlement", clocks.settlement)] {
        let Some(clock) = clock else { continue };
        if let Some(found) = crate::flow::deadline_problem(Some(clock.deadline), clock.warn_before) {
            let path = format!("settings.clocks.{name}.{}", found.field);
            checker.error(found.code, path, (found.zh, found.en), found.help);
        }
    }
    let stages = checker.stages.clone();
    for (number, line) in clocks.lines.iter().enumerate() {
        let path = format!("settings.clocks.lines[{number}]");
        if clocks.lines.iter().take(number).any(|other| other.id == line.id) {
            let message = (format!("编号“{}”重复", line.id), format!("the id `{}` is used twice", line.id));
            checker.error(
                "duplicate_id",
                format!("{path}.id"),
                (&message.0, &message.1),
                ("每条预警线使用自己的编号", "give each line an id of its own"),
            );
        }
        checker.problems.extend(line.check(&stages, &path));
        for (at, role) in line.tell.iter().enumerate() {
            if !checker.template.roles.iter().any(|known| known.id == *role) {
                let known = checker.template.roles.iter().map(|role| role.id.as_str());
                checker.unknown(What::Role, role, format!("{path}.tell[{at}]"), known);
            }
        }
    }
}

fn prefix(checker: &mut Checker) {
    let prefix = &checker.template.settings.number_prefix;
    if prefix.is_empty() || prefix.len() > 6 || !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) {
        checker.error(
            "number_prefix",
            "settings.number_prefix",
            ("单号前缀应为 1 到 6 个大写字母", "the prefix is one to six capital letters"),
            ("例如 AB", "such as AB"),
        );
    }
}

fn money(checker: &mut Checker) {
    let settings = &checker.template.settings;
    let base = settings.base_currency;
    let limits: [(&str, Money); 3] = [
        ("settings.four_eyes_limit", settings.four_eyes_limit),
        ("settings.compensation.per_case", settings.compensation.per_case),
        ("settings.compensation.per_month", settings.compensation.per_month),
    ];
    for (path, amount) in limits {
        if amount.currency != base {
            let help = Money::new(amount.minor, base).to_decimal_text();
            let help = (format!("改为 {help} {base}"), format!("write {help} {base}"));
            checker.error(
                "currency",
                path,
                ("限额应使用本位币", "a limit is in the base currency"),
                (&help.0, &help.1),
            );
        }
        if amount.minor < 0 {
            checker.error(
                "negative_limit",
                path,
                ("限额不能小于零", "a limit is not below zero"),
                ("例如 100.00 CNY", "such as 100.00 CNY"),
            );
        }
    }
    if settings.compensation.per_case.minor > settings.compensation.per_month.minor {
        checker.error(
            "compensation_budget",
            "settings.compensation.per_case",
            ("单笔补偿上限超过了每月预算", "the limit of a case is above the budget of a month"),
            ("降低 per_case 或提高 per_month", "lower `per_case` or raise `per_month`"),
        );
    }
}

fn times(checker: &mut Checker) {
    let sessions = &checker.template.settings.sessions;
    let operator = sessions.operator.map(|duration| ("settings.sessions.operator", duration));
    let all: [(&str, Duration); 3] = [
        ("settings.sessions.idle", sessions.idle),
        ("settings.sessions.longest", sessions.longest),
        ("settings.sessions.portal_link", sessions.portal_link),
    ];
    for (path, duration) in all.into_iter().chain(operator) {
        if duration.amount <= 0 || duration.unit.natural_minutes().is_none() {
            checker.error(
                "duration_unit",
                path,
                (
                    "登录时长使用自然分钟、小时或天，且大于零",
                    "sign-in times are natural minutes, hours or days above zero",
                ),
                ("例如 12 hours", "such as 12 hours"),
            );
        }
    }
    let minutes = |duration: Duration| duration.unit.natural_minutes().map(|one| one.saturating_mul(duration.amount));
    if minutes(sessions.idle) > minutes(sessions.longest) {
        checker.error(
            "session_order",
            "settings.sessions.idle",
            ("闲置时长超过了最长登录时长", "the idle time is above the longest time"),
            ("缩短 idle", "shorten `idle`"),
        );
    }
    if checker.template.settings.undo_seconds > MAX_UNDO_SECONDS {
        checker.error(
            "undo_range",
            "settings.undo_seconds",
            ("撤销时间最长 600 秒", "messages are held back for at most 600 seconds"),
            ("例如 10", "such as 10"),
        );
    }
}

fn uploads(checker: &mut Checker) {
    let uploads = &checker.template.settings.uploads;
    if uploads.max_megabytes == 0 || uploads.max_megabytes > MAX_MEGABYTES {
        checker.error(
            "upload_size",
            "settings.uploads.max_megabytes",
            ("文件大小应在 1 到 500 MB 之间", "a file has 1 to 500 megabytes"),
            ("例如 20", "such as 20"),
        );
    }
    if uploads.max_case_megabytes < uploads.max_megabytes || uploads.max_case_megabytes > MAX_CASE_MEGABYTES {
        checker.error(
            "upload_case_size",
            "settings.uploads.max_case_megabytes",
            (
                "一张单的文件总大小不能小于单个文件的上限，最大 5000 MB",
                "a case takes at least one file of the largest size and at most 5000 megabytes",
            ),
            ("例如 300", "such as 300"),
        );
    }
    for (number, kind) in uploads.types.iter().enumerate() {
        let shaped = kind.split_once('/').is_some_and(|(family, name)| !family.is_empty() && !name.is_empty());
        if !shaped {
            let path = format!("settings.uploads.types[{number}]");
            let message = (format!("“{kind}”不是媒体类型"), format!("`{kind}` is not a media type"));
            let help = (format!("例如 image/{kind}"), format!("such as image/{kind}"));
            checker.error("media_type", path, (&message.0, &message.1), (&help.0, &help.1));
        }
    }
}

fn case(checker: &mut Checker) {
    let template = checker.template;
    let case = &template.case;
    if !template.forms.iter().any(|form| form.id == case.form) {
        checker.unknown(What::Form, &case.form, "case.form", template.forms.iter().map(|form| form.id.as_str()));
    }
    if !template.flows.iter().any(|flow| flow.id == case.flow) {
        checker.unknown(What::Flow, &case.flow, "case.flow", template.flows.iter().map(|flow| flow.id.as_str()));
    }
    if !template.policies.iter().any(|policy| policy.id == case.policy) {
        let known = template.policies.iter().map(|policy| policy.id.as_str());
        checker.unknown(What::Policy, &case.policy, "case.policy", known);
    }
}
