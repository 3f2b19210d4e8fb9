//! Light, dark, or whatever the system says: one signal for the page, stored in the browser.
//!
//! The choice is written to `data-theme` of the document element; `tokens.css` does the rest.

use std::sync::LazyLock;

use leptos::prelude::*;

use crate::browser;

const STORAGE_KEY: &str = "ui.theme";

/// What the reader has chosen for light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follow the system's setting.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Name in storage and in `data-theme`; the system's choice has none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// Reads a stored name; anything unknown follows the system.
    pub fn of_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// The one after this in the switch: system, light, dark.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

static THEME: LazyLock<ArcRwSignal<Theme>> = LazyLock::new(|| ArcRwSignal::new(Theme::System));

/// The reader's choice; reading it inside a view makes that view follow.
pub fn theme() -> Theme {
    THEME.get()
}

/// The reader's choice as a signal.
pub fn use_theme() -> Signal<Theme> {
    Signal::derive(theme)
}

/// Switches at once and remembers the choice.
pub fn set_theme(theme: Theme) {
    match theme.name() {
        Some(name) => browser::store(STORAGE_KEY, name),
        None => browser::forget(STORAGE_KEY),
    }
    apply(theme);
}

/// Takes the stored choice; called once when an application starts.
pub fn start() {
    apply(browser::stored(STORAGE_KEY).map_or(Theme::System, |name| Theme::of_name(&name)));
}

fn apply(theme: Theme) {
    match theme.name() {
        Some(name) => browser::set_root_attribute("data-theme", name),
        None => browser::remove_root_attribute("data-theme"),
    }
    THEME.set(theme);
}
