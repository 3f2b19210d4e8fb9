//! The way to the next page of a list that is no table.

use leptos::prelude::*;

use crate::{
    button::Button,
    locale::{integer, vocabulary as say},
};

/// How many are shown, and a button for more.
#[component]
pub fn LoadMore(
    /// How many are shown.
    #[prop(into)]
    shown: Signal<i64>,
    /// How many there are, when known.
    #[prop(optional, into)]
    total: Signal<Option<i64>>,
    /// There is a next page.
    #[prop(into)]
    more: Signal<bool>,
    /// It is being fetched.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// Fetches it.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    let words = move || {
        let shown = integer(shown.get());
        match total.get() {
            Some(total) => {
                let total = integer(total);
                crate::say!("已显示 {shown} / 共 {total}", "{shown} of {total}")
            }
            None => crate::say!("已显示 {shown}", "{shown} shown"),
        }
    };
    view! {
        <div class="ui-more">
            <span class="u-num">{words}</span>
            {move || more.get().then(|| view! { <Button busy=loading on_click=on_more>{say::LOAD_MORE}</Button> })}
        </div>
    }
    .into_any()
}
