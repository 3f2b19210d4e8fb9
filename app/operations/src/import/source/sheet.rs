//! Excel workbooks as rows: the first sheet that has any, streamed cell by cell.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, open_workbook};

use super::record::Record;
use super::{Visit, unreadable};
use crate::error::{Error, Refusal};

/// What a workbook may unpack to: all shared texts are held in memory, sheets are streamed.
const SHARED_BYTES_MAX: u64 = 256 << 20;
const SHEET_BYTES_MAX: u64 = 2 << 30;
/// From here on a number in a cell has lost digits.
const EXACT_MAX: f64 = 1e15;

/// Refuses a file that unpacks to more than memory is there for. Counted, not believed: a file may lie about it.
pub(super) fn refuse_bombs(path: &Path) -> Result<(), Error> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| no_workbook())?;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| no_workbook())?;
        let is_sheet = entry.name().map_err(|_| no_workbook())?.starts_with("xl/worksheets/");
        let most = if is_sheet { SHEET_BYTES_MAX } else { SHARED_BYTES_MAX };
        let unpacked = io::copy(&mut entry.take(most + 1), &mut io::sink()).map_err(|_| no_workbook())?;
        if unpacked > most {
            let refusal = Refusal::new("too_large_unpacked", "工作簿解压后过大", "the workbook unpacks to too much")
                .help("请另存为 CSV 再导入", "save it as CSV and import that");
            return Err(Error::invalid(refusal));
        }
    }
    Ok(())
}

/// The headers of the first sheet with rows.
pub(super) fn headers(path: &Path) -> Result<Vec<String>, Error> {
    let mut headers = Vec::new();
    each_row(path, &mut |cells, _, _| {
        headers = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(false)
    })?;
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    Ok(headers)
}

/// All rows below the header.
pub(super) fn rows(path: &Path, width: usize, bytes: u64, visit: &mut Visit<'_>) -> Result<(), Error> {
    let mut record = Record::default();
    let mut header_passed = false;
    each_row(path, &mut |cells, row, rows| {
        if !header_passed {
            header_passed = true;
            return Ok(true);
        }
        record.begin();
        // A sheet has no ragged rows: cells that were never filled are empty.
        for column in 0..width.max(cells.len()) {
            record.push(cells.get(column).map_or("", String::as_str));
        }
        record.raw = super::super::read::csv_line(cells.iter().map(String::as_str));
        record.row += 1;
        let done = u128::from(bytes) * u128::from(row + 1) / u128::from(rows.max(1));
        visit(&record, u64::try_from(done).unwrap_or(bytes).min(bytes))
    })
}

type EachRow<'v> = dyn FnMut(&[String], u32, u32) -> Result<bool, Error> + 'v;

// Calls with the cells of each row that has any, its number and how many rows the sheet claims to have.
fn each_row(path: &Path, each: &mut EachRow<'_>) -> Result<(), Error> {
    let mut book: Xlsx<BufReader<File>> = open_workbook(path).map_err(|_| no_workbook())?;
    for name in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&name).map_err(|_| no_workbook())?;
        let rows = reader.dimensions().end.0.saturating_add(1);
        let mut cells: Vec<String> = Vec::new();
        let mut current: Option<u32> = None;
        let mut any = false;
        while let Some(cell) = reader.next_cell().map_err(|_| no_workbook())? {
            let (row, column) = cell.get_position();
            if let Some(before) = current.filter(|before| *before != row) {
                any |= cells.iter().any(|cell| !cell.trim().is_empty());
                if any && filled(&cells) && !each(&cells, before, rows)? {
                    return Ok(());
                }
                cells.clear();
            }
            current = Some(row);
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column < super::COLUMNS_MAX {
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if let Some(slot) = cells.get_mut(column) {
                    *slot = text(cell.get_value());
                }
            }
        }
        any |= filled(&cells);
        if filled(&cells) {
            each(&cells, current.unwrap_or(0), rows)?;
        }
        if any {
            return Ok(());
        }
    }
    Ok(())
}

fn filled(cells: &[String]) -> bool {
    cells.iter().any(|cell| !cell.trim().is_empty())
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => of_float(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => u8::from(*flag).to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

// A number too long to be exact is marked, because it was an order number or a barcode before Excel read it.
fn of_float(number: f64) -> String {
    if number.abs() >= EXACT_MAX {
        return format!("{number}{INEXACT}");
    }
    // Fifteen digits are what a sheet shows: 0.1 + 0.2 is 0.3.
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{shown}")
}

/// What stands behind a number that lost digits.
pub(crate) const INEXACT: char = '\u{FFFC}';

fn no_workbook() -> Error {
    let refusal =
        Refusal::new("not_a_workbook", "不是有效的 Excel 工作簿（.xlsx）", "is not an Excel workbook (.xlsx)")
            .help("请另存为 .xlsx 或 CSV 再导入", "save it as .xlsx or CSV and import that");
    Error::invalid(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cells() {
        assert_eq!(of_float(12.0), "12");
        assert_eq!(of_float(13_800_000_042.0), "13800000042");
        assert_eq!(of_float(0.1 + 0.2), "0.3");
        assert_eq!(of_float(21_253.46), "21253.46");
        assert!(of_float(1.234_567_890_123_456_7e17).ends_with(INEXACT));
    }
}
