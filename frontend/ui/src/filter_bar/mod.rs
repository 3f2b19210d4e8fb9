//! What a list is narrowed by: search, filters, what is set now, saved views.

use leptos::{children::ViewFn, prelude::*};

use crate::{
    bind::Bind,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    search_box::SearchBox,
    select::Choice,
};

/// A filter that is set, as one can read and remove it.
#[derive(Clone)]
pub struct FilterChip {
    /// What it says: "shop: flagship".
    pub label: Words,
    /// Takes it away.
    pub on_remove: Callback<()>,
}

impl FilterChip {
    /// A filter that is set.
    pub fn new(label: impl Into<Words>, on_remove: impl Fn() + Send + Sync + 'static) -> Self {
        Self { label: label.into(), on_remove: Callback::new(move |()| on_remove()) }
    }
}

/// Search at the left, filters beside it, tools at the right, what is set below.
#[component]
pub fn FilterBar(
    /// What is looked for; without it there is no search box.
    #[prop(optional, into)]
    search: Option<Bind<String>>,
    /// What can be looked for.
    #[prop(optional, into)]
    placeholder: Option<Words>,
    /// What is set now.
    #[prop(optional, into)]
    chips: Signal<Vec<FilterChip>>,
    /// Takes everything away.
    #[prop(optional, into)]
    on_clear: Option<Callback<()>>,
    /// At the right: column choice, export.
    #[prop(optional, into)]
    tools: ViewFn,
    /// The filters: small selects, date inputs, segmented bars.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = placeholder.unwrap_or_else(|| say::SEARCH.into());
    let set = move || {
        let chips = chips.get();
        (!chips.is_empty()).then(|| {
            let items = chips.into_iter().map(|chip| {
                view! {
                    <li>
                        <button type="button" class="ui-filters__chip" on:click=move |_| chip.on_remove.run(())>
                            {chip.label}
                            <span class="u-visually-hidden">{say::REMOVE}</span>
                            <Icon glyph=Glyph::Close/>
                        </button>
                    </li>
                }
            });
            view! {
                <div class="ui-filters__set">
                    <ul class="ui-filters__chips">{items.collect_view()}</ul>
                    {on_clear.map(|on_clear| view! {
                        <button type="button" class="ui-filters__clear" on:click=move |_| on_clear.run(())>{say::CLEAR}</button>
                    })}
                </div>
            }
        })
    };
    view! {
        <div class="ui-filters">
            <div class="ui-filters__line">
                {search.map(|value| view! { <div class="ui-filters__search"><SearchBox value placeholder=words/></div> })}
                <div class="ui-filters__fields">{children.map(|children| children())}</div>
                <div class="ui-filters__tools">{tools.run()}</div>
            </div>
            {set}
        </div>
    }
    .into_any()
}

/// Saved ways of looking at a list, one pressed; with a button that saves the present one.
#[component]
pub fn SavedViews(
    /// Key of the view shown; empty when the filters differ from every view.
    #[prop(into)]
    value: Bind<String>,
    /// The views.
    #[prop(into)]
    views: Signal<Vec<Choice>>,
    /// Name read aloud.
    #[prop(into)]
    label: Words,
    /// Saves the present filters under a name the owner asks for.
    #[prop(optional, into)]
    on_save: Option<Callback<()>>,
    /// What the saving button says.
    #[prop(optional, into)]
    save_label: Words,
) -> impl IntoView {
    let items = move || {
        views
            .get()
            .into_iter()
            .map(|view_| {
                let (own, chosen) = (view_.value.clone(), view_.value);
                view! {
                    <button
                        type="button"
                        class="ui-view"
                        aria-pressed=move || value.with(|value| *value == own).to_string()
                        on:click=move |_| value.set(chosen.clone())
                    >
                        {view_.label}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="ui-views" role="group" aria-label=move || label.get()>
            {items}
            {on_save.map(|on_save| view! {
                <button type="button" class="ui-view ui-view--save" on:click=move |_| on_save.run(())>
                    <Icon glyph=Glyph::Plus/>
                    {save_label}
                </button>
            })}
        </div>
    }
    .into_any()
}
