//! Counts, shares and sizes as people read them.

use super::Lang;

/// `1,234,567`.
pub fn integer(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(value.unsigned_abs()))
}

pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with at most `decimals` decimals, trailing zeros kept: `12.50`.
pub fn decimal(value: f64, decimals: u8) -> String {
    let text = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { "-" } else { "" };
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A share given in thousandths: `123` is `12.3%`.
pub fn percent(permille: i64) -> String {
    let sign = if permille < 0 { "-" } else { "" };
    let permille = permille.unsigned_abs();
    let tenth = permille % 10;
    if tenth == 0 { format!("{sign}{}%", permille / 10) } else { format!("{sign}{}.{tenth}%", permille / 10) }
}

/// Large numbers on boards: `1.2 万`, `3.4 亿` in Chinese, `12.3k`, `1.2M`, `3.4B` in English; below 10,000 exact.
pub fn big_number(lang: Lang, value: i64) -> String {
    let size = value.unsigned_abs();
    if size < 10_000 {
        return integer(value);
    }
    // The next unit starts where rounding to one decimal would print its first whole number.
    let units: &[(u64, &str)] = match lang {
        Lang::Zh => &[(1_000_000_000_000, "\u{a0}万亿"), (100_000_000, "\u{a0}亿"), (10_000, "\u{a0}万")],
        Lang::En => &[(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k")],
    };
    let sign = if value < 0 { "-" } else { "" };
    for (unit, name) in units {
        let tenths = tenths_of(size, *unit);
        if tenths >= 10 {
            let whole = grouped(tenths / 10);
            let tenth = tenths % 10;
            return if tenth == 0 { format!("{sign}{whole}{name}") } else { format!("{sign}{whole}.{tenth}{name}") };
        }
    }
    integer(value)
}

/// `size / unit` in tenths, rounded half up.
fn tenths_of(size: u64, unit: u64) -> u64 {
    let tenth = unit / 10;
    size / tenth + u64::from(size % tenth >= tenth.div_ceil(2))
}

/// A file size: `812 B`, `1.2 MB` (powers of 1000, as file managers of today count).
pub fn bytes(size_bytes: u64) -> String {
    for (unit, name) in [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")] {
        let tenths = tenths_of(size_bytes, unit);
        if tenths >= 10 {
            return format!("{}.{}\u{a0}{name}", tenths / 10, tenths % 10);
        }
    }
    format!("{size_bytes}\u{a0}B")
}

/// The English word for `count` things.
pub fn plural(count: i64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
