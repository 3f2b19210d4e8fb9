//! Reports as the makers' guns send them, cut and broken ones, and scans that come by two ways.

use super::*;

const GS1: &str = "01069012345678921725123110ABC\u{1d}21SN0001";

/// One report of the common form.
fn report(mark: &str, data: &[u8], more: bool) -> Vec<u8> {
    let mut bytes = vec![0; 63];
    bytes[0] = data.len() as u8;
    bytes[1..1 + mark.len()].copy_from_slice(mark.as_bytes());
    bytes[4..4 + data.len()].copy_from_slice(data);
    bytes[62] = u8::from(more);
    bytes
}

/// A whole scan in reports of the common form.
fn reports(mark: &str, text: &str) -> Vec<Vec<u8>> {
    let chunks: Vec<&[u8]> = text.as_bytes().chunks(56).collect();
    let last = chunks.len().saturating_sub(1);
    chunks.iter().enumerate().map(|(at, chunk)| report(mark, chunk, at < last)).collect()
}

#[track_caller]
fn check(reports: &[Vec<u8>], expect: &[(&str, Option<&str>)]) {
    let mut reader = Reader::default();
    let mut found = Vec::new();
    for (at, report) in reports.iter().enumerate() {
        found.extend(reader.take(report, at as f64 * 8.0).expect("a report"));
    }
    let found: Vec<_> = found.iter().map(|read| (read.text.as_str(), read.mark.as_deref())).collect();
    assert_eq!(found, expect);
}

#[test]
fn a_scan_in_one_report_is_read_with_its_separators() {
    check(&reports("]C1", GS1), &[(GS1, Some("]C1"))]);
    check(&[report("]E0", b"6901234567892", false)], &[("6901234567892", Some("]E0"))]);
    check(&[report("]C1", b"\x1d10A\x1d\r\n", false)], &[("10A", Some("]C1"))]);
    check(&[report("]C0", b"", false)], &[]);
    check(&[report("]C0", b" \r", false)], &[]);
}

#[test]
fn a_long_scan_comes_in_several_reports() {
    let long = GS1.repeat(4);
    let all = reports("]d2", &long);
    assert_eq!(all.len(), 3);
    check(&all, &[(&long, Some("]d2"))]);
    // Exactly full reports: the last one is full too.
    let full = "7".repeat(112);
    check(&reports("]Q3", &full), &[(&full, Some("]Q3"))]);
    // Makers that mark the first report only.
    let mut unmarked = all;
    unmarked[1][1..4].fill(0);
    unmarked[2][1..4].fill(0);
    check(&unmarked, &[(&long, Some("]d2"))]);
}

#[test]
fn makers_differ() {
    // The report's number sent with it: everything stands one further.
    let numbered = |report: Vec<u8>| [vec![2], report].concat();
    let long = GS1.repeat(2);
    check(&reports("]C1", &long).into_iter().map(numbered).collect::<Vec<_>>(), &[(&long, Some("]C1"))]);
    // A symbol code of the maker's own behind the data.
    let mut own = report("]E0", b"6901234567892", false);
    own[60] = b'd';
    check(&[own], &[("6901234567892", Some("]E0"))]);
    // No mark at all, and a report that ends behind its data.
    let mut bare = report("", b"SF1234567890", false);
    check(std::slice::from_ref(&bare), &[("SF1234567890", None)]);
    bare.truncate(16);
    check(&[bare], &[("SF1234567890", None)]);
    // Bytes that are no UTF-8 are letters of their own.
    check(&[report("]C0", b"caf\xe9", false)], &[("café", Some("]C0"))]);
    check(&[report("]Q1", "订单1".as_bytes(), false)], &[("订单1", Some("]Q1"))]);
}

