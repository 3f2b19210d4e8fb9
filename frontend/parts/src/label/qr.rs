//! A number as a QR code: byte mode, level M (a seventh of it may be dirty), versions 1 to 3, up to 42 bytes: case numbers
//! are shorter. Drawn as one path.

/// Data and check bytes of versions 1 to 3 at level M, each one block.
const VERSIONS: [(usize, usize); 3] = [(16, 10), (28, 16), (44, 26)];
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
        let version = VERSIONS.iter().position(|(data, _)| text.len() + 2 <= *data)?;
        let (data, check) = *VERSIONS.get(version)?;
        let mut bytes = codewords(text.as_bytes(), data);
        bytes.extend(remainder(&bytes, check));
        let mut plain = Self::frame(version + 1);
        plain.fill(&bytes);
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
        if version > 1 {
            let middle = size - 7;
            for (dx, dy) in (0..5).flat_map(|y| (0..5).map(move |x| (x, y))) {
                let ring = usize::abs_diff(dx, 2).max(usize::abs_diff(dy, 2));
                frame.set(middle - 2 + dx, middle - 2 + dy, ring != 1);
            }
        }
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

/// Mode, length, the bytes, an end, and filling.
fn codewords(text: &[u8], length: usize) -> Vec<u8> {
    let mut nibbles = vec![4, (text.len() >> 4) as u8 & 15, text.len() as u8 & 15];
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
        let bytes: Vec<u8> =
            bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect();
        let (data, check) = VERSIONS[version - 1];
        assert_eq!(remainder(&bytes[..data], check), bytes[data..data + check]);
        let length = usize::from(bytes[0] << 4 | bytes[1] >> 4);
        assert_eq!(bytes[0] >> 4, 4);
        let text = (1..=length).map(|at| bytes[at] << 4 | bytes[at + 1] >> 4).collect();
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn what_was_written_is_read() {
        for text in ["RT-2041", "RT20261123A0007", "a", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", "退货-1"] {
            assert_eq!(read(&Qr::of(text).expect(text)), text);
        }
        assert_eq!(Qr::of(&"x".repeat(43)), None);
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
