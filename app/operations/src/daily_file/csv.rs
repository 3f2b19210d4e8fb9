//! CSV for Excel and for an ERP: UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

use domain::Lang;

use super::table::{Cell, Table};
use crate::error::Error;

/// What a spreadsheet takes for the start of a formula.
const FORMULA_STARTS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n'];

/// The table as CSV.
///
/// # Errors
/// `Internal` when it cannot be written, which memory alone could cause.
pub fn to_csv(table: &Table, lang: Lang) -> Result<Vec<u8>, Error> {
    let internal = |error: &dyn std::fmt::Display| Error::internal(format!("csv: {error}"));
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let headings = table.headings.iter().map(|heading| safe(heading.get(lang)));
    writer.write_record(headings).map_err(|error| internal(&error))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| text(cell, lang))).map_err(|error| internal(&error))?;
    }
    let body = writer.into_inner().map_err(|error| internal(&error))?;
    let mut file = Vec::with_capacity(body.len() + 3);
    file.extend_from_slice("\u{feff}".as_bytes());
    file.extend_from_slice(&body);
    Ok(file)
}

fn text(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Word(word) => safe(word.get(lang)),
        // Numbers are ours: a minus before digits is no formula.
        Cell::Number(number) => number.to_string(),
        Cell::Decimal(number) => number.clone(),
        Cell::Money(money) => money.to_decimal_text(),
    }
}

/// A text that a spreadsheet shows as it is: an apostrophe stands before anything it would calculate.
pub(super) fn safe(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money, Text};

    use super::*;

    #[test]
    fn excel_reads_it_and_runs_nothing() {
        let table = Table {
            title: Text::new("表", "table"),
            headings: vec![Text::new("名称", "name"), Text::new("金额", "amount"), Text::new("数量", "quantity")],
            rows: vec![
                vec![
                    Cell::text("=cmd|' /C calc'!A0"),
                    Cell::Money(Money::new(-1_234, Currency::CNY)),
                    Cell::Number(-2),
                ],
                vec![Cell::text("a, \"b\"\nc"), Cell::Word(Text::new("@好", "@fine")), Cell::Number(1)],
            ],
        };
        let file = to_csv(&table, Lang::Zh).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let expect = "\u{feff}名称,金额,数量\r\n'=cmd|' /C calc'!A0,-12.34,-2\r\n\"a, \"\"b\"\"\nc\",'@好,1\r\n";
        assert_eq!(file.ok().as_deref(), Some(expect));
    }
}
