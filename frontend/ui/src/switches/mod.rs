//! The reader's own choices in the top bar: language and appearance.

use leptos::prelude::*;

use crate::{
    button::IconButton,
    icon::Glyph,
    locale::{Lang, lang, set_lang, vocabulary as say},
    theme::{Theme, set_theme, theme},
};

/// One press changes between Chinese and English; the button shows the other language in its own words.
#[component]
pub fn LangSwitch() -> impl IntoView {
    let other = move || if lang() == Lang::Zh { Lang::En } else { Lang::Zh };
    let words = move || if other() == Lang::En { "EN" } else { "中" };
    let label = move || if other() == Lang::En { "EN · English" } else { "中文" };
    view! {
        <button
            type="button"
            class="ui-button ui-button--quiet ui-button--square"
            data-test="lang-switch"
            lang=move || other().tag()
            aria-label=label
            title=label
            on:click=move |_| set_lang(untrack(other))
        >
            {words}
        </button>
    }
    .into_any()
}

/// Goes round system, light, dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let words = move || {
        let choice = match theme() {
            Theme::System => say::SYSTEM,
            Theme::Light => say::LIGHT,
            Theme::Dark => say::DARK,
        };
        format!("{}: {}", say::THEME.get(), choice.get())
    };
    let button = move || {
        let glyph = match theme() {
            Theme::System => Glyph::Contrast,
            Theme::Light => Glyph::Sun,
            Theme::Dark => Glyph::Moon,
        };
        view! { <IconButton glyph label=words on_click=move |()| set_theme(untrack(theme).next()) attr:data-test="theme-switch"/> }
    };
    view! { {button} }.into_any()
}
