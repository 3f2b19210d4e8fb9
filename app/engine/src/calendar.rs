//! Working calendars: frames a weekday, holidays and make-up days, in a zone whose offset from UTC may change.
//!
//! Frames are wall-clock times. Working time is what really passes inside them: a frame over the hour that a zone leaves
//! out is an hour shorter, one over the hour that it repeats is an hour longer.

mod add;
mod before;
mod between;
mod check;
mod frame;
#[cfg(test)]
mod tests;
mod zone;

use std::collections::BTreeMap;

use domain::{LocalDate, Text, Timestamp};
use serde::{Deserialize, Serialize};

pub use add::{add, add_working_ms};
pub use before::before;
pub use between::{is_open, next_open, working_ms_between};
pub use check::check;
pub use frame::{Frame, NotAFrame};

/// Furthest a search walks, in days: ten years.
pub const MAX_SEARCH_DAYS: i64 = 3_660;
/// Most frames of one day.
pub const MAX_FRAMES: usize = 24;
/// Most special days of one calendar.
pub const MAX_SPECIAL_DAYS: usize = 4_000;

const DAY_MS: i64 = 86_400_000;

/// When people work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Offset of its local time from UTC, in minutes.
    pub offset_minutes: i32,
    /// From when on another offset holds, in minutes, ascending: summer time. No part of a document; whoever knows the
    /// zone fills it in.
    #[serde(skip)]
    pub changes: Vec<(Timestamp, i32)>,
    /// Frames of each weekday.
    #[serde(default)]
    pub week: Week,
    /// Days that differ from their weekday: a holiday has no frames, a make-up day has some.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<LocalDate, SpecialDay>,
}

/// Frames of each weekday; none is a day off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// 周一.
    pub mon: Vec<Frame>,
    /// 周二.
    pub tue: Vec<Frame>,
    /// 周三.
    pub wed: Vec<Frame>,
    /// 周四.
    pub thu: Vec<Frame>,
    /// 周五.
    pub fri: Vec<Frame>,
    /// 周六.
    pub sat: Vec<Frame>,
    /// 周日.
    pub sun: Vec<Frame>,
}

/// A day that differs from its weekday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// Why, such as 国庆节.
    #[serde(default, skip_serializing_if = "text_is_empty")]
    pub title: Text,
    /// Its frames; none is a holiday.
    #[serde(default)]
    pub frames: Vec<Frame>,
}

fn text_is_empty(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}

/// Why a calendar has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Not enough working time within `MAX_SEARCH_DAYS`.
    #[error("the calendar has not enough working time within {MAX_SEARCH_DAYS} days")]
    NoWorkingTime,
    /// The duration is negative.
    #[error("the duration is negative")]
    Negative,
    /// The instant is out of range.
    #[error("the time is out of range")]
    OutOfRange,
}

impl CalendarError {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoWorkingTime => "no_working_time",
            Self::Negative => "negative_duration",
            Self::OutOfRange => "time_out_of_range",
        }
    }
    /// For the person who keeps the calendar.
    #[must_use]
    pub fn text(self) -> Text {
        let zh = match self {
            Self::NoWorkingTime => format!("工作日历在 {MAX_SEARCH_DAYS} 天内没有足够的工作时间"),
            Self::Negative => "时长为负".to_owned(),
            Self::OutOfRange => "时间超出范围".to_owned(),
        };
        Text::new(zh, self.to_string())
    }
}

impl Calendar {
    /// The frames of a day, in the order written.
    #[must_use]
    pub fn frames(&self, day: LocalDate) -> &[Frame] {
        if let Some(special) = self.days.get(&day) {
            return &special.frames;
        }
        match day.weekday() {
            1 => &self.week.mon,
            2 => &self.week.tue,
            3 => &self.week.wed,
            4 => &self.week.thu,
            5 => &self.week.fri,
            6 => &self.week.sat,
            _ => &self.week.sun,
        }
    }
}
