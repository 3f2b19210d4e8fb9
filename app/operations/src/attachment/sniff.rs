//! What a file is, by its first bytes; what its name says does not count.

/// As many bytes as it takes to know.
pub const HEAD_BYTES: usize = 64;

/// Pictures as Apple's cameras keep them: known by name, and not taken, since what they say of the place cannot be taken
/// out without decoding them.
pub const HEIC: &str = "image/heic";

const HEIC_BRANDS: &[&[u8; 4]] = &[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
const MP4_BRANDS: &[&[u8; 4]] = &[
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP",
    b"MSNV", b"3gp4", b"3gp5", b"3gp6", b"dash",
];

/// The media type of a content by its first [`HEAD_BYTES`], if it is one that cases may hold.
#[must_use]
pub fn sniff(content: &[u8]) -> Option<&'static str> {
    let starts = |prefix: &[u8]| content.starts_with(prefix);
    let brand: Option<&[u8; 4]> = content.get(8..12).and_then(|brand| brand.try_into().ok());
    let brand = brand.filter(|_| content.get(4..8) == Some(b"ftyp".as_slice()));
    match () {
        () if starts(b"\xFF\xD8\xFF") => Some("image/jpeg"),
        () if starts(b"\x89PNG\r\n\x1A\n") => Some("image/png"),
        () if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP".as_slice()) => Some("image/webp"),
        () if starts(b"GIF87a") || starts(b"GIF89a") => Some("image/gif"),
        () if brand.is_some_and(|brand| HEIC_BRANDS.contains(&brand)) => Some(HEIC),
        () if brand.is_some_and(|brand| MP4_BRANDS.contains(&brand)) => Some("video/mp4"),
        () if brand == Some(b"qt  ") => Some("video/quicktime"),
        () if starts(b"\x1A\x45\xDF\xA3") && is_webm(content) => Some("video/webm"),
        () if starts(b"%PDF-") => Some("application/pdf"),
        () => None,
    }
}

/// Matroska files say in their head whether they are the kind that browsers play.
fn is_webm(content: &[u8]) -> bool {
    let head = content.get(..HEAD_BYTES).unwrap_or(content);
    head.windows(4).any(|word| word == b"webm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE0rest"), Some("image/jpeg"));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(sniff(b"\0\0\0\x18ftypmp42\0\0"), Some("video/mp4"));
        assert_eq!(sniff(b"\0\0\0\x14ftypqt  \0\0"), Some("video/quicktime"));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0"), Some("image/heic"));
        assert_eq!(sniff(b"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm"), Some("video/webm"));
        assert_eq!(sniff(b"\x1A\x45\xDF\xA3\xA3\x42\x82\x88matroska"), None);
        assert_eq!(sniff(b"\0\0\0\x18ftypavif\0\0"), None);
        assert_eq!(sniff(b"<svg onload=alert(1)>"), None);
        assert_eq!(sniff(b"MZ\x90\0"), None);
        assert_eq!(sniff(b""), None);
    }
}
