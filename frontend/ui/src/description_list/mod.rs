//! Names and values of one thing, side by side where there is room.

use leptos::{children::ViewFn, prelude::*};

use crate::locale::Words;

/// One line of a `DescriptionList`.
#[derive(Clone)]
pub struct Fact {
    name: Words,
    value: ViewFn,
    wide: bool,
}

impl Fact {
    /// A name and what stands behind it.
    pub fn new(name: impl Into<Words>, value: impl Into<ViewFn>) -> Self {
        Self { name: name.into(), value: value.into(), wide: false }
    }

    /// A name and plain words.
    pub fn words(name: impl Into<Words>, value: impl Into<Words>) -> Self {
        let value = value.into();
        Self::new(name, move || value.into_render())
    }

    /// Takes a whole row: addresses, descriptions.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// Names above values, in as many columns as fit; one column on a phone.
#[component]
pub fn DescriptionList(
    /// The lines, in reading order.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
) -> impl IntoView {
    let lines = move || {
        facts
            .get()
            .into_iter()
            .map(|fact| {
                view! {
                    <div class="ui-facts__line" class:ui-facts__line--wide=fact.wide>
                        <dt class="ui-facts__name">{fact.name}</dt>
                        <dd class="ui-facts__value">{fact.value.run()}</dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! { <dl class="ui-facts">{lines}</dl> }.into_any()
}
