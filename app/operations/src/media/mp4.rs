//! MP4 and MOV: boxes that hold user data and metadata (where a phone writes the place) become free space of the same size,
//! so that nothing moves and a long film need not be held in memory.

use std::io::{self, Read, Seek, SeekFrom, Write};

/// Boxes looked at in one film: more is no film.
const MAX_BOXES: usize = 10_000;
/// Zeros written at once.
const ZEROS: [u8; 4_096] = [0; 4_096];

struct Found {
    name: [u8; 4],
    /// Where its name stands.
    name_at: u64,
    body_at: u64,
    end: u64,
}

/// Blanks what a film says besides pictures and sound.
///
/// # Errors
/// The disk's.
pub(crate) fn blank(film: &mut (impl Read + Write + Seek)) -> io::Result<()> {
    let end = film.seek(SeekFrom::End(0))?;
    let mut left = MAX_BOXES;
    within(film, 0, end, true, &mut left)
}

fn within(film: &mut (impl Read + Write + Seek), from: u64, end: u64, top: bool, left: &mut usize) -> io::Result<()> {
    let mut at = from;
    while *left > 0
        && let Some(found) = next(film, at, end)?
    {
        *left -= 1;
        match &found.name {
            b"udta" | b"meta" | b"uuid" => free(film, &found)?,
            b"moov" if top => within(film, found.body_at, found.end, false, left)?,
            b"trak" if !top => within(film, found.body_at, found.end, false, left)?,
            _ => {}
        }
        at = found.end;
    }
    Ok(())
}

/// The box that begins here; one that says it is longer than what holds it ends there.
fn next(film: &mut (impl Read + Seek), at: u64, end: u64) -> io::Result<Option<Found>> {
    if end.saturating_sub(at) < 8 {
        return Ok(None);
    }
    film.seek(SeekFrom::Start(at))?;
    let (mut size, mut name) = ([0; 4], [0; 4]);
    film.read_exact(&mut size)?;
    film.read_exact(&mut name)?;
    let (size, head) = match u32::from_be_bytes(size) {
        0 => (end - at, 8),
        1 if end - at >= 16 => {
            let mut long = [0; 8];
            film.read_exact(&mut long)?;
            (u64::from_be_bytes(long), 16)
        }
        short => (u64::from(short), 8),
    };
    if size < head {
        return Ok(None);
    }
    Ok(Some(Found { name, name_at: at + 4, body_at: at + head, end: at.saturating_add(size).min(end) }))
}

fn free(film: &mut (impl Write + Seek), found: &Found) -> io::Result<()> {
    film.seek(SeekFrom::Start(found.name_at))?;
    film.write_all(b"free")?;
    film.seek(SeekFrom::Start(found.body_at))?;
    let mut left = found.end - found.body_at;
    while left > 0 {
        let count = usize::try_from(left).unwrap_or(usize::MAX).min(ZEROS.len());
        film.write_all(ZEROS.get(..count).unwrap_or(&ZEROS))?;
        left -= count as u64;
    }
    Ok(())
}
