//! What separates the columns of a text file, judged by its header line.

const CANDIDATES: &[u8] = b",\t;|";

/// The separator that the header has most of outside quotation marks; a comma when it has none.
pub(super) fn sniff(header: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [0_usize; CANDIDATES.len()];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        let found = CANDIDATES.iter().position(|candidate| *candidate == byte).filter(|_| !quoted);
        if let Some(count) = found.and_then(|index| counts.get_mut(index)) {
            *count += 1;
        }
    }
    let best = counts.iter().zip(CANDIDATES).max_by_key(|(count, candidate)| (**count, **candidate == b','));
    best.filter(|(count, _)| **count > 0).map_or(b',', |(_, candidate)| *candidate)
}

/// Excel's `sep=;` line, which is no header.
pub(super) fn declared(line: &str) -> Option<u8> {
    match line.trim().strip_prefix("sep=")?.as_bytes() {
        [one] if CANDIDATES.contains(one) => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators() {
        assert_eq!(sniff("a,b,c"), b',');
        assert_eq!(sniff("a;b;c"), b';');
        assert_eq!(sniff("a\tb,c\td"), b'\t');
        assert_eq!(sniff("\"a,b,c\";d"), b';');
        assert_eq!(sniff("one"), b',');
        assert_eq!(declared("sep=;"), Some(b';'));
        assert_eq!(declared("separator"), None);
    }
}
