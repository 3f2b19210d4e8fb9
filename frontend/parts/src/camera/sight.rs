//! What a camera has in view: it reads a code many times a second, and a scan is one.

/// Unseen for so long, a code has left the picture, in ms.
const GONE_MS: f64 = 1_500.0;

/// A code in view.
#[derive(Debug)]
struct Seen {
    text: String,
    last_ms: f64,
    told: bool,
}

/// The codes in view.
#[derive(Debug, Default)]
pub struct Sight {
    seen: Vec<Seen>,
}

impl Sight {
    /// A code was read: whether this is a scan. One that stays in view is told once; one without a check digit (not
    /// `sure`) when it was read twice.
    pub fn is_scan(&mut self, text: &str, sure: bool, at_ms: f64) -> bool {
        self.seen.retain(|seen| at_ms - seen.last_ms <= GONE_MS);
        let Some(seen) = self.seen.iter_mut().find(|seen| seen.text == text) else {
            self.seen.push(Seen { text: text.to_owned(), last_ms: at_ms, told: sure });
            return sure;
        };
        seen.last_ms = at_ms;
        !std::mem::replace(&mut seen.told, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reads: &[(&str, bool, f64)], scans: &[&str]) {
        let mut sight = Sight::default();
        let told: Vec<&str> = reads
            .iter()
            .filter(|(text, sure, at_ms)| sight.is_scan(text, *sure, *at_ms))
            .map(|(text, ..)| *text)
            .collect();
        assert_eq!(told, scans, "{reads:?}");
    }

    #[test]
    fn a_code_that_stays_in_view_is_one_scan_however_long() {
        check(&[("A", true, 0.0), ("A", true, 100.0), ("A", true, 1_600.0), ("A", true, 3_100.0)], &["A"]);
    }

    #[test]
    fn a_code_that_comes_back_is_another_scan() {
        check(&[("A", true, 0.0), ("A", true, 1_501.0), ("A", true, 1_600.0)], &["A", "A"]);
    }

    #[test]
    fn another_code_does_not_wait_and_does_not_bring_the_first_one_back() {
        check(&[("A", true, 0.0), ("B", true, 50.0), ("A", true, 100.0), ("B", true, 150.0)], &["A", "B"]);
    }

    #[test]
    fn a_code_without_a_check_digit_is_believed_when_it_is_read_again() {
        check(&[("1", false, 0.0), ("7", false, 80.0), ("1", false, 160.0), ("1", false, 240.0)], &["1"]);
        check(&[("1", false, 0.0), ("1", false, 1_600.0), ("1", false, 1_700.0)], &["1"]);
    }
}
