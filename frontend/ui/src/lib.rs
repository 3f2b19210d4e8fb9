//! The design system: tokens, one folder per component, a gallery. Knows no word of the business.
//!
//! Components take their words as [`locale::Words`], their state as signals, and hand changes back through callbacks or a
//! [`Bind`]. Style lives in each component's `style.css`; the build joins them into one sheet after `styles/`.

mod bind;
mod browser;
pub mod clock;
pub mod locale;
mod modal;
pub mod theme;

mod badge;
mod button;
mod card;
mod checkbox;
mod description_list;
mod dialog;
mod drawer;
mod due_time;
mod empty_state;
mod field;
mod icon;
mod kbd;
mod money;
mod page_header;
mod person;
mod popover;
mod select;
mod shell;
mod skeleton;
mod state_chip;
mod table;
mod text_input;
mod toast;

pub use badge::*;
pub use bind::Bind;
pub use button::*;
pub use card::*;
pub use checkbox::*;
pub use description_list::*;
pub use dialog::*;
pub use drawer::*;
pub use due_time::*;
pub use empty_state::*;
pub use field::*;
pub use icon::*;
pub use kbd::*;
pub use locale::{Lang, Text, Words, lang, text};
pub use money::*;
pub use page_header::*;
pub use person::*;
pub use popover::*;
pub use select::*;
pub use shell::*;
pub use skeleton::*;
pub use state_chip::*;
pub use table::*;
pub use text_input::*;
pub use toast::*;

/// Takes stored language and appearance; the first thing an application does.
pub fn start() {
    locale::start();
    theme::start();
}

#[cfg(test)]
mod style_tests;
