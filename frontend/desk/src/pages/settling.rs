//! Settling: what a case may be paid and why, keyed by one person, approved by another above the limit, paid, and followed
//! until its outcome is known.

use contract::rma::ActionView;
use domain::Permission;
use leptos::prelude::*;
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
mod why;

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

/// The page at the rest of an address under `/desk/settling`.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    match rest {
        [] => Some(view! { <queue::Queue/> }.into_any()),
        [_] => Some(view! { <sheet::Settle/> }.into_any()),
        _ => None,
    }
}
