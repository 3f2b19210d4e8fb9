//! The places where goods, money and shipments are worked on. They load together when the first of them is opened: each
//! part that loads on its own multiplies the pieces the program is cut into, and who works in one mostly needs another.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::{LazyRoute, lazy_route};

use super::lost::LostPage;
use super::{
    books, daily_files, exceptions, handed_over, inspecting, outbound, receiving, refunds, settling, shelf, statements,
};

/// Any of these pages.
pub(crate) struct WorkPage;

#[lazy_route]
impl LazyRoute for WorkPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let path = use_location().pathname.get_untracked();
        page(&path).unwrap_or_else(|| view! { <LostPage/> }.into_any())
    }
}

/// The page at an address such as `/desk/settling/17`.
fn page(path: &str) -> Option<AnyView> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "desk").collect();
    match parts.split_first()? {
        (&"receiving", rest) => receiving::page(rest),
        (&"inspecting", rest) => inspecting::page(rest),
        (&"shelf", rest) => shelf::page(rest),
        (&"hand-overs", rest) => handed_over::page(rest),
        (&"exceptions", rest) => exceptions::page(rest),
        (&"books", rest) => books::page(rest),
        (&"refunds", rest) => refunds::page(rest),
        (&"statements", rest) => statements::page(rest),
        (&"settling", rest) => settling::page(rest),
        (&"outbound", rest) => outbound::page(rest),
        (&"daily-files", rest) => daily_files::page(rest),
        _ => None,
    }
}
