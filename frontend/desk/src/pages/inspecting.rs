//! Inspection: what was counted gets a grade, answers, photos and somebody who is liable; then it goes where it belongs. A
//! group of like units is split at the first difference.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
use ui::{Glyph, text};

use crate::nav::{Place, WorkPlace};

mod again;
pub(super) mod checklist;
mod claim;
mod correct;
mod dispose;
pub(super) mod findings;
mod form;
mod found;
mod group;
mod queue;
mod sheet;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/inspecting",
    label: text("质检", "Inspecting"),
    icon: Glyph::Clipboard,
    needs: &[Permission::Inspect, Permission::Dispose],
    group: None,
};

/// Inspecting what came back for a case.
pub(crate) const WORK: WorkPlace = WorkPlace {
    does: |action| matches!(action, ActionView::Inspect),
    label: text("质检与处置", "Inspect the goods"),
    href: |id| format!("/desk/inspecting/{id}"),
};

/// The page at the rest of an address under `/desk/inspecting`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <queue::Queue/> }.into_any()),
        [_] => Some(view! { <sheet::Inspect/> }.into_any()),
        _ => None,
    }
}
