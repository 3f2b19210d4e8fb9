//! Who is signed in: sessions of persons and bearer tokens of systems, looked up in memory, ended at once.
//!
//! A session ends when it is not used for a while, after a longer while in any case, or when somebody ends it.

pub mod authenticate;
pub mod cache;
pub mod close;
pub mod limits;
pub mod open;
pub mod read;
pub mod setup;
pub mod touch;

pub use authenticate::{Credential, SignedIn, authenticate, authenticate_again};
pub use cache::{Forgotten, Sessions};
pub use limits::{Limits, limits, operator_limits};
pub use store::session::SessionRow;

/// How far `seen_at` in the file may lag behind.
pub const TOUCH_EVERY_MS: i64 = 5 * 60_000;
/// Open sessions of one person; opening one more ends the oldest.
pub const MAX_OPEN: u32 = 32;
