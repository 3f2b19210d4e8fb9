//! The reader's language and everything that depends on it: texts, money, dates, durations, numbers.
//!
//! Formatting functions are pure (language, instant and zone come in as arguments) and are tested natively.

mod language;
mod money;
mod number;
mod text;
mod time;
pub mod vocabulary;

pub use language::{Lang, lang, lang_untracked, set_lang, start, use_lang};
pub use money::{AmountProblem, currency_symbol, minor_digits, money, money_plain, parse_amount};
pub use number::{big_number, bytes, decimal, integer, percent, plural};
pub use text::{Text, Words, pick, text};
pub use time::{
    Civil, civil, clock_time, date, date_of_input, date_time, date_to_input, due, duration, relative, set_zone,
    short_duration, when, zone_minutes,
};

#[cfg(test)]
mod tests;
