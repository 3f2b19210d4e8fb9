//! Evidence: pictures, videos and files of the case.

use contract::filing::DOWNLOAD;
use contract::rma::FileView;
use leptos::prelude::*;
use parts::words::purpose;
use ui::{Card, Evidence, EvidenceGallery, EvidenceKind, Text, text};

use super::Case;

const TITLE: Text = text("凭证与照片", "Evidence");
const NONE: Text = text("没有照片或文件", "No photos or files");

/// A file as the gallery shows it.
pub(crate) fn evidence(file: &FileView) -> Evidence {
    let kind = match file.media_type.split('/').next() {
        Some("image") => EvidenceKind::Image,
        Some("video") => EvidenceKind::Video,
        _ => EvidenceKind::File,
    };
    let what = purpose(&file.purpose).get();
    let name = if file.name.is_empty() { what.into_owned() } else { format!("{what} · {}", file.name) };
    Evidence { kind, url: DOWNLOAD.address(&[&file.id]), thumbnail_url: String::new(), name }
}

/// The gallery.
pub(super) fn files(case: Case) -> AnyView {
    let files = case.part(|view| view.files.clone());
    let items = Signal::derive(move || files.with(|files| files.iter().map(evidence).collect::<Vec<_>>()));
    let any = Memo::new(move |_| items.with(|items| !items.is_empty()));
    let body = move || {
        if any.get() {
            view! { <EvidenceGallery items/> }.into_any()
        } else {
            view! { <p class="u-soft">{NONE}</p> }.into_any()
        }
    };
    view! { <Card title=TITLE>{body}</Card> }.into_any()
}
