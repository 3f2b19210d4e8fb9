//! PINs: what is accepted. Hashing is `password::hash_pin`.

use crate::error::{Error, Refusal};

/// Fewest digits.
pub const MIN_DIGITS: usize = 4;
/// Most digits.
pub const MAX_DIGITS: usize = 8;

/// Refuses a PIN that is not 4 to 8 digits, or one that everybody tries first: one digit, a run up or down, a pair or
/// half repeated, a year.
///
/// # Errors
/// `Invalid` at `pin`.
pub fn check_new(pin: &str) -> Result<(), Error> {
    if !(MIN_DIGITS..=MAX_DIGITS).contains(&pin.len()) || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        let refusal = Refusal::new(
            "pin_malformed",
            format!("PIN 为 {MIN_DIGITS} 到 {MAX_DIGITS} 位数字"),
            format!("a PIN has {MIN_DIGITS} to {MAX_DIGITS} digits"),
        );
        return Err(Error::invalid(refusal.at("pin")));
    }
    if is_weak(pin) {
        let refusal = Refusal::new(
            "pin_too_simple",
            "PIN 过于简单：不能是重复、连号或年份",
            "this PIN is tried first: no repeats, runs or years",
        )
        .help("例如取几个互不相连的数字", "take digits that do not follow each other");
        return Err(Error::invalid(refusal.at("pin")));
    }
    Ok(())
}

fn is_weak(pin: &str) -> bool {
    let digits: Vec<i16> = pin.bytes().map(|byte| i16::from(byte) - 48).collect();
    let steps = || digits.windows(2).map(|pair| (pair[1] - pair[0]).rem_euclid(10));
    let same_steps = steps().all(|step| step == 0) || steps().all(|step| step == 1) || steps().all(|step| step == 9);
    let (front, back) = digits.split_at(digits.len() / 2);
    let halves = front == back;
    let pairs = digits.chunks(2).all(|pair| pair.len() == 2 && pair[0] == pair[1]);
    let year = digits.len() == 4 && (pin.starts_with("19") || pin.starts_with("20"));
    same_steps || halves || pairs || year
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pin: &str, expect: Option<&str>) {
        assert_eq!(check_new(pin).err().map(|error| error.code()), expect, "{pin}");
    }

    #[test]
    fn weak_pins_are_refused() {
        for pin in ["1111", "00000000", "1234", "4321", "8901", "210987", "1212", "123123", "1122", "1988", "2026"] {
            check(pin, Some("pin_too_simple"));
        }
        for pin in ["", "123", "123456789", "12a4", "１２３４", "-123"] {
            check(pin, Some("pin_malformed"));
        }
        for pin in ["4826", "90317", "748291", "73019264"] {
            check(pin, None);
        }
    }
}
