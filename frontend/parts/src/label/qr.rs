//! A text as a QR code: byte mode, level M (a seventh of it may be dirty), versions 1 to 15, up to 412 bytes: addresses of
//! pages are shorter, case numbers far shorter. Drawn as one path.

/// Of each version from 1 at level M: its data bytes, into how many blocks they are dealt, the check bytes of a block.
const VERSIONS: [(usize, usize, usize); 15] = [
    (16, 1, 10),
    (28, 1, 16),
    (44, 1, 26),
    (64, 2, 18),
    (86, 2, 24),
    (108, 4, 16),
    (124, 4, 18),
    (154, 4, 22),
    (182, 5, 22),
    (216, 5, 26),
    (254, 5, 30),
    (290, 8, 22),
    (334, 9, 22),
    (365, 9, 24),
    (415, 10, 24),
];
/// The first version whose texts say their length in two bytes.
const LONG: usize = 10;
/// The first version that says which it is.
const NAMED: usize = 7;
/// The first version with a fourth row of alignment patterns.
const FOUR_ROWS: usize = 14;
/// Widths of a module that cameras need around it.
const QUIET: usize = 4;
/// The level's bits are zero; the standard's mask over the format.
const FORMAT_MASK: u32 = 0x5412;

/// A square of modules; true is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    size: usize,
    black: Vec<bool>,
    fixed: Vec<bool>,
}

