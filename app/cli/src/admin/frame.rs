//! One message on the admin socket: its length in four bytes, big end first, then JSON.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Longest message, in bytes.
pub(super) const MAX_BYTES: u32 = 16 * 1_024 * 1_024;

/// The message as bytes.
pub(super) fn encode<T: Serialize>(message: &T) -> io::Result<Vec<u8>> {
    let body = serde_json::to_vec(message)?;
    let length = u32::try_from(body.len()).ok().filter(|length| *length <= MAX_BYTES);
    let length = length.ok_or_else(|| io::Error::other("the message is too long"))?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(&body);
    Ok(bytes)
}

/// Writes a message.
pub(super) fn write<T: Serialize>(mut into: impl Write, message: &T) -> io::Result<()> {
    into.write_all(&encode(message)?)?;
    into.flush()
}

/// Reads a message.
pub(super) fn read<T: DeserializeOwned>(mut from: impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let mut body = vec![0; checked(u32::from_be_bytes(length))?];
    from.read_exact(&mut body)?;
    Ok(serde_json::from_slice(&body)?)
}

/// The length that a message announces, if it is allowed.
pub(super) fn checked(length: u32) -> io::Result<usize> {
    if length > MAX_BYTES {
        return Err(io::Error::other("the message is too long"));
    }
    usize::try_from(length).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back_and_long_ones_do_not() {
        let mut bytes = Vec::new();
        write(&mut bytes, &("退换", 7)).unwrap();
        assert_eq!(read::<(String, i32)>(bytes.as_slice()).unwrap(), ("退换".to_owned(), 7));
        assert!(read::<String>([0xFF_u8; 8].as_slice()).is_err());
        assert!(read::<String>(&bytes[..bytes.len() - 1]).is_err());
    }
}
