//! Settling: what a case may be paid and why, keyed by one person, approved by another above the limit, paid, and followed
//! until its outcome is known.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use ui::{Glyph, text};

use crate::nav::{Place, WorkPlace};

mod caps;
mod component;
mod draft;
mod form;
mod invoices;
mod money_done;
mod paid_by_hand;
mod payout;
mod queue;
mod settlement;
mod sheet;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/settling",
    label: text("结算", "Settling"),
    icon: Glyph::Wallet,
    needs: &[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay],
    group: None,
};

/// Settling a case.
pub(crate) const WORK: WorkPlace = WorkPlace {
    does: |action| matches!(action, ActionView::Settle),
    label: text("结算", "Settle"),
    href: |id| format!("/desk/settling/{id}"),
};

/// `/desk/settling`: what waits, by where it stands.
pub(crate) struct SettlingPage;

#[lazy_route]
impl LazyRoute for SettlingPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <queue::Queue/> }.into_any()
    }
}

/// `/desk/settling/{id}`: the money of a case.
pub(crate) struct SettlePage;

#[lazy_route]
impl LazyRoute for SettlePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <sheet::Settle/> }.into_any()
    }
}
