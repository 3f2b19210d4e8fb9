//! The checklist of an inspection: what must be answered is, and answers that need a photo have one.

use engine::template::{Answer, Checklist, ChecklistItem};
use serde_json::Value;
use store::Tx;
use store::rma_line::RmaLineRow;

use super::inspect::Inspect;
use crate::context::Ctx;
use crate::error::{Error, FieldProblem, Refusal};

/// Refuses answers that leave out what the checklist asks for: the one they name, else the article's category's own. A list
/// that is not in force any more asks nothing: what was seen with it is still a fact.
pub(super) fn check(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Inspect, line: &RmaLineRow) -> Result<(), Error> {
    let current = ctx.definitions.current()?;
    let lists = &current.template.template().checklists;
    let list = if cmd.checklist.is_empty() {
        let category = category(tx, line)?;
        of_category(lists, &category).or_else(|| only(lists))
    } else {
        lists.iter().find(|list| list.id == cmd.checklist)
    };
    let Some(list) = list else { return Ok(()) };
    let problems = problems(list, cmd);
    if problems.is_empty() {
        return Ok(());
    }
    let mut refusal = Refusal::new("checklist_incomplete", "质检清单未完成", "the checklist is not complete")
        .help("请回答标出的问题，需要时补拍照片", "answer the marked questions and take the photos they need");
    refusal.fields = problems;
    Err(Error::invalid(refusal))
}

// Where no category has a list of its own, the one for everything else is everybody's: naming none does not get past it.
fn only(lists: &[Checklist]) -> Option<&Checklist> {
    lists.first().filter(|_| lists.iter().all(|list| list.categories.is_empty()))
}

/// The list that a category has for itself.
#[must_use]
pub fn of_category<'a>(lists: &'a [Checklist], category: &str) -> Option<&'a Checklist> {
    lists.iter().find(|list| list.categories.iter().any(|own| own == category))
}

fn category(tx: &Tx<'_>, line: &RmaLineRow) -> Result<String, Error> {
    let sku = match line.sku_id {
        Some(sku) => store::sku::find(tx, sku)?,
        None => None,
    };
    Ok(sku.map(|sku| sku.category).unwrap_or_default())
}

fn problems(list: &Checklist, cmd: &Inspect) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    for item in &list.items {
        let answer = cmd.answers.get(&item.id).filter(|answer| !is_empty(answer));
        // The files themselves are tied to the inspection; the answer only names them.
        let answered = answer.is_some() || (item.answer == Answer::Photo && !cmd.attachments.is_empty());
        if item.required && !answered {
            found.push(problem(item, "answer_needed", "请回答：", "answer: "));
        }
        let asks = answer.is_some_and(|answer| item.photo_when.iter().any(|word| is(answer, word)));
        if asks && cmd.attachments.is_empty() {
            found.push(problem(item, "photo_needed", "该结果需要照片：", "this answer needs a photo: "));
        }
    }
    found
}

fn problem(item: &ChecklistItem, code: &str, zh: &str, en: &str) -> FieldProblem {
    FieldProblem {
        field: format!("answers.{}", item.id),
        code: code.to_owned(),
        message: domain::Text::new(format!("{zh}{}", item.title.zh), format!("{en}{}", item.title.en)),
    }
}

fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn is(answer: &Value, word: &str) -> bool {
    match answer {
        Value::Bool(yes) => word == if *yes { "yes" } else { "no" },
        Value::String(text) => text == word,
        _ => false,
    }
}