impl Qr {
    /// The code of a text; `None` when it is too long.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let numbered = (1..).zip(VERSIONS);
        let (version, (data, blocks, check)) =
            numbered.into_iter().find(|(version, (data, ..))| head(*version) + text.len() <= *data)?;
        let bytes = codewords(text.as_bytes(), version, data);
        let mut plain = Self::frame(version);
        plain.fill(&woven(&bytes, blocks, check));
        let masked = (0..8).map(|mask| plain.masked(mask));
        masked.min_by_key(Self::penalty)
    }

    /// Modules a side.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether a module is black; what lies outside is white.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> bool {
        x < self.size && self.black.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// The black modules as a path, and how wide it is with its quiet zone.
    #[must_use]
    pub fn path(&self) -> (String, usize) {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let length = (x..self.size).take_while(|x| self.at(*x, y)).count();
                if length > 0 {
                    path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET));
                }
                x += length.max(1);
            }
        }
        (path, self.size + 2 * QUIET)
    }

    fn frame(version: usize) -> Self {
        let size = 17 + 4 * version;
        let mut frame = Self { size, black: vec![false; size * size], fixed: vec![false; size * size] };
        for at in 8..size - 8 {
            frame.set(at, 6, at % 2 == 0);
            frame.set(6, at, at % 2 == 0);
        }
        for (left, top) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            frame.finder(left, top);
        }
        let rows = aligned(version);
        let last = rows.last().copied().unwrap_or_default();
        for (x, y) in rows.iter().flat_map(|y| rows.iter().map(move |x| (*x, *y))) {
            // Three corners are the finders'.
            if ![(6, 6), (last, 6), (6, last)].contains(&(x, y)) {
                frame.alignment(x, y);
            }
        }
        frame.name(version);
        // Room for the format; the one that is always black.
        for at in 0..9 {
            frame.reserve(at, 8);
            frame.reserve(8, at);
        }
        for at in 0..8 {
            frame.reserve(size - 1 - at, 8);
            frame.reserve(8, size - 1 - at);
        }
        frame.set(8, size - 8, true);
        frame
    }

    fn alignment(&mut self, middle_x: usize, middle_y: usize) {
        for (dx, dy) in (0..5).flat_map(|y| (0..5).map(move |x| (x, y))) {
            let ring = usize::abs_diff(dx, 2).max(usize::abs_diff(dy, 2));
            self.set(middle_x - 2 + dx, middle_y - 2 + dy, ring != 1);
        }
    }

    /// The version's number, twice, beside two of the finders.
    fn name(&mut self, version: usize) {
        if version < NAMED {
            return;
        }
        let bits = named(version as u32);
        for bit in 0..18 {
            let black = bits >> bit & 1 == 1;
            let (along, across) = (bit / 3, self.size - 11 + bit % 3);
            self.set(along, across, black);
            self.set(across, along, black);
        }
    }

    fn finder(&mut self, left: usize, top: usize) {
        for (x, y) in (0..9).flat_map(|y| (0..9).map(move |x| (x, y))) {
            // One module of white around it, where there is room.
            let (Some(at_x), Some(at_y)) = ((left + x).checked_sub(1), (top + y).checked_sub(1)) else { continue };
            if at_x < self.size && at_y < self.size {
                let ring = usize::abs_diff(x, 4).max(usize::abs_diff(y, 4));
                self.set(at_x, at_y, ring != 2 && ring != 4);
            }
        }
    }

    fn set(&mut self, x: usize, y: usize, black: bool) {
        let at = y * self.size + x;
        if let (Some(module), Some(fixed)) = (self.black.get_mut(at), self.fixed.get_mut(at)) {
            (*module, *fixed) = (black, true);
        }
    }

    fn reserve(&mut self, x: usize, y: usize) {
        if let Some(fixed) = self.fixed.get_mut(y * self.size + x) {
            *fixed = true;
        }
    }

    fn is_free(&self, x: usize, y: usize) -> bool {
        self.fixed.get(y * self.size + x) == Some(&false)
    }

    /// Where the bits of the data go, in order: two columns at a time, up and down, from the right.
    fn places(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let (mut right, mut up) = (self.size - 1, true);
        loop {
            for step in 0..self.size {
                let y = if up { self.size - 1 - step } else { step };
                places.extend([(right, y), (right - 1, y)].into_iter().filter(|(x, y)| self.is_free(*x, *y)));
            }
            up = !up;
            match right {
                0..=2 => return places,
                // The column of the timing pattern holds no data.
                8 => right = 5,
                _ => right -= 2,
            }
        }
    }

    fn fill(&mut self, bytes: &[u8]) {
        let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        for ((x, y), black) in self.places().into_iter().zip(bits) {
            let at = y * self.size + x;
            if let Some(module) = self.black.get_mut(at) {
                *module = black;
            }
        }
    }

    fn masked(&self, mask: u32) -> Self {
        let mut masked = self.clone();
        for (x, y) in self.places() {
            if is_masked(mask, x, y)
                && let Some(module) = masked.black.get_mut(y * self.size + x)
            {
                *module = !*module;
            }
        }
        masked.write_format(format(mask));
        masked
    }

    fn write_format(&mut self, bits: u32) {
        let last = self.size - 1;
        for bit in 0..15_usize {
            let black = bits >> bit & 1 == 1;
            let (x, y) = match bit {
                0..=5 => (8, bit),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - bit, 8),
            };
            self.set(x, y, black);
            let (x, y) = if bit < 8 { (last - bit, 8) } else { (8, last - 14 + bit) };
            self.set(x, y, black);
        }
    }

    /// How hard it is to read, by the standard's four rules.
    fn penalty(&self) -> usize {
        let line = |at: usize, across: bool| {
            (0..self.size).map(|step| if across { self.at(step, at) } else { self.at(at, step) }).collect::<Vec<_>>()
        };
        let lines = (0..self.size).flat_map(|at| [line(at, true), line(at, false)]);
        let along: usize = lines.map(|line| runs(&line) + lookalikes(&line)).sum();
        let blocks = (1..self.size).flat_map(|y| (1..self.size).map(move |x| (x, y)));
        let blocks = blocks.filter(|(x, y)| {
            let corner = self.at(*x, *y);
            [(x - 1, *y), (*x, y - 1), (x - 1, y - 1)].into_iter().all(|(x, y)| self.at(x, y) == corner)
        });
        let black = self.black.iter().filter(|black| **black).count();
        let all = self.size * self.size;
        along + blocks.count() * 3 + usize::abs_diff(black * 20, all * 10) / all * 10
    }
}

fn runs(line: &[bool]) -> usize {
    let chunks = line.chunk_by(|one, two| one == two);
    chunks.filter(|chunk| chunk.len() >= 5).map(|chunk| chunk.len() - 2).sum()
}

