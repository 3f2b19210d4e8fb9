//! One picture on its way to the server, and the way itself.

use leptos::prelude::*;

use crate::upload::Wish;
pub use crate::upload::{Progress, UploadFuture, Uploader};

/// One picture, video or other file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Photo {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) size_bytes: u64,
    /// Address of what can be shown of it here.
    pub(super) preview: Option<String>,
    pub(super) arrived_permille: u16,
    /// As the server knows it.
    pub(super) id: Option<String>,
    pub(super) error: Option<String>,
}

impl Photo {
    pub(super) fn of(key: String, file: &web_sys::File) -> Self {
        let shown = file.type_().starts_with("image/");
        let preview = if shown { web_sys::Url::create_object_url_with_blob(file).ok() } else { None };
        Self {
            key,
            name: file.name(),
            size_bytes: file.size() as u64,
            preview,
            arrived_permille: 0,
            id: None,
            error: None,
        }
    }

    pub(super) fn is_on_its_way(&self) -> bool {
        self.id.is_none() && self.error.is_none()
    }

    /// Lets the browser forget what was shown.
    pub(super) fn forget(&self) {
        if let Some(preview) = &self.preview {
            let _ = web_sys::Url::revoke_object_url(preview);
        }
    }
}

/// Changes the picture `key` of a list; says whether it is still there.
pub(super) fn change(photos: &ArcRwSignal<Vec<Photo>>, key: &str, change: impl FnOnce(&mut Photo)) -> Wish {
    Wish::of(photos.try_update(|photos| photos.iter_mut().find(|photo| photo.key == key).map(change).is_some()))
}
