//! What is kept and what goes, on hand-made files, and that no bytes at all make any of it panic.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;

const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const SECRET: &[u8] = b"31.2304N 121.4737E";

fn tiff(orientation: u8) -> Vec<u8> {
    // Little-endian, two entries: which way up, and a place.
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0; 4]);
    tiff.extend(SECRET);
    tiff
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap_or(0).to_be_bytes();
    [&[0xFF, marker], length.as_slice(), data].concat()
}

fn jpeg(orientation: u8) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &tiff(orientation)].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xE1, &exif),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat()),
        segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
        segment(0xED, &[b"Photoshop 3.0\0".as_slice(), SECRET].concat()),
        segment(0xFE, SECRET),
        segment(0xDB, &[0; 65]),
        segment(0xC0, &[8, 0, 16, 0, 32, 1, 1, 0x11, 0]),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        vec![1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9],
        SECRET.to_vec(),
    ]
    .concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), data].concat();
    let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
    [length.as_slice(), &body, &png::crc32(&body).to_be_bytes()].concat()
}

fn png(width: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes(), 9_u32.to_be_bytes().as_slice(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"tEXt", &[b"Comment\0".as_slice(), SECRET].concat()),
        chunk(b"eXIf", &tiff(6)),
        chunk(b"gAMA", &[0, 0, 1, 2]),
        chunk(b"IDAT", b"pixels"),
        chunk(b"IEND", b""),
        SECRET.to_vec(),
    ]
    .concat()
}

fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(0).to_le_bytes();
    let pad = vec![0; data.len() % 2];
    [name.as_slice(), &length, data, &pad].concat()
}

fn webp() -> Vec<u8> {
    let body = [
        b"WEBP".to_vec(),
        riff(b"VP8X", &[0x2C, 0, 0, 0, 31, 0, 0, 15, 0, 0]),
        riff(b"ICCP", b"profile"),
        riff(b"VP8L", &[0x2F, 31, 0xC0, 3, 0, 7, 7]),
        riff(b"EXIF", &tiff(8)),
        riff(b"XMP ", SECRET),
        riff(b"what", SECRET),
    ]
    .concat();
    riff(b"RIFF", &body)
}

