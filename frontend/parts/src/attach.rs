//! Files that belong to a piece of work: chosen or taken, sent at once, kept by their ids until the work is done.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::AttachmentId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{FileDrop, Text, Upload, Words, say, text};

use crate::upload::{Progress, Uploader, Wish};

const LABEL: Text = text("拍照，或选择照片、视频", "Take or choose photos or videos");
const ACCEPT: &str = "image/*,video/*";
/// All that is to be sent, in thousandths.
const WHOLE: u16 = 1000;

#[derive(Clone)]
struct Piece {
    upload: Upload,
    id: Option<AttachmentId>,
}

/// The files of one piece of work. Copy freely.
#[derive(Clone, Copy)]
pub struct Attached {
    all: RwSignal<Vec<Piece>>,
    files: StoredValue<BTreeMap<String, web_sys::File>, LocalStorage>,
    uploader: StoredValue<Uploader, LocalStorage>,
    next: StoredValue<u32>,
}

impl Attached {
    /// None yet.
    pub fn new(uploader: Uploader) -> Self {
        Self {
            all: RwSignal::default(),
            files: StoredValue::new_local(BTreeMap::new()),
            uploader: StoredValue::new_local(uploader),
            next: StoredValue::new(0),
        }
    }

    /// Those that have arrived, in order.
    pub fn ids(self) -> Vec<AttachmentId> {
        self.all.with(|all| all.iter().filter_map(|piece| piece.id).collect())
    }

    /// Some are on their way still.
    pub fn is_busy(self) -> bool {
        self.all.with(|all| all.iter().any(|piece| piece.id.is_none() && piece.upload.error.is_none()))
    }

    /// Forgets them: they belong to work that is done.
    pub fn clear(self) {
        self.all.try_set(Vec::new());
        self.files.try_update_value(BTreeMap::clear);
    }

    /// Changes one; says whether it is still there.
    fn change(self, key: &str, change: impl FnOnce(&mut Piece)) -> Wish {
        Wish::of(self.all.try_update(|all| {
            let piece = all.iter_mut().find(|piece| piece.upload.key == key);
            piece.map(change).is_some()
        }))
    }

    fn send(self, key: String, file: web_sys::File) {
        let on_way = key.clone();
        let progress: Progress =
            Rc::new(move |permille| self.change(&on_way, |piece| piece.upload.arrived_permille = permille));
        let sent = self.uploader.with_value(|uploader| (uploader.send)(file, progress));
        spawn_local(async move {
            let sent = sent.await;
            self.change(&key, |piece| match sent {
                Ok(id) => {
                    piece.id = id.parse().ok();
                    piece.upload.arrived_permille = WHOLE;
                }
                Err(problem) => piece.upload.error = Some(problem.words_in_full()),
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
            self.all.update(|all| all.push(Piece { upload, id: None }));
            self.files.update_value(|files| {
                files.insert(key.clone(), file.clone());
            });
            self.send(key, file);
        }
    }

    fn retry(self, key: String) {
        let Some(file) = self.files.with_value(|files| files.get(&key).cloned()) else { return };
        self.change(&key, |piece| {
            piece.upload.error = None;
            piece.upload.arrived_permille = 0;
        });
        self.send(key, file);
    }

    fn remove(self, key: &str) {
        self.all.update(|all| all.retain(|piece| piece.upload.key != key));
        self.files.update_value(|files| {
            files.remove(key);
        });
    }
}

/// How large files may be, in words: said before any is chosen.
pub fn limits(max_bytes: Option<u64>, max_case_bytes: Option<u64>) -> Option<String> {
    // Limits are set in whole megabytes of 2^20 bytes; so they are said.
    let megabytes = |bytes: u64| bytes >> 20;
    let each = megabytes(max_bytes?);
    Some(match max_case_bytes.filter(|bytes| *bytes > 0).map(megabytes) {
        Some(all) => say!("单个最大 {each} MB，合计最大 {all} MB", "At most {each} MB each, {all} MB in all"),
        None => say!("单个最大 {each} MB", "At most {each} MB each"),
    })
}

/// The place for files.
#[component]
pub fn AttachDrop(
    /// The files.
    attached: Attached,
    /// What to give.
    #[prop(optional)]
    label: Option<Text>,
) -> impl IntoView {
    let uploads = Signal::derive(move || {
        attached.all.with(|all| all.iter().map(|piece| piece.upload.clone()).collect::<Vec<_>>())
    });
    let (max_bytes, max_case_bytes) =
        attached.uploader.with_value(|uploader| (uploader.max_bytes, uploader.max_case_bytes));
    let hint = match max_bytes {
        Some(_) => Words::from(move || limits(max_bytes, max_case_bytes).unwrap_or_default()),
        None => Words::default(),
    };
    view! {
        <FileDrop
            label=label.unwrap_or(LABEL)
            hint
            accept=ACCEPT
            multiple=true
            size_bytes_max=max_bytes.unwrap_or(u64::MAX)
            on_files=move |files| attached.take(files)
            uploads
            on_remove=move |key: String| attached.remove(&key)
            on_retry=move |key: String| attached.retry(key)
        />
    }
}
