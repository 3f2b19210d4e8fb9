//! Choosing one of a case's lines in a question: those it can be about, the first chosen already.

use contract::rma::{LineView, RmaView};
use leptos::prelude::*;
use parts::words::Spoken;
use ui::{Choice, Select};

use super::Case;

/// A line to choose. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Picked {
    lines: Signal<Vec<LineView>>,
    chosen: RwSignal<Option<String>>,
}

impl Picked {
    /// Of the lines that `fits` says.
    pub(super) fn of(case: Case, fits: impl Fn(&LineView) -> bool + Send + Sync + 'static) -> Self {
        let of = move |view: &RmaView| view.lines.iter().filter(|line| fits(line)).cloned().collect::<Vec<_>>();
        Self { lines: case.part(of).into(), chosen: RwSignal::new(None) }
    }

    /// The line.
    pub(super) fn line(self) -> Option<LineView> {
        let chosen = self.chosen.get();
        self.lines.with(|lines| {
            let found = lines.iter().find(|line| Some(line.id.to_string()) == chosen);
            found.or_else(|| lines.first()).cloned()
        })
    }

    /// The control.
    pub(super) fn select(self) -> impl IntoView {
        let value = ui::Bind::new(
            move || self.line().map(|line| line.id.to_string()).unwrap_or_default(),
            move |id: String| self.chosen.set(Some(id)),
        );
        let choice = |line: &LineView| {
            let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
            Choice::new(line.id.to_string(), name).hint(line.kind.text())
        };
        let options = Signal::derive(move || self.lines.with(|lines| lines.iter().map(choice).collect::<Vec<_>>()));
        view! { <Select value options/> }
    }
}
