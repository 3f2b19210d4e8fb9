//! How a customer's files get to the server: with the proof of the order, or the token of the case.

use contract::portal::UploadLimits;
use parts::api::Headers;
use parts::upload::{CUSTOMER, Uploader};

/// Uploads with these headers, within these limits.
pub(crate) fn uploader(headers: Headers, limits: &UploadLimits) -> Uploader {
    parts::upload::uploader(CUSTOMER, headers, Some(limits.max_bytes), Some(limits.max_case_bytes))
}
