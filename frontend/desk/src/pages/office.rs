//! The pages of the office, in two lazy parts: what was sold to whom, and how the shop is set up. One part a page would
//! have the splitter make a file for every set of pages that share something, and a visit fetch dozens of them.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::{LazyRoute, lazy_route};

use super::{backups, customers, imports, master, messages, orders, persons, platform_cases, template};

/// The word after `/desk/`.
pub(super) fn area(path: &str) -> &str {
    path.trim_start_matches("/desk").split('/').nth(1).unwrap_or_default()
}

/// Orders, platforms' cases, customers.
pub(crate) struct TradePage;

#[lazy_route]
impl LazyRoute for TradePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        match area(&use_location().pathname.get_untracked()) {
            "platform-cases" => platform_cases::page(),
            "customers" => customers::page(),
            _ => orders::page(),
        }
    }
}

/// Master data, imports, the template, people, tokens.
pub(crate) struct SettingsPage;

#[lazy_route]
impl LazyRoute for SettingsPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        match area(&use_location().pathname.get_untracked()) {
            "imports" => imports::page(),
            "messages" => messages::page(),
            "template" => template::page(),
            "persons" => persons::page(),
            "backups" => backups::page(),
            "tokens" => persons::tokens::page(),
            _ => master::overview(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn a_page_is_known_by_the_first_word_of_its_address() {
        assert_eq!(area("/desk/persons"), "persons");
        assert_eq!(area("/desk/imports/17"), "imports");
        assert_eq!(area("/desk"), "");
        assert_eq!(area("/orders/1"), "orders");
    }
}
