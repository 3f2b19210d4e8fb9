//! The design system: tokens, one folder per component, a gallery. Knows no word of the business.
//!
//! Components take their words as [`locale::Words`], their state as signals, and hand changes back through callbacks or a
//! [`Bind`]. Style lives in each component's `style.css`; the build joins them into one sheet after `styles/`.

mod bind;
mod browser;
pub mod clock;
pub mod gallery;
pub mod locale;
mod modal;
pub mod theme;

mod badge;
mod bar_list;
mod button;
mod card;
mod checkbox;
mod copy_text;
mod date_input;
mod description_list;
mod dialog;
mod diff;
mod drawer;
mod due_time;
mod empty_state;
mod evidence;
mod explain;
mod field;
mod file_drop;
mod filter_bar;
mod icon;
mod kbd;
mod load_more;
mod menu;
mod money;
mod notice;
mod number_input;
mod page_header;
mod palette;
mod person;
mod popover;
mod progress;
mod radio;
mod search_box;
mod segmented;
mod select;
mod shell;
mod skeleton;
mod split_view;
mod stat;
mod state_chip;
mod stepper;
mod steps;
mod switches;
mod table;
mod tabs;
mod text_input;
mod timeline;
mod toast;

pub use badge::*;
pub use bar_list::*;
pub use bind::Bind;
pub use browser::next_id;
pub use button::*;
pub use card::*;
pub use checkbox::*;
pub use copy_text::*;
pub use date_input::*;
pub use description_list::*;
pub use dialog::*;
pub use diff::*;
pub use drawer::*;
pub use due_time::*;
pub use empty_state::*;
pub use evidence::*;
pub use explain::*;
pub use field::*;
pub use file_drop::*;
pub use filter_bar::*;
pub use icon::*;
pub use kbd::*;
pub use load_more::*;
pub use locale::{Lang, Text, Words, lang, text};
pub use menu::*;
pub use money::*;
pub use notice::*;
pub use number_input::*;
pub use page_header::*;
pub use palette::*;
pub use person::*;
pub use popover::*;
pub use progress::*;
pub use radio::*;
pub use search_box::*;
pub use segmented::*;
pub use select::*;
pub use shell::*;
pub use skeleton::*;
pub use split_view::*;
pub use stat::*;
pub use state_chip::*;
pub use stepper::*;
pub use steps::*;
pub use switches::*;
pub use table::*;
pub use tabs::*;
pub use text_input::*;
pub use timeline::*;
pub use toast::*;

/// Takes stored language and appearance; the first thing an application does.
pub fn start() {
    locale::start();
    theme::start();
}

#[cfg(test)]
mod component_tests;
#[cfg(test)]
mod style_tests;
