//! How many there are of each kind and age, each number a way into its list, and the other filters.

use contract::exception::{ExceptionCount, ExceptionCounts, ExceptionKind, ExceptionQuery};
use leptos::prelude::*;
use parts::meta::use_meta;
use parts::said::said;
use parts::words::{Spoken, Toned, exception_hint};
use ui::{Bind, Choice, Segmented, Select, Text, Words, say, text};

use super::Desk;
use crate::asked::Asked;

const ALL: Text = text("全部", "All");
const AGE: Text = text("已有多久", "Age");
const OWNER: Text = text("负责人", "Owner");
const SHOP: Text = text("店铺", "Shop");
const WAREHOUSE: Text = text("仓库", "Warehouse");

/// How many a list has that is narrowed to a kind and an age.
pub(super) fn number(counts: &ExceptionCounts, kind: Option<ExceptionKind>, age: Option<u32>) -> i64 {
    let of_age = |count: &ExceptionCount| match age.map(usize::try_from) {
        Some(Ok(age)) => count.ages.get(age).copied().unwrap_or(0),
        Some(Err(_)) => 0,
        None => count.count,
    };
    counts.kinds.iter().filter(|count| kind.is_none_or(|kind| kind == count.kind)).map(of_age).sum()
}

fn tile(asked: Asked<ExceptionQuery>, kind: Option<ExceptionKind>, count: i64) -> impl IntoView {
    let (label, hint, state) = match kind {
        Some(kind) => (kind.text(), exception_hint(kind), kind.state()),
        None => (ALL, text("下面各类之和", "The sum of the kinds beside it"), ui::State::Paused),
    };
    let pressed = move || asked.get().kind == kind;
    let word = kind.map_or_else(|| "all".to_owned(), |kind| format!("{kind:?}"));
    view! {
        <li>
            <button
                type="button"
                class=format!("exceptions__kind {}", state.class())
                class:is-none=count == 0
                aria-pressed=move || pressed().to_string()
                title=move || hint.get()
                data-test=format!("kind-{word}")
                on:click=move |_| asked.change(|query| query.kind = kind)
            >
                <span class="exceptions__count">{ui::locale::integer(count)}</span>
                <span class="exceptions__name">{label}</span>
            </button>
        </li>
    }
}

/// The kinds with their numbers.
#[component]
pub(super) fn Kinds(desk: Desk) -> impl IntoView {
    let asked = desk.asked;
    let tiles = move || {
        let age = asked.get().age;
        desk.counts.with(|counts| {
            let counts = counts?;
            let of = |kind| tile(asked, kind, number(counts, kind, age));
            let kinds = counts.kinds.iter().map(|count| of(Some(count.kind))).collect_view();
            Some(view! { {of(None)} {kinds} })
        })
    };
    let label = text("异常的种类", "Kinds of exceptions");
    view! { <ul class="exceptions__kinds" aria-label=move || label.get()>{tiles}</ul> }
}

fn days(days: &[i64], age: usize) -> Words {
    let older = age.checked_sub(1).and_then(|at| days.get(at)).copied();
    match (older, days.get(age).copied()) {
        (None, Some(to)) => Words::pair(format!("{to} 天内"), format!("< {to} d")),
        (Some(from), Some(to)) => Words::pair(format!("{from}–{to} 天"), format!("{from}–{to} d")),
        (Some(from), None) => Words::pair(format!("{from} 天以上"), format!("≥ {from} d")),
        (None, None) => Words::from(ALL),
    }
}

/// The ages with their numbers.
#[component]
pub(super) fn Ages(desk: Desk) -> impl IntoView {
    let asked = desk.asked;
    let value = Bind::new(
        move || asked.get().age.map(|age| age.to_string()).unwrap_or_default(),
        move |age: String| asked.change(|query| query.age = age.parse().ok()),
    );
    let options = Signal::derive(move || {
        let kind = asked.get().kind;
        desk.counts.with(|counts| {
            let Some(counts) = counts else { return vec![Choice::new("", ALL)] };
            let own = |age: usize| {
                let count = number(counts, kind, u32::try_from(age).ok());
                let named = days(&counts.age_days, age).get().into_owned();
                Choice::new(age.to_string(), format!("{named} {count}"))
            };
            let ages = (0..=counts.age_days.len()).map(own);
            std::iter::once(Choice::new("", ALL)).chain(ages).collect::<Vec<_>>()
        })
    });
    view! { <div data-test="ages" class="exceptions__ages"><Segmented value options label=AGE/></div> }
}

/// Whose, of which shop, at which warehouse.
#[component]
pub(super) fn Filters(desk: Desk) -> impl IntoView {
    let (asked, meta) = (desk.asked, use_meta());
    let people = super::batch::people();
    let owner = asked.bind(|query| query.owner.clone(), |query, value| query.owner = value);
    let owners = Signal::derive(move || {
        let mut all =
            vec![Choice::new("me", text("我负责的", "Mine")), Choice::new("none", text("无人负责的", "Nobody's"))];
        people.with(|people| {
            all.extend(people.into_iter().flatten().map(|one| Choice::new(one.id.to_string(), one.name.clone())));
        });
        all
    });
    let shop = asked.bind(
        |query| query.shop.map(|shop| shop.to_string()),
        |query, value| query.shop = value.and_then(|value| value.parse().ok()),
    );
    let warehouse = asked.bind(
        |query| query.warehouse.map(|warehouse| warehouse.to_string()),
        |query, value| query.warehouse = value.and_then(|value| value.parse().ok()),
    );
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=shop options label=SHOP placeholder=SHOP/> }
        })
    };
    let warehouses = Signal::derive(move || {
        meta.with(|view| {
            view.warehouses.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let places = move || {
        (warehouses.with(Vec::len) > 1)
            .then(|| view! { <Select value=warehouse options=warehouses label=WAREHOUSE placeholder=WAREHOUSE/> })
    };
    let clear = move || {
        asked.is_set().then(|| {
            let clear = move |()| asked.set(&ExceptionQuery::default());
            let words = move || say!("清除筛选", "Clear");
            view! { <ui::Button kind=ui::ButtonKind::Quiet on_click=clear>{words}</ui::Button> }
        })
    };
    view! {
        <div class="exceptions__filters">
            <Select value=owner options=owners label=OWNER placeholder=OWNER/>
            {shops}
            {places}
            {clear}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_sum_of_what_is_asked_for() {
        let of = |kind, ages: [i64; 4]| ExceptionCount { kind, count: ages.iter().sum(), ages: ages.to_vec() };
        let kinds = vec![of(ExceptionKind::Silent, [1, 2, 3, 4]), of(ExceptionKind::Conflict, [10, 0, 0, 5])];
        let counts = ExceptionCounts { total: 25, kinds, age_days: vec![1, 3, 7] };
        assert_eq!(number(&counts, None, None), 25);
        assert_eq!(number(&counts, None, Some(0)), 11);
        assert_eq!(number(&counts, Some(ExceptionKind::Silent), Some(3)), 4);
        assert_eq!(number(&counts, Some(ExceptionKind::Silent), Some(9)), 0);
        assert_eq!(number(&counts, Some(ExceptionKind::FollowUp), None), 0);
    }
}
