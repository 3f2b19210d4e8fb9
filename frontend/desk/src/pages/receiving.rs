//! The receiving bench: parcels signed one after another as the gun reads them, matched to cases, opened, and what is in
//! them counted against what was announced. What is short stays open and holds nothing up.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
use ui::{Glyph, text};

use crate::nav::{Place, WorkPlace};

mod bench;
mod case_bench;
mod count;
mod counted;
mod dock;
mod draft;
mod extra;
mod line;
mod list;
mod log;
pub(crate) mod matching;
mod parcel_bench;
mod scan;
mod serials;
pub(crate) mod warehouse;
mod weighing;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/receiving",
    label: text("收货台", "Receiving"),
    icon: Glyph::Scan,
    needs: &[Permission::ParcelSign, Permission::ParcelReceive],
    group: None,
};

/// Counting what came back for a case.
pub(crate) const WORK: WorkPlace = WorkPlace {
    does: |action| matches!(action, ActionView::Receive),
    label: text("收货清点", "Receive goods"),
    href: |id| format!("/desk/receiving/cases/{id}"),
};

/// The address of a parcel on the bench.
fn parcel_address(id: domain::ParcelId) -> String {
    format!("/desk/receiving/{id}")
}

/// The address of a case on the bench.
fn bench_address(id: domain::RmaId) -> String {
    format!("/desk/receiving/cases/{id}")
}

/// The page at the rest of an address under `/desk/receiving`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <dock::Dock/> }.into_any()),
        ["cases", _] => Some(view! { <case_bench::CaseBench/> }.into_any()),
        [_] => Some(view! { <parcel_bench::ParcelBench/> }.into_any()),
        _ => None,
    }
}
