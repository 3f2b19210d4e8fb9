//! What goes out again: exchanges, goods sent again, repaired goods, goods sent back as they came; each with a slip, a
//! waybill, and the day it arrived.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
use ui::{Glyph, text};

use crate::nav::{Place, WorkPlace};

mod actions;
mod of_case;
mod queue;
mod sheet;
mod slip;
mod substitute;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/outbound",
    label: text("发货", "Outbound"),
    icon: Glyph::Truck,
    needs: &[Permission::OutboundManage],
    group: None,
};

/// Shipping what goes out for a case.
pub(crate) const WORK: WorkPlace = WorkPlace {
    does: |action| matches!(action, ActionView::Ship),
    label: text("发货", "Ship"),
    href: |id| format!("/desk/outbound/cases/{id}"),
};

pub(crate) use actions::waive;

/// The address of an order.
pub(crate) fn outbound_address(id: domain::OutboundOrderId) -> String {
    format!("/desk/outbound/{id}")
}

/// The page at the rest of an address under `/desk/outbound`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <queue::Queue/> }.into_any()),
        ["cases", _] => Some(view! { <of_case::OfCase/> }.into_any()),
        [_] => Some(view! { <sheet::Outbound/> }.into_any()),
        _ => None,
    }
}
