//! One customer: who they are, what they bought, what came back, what was written, whether they are on the block list.

use contract::master::{CUSTOMER_HISTORY, CustomerHistory, CustomerView, GET_CUSTOMER, TAGS};
use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::api;
use parts::fetch::Fetch;
use parts::session::use_session;
use ui::{
    Card, CopyText, DescriptionList, EmptyState, ErrorState, Fact, Glyph, PageHeader, Skeleton, State, StateChip, Text,
    Words, text,
};

use super::tags::Tags;
use super::{ERASED, block, edit, past, sums};

const LOST: Text = text("没有这位顾客", "There is no such customer");

/// `/desk/customers/{id}`.
pub(super) fn page() -> AnyView {
    view! { <Customer/> }.into_any()
}

fn facts(customer: &CustomerView) -> Vec<Fact> {
    let copied = |name: Text, value: &Option<String>| {
        let value = value.clone()?;
        Some(Fact::new(name, move || {
            let value = value.clone();
            view! { <CopyText value=Signal::stored(value)/> }
        }))
    };
    let Some(contact) = &customer.contact else { return Vec::new() };
    [
        copied(text("姓名", "Name"), &contact.name),
        copied(text("电话", "Phone"), &contact.phone),
        copied(text("邮箱", "E-mail"), &contact.email),
        copied(text("昵称", "Nickname"), &contact.nickname),
        copied(text("地址", "Address"), &contact.address).map(Fact::wide),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn known(customer: &CustomerView) -> AnyView {
    let erased = customer.contact.as_ref().is_some_and(|contact| contact.erased);
    let facts = facts(customer);
    if facts.is_empty() {
        let words = if erased { ERASED } else { text("没有可以显示的联系方式", "No contact can be shown") };
        return view! { <p class="u-soft">{words}</p> }.into_any();
    }
    view! { <DescriptionList facts=Signal::stored(facts)/> }.into_any()
}

/// Who it is, with what an editor may change.
fn who(customer: &CustomerView, tags: Tags, may_edit: bool, changed: Callback<()>) -> AnyView {
    let edit = may_edit.then(|| view! { {edit::tagging(customer, tags, changed)} {edit::erasing(customer, changed)} });
    let (known, marks) = (known(customer), (!may_edit).then(|| tags.chips(&customer.tags)));
    view! {
        <Card title=text("顾客", "Customer")>
            <div class="u-stack" data-test="customer">{known} {marks} {edit}</div>
        </Card>
    }
    .into_any()
}

#[component]
fn Customer() -> impl IntoView {
    let session = use_session();
    let may_edit = untrack(|| session.may(Permission::MasterEdit));
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let tags = Tags(Fetch::new(|| api::read(&TAGS, &[])));
    let customer = Fetch::<CustomerView>::new(move || api::read(&GET_CUSTOMER, &[&id.get()]));
    let history = Fetch::<CustomerHistory>::new(move || api::read(&CUSTOMER_HISTORY, &[&id.get()]))
        .follow(|heard| heard.touches_any("queue:"));
    let changed = Callback::new(move |()| {
        customer.reload();
        history.reload();
    });
    let title = Words::from(move || customer.with(|one| one.map(|one| one.customer_no.clone())).unwrap_or_default());
    let listed = Memo::new(move |_| history.with(|past| past.is_some_and(|past| !past.blocked.is_empty())));
    let chips =
        move || listed.get().then(|| view! { <StateChip state=State::Bad label=block::LISTED icon=Glyph::Flag/> });
    let side = move || {
        let one = customer.get()?;
        let credit = super::super::books::credit::of_customer(one.id);
        Some(view! {
            {who(&one, tags, may_edit, changed)}
            {move || history.get().map(|past| block::card(one.id, &past.blocked, tags, may_edit, changed))}
            {credit}
        })
    };
    let main = move || match (history.get(), history.problem().get()) {
        (Some(found), _) => {
            view! { {sums::row(&found)} {past::orders(&found)} {past::cases(&found)} {past::messages(&found)} }
                .into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| changed.run(())/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    let body = move || match (customer.is_there().get(), customer.problem().get()) {
        (true, _) => view! {
            <div class="customer u-columns"><div class="u-stack">{main}</div><div class="u-stack">{side}</div></div>
        }
        .into_any(),
        (false, Some(problem)) if problem.is_missing() => {
            view! { <EmptyState title=LOST icon=Glyph::Search/> }.into_any()
        }
        (false, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| changed.run(())/> }.into_any()
        }
        (false, None) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <PageHeader title back="/desk/customers" chips=move || chips/>
        {body}
    }
}
