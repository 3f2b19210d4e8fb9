//! What the policy says of a claim: the answer, why, until when, and what would help.

use contract::rma::JudgementView;
use domain::state::Verdict;
use domain::{LineKind, LocalDate, Text};
use leptos::prelude::*;
use ui::{Glyph, Icon, StateChip, Words, say, text};

use crate::said::{day_left, read, said, today};
use crate::words::{Spoken, Toned};

/// A judgement of one line, whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Of what, and how many; empty when the place says it.
    pub of: String,
    /// What is asked for.
    pub kind: Option<LineKind>,
    /// The answer.
    pub verdict: Verdict,
    /// Why.
    pub reason: Option<Text>,
    /// Conditions that do not hold.
    pub failed: Vec<Text>,
    /// Last day of the window.
    pub deadline: Option<LocalDate>,
    /// What would change it.
    pub would_help: Option<Text>,
}

impl Judgement {
    /// As staff read it.
    pub fn of_staff(of: String, kind: LineKind, view: JudgementView) -> Self {
        let JudgementView { verdict, reason, failed, deadline, would_help, .. } = view;
        let reason = Some(reason).filter(|reason| !reason.zh.is_empty() || !reason.en.is_empty());
        Self { of, kind: Some(kind), verdict, reason, failed, deadline, would_help }
    }
}

/// How customers are told: what it means for them, not how we work.
fn for_customer(verdict: Verdict) -> ui::Text {
    match verdict {
        Verdict::AutoAgree => text("可以办理", "You can do this"),
        Verdict::Review => text("需要我们审核", "We look at it first"),
        Verdict::Refuse => text("不符合退换条件", "Not possible"),
    }
}

fn body(judgement: Judgement, over: bool) -> impl IntoView {
    let Judgement { reason, failed, deadline, would_help, .. } = judgement;
    // The reason is often the one condition that does not hold: once is enough.
    let failed: Vec<Text> = failed.into_iter().filter(|one| reason.as_ref() != Some(one)).collect();
    let failed = (!failed.is_empty()).then(|| {
        let lines = failed.iter().map(|one| {
            view! { <li class="judgement__failed"><Icon glyph=Glyph::Close/><span>{said(one)}</span></li> }
        });
        view! { <ul class="judgement__list">{lines.collect_view()}</ul> }
    });
    let until = deadline.map(|day| {
        let words = move || {
            let day = if over { day.to_string() } else { day_left(day, today()) };
            say!("办理期限 {day}", "Until {day}")
        };
        view! { <p class="judgement__note"><Icon glyph=Glyph::Calendar/><span>{words}</span></p> }
    });
    let help = would_help.map(|help| {
        let words = move || {
            let help = read(&help);
            say!("怎样可以：{help}", "What would help: {help}")
        };
        view! { <p class="judgement__note"><Icon glyph=Glyph::Help/><span>{words}</span></p> }
    });
    view! {
        {reason.map(|reason| view! { <p class="judgement__reason">{said(&reason)}</p> })}
        {failed}
        {until}
        {help}
    }
}

/// Judgements one below the other.
#[component]
pub fn JudgementList(
    /// The judgements.
    #[prop(into)]
    judgements: Signal<Vec<Judgement>>,
    /// In words for customers.
    #[prop(optional)]
    customer: bool,
    /// They were made some time ago: how many days are left is of no interest any more.
    #[prop(optional)]
    over: bool,
) -> impl IntoView {
    let item = move |judgement: Judgement| {
        let verdict = judgement.verdict;
        let label = if customer { for_customer(verdict) } else { verdict.text() };
        let kind = judgement.kind.map(|kind| view! { <span class="u-soft">{kind.text()}</span> });
        let of = judgement.of.clone();
        view! {
            <li class="judgement" data-verdict=verdict.as_str()>
                <div class="judgement__head">
                    <StateChip state=verdict.state() label/>
                    <span class="judgement__of">{of}</span>
                    {kind}
                </div>
                {body(judgement, over)}
            </li>
        }
    };
    let label = Words::from(text("政策结论", "What the policy says"));
    let items = move || judgements.get().into_iter().map(item).collect_view();
    view! { <ul class="judgements" aria-label=move || label.get() aria-live="polite">{items}</ul> }.into_any()
}
