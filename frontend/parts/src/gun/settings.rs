//! What tells a gun from a person, and what guns add to a code.

use contract::gun::{GunEnd, GunSettings};

/// How guns are recognised and what is taken off what they send.
///
/// The defaults hold for guns that send a key every 5 to 30 ms. The slowest gun is not far from the fastest fingers, so
/// neither the pace nor the number of keys decides alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Keys in a row at a gun's pace that make a scan, the key that ends it among them; default 6. People roll two to
    /// four keys that fast; a shorter code is found by typing it, or by a gun with a prefix.
    pub min_keys: usize,
    /// Longest time between two keys of a gun, in ms, until it is known for one; default 38. Below the 40 ms of fast
    /// typing, above the 30 ms of slow guns by as much as browsers and cables add.
    pub max_gap_ms: f64,
    /// Longest time between two keys once it is known for a gun, in ms; default 60. A busy machine delays a key, and a
    /// scan cut in two is worse than a key that nobody can have pressed so soon.
    pub max_gap_within_ms: f64,
    /// Silence after which a scan that no key ended is over, in ms; default 100. An Enter or Tab that comes within it
    /// still belongs to the scan.
    pub end_pause_ms: f64,
    /// Which key ends a scan; default Enter or Tab. Any other is the page's, and ends it too.
    pub end: GunEnd,
    /// What guns are set to put before a code, the longest first; default none. Taken off where it stands.
    pub prefixes: Vec<String>,
    /// What guns are set to put after a code, the longest first; default none. Taken off where it stands.
    pub suffixes: Vec<String>,
    /// Whether F8 amid a scan is the group separator, as some guns are set to send it; default yes. Alone it is a key.
    pub f8_separates: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self::from(&GunSettings::default())
    }
}

impl From<&GunSettings> for Settings {
    fn from(set: &GunSettings) -> Self {
        let set = set.clone().in_order();
        Self {
            min_keys: set.min_keys as usize,
            max_gap_ms: f64::from(set.max_gap_ms),
            max_gap_within_ms: f64::from(set.max_gap_within_ms),
            end_pause_ms: f64::from(set.end_pause_ms),
            end: set.end,
            prefixes: set.prefixes,
            suffixes: set.suffixes,
            f8_separates: set.f8_separates,
        }
    }
}

/// Without control characters and spaces at the ends, as the server reads a scan.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_control() || letter.is_whitespace())
}

impl Settings {
    /// The code in what a gun sent; `None` when nothing is left.
    pub(super) fn code(&self, sent: &str) -> Option<String> {
        // A prefix may itself begin with a control character, or stand behind one.
        let text = self.prefixes.iter().find_map(|prefix| sent.strip_prefix(prefix.as_str()));
        let text = text.unwrap_or_else(|| {
            let text = sent.trim_start_matches(char::is_control);
            self.prefixes.iter().find_map(|prefix| text.strip_prefix(prefix.as_str())).unwrap_or(text)
        });
        let bare = self.suffixes.iter().find_map(|suffix| text.strip_suffix(suffix.as_str()));
        let text = bare.unwrap_or_else(|| {
            let text = text.trim_end_matches(char::is_control);
            self.suffixes.iter().find_map(|suffix| text.strip_suffix(suffix.as_str())).unwrap_or(text)
        });
        let text = trimmed(text);
        (!text.is_empty()).then(|| text.to_owned())
    }
}
