//! What a file is, by its first bytes; what its name says does not count.

/// The media type of a content, if it is one that cases may hold.
#[must_use]
pub fn sniff(content: &[u8]) -> Option<&'static str> {
    let starts = |prefix: &[u8]| content.starts_with(prefix);
    let brand = content.get(4..12).unwrap_or_default();
    match () {
        () if starts(b"\xFF\xD8\xFF") => Some("image/jpeg"),
        () if starts(b"\x89PNG\r\n\x1A\n") => Some("image/png"),
        () if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP".as_slice()) => Some("image/webp"),
        () if starts(b"GIF87a") || starts(b"GIF89a") => Some("image/gif"),
        () if matches!(brand, b"ftypheic" | b"ftypheix" | b"ftypmif1" | b"ftypmsf1") => Some("image/heic"),
        () if matches!(brand, b"ftypisom" | b"ftypmp42" | b"ftypmp41" | b"ftypavc1" | b"ftypiso2") => Some("video/mp4"),
        () if brand.starts_with(b"ftypqt") => Some("video/quicktime"),
        () if starts(b"%PDF-") => Some("application/pdf"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE0rest"), Some("image/jpeg"));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(sniff(b"\0\0\0\x18ftypmp42\0\0"), Some("video/mp4"));
        assert_eq!(sniff(b"<svg onload=alert(1)>"), None);
        assert_eq!(sniff(b"MZ\x90\0"), None);
        assert_eq!(sniff(b""), None);
    }
}
