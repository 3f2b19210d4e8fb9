//! Reads files as rows: CSV in several encodings, and XLSX. One bad line never takes its neighbours with it.

mod decode;
mod delimiter;
mod encoding;
mod record;
mod sheet;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use encoding::Encoding;
pub use record::{Record, Trouble};
pub(crate) use sheet::INEXACT;

use crate::error::{Error, Refusal};

/// Columns of a file at most.
const COLUMNS_MAX: usize = 1_000;

/// A file, looked at.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    format: Format,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of its bytes, hex.
    pub hash: String,
    /// Its headers, trimmed.
    pub headers: Vec<String>,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Separated text.
    Text {
        /// How its bytes are read.
        encoding: Encoding,
        /// What separates columns.
        delimiter: u8,
    },
    /// An Excel workbook; its first sheet with rows is read.
    Sheet,
}

/// Called with each row and with how many of the file's bytes are read; false stops.
pub type Visit<'v> = dyn FnMut(&Record, u64) -> Result<bool, Error> + 'v;

impl Source {
    /// Looks at a file: format, encoding, separator, headers, hash.
    ///
    /// # Errors
    /// `Invalid` when it is empty or of no known format; `Internal` when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut head = [0_u8; 4];
        let length = read_up_to(&mut file, &mut head).map_err(|error| unreadable(&error))?;
        let is_zip = head.get(..length) == Some(b"PK\x03\x04");
        let scan = encoding::scan(path).map_err(|error| unreadable(&error))?;
        if scan.bytes == 0 {
            return Err(Error::invalid(Refusal::new("empty_file", "文件是空的", "the file is empty")));
        }
        let mut source =
            Self { path: path.to_owned(), format: Format::Sheet, bytes: scan.bytes, hash: scan.hash, headers: vec![] };
        if is_zip {
            sheet::refuse_bombs(path)?;
            source.headers = sheet::headers(path)?;
        } else {
            let encoding = scan.encoding;
            let (delimiter, headers) = text::header(path, encoding).map_err(|error| unreadable(&error))?;
            source.format = Format::Text { encoding, delimiter };
            source.headers = headers;
        }
        let named = source.headers.iter().filter(|header| !header.is_empty()).count();
        if named == 0 || source.headers.len() > COLUMNS_MAX {
            let refusal = Refusal::new("no_header", "文件第一行应为列名", "the first line must name the columns");
            return Err(Error::invalid(refusal));
        }
        Ok(source)
    }

    /// The same file at another place.
    #[must_use]
    pub(super) fn at(mut self, path: &Path) -> Self {
        self.path = path.to_owned();
        self
    }

    /// How it is written.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// What separates the columns of its rows as they are kept.
    #[must_use]
    pub const fn separator(&self) -> char {
        match self.format {
            Format::Text { delimiter, .. } => delimiter as char,
            Format::Sheet => ',',
        }
    }

    /// Reads all rows below the header, in order.
    ///
    /// # Errors
    /// What `visit` returns; `Internal` when the file cannot be read.
    pub fn rows(&self, visit: &mut Visit<'_>) -> Result<(), Error> {
        match self.format {
            Format::Text { encoding, delimiter } => {
                text::rows(&self.path, encoding, delimiter, self.headers.len(), visit)
            }
            Format::Sheet => sheet::rows(&self.path, self.headers.len(), self.bytes, visit),
        }
    }
}

/// The cells of a row as it is kept.
pub(super) fn cells_of(raw: &str, separator: char) -> Vec<String> {
    let separator = u8::try_from(separator).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(raw.as_bytes());
    let mut record = csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        _ => vec![raw.to_owned()],
    }
}

pub(super) fn unreadable(error: &io::Error) -> Error {
    Error::internal(format!("the file cannot be read: {error}"))
}

// Fewer bytes than asked for only at the end.
fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}
