//! Reasons, grades and checklists.

use std::collections::BTreeMap;

use super::Checker;
use crate::template::document::{Answer, ChecklistItem, Reason};

pub(super) fn check(checker: &mut Checker) {
    reasons(checker);
    grades(checker);
    checklists(checker);
}

fn reasons(checker: &mut Checker) {
    let mut codes: BTreeMap<(&str, &str), String> = BTreeMap::new();
    for (number, reason) in checker.template.reasons.iter().enumerate() {
        let path = format!("reasons[{number}]");
        platform_codes(checker, reason, &path, &mut codes);
        for (child, leaf) in reason.children.iter().enumerate() {
            let path = format!("{path}.children[{child}]");
            platform_codes(checker, leaf, &path, &mut codes);
            if !leaf.children.is_empty() {
                checker.error(
                    "reason_depth",
                    format!("{path}.children"),
                    ("原因只有两级", "reasons have two levels"),
                    ("把第三级移到第二级", "move the third level up to the second"),
                );
            }
        }
    }
}

fn platform_codes<'t>(
    checker: &mut Checker,
    reason: &'t Reason,
    path: &str,
    codes: &mut BTreeMap<(&'t str, &'t str), String>,
) {
    for (platform, names) in &reason.platforms {
        for (number, name) in names.iter().enumerate() {
            let path = format!("{path}.platforms.{platform}[{number}]");
            if let Some(other) = codes.insert((platform, name), reason.id.clone()) {
                let message = (
                    format!("平台 {platform} 的“{name}”已经对应原因“{other}”"),
                    format!("`{name}` of {platform} already stands for the reason `{other}`"),
                );
                let help = ("只保留一处", "keep it in one place");
                checker.error("platform_code_twice", path, (&message.0, &message.1), help);
            }
        }
    }
}

fn grades(checker: &mut Checker) {
    for (number, grade) in checker.template.grades.iter().enumerate() {
        if grade.money_percent > 100 {
            checker.error(
                "percent_range",
                format!("grades[{number}].money_percent"),
                ("退款比例应在 0 到 100 之间", "the percentage is between 0 and 100"),
                ("例如 80", "such as 80"),
            );
        }
        if !grade.accepted && grade.money_percent > 0 {
            checker.warning(
                "refused_but_paid",
                format!("grades[{number}].money_percent"),
                (
                    "不合格的货物按数量不会退款，这个比例不起作用",
                    "refused goods are not refunded, so this has no effect",
                ),
                ("改为 0，或 accepted: true", "write 0, or `accepted: true`"),
            );
        }
    }
    if !checker.template.grades.iter().any(|grade| grade.accepted) {
        checker.error(
            "no_accepted_grade",
            "grades",
            ("没有合格的等级，货物永远退不了款", "no grade accepts goods, so nothing could ever be refunded"),
            ("至少一个等级写 accepted: true", "give one grade `accepted: true`"),
        );
    }
}

fn checklists(checker: &mut Checker) {
    let lists = &checker.template.checklists;
    let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
    for (number, list) in lists.iter().enumerate() {
        let path = format!("checklists[{number}]");
        for (place, category) in list.categories.iter().enumerate() {
            if let Some(other) = taken.insert(category, &list.id) {
                let message = (
                    format!("品类“{category}”已属于清单“{other}”"),
                    format!("the category `{category}` already has the list `{other}`"),
                );
                let path = format!("{path}.categories[{place}]");
                checker.error("category_twice", path, (&message.0, &message.1), ("只保留一处", "keep it in one list"));
            }
        }
        for (place, item) in list.items.iter().enumerate() {
            if item.answer == Answer::Choice && item.options.len() < 2 {
                checker.error(
                    "few_options",
                    format!("{path}.items[{place}].options"),
                    ("选择题至少要有两个选项", "a choice has at least two options"),
                    ("添加选项，或改用 answer: yes_no", "add options, or use `answer: yes_no`"),
                );
            }
            named_answers(checker, item, &format!("{path}.items[{place}]"));
        }
    }
    if lists.iter().filter(|list| list.categories.is_empty()).count() != 1 {
        checker.error(
            "fallback_checklist",
            "checklists",
            ("应有且只有一个不限品类的清单", "exactly one list has no categories: it serves the rest"),
            ("添加一个不写 categories 的清单", "add one list without `categories`"),
        );
    }
}

// What a faultless unit answers and what needs a photo are answers that can be given.
fn named_answers(checker: &mut Checker, item: &ChecklistItem, path: &str) {
    let clean = item.clean.iter().map(|name| ("clean".to_owned(), name));
    let photos = item.photo_when.iter().enumerate().map(|(at, name)| (format!("photo_when[{at}]"), name));
    for (field, name) in clean.chain(photos) {
        let known = match item.answer {
            Answer::YesNo => matches!(name.as_str(), "yes" | "no"),
            Answer::Choice => item.options.iter().any(|option| option.id == *name),
            Answer::Number | Answer::Text | Answer::Photo => false,
        };
        if !known {
            let message = (format!("“{name}”不是这一项的答案"), format!("`{name}` is no answer to this question"));
            checker.error(
                "no_such_answer",
                format!("{path}.{field}"),
                (&message.0, &message.1),
                ("是非题写 yes 或 no，选择题写选项的 id", "write `yes` or `no`, or the id of an option of a choice"),
            );
        }
    }
}
