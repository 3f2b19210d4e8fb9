//! Pictures and videos without what they tell of place, person and device. Only bytes that a decoder draws are kept, so
//! the pixels stay as they were; a picture that declares more pixels than a browser can hold is refused unread.
//!
//! Nothing here panics on any input: what cannot be read as its type is [`Spoiled::Broken`].

mod bytes;
mod exif;
mod gif;
mod jpeg;
mod mp4;
mod png;
#[cfg(test)]
mod tests;
mod webp;

pub(crate) use mp4::blank;

/// Longest side of a picture, in pixels.
pub const MAX_SIDE_PIXELS: u32 = 16_384;
/// Largest picture, in pixels.
pub const MAX_PIXELS: u64 = 64_000_000;

/// Why a content is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoiled {
    /// It is not what its first bytes say, or breaks off.
    Broken,
    /// It declares a picture of this many pixels a side.
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

/// A picture without its metadata; `None` for a type that is kept as it came.
///
/// # Errors
/// `Spoiled`.
pub fn strip(media_type: &str, content: &[u8]) -> Result<Option<Vec<u8>>, Spoiled> {
    match media_type {
        "image/jpeg" => jpeg::strip(content).map(Some),
        "image/png" => png::strip(content).map(Some),
        "image/webp" => webp::strip(content).map(Some),
        "image/gif" => gif::strip(content).map(Some),
        _ => Ok(None),
    }
}

/// Refuses a picture of no pixels, or of more than a browser can hold.
fn check_size(width: u32, height: u32) -> Result<(), Spoiled> {
    if width == 0 || height == 0 {
        return Err(Spoiled::Broken);
    }
    let too_long = width > MAX_SIDE_PIXELS || height > MAX_SIDE_PIXELS;
    if too_long || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Spoiled::TooManyPixels { width, height });
    }
    Ok(())
}
