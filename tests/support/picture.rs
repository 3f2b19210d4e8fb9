//! Pictures for uploads.

/// Sides of a picture, in pixels.
const SIDE: usize = 96;

/// A grey picture of noise, another for each pair of numbers from 1, as PNG with its pixels stored as they are: nothing in
/// it is taken out when it is uploaded.
#[must_use]
pub fn noise_png(series: u64, number: u64) -> Vec<u8> {
    let mut state = series << 40 | number;
    let mut noise = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let row = |noise: &mut dyn FnMut() -> u8| std::iter::once(0).chain((0..SIDE).map(|_| noise())).collect::<Vec<u8>>();
    let pixels: Vec<u8> = (0..SIDE).flat_map(|_| row(&mut noise)).collect();
    let side = u32::try_from(SIDE).expect("small").to_be_bytes();
    let header = [&side[..], &side[..], &[8, 0, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", stored(&pixels)), (b"IEND", Vec::new())] {
        png.extend(u32::try_from(content.len()).expect("small").to_be_bytes());
        let named = [kind.as_slice(), &content].concat();
        png.extend(&named);
        png.extend(crc32(&named).to_be_bytes());
    }
    png
}

/// zlib's form of bytes that are not compressed: at most 65,535 of them.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("one block");
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let block = [&[0x78, 0x01, 0x01][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
    [&block[..], bytes, &(b << 16 | a).to_be_bytes()].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ (0xEDB8_8320 & 0_u32.wrapping_sub(crc & 1)))
    })
}