fn lookalikes(line: &[bool]) -> usize {
    const FINDER: [bool; 11] = [true, false, true, true, true, false, true, false, false, false, false];
    let reversed = |window: &[bool]| window.iter().rev().eq(FINDER.iter());
    line.windows(11).filter(|window| *window == FINDER || reversed(window)).count() * 40
}

fn is_masked(mask: u32, x: usize, y: usize) -> bool {
    let zero = match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (y / 2 + x / 3) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    };
    zero == 0
}

/// The mask's number with its check bits.
fn format(mask: u32) -> u32 {
    let mut rest = mask;
    for _ in 0..10 {
        rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    }
    (mask << 10 | rest) ^ FORMAT_MASK
}

/// A version's number with its check bits.
fn named(version: u32) -> u32 {
    let mut rest = version;
    for _ in 0..12 {
        rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
    }
    version << 12 | rest
}

/// Where the rows and columns of alignment patterns are.
fn aligned(version: usize) -> Vec<usize> {
    let last = 10 + 4 * version;
    match version {
        ..2 => Vec::new(),
        2..NAMED => vec![6, last],
        NAMED..FOUR_ROWS => vec![6, (6 + last) / 2, last],
        // The standard's own: an even step back from the last one, what is left over behind the first.
        _ => {
            let step = ((last - 6) / 3).next_multiple_of(2);
            vec![6, last - 2 * step, last - step, last]
        }
    }
}

/// Bytes that mode and length take, rounded up to whole ones with the end.
fn head(version: usize) -> usize {
    if version < LONG { 2 } else { 3 }
}

/// The blocks of `bytes` with their check bytes, a byte of each in turn; the later blocks hold one more.
fn woven(bytes: &[u8], blocks: usize, check: usize) -> Vec<u8> {
    let (short, longer) = (bytes.len() / blocks, bytes.len() % blocks);
    let mut rest = bytes;
    let dealt: Vec<&[u8]> = (0..blocks)
        .map(|block| {
            let (own, others) = rest.split_at(short + usize::from(block >= blocks - longer));
            rest = others;
            own
        })
        .collect();
    let checks: Vec<Vec<u8>> = dealt.iter().map(|block| remainder(block, check)).collect();
    let data = (0..=short).flat_map(|at| dealt.iter().filter_map(move |block| block.get(at)));
    let checked = (0..check).flat_map(|at| checks.iter().filter_map(move |block| block.get(at)));
    data.chain(checked).copied().collect()
}

/// Mode, length, the bytes, an end, and filling.
fn codewords(text: &[u8], version: usize, length: usize) -> Vec<u8> {
    let mut nibbles = vec![4];
    let places = if version < LONG { 0..2 } else { 0..4 };
    nibbles.extend(places.rev().map(|place| (text.len() >> (4 * place)) as u8 & 15));
    nibbles.extend(text.iter().flat_map(|byte| [byte >> 4, byte & 15]));
    nibbles.push(0);
    let mut bytes: Vec<u8> = nibbles.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect();
    let filling = [0xEC, 0x11].into_iter().cycle();
    let missing = length.saturating_sub(bytes.len());
    bytes.extend(filling.take(missing));
    bytes
}

fn times(one: u8, two: u8) -> u8 {
    (0..8).rev().fold(0_u8, |product, bit| {
        let doubled = (product << 1) ^ ((product >> 7) * 0x1D);
        doubled ^ (((two >> bit) & 1) * one)
    })
}

