//! Filing for a customer: the same form they would fill in, the policy's answer beside it while it is written. Loads when
//! first opened: the form engine comes along.

use domain::Permission;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
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
pub(crate) struct FilePage;

#[lazy_route]
impl LazyRoute for FilePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <sheet::Sheet/> }.into_any()
    }
}
