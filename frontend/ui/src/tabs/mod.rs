//! Parts of one page, one shown at a time.

use leptos::{html, prelude::*};

use crate::{badge::Badge, bind::Bind, browser, locale::Words, state_chip::State};

/// One part: its key, its name, how much is in it.
#[derive(Clone)]
pub struct Tab {
    key: String,
    label: Words,
    count: Signal<i64>,
    urgent: bool,
}

impl Tab {
    /// A part and its name.
    pub fn new(key: impl Into<String>, label: impl Into<Words>) -> Self {
        Self { key: key.into(), label: label.into(), count: Signal::stored(0), urgent: false }
    }

    /// How much is in it.
    #[must_use]
    pub fn count(mut self, count: impl Into<Signal<i64>>) -> Self {
        self.count = count.into();
        self
    }

    /// The count asks for something.
    #[must_use]
    pub fn urgent(mut self) -> Self {
        self.urgent = true;
        self
    }
}

/// A row of tabs and the panel below. Arrow keys move, the panel follows at once.
#[component]
pub fn Tabs(
    /// Key of the part shown.
    #[prop(into)]
    value: Bind<String>,
    /// The parts.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// What the parts are of, read aloud.
    #[prop(into)]
    label: Words,
    /// The panel: shows what belongs to the current value.
    children: Children,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let id = browser::next_id("tabs");
    let id_of = StoredValue::new(id.clone());
    let tab_id = move |key: &str| id_of.with_value(|id| format!("{id}-{key}"));
    let key_down = move |event: leptos::ev::KeyboardEvent| {
        let keys: Vec<String> = tabs.with_untracked(|tabs| tabs.iter().map(|tab| tab.key.clone()).collect());
        let at = keys.iter().position(|key| *key == value.get_untracked()).unwrap_or(0);
        let Some(last) = keys.len().checked_sub(1) else { return };
        let to = match event.key().as_str() {
            "ArrowRight" => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(key) = keys.get(to) {
            value.set(key.clone());
            if let Some(list) = list.get_untracked()
                && let Some(button) = browser::all(&list, "[role=tab]").get(to)
            {
                browser::focus(button);
            }
        }
    };
    let buttons = move || {
        tabs.get()
            .into_iter()
            .map(|tab| {
                let own = StoredValue::new(tab.key);
                let is_on = move || own.with_value(|own| value.with(|value| value == own));
                let state = if tab.urgent { State::Waiting } else { State::Paused };
                view! {
                    <button
                        type="button"
                        role="tab"
                        class="ui-tab"
                        id=own.with_value(|own| tab_id(own))
                        aria-selected=move || is_on().to_string()
                        tabindex=move || if is_on() { "0" } else { "-1" }
                        on:click=move |_| value.set(own.get_value())
                    >
                        {tab.label}
                        <Badge count=tab.count state/>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="ui-tabs">
            <div class="ui-tabs__list" role="tablist" node_ref=list aria-label=move || label.get() on:keydown=key_down>
                {buttons}
            </div>
            <div class="ui-tabs__panel" role="tabpanel" aria-labelledby=move || value.with(|key| tab_id(key))>
                {children()}
            </div>
        </div>
    }
    .into_any()
}
