//! How a customer's files get to the server: with the proof of the order, or the token of the case.

use std::rc::Rc;

use contract::portal::{PortalUploaded, UPLOAD, UploadLimits};
use parts::api::{self, Headers};
use parts::form::{UploadFuture, Uploader};

/// Uploads with these headers, within these limits.
pub(crate) fn uploader(headers: Headers, limits: &UploadLimits) -> Uploader {
    let send = move |file: web_sys::File, progress: Rc<dyn Fn(u16)>| -> UploadFuture {
        let headers = headers.clone();
        Box::pin(async move {
            let sent = api::upload::<PortalUploaded>(&UPLOAD, headers, file, move |permille| progress(permille));
            sent.await.map(|uploaded| uploaded.id.to_string())
        })
    };
    Uploader { send: Rc::new(send), max_bytes: Some(limits.max_bytes) }
}
