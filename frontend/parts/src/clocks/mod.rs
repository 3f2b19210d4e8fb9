//! Both clocks of a case: ours in working time and the platform's in natural hours. The earlier one is the one shown first.

use domain::Timestamp;
use leptos::prelude::*;
use ui::{DueTime, Text, text};

const PLATFORM: Text = text("平台", "Platform");
const OWN: Text = text("本店", "Ours");
const PLATFORM_WHY: Text =
    text("平台的自然时间，到点平台会自动处理", "the platform's natural hours; it acts by itself when they end");
const OWN_WHY: Text = text("按我们的工作时间计算", "counted in our working time");

/// How long before its end a clock turns amber when nobody said: an hour.
const USUAL_WARN_MS: i64 = 3_600_000;

fn clock(due_ms: i64, warn_ms: i64, of_platform: bool, label: bool, short: bool) -> impl IntoView {
    let (name, why) = if of_platform { (PLATFORM, PLATFORM_WHY) } else { (OWN, OWN_WHY) };
    view! {
        <span class="clocks__clock">
            {label.then(|| view! { <span class="clocks__name">{name}</span> })}
            <DueTime due_ms=due_ms warn_ms=Signal::stored(warn_ms) explains=why short/>
        </span>
    }
}

/// By when something should be done, in a row of a list or card: grey, amber once its warning's time has come, red after it;
/// nothing when it waits for nothing.
#[must_use]
pub fn waits(due_at: Option<Timestamp>, warn_at: Option<Timestamp>, short: bool) -> Option<AnyView> {
    let due_ms = due_at?.ms();
    let warn_ms = warn_at.map_or(USUAL_WARN_MS, |near| (due_ms - near.ms()).max(0));
    Some(clock(due_ms, warn_ms, false, false, short).into_any())
}

/// When something is due by our clock and by the platform's, earlier first; nothing when neither runs.
#[component]
pub fn Clocks(
    /// By our clock, UTC milliseconds.
    #[prop(into)]
    own_ms: Signal<Option<i64>>,
    /// From when on ours is near, UTC milliseconds; an hour before when nobody said.
    #[prop(optional, into)]
    near_ms: Signal<Option<i64>>,
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
        let near = near_ms.get();
        let warn = move |at: i64, of_platform: bool| match near {
            Some(near) if !of_platform => (at - near).max(0),
            _ => USUAL_WARN_MS,
        };
        due.into_iter()
            .map(|(at, of_platform)| clock(at, warn(at, of_platform), of_platform, several || of_platform, short))
            .collect_view()
    };
    view! { <span class="clocks">{both}</span> }.into_any()
}
