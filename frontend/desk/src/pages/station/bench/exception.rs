//! What is chosen by a number key: which case, whose parcel, and what is wrong with the goods.

use contract::station::{PARK, ParkRequest};
use domain::RmaLineId;
use leptos::prelude::*;
use ui::{State, Text, say, text};

use super::hand::{Place, Target};
use super::{Bench, Choice, find};

/// What can be wrong, by number key.
pub(super) const EXCEPTIONS: &[(&str, Text)] = &[
    ("1", text("缺件：其余的确定没有来", "Missing: the rest is certainly not there")),
    ("2", text("多出来的、认不出的商品", "Extra goods that nobody knows")),
    ("3", text("货不对板：来的是别的商品", "Wrong goods: something else came")),
    ("4", text("包裹外包装破损", "The parcel is damaged")),
];

/// The line that an exception is about: the one scanned last, else the first that waits.
fn line(bench: Bench) -> Option<(RmaLineId, Place)> {
    let current = untrack(|| bench.current());
    bench.hand.with_untracked(|hand| {
        let hand = hand.as_ref()?;
        let waits = |id: &RmaLineId| hand.room(&Target::Line(*id)).is_some_and(|room| room > 0);
        let own = current.and_then(|batch| match batch.target {
            Target::Line(id) => Some(id),
            _ => None,
        });
        let id = own.filter(waits).or_else(|| hand.lines().map(|(_, line)| line.id).find(waits))?;
        let (case, own) = hand.lines().find(|(_, line)| line.id == id)?;
        let category = own.sku.as_ref().map(|sku| sku.category.clone()).unwrap_or_default();
        Some((id, Place { rma: case.rma, number: case.number.clone(), target: Target::Line(id), category }))
    })
}

fn name(bench: Bench, id: RmaLineId) -> String {
    bench.hand.with_untracked(|hand| {
        let line = hand.as_ref().and_then(|hand| hand.line(id));
        line.and_then(|line| line.sku.as_ref()).map(|sku| sku.name.clone()).unwrap_or_default()
    })
}

fn missing(bench: Bench) {
    let Some((id, place)) = line(bench) else {
        return bench.say(State::Attention, say!("没有在等的商品", "Nothing is awaited"), String::new());
    };
    let mut count = 0;
    bench.hand.update(|hand| {
        if let Some(hand) = hand {
            count = hand.room(&place.target).unwrap_or_default();
            *hand.missing.entry(id).or_default() += count;
        }
    });
    bench.say(State::Attention, name(bench, id), say!("记为缺 {count} 件", "{count} missing"));
}

fn wrong(bench: Bench) {
    let unknown = untrack(|| say!("别的商品", "Other goods"));
    let Some((id, place)) = line(bench) else {
        return bench.say(State::Attention, say!("没有在等的商品", "Nothing is awaited"), String::new());
    };
    let target = Target::Extra { sku: None, instead_of: Some(id) };
    let own = name(bench, id);
    bench.add(Place { target, ..place }, &unknown, 1);
    bench.say(State::Attention, unknown, say!("货不对板：代替 {own}", "Came instead of {own}"));
}

fn extra(bench: Bench) {
    let unknown = untrack(|| say!("不认识的商品", "Unknown article"));
    let places = bench.hand.with_untracked(|hand| hand.as_ref().map(|hand| hand.beside(None)).unwrap_or_default());
    match <[Place; 1]>::try_from(places) {
        Ok([only]) => bench.add(only, &unknown, 1),
        Err(places) => bench.choice.set(Some(Choice::Units { places, name: unknown, quantity: 1 })),
    }
}

fn damaged(bench: Bench) {
    let parcel = bench.hand.with_untracked(|hand| hand.as_ref().and_then(|hand| hand.parcel.clone()));
    let Some(parcel) = parcel else {
        return bench.say(State::Attention, say!("没有包裹", "There is no parcel"), String::new());
    };
    let post = bench.post;
    let request =
        ParkRequest { parcel: Some(parcel.id), damaged: Some(true), at: Some(post.now()), ..ParkRequest::default() };
    let entry = post.entry(&PARK, Vec::new(), &request, &parcel.waybill);
    bench.hand.update(|hand| {
        if let Some(parcel) = hand.as_mut().and_then(|hand| hand.parcel.as_mut()) {
            parcel.damaged = true;
        }
    });
    post.put(vec![entry], move || {
        untrack(|| post.say(State::Attention, parcel.waybill, say!("已记下：外包装破损", "Noted: damaged")));
    });
}

/// A key while something is to be chosen.
pub(super) fn choose(bench: Bench, choice: Choice, name: &str) -> bool {
    if name == "Escape" || name == "F8" {
        bench.choice.set(None);
        return true;
    }
    let at = name.parse::<usize>().ok().filter(|_| name.len() == 1).and_then(|number| number.checked_sub(1));
    let Some(at) = at else { return name.len() == 1 };
    let taken = match choice {
        Choice::Units { places, name, quantity } => places.into_iter().nth(at).map(|place| {
            bench.choice.set(None);
            bench.add(place, &name, quantity);
        }),
        Choice::Case(cases) => cases.get(at).map(|(rma, _)| {
            bench.choice.set(None);
            find::chosen_case(bench, *rma);
        }),
        Choice::Owner(parcel, all) => all.get(at).map(|own| {
            bench.choice.set(None);
            find::tie(bench, parcel, own.rma);
        }),
        Choice::Exception => EXCEPTIONS.get(at).map(|_| {
            bench.choice.set(None);
            match at {
                0 => missing(bench),
                1 => extra(bench),
                2 => wrong(bench),
                _ => damaged(bench),
            }
        }),
    };
    if taken.is_none() {
        bench.say(State::Attention, name.to_owned(), untrack(|| say!("没有这一项", "There is no such choice")));
    }
    true
}
