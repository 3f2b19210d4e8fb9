//! What crosses HTTP: requests, views, the error body and the route table. The front ends compile these very types.
//!
//! Invariant: no view is a row. A field a person may not see is absent, not blank.

pub mod error;
pub mod event;
pub mod health;
pub mod external_case;
pub mod import;
pub mod master;
pub mod order;
pub mod page;
pub mod person;
pub mod route;
pub mod session;
pub mod rma;
pub mod filing;
pub mod inbox;
pub mod template;
pub mod board;
pub mod portal;
pub mod token;

pub use error::{ErrorBody, FieldError};
pub use page::Page;
pub use route::{Access, Method, Route};
