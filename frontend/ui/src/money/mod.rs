//! An amount of money: integer minor units in, `¥1,234.50` out, always lining up.

use leptos::prelude::*;

use crate::locale::{self, lang};

/// Whether the sign itself is news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// A minus when negative.
    #[default]
    Auto,
    /// A plus or a minus: changes, lines that add and subtract.
    Always,
}

/// An amount in its currency, in tabular figures.
#[component]
pub fn Money(
    /// Amount in minor units (cents, fen).
    #[prop(into)]
    amount_minor: Signal<i64>,
    /// ISO 4217 code, e.g. `CNY`.
    #[prop(into)]
    currency: Signal<String>,
    /// Whether a plus is shown too.
    #[prop(optional)]
    sign: Sign,
    /// Larger and heavier: the total of something.
    #[prop(optional)]
    strong: bool,
) -> impl IntoView {
    let words = move || {
        let amount = amount_minor.get();
        let text = currency.with(|currency| locale::money(lang(), amount, currency));
        if sign == Sign::Always && amount > 0 { format!("+{text}") } else { text }
    };
    view! {
        <span class="ui-money" class:ui-money--strong=strong class:ui-money--minus=move || amount_minor.get() < 0>
            {words}
        </span>
    }
    .into_any()
}
