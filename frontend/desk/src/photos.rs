//! Photos that belong to a piece of work: taken or chosen, sent at once, kept by their ids until the work is done.

use std::collections::BTreeMap;

use contract::filing::{UPLOAD, UploadedView};
use domain::AttachmentId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Headers};
use ui::{FileDrop, Text, Upload, text};

const LABEL: Text = text("拍照或选择照片", "Take or choose photos");
const ACCEPT: &str = "image/*,video/*";
/// All that is to be sent, in thousandths.
const WHOLE: u16 = 1000;

#[derive(Clone)]
struct Photo {
    upload: Upload,
    id: Option<AttachmentId>,
}

/// The photos of one piece of work. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Photos {
    all: RwSignal<Vec<Photo>>,
    files: StoredValue<BTreeMap<String, web_sys::File>, LocalStorage>,
    next: StoredValue<u32>,
}

impl Photos {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { all: RwSignal::default(), files: StoredValue::new_local(BTreeMap::new()), next: StoredValue::new(0) }
    }

    /// Those that have arrived, in order.
    pub(crate) fn ids(self) -> Vec<AttachmentId> {
        self.all.with(|all| all.iter().filter_map(|photo| photo.id).collect())
    }

    /// Some are on their way still.
    pub(crate) fn is_busy(self) -> bool {
        self.all.with(|all| all.iter().any(|photo| photo.id.is_none() && photo.upload.error.is_none()))
    }

    /// Forgets them: they belong to work that is done.
    pub(crate) fn clear(self) {
        self.all.try_set(Vec::new());
        self.files.try_update_value(BTreeMap::clear);
    }

    fn change(self, key: &str, change: impl FnOnce(&mut Photo)) {
        self.all.try_update(|all| {
            if let Some(photo) = all.iter_mut().find(|photo| photo.upload.key == key) {
                change(photo);
            }
        });
    }

    fn send(self, key: String, file: web_sys::File) {
        let on_way = key.clone();
        let progress = move |permille| self.change(&on_way, |photo| photo.upload.arrived_permille = permille);
        spawn_local(async move {
            let sent = api::upload::<UploadedView>(&UPLOAD, Headers::new(), file, progress).await;
            self.change(&key, |photo| match sent {
                Ok(uploaded) => {
                    photo.id = Some(uploaded.id);
                    photo.upload.arrived_permille = WHOLE;
                }
                Err(problem) => photo.upload.error = Some(problem.words_in_full()),
            });
        });
    }

    fn take(self, chosen: Vec<web_sys::File>) {
        for file in chosen {
            let key = self.next.with_value(u32::to_string);
            self.next.update_value(|next| *next += 1);
            let upload = Upload {
                key: key.clone(),
                name: file.name(),
                size_bytes: file.size() as u64,
                arrived_permille: 0,
                error: None,
            };
            self.all.update(|all| all.push(Photo { upload, id: None }));
            self.files.update_value(|files| {
                files.insert(key.clone(), file.clone());
            });
            self.send(key, file);
        }
    }

    fn retry(self, key: String) {
        let Some(file) = self.files.with_value(|files| files.get(&key).cloned()) else { return };
        self.change(&key, |photo| {
            photo.upload.error = None;
            photo.upload.arrived_permille = 0;
        });
        self.send(key, file);
    }

    fn remove(self, key: &str) {
        self.all.update(|all| all.retain(|photo| photo.upload.key != key));
        self.files.update_value(|files| {
            files.remove(key);
        });
    }
}

/// The place for photos.
#[component]
pub(crate) fn PhotoDrop(photos: Photos) -> impl IntoView {
    let uploads =
        Signal::derive(move || photos.all.with(|all| all.iter().map(|photo| photo.upload.clone()).collect::<Vec<_>>()));
    view! {
        <FileDrop
            label=LABEL
            accept=ACCEPT
            multiple=true
            on_files=move |files| photos.take(files)
            uploads
            on_remove=move |key: String| photos.remove(&key)
            on_retry=move |key: String| photos.retry(key)
        />
    }
}
