//! An amount that says why it is what it is.

use domain::Money as Amount;
use leptos::prelude::*;
use ui::{Explain, Money};

/// An amount, and the reasons behind it one press away.
#[component]
pub fn Price(
    /// The amount.
    amount: Amount,
    /// The total of something: larger and heavier.
    #[prop(optional)]
    strong: bool,
    /// The reasons.
    children: ChildrenFn,
) -> impl IntoView {
    let currency = amount.currency.code().to_owned();
    view! {
        <span class="price">
            <Money amount_minor=amount.minor currency strong/>
            <Explain children/>
        </span>
    }
    .into_any()
}

/// A plain amount of the domain.
#[component]
pub fn Sum(
    /// The amount.
    amount: Amount,
    /// The total of something: larger and heavier.
    #[prop(optional)]
    strong: bool,
) -> impl IntoView {
    view! { <Money amount_minor=amount.minor currency=amount.currency.code().to_owned() strong/> }.into_any()
}
