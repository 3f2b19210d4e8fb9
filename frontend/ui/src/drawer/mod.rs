//! A sheet from the right edge for work beside the page: a form, the details of one thing.

use leptos::{children::ViewFn, prelude::*};

use crate::{
    bind::Bind,
    locale::Words,
    modal::{ModalKind, ModalParts, modal},
};

/// A drawer. Closes on Escape, on the backdrop and on its cross; the keyboard returns to where it was.
#[component]
pub fn Drawer(
    /// Whether it is shown.
    #[prop(into)]
    open: Bind<bool>,
    /// What it is about.
    #[prop(into)]
    title: Words,
    /// Wide enough for a table.
    #[prop(optional)]
    wide: bool,
    /// Actions at the foot, always in sight, the primary one last.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    /// The content; built anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let kind = if wide { ModalKind::WideDrawer } else { ModalKind::Drawer };
    modal(ModalParts { open, title, kind, footer, body: children })
}
