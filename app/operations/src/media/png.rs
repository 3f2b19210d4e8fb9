//! PNG: critical chunks and those that change colours, transparency or animation stay; texts, times and Exif go, except for
//! which way up it is.

use super::bytes::Bytes;
use super::{Spoiled, check_size, exif};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";
/// What is drawn by.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"hIST", b"acTL", b"fcTL", b"fdAT",
];

/// The picture alone.
pub(super) fn strip(content: &[u8]) -> Result<Vec<u8>, Spoiled> {
    let mut bytes = Bytes::new(content);
    bytes.expect(SIGNATURE)?;
    let mut kept = SIGNATURE.to_vec();
    let mut orientation = None;
    let mut header_end = 0;
    let mut has_data = false;
    loop {
        let whole = bytes;
        let length = usize::try_from(bytes.u32_be()?).map_err(|_| Spoiled::Broken)?;
        let name: &[u8; 4] = bytes.take(4)?.try_into().map_err(|_| Spoiled::Broken)?;
        let data = bytes.take(length)?;
        bytes.take(4)?;
        if header_end == 0 {
            check_header(name, data)?;
        }
        if name == b"eXIf" {
            orientation = orientation.or_else(|| exif::orientation(data));
        }
        if KEPT.contains(&name) {
            kept.extend(whole.rest().get(..length + 12).ok_or(Spoiled::Broken)?);
        }
        if header_end == 0 {
            header_end = kept.len();
        }
        has_data |= name == b"IDAT";
        if name == b"IEND" {
            break;
        }
    }
    if !has_data {
        return Err(Spoiled::Broken);
    }
    if let Some(orientation) = orientation {
        kept.splice(header_end..header_end, chunk(b"eXIf", &exif::upright(orientation)));
    }
    Ok(kept)
}

fn check_header(name: &[u8; 4], data: &[u8]) -> Result<(), Spoiled> {
    if name != b"IHDR" || data.len() != 13 {
        return Err(Spoiled::Broken);
    }
    let mut bytes = Bytes::new(data);
    check_size(bytes.u32_be()?, bytes.u32_be()?)
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len()).unwrap_or(0).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend(data);
    let sum = crc32(chunk.get(4..).unwrap_or_default());
    chunk.extend(sum.to_be_bytes());
    chunk
}

/// The sum that a PNG chunk ends with. Bit by bit: it is over 30 bytes, once a picture.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}
