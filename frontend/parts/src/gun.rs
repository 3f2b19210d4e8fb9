//! Guns that type: their scans told from a person's typing by pace, length and end, key by key.
//!
//! A gun plugged in as a keyboard sends its code wherever the focus is. Nobody knows from the first key that it is a gun:
//! the first few keys reach a field like any other, and once the pace has given the gun away the rest is kept from the
//! page and what slipped in is to be taken out again. Outside of fields there is no text to lose: there only the first key
//! gets through, so that the others press no buttons. [`Gun`] decides and does nothing itself.
//!
//! Codes that guns type with Alt and the numeric keypad are not read: browsers do not tell those keys apart from a
//! person's.

pub mod advice;
mod layout;
mod press;
mod settings;

#[cfg(test)]
mod mixed_tests;
#[cfg(test)]
mod tests;

pub use press::{Held, Press};
pub use settings::Settings;

use press::{GROUP_SEPARATOR, Meaning};

/// What is to become of a key, and what else it brought about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Keep the key from the page.
    pub swallow: bool,
    /// The key may be the first one of a scan: what the field holds now is what it holds without the scan.
    pub begins: bool,
    /// With this key the keys before it turn out to be a gun's.
    pub caught: bool,
    /// Characters of the scan that have reached a field, to be taken out again.
    pub take_back: usize,
    /// A scan that is complete: one that ended before this key, or with it.
    pub scan: Option<String>,
}

/// Keys at a gun's pace, one after another.
#[derive(Debug)]
struct Run {
    text: String,
    keys: usize,
    last_ms: f64,
    /// Characters that have reached a field.
    let_in: usize,
    /// They are a gun's.
    caught: bool,
}

/// Tells scans from typing. Fed with every key and with the clock.
#[derive(Debug, Default)]
pub struct Gun {
    settings: Settings,
    run: Option<Run>,
    /// When the last key of a scan that a key ended came: guns may send two such keys.
    ended_ms: Option<f64>,
}

/// Whether two times are at most so far apart; browsers may tell neighbours out of order.
fn near(at_ms: f64, before_ms: f64, max_ms: f64) -> bool {
    (at_ms - before_ms).abs() <= max_ms
}

