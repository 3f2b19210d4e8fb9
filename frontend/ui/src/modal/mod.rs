//! What `Dialog`, `Drawer`, lightbox and palette share: the browser's own modal element, which keeps the keyboard
//! inside, closes on Escape, hides the rest from screen readers and gives the keyboard back afterwards.

use leptos::{children::ViewFn, html, prelude::*};
use web_sys::wasm_bindgen::JsCast;

use crate::{
    bind::Bind,
    browser::{self, next_id},
    button::IconButton,
    icon::Glyph,
    locale::{Words, vocabulary as say},
};

/// The shape of a modal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModalKind {
    /// A small sheet in the middle.
    Dialog,
    /// A sheet at the right edge, full height; from below on a phone.
    Drawer,
    /// A wide drawer.
    WideDrawer,
    /// A sheet at the left edge: the navigation on a phone.
    Nav,
    /// The whole window, dark: pictures.
    Lightbox,
    /// A list near the top: the palette.
    Palette,
}

impl ModalKind {
    fn class(self) -> &'static str {
        match self {
            Self::Dialog => "ui-modal ui-modal--dialog",
            Self::Drawer => "ui-modal ui-modal--drawer",
            Self::WideDrawer => "ui-modal ui-modal--drawer ui-modal--wide",
            Self::Nav => "ui-modal ui-modal--nav",
            Self::Lightbox => "ui-modal ui-modal--lightbox",
            Self::Palette => "ui-modal ui-modal--palette",
        }
    }
}

/// Where the keyboard starts: a field of the content, else the first button below it, else the first link.
const FIRST_STOPS: [&str; 3] = [
    ".ui-modal__body :is(input, select, textarea):not(:disabled)",
    ".ui-modal__foot button",
    ".ui-modal__body :is(a, button)",
];

/// Gives the keyboard to the content once it is built, unless the content has taken it already.
fn start_inside(dialog: web_sys::HtmlDialogElement) {
    request_animation_frame(move || {
        let taken =
            browser::focused().is_some_and(|focused| browser::is_input(&focused) && dialog.contains(Some(&focused)));
        let first = FIRST_STOPS.iter().find_map(|stop| dialog.query_selector(stop).ok().flatten());
        if let (false, Some(first)) = (taken, first) {
            browser::focus(&first);
        }
    });
}

/// Keeps the element's own open state equal to the owner's.
fn follow(node: NodeRef<html::Dialog>, open: Bind<bool>) {
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            before.set_value(browser::focused());
            let _ = dialog.show_modal();
            start_inside(dialog);
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
        if !open.get()
            && let Some(before) = before.try_update_value(Option::take).flatten()
        {
            browser::focus(&before);
        }
    });
}

/// What a modal sheet is made of.
pub(crate) struct ModalParts {
    pub(crate) open: Bind<bool>,
    pub(crate) title: Words,
    pub(crate) kind: ModalKind,
    pub(crate) footer: Option<ViewFn>,
    pub(crate) body: ChildrenFn,
}

/// A modal sheet. The content is built when it opens and dropped when it closes.
pub(crate) fn modal(parts: ModalParts) -> AnyView {
    let ModalParts { open, title, kind, footer, body } = parts;
    let node = NodeRef::<html::Dialog>::new();
    let title_id = next_id("modal");
    follow(node, open);
    // A press on the element itself, not on anything in it, is a press on the backdrop.
    let backdrop = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let on_itself = target.is_some_and(|target| target.tag_name() == "DIALOG");
        if on_itself && kind != ModalKind::Dialog {
            open.set(false);
        }
    };
    let with_head = !matches!(kind, ModalKind::Palette);
    let head_id = title_id.clone();
    let shown = Memo::new(move |_| open.get());
    let content = move || {
        shown.get().then(|| {
            view! {
                <div class="ui-modal__sheet">
                    {with_head.then(|| view! {
                        <header class="ui-modal__head">
                            <h2 class="ui-modal__title" id=head_id.clone()>{title}</h2>
                            {(kind != ModalKind::Dialog).then(|| {
                                    view! { <IconButton glyph=Glyph::Close label=say::CLOSE on_click=move |()| open.set(false)/> }
                                })}
                        </header>
                    })}
                    <div class="ui-modal__body">{body()}</div>
                    {footer.as_ref().map(|footer| view! { <footer class="ui-modal__foot">{footer.run()}</footer> })}
                </div>
            }
        })
    };
    view! {
        <dialog
            node_ref=node
            class=kind.class()
            aria-labelledby=with_head.then_some(title_id)
            aria-label=move || (!with_head).then(|| title.get())
            on:close=move |_| {
                if open.get_untracked() {
                    open.set(false);
                }
            }
            on:mousedown=backdrop
        >
            {content}
        </dialog>
    }
    .into_any()
}
