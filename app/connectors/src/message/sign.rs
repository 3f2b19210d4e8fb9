//! HMAC-SHA256, as each side writes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac::{HMAC_SHA256, Key, sign};

/// HMAC-SHA256 in base64.
#[must_use]
pub fn hmac_base64(key: &[u8], message: &[u8]) -> String {
    STANDARD.encode(sign(&Key::new(HMAC_SHA256, key), message))
}

/// HMAC-SHA256 in hex.
#[must_use]
pub fn hmac_hex(key: &[u8], message: &[u8]) -> String {
    let tag = sign(&Key::new(HMAC_SHA256, key), message);
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_holds() {
        // RFC 4231, test case 2.
        let expect = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hmac_hex(b"Jefe", b"what do ya want for nothing?"), expect);
    }
}
