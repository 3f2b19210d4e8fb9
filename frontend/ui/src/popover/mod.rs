//! A sheet beside the button that opened it; what menus, explanations and column choices stand on.

use leptos::{context::Provider, html, prelude::*};
use web_sys::{Node, wasm_bindgen::JsCast};

use crate::{
    browser::{self, next_id},
    icon::{Glyph, Icon},
    locale::Words,
};

mod place;

/// How the button that opens a popover looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trigger {
    /// A bordered button with words.
    #[default]
    Button,
    /// Words only, like a link.
    Words,
    /// A square with the picture; the words are read aloud.
    Square,
}

impl Trigger {
    fn class(self) -> &'static str {
        match self {
            Self::Button => "ui-button",
            Self::Words => "ui-popover__words",
            Self::Square => "ui-button ui-button--quiet ui-button--square",
        }
    }
}

/// Lets content close the popover it stands in: `use_context::<PopoverControl>()`.
#[derive(Clone, Copy)]
pub struct PopoverControl {
    open: RwSignal<bool>,
    trigger: NodeRef<html::Button>,
}

impl PopoverControl {
    /// Closes it and gives the keyboard back to its button.
    pub fn close(self) {
        self.open.set(false);
        if let Some(trigger) = self.trigger.get_untracked() {
            browser::focus(&trigger);
        }
    }
}

/// Builds the content where it can find the control, and nowhere else.
fn own_children(control: PopoverControl, children: &ChildrenFn) -> impl IntoView + use<> {
    let children = children.clone();
    view! { <Provider value=control>{children()}</Provider> }
}

/// A button and the sheet it opens. Closes on Escape, on a press elsewhere and when the keyboard leaves.
#[component]
pub fn Popover(
    /// Words on the button (read aloud for a square one).
    #[prop(into)]
    label: Words,
    /// Picture on the button.
    #[prop(optional_no_strip)]
    icon: Option<Glyph>,
    /// A chevron after the words.
    #[prop(optional)]
    chevron: bool,
    /// How the button looks.
    #[prop(optional)]
    trigger: Trigger,
    /// Role of the sheet: `dialog` by default, `menu` for menus.
    #[prop(default = "dialog")]
    role: &'static str,
    /// What the sheet shows; built each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let (button, sheet, root) =
        (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let control = PopoverControl { open, trigger: button };
    let id = next_id("popover");
    let square = trigger == Trigger::Square;
    Effect::new(move |_| {
        if let (true, Some(button), Some(sheet)) = (open.get(), button.get(), sheet.get()) {
            place::beside(&button, &sheet);
            browser::focus_first(&sheet, "input, select, textarea, button, a[href], [tabindex=\"0\"]");
        }
    });
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            event.prevent_default();
            control.close();
        }
    };
    // The keyboard (or a press) went somewhere outside.
    let left = move |event: leptos::ev::FocusEvent| {
        // Nowhere: also what the browser says when the page goes away, and these signals with it.
        let Some(to) = event.related_target().and_then(|to| to.dyn_into::<Node>().ok()) else { return };
        let inside = root.try_get_untracked().flatten().is_some_and(|root| root.contains(Some(&to)));
        if !inside {
            open.try_set(false);
        }
    };
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|to| to.dyn_into::<Node>().ok());
        if open.get_untracked() && !root.get_untracked().is_some_and(|root| root.contains(target.as_ref())) {
            open.set(false);
        }
    });
    let moved = window_event_listener(leptos::ev::resize, move |_| open.set(false));
    on_cleanup(move || {
        outside.remove();
        moved.remove();
    });
    let sheet_id = id.clone();
    let content = move || {
        open.get().then(|| {
            view! {
                <div
                    node_ref=sheet
                    class="ui-popover__sheet"
                    id=sheet_id.clone()
                    role=role
                    tabindex="-1"
                    aria-label=move || label.get()
                >
                    {own_children(control, &children)}
                </div>
            }
        })
    };
    view! {
        <div class="ui-popover" node_ref=root on:keydown=escape on:focusout=left>
            <button
                node_ref=button
                type="button"
                class=trigger.class()
                aria-expanded=move || open.get().to_string()
                aria-haspopup=role
                aria-controls=move || open.get().then(|| id.clone())
                aria-label=move || square.then(|| label.get())
                title=move || square.then(|| label.get())
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon.map(|glyph| view! { <Icon glyph/> })}
                {(!square).then(|| view! { <span>{label}</span> })}
                {chevron.then(|| view! { <Icon glyph=Glyph::ChevronDown/> })}
            </button>
            {content}
        </div>
    }
    .into_any()
}
