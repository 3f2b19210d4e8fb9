//! How many text messages a text costs.

/// The letters of the old telephone alphabet that count once.
const PLAIN: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that count twice.
const DOUBLE: &str = "^{}\\[~]|€";

/// What a text costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmsParts {
    /// Units it takes: letters, or twice that for some.
    pub units: usize,
    /// Units that one message holds.
    pub room: usize,
    /// Messages it is sent as.
    pub parts: usize,
}

/// What a text costs: 70 letters a message as soon as one letter is Chinese, 67 each when there are several; 160 and 153
/// otherwise.
#[must_use]
pub fn sms_parts(text: &str) -> SmsParts {
    let plain = text.chars().all(|letter| PLAIN.contains(letter) || DOUBLE.contains(letter));
    let (units, one, several) = if plain {
        (text.chars().map(|letter| if DOUBLE.contains(letter) { 2 } else { 1 }).sum(), 160, 153)
    } else {
        (text.encode_utf16().count(), 70, 67)
    };
    if units <= one {
        return SmsParts { units, room: one, parts: usize::from(units > 0) };
    }
    SmsParts { units, room: several, parts: units.div_ceil(several) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: (usize, usize)) {
        let found = sms_parts(text);
        assert_eq!((found.units, found.parts), expect, "{text}");
    }

    #[test]
    fn chinese_halves_the_room() {
        check("", (0, 0));
        check(&"a".repeat(160), (160, 1));
        check(&"a".repeat(161), (161, 2));
        check("[a]", (5, 1));
        check(&"字".repeat(70), (70, 1));
        check(&"字".repeat(71), (71, 2));
        check(&"字".repeat(135), (135, 3));
        check("😀", (2, 1));
    }
}
