//! GS1 element strings, as two-dimensional codes on goods carry them: article, lot, expiry and serial in one scan. Fields
//! of changing length end with the group separator.

use crate::LocalDate;

/// The group separator.
pub const SEPARATOR: char = '\u{1d}';

/// What a code on goods says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gs1 {
    /// The article's number, 14 digits with its check digit (01).
    pub gtin: String,
    /// Lot (10).
    pub lot: Option<String>,
    /// Last day of use (17).
    pub expires_on: Option<LocalDate>,
    /// Serial (21).
    pub serial: Option<String>,
}

impl Gs1 {
    /// Reads a code that begins with an article; `None` for anything else, and for one with a wrong check digit or a
    /// field that is not known here.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let code = code.trim_matches(|letter: char| letter.is_whitespace() || letter == SEPARATOR);
        let code = ["]C1", "]d2", "]Q3", "]e0"].iter().find_map(|prefix| code.strip_prefix(prefix)).unwrap_or(code);
        let mut rest = code.trim_start_matches(SEPARATOR).strip_prefix("01")?;
        let mut found = Self { gtin: digits(&mut rest, 14)?, ..Self::default() };
        if !check_digit_fits(&found.gtin) {
            return None;
        }
        while !rest.is_empty() {
            rest = rest.trim_start_matches(SEPARATOR);
            if rest.is_empty() {
                break;
            }
            found.field(&mut rest)?;
        }
        Some(found)
    }

    /// The numbers a barcode of the same article may show: 14, 13, 12 and 8 digits, as far as it has leading zeros.
    #[must_use]
    pub fn barcodes(&self) -> Vec<String> {
        let shorter = |zeros: usize| {
            let (front, number) = self.gtin.split_at_checked(zeros)?;
            front.bytes().all(|digit| digit == b'0').then(|| number.to_owned())
        };
        [0, 1, 2, 6].into_iter().filter_map(shorter).collect()
    }

    fn field(&mut self, rest: &mut &str) -> Option<()> {
        let name = rest.get(..2)?;
        *rest = rest.get(2..)?;
        match name {
            "10" => self.lot = Some(until_separator(rest)?),
            "21" => self.serial = Some(until_separator(rest)?),
            "17" => self.expires_on = Some(date(&digits(rest, 6)?)?),
            "11" | "12" | "13" | "15" | "16" => drop(digits(rest, 6)?),
            "20" => drop(digits(rest, 2)?),
            "30" | "37" => drop(until_separator(rest)?),
            _ => return None,
        }
        Some(())
    }
}

fn digits(rest: &mut &str, count: usize) -> Option<String> {
    let (own, left) = rest.split_at_checked(count)?;
    *rest = left;
    own.bytes().all(|digit| digit.is_ascii_digit()).then(|| own.to_owned())
}

fn until_separator(rest: &mut &str) -> Option<String> {
    let (own, left) = rest.split_once(SEPARATOR).unwrap_or((rest, ""));
    *rest = left;
    (!own.is_empty() && own.len() <= 20).then(|| own.to_owned())
}

/// `YYMMDD`; day 00 is the month's last.
fn date(text: &str) -> Option<LocalDate> {
    let number = |from: usize| text.get(from..from + 2)?.parse::<u32>().ok();
    let (year, month, day) = (2000 + i32::try_from(number(0)?).ok()?, number(2)?, number(4)?);
    if day > 0 {
        return LocalDate::from_ymd(year, month, day);
    }
    let next = if month == 12 { LocalDate::from_ymd(year + 1, 1, 1) } else { LocalDate::from_ymd(year, month + 1, 1) };
    next.map(|first| first.plus_days(-1))
}

fn check_digit_fits(gtin: &str) -> bool {
    let weighted = gtin.bytes().rev().enumerate().map(|(at, digit)| {
        let weight = if at % 2 == 0 { 1 } else { 3 };
        u32::from(digit.saturating_sub(b'0')) * weight
    });
    weighted.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, lot: Option<&str>, expires: Option<&str>, serial: Option<&str>) {
        let found = Gs1::read(code).unwrap_or_default();
        assert_eq!(found.gtin, "06901234567892", "{code:?}");
        let expires_on = found.expires_on.map(|day| day.to_string());
        assert_eq!(
            (found.lot.as_deref(), expires_on.as_deref(), found.serial.as_deref()),
            (lot, expires, serial),
            "{code:?}"
        );
    }

    #[test]
    fn lot_expiry_and_serial_are_read_in_any_order() {
        check("0106901234567892", None, None, None);
        check("010690123456789217270131", None, Some("2027-01-31"), None);
        check("010690123456789217270200", None, Some("2027-02-28"), None);
        check("010690123456789210LOT7\u{1d}21SER9\u{1d}17261231", Some("LOT7"), Some("2026-12-31"), Some("SER9"));
        check("\u{1d}0106901234567892\u{1d}10LOT7\u{1d}", Some("LOT7"), None, None);
        check("]d201069012345678921126010110A", Some("A"), None, None);
    }

    #[test]
    fn what_is_no_article_is_left_alone() {
        for code in [
            "0106901234567890",
            "6901234567892",
            "01069012345678921727",
            "0106901234567892991",
            "SF0106901234567892",
            "0106901234567892店10A",
            "",
        ] {
            assert_eq!(Gs1::read(code), None, "{code:?}");
        }
    }

    #[test]
    fn the_shorter_numbers_of_an_article_are_told() {
        let numbers = |code| Gs1::read(code).map(|found| found.barcodes()).unwrap_or_default();
        assert_eq!(numbers("0106901234567892"), ["06901234567892", "6901234567892"]);
    }
}
