//! The pages on which forms are filled in: filing for a customer, records of the merchant's own. They load together when
//! the first of them is opened: both bring the form engine along.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::{LazyRoute, lazy_route};

use super::office::area;
use super::{file, records};

/// Any of these pages.
pub(crate) struct FormsPage;

#[lazy_route]
impl LazyRoute for FormsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        match area(&use_location().pathname.get_untracked()) {
            "records" => records::page(),
            _ => file::page(),
        }
    }
}
