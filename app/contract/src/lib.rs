//! What crosses HTTP: requests, views, the error body and the route table. The front ends compile these very types.
//!
//! Invariant: no view is a row. A field a person may not see is absent, not blank.

pub mod backup;
pub mod board;
pub mod daily_file;
pub mod error;
pub mod event;
pub mod exception;
pub mod external_case;
pub mod filing;
pub mod gun;
pub mod health;
pub mod import;
pub mod inbox;
pub mod ledger;
pub mod master;
pub mod message;
pub mod order;
pub mod outbound;
pub mod page;
pub mod person;
pub mod portal;
pub mod record;
pub mod refund;
pub mod rma;
pub mod route;
pub mod session;
pub mod settlement;
pub mod statement;
pub mod station;
pub mod template;
pub mod token;
pub mod tracking;
pub mod upload;
pub mod warehouse;

pub use error::{ErrorBody, FieldError};
pub use page::Page;
pub use route::{Access, Method, Route};
