//! What the policy said of each line when the case was filed.

use leptos::prelude::*;
use parts::{Judgement, JudgementList};
use ui::{Card, Text, text};

use super::Case;

const TITLE: Text = text("政策结论", "Policy");

/// The judgements, frozen with the case.
pub(super) fn verdicts(case: Case) -> AnyView {
    let judgements = case.part(|view| {
        let own = view.lines.iter().filter(|line| !line.undeclared);
        own.map(|line| {
            let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
            Judgement::of_staff(name, line.kind, line.judgement.clone())
        })
        .collect::<Vec<_>>()
    });
    let list = Signal::derive(move || judgements.get());
    view! { <Card title=TITLE><div data-test="case-verdict"><JudgementList judgements=list over=true/></div></Card> }
        .into_any()
}
