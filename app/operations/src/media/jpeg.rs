//! JPEG: what the decoder needs stays (tables, frames, scans, JFIF, colour profile, Adobe's colour transform) and which
//! way up it is; everything else and all that follows the picture goes.

use super::bytes::Bytes;
use super::{Spoiled, check_size, exif};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const EXIF: &[u8] = b"Exif\0\0";

/// The picture alone. One that breaks off within its pixels is closed where it ends: browsers show what there is.
pub(super) fn strip(content: &[u8]) -> Result<Vec<u8>, Spoiled> {
    let mut bytes = Bytes::new(content);
    bytes.expect(&[0xFF, SOI])?;
    let mut kept = vec![0xFF, SOI];
    let mut orientation = None;
    let mut orientation_at = kept.len();
    let mut framed = false;
    let mut scanned = false;
    loop {
        let marker = match marker(&mut bytes) {
            Ok(EOI) => break,
            Ok(marker) => marker,
            // Between scans a file may simply end.
            Err(_) if scanned => break,
            Err(spoiled) => return Err(spoiled),
        };
        let segment = match segment(&mut bytes) {
            Ok(segment) => segment,
            Err(_) if scanned => break,
            Err(spoiled) => return Err(spoiled),
        };
        match marker {
            APP1 => orientation = orientation.or_else(|| exif::orientation(segment.strip_prefix(EXIF)?)),
            0xE0..=0xEF | 0xFE if !is_drawn(marker, segment) => {}
            _ => {
                if is_frame(marker) {
                    check_frame(segment)?;
                    framed = true;
                }
                if marker == SOS && !framed {
                    return Err(Spoiled::Broken);
                }
                push(&mut kept, marker, segment);
                if marker == APP0 && orientation_at == 2 && kept.len() == segment.len() + 6 {
                    orientation_at = kept.len();
                }
                if marker == SOS {
                    scan(&mut bytes, &mut kept);
                    scanned = true;
                }
            }
        }
    }
    if !scanned {
        return Err(Spoiled::Broken);
    }
    kept.extend([0xFF, EOI]);
    if let Some(orientation) = orientation {
        let mut segment = Vec::new();
        push(&mut segment, APP1, &[EXIF, &exif::upright(orientation)].concat());
        kept.splice(orientation_at..orientation_at, segment);
    }
    Ok(kept)
}

/// The next marker with a segment, or the end.
fn marker(bytes: &mut Bytes<'_>) -> Result<u8, Spoiled> {
    loop {
        if bytes.byte()? != 0xFF {
            return Err(Spoiled::Broken);
        }
        let mut code = bytes.byte()?;
        while code == 0xFF {
            code = bytes.byte()?;
        }
        match code {
            0x00 | SOI => return Err(Spoiled::Broken),
            // These stand alone and mean nothing outside a scan.
            0x01 | 0xD0..=0xD7 => {}
            code => return Ok(code),
        }
    }
}

fn segment<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], Spoiled> {
    let length = bytes.u16_be()?;
    bytes.take(usize::from(length.checked_sub(2).ok_or(Spoiled::Broken)?))
}

/// Application data that changes what is drawn.
fn is_drawn(marker: u8, segment: &[u8]) -> bool {
    match marker {
        APP0 => segment.starts_with(b"JFIF\0"),
        APP2 => segment.starts_with(b"ICC_PROFILE\0"),
        APP14 => segment.starts_with(b"Adobe"),
        _ => false,
    }
}

const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

fn check_frame(segment: &[u8]) -> Result<(), Spoiled> {
    let mut bytes = Bytes::new(segment);
    bytes.byte()?;
    let (height, width) = (bytes.u16_be()?, bytes.u16_be()?);
    check_size(width.into(), height.into())
}

fn push(kept: &mut Vec<u8>, marker: u8, segment: &[u8]) {
    kept.extend([0xFF, marker]);
    // A segment that was read, or the one we make, is never longer than its length can say.
    let length = u16::try_from(segment.len() + 2).unwrap_or(u16::MAX);
    kept.extend(length.to_be_bytes());
    kept.extend(segment);
}

/// Copies entropy-coded data up to the next marker.
fn scan(bytes: &mut Bytes<'_>, kept: &mut Vec<u8>) {
    let rest = bytes.rest();
    let mut at = 0;
    while let Some(found) = memchr_ff(rest, at) {
        match rest.get(found + 1) {
            Some(0x00 | 0xD0..=0xD7) => at = found + 2,
            Some(0xFF) => at = found + 1,
            Some(_) => {
                at = found;
                break;
            }
            None => {
                // Half a marker at the very end is none.
                kept.extend(rest.get(..found).unwrap_or_default());
                let _ = bytes.take(rest.len());
                return;
            }
        }
    }
    let end = if memchr_ff(rest, at).is_some() { at } else { rest.len() };
    let data = bytes.take(end).unwrap_or_default();
    // Fill bytes before a marker are not data.
    let filled = data.iter().rev().take_while(|byte| **byte == 0xFF).count();
    kept.extend(data.get(..data.len() - filled).unwrap_or_default());
}

fn memchr_ff(rest: &[u8], from: usize) -> Option<usize> {
    rest.get(from..)?.iter().position(|byte| *byte == 0xFF).map(|at| at + from)
}
