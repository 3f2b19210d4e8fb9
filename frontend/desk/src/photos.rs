//! Photos that belong to a piece of work at the desk.

use domain::AttachmentId;
use leptos::prelude::*;
use parts::attach::{AttachDrop, Attached};
use parts::upload::staff_uploader;

/// The photos of one piece of work. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Photos(Attached);

impl Photos {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self(Attached::new(staff_uploader()))
    }

    /// Those that have arrived, in order.
    pub(crate) fn ids(self) -> Vec<AttachmentId> {
        self.0.ids()
    }

    /// Some are on their way still.
    pub(crate) fn is_busy(self) -> bool {
        self.0.is_busy()
    }

    /// Forgets them: they belong to work that is done.
    pub(crate) fn clear(self) {
        self.0.clear();
    }
}

/// The place for photos.
#[component]
pub(crate) fn PhotoDrop(photos: Photos) -> impl IntoView {
    view! { <AttachDrop attached=photos.0/> }
}
