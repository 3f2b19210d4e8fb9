//! Filing for a customer: the same form they would fill in, the policy's answer beside it while it is written.

use domain::Permission;
use leptos::prelude::*;
use ui::{Glyph, text};

use crate::nav::Place;

mod filing;
mod judged;
mod sheet;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/file",
    label: text("代客申请", "File a return"),
    icon: Glyph::Edit,
    needs: &[Permission::RmaFile],
    group: None,
};

/// The page.
pub(super) fn page() -> AnyView {
    view! { <sheet::Sheet/> }.into_any()
}
