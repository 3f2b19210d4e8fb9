//! Offsets from UTC over time, as a place that knows no zones needs them.

use domain::Timestamp;

/// The first offset in minutes, and from when on which other one holds.
pub(crate) type Offsets = (i32, Vec<(Timestamp, i32)>);

/// History begins after this: 1990-01-01.
const FIRST_MS: i64 = 631_152_000_000;
/// Clocks change at most once within this.
const STEP_MS: i64 = 14 * 86_400_000;

/// The offsets of a zone up to `until`, the first also for what was before 1990.
pub(crate) fn of(offset_at: impl Fn(Timestamp) -> i32, until: Timestamp) -> Offsets {
    let mut spans = spans(|ms| offset_at(Timestamp::from_ms(ms)), until.ms()).into_iter();
    let first = spans.next().map_or(0, |(_, minutes)| minutes);
    (first, spans.collect())
}

/// From when on which offset holds, in minutes, ascending; the first also holds before.
pub(crate) fn spans(offset_at: impl Fn(i64) -> i32, until_ms: i64) -> Vec<(Timestamp, i32)> {
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
