//! Of all that Exif holds, which way up a picture is: the one thing that changes what is seen.

use super::Spoiled;
use super::bytes::Bytes;

/// Which way up.
const ORIENTATION: u16 = 0x0112;
/// A number of two bytes.
const SHORT: u16 = 3;
/// Where the number stands in [`upright`]'s answer.
const VALUE_AT: usize = 19;

/// Which way up a picture is, 2 to 8, by the TIFF structure of its Exif; `None` when it is upright or nothing says so.
pub(super) fn orientation(tiff: &[u8]) -> Option<u8> {
    read(tiff).ok().flatten()
}

fn read(tiff: &[u8]) -> Result<Option<u8>, Spoiled> {
    let mut head = Bytes::new(tiff);
    let big = match head.take(4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return Err(Spoiled::Broken),
    };
    let short = |bytes: &mut Bytes<'_>| if big { bytes.u16_be() } else { bytes.u16_le() };
    let long = |bytes: &mut Bytes<'_>| if big { bytes.u32_be() } else { bytes.u32_le() };
    let at = usize::try_from(long(&mut head)?).map_err(|_| Spoiled::Broken)?;
    let mut entries = Bytes::new(tiff.get(at..).ok_or(Spoiled::Broken)?);
    for _ in 0..short(&mut entries)? {
        let mut entry = Bytes::new(entries.take(12)?);
        let (tag, kind, count) = (short(&mut entry)?, short(&mut entry)?, long(&mut entry)?);
        if tag == ORIENTATION && kind == SHORT && count == 1 {
            let value = u8::try_from(short(&mut entry)?).ok();
            return Ok(value.filter(|value| (2..=8).contains(value)));
        }
    }
    Ok(None)
}

/// The smallest TIFF structure that says which way up a picture is.
pub(super) fn upright(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(value) = tiff.get_mut(VALUE_AT) {
        *value = orientation;
    }
    tiff
}
