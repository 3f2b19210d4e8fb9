//! Values as people read them.

use domain::{Currency, Lang, Money};

use super::{Value, local_minute};

impl Value {
    /// For a reader: `¥5,000.00`, `是` / `yes`, `2026-11-12 01:00` at the offset, lists joined; blanks and records are empty.
    #[must_use]
    pub fn say(&self, lang: Lang, offset_minutes: i32) -> String {
        match self {
            Self::Blank | Self::Record(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Money(money) => say_money(*money),
            Self::Bool(yes) => match (lang, yes) {
                (Lang::Zh, true) => "是",
                (Lang::Zh, false) => "否",
                (Lang::En, true) => "yes",
                (Lang::En, false) => "no",
            }
            .to_owned(),
            Self::Date(date) => date.to_string(),
            Self::DateTime(instant) => local_minute(*instant, offset_minutes),
            Self::Duration(duration) => duration.say(lang),
            Self::List(items) => {
                let said: Vec<String> =
                    items.iter().filter(|item| !item.is_blank()).map(|item| item.say(lang, offset_minutes)).collect();
                said.join(if lang == Lang::Zh { "、" } else { ", " })
            }
        }
    }
}

/// The symbol, thousands apart, all minor digits: `-¥1,234.50`.
#[must_use]
pub fn say_money(money: Money) -> String {
    let text = money.to_decimal_text();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let symbol = symbol(&money.currency);
    let fraction = fraction.map(|fraction| format!(".{fraction}")).unwrap_or_default();
    format!("{sign}{symbol}{grouped}{fraction}")
}

/// A code instead of a symbol stands apart.
fn symbol(currency: &Currency) -> String {
    let symbol = currency.symbol();
    if symbol == currency.code() { format!("{symbol} ") } else { symbol.to_owned() }
}
