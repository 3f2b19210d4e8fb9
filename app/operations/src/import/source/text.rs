//! Separated text as rows. Lines are the unit, so that a quotation mark that is never closed costs one line.

use std::io;
use std::path::Path;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::decode::Decoded;
use super::encoding::Encoding;
use super::record::{Record, Trouble};
use super::{Visit, delimiter, unreadable};
use crate::error::Error;

/// Lines and bytes that one row with line breaks in quotation marks may take.
const ROW_LINES_MAX: usize = 100;
const ROW_BYTES_MAX: usize = 1 << 16;
/// A line longer than this is read as several.
const LINE_BYTES_MAX: usize = 1 << 20;

/// The separator and the headers.
pub(super) fn header(path: &Path, encoding: Encoding) -> io::Result<(u8, Vec<String>)> {
    let mut lines = Lines::open(path, encoding)?;
    let mut declared = None;
    while let Some(line) = lines.next()? {
        let text = String::from_utf8_lossy(lines.bytes(&line)).into_owned();
        if text.trim().is_empty() {
            lines.forget(&line);
            continue;
        }
        if let Some(separator) = delimiter::declared(&text) {
            declared = Some(separator);
            lines.forget(&line);
            continue;
        }
        let separator = declared.unwrap_or_else(|| delimiter::sniff(&text));
        let mut rows = Rows::new(lines, separator, None);
        let mut record = Record::default();
        rows.next_from(line, &mut record)?;
        let headers = (0..record.width()).map(|column| record.get(column).to_owned()).collect();
        return Ok((separator, headers));
    }
    Ok((b',', Vec::new()))
}

/// All rows below the header.
pub(super) fn rows(
    path: &Path,
    encoding: Encoding,
    separator: u8,
    width: usize,
    visit: &mut Visit<'_>,
) -> Result<(), Error> {
    let lines = Lines::open(path, encoding).map_err(|error| unreadable(&error))?;
    let mut rows = Rows::new(lines, separator, Some(width));
    let mut record = Record::default();
    let mut header_passed = false;
    while rows.next(&mut record).map_err(|error| unreadable(&error))? {
        if record.is_blank() {
            continue;
        }
        if !header_passed {
            header_passed = delimiter::declared(&record.raw).is_none();
            continue;
        }
        record.row += 1;
        if !visit(&record, rows.lines.consumed())? {
            return Ok(());
        }
    }
    Ok(())
}

/// Where a line stands in the buffer, without its end.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    next: usize,
}

struct Lines {
    input: Decoded,
    buffer: Vec<u8>,
    // What is before is not needed any more.
    kept: usize,
    // Where the next line begins.
    next: usize,
    ended: bool,
}

impl Lines {
    fn open(path: &Path, encoding: Encoding) -> io::Result<Self> {
        let input = Decoded::open(path, encoding)?;
        Ok(Self { input, buffer: Vec::new(), kept: 0, next: 0, ended: false })
    }

    fn bytes(&self, line: &Line) -> &[u8] {
        self.buffer.get(line.start..line.end).unwrap_or_default()
    }

    /// Lets go of everything up to the end of a line.
    fn forget(&mut self, line: &Line) {
        self.kept = line.next;
        self.next = line.next;
    }

    /// Goes back to the line after this one.
    fn resume_after(&mut self, line: &Line) {
        self.next = line.next;
    }

    /// Bytes of the file that the rows so far took, about.
    fn consumed(&self) -> u64 {
        self.input.read.saturating_sub((self.buffer.len() - self.next.min(self.buffer.len())) as u64)
    }

    /// The next line. Positions before it stay valid until something is forgotten.
    fn next(&mut self) -> io::Result<Option<Line>> {
        let mut searched = self.next;
        loop {
            let rest = self.buffer.get(searched..).unwrap_or_default();
            let found = memchr::memchr(b'\n', rest).map(|offset| searched + offset);
            if let Some(newline) = found {
                return Ok(Some(self.line_to(newline, newline + 1)));
            }
            searched = self.buffer.len();
            if searched - self.next > LINE_BYTES_MAX {
                return Ok(Some(self.line_to(searched, searched)));
            }
            if self.ended {
                let left = searched > self.next;
                return Ok(left.then(|| self.line_to(searched, searched)));
            }
            searched -= self.compact();
            self.ended = !self.input.fill(&mut self.buffer)?;
        }
    }

    fn line_to(&mut self, end: usize, next: usize) -> Line {
        let start = self.next;
        let has_return = end > start && self.buffer.get(end - 1) == Some(&b'\r');
        self.next = next;
        Line { start, end: if has_return { end - 1 } else { end }, next }
    }

