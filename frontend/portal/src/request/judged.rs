//! What the policy would say to the request as it is written now, in words for customers.

use std::time::Duration;

use contract::portal::{OrderProof, PREVIEW, PortalFileRequest, PortalJudgement};
use domain::state::Verdict;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::form::FormRun;
use parts::{Judgement, JudgementList};
use ui::{Card, Text, text};

use crate::find::proof_header;

const TITLE: Text = text("能不能退换", "Whether this is possible");
const PAUSE: Duration = Duration::from_millis(500);

/// The judgement of what is written. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Judged(Fetch<PortalJudgement>);

impl Judged {
    pub(crate) fn of(form: FormRun, proof: &OrderProof) -> Self {
        let headers = proof_header(proof);
        let asked = RwSignal::new(None::<PortalFileRequest>);
        let now = Memo::new_with_compare(
            move |_| form.can_be_judged().then(|| PortalFileRequest { answers: form.so_far() }),
            |before: Option<&Option<PortalFileRequest>>, now: Option<&Option<PortalFileRequest>>| before != now,
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
            let request = asked.get()?;
            Some(api::send_as::<PortalJudgement, _>(&PREVIEW, &[], &request, Key::new(), headers.clone()))
        }))
    }

    /// Whether it cannot be filed.
    pub(crate) fn is_refused(self) -> bool {
        self.0.with(|view| view.is_some_and(|view| view.verdict == Verdict::Refuse))
    }
}

/// The card below the form; nothing until there is an answer.
#[component]
pub(crate) fn JudgedCard(judged: Judged) -> impl IntoView {
    let list = Signal::derive(move || {
        let lines = judged.0.get().into_iter().flat_map(|view| view.lines);
        lines
            .map(|line| Judgement {
                of: format!("{} × {}", line.goods, line.quantity),
                kind: Some(line.kind),
                verdict: line.verdict,
                reason: line.reason,
                failed: line.failed,
                deadline: line.deadline,
                would_help: line.would_help,
            })
            .collect::<Vec<_>>()
    });
    let any = Memo::new(move |_| list.with(|list| !list.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <Card title=TITLE>
                    <div data-test="portal-verdict"><JudgementList judgements=list customer=true/></div>
                </Card>
            }
        })
    }
}
