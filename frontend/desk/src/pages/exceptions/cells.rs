//! A row: what it is, since when, where, whose, what somebody wrote on it, and where it is put right.

use contract::exception::{ExceptionKind, ExceptionSubject, ExceptionView};
use leptos::prelude::*;
use parts::meta::Meta;
use parts::said::{read, said};
use parts::words::chip;
use ui::{Column, State, TimeStamp, clock, locale, say, text};

use crate::go::case_address;

/// Where something is put right, for somebody who works with parcels or not.
pub(super) fn address(item: &ExceptionView, works_with_parcels: bool) -> Option<String> {
    let case = item.cases.first().map(|case| case_address(case.rma));
    match item.subject {
        ExceptionSubject::Parcel if works_with_parcels => Some(format!("/desk/receiving/{}", item.id)),
        ExceptionSubject::Parcel | ExceptionSubject::Rma | ExceptionSubject::Task => case,
    }
}

fn what(item: &ExceptionView, works_with_parcels: bool) -> AnyView {
    let words = item.waybill.clone().or_else(|| item.cases.first().map(|case| case.number.clone()));
    let words = words.unwrap_or_default();
    match address(item, works_with_parcels) {
        Some(href) => view! { <a class="cases__number" href=href>{words}</a> }.into_any(),
        None => view! { <span class="cases__number">{words}</span> }.into_any(),
    }
}

/// How long it stands, with the time it began for whoever points at it.
fn since(item: &ExceptionView) -> AnyView {
    let since_ms = item.since.ms();
    let words = move || locale::short_duration(locale::lang(), clock::now_ms() - since_ms);
    view! {
        <span class="exceptions__since" title=move || locale::date_time(since_ms, locale::zone_minutes())>{words}</span>
    }
    .into_any()
}

fn cases(item: &ExceptionView) -> AnyView {
    if item.waybill.is_none() {
        return ().into_any();
    }
    let link = |case: &contract::exception::ExceptionCase| {
        view! { <a class="parcels__case" href=case_address(case.rma)>{case.number.clone()}</a> }
    };
    item.cases.iter().map(link).collect_view().into_any()
}

fn kilograms(grams: i64) -> String {
    format!("{}.{:02} kg", grams / 1_000, grams % 1_000 / 10)
}

/// What is known of it: the weights, the to-do or the goods, and the note.
fn about(item: &ExceptionView) -> AnyView {
    if item.words.is_none() && item.note.is_empty() && item.kind != ExceptionKind::WeightGap {
        return ().into_any();
    }
    let weights = item.weight_grams.zip(item.expected_grams).filter(|_| item.kind == ExceptionKind::WeightGap);
    let weights = weights.map(|(weighed, expected)| {
        let words = move || {
            let (weighed, expected) = (kilograms(weighed), kilograms(expected));
            say!("称得 {weighed}，应为 {expected}", "{weighed} weighed, {expected} expected")
        };
        view! { <span class=format!("exceptions__weight {}", State::Bad.class())>{words}</span> }
    });
    let words = item.words.as_ref().map(said);
    let note = (!item.note.is_empty()).then(|| view! { <span class="u-soft">{item.note.clone()}</span> });
    view! { <span class="exceptions__about">{weights}{words.map(|words| view! { <span>{words}</span> })}{note}</span> }
        .into_any()
}

fn owner(item: &ExceptionView) -> AnyView {
    match &item.owner {
        Some(owner) => view! { {owner.name.clone()} }.into_any(),
        None => view! { <span class="u-soft">{text("未分配", "Nobody")}</span> }.into_any(),
    }
}

fn follow_up(item: &ExceptionView) -> AnyView {
    item.next_follow_up_at.map(|at| view! { <TimeStamp at_ms=at.ms()/> }).into_any()
}

/// The columns.
pub(super) fn columns(meta: Meta, works_with_parcels: bool) -> Vec<Column<ExceptionView>> {
    vec![
        Column::new("what", text("包裹或单号", "Parcel or return"), move |item: &ExceptionView| {
            what(item, works_with_parcels)
        })
        .pinned(),
        Column::new("kind", text("异常", "What is wrong"), |item: &ExceptionView| chip(item.kind, "")),
        Column::new("since", text("已有", "For"), since).number(),
        Column::new("owner", text("负责人", "Owner"), owner),
        Column::new("cases", text("退换货单", "Return"), cases),
        Column::new("about", text("说明", "What is known"), about).grow(),
        Column::new("follow_up", text("下次跟进", "Look again"), follow_up),
        Column::new("where", text("仓库", "Warehouse"), move |item: &ExceptionView| {
            let here = item.warehouse;
            move || {
                meta.with(|view| {
                    let found = view.warehouses.iter().find(|one| Some(one.id) == here);
                    found.map(|one| read(&one.title)).unwrap_or_default()
                })
            }
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_read_in_kilograms() {
        assert_eq!(kilograms(2_201), "2.20 kg");
        assert_eq!(kilograms(60), "0.06 kg");
    }
}
