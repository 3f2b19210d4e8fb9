//! Going somewhere: addresses are written in full, as in links.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Goes to an address, in place of this page or not.
type Navigate = Box<dyn Fn(&str, bool)>;

/// What goes to an address such as `/desk/rmas/17`. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Go(StoredValue<Navigate, LocalStorage>);

/// Takes the router of the page; called where a component is set up.
pub(crate) fn use_go() -> Go {
    let navigate = use_navigate();
    let go = move |address: &str, replace: bool| {
        navigate(address, NavigateOptions { resolve: false, replace, ..NavigateOptions::default() });
    };
    Go(StoredValue::new_local(Box::new(go)))
}

impl Go {
    /// Goes there; "back" leads here again.
    pub(crate) fn to(self, address: &str) {
        self.0.with_value(|go| go(address, false));
    }

    /// Goes there in place of this page.
    pub(crate) fn replace(self, address: &str) {
        self.0.with_value(|go| go(address, true));
    }
}

/// The page of a case.
pub(crate) fn case_address(id: domain::RmaId) -> String {
    format!("/desk/rmas/{id}")
}
