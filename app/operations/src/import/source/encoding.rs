//! Which encoding a file is in, found by reading all of it once; the hash and the length come along.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// How a file's bytes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// GB18030, which GBK and GB2312 are parts of: what Chinese Excel saves as CSV.
    Gb18030,
    /// Little-endian: what Excel saves as Unicode text.
    Utf16Le,
    /// Big-endian.
    Utf16Be,
}

impl Encoding {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    pub(super) const fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }
}

/// What reading a file once tells.
pub(super) struct Scan {
    pub(super) encoding: Encoding,
    pub(super) bytes: u64,
    pub(super) hash: String,
}

const CHUNK_BYTES: usize = 1 << 18;

pub(super) fn scan(path: &Path) -> io::Result<Scan> {
    let mut file = File::open(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut chunk = vec![0_u8; CHUNK_BYTES];
    let mut utf8 = Utf8Check::default();
    let mut by_mark = None;
    let mut bytes = 0;
    loop {
        let count = file.read(&mut chunk)?;
        let Some(read) = chunk.get(..count).filter(|read| !read.is_empty()) else { break };
        if bytes == 0 {
            by_mark = of_mark(read).or_else(|| of_zeros(read));
        }
        bytes += count as u64;
        hasher.update(read);
        if by_mark.is_none() {
            utf8.take(read);
        }
    }
    let encoding = by_mark.unwrap_or_else(|| utf8.verdict());
    Ok(Scan { encoding, bytes, hash: hasher.finalize().to_hex().to_string() })
}

fn of_mark(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

// Text in UTF-16 without a mark: every other byte of the header's letters and separators is zero.
fn of_zeros(head: &[u8]) -> Option<Encoding> {
    let sample = head.get(..head.len().min(256)).unwrap_or(head);
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let enough = sample.len() / 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(Encoding::Utf16Le),
        (even, 0) if even > enough => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Counts what is and is not UTF-8 across chunks.
#[derive(Default)]
struct Utf8Check {
    // The beginning of a character that the chunk's end cut off.
    cut: Vec<u8>,
    characters: u64,
    faults: u64,
}

impl Utf8Check {
    fn take(&mut self, chunk: &[u8]) {
        let joined;
        let mut rest = if self.cut.is_empty() {
            chunk
        } else {
            joined = [std::mem::take(&mut self.cut).as_slice(), chunk].concat();
            &joined
        };
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.count(text);
                    return;
                }
                Err(error) => {
                    let (valid, bad) = rest.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(valid).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        self.cut = bad.to_vec();
                        return;
                    };
                    self.faults += 1;
                    rest = bad.get(length..).unwrap_or_default();
                }
            }
        }
    }

    fn count(&mut self, text: &str) {
        if !text.is_ascii() {
            self.characters += text.chars().filter(|c| !c.is_ascii()).count() as u64;
        }
    }

    // A UTF-8 file with a few broken rows stays UTF-8, so that only those rows are bad.
    fn verdict(&self) -> Encoding {
        let faults = self.faults + u64::from(!self.cut.is_empty());
        if faults == 0 || self.characters > faults * 20 { Encoding::Utf8 } else { Encoding::Gb18030 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expect: Encoding) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let scan = scan(file.path()).unwrap();
        assert_eq!(scan.encoding, expect);
        assert_eq!(scan.bytes, bytes.len() as u64);
        assert_eq!(scan.hash, blake3::hash(bytes).to_hex().to_string());
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "订单号,商品\r\nA1,上衣\r\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        check(text.as_bytes(), Encoding::Utf8);
        check(&[b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8);
        check(b"order_no,sku\n", Encoding::Utf8);
        check(&encoding_rs::GB18030.encode(text).0, Encoding::Gb18030);
        check(&[b"\xFF\xFE".as_slice(), &utf16(u16::to_le_bytes)].concat(), Encoding::Utf16Le);
        check(&[b"\xFE\xFF".as_slice(), &utf16(u16::to_be_bytes)].concat(), Encoding::Utf16Be);
        let plain: Vec<u8> = "order_no,sku\nA1,B2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&plain, Encoding::Utf16Le);
        let mostly = [text.repeat(20).as_bytes(), b"A2,\xB6\n"].concat();
        check(&mostly, Encoding::Utf8);
    }

    #[test]
    fn a_character_cut_by_a_chunk_is_whole() {
        let text = format!("{}订", "a".repeat(CHUNK_BYTES - 1));
        check(text.as_bytes(), Encoding::Utf8);
    }
}
