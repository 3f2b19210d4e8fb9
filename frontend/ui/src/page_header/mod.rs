//! The top of a page: where one is, what state it is in, and the one thing to do, at the right.

use leptos::{children::ViewFn, prelude::*};

use crate::{
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
};

/// Title, state chips, supporting line and actions of a page. Renders the page's only `h1`.
#[component]
pub fn PageHeader(
    /// What this page is about.
    #[prop(into)]
    title: Words,
    /// A line below: a summary, an "as of" stamp.
    #[prop(optional, into)]
    subtitle: Words,
    /// Address of the page this one belongs to; shows a way back.
    #[prop(optional, into)]
    back: Option<String>,
    /// State chips beside the title.
    #[prop(optional, into)]
    chips: ViewFn,
    /// Actions at the right, the primary one last.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    let has_subtitle = !matches!(subtitle, Words::Fixed(""));
    view! {
        <header class="ui-page-header">
            {back.map(|href| view! {
                <a class="ui-page-header__back" href=href aria-label=move || say::BACK.get()>
                    <Icon glyph=Glyph::ArrowLeft/>
                </a>
            })}
            <div class="ui-page-header__words">
                <div class="ui-page-header__line">
                    <h1 class="ui-page-header__title">{title}</h1>
                    {chips.run()}
                </div>
                {has_subtitle.then(|| view! { <p class="ui-page-header__subtitle">{subtitle}</p> })}
            </div>
            <div class="ui-page-header__actions">{actions.run()}</div>
        </header>
    }
    .into_any()
}
