//! How long a slice may go on: long while nobody waits, five milliseconds while people do.

use std::time::{Duration, Instant};

use crate::app::App;

/// What a slice may take while people work.
const SLICE: Duration = Duration::from_millis(5);
/// Rows between looks at the clock: a few hundred microseconds.
const ROWS_PER_LOOK: usize = 64;
/// Slices that must pass undisturbed before long ones are tried again.
const QUIET_SLICES: u32 = 40;

/// Decides how long slices are, from slice to slice.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    short_left: u32,
}

impl Rhythm {
    /// Whether the next slice must be short.
    pub(super) const fn is_short(&self) -> bool {
        self.short_left > 0
    }

    /// Takes note of a slice: was it cut because somebody waits?
    pub(super) const fn note(&mut self, disturbed: bool) {
        self.short_left = if disturbed { QUIET_SLICES } else { self.short_left.saturating_sub(1) };
    }
}

/// Watches one slice.
pub(super) struct Pace<'a> {
    app: &'a App,
    short: bool,
    rows_max: usize,
    began: Instant,
    rows: usize,
    /// Whether the slice ended because somebody waits.
    pub(super) disturbed: bool,
}

impl<'a> Pace<'a> {
    pub(super) fn new(app: &'a App, short: bool, rows_max: usize) -> Self {
        Self { app, short, rows_max, began: Instant::now(), rows: 0, disturbed: false }
    }

    /// Counts rows; whether the slice may go on.
    pub(super) fn goes_on(&mut self, rows: usize) -> bool {
        let before = self.rows / ROWS_PER_LOOK;
        self.rows += rows;
        if self.rows >= self.rows_max {
            return false;
        }
        if self.rows / ROWS_PER_LOOK == before || self.began.elapsed() < SLICE {
            return true;
        }
        self.disturbed = self.app.store().somebody_waits();
        !self.short && !self.disturbed
    }
}
