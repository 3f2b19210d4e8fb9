//! A stretch of a day in which people work; written `09:00-12:00`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// From a minute of the day up to, not including, a later one; `24:00` is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frame {
    from_minutes: u16,
    to_minutes: u16,
}

/// A text is not a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a frame of one day such as `09:00-12:00`; a night is two frames, `22:00-24:00` and `00:00-06:00`"
)]
pub struct NotAFrame(pub String);

impl Frame {
    /// From one minute of the day to a later one of the same day, at most 1440.
    #[must_use]
    pub const fn new(from_minutes: u16, to_minutes: u16) -> Option<Self> {
        if from_minutes < to_minutes && to_minutes <= 1_440 { Some(Self { from_minutes, to_minutes }) } else { None }
    }
    /// Milliseconds after midnight at which it begins.
    #[must_use]
    pub const fn from_ms(self) -> i64 {
        self.from_minutes as i64 * 60_000
    }
    /// Milliseconds after midnight at which it ends.
    #[must_use]
    pub const fn to_ms(self) -> i64 {
        self.to_minutes as i64 * 60_000
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from_minutes, self.to_minutes);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Frame {
    type Err = NotAFrame;
    fn from_str(text: &str) -> Result<Self, NotAFrame> {
        let minutes = |clock: &str| -> Option<u16> {
            let (hour, minute) = clock.trim().split_once(':')?;
            let digits = |part: &str| (part.len() == 2).then(|| part.parse::<u16>().ok()).flatten();
            let (hour, minute) = (digits(hour)?, digits(minute)?);
            (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let frame = text.split_once('-').and_then(|(from, to)| Self::new(minutes(from)?, minutes(to)?));
        frame.ok_or_else(|| NotAFrame(text.to_owned()))
    }
}

impl Serialize for Frame {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Frame {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
