//! The characters on the physical keys of the layout that guns are built for.

/// Physical keys beside letters and digits: without and with Shift.
const SIGNS: [(&str, char, char); 17] = [
    ("Space", ' ', ' '),
    ("Minus", '-', '_'),
    ("Equal", '=', '+'),
    ("BracketLeft", '[', '{'),
    ("BracketRight", ']', '}'),
    ("Backslash", '\\', '|'),
    ("Semicolon", ';', ':'),
    ("Quote", '\'', '"'),
    ("Backquote", '`', '~'),
    ("Comma", ',', '<'),
    ("Period", '.', '>'),
    ("Slash", '/', '?'),
    ("NumpadDecimal", '.', '.'),
    ("NumpadAdd", '+', '+'),
    ("NumpadSubtract", '-', '-'),
    ("NumpadMultiply", '*', '*'),
    ("NumpadDivide", '/', '/'),
];
/// The digits with Shift, from 0.
const SHIFTED_DIGITS: [char; 10] = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('];

fn only(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

/// The character of a physical key such as `KeyA` or `Digit7`; `None` for keys without one.
pub(super) fn letter(code: &str, shift: bool) -> Option<char> {
    if let Some(letter) = code.strip_prefix("Key").and_then(only) {
        return Some(if shift { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
    }
    if let Some(digit) = code.strip_prefix("Numpad").and_then(only).filter(char::is_ascii_digit) {
        return Some(digit);
    }
    if let Some(digit) = code.strip_prefix("Digit").and_then(only) {
        let at = digit.to_digit(10)? as usize;
        return if shift { SHIFTED_DIGITS.get(at).copied() } else { Some(digit) };
    }
    let (_, plain, shifted) = SIGNS.iter().find(|(name, ..)| *name == code)?;
    Some(if shift { *shifted } else { *plain })
}

/// The physical key of a character, and whether Shift is down with it.
#[cfg(test)]
pub(super) fn key_of(wanted: char) -> (String, bool) {
    let names = ('A'..='Z').map(|letter| format!("Key{letter}"));
    let names = names.chain((0..10).map(|digit| format!("Digit{digit}")));
    let names = names.chain(SIGNS.iter().map(|(name, ..)| (*name).to_owned()));
    let both = names.flat_map(|name| [(name.clone(), false), (name, true)]);
    both.into_iter().find(|(name, shift)| letter(name, *shift) == Some(wanted)).unwrap_or_default()
}
