//! Passwords: what is accepted, and how they are hashed. Hashing is slow on purpose; callers bound how many run at once.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};

use crate::error::{Error, Refusal};

/// Fewest characters of a password.
pub const MIN_CHARS: usize = 8;
/// Most bytes of a password: hashing must not become a way to keep the server busy.
pub const MAX_BYTES: usize = 1_024;
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// A PIN is guessed by trying, which is limited, and hashed lightly, so that operators change quickly.
const PIN_MEMORY_KIB: u32 = 4 * 1_024;

/// Refuses a new password that is too short, too long, all one character, or the person's own name.
///
/// # Errors
/// `Invalid` at `field`.
pub fn check_new(name: &str, password: &str, field: &str) -> Result<(), Error> {
    let refuse = |code, zh: String, en: String| Err(Error::invalid(Refusal::new(code, zh, en).at(field)));
    let first = password.chars().next();
    if password.chars().count() < MIN_CHARS {
        let zh = format!("密码至少 {MIN_CHARS} 个字符");
        return refuse("password_too_short", zh, format!("a password has at least {MIN_CHARS} characters"));
    }
    if password.len() > MAX_BYTES {
        let zh = format!("密码最长 {MAX_BYTES} 字节");
        return refuse("password_too_long", zh, format!("a password has at most {MAX_BYTES} bytes"));
    }
    if password.chars().all(|letter| Some(letter) == first) || password.to_lowercase() == name.to_lowercase() {
        let zh = "密码不能是登录名，也不能是同一个字符".to_owned();
        return refuse(
            "password_too_simple",
            zh,
            "a password is not the sign-in name and not one character".to_owned(),
        );
    }
    Ok(())
}

/// Hashes a password: argon2id with a salt of its own. Takes some 20 ms and 19 MiB.
///
/// # Errors
/// `Internal` when the system has no randomness or memory.
pub fn hash(password: &str) -> Result<String, Error> {
    let hash = hasher()?.hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::internal(format!("argon2: {error}")))
}

/// Whether `password` is the one that `stored` was made of. Without a stored hash it takes the same time and says no,
/// so that nobody learns from the clock which names exist.
#[must_use]
pub fn verify(stored: Option<&str>, password: &str) -> bool {
    let Ok(hasher) = hasher() else { return false };
    if password.len() > MAX_BYTES {
        return false;
    }
    match stored.and_then(|text| PasswordHash::new(text).ok()) {
        Some(known) => hasher.verify_password(password.as_bytes(), &known).is_ok(),
        None => {
            let spent: Result<PasswordHash, _> =
                hasher.hash_password_with_salt(password.as_bytes(), b"no such account");
            drop(spent);
            false
        }
    }
}

/// Hashes a PIN: as a password, with less memory. Takes some 5 ms.
///
/// # Errors
/// As `hash`.
pub fn hash_pin(pin: &str) -> Result<String, Error> {
    let hash = hasher_with(PIN_MEMORY_KIB)?.hash_password(pin.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Error::internal(format!("argon2: {error}")))
}

/// Whether `pin` is the one that `stored` was made of; without one it takes as long and says no.
#[must_use]
pub fn verify_pin(stored: Option<&str>, pin: &str) -> bool {
    let Ok(hasher) = hasher_with(PIN_MEMORY_KIB) else { return false };
    if pin.len() > MAX_BYTES {
        return false;
    }
    match stored.and_then(|text| PasswordHash::new(text).ok()) {
        Some(known) => hasher.verify_password(pin.as_bytes(), &known).is_ok(),
        None => {
            let spent: Result<PasswordHash, _> = hasher.hash_password_with_salt(pin.as_bytes(), b"no such account");
            drop(spent);
            false
        }
    }
}

fn hasher() -> Result<Argon2<'static>, Error> {
    hasher_with(MEMORY_KIB)
}

fn hasher_with(memory_kib: u32) -> Result<Argon2<'static>, Error> {
    let params = Params::new(memory_kib, PASSES, LANES, None);
    let params = params.map_err(|error| Error::internal(format!("argon2: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, password: &str, expect: Option<&str>) {
        assert_eq!(check_new(name, password, "password").err().map(|error| error.code()), expect);
    }

    #[test]
    fn weak_passwords_are_refused_by_name() {
        check("lin", "七个字还不够长", Some("password_too_short"));
        check("lin", "八个字就已经够了", None);
        check("lin", &"x1".repeat(513), Some("password_too_long"));
        check("lin", "aaaaaaaaaaaa", Some("password_too_simple"));
        check("lin.wei.an", "Lin.Wei.An", Some("password_too_simple"));
    }

    #[test]
    fn a_hash_knows_its_password_only() {
        let stored = hash("correct horse").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify(Some(&stored), "correct horse"));
        assert!(!verify(Some(&stored), "correct horse "));
        assert!(!verify(None, "correct horse"));
        assert!(!verify(Some("not a hash"), "correct horse"));
        assert_ne!(hash("correct horse").unwrap(), stored, "each hash has a salt of its own");
    }
}
