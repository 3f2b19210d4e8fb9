//! What counts as too long or too far: data of this installation, kept on a page.

use domain::{EventKind, Permission, Text, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Conn, Tx};

use crate::context::{Ctx, Place};
use crate::error::{Error, FieldProblem, Refusal};
use crate::event::Event;

const KEY: &str = "exceptions";
const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;
/// The longest of the periods.
const MAX_DAYS: i64 = 365;
const MAX_HOURS: i64 = MAX_DAYS * 24;
const MAX_GRAMS: i64 = 100_000;
const MAX_PERCENT: i64 = 100;
/// Between so many days ages are told apart.
const AGES: usize = 3;

/// What counts as too long or too far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Days after which an announced parcel should have come.
    pub silent_days: i64,
    /// Hours after which a signed parcel should be open.
    pub unopened_hours: i64,
    /// Hours after which something in an opened parcel should be counted.
    pub uncounted_hours: i64,
    /// So many grams more or less are nothing yet.
    pub weight_grams: i64,
    /// So many percent more or less are nothing yet.
    pub weight_percent: i64,
    /// The days between which ages are told apart, rising.
    pub age_days: Vec<i64>,
}

/// Times that the settings come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cutoffs {
    pub(super) silent: Timestamp,
    pub(super) unopened: Timestamp,
    pub(super) uncounted: Timestamp,
}

impl Settings {
    /// Whether a weight is too far from what it should be.
    #[must_use]
    pub fn is_gap(&self, grams: i64, expected_grams: i64) -> bool {
        let by_percent = expected_grams.saturating_mul(self.weight_percent) / 100;
        grams.saturating_sub(expected_grams).saturating_abs() > by_percent.max(self.weight_grams)
    }

    pub(super) fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        let before = |ms: i64| Timestamp::from_ms(now.ms().saturating_sub(ms));
        Cutoffs {
            silent: before(self.silent_days * DAY_MS),
            unopened: before(self.unopened_hours * HOUR_MS),
            uncounted: before(self.uncounted_hours * HOUR_MS),
        }
    }

    /// Since when (not included) and until when something stands that is of an age, counted from the youngest.
    pub(super) fn age(&self, now: Timestamp, age: usize) -> (Timestamp, Timestamp) {
        let before = |days: &i64| Timestamp::from_ms(now.ms().saturating_sub(days.saturating_mul(DAY_MS)));
        let until = age.checked_sub(1).and_then(|younger| self.age_days.get(younger)).map_or(now, before);
        let from = self.age_days.get(age).map_or(Timestamp::from_ms(i64::MIN), before);
        (from, until)
    }

    /// How many ages there are.
    #[must_use]
    pub fn ages(&self) -> usize {
        self.age_days.len() + 1
    }

    fn problems(&self) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        let mut within = |field: &str, value: i64, low: i64, high: i64| {
            if !(low..=high).contains(&value) {
                found.push(FieldProblem {
                    field: field.to_owned(),
                    code: "out_of_range".to_owned(),
                    message: Text::new(format!("应在 {low} 到 {high} 之间"), format!("between {low} and {high}")),
                });
            }
        };
        within("silent_days", self.silent_days, 1, MAX_DAYS);
        within("unopened_hours", self.unopened_hours, 1, MAX_HOURS);
        within("uncounted_hours", self.uncounted_hours, 1, MAX_HOURS);
        within("weight_grams", self.weight_grams, 0, MAX_GRAMS);
        within("weight_percent", self.weight_percent, 0, MAX_PERCENT);
        let rising = self.age_days.windows(2).all(|pair| matches!(pair, [low, high] if low < high));
        let fit = self.age_days.iter().all(|days| (1..=MAX_DAYS).contains(days));
        if self.age_days.len() != AGES || !rising || !fit {
            found.push(FieldProblem {
                field: "age_days".to_owned(),
                code: "ages_not_rising".to_owned(),
                message: Text::new(
                    format!("应为 {AGES} 个递增的天数，每个在 1 到 {MAX_DAYS} 之间"),
                    format!("{AGES} rising numbers of days, each between 1 and {MAX_DAYS}"),
                ),
            });
        }
        found
    }
}

/// What is set.
///
/// # Errors
/// The store's; `Internal` when what is stored cannot be read.
pub fn read(conn: &Conn) -> Result<Settings, Error> {
    let stored = store::instance::get(conn, KEY)?.unwrap_or_default();
    serde_json::from_str(&stored).map_err(|error| Error::internal(format!("`{KEY}` cannot be read: {error}")))
}

/// Sets it.
///
/// # Errors
/// `Forbidden`; `Invalid`, with each field that does not fit.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Settings) -> Result<(), Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    let problems = cmd.problems();
    if !problems.is_empty() {
        let mut refusal = Refusal::new("settings_refused", "请修正标出的内容", "correct the marked fields");
        refusal.fields = problems;
        return Err(Error::invalid(refusal));
    }
    let stored = serde_json::to_string(cmd).map_err(|error| Error::internal(error.to_string()))?;
    store::instance::put(tx, KEY, &stored)?;
    ctx.record(Event::new(EventKind::MasterChanged).about("instance", 0).with(serde_json::json!({ "key": KEY })));
    ctx.topic("master:exceptions");
    Ok(())
}