/// Reed and Solomon's check bytes.
fn remainder(data: &[u8], check: usize) -> Vec<u8> {
    let mut divisor = vec![0_u8; check];
    divisor[check - 1] = 1;
    let mut root = 1;
    for _ in 0..check {
        for at in 0..check {
            divisor[at] = times(divisor[at], root) ^ divisor.get(at + 1).copied().unwrap_or(0);
        }
        root = times(root, 2);
    }
    let mut rest = vec![0_u8; check];
    for byte in data {
        let factor = byte ^ rest.remove(0);
        rest.push(0);
        for (left, one) in rest.iter_mut().zip(&divisor) {
            *left ^= times(*one, factor);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a code as a camera does once it has found it: format, mask, bits, check bytes.
    fn read(qr: &Qr) -> String {
        let bits = (0..15).map(|bit: usize| match bit {
            0..=5 => (8, bit),
            6 => (8, 7),
            7 => (8, 8),
            8 => (7, 8),
            _ => (14 - bit, 8),
        });
        let written = bits.enumerate().fold(0, |sum, (bit, (x, y))| sum | u32::from(qr.at(x, y)) << bit);
        let mask = (0..8).find(|mask| format(*mask) == written).expect("a format");
        let version = (qr.size - 17) / 4;
        let places = Qr::frame(version).places();
        let bits: Vec<bool> = places.iter().map(|(x, y)| qr.at(*x, *y) ^ is_masked(mask, *x, *y)).collect();
        let all: Vec<u8> =
            bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect();
        let (data, blocks, check) = VERSIONS[version - 1];
        let (short, longer) = (data / blocks, data % blocks);
        let block = |block: usize| {
            let shared = (0..short).map(|at| all[at * blocks + block]);
            let more = block.checked_sub(blocks - longer).map(|at| all[short * blocks + at]);
            let own: Vec<u8> = shared.chain(more).collect();
            let checks: Vec<u8> = (0..check).map(|at| all[data + at * blocks + block]).collect();
            assert_eq!(remainder(&own, check), checks);
            own
        };
        let bytes: Vec<u8> = (0..blocks).flat_map(block).collect();
        assert_eq!(bytes[0] >> 4, 4);
        let nibbles: Vec<u8> = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).skip(1).collect();
        let (length, text) = nibbles.split_at(if version < LONG { 2 } else { 4 });
        let length = length.iter().fold(0, |sum, nibble| sum << 4 | usize::from(*nibble));
        let text = text.chunks_exact(2).take(length).map(|pair| pair[0] << 4 | pair[1]).collect();
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn what_was_written_is_read() {
        for text in ["RT-2041", "RT20261123A0007", "a", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", "退货-1"] {
            assert_eq!(read(&Qr::of(text).expect(text)), text);
        }
        for length in (1..=412).step_by(3) {
            let text: String = ('!'..='~').cycle().take(length).collect();
            assert_eq!(read(&Qr::of(&text).expect("a code")), text);
        }
        assert_eq!(Qr::of(&"x".repeat(413)), None);
    }

    #[test]
    fn every_version_has_room_for_its_bytes_and_less_than_a_byte_more() {
        for (version, (data, blocks, check)) in (1..).zip(VERSIONS) {
            let bits = Qr::frame(version).places().len();
            assert_eq!(bits / 8, data + blocks * check, "version {version}");
        }
    }

    #[test]
    fn alignment_and_names_are_those_of_the_standards_tables() {
        let rows = [(2, vec![6, 18]), (7, vec![6, 22, 38]), (13, vec![6, 34, 62])];
        let four = [(14, vec![6, 26, 46, 66]), (15, vec![6, 26, 48, 70])];
        for (version, expect) in rows.into_iter().chain(four) {
            assert_eq!(aligned(version), expect, "version {version}");
        }
        assert_eq!((named(7), named(8), named(15)), (0x07C94, 0x085BC, 0x0F928));
    }

    #[test]
    fn check_bytes_and_formats_are_those_of_the_standards_examples() {
        let data = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
        assert_eq!(remainder(&data, 10), [196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
        assert_eq!(
            (format(0), format(1), format(5)),
            (0b101_0100_0001_0010, 0b101_0001_0010_0101, 0b100_0000_1100_1110)
        );
    }

    #[test]
    fn finders_stand_in_three_corners_with_white_around_them() {
        let qr = Qr::of("RT-2041").expect("a code");
        assert_eq!(qr.size(), 21);
        for (left, top) in [(0, 0), (14, 0), (0, 14)] {
            assert!((0..7).all(|at| qr.at(left + at, top) && qr.at(left, top + at)));
            assert!(!qr.at(left + 1, top + 1) && qr.at(left + 3, top + 3));
        }
        assert!((0..8).all(|at| !qr.at(7, at) && !qr.at(at, 7) && !qr.at(13, at)));
        assert!(qr.path().0.starts_with("M4 4h7v1h-7z"));
    }
}
