//! Cases as platforms see them, beside ours: put by other systems, linked by order or by staff, the most urgent first.

pub mod link;
pub mod list;
pub mod put;
pub mod status;

pub use link::{LinkExternalCase, link};
pub use list::{ExternalCasePage, ExternalCaseQuery, ExternalCaseView, list};
pub use put::{ExternalCaseFacts, PutExternalCase, put};
pub use status::ExternalStatus;
