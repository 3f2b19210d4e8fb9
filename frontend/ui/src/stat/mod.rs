//! One number of a board: what it counts, how much, compared with what.

use leptos::prelude::*;

use crate::{
    icon::{Glyph, Icon},
    locale::Words,
    state_chip::State,
};

/// Which way a number went, and whether that is good news.
#[derive(Clone)]
pub struct Trend {
    /// It went up.
    pub up: bool,
    /// What that means here.
    pub state: State,
    /// By how much, against what: "12.3% against last week".
    pub words: Words,
}

/// A large number with its name; a link when there are cases behind it.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: Words,
    /// The number as people read it.
    #[prop(into)]
    value: Words,
    /// Its unit, smaller.
    #[prop(optional, into)]
    unit: Words,
    /// What it is compared with.
    #[prop(optional, into)]
    trend: Signal<Option<Trend>>,
    /// A line below: the period, the definition.
    #[prop(optional, into)]
    note: Words,
    /// Where the things behind the number are listed.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let change = move || {
        trend.get().map(|trend| {
            let glyph = if trend.up { Glyph::ArrowUp } else { Glyph::ArrowDown };
            view! {
                <span class=format!("ui-stat__trend {}", trend.state.class())><Icon glyph/>{trend.words}</span>
            }
        })
    };
    let face = view! {
        <span class="ui-stat__label">{label}</span>
        <span class="ui-stat__line">
            <span class="ui-stat__value">{value}</span>
            <span class="ui-stat__unit">{unit}</span>
        </span>
        <span class="ui-stat__foot">
            {change}
            <span class="ui-stat__note">{note}</span>
        </span>
    };
    match href {
        Some(href) => view! { <a class="ui-stat ui-stat--link" href=href>{face}</a> }.into_any(),
        None => view! { <div class="ui-stat">{face}</div> }.into_any(),
    }
}
