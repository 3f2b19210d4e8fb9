//! Customers: found by number, tagged, their personal values erased on request.

use contract::master::{
    CustomerQuery, CustomerView, ERASE_CONTACT, LIST_CUSTOMERS, TAG_CUSTOMER, TAGS, Tag, TagsRequest,
};
use contract::page::Page;
use domain::Permission;
use leptos::prelude::*;
use parts::api;
use parts::fetch::{Fetch, Pages};
use parts::said::{read, said};
use parts::session::use_session;
use parts::submit::Submit;
use serde::Serialize;
use serde::de::IgnoredAny;
use ui::{
    Button, ButtonKind, CheckGroup, Choice, Column, CopyText, DescriptionList, Dialog, Drawer, EmptyState, Fact, Field,
    FilterBar, Glyph, PageHeader, State, StateChip, Table, Text, Words, text, toast,
};

use crate::nav::Place;
use crate::rows::wrong;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/customers",
    label: text("顾客", "Customers"),
    icon: Glyph::People,
    needs: &[Permission::CustomerView],
    group: None,
};

const ERASE: Text = text("抹除个人信息", "Erase personal values");
const ERASED: Text = text("个人信息已抹除", "Personal values were erased");

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Customers/> }.into_any()
}

/// Where a page begins, how long it is, which customer.
#[derive(Serialize)]
struct PageQuery {
    after: Option<String>,
    limit: u32,
    #[serde(flatten)]
    query: CustomerQuery,
}

/// Names of tags by their code. Copy freely.
#[derive(Clone, Copy)]
struct Tags(Fetch<Vec<Tag>>);

impl Tags {
    fn name(self, code: &str) -> String {
        let known = self.0.with(|tags| tags?.iter().find(|tag| tag.code == code).map(|tag| read(&tag.name)));
        known.unwrap_or_else(|| code.to_owned())
    }

    fn chips(self, codes: &[String]) -> AnyView {
        let chip = |code: &String| {
            let code = code.clone();
            view! { <StateChip state=State::Attention label=move || self.name(&code) icon=Glyph::Tag/> }
        };
        view! { <span class="u-row">{codes.iter().map(chip).collect_view()}</span> }.into_any()
    }
}

fn value(customer: &CustomerView, get: fn(&contract::order::OrderContact) -> &Option<String>) -> String {
    customer.contact.as_ref().and_then(|contact| get(contact).clone()).unwrap_or_default()
}

fn columns(tags: Tags) -> Vec<Column<CustomerView>> {
    vec![
        Column::new("no", text("客户编号", "Number"), |row: &CustomerView| row.customer_no.clone()).pinned(),
        Column::new("name", text("姓名", "Name"), |row: &CustomerView| value(row, |contact| &contact.name)),
        Column::new("phone", text("电话", "Phone"), |row: &CustomerView| value(row, |contact| &contact.phone)),
        Column::new("nickname", text("昵称", "Nickname"), |row: &CustomerView| {
            value(row, |contact| &contact.nickname)
        }),
        Column::new("tags", text("标签", "Tags"), move |row: &CustomerView| tags.chips(&row.tags)).grow(),
    ]
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

fn tagging(customer: &CustomerView, tags: Tags, on_change: Callback<()>) -> AnyView {
    let id = customer.id;
    let chosen = RwSignal::new(customer.tags.clone());
    let submit = Submit::new();
    let options = Signal::derive(move || {
        let choice = |tag: &Tag| Choice::new(tag.code.clone(), said(&tag.name));
        tags.0.with(|tags| tags.map(|tags| tags.iter().map(choice).collect::<Vec<_>>()).unwrap_or_default())
    });
    let save = move |()| {
        let request = TagsRequest { tags: chosen.get_untracked() };
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&TAG_CUSTOMER, &[&id], &request, key),
            move |_| {
                toast(State::Good, text("标签已保存", "Tags saved"));
                on_change.run(());
            },
        );
    };
    view! {
        <section class="u-stack-8">
            {wrong(submit)}
            <Field label=text("标签", "Tags") group=true><CheckGroup value=chosen options inline=true/></Field>
            <div class="u-row">
                <Button busy=submit.busy() on_click=save attr:data-test="save-tags">{text("保存标签", "Save the tags")}</Button>
            </div>
        </section>
    }
    .into_any()
}

