//! Inspecting by keys: grade, answers, photos, who is liable, where the goods go. A full grade answers what is open with
//! what the template says of a faultless unit; everything else is asked.

use contract::template::{ChecklistView, GradeView};
use contract::warehouse::GoodsLineView;
use domain::GradeId;
use domain::state::{Bearer, DispositionKind};
use engine::template::{Answer, ChecklistItem};
use parts::meta::Meta;
use serde_json::{Map, Value};

use super::hand::Batch;
use crate::pages::inspecting::checklist::{demands_photo, of_category};
use crate::pages::inspecting::findings::fits;

/// Money that stays whole, percent.
const WHOLE: i64 = 100;

/// What is told of a batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) grade: GradeId,
    pub(super) checklist: String,
    pub(super) answers: Map<String, Value>,
    pub(super) disposition: Option<DispositionKind>,
}

/// What keeps a batch from being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    Grade,
    /// The question at this place.
    Answer(usize),
    Photo,
    Lot,
}

/// The questions for a batch.
pub(super) fn checklist(meta: Meta, batch: &Batch) -> Option<ChecklistView> {
    of_category(meta, &batch.category)
}

/// The grade of a batch.
pub(super) fn grade(meta: Meta, batch: &Batch) -> Option<GradeView> {
    let own = batch.grade?;
    meta.with(|view| view.grades.iter().find(|grade| grade.id == own).cloned())
}

/// What a faultless unit answers, where the template says so.
pub(super) fn clean(item: &ChecklistItem) -> Option<Value> {
    let own = item.clean.as_deref()?;
    Some(match item.answer {
        Answer::YesNo => Value::Bool(own == "yes"),
        _ => Value::String(own.to_owned()),
    })
}

/// Accepted, worth all its money and sold again: whoever gives such a grade has found no fault.
fn is_faultless(grade: &GradeView) -> bool {
    let sold_again = DispositionKind::parse(&grade.disposition) == Some(DispositionKind::Restock);
    grade.accepted && grade.money_percent == WHOLE && sold_again
}

/// The answer to a question: the inspector's, or what the grade implies.
pub(super) fn answer(item: &ChecklistItem, batch: &Batch, grade: Option<&GradeView>) -> Option<Value> {
    batch.answers.get(&item.id).cloned().or_else(|| clean(item).filter(|_| grade.is_some_and(is_faultless)))
}

/// Where a batch goes: as the inspector says, else as its grade proposes.
pub(super) fn disposition(
    batch: &Batch,
    line: Option<&GoodsLineView>,
    grade: Option<&GradeView>,
) -> Option<DispositionKind> {
    let accepted = grade.is_none_or(|grade| grade.accepted);
    let allowed = |kind: &DispositionKind| line.is_none_or(|line| fits(*kind, line, accepted));
    let proposed = || grade.and_then(|grade| DispositionKind::parse(&grade.disposition));
    batch.disposition.or_else(proposed).filter(allowed)
}

/// The disposition after this one, of those that fit.
pub(super) fn next_disposition(
    batch: &Batch,
    line: Option<&GoodsLineView>,
    grade: Option<&GradeView>,
) -> Option<DispositionKind> {
    let accepted = grade.is_none_or(|grade| grade.accepted);
    let all = DispositionKind::ALL.iter().copied();
    let all: Vec<_> = all.filter(|kind| line.is_none_or(|line| fits(*kind, line, accepted))).collect();
    after(&all, disposition(batch, line, grade))
}

/// Who is liable after this one.
pub(super) fn next_bearer(now: Bearer) -> Bearer {
    after(Bearer::ALL, Some(now)).unwrap_or(now)
}

fn after<T: Copy + PartialEq>(all: &[T], now: Option<T>) -> Option<T> {
    let at = now.and_then(|now| all.iter().position(|one| *one == now)).map_or(0, |at| at + 1);
    all.get(at).or(all.first()).copied()
}

/// What is told of a batch, or what lacks.
pub(super) fn judge(meta: Meta, batch: &Batch, line: Option<&GoodsLineView>, disposes: bool) -> Result<Judged, Lack> {
    let grade = grade(meta, batch);
    let own = grade.as_ref().ok_or(Lack::Grade)?;
    let list = checklist(meta, batch);
    let items = list.as_ref().map(|list| list.items.as_slice()).unwrap_or_default();
    let mut answers = Map::new();
    let mut photo = false;
    for (at, item) in items.iter().enumerate() {
        let answer = answer(item, batch, grade.as_ref());
        photo |= demands_photo(item, answer.as_ref()) || (item.answer == Answer::Photo && item.required);
        match answer {
            Some(answer) => {
                answers.insert(item.id.clone(), answer);
            }
            None if item.required && item.answer != Answer::Photo => return Err(Lack::Answer(at)),
            None => {}
        }
    }
    if photo && batch.photos.is_empty() {
        return Err(Lack::Photo);
    }
    Ok(Judged {
        grade: own.id,
        checklist: list.map(|list| list.id).unwrap_or_default(),
        answers,
        disposition: disposition(batch, line, grade.as_ref()).filter(|_| disposes),
    })
}

/// What a number key answers: yes and no, or one of the options.
pub(super) fn answer_of_key(item: &ChecklistItem, digit: usize) -> Option<Value> {
    match (item.answer, digit) {
        (Answer::YesNo, 1) => Some(Value::Bool(true)),
        (Answer::YesNo, 2) => Some(Value::Bool(false)),
        (Answer::Choice, digit) => {
            let option = item.options.get(digit.checked_sub(1)?)?;
            Some(Value::String(option.id.clone()))
        }
        _ => None,
    }
}
