//! Opaque secrets: session tokens, bearer tokens, setup links. Only their hashes are stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::Error;

/// What bearer tokens begin with, so that a leaked one is found by a search.
pub const BEARER_PREFIX: &str = "rdt_";
/// Randomness in a secret, in bytes.
const SECRET_BYTES: usize = 32;
/// Longest text looked up as a secret.
const MAX_CHARS: usize = 128;

/// A new secret of 256 random bits after `prefix`, fit for a cookie, a header or an address.
///
/// # Errors
/// `Internal` when the system has no randomness.
pub fn generate(prefix: &str) -> Result<String, Error> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(format!("no randomness: {error}")))?;
    let mut secret = prefix.to_owned();
    URL_SAFE_NO_PAD.encode_string(bytes, &mut secret);
    Ok(secret)
}

/// The hash a secret is stored and found by; `None` for a text that cannot be one.
#[must_use]
pub fn hash(secret: &str) -> Option<[u8; 32]> {
    let plausible = (SECRET_BYTES..=MAX_CHARS).contains(&secret.len()) && secret.is_ascii();
    plausible.then(|| *blake3::hash(secret.as_bytes()).as_bytes())
}

/// The CSRF token that belongs to a session token. Who has only the one cannot compute the other.
#[must_use]
pub fn csrf_of(session_token: &str) -> String {
    let key = blake3::derive_key("returndesk 2026-11 csrf token of a session", session_token.as_bytes());
    URL_SAFE_NO_PAD.encode(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_found_by_hash() {
        let one = generate(BEARER_PREFIX).unwrap();
        let two = generate(BEARER_PREFIX).unwrap();
        assert_ne!(one, two);
        assert_eq!(one.len(), BEARER_PREFIX.len() + 43);
        assert_eq!(hash(&one), hash(&one.clone()));
        assert_ne!(hash(&one), hash(&two));
        assert_eq!(hash("short"), None);
        assert_eq!(hash(&"x".repeat(129)), None);
    }

    #[test]
    fn the_csrf_token_is_fixed_by_the_session_token() {
        let session = generate("").unwrap();
        assert_eq!(csrf_of(&session), csrf_of(&session));
        assert_ne!(csrf_of(&session), csrf_of(&generate("").unwrap()));
        assert_ne!(hash(&csrf_of(&session)), hash(&session));
    }
}