fn erasing(customer: &CustomerView, on_change: Callback<()>) -> AnyView {
    let Some(contact) = customer.contact.as_ref().filter(|contact| !contact.erased) else { return ().into_any() };
    let id = contact.id;
    let asking = RwSignal::new(false);
    let submit = Submit::new();
    let erase = move |()| {
        submit.run(
            move |key| api::act::<IgnoredAny>(&ERASE_CONTACT, &[&id], key),
            move |_| {
                asking.try_set(false);
                toast(State::Good, ERASED);
                on_change.run(());
            },
        );
    };
    view! {
        <div class="u-row">
            <Button kind=ButtonKind::Danger icon=Glyph::Trash on_click=move |()| asking.set(true) attr:data-test="erase-contact">{ERASE}</Button>
        </div>
        <Dialog open=asking title=text("抹除这位顾客的个人信息？", "Erase this customer's personal values?") confirm=ERASE danger=true busy=submit.busy() on_confirm=erase>
            <p>{text("姓名、电话、邮箱、地址、昵称将永久删除，无法恢复；订单、退换货和金额保留。",
                "Name, phone, e-mail, address and nickname are deleted for good. Orders, returns and amounts stay.")}</p>
            {wrong(submit)}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Customers() -> impl IntoView {
    let session = use_session();
    let tags = Tags(Fetch::new(|| api::read(&TAGS, &[])));
    let typed = RwSignal::new(String::new());
    let found = Pages::<CustomerView>::new(move |after, limit| {
        let customer_no = Some(typed.get().trim().to_owned()).filter(|number| !number.is_empty());
        let query = PageQuery { after, limit, query: CustomerQuery { customer_no } };
        api::read_with::<Page<CustomerView>, _>(&LIST_CUSTOMERS, &[], &query)
    });
    let chosen = RwSignal::new(None::<String>);
    let open = ui::Bind::new(move || chosen.with(Option::is_some), move |_| chosen.set(None));
    let customer = move || {
        let key = chosen.get()?;
        found.items().with(|all| all.iter().find(|row| row.id.to_string() == key).cloned())
    };
    let title = Words::from(move || customer().map(|customer| customer.customer_no).unwrap_or_default());
    let changed = Callback::new(move |()| found.reload());
    let body = move || {
        let customer = customer()?;
        let erased = customer.contact.as_ref().is_some_and(|contact| contact.erased);
        let facts = facts(&customer);
        let known = if facts.is_empty() {
            let words = if erased { ERASED } else { text("没有联系方式", "No contact is known") };
            view! { <p class="u-soft">{words}</p> }.into_any()
        } else {
            view! { <DescriptionList facts=Signal::stored(facts)/> }.into_any()
        };
        let edit = session.may(Permission::MasterEdit).then(|| {
            view! { {tagging(&customer, tags, changed)} {erasing(&customer, changed)} }
        });
        let chips = (!session.may(Permission::MasterEdit)).then(|| tags.chips(&customer.tags));
        Some(
            view! { <div class="u-stack-24" data-test="customer">{known} {chips} {super::books::credit::of_customer(customer.id)} {edit}</div> },
        )
    };
    let empty = move || {
        if typed.get().is_empty() {
            let hint = text("导入订单或顾客后出现在这里", "They appear when orders or customers are imported");
            view! { <EmptyState title=text("还没有顾客", "No customers yet") hint icon=Glyph::People/> }.into_any()
        } else {
            view! { <EmptyState title=text("没有这个编号的顾客", "No customer has this number") icon=Glyph::Search/> }
                .into_any()
        }
    };
    view! {
        <PageHeader title=PLACE.label/>
        <FilterBar search=typed placeholder=text("客户编号", "Customer number")/>
        <div class="roll__sheet" data-test="customers">
            <Table
                label=PLACE.label
                rows=found.items()
                key=Callback::new(|row: CustomerView| row.id.to_string())
                columns=columns(tags)
                on_open=move |key: String| chosen.set(Some(key))
                loading=found.busy()
                error=found.error()
                on_retry=move |()| found.reload()
                empty
                more=found.has_more()
                on_more=move |()| found.more()
                fill=true
            />
        </div>
        <Drawer open title>{body}</Drawer>
    }
}
