//! One scan heard once: a gun may type what it also sends past the keyboard, and read what a camera sees.

use std::collections::VecDeque;

/// How far apart two ways of one scan may be, in ms: slow guns take a second to type a long code.
const APART_MS: f64 = 1_500.0;

/// By which way a scan came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// As keys.
    Typed,
    /// Past the keyboard.
    Sent,
    /// By a camera.
    Seen,
}

/// What was heard lately.
#[derive(Debug, Default)]
pub struct Once {
    lately: VecDeque<(Heard, String, f64)>,
}

impl Once {
    /// Whether a scan that came is a new one. The same code by the same way is: somebody scanned it again.
    pub fn is_new(&mut self, way: Heard, code: &str, at_ms: f64) -> bool {
        while self.lately.front().is_some_and(|(_, _, then_ms)| at_ms - then_ms > APART_MS) {
            self.lately.pop_front();
        }
        // Control characters seldom come through a keyboard.
        let bare: String = code.chars().filter(|letter| !letter.is_control()).collect();
        let twin = self.lately.iter().position(|(other, known, _)| *other != way && *known == bare);
        if let Some(twin) = twin {
            // Used up: the next one by that way is a scan of its own.
            self.lately.remove(twin);
            return false;
        }
        self.lately.push_back((way, bare, at_ms));
        true
    }
}
