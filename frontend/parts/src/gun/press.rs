//! One key pressed, and what a gun would mean by it.

use contract::gun::GunEnd;

use super::layout;

/// The group separator of GS1 codes.
pub(super) const GROUP_SEPARATOR: char = '\u{1d}';
/// What browsers say instead of a key that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Modifiers that are down or on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Shift.
    pub shift: bool,
    /// Control.
    pub ctrl: bool,
    /// Alt.
    pub alt: bool,
    /// The Windows or command key.
    pub meta: bool,
    /// The third level of a layout; browsers report control and alt with it.
    pub alt_graph: bool,
    /// Caps Lock is on.
    pub caps: bool,
}

/// A key that goes down, as the browser tells it.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// The physical key, such as `KeyA`.
    pub code: &'a str,
    /// What it means in the layout in use, such as `a` or `Process`.
    pub key: &'a str,
    /// The old number of the key; 229 while an input method takes it.
    pub key_code: u32,
    /// Modifiers.
    pub held: Held,
    /// It is held down and repeats.
    pub repeat: bool,
    /// Part of what an input method composes.
    pub composing: bool,
    /// The focus is in something that takes characters.
    pub editable: bool,
    /// When, in ms on the clock that ticks are told by.
    pub at_ms: f64,
}

/// What a gun would mean by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A character of a code.
    Char(char),
    /// Control characters that guns send inside codes.
    Separator,
    /// The end of a code.
    End,
    /// Shift and its like, by themselves.
    Modifier,
    /// A key that is held down.
    Repeat,
    /// A key together with control, alt or command.
    Shortcut,
    /// Anything else: arrows, Escape, function keys.
    Other,
}

impl Press<'_> {
    fn by_input_method(&self) -> bool {
        self.composing || self.key_code == TAKEN_BY_INPUT_METHOD || self.key == "Process"
    }

    fn is_modifier(&self) -> bool {
        let by_key = matches!(
            self.key,
            "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock" | "NumLock" | "ScrollLock" | "Fn"
        );
        let by_code = ["Shift", "Control", "Alt", "Meta"]
            .iter()
            .any(|name| self.code.strip_prefix(name).is_some_and(|side| matches!(side, "Left" | "Right")));
        by_key || by_code || matches!(self.code, "CapsLock" | "NumLock" | "ScrollLock")
    }

    fn is_separator(&self, f8_separates: bool) -> bool {
        let Held { shift, ctrl, alt, meta, alt_graph, .. } = self.held;
        let bracket = self.code == "BracketRight" || matches!(self.key, "]" | "\u{1d}");
        let by_control = ctrl && bracket && !(shift || alt || meta || alt_graph);
        let f8 = self.code == "F8" || self.key == "F8";
        by_control || self.key == "\u{1d}" || (f8_separates && f8 && !(shift || ctrl || alt || meta))
    }

    fn is_shortcut(&self) -> bool {
        let Held { ctrl, alt, meta, alt_graph, .. } = self.held;
        meta || ((ctrl || alt) && !alt_graph)
    }

    fn is_end(&self, by: GunEnd) -> bool {
        let end = |name: &str| match name {
            "Enter" | "NumpadEnter" => matches!(by, GunEnd::Either | GunEnd::Enter),
            "Tab" => matches!(by, GunEnd::Either | GunEnd::Tab),
            _ => false,
        };
        !self.held.shift && (end(self.code) || end(self.key))
    }

    /// The character a gun sent. An input method hides it and Caps Lock turns its case, so the physical key and Shift
    /// tell it then; else the layout knows better.
    fn letter(&self) -> Option<char> {
        let physical = || layout::letter(self.code, self.held.shift);
        let mut letters = self.key.chars();
        let typed = letters.next().filter(|letter| letter.is_ascii_graphic() || *letter == ' ');
        let typed = typed.filter(|_| letters.next().is_none());
        match typed {
            Some(typed) if !self.by_input_method() => {
                let turned = self.held.caps && typed.is_ascii_alphabetic();
                let sent = if self.held.shift { typed.to_ascii_uppercase() } else { typed.to_ascii_lowercase() };
                Some(if turned { sent } else { typed })
            }
            typed => physical().or(typed),
        }
    }

    /// What a gun would mean by it.
    pub(super) fn meaning(&self, f8_separates: bool, end: GunEnd) -> Meaning {
        if self.is_modifier() {
            return Meaning::Modifier;
        }
        if self.repeat {
            return Meaning::Repeat;
        }
        if self.is_separator(f8_separates) {
            return Meaning::Separator;
        }
        if self.is_shortcut() {
            return Meaning::Shortcut;
        }
        if self.is_end(end) {
            return Meaning::End;
        }
        // Neither key is a letter, whichever ends a scan.
        let letter = self.letter().filter(|_| !self.is_end(GunEnd::Either));
        letter.map_or(Meaning::Other, Meaning::Char)
    }
}