    // Moves what is still needed to the front; how far it moved.
    fn compact(&mut self) -> usize {
        let moved = self.kept;
        self.buffer.drain(..moved);
        self.next -= moved;
        self.kept = 0;
        moved
    }
}

struct Rows {
    lines: Lines,
    separator: u8,
    width: Option<usize>,
    parser: Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
    joined: Vec<u8>,
}

impl Rows {
    fn new(lines: Lines, separator: u8, width: Option<usize>) -> Self {
        let parser = ReaderBuilder::new().delimiter(separator).build();
        Self { lines, separator, width, parser, output: vec![0; 1 << 12], ends: vec![0; 64], joined: Vec::new() }
    }

    /// The next row; false at the end.
    fn next(&mut self, record: &mut Record) -> io::Result<bool> {
        match self.lines.next()? {
            Some(line) => self.next_from(line, record).map(|()| true),
            None => Ok(false),
        }
    }

    fn next_from(&mut self, line: Line, record: &mut Record) -> io::Result<()> {
        record.begin();
        let bytes = self.lines.bytes(&line);
        if memchr::memchr(b'"', bytes).is_none() {
            take(record, bytes);
            record.split(self.separator);
            self.lines.forget(&line);
            return Ok(());
        }
        self.quoted(line, record)
    }

    // A row with quotation marks may go on over several lines. When it does not end, or ends with another number of
    // columns than the header has, its first line alone is bad and reading goes on with the second.
    fn quoted(&mut self, first: Line, record: &mut Record) -> io::Result<()> {
        // Everything from here on stays in the buffer: line numbers are offsets from the kept part.
        self.lines.kept = first.start;
        let length = first.end - first.start;
        let mut taken = 1;
        self.joined.clear();
        let bytes = self.lines.bytes(&first);
        self.joined.extend_from_slice(bytes);
        loop {
            self.joined.push(b'\n');
            if let Some(columns) = self.parse() {
                let fits = self.width.is_none_or(|width| width == columns) && is_strict(&self.joined, self.separator);
                if taken > 1 && !fits {
                    break;
                }
                self.accept(columns, record);
                return Ok(());
            }
            if taken >= ROW_LINES_MAX || self.joined.len() > ROW_BYTES_MAX {
                break;
            }
            let Some(line) = self.lines.next()? else { break };
            let bytes = self.lines.bytes(&line);
            self.joined.extend_from_slice(bytes);
            taken += 1;
        }
        self.give_up(length, record);
        Ok(())
    }

    fn accept(&mut self, columns: usize, record: &mut Record) {
        let raw = self.joined.strip_suffix(b"\n").unwrap_or(&self.joined);
        take(record, raw);
        let mut start = 0;
        for end in self.ends.iter().take(columns).copied() {
            match self.output.get(start..end).map(std::str::from_utf8) {
                Some(Ok(text)) => record.push(text),
                _ => {
                    record.push("");
                    record.trouble = Some(Trouble::Encoding);
                }
            }
            start = end;
        }
        self.lines.kept = self.lines.next;
    }

    fn give_up(&mut self, length: usize, record: &mut Record) {
        // The buffer may have moved since the first line was found; it begins where the kept part does.
        let start = self.lines.kept;
        let end = start + length;
        let newline = self.lines.buffer.get(end..).unwrap_or_default().iter().position(|byte| *byte == b'\n');
        let first = Line { start, end, next: newline.map_or(self.lines.buffer.len(), |offset| end + offset + 1) };
        take(record, self.lines.bytes(&first));
        record.trouble = Some(Trouble::Quote);
        self.lines.resume_after(&first);
        self.lines.kept = first.next;
    }

    /// Parses what is joined; the number of columns when it is a whole row.
    fn parse(&mut self) -> Option<usize> {
        self.parser.reset();
        let (mut input, mut written, mut columns) = (self.joined.as_slice(), 0, 0);
        loop {
            let (result, read, wrote, ended) = {
                let output = self.output.get_mut(written..)?;
                let ends = self.ends.get_mut(columns..)?;
                self.parser.read_record(input, output, ends)
            };
            input = input.get(read..)?;
            written += wrote;
            columns += ended;
            match result {
                ReadRecordResult::Record => return Some(columns),
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return None,
            }
        }
    }
}

// Whether every quoted column is followed by a separator or the end: where it is not, its quotation mark closed one that
// an earlier line left open.
fn is_strict(row: &[u8], separator: u8) -> bool {
    let mut rest = row;
    loop {
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            let Some(after) = after_quoted(quoted) else { return false };
            rest = after;
            match rest.first() {
                None | Some(b'\n') => return true,
                Some(byte) if *byte == separator => rest = rest.get(1..).unwrap_or_default(),
                Some(_) => return false,
            }
        } else {
            match memchr::memchr(separator, rest) {
                Some(next) => rest = rest.get(next + 1..).unwrap_or_default(),
                None => return true,
            }
        }
    }
}

