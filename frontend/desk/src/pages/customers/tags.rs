//! Names of tags, and chips of them.

use contract::master::Tag;
use leptos::prelude::*;
use parts::fetch::Fetch;
use parts::said::read;
use ui::{Glyph, State, StateChip};

/// Names of tags by their code. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Tags(pub(super) Fetch<Vec<Tag>>);

impl Tags {
    /// What a code is called.
    pub(super) fn name(self, code: &str) -> String {
        let known = self.0.with(|tags| tags?.iter().find(|tag| tag.code == code).map(|tag| read(&tag.name)));
        known.unwrap_or_else(|| code.to_owned())
    }

    /// One chip a tag.
    pub(super) fn chips(self, codes: &[String]) -> AnyView {
        let chip = |code: &String| {
            let code = code.clone();
            view! { <StateChip state=State::Attention label=move || self.name(&code) icon=Glyph::Tag/> }
        };
        view! { <span class="u-row">{codes.iter().map(chip).collect_view()}</span> }.into_any()
    }
}
