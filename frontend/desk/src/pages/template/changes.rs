//! The difference to the release in force, as one reads it.

use leptos::prelude::*;
use ui::{Card, Text, say, text};

use super::lines::{Fate, Line, diff};

const TITLE: Text = text("与当前版本的差异", "Difference to the release in force");

fn line(line: Line) -> impl IntoView {
    let (class, sign) = match line.fate {
        Fate::Same => ("changes__line", " "),
        Fate::Gone => ("changes__line is-bad", "−"),
        Fate::Added => ("changes__line is-good", "+"),
    };
    view! {
        <div class=class>
            <span class="changes__number">{line.number}</span>
            <span class="changes__sign">{sign}</span>
            <span class="changes__text">{line.text}</span>
        </div>
    }
}

/// How many lines come and go.
pub(super) fn counts(old: &str, new: &str) -> (usize, usize) {
    let runs = diff(old, new);
    let of = |fate: Fate| runs.iter().flatten().filter(|line| line.fate == fate).count();
    (of(Fate::Added), of(Fate::Gone))
}

/// The difference; nothing when there is none.
pub(super) fn changes(old: &str, new: &str) -> Option<AnyView> {
    let runs = diff(old, new);
    if runs.is_empty() {
        return None;
    }
    let (added, gone) = counts(old, new);
    let summary = move || say!("增加 {added} 行，减少 {gone} 行", "{added} lines added, {gone} taken away");
    let run = |lines: Vec<Line>| {
        view! { <div class="changes__run">{lines.into_iter().map(line).collect_view()}</div> }
    };
    let runs = runs.into_iter().map(run).collect_view();
    let label = move || TITLE.get();
    Some(
        view! {
            <Card title=TITLE>
                <div class="u-stack-8" data-test="template-changes">
                    <p class="u-soft">{summary}</p>
                    <div class="changes" role="region" tabindex="0" aria-label=label>{runs}</div>
                </div>
            </Card>
        }
        .into_any(),
    )
}
