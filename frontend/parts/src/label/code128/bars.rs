//! Code 128, set B: which modules of a text are black.

/// Widths of bars and gaps of each symbol, bar first; the last one ends.
const SYMBOLS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];
/// Begins in set B.
const START: usize = 104;
/// Ends.
const STOP: usize = 106;
/// Widths of a gap that guns need before and after.
const QUIET: usize = 10;

/// The symbols of a text, from start to stop; `None` when a character has none.
fn symbols(text: &str) -> Option<Vec<usize>> {
    let mut all = vec![START];
    for letter in text.chars() {
        let value = u32::from(letter).checked_sub(32).filter(|value| *value < 96)?;
        all.push(value as usize);
    }
    let sum: usize = all.iter().enumerate().map(|(at, value)| value * at.max(1)).sum();
    all.push(sum % 103);
    all.push(STOP);
    Some(all)
}

/// The modules from left to right with the gaps that guns need around them; true is black.
pub(crate) fn modules(text: &str) -> Option<Vec<bool>> {
    let gap = || std::iter::repeat_n(false, QUIET);
    let mut all: Vec<bool> = gap().collect();
    for symbol in symbols(text)? {
        for (index, digit) in SYMBOLS.get(symbol)?.chars().enumerate() {
            all.extend(std::iter::repeat_n(index % 2 == 0, digit.to_digit(10)? as usize));
        }
    }
    all.extend(gap());
    Some(all)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_symbol_is_eleven_wide_with_an_even_number_of_black() {
        let (stop, others) = SYMBOLS.split_last().unwrap_or((&"", &[]));
        for symbol in others {
            let widths: Vec<u32> = symbol.chars().filter_map(|digit| digit.to_digit(10)).collect();
            assert_eq!((widths.len(), widths.iter().sum()), (6, 11), "{symbol}");
            assert_eq!(widths.iter().step_by(2).sum::<u32>() % 2, 0, "{symbol}");
        }
        assert_eq!(*stop, "2331112");
        assert_eq!(SYMBOLS.iter().collect::<BTreeSet<_>>().len(), SYMBOLS.len());
    }

    #[test]
    fn the_check_symbol_is_the_weighted_sum() {
        // P J J 1 2 3 C: the example of the standard, in set B.
        let all = symbols("PJJ123C").unwrap_or_default();
        assert_eq!(all, [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]);
        assert_eq!(symbols("店"), None);
    }
}
