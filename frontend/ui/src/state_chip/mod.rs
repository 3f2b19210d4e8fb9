//! A state as tint, icon and word, so that it can be told without colour.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    locale::Words,
};

/// The five states everything on screen is reduced to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Somebody has to do something; blue.
    Waiting,
    /// Done and well; green.
    Good,
    /// Look at this soon; amber.
    Attention,
    /// Failed, refused or late; red.
    Bad,
    /// Nothing happens now; grey.
    #[default]
    Paused,
}

impl State {
    /// All five, for the gallery and for choices.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Good, Self::Attention, Self::Bad, Self::Paused];

    /// Name used in class names and documents: `waiting`, `good`, `attention`, `bad`, `paused`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Bad => "bad",
            Self::Paused => "paused",
        }
    }

    /// Reads a name; anything unknown is `Paused`.
    pub fn of_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or_default()
    }

    /// The picture that goes with it.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Waiting => Glyph::Clock,
            Self::Good => Glyph::CheckCircle,
            Self::Attention => Glyph::Alert,
            Self::Bad => Glyph::CrossCircle,
            Self::Paused => Glyph::Pause,
        }
    }

    /// Class that sets `--state-text`, `--state-tint` and `--state-border` for an element.
    pub fn class(self) -> &'static str {
        match self {
            Self::Waiting => "is-waiting",
            Self::Good => "is-good",
            Self::Attention => "is-attention",
            Self::Bad => "is-bad",
            Self::Paused => "is-paused",
        }
    }
}

/// A small pill with the state's icon and a word.
#[component]
pub fn StateChip(
    /// Which of the five.
    #[prop(into)]
    state: Signal<State>,
    /// The word, in the reader's terms.
    #[prop(into)]
    label: Words,
    /// Which axis this is about, read before the word: "goods", "money".
    #[prop(optional, into)]
    axis: Words,
    /// A better picture than the state's own.
    #[prop(optional)]
    icon: Option<Glyph>,
) -> impl IntoView {
    let has_axis = !matches!(axis, Words::Fixed(""));
    view! {
        <span class=move || format!("ui-chip {}", state.get().class())>
            {move || view! { <Icon glyph=icon.unwrap_or_else(|| state.get().glyph())/> }}
            {has_axis.then(|| view! { <span class="ui-chip__axis">{axis}</span> })}
            <span class="ui-chip__word">{label}</span>
        </span>
    }
    .into_any()
}
