//! Which rows are worth building when there are many: pure arithmetic on the scroll position.

/// Below this many rows everything is built.
pub(crate) const ALL_BELOW: usize = 200;
/// Rows built beyond each edge of what is seen.
const MARGIN: usize = 20;

/// The rows to build, and the room the others would take, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) before_px: f64,
    pub(crate) after_px: f64,
}

/// What is seen: how far it is scrolled, how tall it is, how tall a row is, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sight {
    pub(crate) scrolled_px: f64,
    pub(crate) height_px: f64,
    pub(crate) row_px: f64,
}

impl Window {
    pub(crate) fn of(count: usize, sight: Sight) -> Self {
        if count <= ALL_BELOW || sight.row_px <= 0.0 {
            return Self { first: 0, end: count, before_px: 0.0, after_px: 0.0 };
        }
        let seen_first = (sight.scrolled_px / sight.row_px).max(0.0) as usize;
        let seen = (sight.height_px / sight.row_px).ceil().max(1.0) as usize;
        let last_start = count.saturating_sub(seen);
        // Steps of half a margin, so that the list of built rows changes rarely while scrolling.
        let step = MARGIN / 2;
        let first = seen_first.min(last_start).saturating_sub(MARGIN) / step * step;
        let end = (seen_first + seen + 2 * MARGIN).div_ceil(step).saturating_mul(step).min(count).max(first);
        Self { first, end, before_px: first as f64 * sight.row_px, after_px: (count - end) as f64 * sight.row_px }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(scrolled_px: f64) -> Sight {
        Sight { scrolled_px, height_px: 640.0, row_px: 32.0 }
    }

    #[test]
    fn few_rows_are_all_built() {
        assert_eq!(Window::of(200, at(4000.0)), Window { first: 0, end: 200, before_px: 0.0, after_px: 0.0 });
    }

    #[test]
    fn what_is_seen_is_built_with_a_margin_and_the_height_stays() {
        for count in [201, 1_000, 100_000] {
            for scrolled_px in [0.0, 31.9, 32.0, 3_333.0, 32.0 * count as f64 - 640.0, 1e9] {
                let window = Window::of(count, at(scrolled_px));
                let seen_first = ((scrolled_px / 32.0) as usize).min(count - 20);
                assert!(window.first <= seen_first, "{count} {scrolled_px} {window:?}");
                assert!(window.end >= (seen_first + 20).min(count), "{count} {scrolled_px} {window:?}");
                assert!(window.end - window.first <= 20 + 5 * MARGIN, "{count} {scrolled_px} {window:?}");
                let height = window.before_px + window.after_px + (window.end - window.first) as f64 * 32.0;
                assert_eq!(height, count as f64 * 32.0);
            }
        }
    }

    #[test]
    fn unmeasured_rows_are_all_built() {
        let unmeasured = Sight { scrolled_px: 0.0, height_px: 0.0, row_px: 0.0 };
        assert_eq!(Window::of(500, unmeasured).end, 500);
    }
}
