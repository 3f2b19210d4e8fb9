//! Random days: people typing and guns firing by turns, wherever the focus is. Every scan once, every typed character
//! where it was typed, nothing of a scan in the field.

use super::press::Held;
use super::tests::Desk;
use super::*;

const DAYS: u64 = 120;
const TURNS: usize = 40;
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/.:+ ";

/// A small generator of numbers that differ by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit
    }

    fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    fn ms(&mut self, from: u64, to: u64) -> f64 {
        f64::from(u32::try_from(self.between(from * 10, to * 10)).expect("small")) / 10.0
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn letter(&mut self) -> char {
        let at = usize::try_from(self.below(LETTERS.len() as u64)).expect("small");
        LETTERS.chars().nth(at).expect("a letter")
    }

    fn code(&mut self) -> String {
        let length = self.between(6, 24);
        let mut code: String = (0..length).map(|_| self.letter()).collect();
        if self.one_in(4) {
            code.insert(usize::try_from(self.between(1, length - 1)).expect("small"), '\u{1d}');
        }
        // Spaces at the ends are taken off: they would not be missed.
        let code = code.trim_matches(|letter: char| letter == ' ' || letter == '\u{1d}');
        if code.len() < 6 { "RT-2041-7".to_owned() } else { code.to_owned() }
    }
}

/// A person types for a while: a key every 40 to 400 ms, now and then a roll of up to four faster than that.
fn types(desk: &mut Desk, dice: &mut Dice, wanted: &mut String) {
    for _ in 0..dice.between(1, 15) {
        let roll = if dice.one_in(4) { dice.between(2, 4) } else { 1 };
        for at in 0..roll {
            if at > 0 {
                desk.wait(dice.ms(8, 39));
            }
            let letter = dice.letter();
            desk.letter(letter);
            if desk.editable {
                wanted.push(if desk.held.caps { turned(letter) } else { letter });
            }
        }
        desk.wait(dice.ms(40, 400));
        if dice.one_in(12) {
            desk.key("Backspace");
            if desk.editable {
                wanted.pop();
            }
            desk.wait(dice.ms(40, 400));
        }
    }
}

fn turned(letter: char) -> char {
    if letter.is_ascii_uppercase() { letter.to_ascii_lowercase() } else { letter.to_ascii_uppercase() }
}

/// A gun fires once or a few times in a row: with an end at its own pace, without one after a pause.
fn fires(desk: &mut Desk, dice: &mut Dice, sent: &mut Vec<String>) {
    let (from, to) = [(5, 8), (5, 30), (10, 15), (28, 30)][usize::try_from(dice.below(4)).expect("small")];
    let end = ["\r", "\t", ""][usize::try_from(dice.below(3)).expect("small")];
    for _ in 0..dice.between(1, 3) {
        let code = dice.code();
        for letter in format!("{code}{end}").chars() {
            desk.burst(&letter.to_string(), 0.0);
            desk.wait(dice.ms(from, to));
        }
        sent.push(code);
        if end.is_empty() {
            desk.wait(dice.ms(80, 400));
        }
    }
    // The hand that pulled the trigger needs longer than any key.
    desk.wait(dice.ms(80, 400));
}

fn day(seed: u64) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut desk = Desk::new(Settings::default());
    let (mut wanted, mut sent) = (String::new(), Vec::new());
    for _ in 0..TURNS {
        desk.editable = !dice.one_in(3);
        desk.by_input_method = dice.one_in(4);
        desk.held = Held { caps: dice.one_in(4), ..Held::default() };
        if dice.one_in(2) {
            types(&mut desk, &mut dice, &mut wanted);
        } else {
            fires(&mut desk, &mut dice, &mut sent);
        }
        assert_eq!(desk.field, wanted, "day {seed}: the field holds what was typed");
    }
    desk.wait(500.0);
    desk.scans.sort_unstable();
    sent.sort_unstable();
    assert_eq!(desk.scans, sent, "day {seed}: every scan once");
}

#[test]
fn every_scan_comes_once_and_every_typed_character_stays() {
    (1..=DAYS).for_each(day);
}
