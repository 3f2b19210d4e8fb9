//! Ids: written so that they can stand in a column name, a URL and an expression, and used once.

use super::{Checker, Ids};
use crate::flow::{self, Block};

/// Longest id, in characters.
const MAX_ID_CHARS: usize = 40;

pub(super) fn check(checker: &mut Checker) {
    let template = checker.template;
    let mut lists: Vec<(String, Vec<&str>)> = Vec::new();
    macro_rules! list {
        ($part:ident) => {
            lists.push((stringify!($part).to_owned(), template.$part.iter().map(|item| item.id.as_str()).collect()));
        };
    }
    list!(roles);
    list!(grades);
    list!(checklists);
    list!(canned_answers);
    list!(forms);
    list!(flows);
    list!(policies);
    list!(rules);
    list!(boards);
    list!(messages);
    list!(prints);
    for (number, list) in template.checklists.iter().enumerate() {
        let place = format!("checklists[{number}].items");
        lists.push((place, list.items.iter().map(|item| item.id.as_str()).collect()));
    }
    for (number, board) in template.boards.iter().enumerate() {
        let place = format!("boards[{number}].components");
        lists.push((place, board.components.iter().map(|component| component.id.as_str()).collect()));
    }
    for (place, ids) in lists {
        let placed = ids.into_iter().enumerate().map(|(number, id)| (format!("{place}[{number}].id"), id));
        unique(checker, placed);
    }
    // Reasons of both levels share one space: a case holds the id alone.
    let mut reasons = Vec::new();
    for (number, reason) in template.reasons.iter().enumerate() {
        reasons.push((format!("reasons[{number}].id"), reason.id.as_str()));
        let children = reason.children.iter().enumerate();
        reasons.extend(
            children.map(|(child, leaf)| (format!("reasons[{number}].children[{child}].id"), leaf.id.as_str())),
        );
    }
    unique(checker, reasons.into_iter());
    well_formed(checker, "id".to_owned(), &template.id);
    // `flow::check` finds what is used twice within a flow.
    for (number, flow) in template.flows.iter().enumerate() {
        let mut ids = Vec::new();
        flow::walk(&flow.blocks, &format!("flows[{number}].blocks"), &mut |block, path| {
            ids.push((format!("{path}.id"), block.id().to_owned()));
            let branches: Vec<&str> = match block {
                Block::Condition(condition) => condition.branches.iter().map(|branch| branch.id.as_str()).collect(),
                Block::Parallel(parallel) => parallel.branches.iter().map(|branch| branch.id.as_str()).collect(),
                Block::Approve(_) | Block::Core(_) => Vec::new(),
            };
            let branches = branches.into_iter().enumerate();
            ids.extend(branches.map(|(place, id)| (format!("{path}.branches[{place}].id"), id.to_owned())));
        });
        for (path, id) in ids {
            well_formed(checker, path, &id);
        }
    }
}

fn unique<'t>(checker: &mut Checker, ids: impl Iterator<Item = (String, &'t str)>) {
    let mut seen = Ids::new();
    for (number, (path, id)) in ids.enumerate() {
        well_formed(checker, path.clone(), id);
        if seen.insert(id, number).is_some() {
            let message = (format!("编号“{id}”重复"), format!("the id `{id}` is used twice"));
            let help = (format!("改成别的编号，例如 {id}_2"), format!("choose another id, such as {id}_2"));
            checker.error("duplicate_id", path, (&message.0, &message.1), (&help.0, &help.1));
        }
    }
}

fn well_formed(checker: &mut Checker, path: String, id: &str) {
    let begins = id.starts_with(|letter: char| letter.is_ascii_lowercase());
    let fine = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if !begins || !id.chars().all(fine) || id.len() > MAX_ID_CHARS {
        let suggestion: String = id
            .to_lowercase()
            .chars()
            .map(|letter| if fine(letter) { letter } else { '_' })
            .take(MAX_ID_CHARS)
            .collect();
        let suggestion = suggestion.trim_start_matches(|letter: char| !letter.is_ascii_lowercase());
        let suggestion = if suggestion.is_empty() { "step_1" } else { suggestion };
        let message = (
            format!("编号“{id}”不合要求：小写字母开头，只含小写字母、数字和下划线，最多 {MAX_ID_CHARS} 个"),
            format!(
                "the id `{id}` is not well-formed: small letters, digits and underscores, a letter first, at most {MAX_ID_CHARS}"
            ),
        );
        let help = (format!("例如 {suggestion}"), format!("such as {suggestion}"));
        checker.error("id_form", path, (&message.0, &message.1), (&help.0, &help.1));
    }
}
