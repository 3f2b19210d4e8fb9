//! XLSX: numbers as numbers, texts as texts, never as formulas.

use domain::Lang;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::table::{Cell, Table};
use crate::error::Error;

/// A column's width in characters.
const WIDTH: f64 = 18.0;

/// The table as a workbook of one sheet.
///
/// # Errors
/// `Internal` when it cannot be written: more rows than a sheet has.
pub fn to_xlsx(table: &Table, lang: Lang) -> Result<Vec<u8>, Error> {
    write(table, lang).map_err(|error| Error::internal(format!("xlsx: {error}")))
}

fn write(table: &Table, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.title.get(lang))?;
    let bold = Format::new().set_bold();
    for (column, heading) in (0_u16..).zip(&table.headings) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_string_with_format(0, column, heading.get(lang), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Word(word) => sheet.write_string(row, column, word.get(lang))?,
                // Beyond 2^53 a spreadsheet loses digits: such numbers are names.
                Cell::Number(number) if number.unsigned_abs() > 1 << 53 => {
                    sheet.write_string(row, column, number.to_string())?
                }
                Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
                Cell::Decimal(number) => match number.parse::<f64>() {
                    Ok(value) => sheet.write_number(row, column, value)?,
                    Err(_) => sheet.write_string(row, column, number)?,
                },
                Cell::Money(money) => {
                    let digits = money.currency.digits() as usize;
                    let shape = if digits == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(digits)) };
                    let amount = money.minor as f64 / money.currency.scale() as f64;
                    sheet.write_number_with_format(row, column, amount, &Format::new().set_num_format(shape))?
                }
            };
        }
    }
    workbook.save_to_buffer()
}
