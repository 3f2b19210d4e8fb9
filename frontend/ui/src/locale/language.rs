//! Which language the reader has chosen: one signal for the whole page, stored in the browser.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::browser;

const STORAGE_KEY: &str = "ui.language";

/// A language the product speaks; every text exists in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese, first-class.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Two-letter code used in storage and sent to the server: `zh` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// Value of the `lang` attribute of the document.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a code or a BCP 47 tag such as `zh-Hans-CN`; anything but Chinese is English.
    pub fn of_tag(tag: &str) -> Self {
        if tag.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("zh")) { Self::Zh } else { Self::En }
    }
}

static LANG: LazyLock<ArcRwSignal<Lang>> = LazyLock::new(|| ArcRwSignal::new(Lang::Zh));

/// The reader's language; reading it inside a view makes that view follow the choice.
pub fn lang() -> Lang {
    LANG.get()
}

/// The reader's language at this moment, for code outside views (requests, events).
pub fn lang_untracked() -> Lang {
    LANG.get_untracked()
}

/// The reader's language as a signal.
pub fn use_lang() -> Signal<Lang> {
    Signal::derive(lang)
}

/// Switches the language at once, remembers it and sets the document's `lang` attribute.
pub fn set_lang(lang: Lang) {
    browser::store(STORAGE_KEY, lang.code());
    apply(lang);
}

/// Takes the stored language, else the browser's; called once when an application starts.
pub fn start() {
    let chosen = browser::stored(STORAGE_KEY).or_else(browser::language).unwrap_or_default();
    apply(Lang::of_tag(&chosen));
}

fn apply(lang: Lang) {
    browser::set_root_attribute("lang", lang.tag());
    LANG.set(lang);
}
