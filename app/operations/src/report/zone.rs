//! Which time shops keep, as a store that knows no zones needs it.

use std::collections::BTreeMap;

use domain::{ShopId, Timestamp};
use store::report::{Asked, Zone};

use crate::masters::Masters;

/// History begins after this: 1990-01-01.
const FIRST_MS: i64 = 631_152_000_000;
/// Clocks change at most once within this.
const STEP_MS: i64 = 14 * 86_400_000;

/// A board asked now: every shop with its offsets from UTC over the time that cases can lie in.
pub(super) fn asked(masters: &Masters, now: Timestamp) -> Asked {
    let mut by_name: BTreeMap<&str, Vec<ShopId>> = BTreeMap::new();
    for shop in masters.shops() {
        by_name.entry(&shop.zone).or_default().push(shop.id);
    }
    let until_ms = now.ms() + 400 * 86_400_000;
    let zones = by_name.into_values().filter_map(|shops| {
        let first = *shops.first()?;
        let spans = spans(|ms| masters.offset_minutes(first, Timestamp::from_ms(ms)), until_ms);
        Some(Zone { shops, spans })
    });
    // No shop has this id: the offset of what belongs to none.
    let offset_minutes = masters.offset_minutes(ShopId::from_raw(0), now);
    Asked { now, zones: zones.collect(), offset_minutes }
}

fn spans(offset_at: impl Fn(i64) -> i32, until_ms: i64) -> Vec<(Timestamp, i32)> {
    let mut at = FIRST_MS;
    let mut offset = offset_at(at);
    let mut spans = vec![(Timestamp::from_ms(at), offset)];
    while at < until_ms {
        let next = at + STEP_MS;
        let then = offset_at(next);
        if then != offset {
            // Between these two: the last instant before the change, and the first after.
            let (mut before, mut after) = (at, next);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if offset_at(middle) == offset { before = middle } else { after = middle }
            }
            spans.push((Timestamp::from_ms(after), then));
            offset = then;
        }
        at = next;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_found_to_the_millisecond() {
        let changes = [FIRST_MS + 1, FIRST_MS + 3 * STEP_MS, FIRST_MS + 9 * STEP_MS + 12_345];
        let offset_at = |ms: i64| 60 * i32::try_from(changes.iter().filter(|change| **change <= ms).count()).unwrap();
        let found = spans(offset_at, FIRST_MS + 20 * STEP_MS);
        let expect = [FIRST_MS].iter().chain(&changes).zip([0, 60, 120, 180]);
        assert_eq!(found, expect.map(|(ms, minutes)| (Timestamp::from_ms(*ms), minutes)).collect::<Vec<_>>());
    }

    #[test]
    fn a_place_without_summer_time_has_one_offset() {
        assert_eq!(spans(|_| 480, FIRST_MS + 40 * STEP_MS), [(Timestamp::from_ms(FIRST_MS), 480)]);
    }
}
