//! GIF: pictures, their timing and the loop count stay; comments, texts and other programs' data go.

use super::bytes::Bytes;
use super::{Spoiled, check_size};

const IMAGE: u8 = 0x2C;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3B;
const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;

/// The pictures alone.
pub(super) fn strip(content: &[u8]) -> Result<Vec<u8>, Spoiled> {
    let mut bytes = Bytes::new(content);
    let mut kept = bytes.take(6)?.to_vec();
    if kept != b"GIF87a" && kept != b"GIF89a" {
        return Err(Spoiled::Broken);
    }
    let screen = bytes.take(7)?;
    let mut numbers = Bytes::new(screen);
    check_size(numbers.u16_le()?.into(), numbers.u16_le()?.into())?;
    kept.extend(screen);
    kept.extend(table(&mut bytes, numbers.byte()?)?);
    let mut drawn = false;
    loop {
        match bytes.byte() {
            Ok(IMAGE) => {
                let head = bytes.take(9)?;
                kept.push(IMAGE);
                kept.extend(head);
                kept.extend(table(&mut bytes, head.last().copied().unwrap_or(0))?);
                kept.push(bytes.byte()?);
                kept.extend(blocks(&mut bytes)?);
                drawn = true;
            }
            Ok(EXTENSION) => {
                let label = bytes.byte()?;
                let data = blocks(&mut bytes)?;
                let loops = data.starts_with(b"\x0BNETSCAPE2.0") || data.starts_with(b"\x0BANIMEXTS1.0");
                if label == GRAPHIC_CONTROL || label == APPLICATION && loops {
                    kept.extend([EXTENSION, label]);
                    kept.extend(data);
                }
            }
            Ok(TRAILER) => break,
            // After a picture a file may simply end.
            Err(_) if drawn => break,
            Ok(_) | Err(_) => return Err(Spoiled::Broken),
        }
    }
    if !drawn {
        return Err(Spoiled::Broken);
    }
    kept.push(TRAILER);
    Ok(kept)
}

/// The colours that the flags announce.
fn table<'a>(bytes: &mut Bytes<'a>, flags: u8) -> Result<&'a [u8], Spoiled> {
    if flags & 0x80 == 0 { Ok(&[]) } else { bytes.take(3 << ((flags & 7) + 1)) }
}

/// A row of blocks with the empty one that ends it.
fn blocks<'a>(bytes: &mut Bytes<'a>) -> Result<&'a [u8], Spoiled> {
    let whole = bytes.rest();
    let mut length = 0;
    loop {
        let size = usize::from(bytes.byte()?);
        bytes.take(size)?;
        length += size + 1;
        if size == 0 {
            return whole.get(..length).ok_or(Spoiled::Broken);
        }
    }
}
