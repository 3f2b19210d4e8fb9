//! What the request is about, each line's way so far.

use contract::portal::PortalLine;
use domain::LocalDate;
use domain::state::Verdict;
use leptos::prelude::*;
use parts::said::read;
use parts::words::Spoken;
use ui::{Card, Text, say, text};

use super::Case;

const TITLE: Text = text("商品", "Goods");

/// Only what differs from what was asked is worth a word.
fn progress(line: &PortalLine) -> String {
    let PortalLine { requested, approved, received, accepted, .. } = *line;
    let mut words = vec![say!("申请 {requested} 件", "{requested} asked for")];
    if approved > 0 {
        words.push(say!("同意 {approved}", "{approved} agreed"));
    }
    if received > 0 {
        words.push(say!("收到 {received}", "{received} arrived"));
    }
    if accepted > 0 {
        words.push(say!("验收合格 {accepted}", "{accepted} accepted"));
    }
    words.join(" · ")
}

/// The policy's answer when it was filed, why, and the last day that counted.
fn answer((verdict, reason, deadline): &(Verdict, Option<domain::Text>, Option<LocalDate>)) -> String {
    let mut words = vec![match verdict {
        Verdict::AutoAgree => say!("符合退换条件", "The policy allows it"),
        Verdict::Review => say!("由客服审核", "A person decides"),
        Verdict::Refuse => say!("不符合退换条件", "The policy does not allow it"),
    }];
    words.extend(reason.as_ref().map(read).filter(|words| !words.is_empty()));
    words.extend(deadline.map(|day| say!("期限至 {day}", "until {day}")));
    words.join(" · ")
}

fn line(line: PortalLine) -> impl IntoView {
    let (goods, kind) = (line.goods.clone(), line.kind);
    let judged = (line.verdict, line.reason.clone(), line.deadline);
    let verdict = view! { <p class="status__verdict u-small">{move || answer(&judged)}</p> };
    view! {
        <li class="status__line">
            <p><b>{goods}</b> " " <span class="u-soft">{kind.text()}</span></p>
            <p class="u-soft u-small">{move || progress(&line)}</p>
            {verdict}
        </li>
    }
}

/// The lines.
pub(super) fn lines(case: Case) -> AnyView {
    let lines = case.part(|view| view.lines.clone());
    let list = move || lines.get().into_iter().map(line).collect_view();
    view! { <Card title=TITLE><ul class="status__lines">{list}</ul></Card> }.into_any()
}