fn gif() -> Vec<u8> {
    [
        b"GIF89a".as_slice(),
        &[2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
        b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xFF\x0BXMP DataXMP\x12",
        SECRET,
        b"\0\x21\xFE\x12",
        SECRET,
        b"\0\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x02\0\x02\0\0\x02\x02\x4C\x01\0\x3B",
        SECRET,
    ]
    .concat()
}

fn samples() -> [(&'static str, Vec<u8>); 4] {
    [("image/jpeg", jpeg(6)), ("image/png", png(7)), ("image/webp", webp()), ("image/gif", gif())]
}

fn has(content: &[u8], wanted: &[u8]) -> bool {
    content.windows(wanted.len()).any(|window| window == wanted)
}

fn stripped(media_type: &str, content: &[u8]) -> Vec<u8> {
    strip(media_type, content).unwrap().unwrap_or_default()
}

#[test]
fn the_place_goes_and_the_pixels_stay() {
    for (media_type, content) in samples() {
        assert!(has(&content, SECRET), "{media_type}");
        let kept = stripped(media_type, &content);
        assert!(!has(&kept, SECRET), "{media_type}: {kept:02x?}");
        assert_eq!(stripped(media_type, &kept), kept, "{media_type}");
    }
    let kept = stripped("image/jpeg", &jpeg(6));
    for part in [b"JFIF\0".as_slice(), b"ICC_PROFILE\0", &[1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9]] {
        assert!(has(&kept, part), "{kept:02x?}");
    }
    assert!(has(&stripped("image/png", &png(7)), &chunk(b"IDAT", b"pixels")));
    assert!(has(&stripped("image/webp", &webp()), &riff(b"VP8L", &[0x2F, 31, 0xC0, 3, 0, 7, 7])));
    assert!(has(&stripped("image/gif", &gif()), b"NETSCAPE2.0"));
}

#[test]
fn which_way_up_is_kept_and_nothing_else_of_exif() {
    for turned in 2..=8 {
        let kept = stripped("image/jpeg", &jpeg(turned));
        assert!(has(&kept, &[b"Exif\0\0".as_slice(), &exif::upright(turned)].concat()), "{turned}");
        assert_eq!(exif::orientation(&exif::upright(turned)), Some(turned));
    }
    for upright in [0, 1, 9] {
        assert!(!has(&stripped("image/jpeg", &jpeg(upright)), b"Exif"), "{upright}");
    }
    assert!(has(&stripped("image/png", &png(7)), &chunk(b"eXIf", &exif::upright(6))));
    let kept = stripped("image/webp", &webp());
    assert!(has(&kept, &riff(b"EXIF", &exif::upright(8))));
    assert_eq!(kept.get(20), Some(&0x28), "the profile and Exif, no XMP");
}

#[test]
fn bombs_are_refused_by_what_they_declare() {
    let bomb = Err(Spoiled::TooManyPixels { width: 100_000, height: 9 });
    assert_eq!(strip("image/png", &png(100_000)), bomb);
    assert_eq!(check_size(8_000, 8_000), Ok(()));
    assert_eq!(check_size(16_384, 16_384), Err(Spoiled::TooManyPixels { width: 16_384, height: 16_384 }));
    assert_eq!(check_size(0, 5), Err(Spoiled::Broken));
}

#[test]
fn what_is_not_its_type_is_broken() {
    for (media_type, content) in samples() {
        assert_eq!(strip(media_type, content.get(..9).unwrap_or_default()), Err(Spoiled::Broken), "{media_type}");
    }
    assert_eq!(strip("video/mp4", b"anything"), Ok(None));
}

#[test]
fn a_jpeg_that_breaks_off_in_its_pixels_is_closed() {
    let whole = jpeg(1);
    let cut = whole.len() - SECRET.len() - 4;
    let kept = stripped("image/jpeg", whole.get(..cut).unwrap_or_default());
    assert!(kept.ends_with(&[1, 2, 0xFF, 0, 3, 0xFF, 0xD9]), "{kept:02x?}");
}

#[test]
fn a_films_metadata_becomes_free_space() {
    let atom = |name: &[u8; 4], body: &[u8]| {
        let size = u32::try_from(body.len() + 8).unwrap_or(0).to_be_bytes();
        [size.as_slice(), name, body].concat()
    };
    let user_data = atom(b"udta", &atom(b"\xA9xyz", SECRET));
    let track = atom(b"trak", &[atom(b"tkhd", b"head"), atom(b"meta", SECRET)].concat());
    let film = [
        atom(b"ftyp", b"isom"),
        atom(b"mdat", b"pictures and sound"),
        atom(b"moov", &[atom(b"mvhd", b"head"), track, user_data].concat()),
        atom(b"uuid", SECRET),
    ]
    .concat();
    let mut blanked = Cursor::new(film.clone());
    blank(&mut blanked).unwrap();
    let blanked = blanked.into_inner();
    assert_eq!(blanked.len(), film.len());
    assert!(has(&film, SECRET) && !has(&blanked, SECRET));
    assert!(has(&blanked, b"pictures and sound") && has(&blanked, b"tkhdhead"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_what_it_keeps_stays(
        sample in 0_usize..4,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let (media_type, mut content) = samples()[sample].clone();
        for (at, byte) in edits {
            let at = at.index(content.len());
            content[at] = byte;
        }
        if cuts {
            content.truncate(cut.index(content.len()));
        }
        if let Ok(Some(kept)) = strip(media_type, &content) {
            prop_assert_eq!(strip(media_type, &kept), Ok(Some(kept.clone())));
        }
    }

    #[test]
    fn random_bytes_are_read_without_panic(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        for media_type in TYPES {
            let _ = strip(media_type, &content);
        }
        let mut film = Cursor::new(content.clone());
        blank(&mut film).unwrap();
        prop_assert_eq!(film.into_inner().len(), content.len());
    }
}
