//! What an inspector found so far of one group.

use std::collections::BTreeMap;

use contract::warehouse::{GoodsLineView, InspectRequest};
use domain::LineKind;
use domain::state::{Bearer, DispositionKind};
use leptos::prelude::*;
use parts::meta::Meta;
use parts::submit::Submit;
use serde_json::Value;
use ui::clock;

use crate::photos::Photos;

/// The findings on one group. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Findings {
    /// `None`: all of the group.
    pub(super) quantity: RwSignal<Option<i64>>,
    pub(super) grade: RwSignal<String>,
    /// `None`: as the grade says.
    pub(super) accepted: RwSignal<Option<bool>>,
    pub(super) liability: RwSignal<String>,
    pub(super) answers: RwSignal<BTreeMap<String, Value>>,
    pub(super) photos: Photos,
    pub(super) note: RwSignal<String>,
    /// `None`: as the grade says.
    pub(super) disposition: RwSignal<Option<String>>,
    /// Somebody tried to finish: what is missing is said from now on.
    pub(super) tried: RwSignal<bool>,
    pub(super) submit: Submit,
    started_ms: StoredValue<Option<i64>>,
}

impl Findings {
    pub(super) fn new() -> Self {
        Self {
            quantity: RwSignal::new(None),
            grade: RwSignal::default(),
            accepted: RwSignal::new(None),
            liability: RwSignal::default(),
            answers: RwSignal::default(),
            photos: Photos::new(),
            note: RwSignal::default(),
            disposition: RwSignal::new(None),
            tried: RwSignal::new(false),
            submit: Submit::new(),
            started_ms: StoredValue::new(None),
        }
    }

    /// The inspector begins: how long it takes is counted from here.
    pub(super) fn begin(self) {
        if self.started_ms.get_value().is_none() {
            self.started_ms.set_value(Some(untrack(clock::now_ms)));
        }
    }

    /// Starts anew: for the rest of a group.
    pub(super) fn clear(self) {
        self.quantity.try_set(None);
        self.grade.try_set(String::new());
        self.accepted.try_set(None);
        self.liability.try_set(String::new());
        self.answers.try_set(BTreeMap::new());
        self.photos.clear();
        self.note.try_set(String::new());
        self.disposition.try_set(None);
        self.tried.try_set(false);
        self.started_ms.try_set_value(None);
    }

    /// Whether the units are accepted, by the grade unless the inspector says otherwise; `None` without a grade.
    pub(super) fn accepted(self, meta: Meta) -> Option<bool> {
        let by_grade = self.of_grade(meta, |grade| grade.accepted)?;
        Some(self.accepted.get().unwrap_or(by_grade))
    }

    /// Where the units go, by the grade unless the inspector says otherwise; empty for "later".
    pub(super) fn disposition(self, meta: Meta, line: &GoodsLineView) -> String {
        let accepted = self.accepted(meta).unwrap_or(true);
        let fits = |code: &String| DispositionKind::parse(code).is_some_and(|kind| fits(kind, line, accepted));
        let by_grade = self.of_grade(meta, |grade| grade.disposition.clone());
        self.disposition.get().or(by_grade).filter(fits).unwrap_or_default()
    }

    fn of_grade<T>(self, meta: Meta, look: impl Fn(&contract::template::GradeView) -> T) -> Option<T> {
        let chosen = self.grade.get();
        meta.with(|view| view.grades.iter().find(|grade| grade.id.to_string() == chosen).map(look))
    }

    /// What is told of a group of `all` units; `None` while grade or liability is missing.
    pub(super) fn request(self, checklist: &str, all: i64) -> Option<InspectRequest> {
        let grade = self.grade.get_untracked().parse().ok()?;
        let liability = Bearer::parse(&self.liability.get_untracked())?;
        let spent_ms = self.started_ms.get_value().map_or(0, |started| untrack(clock::now_ms) - started);
        Some(InspectRequest {
            quantity: self.quantity.get_untracked().filter(|count| *count < all),
            grade,
            accepted: self.accepted.get_untracked(),
            liability,
            checklist: checklist.to_owned(),
            answers: self.answers.get_untracked().into_iter().collect(),
            attachments: untrack(|| self.photos.ids()),
            note: self.note.get_untracked().trim().to_owned(),
            seconds_spent: spent_ms / 1000,
        })
    }
}

/// Whether goods of a line may go there: accepted ones are not sent back, only repairs are repaired.
pub(in crate::pages) fn fits(kind: DispositionKind, line: &GoodsLineView, accepted: bool) -> bool {
    match kind {
        DispositionKind::Repair => line.kind == LineKind::Repair,
        DispositionKind::SendBack => !accepted || line.kind == LineKind::Repair || line.undeclared,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use domain::RmaLineId;

    use super::*;

    #[test]
    fn only_what_the_server_would_take_is_offered() {
        let line = |kind, undeclared| GoodsLineView {
            id: RmaLineId::from_raw(1),
            kind,
            undeclared,
            sku: None,
            approved: 1,
            received: 1,
            waived: 0,
            awaited: 0,
            accepted: 0,
            refused: 0,
            dispositioned: 0,
        };
        let refund = line(LineKind::ReturnRefund, false);
        assert!(!fits(DispositionKind::SendBack, &refund, true));
        assert!(fits(DispositionKind::SendBack, &refund, false));
        assert!(fits(DispositionKind::SendBack, &line(LineKind::ReturnRefund, true), true));
        assert!(!fits(DispositionKind::Repair, &refund, true));
        assert!(fits(DispositionKind::Repair, &line(LineKind::Repair, false), true));
        assert!(fits(DispositionKind::Restock, &refund, true));
    }
}
