//! A second look, before the goods went anywhere: the whole group, with a reason.

use domain::Permission;
use leptos::prelude::*;
use parts::session::use_session;
use ui::{Button, ButtonKind, Glyph, text};

use super::findings::Findings;
use super::form::{Subject, form};

/// The way to the form.
pub(super) fn again(subject: Subject) -> AnyView {
    let session = use_session();
    if !session.may(Permission::Inspect) {
        return ().into_any();
    }
    let open = RwSignal::new(false);
    let button = move || {
        (!open.get()).then(|| {
            view! {
                <Button kind=ButtonKind::Quiet icon=Glyph::Refresh on_click=move |()| open.set(true) attr:data-test="inspect-again">
                    {text("复检", "Inspect again")}
                </Button>
            }
        })
    };
    let second = Subject { findings: Findings::new(), again: true, ..subject };
    let sheet = move || open.get().then(|| form(second));
    view! { <div class="u-row">{button}</div> {sheet} }.into_any()
}
