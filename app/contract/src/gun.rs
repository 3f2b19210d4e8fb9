//! How guns are set here, read by every page that waits for scans. Checked in the browser and on the server by this code.

use domain::{Permission, Text};
use serde::{Deserialize, Serialize};

use crate::route::{Access, Route};

/// How guns are set.
pub const SETTINGS: Route =
    Route::get("/api/gun-settings", "get_gun_settings", Access::SignedIn, "Reads how guns are told from typing.");
/// Sets it.
pub const SAVE_SETTINGS: Route = Route::put(
    "/api/gun-settings",
    "save_gun_settings",
    Access::Needs(Permission::MasterEdit),
    "Sets how guns are told from typing and what they add to a code.",
);

/// Routes of this area.
pub const ROUTES: &[Route] = &[SETTINGS, SAVE_SETTINGS];

/// Most prefixes, and most suffixes.
pub const MAX_AFFIXES: usize = 20;
/// Most characters of one.
pub const MAX_AFFIX_CHARS: usize = 16;

/// The key that ends a scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GunEnd {
    /// Enter or Tab.
    #[default]
    Either,
    /// Enter.
    Enter,
    /// Tab.
    Tab,
    /// None: silence ends it.
    Silence,
}

/// How guns are recognised and what is taken off what they send.
///
/// The defaults hold for guns that send a key every 5 to 30 ms. The slowest gun is not far from the fastest fingers, so
/// neither the pace nor the number of keys decides alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct GunSettings {
    /// Keys in a row at a gun's pace that make a scan, the key that ends it among them; 4 to 20. People roll two to four
    /// keys that fast; a shorter code is found by typing it, or by a gun with a prefix.
    pub min_keys: u32,
    /// Longest time between two keys of a gun until it is known for one, in ms; 10 to 80. Fast typing begins at 40.
    pub max_gap_ms: u32,
    /// Longest time between two keys once it is known for a gun, in ms; at least as long, 200 at most. A busy machine
    /// delays a key, and a scan cut in two is worse than a key that nobody can have pressed so soon.
    pub max_gap_within_ms: u32,
    /// Silence after which a scan that no key ended is over, in ms; longer than the gaps, 1000 at most.
    pub end_pause_ms: u32,
    /// Which key ends a scan.
    pub end: GunEnd,
    /// What guns put before a code: taken off where it stands.
    pub prefixes: Vec<String>,
    /// What guns put after a code: taken off where it stands.
    pub suffixes: Vec<String>,
    /// Whether F8 amid a scan is the group separator, as some guns are set to send it. Alone it is a key.
    pub f8_separates: bool,
}

impl Default for GunSettings {
    fn default() -> Self {
        Self {
            min_keys: 6,
            max_gap_ms: 38,
            max_gap_within_ms: 60,
            end_pause_ms: 100,
            end: GunEnd::Either,
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            f8_separates: true,
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GunProblem {
    /// The field.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// In words.
    pub message: Text,
}

fn out_of_range(field: &'static str, low: u32, high: u32) -> GunProblem {
    let message = Text::new(format!("应在 {low} 到 {high} 之间"), format!("between {low} and {high}"));
    GunProblem { field, code: "out_of_range", message }
}

impl GunSettings {
    /// What does not fit, field by field.
    #[must_use]
    pub fn problems(&self) -> Vec<GunProblem> {
        let mut found = Vec::new();
        let mut within = |field, value: u32, low: u32, high: u32| {
            if !(low..=high).contains(&value) {
                found.push(out_of_range(field, low, high));
            }
        };
        within("min_keys", self.min_keys, 4, 20);
        within("max_gap_ms", self.max_gap_ms, 10, 80);
        within("max_gap_within_ms", self.max_gap_within_ms, self.max_gap_ms.min(200), 200);
        within("end_pause_ms", self.end_pause_ms, self.max_gap_within_ms.min(1_000), 1_000);
        found.extend(affixes("prefixes", &self.prefixes));
        found.extend(affixes("suffixes", &self.suffixes));
        found
    }

    /// As it is kept: prefixes and suffixes once each, the longest first, so that a short one hides no long one.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        for list in [&mut self.prefixes, &mut self.suffixes] {
            list.sort_by(|one, other| other.chars().count().cmp(&one.chars().count()).then_with(|| one.cmp(other)));
            list.dedup();
        }
        self
    }
}

fn affixes(field: &'static str, list: &[String]) -> Option<GunProblem> {
    let fits = |text: &String| {
        (1..=MAX_AFFIX_CHARS).contains(&text.chars().count()) && text.chars().all(|letter| letter.is_ascii_graphic())
    };
    if list.len() <= MAX_AFFIXES && list.iter().all(fits) {
        return None;
    }
    let message = Text::new(
        format!("最多 {MAX_AFFIXES} 个，每个 1 到 {MAX_AFFIX_CHARS} 个可见的英文字符，不含空格"),
        format!("at most {MAX_AFFIXES}, each of 1 to {MAX_AFFIX_CHARS} visible ASCII characters without spaces"),
    );
    Some(GunProblem { field, code: "affix_malformed", message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut GunSettings), expect: &[&str]) {
        let mut settings = GunSettings::default();
        change(&mut settings);
        let found: Vec<_> = settings.problems().iter().map(|problem| problem.field).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn what_does_not_fit_is_told_by_its_field() {
        check(|_| (), &[]);
        check(|settings| settings.min_keys = 3, &["min_keys"]);
        check(|settings| settings.max_gap_ms = 81, &["max_gap_ms", "max_gap_within_ms"]);
        check(|settings| settings.max_gap_within_ms = 30, &["max_gap_within_ms"]);
        check(|settings| settings.end_pause_ms = 59, &["end_pause_ms"]);
        check(|settings| settings.max_gap_within_ms = u32::MAX, &["max_gap_within_ms", "end_pause_ms"]);
        check(|settings| settings.prefixes = vec![String::new()], &["prefixes"]);
        check(|settings| settings.prefixes = vec!["a b".to_owned()], &["prefixes"]);
        check(|settings| settings.suffixes = vec!["x".repeat(17)], &["suffixes"]);
        check(|settings| settings.suffixes = vec!["x".to_owned(); 21], &["suffixes"]);
    }

    #[test]
    fn the_longest_comes_first() {
        let list = ["a", "abc", "ab", "abc"].map(str::to_owned).to_vec();
        let kept = GunSettings { prefixes: list, ..GunSettings::default() }.in_order();
        assert_eq!(kept.prefixes, ["abc", "ab", "a"]);
    }
}
