//! What goes out again: exchanges, goods sent again, repaired goods, goods sent back as they came; each with a slip, a
//! waybill, and the day it arrived.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
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

/// The address of an order.
pub(crate) fn outbound_address(id: domain::OutboundOrderId) -> String {
    format!("/desk/outbound/{id}")
}

/// `/desk/outbound`: the list.
pub(crate) struct OutboundsPage;

#[lazy_route]
impl LazyRoute for OutboundsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <queue::Queue/> }.into_any()
    }
}

/// `/desk/outbound/{id}`: an order with its slip.
pub(crate) struct OutboundPage;

#[lazy_route]
impl LazyRoute for OutboundPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <sheet::Outbound/> }.into_any()
    }
}

/// `/desk/outbound/cases/{id}`: the orders of a case.
pub(crate) struct CaseOutboundPage;

#[lazy_route]
impl LazyRoute for CaseOutboundPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <of_case::OfCase/> }.into_any()
    }
}
