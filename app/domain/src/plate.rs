//! Licence plates: the codes printed at receipt on parcels and unit groups. They hold the id and a check letter, so that
//! a gun reads them without a table and a slip of one letter is seen.

use crate::id::{ParcelId, UnitGroupId};

/// Digits and capitals without I, L, O and U, which are taken for others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &str = "LP";
const PARCEL: char = 'P';
const UNITS: char = 'U';
/// Letters of the largest id.
const MAX_LETTERS: usize = 13;

/// What a licence plate stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plated {
    /// A parcel.
    Parcel(ParcelId),
    /// Like units.
    Units(UnitGroupId),
}

impl Plated {
    /// The code to print: capitals and digits, at most 17.
    #[must_use]
    pub fn plate(self) -> String {
        let (kind, id) = match self {
            Self::Parcel(id) => (PARCEL, id.get()),
            Self::Units(id) => (UNITS, id.get()),
        };
        let mut left = id.unsigned_abs();
        let mut letters = Vec::new();
        while left > 0 || letters.is_empty() {
            letters.push(letter(left % 32));
            left /= 32;
        }
        letters.reverse();
        let check = check_letter(kind, &letters);
        PREFIX.chars().chain([kind]).chain(letters).chain([check]).collect()
    }

    /// What a code stands on; `None` for what is no plate, or one that was misread.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let mut rest = code.trim().strip_prefix(PREFIX)?.chars();
        let kind = rest.next()?;
        let mut letters: Vec<char> = rest.collect();
        let check = letters.pop()?;
        if !(1..=MAX_LETTERS).contains(&letters.len()) || check_letter(kind, &letters) != check {
            return None;
        }
        let mut id: i64 = 0;
        for one in letters {
            id = id.checked_mul(32)?.checked_add(value(one)?)?;
        }
        match kind {
            PARCEL => Some(Self::Parcel(ParcelId::from_raw(id))),
            UNITS => Some(Self::Units(UnitGroupId::from_raw(id))),
            _ => None,
        }
    }
}

fn letter(value: u64) -> char {
    let place = usize::try_from(value).ok();
    place.and_then(|place| LETTERS.get(place)).map_or('0', |byte| char::from(*byte))
}

fn value(letter: char) -> Option<i64> {
    let place = LETTERS.iter().position(|byte| char::from(*byte) == letter)?;
    i64::try_from(place).ok()
}

// Weighted by place and modulo a prime: one wrong letter or two swapped ones change it.
fn check_letter(kind: char, letters: &[char]) -> char {
    let all = std::iter::once(kind).chain(letters.iter().copied()).zip(1_u64..);
    let sum = all.fold(0_u64, |sum, (one, weight)| {
        let value = value(one).and_then(|value| u64::try_from(value).ok()).unwrap_or(0);
        sum + value * weight
    });
    letter(sum % 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_is_read_back_and_a_slip_is_seen() {
        for raw in [1, 31, 32, 62_914_560_000_123_456, i64::MAX] {
            let parcel = Plated::Parcel(ParcelId::from_raw(raw));
            let plate = parcel.plate();
            assert!(plate.len() <= 17, "{plate}");
            assert_eq!(Plated::read(&plate), Some(parcel));
            assert_eq!(
                Plated::read(&Plated::Units(UnitGroupId::from_raw(raw)).plate()),
                Some(Plated::Units(UnitGroupId::from_raw(raw)))
            );
            let slip = plate.replacen('P', "U", 2).replacen('U', "P", 1);
            assert_eq!(Plated::read(&slip).filter(|read| *read == parcel), None, "{slip}");
        }
    }

    #[test]
    fn what_is_no_plate_is_none() {
        for code in ["", "LP", "LPP", "LPP1", "SF1234567890", "LPX123", "LPP!!A", "LPPZZZZZZZZZZZZZZZZZ"] {
            assert_eq!(Plated::read(code), None, "{code}");
        }
    }
}
