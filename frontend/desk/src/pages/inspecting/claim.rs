//! What the customer said of it: reason, answers and pictures, beside what the inspector sees.

use contract::rma::{GET, RmaView};
use domain::RmaId;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use ui::{Card, DescriptionList, EvidenceGallery, Fact, LinkButton, Skeleton, text};

use crate::go::case_address;
use crate::pages::case::answers::facts;
use crate::pages::case::files::evidence;

fn reasons(view: &RmaView) -> Vec<Fact> {
    let own = view.lines.iter().filter(|line| !line.undeclared);
    own.filter_map(|line| {
        let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
        line.reason.as_ref().map(|reason| Fact::words(name, said(reason)).wide())
    })
    .collect()
}

/// The card.
pub(super) fn claim(id: RmaId) -> AnyView {
    let meta = use_meta();
    let case =
        Fetch::<RmaView>::new(move || api::read(&GET, &[&id])).follow(move |heard| heard.touches(&format!("rma:{id}")));
    let all = Signal::derive(move || {
        case.with(|case| {
            let Some(case) = case else { return Vec::new() };
            let mut all = reasons(case);
            all.extend(facts(meta, case.answers.clone()));
            all
        })
    });
    let items = Signal::derive(move || {
        case.with(|case| case.map(|case| case.files.iter().map(evidence).collect::<Vec<_>>()).unwrap_or_default())
    });
    let pictures = move || items.with(|items| !items.is_empty()).then(|| view! { <EvidenceGallery items/> });
    let there = case.is_there();
    let body = move || match (there.get(), case.problem().get()) {
        (true, _) => view! { <div class="u-stack"><DescriptionList facts=all/> {pictures}</div> }.into_any(),
        (false, Some(problem)) => view! { <p class="u-soft">{problem.words()}</p> }.into_any(),
        (false, None) => view! { <Skeleton lines=4/> }.into_any(),
    };
    let actions = move || view! { <LinkButton href=case_address(id)>{text("查看单据", "The case")}</LinkButton> };
    view! { <Card title=text("顾客的说法", "What the customer said") actions>{body}</Card> }.into_any()
}
