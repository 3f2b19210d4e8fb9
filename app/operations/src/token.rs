//! Bearer tokens of other systems: made with roles of their own, listed, ended.

pub mod add;
pub mod read;
pub mod revoke;

pub use store::api_token::TokenRow;
