//! Amounts of money: integer minor units in, text out, and back from what a person types.

use super::Lang;

/// What is wrong with a typed amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountProblem {
    /// Something other than digits, separators, a sign and one decimal point.
    NotANumber,
    /// More decimals than the currency has.
    TooPrecise,
    /// Outside what can be counted in minor units.
    TooLarge,
}

/// The symbol written before an amount; ambiguous ones carry their country.
pub fn currency_symbol(lang: Lang, currency: &str) -> &str {
    match (currency, lang) {
        ("CNY", _) => "¥",
        ("USD", Lang::En) => "$",
        ("USD", Lang::Zh) => "US$",
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("JPY", _) => "JP¥",
        ("KRW", _) => "₩",
        ("HKD", _) => "HK$",
        ("TWD", _) => "NT$",
        ("SGD", _) => "S$",
        ("AUD", _) => "A$",
        ("CAD", _) => "C$",
        ("MYR", _) => "RM",
        ("THB", _) => "฿",
        ("VND", _) => "₫",
        ("INR", _) => "₹",
        _ => currency,
    }
}

/// How many decimals the currency's minor unit has (ISO 4217).
pub fn minor_digits(currency: &str) -> u8 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "PYG" | "UGX" | "XAF" | "XOF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// `¥1,234.50`, `-¥1,234.50`; an unknown currency is written by its code: `CHF 1,234.50`.
pub fn money(lang: Lang, amount_minor: i64, currency: &str) -> String {
    let symbol = currency_symbol(lang, currency);
    let sign = if amount_minor < 0 { "-" } else { "" };
    let gap = if symbol == currency { "\u{a0}" } else { "" };
    format!("{sign}{symbol}{gap}{}", magnitude(amount_minor, minor_digits(currency)))
}

/// The amount without a currency, for inputs: `1234.50`.
pub fn money_plain(amount_minor: i64, digits: u8) -> String {
    let sign = if amount_minor < 0 { "-" } else { "" };
    format!("{sign}{}", magnitude(amount_minor, digits).replace(',', ""))
}

fn magnitude(amount_minor: i64, digits: u8) -> String {
    let scale = 10_u64.pow(u32::from(digits));
    let amount = amount_minor.unsigned_abs();
    let whole = super::number::grouped(amount / scale);
    if digits == 0 {
        return whole;
    }
    format!("{whole}.{:0width$}", amount % scale, width = usize::from(digits))
}

/// Reads what a person typed (`1,234.5`, `￥１２`, `1234。50`) as minor units; blank is `None`.
pub fn parse_amount(typed: &str, digits: u8) -> Result<Option<i64>, AmountProblem> {
    let cleaned: String = typed.chars().filter_map(ordinary).collect();
    if cleaned.is_empty() {
        return Ok(None);
    }
    let (negative, number) = match cleaned.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, cleaned.as_str()),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return Err(AmountProblem::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let width = usize::from(digits);
    if fraction.len() > width {
        return Err(AmountProblem::TooPrecise);
    }
    let minor = format!("{whole}{fraction:0<width$}");
    let minor: i64 = minor.parse().map_err(|_| AmountProblem::TooLarge)?;
    Ok(Some(if negative { -minor } else { minor }))
}

/// Maps what a Chinese input method produces to plain characters and drops separators and symbols.
fn ordinary(typed: char) -> Option<char> {
    match typed {
        '０'..='９' => char::from_u32(typed as u32 - '０' as u32 + '0' as u32),
        '．' | '。' => Some('.'),
        '－' | '−' | '–' => Some('-'),
        ',' | '，' | '¥' | '￥' | '$' | '€' | '£' => None,
        other if other.is_whitespace() => None,
        other => Some(other),
    }
}
