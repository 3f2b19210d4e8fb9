//! Canned answers: places that are there, and at least one use.

use domain::canned::{self, Place};

use super::Checker;

pub(super) fn check(checker: &mut Checker) {
    let known: Vec<String> = Place::ALL.iter().map(|place| place.written()).collect();
    let known = known.join(" ");
    let help = (format!("可用：{known}"), format!("there are {known}"));
    for (number, answer) in checker.template.canned_answers.iter().enumerate() {
        for (side, text) in [("zh", &answer.text.zh), ("en", &answer.text.en)] {
            if let Err(bad) = canned::parts(text) {
                let said = bad.text();
                let path = format!("canned_answers[{number}].text.{side}");
                checker.error("unknown_placeholder", path, (&said.zh, &said.en), (&help.0, &help.1));
            }
        }
        if answer.uses.is_empty() {
            let path = format!("canned_answers[{number}].for");
            let help = ("填写 answer、refusal 或 question", "name `answer`, `refusal` or `question`");
            checker.error("no_use", path, ("没有用途", "it is for nothing"), help);
        }
    }
}
