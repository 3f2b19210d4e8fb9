//! What the policy would say to what is written now: asked after a short pause, silent while something is missing.

use std::time::Duration;

use contract::filing::{FileRequest, PREVIEW, PreviewView};
use domain::state::Verdict;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::{Judgement, JudgementList};
use ui::{Card, EmptyState, Glyph, Text, text};

use super::filing::Filing;

const TITLE: Text = text("政策结论", "Policy");
const NOT_YET: Text = text("还不能判断", "Not yet known");
const NOT_YET_HINT: Text =
    text("选好商品、处理方式和原因后自动给出", "It appears once goods, what is asked and the reason are chosen");
const PAUSE: Duration = Duration::from_millis(350);

/// The judgement of what is written. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Judged(Fetch<PreviewView>);

impl Judged {
    pub(super) fn of(filing: Filing) -> Self {
        let asked = RwSignal::new(None::<FileRequest>);
        let now = Memo::new_with_compare(
            move |_| {
                let shop = filing.shop.get()?;
                let ready = filing.form.can_be_judged();
                ready.then(|| FileRequest { shop, answers: filing.form.so_far(), override_reason: None })
            },
            |before: Option<&Option<FileRequest>>, now: Option<&Option<FileRequest>>| before != now,
        );
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |_| {
            let request = now.get();
            if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
                handle.clear();
            }
            let ask = move || {
                asked.try_set(request);
            };
            waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        });
        Self(Fetch::when(move || {
            asked.get().map(|request| api::send::<PreviewView, _>(&PREVIEW, &[], &request, Key::new()))
        }))
    }

    /// Whether it may only be filed against the policy.
    pub(super) fn is_refused(self) -> bool {
        self.0.with(|view| view.is_some_and(|view| view.verdict == Verdict::Refuse))
    }
}

/// The card beside the form.
#[component]
pub(super) fn JudgedCard(judged: Judged) -> impl IntoView {
    let list = Signal::derive(move || {
        let view = judged.0.get();
        let lines = view.into_iter().flat_map(|view| view.lines);
        lines
            .map(|line| Judgement::of_staff(format!("{} × {}", line.goods, line.quantity), line.kind, line.judgement))
            .collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let body = move || {
        if any.get() {
            view! { <JudgementList judgements=list/> }.into_any()
        } else {
            view! { <EmptyState title=NOT_YET hint=NOT_YET_HINT icon=Glyph::Clipboard/> }.into_any()
        }
    };
    view! { <Card title=TITLE><div data-test="filing-verdict">{body}</div></Card> }
}
