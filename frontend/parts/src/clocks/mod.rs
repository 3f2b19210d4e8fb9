//! Both clocks of a case: ours in working time and the platform's in natural hours. The earlier one is the one shown first.

use leptos::prelude::*;
use ui::{DueTime, Text, text};

const PLATFORM: Text = text("平台", "Platform");
const OWN: Text = text("本店", "Ours");
const PLATFORM_WHY: Text =
    text("平台的自然时间，到点平台会自动处理", "the platform's natural hours; it acts by itself when they end");
const OWN_WHY: Text = text("按我们的工作时间计算", "counted in our working time");

fn clock(due_ms: i64, of_platform: bool, label: bool, short: bool) -> impl IntoView {
    let (name, why) = if of_platform { (PLATFORM, PLATFORM_WHY) } else { (OWN, OWN_WHY) };
    view! {
        <span class="clocks__clock">
            {label.then(|| view! { <span class="clocks__name">{name}</span> })}
            <DueTime due_ms=due_ms explains=why short/>
        </span>
    }
}

/// When something is due by our clock and by the platform's, earlier first; nothing when neither runs.
#[component]
pub fn Clocks(
    /// By our clock, UTC milliseconds.
    #[prop(into)]
    own_ms: Signal<Option<i64>>,
    /// By the platform's, UTC milliseconds.
    #[prop(optional, into)]
    platform_ms: Signal<Option<i64>>,
    /// For narrow columns: only how long is left.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let both = move || {
        let mut due: Vec<(i64, bool)> = own_ms.get().map(|at| (at, false)).into_iter().collect();
        due.extend(platform_ms.get().map(|at| (at, true)));
        due.sort_unstable();
        let several = due.len() > 1;
        due.into_iter().map(|(at, of_platform)| clock(at, of_platform, several || of_platform, short)).collect_view()
    };
    view! { <span class="clocks">{both}</span> }.into_any()
}