#[test]
fn what_is_broken_is_refused_and_forgotten() {
    let mut reader = Reader::default();
    assert_eq!(reader.take(&[], 0.0), Err(Trouble::Short));
    assert_eq!(reader.take(&[12, b']', b'C', b'0', b'1'], 0.0), Err(Trouble::Short));
    let mut long = report("]C0", b"1", false);
    long[0] = 57;
    assert_eq!(reader.take(&long, 0.0), Err(Trouble::Long));
    // A scan that was begun ends with what is broken; the next one is whole.
    assert_eq!(reader.take(&report("]C0", b"AAA", true), 0.0), Ok(None));
    assert_eq!(reader.take(&long, 1.0), Err(Trouble::Long));
    let read = reader.take(&report("]C0", b"BBB", false), 2.0).unwrap().unwrap();
    assert_eq!(read.text, "BBB");
    for at in 0..63 {
        assert_eq!(reader.take(&report("]C0", b"A", true), f64::from(at)), Ok(None));
    }
    assert_eq!(reader.take(&report("]C0", b"A", true), 63.0), Err(Trouble::Endless));
}

#[test]
fn half_a_scan_is_not_put_before_the_next_one() {
    let mut reader = Reader::default();
    assert_eq!(reader.take(&report("]C0", b"HALF", true), 0.0), Ok(None));
    let read = reader.take(&report("]C0", b"WHOLE", false), 2_001.0).unwrap().unwrap();
    assert_eq!(read.text, "WHOLE");
    assert_eq!(reader.take(&report("]C0", b"HALF", true), 3_000.0), Ok(None));
    reader.forget();
    let read = reader.take(&report("]C0", b"WHOLE", false), 3_001.0).unwrap().unwrap();
    assert_eq!(read.text, "WHOLE");
}

#[test]
fn gs1_is_told_by_its_mark() {
    let is = |mark: &str| Read { text: "x".to_owned(), mark: Some(mark.to_owned()) }.is_gs1();
    for mark in ["]C1", "]e0", "]d2", "]Q3"] {
        assert!(is(mark), "{mark}");
    }
    for mark in ["]C0", "]E0", "]d1", "]Q1"] {
        assert!(!is(mark), "{mark}");
    }
    assert!(!Read { text: "x".to_owned(), mark: None }.is_gs1());
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn whatever_is_scanned_comes_out_and_whatever_comes_never_panics() {
    let mut random = Random(7);
    for _ in 0..2_000 {
        let length = 1 + random.below(200) as usize;
        let letter = |random: &mut Random| match random.below(30) {
            0 => '\u{1d}',
            one => char::from(b'A' + (one % 26) as u8),
        };
        // Separators at the ends are taken off, so that none stands there.
        let text: String = format!("X{}X", (0..length).map(|_| letter(&mut random)).collect::<String>());
        let mark = ["]C1", "]d2", "]E0", ""][random.below(4) as usize];
        let numbered = random.below(2) == 1 && !mark.is_empty();
        let all = reports(mark, &text).into_iter();
        let all: Vec<_> = all.map(|one| if numbered { [vec![2], one].concat() } else { one }).collect();
        check(&all, &[(&text, (!mark.is_empty()).then_some(mark))]);
        let mut reader = Reader::default();
        for _ in 0..8 {
            let noise: Vec<u8> = (0..random.below(70)).map(|_| random.below(256) as u8).collect();
            let _ = reader.take(&noise, 0.0);
        }
    }
}

#[test]
fn a_scan_by_two_ways_is_heard_once() {
    let mut once = Once::default();
    let mut hear = |way, code: &str, at_ms| once.is_new(way, code, at_ms);
    assert!(hear(Heard::Sent, "10A\u{1d}21B", 0.0));
    assert!(!hear(Heard::Typed, "10A21B", 700.0));
    // Twice the same article: two scans, each by both ways.
    assert!(hear(Heard::Sent, "690", 2_000.0));
    assert!(hear(Heard::Sent, "690", 2_400.0));
    assert!(!hear(Heard::Typed, "690", 2_500.0));
    assert!(!hear(Heard::Typed, "690", 2_900.0));
    assert!(hear(Heard::Typed, "690", 3_000.0));
    assert!(!hear(Heard::Sent, "690", 3_100.0));
    // Long after it is another scan.
    assert!(hear(Heard::Sent, "691", 10_000.0));
    assert!(hear(Heard::Typed, "691", 11_501.0));
    // Another code is another scan.
    assert!(hear(Heard::Sent, "692", 20_000.0));
    assert!(hear(Heard::Typed, "693", 20_001.0));
}
