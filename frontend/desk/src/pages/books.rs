//! The books with others: what customers and outside parties owe, and what customers may spend.

use domain::Permission;
use leptos::prelude::*;
use parts::session::use_session;
use ui::{EmptyState, Glyph, PageHeader, Tab, Tabs, Text, text};

use crate::nav::Place;

pub(super) mod charge;
pub(super) mod credit;
mod credits;
mod owed;
pub(super) mod receivables;
pub(super) mod recover;

/// In the navigation.
pub(crate) const PLACE: Place =
    Place {
        href: "/desk/books", label: text("往来账款", "Receivables"), icon: Glyph::List, needs: SEES, group: None
    };

/// Who works with money.
pub(super) const SEES: &[Permission] =
    &[Permission::SettlementPropose, Permission::SettlementApprove, Permission::SettlementPay];

const ABOUT: Text = text(
    "顾客、承运商、供应商等欠商家的款，收回与核销；以及顾客的店铺余额",
    "What customers, carriers, suppliers and others owe and what came of it; and customers' store credit",
);
const CREDIT: &str = "credit";

/// The page.
pub(crate) fn page(rest: &[&str]) -> Option<AnyView> {
    if !rest.is_empty() {
        return None;
    }
    Some(if use_session().may_one_of(SEES) {
        view! { <Books/> }.into_any()
    } else {
        let hint = text("需要结算的权限", "This needs a right to settle");
        view! { <EmptyState title=text("没有权限", "Not allowed") hint icon=Glyph::Lock/> }.into_any()
    })
}

#[component]
fn Books() -> impl IntoView {
    let shown = RwSignal::new("owed".to_owned());
    let tabs = Signal::stored(vec![
        Tab::new("owed", text("应收款", "Owed to us")),
        Tab::new(CREDIT, text("店铺余额", "Store credit")),
    ]);
    let panel = move || if shown.get() == CREDIT { credits::list() } else { receivables::list() };
    view! {
        <PageHeader title=PLACE.label subtitle=ABOUT/>
        <div class="books" data-test="books">
            <Tabs value=shown tabs label=PLACE.label>{panel}</Tabs>
        </div>
    }
}
