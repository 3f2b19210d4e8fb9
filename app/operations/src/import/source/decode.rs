//! A file's bytes as UTF-8, chunk by chunk, without the byte order mark.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::encoding::Encoding;

const CHUNK_BYTES: usize = 1 << 18;

pub(super) struct Decoded {
    file: File,
    // UTF-8 passes through as it is, so that broken rows can be told one by one.
    decoder: Option<encoding_rs::Decoder>,
    chunk: Vec<u8>,
    /// Bytes of the file read so far.
    pub(super) read: u64,
    ended: bool,
}

impl Decoded {
    pub(super) fn open(path: &Path, encoding: Encoding) -> io::Result<Self> {
        let file = File::open(path)?;
        let decoder = (encoding != Encoding::Utf8).then(|| encoding.decoder().new_decoder_with_bom_removal());
        Ok(Self { file, decoder, chunk: vec![0; CHUNK_BYTES], read: 0, ended: false })
    }

    /// Appends the next chunk to `into`; false at the end.
    pub(super) fn fill(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let count = self.file.read(&mut self.chunk)?;
        let bytes = self.chunk.get(..count).unwrap_or_default();
        self.ended = bytes.is_empty();
        match &mut self.decoder {
            Some(decoder) => decode(decoder, bytes, self.ended, into),
            None if self.read == 0 => into.extend_from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
            None => into.extend_from_slice(bytes),
        }
        self.read += count as u64;
        Ok(!self.ended || self.decoder.is_some())
    }
}

fn decode(decoder: &mut encoding_rs::Decoder, bytes: &[u8], last: bool, into: &mut Vec<u8>) {
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
    let start = into.len();
    into.resize(start + room, 0);
    let written = match into.get_mut(start..) {
        Some(free) => decoder.decode_to_utf8(bytes, free, last).2,
        None => 0,
    };
    into.truncate(start + written);
}
