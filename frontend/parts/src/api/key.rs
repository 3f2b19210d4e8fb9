//! What makes a command the same command when it is sent again.

use leptos::prelude::window;

/// The name of one command, kept by its form until the command's outcome is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// A name nobody else has.
    #[must_use]
    pub fn new() -> Self {
        let mut bytes = [0_u8; 16];
        // Random numbers are there without a secure connection too; `randomUUID` is not.
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// A name that was given before, as kept over a reload.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// As sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Key {
    fn default() -> Self {
        Self::new()
    }
}
