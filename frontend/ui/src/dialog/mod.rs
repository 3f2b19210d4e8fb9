//! A question that must be answered before going on. For confirming only; everything longer is a drawer or a page.

use leptos::prelude::*;

use crate::{
    bind::Bind,
    button::{Button, ButtonKind},
    locale::{Words, vocabulary as say},
    modal::{ModalKind, ModalParts, modal},
};

/// Asks once, says what will happen, and names the verb on the button.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    #[prop(into)]
    open: Bind<bool>,
    /// The question.
    #[prop(into)]
    title: Words,
    /// The verb: what the button says and does; default "confirm".
    #[prop(optional, into)]
    confirm: Option<Words>,
    /// The verb destroys or refuses something.
    #[prop(optional)]
    danger: bool,
    /// Waiting for the answer of the server; the dialog stays.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The verb cannot be done yet (a reason is missing).
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Called when the person agrees; the owner closes the dialog when done.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What will happen; may hold a reason field.
    children: ChildrenFn,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let confirm = confirm.unwrap_or_else(|| say::CONFIRM.into());
    let footer = move || {
        view! {
            <Button on_click=move |()| open.set(false)>{say::CANCEL}</Button>
            <Button kind busy disabled on_click=on_confirm>{confirm}</Button>
        }
    };
    modal(ModalParts { open, title, kind: ModalKind::Dialog, footer: Some(footer.into()), body: children })
}
