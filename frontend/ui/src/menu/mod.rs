//! More things to do, behind one button.

use leptos::{html, prelude::*};

use crate::{
    browser,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    popover::{Popover, PopoverControl, Trigger},
};

/// What an entry does.
#[derive(Clone)]
enum Act {
    Call(Callback<()>),
    Go(String),
}

/// One entry of a menu.
#[derive(Clone)]
pub struct MenuItem {
    label: Words,
    icon: Option<Glyph>,
    danger: bool,
    disabled: bool,
    hint: Words,
    act: Act,
}

impl MenuItem {
    fn with(label: impl Into<Words>, act: Act) -> Self {
        Self { label: label.into(), icon: None, danger: false, disabled: false, hint: Words::default(), act }
    }

    /// Does something.
    pub fn new(label: impl Into<Words>, on_click: impl Fn() + Send + Sync + 'static) -> Self {
        Self::with(label, Act::Call(Callback::new(move |()| on_click())))
    }

    /// Goes somewhere.
    pub fn link(label: impl Into<Words>, href: impl Into<String>) -> Self {
        Self::with(label, Act::Go(href.into()))
    }

    /// A picture before the words.
    #[must_use]
    pub fn icon(mut self, icon: Glyph) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Destroys or refuses something.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Cannot be done now, and why.
    #[must_use]
    pub fn disabled(mut self, why: impl Into<Words>) -> Self {
        self.disabled = true;
        self.hint = why.into();
        self
    }

    fn draw(self) -> AnyView {
        let control = use_context::<PopoverControl>();
        let close = move || {
            if let Some(control) = control {
                control.close();
            }
        };
        let Self { label, icon, danger, disabled, hint, act } = self;
        let words = view! {
            {icon.map(|glyph| view! { <Icon glyph/> })}
            <span class="ui-menu__words">
                {label}
                {(!matches!(hint, Words::Fixed(""))).then(|| view! { <span class="ui-menu__hint">{hint}</span> })}
            </span>
        };
        let class = if danger { "ui-menu__item ui-menu__item--danger" } else { "ui-menu__item" };
        match act {
            Act::Go(href) if !disabled => {
                view! { <a role="menuitem" class=class href=href tabindex="-1" on:click=move |_| close()>{words}</a> }
                    .into_any()
            }
            act => {
                let press = move |_| {
                    if let (Act::Call(call), false) = (&act, disabled) {
                        close();
                        call.run(());
                    }
                };
                view! {
                    <button
                        type="button"
                        role="menuitem"
                        class=class
                        tabindex="-1"
                        aria-disabled=disabled.then_some("true")
                        on:click=press
                    >
                        {words}
                    </button>
                }
                .into_any()
            }
        }
    }
}

/// A button with a list of entries; arrows move, letters are left to the page.
#[component]
pub fn Menu(
    /// Words on the button; default "more".
    #[prop(optional, into)]
    label: Option<Words>,
    /// Picture on the button.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// How the button looks.
    #[prop(optional)]
    trigger: Trigger,
    /// The entries.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| say::MORE.into());
    let square = trigger == Trigger::Square;
    let icon = icon.or(square.then_some(Glyph::More));
    view! {
        <Popover label icon chevron=!square trigger role="menu">
            {menu_list(items)}
        </Popover>
    }
    .into_any()
}

fn menu_list(items: Signal<Vec<MenuItem>>) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let key_down = move |event: leptos::ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        let entries = browser::all(&list, "[role=menuitem]");
        let Some(last) = entries.len().checked_sub(1) else { return };
        let focused = browser::focused();
        let at = entries.iter().position(|entry| focused.as_ref() == Some(entry)).unwrap_or(last);
        let to = match event.key().as_str() {
            "ArrowDown" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowUp" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if let Some(entry) = entries.get(to) {
            browser::focus(entry);
        }
    };
    view! {
        <div class="ui-menu" node_ref=list role="none" on:keydown=key_down>
            {move || items.get().into_iter().map(MenuItem::draw).collect_view()}
        </div>
    }
}
