//! Brotli and gzip at their strongest, once at build time, so that the server never compresses a file; at their fastest
//! for a quick build.

use std::io::Write as _;
use std::path::Path;

use anyhow::Result;

/// Largest Brotli window: a browser must be able to undo it, and 2^22 bytes are more than any of our files.
const BROTLI_WINDOW_LOG2: i32 = 22;

/// Writes `PLACE.br` and `PLACE.gz` and returns their sizes in bytes.
pub(crate) fn beside(place: &Path, bytes: &[u8], quick: bool) -> Result<(usize, usize)> {
    let brotli = brotli(bytes, quick)?;
    let gzip = gzip(bytes, quick)?;
    std::fs::write(with_suffix(place, "br"), &brotli)?;
    std::fs::write(with_suffix(place, "gz"), &gzip)?;
    Ok((brotli.len(), gzip.len()))
}

fn with_suffix(place: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(bytes: &[u8], quick: bool) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: if quick { 1 } else { 11 },
        lgwin: BROTLI_WINDOW_LOG2,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8], quick: bool) -> Result<Vec<u8>> {
    // No time stamp and no name inside: equal input gives an equal file.
    let level = if quick { flate2::Compression::fast() } else { flate2::Compression::best() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