// What follows the quotation mark that closes a column.
fn after_quoted(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let after = rest.get(memchr::memchr(b'"', rest)? + 1..)?;
        match after.strip_prefix(b"\"") {
            Some(doubled) => rest = doubled,
            None => return Some(after),
        }
    }
}

fn take(record: &mut Record, raw: &[u8]) {
    match std::str::from_utf8(raw) {
        // What the decoder could not read stands as the replacement character.
        Ok(text) => {
            record.raw.push_str(text);
            if text.contains('\u{FFFD}') {
                record.trouble = Some(Trouble::Encoding);
            }
        }
        Err(_) => {
            record.raw.push_str(&String::from_utf8_lossy(raw));
            record.trouble = Some(Trouble::Encoding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: Encoding) -> Vec<(i64, String)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let (separator, headers) = header(file.path(), encoding).unwrap();
        let mut found = Vec::new();
        rows(file.path(), encoding, separator, headers.len(), &mut |record, _| {
            let columns: Vec<&str> = (0..record.width()).map(|column| record.get(column)).collect();
            let text = match record.trouble {
                None => columns.join("|"),
                Some(trouble) => format!("{trouble:?} {}", record.raw),
            };
            found.push((record.row, text));
            Ok(true)
        })
        .unwrap();
        found
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = read(text.as_bytes(), Encoding::Utf8).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn plain_and_quoted_rows() {
        check("a,b\n1,2\n3,4\n", &["1|2", "3|4"]);
        check("a,b\r\n1,2\r\n3,4", &["1|2", "3|4"]);
        check("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n3,4\n", &["x, y|say \"hi\"", "3|4"]);
        check("a,b\n\"two\nlines\",2\n3,4\n", &["two\nlines|2", "3|4"]);
        check("a;b\n1;2\n", &["1|2"]);
        check("sep=;\na;b\n1;2\n", &["1|2"]);
        check("\n a , b \n\n 1 , 2 \n,,\n", &["1|2"]);
        check("a,b\n5\" screen,2\n", &["5\" screen|2"]);
        check("a,b\n1,2,3\n4\n", &["1|2|3", "4"]);
    }

    #[test]
    fn an_unclosed_quotation_mark_costs_one_line() {
        check("a,b\n\"x,1\n2,3\n4,5\n", &["Quote \"x,1", "2|3", "4|5"]);
        check("a,b\n\"x,1\n2,3\n\"y\",5\n6,7\n", &["Quote \"x,1", "2|3", "y|5", "6|7"]);
        check("a,b\n1,\"x", &["Quote 1,\"x"]);
        let many = format!("a,b\n\"x,1\n{}", "2,3\n".repeat(5_000));
        let found = read(many.as_bytes(), Encoding::Utf8);
        assert_eq!(found.len(), 5_001);
        assert_eq!(found.last().map(|row| row.0), Some(5_001));
    }

    #[test]
    fn broken_bytes_cost_one_row() {
        let found = read(b"a,b\n1,\xB6\n3,4\n", Encoding::Utf8);
        assert_eq!(found, [(1, "Encoding 1,\u{FFFD}".to_owned()), (2, "3|4".to_owned())]);
        let gb = [encoding_rs::GB18030.encode("a,b\n上,衣\n").0.as_ref(), b"1,\xFF\n3,4\n"].concat();
        let found = read(&gb, Encoding::Gb18030);
        assert_eq!(found.first().map(|row| row.1.as_str()), Some("上|衣"));
        assert_eq!(found.get(1).map(|row| row.1.starts_with("Encoding")), Some(true));
        assert_eq!(found.get(2).map(|row| row.1.as_str()), Some("3|4"));
    }

    #[test]
    fn lines_across_chunks_are_whole() {
        let rows: String = (0..100_000).map(|row| format!("{row},\"v {row}\"\n")).collect();
        let found = read(format!("a,b\n{rows}").as_bytes(), Encoding::Utf8);
        assert_eq!(found.len(), 100_000);
        for (row, text) in found {
            assert_eq!(text, format!("{}|v {}", row - 1, row - 1));
        }
        let wide: Vec<u8> =
            format!("a,b\n{}", "上,衣\n".repeat(60_000)).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = read(&wide, Encoding::Utf16Le);
        assert_eq!(found.len(), 60_000);
        assert!(found.iter().all(|row| row.1 == "上|衣"));
    }
}
