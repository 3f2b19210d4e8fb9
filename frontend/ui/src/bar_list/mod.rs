//! A short ranking: names, bars, numbers.

use leptos::prelude::*;

use crate::locale::Words;

/// One line of the ranking.
#[derive(Clone)]
pub struct Bar {
    label: Words,
    amount: i64,
    shown: Words,
    href: Option<String>,
}

impl Bar {
    /// A name, how much, and how much as people read it.
    pub fn new(label: impl Into<Words>, amount: i64, shown: impl Into<Words>) -> Self {
        Self { label: label.into(), amount, shown: shown.into(), href: None }
    }

    /// Where the things behind the number are listed.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// Length of a bar in hundredths of a percent of the longest; something is never drawn as nothing.
fn share(amount: i64, longest: i64) -> i64 {
    if amount <= 0 || longest <= 0 { 0 } else { (i128::from(amount) * 10_000 / i128::from(longest)).max(50) as i64 }
}

fn line(bar: Bar, longest: i64) -> impl IntoView {
    let share = share(bar.amount, longest);
    let width = format!("{}.{:02}%", share / 100, share % 100);
    let name = match bar.href {
        Some(href) => view! { <a class="ui-bars__label" href=href>{bar.label}</a> }.into_any(),
        None => view! { <span class="ui-bars__label">{bar.label}</span> }.into_any(),
    };
    view! {
        <li class="ui-bars__line">
            {name}
            <svg class="ui-bars__bar" aria-hidden="true">
                <rect width=width height="100%" rx="3"></rect>
            </svg>
            <span class="ui-bars__amount">{bar.shown}</span>
        </li>
    }
}

/// Names, bars in proportion to the largest, numbers at the end.
#[component]
pub fn BarList(
    /// The lines, in order.
    #[prop(into)]
    bars: Signal<Vec<Bar>>,
) -> impl IntoView {
    let lines = move || {
        let bars = bars.get();
        let longest = bars.iter().map(|bar| bar.amount).max().unwrap_or(0);
        bars.into_iter().map(|bar| line(bar, longest)).collect_view()
    };
    view! { <ol class="ui-bars">{lines}</ol> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn bars_are_in_proportion_and_something_is_seen_of_everything() {
        assert_eq!(share(50, 100), 5_000);
        assert_eq!(share(100, 100), 10_000);
        assert_eq!(share(1, 1_000_000), 50);
        assert_eq!(share(0, 100), 0);
        assert_eq!(share(5, 0), 0);
        assert_eq!(share(i64::MAX, i64::MAX), 10_000);
    }
}
