//! Every page of both apps, taken from their tables of addresses, in both languages, light and dark, wide and narrow: open
//! to everybody, told in the reader's language, reached by the keyboard, honest when reading fails or nothing is there.

mod bad;
mod ground;
mod lap;
mod look;
mod routes;
mod shift;
mod shots;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ground::Ground;
pub(crate) use lap::ride_along;
use lap::{Finding, Lap};

/// Windows that work side by side.
const HANDS: usize = 2;

/// Takes every address of `wanted` through `visit`, with as many windows as there are hands; what was found, in order.
fn go_round(ground: &Ground, wanted: &[String], visit: fn(&mut Lap, &str)) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for hand in 0..HANDS {
            let (next, found) = (&next, &found);
            scope.spawn(move || {
                let mut lap = Lap::begin(ground, &ground.people[hand]);
                while let Some(address) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    visit(&mut lap, address);
                }
                found.lock().expect("the other hand").append(&mut lap.found);
            });
        }
    });
    by_fault(&found.into_inner().expect("both hands"))
}

/// Each fault once with the looks it was seen in.
fn by_fault(found: &[Finding]) -> Vec<String> {
    let mut faults: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for Finding { address, look, what } in found {
        faults.entry((address.as_str(), what.as_str())).or_default().insert(look.as_str());
    }
    let line = |((address, what), looks): ((&str, &str), BTreeSet<&str>)| {
        format!("{address}: {what}\n    in {}", looks.into_iter().collect::<Vec<_>>().join(", "))
    };
    faults.into_iter().map(line).collect()
}

#[track_caller]
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_page_is_for_everybody_in_every_look() {
    let ground = Ground::busy(HANDS);
    let wanted = ground.addresses();
    nothing(&go_round(&ground, &wanted, Lap::looks_at));
}

#[test]
fn every_page_of_an_empty_shop_says_what_will_appear() {
    let ground = Ground::empty(HANDS);
    let wanted = ground.plain_addresses();
    nothing(&go_round(&ground, &wanted, Lap::finds_nothing_at));
}
