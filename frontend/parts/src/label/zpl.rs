//! A label for Zebra printers and those that understand them, 100 × 150 mm at 203 dots an inch. Words are drawn here and sent
//! as a picture, since few printers have Chinese letters; the codes are the printer's own, so that they are sharp.

/// Dots of the paper's width.
pub(super) const WIDTH_DOTS: u32 = 800;
const HEIGHT_DOTS: u32 = 1_200;
/// White at each side.
pub(super) const MARGIN_DOTS: u32 = 32;

/// A picture in black and white: rows of bytes, a bit a dot, the left one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) row_bytes: usize,
    pub(super) bytes: Vec<u8>,
}

impl Picture {
    /// Rows of dots.
    fn height(&self) -> u32 {
        u32::try_from(self.bytes.len() / self.row_bytes.max(1)).unwrap_or(0)
    }

    fn command(&self) -> String {
        let total = self.bytes.len();
        let hex: String = self.bytes.iter().map(|byte| format!("{byte:02X}")).collect();
        format!("^GFA,{total},{total},{},{hex}^FS", self.row_bytes)
    }
}

/// A label: its words above, its number as both codes below.
pub(super) fn document(number: &str, words: &Picture) -> String {
    // What would begin a command cannot stand in a number.
    let number: String =
        number.chars().filter(|letter| letter.is_ascii_graphic() && !"^~>".contains(*letter)).collect();
    let codes_at = (MARGIN_DOTS + words.height() + MARGIN_DOTS).min(HEIGHT_DOTS - 330);
    let lines = [
        "^XA".to_owned(),
        format!("^CI28^PW{WIDTH_DOTS}^LL{HEIGHT_DOTS}^LH0,0"),
        format!("^FO{MARGIN_DOTS},{MARGIN_DOTS}{}", words.command()),
        format!("^FO{MARGIN_DOTS},{codes_at}^BY2,3,150^BCN,150,Y,N,N^FD>:{number}^FS"),
        format!("^FO{},{codes_at}^BQN,2,7^FDMA,{number}^FS", WIDTH_DOTS - MARGIN_DOTS - 190),
        "^XZ".to_owned(),
    ];
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_holds_its_words_and_both_codes() {
        let words = Picture { row_bytes: 2, bytes: vec![0xFF, 0x80, 0x00, 0x01] };
        let zpl = document("RT-2041", &words);
        assert!(zpl.starts_with("^XA\n^CI28^PW800^LL1200"), "{zpl}");
        assert!(zpl.contains("^FO32,32^GFA,4,4,2,FF800001^FS"), "{zpl}");
        assert!(zpl.contains("^BCN,150,Y,N,N^FD>:RT-2041^FS"), "{zpl}");
        assert!(zpl.contains("^BQN,2,7^FDMA,RT-2041^FS"), "{zpl}");
        assert!(zpl.ends_with("^XZ\n"), "{zpl}");
    }

    #[test]
    fn a_number_cannot_become_a_command() {
        let words = Picture { row_bytes: 1, bytes: Vec::new() };
        assert!(document("A^XZ~JA>1 店", &words).contains("^FD>:AXZJA1^FS"));
    }
}
