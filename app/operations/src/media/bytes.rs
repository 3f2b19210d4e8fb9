//! Reading bytes in order: whatever is not there is `Broken`.

use super::Spoiled;

/// What is left of a content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(content: &'a [u8]) -> Self {
        Self { rest: content }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left, without moving on.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Spoiled> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Spoiled::Broken)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Spoiled> {
        self.take(1)?.first().copied().ok_or(Spoiled::Broken)
    }

    /// Two bytes, the high one first.
    pub(super) fn u16_be(&mut self) -> Result<u16, Spoiled> {
        self.take(2)?.try_into().map(u16::from_be_bytes).map_err(|_| Spoiled::Broken)
    }

    /// Two bytes, the low one first.
    pub(super) fn u16_le(&mut self) -> Result<u16, Spoiled> {
        self.take(2)?.try_into().map(u16::from_le_bytes).map_err(|_| Spoiled::Broken)
    }

    /// Four bytes, the high one first.
    pub(super) fn u32_be(&mut self) -> Result<u32, Spoiled> {
        self.take(4)?.try_into().map(u32::from_be_bytes).map_err(|_| Spoiled::Broken)
    }

    /// Four bytes, the low one first.
    pub(super) fn u32_le(&mut self) -> Result<u32, Spoiled> {
        self.take(4)?.try_into().map(u32::from_le_bytes).map_err(|_| Spoiled::Broken)
    }

    /// Goes on only after these very bytes.
    pub(super) fn expect(&mut self, wanted: &[u8]) -> Result<(), Spoiled> {
        if self.take(wanted.len())? == wanted { Ok(()) } else { Err(Spoiled::Broken) }
    }
}
