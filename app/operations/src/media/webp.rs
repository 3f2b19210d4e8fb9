//! WebP: the chunks of the picture stay; Exif, XMP and what nobody knows go, except for which way up it is.

use super::bytes::Bytes;
use super::{Spoiled, check_size, exif};

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
const EXIF_PREFIX: &[u8] = b"Exif\0\0";

/// The picture alone.
pub(super) fn strip(content: &[u8]) -> Result<Vec<u8>, Spoiled> {
    let mut bytes = Bytes::new(content);
    bytes.expect(b"RIFF")?;
    let length = usize::try_from(bytes.u32_le()?).map_err(|_| Spoiled::Broken)?;
    // Whatever follows the container is not the picture.
    let mut body = Bytes::new(bytes.rest().get(..length).unwrap_or(bytes.rest()));
    body.expect(b"WEBP")?;
    let mut kept = b"WEBP".to_vec();
    let mut orientation = None;
    let mut flags_at = None;
    let mut drawn = false;
    while !body.is_empty() {
        let (name, data) = chunk(&mut body)?;
        if kept.len() == 4 {
            check_first(&name, data)?;
            flags_at = (&name == b"VP8X").then_some(kept.len() + 8);
        }
        match &name {
            b"EXIF" => {
                let tiff = data.strip_prefix(EXIF_PREFIX).unwrap_or(data);
                orientation = orientation.or_else(|| exif::orientation(tiff));
            }
            b"ANMF" => {
                push(&mut kept, &name, &frame(data)?);
                drawn = true;
            }
            b"VP8X" if kept.len() > 4 => return Err(Spoiled::Broken),
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ICCP" => {
                drawn |= matches!(&name, b"VP8 " | b"VP8L");
                push(&mut kept, &name, data);
            }
            _ => {}
        }
    }
    if !drawn {
        return Err(Spoiled::Broken);
    }
    if let Some(flags) = flags_at.and_then(|at| kept.get_mut(at)) {
        *flags &= !(HAS_EXIF | HAS_XMP);
        if let Some(orientation) = orientation {
            *flags |= HAS_EXIF;
            push(&mut kept, b"EXIF", &exif::upright(orientation));
        }
    }
    let mut whole = b"RIFF".to_vec();
    whole.extend(u32::try_from(kept.len()).map_err(|_| Spoiled::Broken)?.to_le_bytes());
    whole.extend(kept);
    Ok(whole)
}

fn chunk<'a>(bytes: &mut Bytes<'a>) -> Result<([u8; 4], &'a [u8]), Spoiled> {
    let name = bytes.take(4)?.try_into().map_err(|_| Spoiled::Broken)?;
    let length = usize::try_from(bytes.u32_le()?).map_err(|_| Spoiled::Broken)?;
    let data = bytes.take(length)?;
    if length % 2 == 1 && !bytes.is_empty() {
        bytes.byte()?;
    }
    Ok((name, data))
}

fn push(kept: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    kept.extend(name);
    kept.extend(u32::try_from(data.len()).unwrap_or(0).to_le_bytes());
    kept.extend(data);
    if data.len() % 2 == 1 {
        kept.push(0);
    }
}

/// A frame of an animation: its place and duration, then chunks of a picture.
fn frame(data: &[u8]) -> Result<Vec<u8>, Spoiled> {
    let mut bytes = Bytes::new(data);
    let mut kept = bytes.take(16)?.to_vec();
    while !bytes.is_empty() {
        let (name, data) = chunk(&mut bytes)?;
        if matches!(&name, b"VP8 " | b"VP8L" | b"ALPH") {
            push(&mut kept, &name, data);
        }
    }
    Ok(kept)
}

fn check_first(name: &[u8; 4], data: &[u8]) -> Result<(), Spoiled> {
    let mut bytes = Bytes::new(data);
    match name {
        b"VP8X" => {
            bytes.take(4)?;
            let (width, height) = (three(&mut bytes)?, three(&mut bytes)?);
            check_size(width + 1, height + 1)
        }
        b"VP8 " => {
            bytes.take(3)?;
            bytes.expect(&[0x9D, 0x01, 0x2A])?;
            let (width, height) = (bytes.u16_le()?, bytes.u16_le()?);
            check_size(u32::from(width & 0x3FFF), u32::from(height & 0x3FFF))
        }
        b"VP8L" => {
            bytes.expect(&[0x2F])?;
            let packed = bytes.u32_le()?;
            check_size((packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1)
        }
        _ => Err(Spoiled::Broken),
    }
}

/// A number of three bytes.
fn three(bytes: &mut Bytes<'_>) -> Result<u32, Spoiled> {
    let low = u32::from(bytes.u16_le()?);
    Ok(low | u32::from(bytes.byte()?) << 16)
}
