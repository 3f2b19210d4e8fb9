//! Amounts of time with an explicit unit: "one day" must never mean twenty-four working hours.

use std::fmt;
use std::str::FromStr;

use domain::{Lang, Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::similar;

/// The unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationUnit {
    /// Natural minutes.
    Minutes,
    /// Natural hours.
    Hours,
    /// Calendar days.
    Days,
    /// Hours inside the calendar's frames.
    WorkingHours,
    /// Days that have frames; the day it starts on does not count.
    WorkingDays,
}

impl DurationUnit {
    /// All units.
    pub const ALL: &'static [Self] = &[Self::Minutes, Self::Hours, Self::Days, Self::WorkingHours, Self::WorkingDays];

    /// The written form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::WorkingHours => "working_hours",
            Self::WorkingDays => "working_days",
        }
    }
    /// Reads the written form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.as_str() == text)
    }
    /// Minutes in it when it is a natural unit; `None` when it needs a calendar.
    #[must_use]
    pub const fn natural_minutes(self) -> Option<i64> {
        match self {
            Self::Minutes => Some(1),
            Self::Hours => Some(60),
            Self::Days => Some(1_440),
            Self::WorkingHours | Self::WorkingDays => None,
        }
    }
    /// What is written after the amount.
    #[must_use]
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::Minutes => ("分钟", "minutes"),
            Self::Hours => ("小时", "hours"),
            Self::Days => ("天", "days"),
            Self::WorkingHours => ("个工作小时", "working hours"),
            Self::WorkingDays => ("个工作日", "working days"),
        };
        Text::new(zh, en)
    }
}

/// An amount of a unit; written `4 working_hours`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many; at most `Duration::MAX_AMOUNT` either side of zero.
    pub amount: i64,
    /// Of what.
    pub unit: DurationUnit,
}

/// A text is not a duration; says what would be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a duration such as `4 working_hours`{}", .help.map(|unit| format!("; did you mean `{unit}`?")).unwrap_or_default())]
pub struct NotADuration {
    /// What was written.
    pub text: String,
    /// The unit that was probably meant.
    pub help: Option<&'static str>,
}

impl Duration {
    /// Largest amount: about a thousand years of hours.
    pub const MAX_AMOUNT: i64 = 10_000_000;

    /// An amount of a unit; `None` beyond `MAX_AMOUNT`.
    #[must_use]
    pub const fn new(amount: i64, unit: DurationUnit) -> Option<Self> {
        if amount > Self::MAX_AMOUNT || amount < -Self::MAX_AMOUNT { None } else { Some(Self { amount, unit }) }
    }
    /// As a reader says it: `4 个工作小时`, `4 working hours`.
    #[must_use]
    pub fn say(self, lang: Lang) -> String {
        let title = self.unit.title();
        let unit = title.get(lang);
        match lang {
            Lang::Zh => format!("{} {unit}", self.amount),
            Lang::En if self.amount == 1 => format!("1 {}", unit.strip_suffix('s').unwrap_or(unit)),
            Lang::En => format!("{} {unit}", self.amount),
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.as_str())
    }
}

impl FromStr for Duration {
    type Err = NotADuration;
    fn from_str(text: &str) -> Result<Self, NotADuration> {
        let wrong = |help| NotADuration { text: text.to_owned(), help };
        let (amount, unit) = text.trim().split_once(' ').ok_or_else(|| wrong(None))?;
        let amount = amount.parse().map_err(|_| wrong(None))?;
        let unit = unit.trim();
        let known = DurationUnit::ALL.iter().map(|unit| unit.as_str());
        let unit = DurationUnit::parse(unit).ok_or_else(|| wrong(similar::closest(unit, known)))?;
        Self::new(amount, unit).ok_or_else(|| wrong(None))
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
