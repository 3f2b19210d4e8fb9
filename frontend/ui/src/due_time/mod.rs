//! Times that matter: `DueTime` (how long is left, until when, and why then), `Duration`, and `TimeStamp`.

use leptos::prelude::*;

use crate::{
    clock,
    icon::{Glyph, Icon},
    locale::{self, Words, lang, vocabulary as say, zone_minutes},
    state_chip::State,
};

/// How near a due time is.
fn urgency(left_ms: i64, warn_ms: i64) -> State {
    if left_ms < 0 {
        State::Bad
    } else if left_ms <= warn_ms {
        State::Attention
    } else {
        State::Paused
    }
}

/// `剩 1 小时 20 分 · 今天 18:00`, counting down by itself; amber with a word near the end, red after it.
#[component]
pub fn DueTime(
    /// The moment it is due, UTC milliseconds.
    #[prop(into)]
    due_ms: Signal<i64>,
    /// Now, UTC milliseconds; default the page's clock.
    #[prop(optional, into)]
    now_ms: Option<Signal<i64>>,
    /// Zone to show in, minutes east of UTC; default the page's zone.
    #[prop(optional)]
    zone: Option<i32>,
    /// How the moment was computed, in a sentence; becomes the tooltip.
    #[prop(optional, into)]
    explains: Words,
    /// Amber when less than this is left, milliseconds; default one hour.
    #[prop(default = Signal::stored(3_600_000), into)]
    warn_ms: Signal<i64>,
    /// Only the relative part: for narrow columns. The moment moves to the tooltip.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let now = move || now_ms.map_or_else(clock::now_ms, |now| now.get());
    let moment = move || locale::when(lang(), due_ms.get(), now(), zone.unwrap_or_else(zone_minutes));
    let state = move || urgency(due_ms.get() - now(), warn_ms.get());
    let title = move || {
        let due = format!("{} {}", say::DUE.get(), locale::date_time(due_ms.get(), zone.unwrap_or_else(zone_minutes)));
        let why = explains.get();
        if why.is_empty() { due } else { format!("{due} · {why}") }
    };
    view! {
        <span class=move || format!("ui-due {}", state().class()) title=title>
            {move || {
                let glyph = if state() == State::Bad { Glyph::Alert } else { Glyph::Clock };
                view! { <Icon glyph/> }
            }}
            {move || (state() == State::Attention).then(|| view! { <span class="ui-due__word">{say::NEAR}</span> })}
            <span class="ui-due__left">{move || locale::due(lang(), due_ms.get(), now())}</span>
            {(!short).then(|| view! { <span class="ui-due__moment">{moment}</span> })}
        </span>
    }
    .into_any()
}

/// A length of time: `1 小时 20 分`.
#[component]
pub fn Duration(
    /// Length in milliseconds.
    #[prop(into)]
    length_ms: Signal<i64>,
) -> impl IntoView {
    view! { <span class="u-num">{move || locale::duration(lang(), length_ms.get())}</span> }.into_any()
}

/// A moment: `今天 14:30`, with the full date and how long ago in the tooltip.
#[component]
pub fn TimeStamp(
    /// The moment, UTC milliseconds.
    #[prop(into)]
    at_ms: Signal<i64>,
    /// Now, UTC milliseconds; default the page's clock.
    #[prop(optional, into)]
    now_ms: Option<Signal<i64>>,
    /// Zone to show in, minutes east of UTC; default the page's zone.
    #[prop(optional)]
    zone: Option<i32>,
) -> impl IntoView {
    let now = move || now_ms.map_or_else(clock::now_ms, |now| now.get());
    let zone = move || zone.unwrap_or_else(zone_minutes);
    let title = move || {
        format!("{} · {}", locale::date_time(at_ms.get(), zone()), locale::relative(lang(), at_ms.get(), now()))
    };
    view! {
        <time class="u-num u-nowrap" title=title>
            {move || locale::when(lang(), at_ms.get(), now(), zone())}
        </time>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_time_turns_amber_then_red() {
        assert_eq!(urgency(3_600_001, 3_600_000), State::Paused);
        assert_eq!(urgency(3_600_000, 3_600_000), State::Attention);
        assert_eq!(urgency(0, 3_600_000), State::Attention);
        assert_eq!(urgency(-1, 3_600_000), State::Bad);
    }
}
