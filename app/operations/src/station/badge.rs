//! Badges: a random code that a gun reads, stored as a hash.

use domain::{PersonId, Timestamp};
use store::Conn;

use super::attempt;
use crate::actor::Actor;
use crate::error::Error;
use crate::person;
use crate::warehouse::identify::clean;

/// What badges begin with: no parcel, case or article does.
const PREFIX: &str = "OP";
/// Digits and capitals without I, L, O and U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of five random bits each: 100 bits.
const RANDOM_LETTERS: usize = 20;

/// A person's badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// When the badge in force was issued.
    pub issued_at: Option<Timestamp>,
    /// Whether a PIN is set.
    pub has_pin: bool,
    /// Until when wrong PINs keep it from being used.
    pub blocked_until: Option<Timestamp>,
}

/// A new badge's code.
///
/// # Errors
/// `Internal` when the system has no randomness.
pub fn generate() -> Result<String, Error> {
    let mut bytes = [0_u8; RANDOM_LETTERS];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(format!("no randomness: {error}")))?;
    let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    Ok(PREFIX.chars().chain(letters).collect())
}

/// The hash a badge is stored and found by; what guns and Caps Lock add does not matter.
#[must_use]
pub fn hash(scanned: &str) -> [u8; 32] {
    let code = clean(scanned).to_uppercase();
    blake3::derive_key("returndesk 2026-11 badge of an operator", code.as_bytes())
}

/// A person's badge, for whoever manages persons.
///
/// # Errors
/// `Forbidden`, `NotFound`.
pub fn of(conn: &Conn, actor: &Actor, id: PersonId, now: Timestamp) -> Result<Badge, Error> {
    if !actor.may(domain::Permission::PersonManage, None, None) {
        return Err(Error::Forbidden(domain::Permission::PersonManage));
    }
    person::load(conn, id)?;
    let Some(row) = store::badge::of_person(conn, id)? else {
        return Ok(Badge { issued_at: None, has_pin: false, blocked_until: None });
    };
    let blocked_until = match &row.code_hash {
        Some(hash) => attempt::blocked(conn, &attempt::badge_key(hash), now)?,
        None => None,
    };
    Ok(Badge { issued_at: row.issued_at, has_pin: row.pin_hash.is_some(), blocked_until })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_known_whatever_the_gun_adds() {
        let code = generate().unwrap();
        assert_eq!(code.len(), 22);
        assert_eq!(hash(&code), hash(&format!("]C1{}\r\n", code.to_lowercase())));
        assert_ne!(hash(&code), hash(&generate().unwrap()));
    }
}