impl Gun {
    /// Nothing was pressed yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, run: None, ended_ms: None }
    }

    /// When [`Gun::tick`] is due, unless more keys come; `None` while no scan is coming in.
    #[must_use]
    pub fn due_ms(&self) -> Option<f64> {
        let run = self.run.as_ref().filter(|run| run.caught)?;
        Some(run.last_ms + self.settings.end_pause_ms)
    }

    /// Guns are set otherwise from the next scan on.
    pub fn set(&mut self, settings: Settings) {
        self.settings = settings;
        self.forget();
    }

    fn is_catching(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.caught)
    }

    /// Forgets what was pressed: nobody waits for scans any more.
    pub fn forget(&mut self) {
        self.run = None;
        self.ended_ms = None;
    }

    /// Time has passed: the scan that is over by now, if one is.
    pub fn tick(&mut self, now_ms: f64) -> Option<String> {
        let due_ms = self.due_ms()?;
        if now_ms < due_ms { None } else { self.finish() }
    }

    fn finish(&mut self) -> Option<String> {
        self.run.take().and_then(|run| self.settings.code(&run.text))
    }

    /// A key went down.
    pub fn press(&mut self, press: &Press<'_>) -> Answer {
        let meaning = press.meaning(self.settings.f8_separates, self.settings.end);
        let before = self.end_by_pause(press, meaning);
        let mut answer = match meaning {
            Meaning::Modifier => self.modifier(press),
            Meaning::Repeat => self.repeat(),
            Meaning::Shortcut => self.shortcut(press),
            Meaning::Other => Answer { scan: self.finish_caught(), ..Answer::default() },
            Meaning::End => self.end(press),
            Meaning::Separator => self.separator(press),
            Meaning::Char(letter) => self.letter(press, letter),
        };
        answer.scan = before.or(answer.scan);
        answer
    }

    /// Ends what the key comes too late for: a scan is complete, a person's run is only typing.
    fn end_by_pause(&mut self, press: &Press<'_>, meaning: Meaning) -> Option<String> {
        let run = self.run.as_ref()?;
        let max_ms = match (run.caught, meaning) {
            (true, Meaning::End) => self.settings.end_pause_ms,
            (true, _) => self.settings.max_gap_within_ms,
            (false, _) => self.settings.max_gap_ms,
        };
        if near(press.at_ms, run.last_ms, max_ms) { None } else { self.finish_caught() }
    }

    /// Forgets the run; the scan in it, if it was one.
    fn finish_caught(&mut self) -> Option<String> {
        if self.is_catching() {
            return self.finish();
        }
        self.run = None;
        None
    }

    /// A scan was ended by a key just now: what follows at its pace is the second half of its end.
    fn after_end(&mut self, at_ms: f64) -> bool {
        let after = self.ended_ms.is_some_and(|ended_ms| near(at_ms, ended_ms, self.settings.max_gap_ms));
        self.ended_ms = after.then_some(at_ms);
        after
    }

    /// Shift takes a gun a report of its own: it counts for the pace, not for the length.
    fn modifier(&mut self, press: &Press<'_>) -> Answer {
        if let Some(run) = self.run.as_mut().filter(|_| !press.repeat) {
            run.last_ms = press.at_ms;
        }
        Answer::default()
    }

    /// Only people hold keys down; under a gun's own key the page is spared.
    fn repeat(&mut self) -> Answer {
        let swallow = self.is_catching();
        if !swallow {
            self.run = None;
        }
        Answer { swallow, ..Answer::default() }
    }

    /// Guns send control characters as shortcuts, a line feed as the one for downloads; amid a scan or right behind its
    /// end they are nobody's wish.
    fn shortcut(&mut self, press: &Press<'_>) -> Answer {
        if let Some(run) = self.run.as_mut().filter(|run| run.caught) {
            run.last_ms = press.at_ms;
            return Answer { swallow: true, ..Answer::default() };
        }
        self.run = None;
        Answer { swallow: self.after_end(press.at_ms), ..Answer::default() }
    }

    fn end(&mut self, press: &Press<'_>) -> Answer {
        let Some(run) = self.run.as_ref() else {
            return Answer { swallow: self.after_end(press.at_ms), ..Answer::default() };
        };
        let (known, let_in) = (run.caught, run.let_in);
        if !known && run.keys + 1 < self.settings.min_keys {
            self.run = None;
            return Answer::default();
        }
        self.ended_ms = Some(press.at_ms);
        let take_back = if known { 0 } else { let_in };
        Answer { swallow: true, begins: false, caught: !known, take_back, scan: self.finish() }
    }

    fn separator(&mut self, press: &Press<'_>) -> Answer {
        if self.run.is_some() {
            return self.add(press, GROUP_SEPARATOR);
        }
        Answer { swallow: self.after_end(press.at_ms), ..Answer::default() }
    }

    fn letter(&mut self, press: &Press<'_>, letter: char) -> Answer {
        self.ended_ms = None;
        if self.run.is_some() {
            return self.add(press, letter);
        }
        let let_in = usize::from(press.editable);
        self.run = Some(Run { text: letter.into(), keys: 1, last_ms: press.at_ms, let_in, caught: false });
        Answer { begins: true, ..Answer::default() }
    }

    /// One more key at the pace of the run.
    fn add(&mut self, press: &Press<'_>, letter: char) -> Answer {
        let Some(run) = self.run.as_mut() else { return Answer::default() };
        run.text.push(letter);
        run.keys += 1;
        run.last_ms = press.at_ms;
        if run.caught {
            return Answer { swallow: true, ..Answer::default() };
        }
        if run.keys >= self.settings.min_keys {
            run.caught = true;
            return Answer { swallow: true, caught: true, take_back: run.let_in, ..Answer::default() };
        }
        // INVARIANT: every character that gets through where a field has the focus is counted, and a separator is none.
        let gets_in = press.editable && letter != GROUP_SEPARATOR;
        run.let_in += usize::from(gets_in);
        Answer { swallow: !gets_in, ..Answer::default() }
    }
}
