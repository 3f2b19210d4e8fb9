//! Pictures and videos: dropped, picked or taken; each with its preview, how far it is, and what went wrong.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use engine::value::Value;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::locale::bytes;
use ui::{FileDrop, Glyph, Icon, IconButton, Text, say, text};

use super::photo::{Photo, Progress, change};
use super::slot::Slot;

const LABEL: Text = text("选择照片或视频，也可拖到这里", "Choose photos or a video, or drop them here");
const REMOVE: Text = text("移除", "Remove");
const AGAIN: Text = text("重新上传", "Upload again");
const ACCEPT: &str = "image/*,video/*";

/// The files themselves, for sending one again.
type Files = StoredValue<BTreeMap<String, web_sys::File>, LocalStorage>;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

fn next_key() -> String {
    NEXT.with(|next| next.replace(next.get().wrapping_add(1))).to_string()
}

/// The answer is what has arrived, in the order on screen.
fn answer(slot: Slot, photos: &ArcRwSignal<Vec<Photo>>) {
    let ids: Vec<String> = photos.with_untracked(|photos| photos.iter().filter_map(|photo| photo.id.clone()).collect());
    slot.set(if ids.is_empty() { Value::Blank } else { Value::texts(ids) });
}

fn send(slot: Slot, photos: ArcRwSignal<Vec<Photo>>, key: String, file: web_sys::File) {
    let Some(uploader) = slot.form.uploader() else { return };
    let (progress_photos, progress_key) = (photos.clone(), key.clone());
    let on_progress: Progress =
        Rc::new(move |permille| change(&progress_photos, &progress_key, |photo| photo.arrived_permille = permille));
    let future = (uploader.send)(file, on_progress);
    spawn_local(async move {
        let answered = future.await;
        change(&photos, &key, |photo| match answered {
            Ok(id) => {
                photo.id = Some(id);
                photo.arrived_permille = 1000;
            }
            Err(problem) => photo.error = Some(problem.words_in_full()),
        });
        answer(slot, &photos);
    });
}

fn tile(slot: Slot, photos: ArcRwSignal<Vec<Photo>>, files: Files, photo: Photo) -> AnyView {
    let Photo { key, name, size_bytes, preview, .. } = photo;
    let own = {
        let (photos, key) = (photos.clone(), key.clone());
        Memo::new(move |_| photos.with(|photos| photos.iter().find(|photo| photo.key == key).cloned()))
    };
    let remove = {
        let (photos, key) = (photos.clone(), key.clone());
        move |()| {
            photos.update(|photos| {
                photos.iter().filter(|photo| photo.key == key).for_each(Photo::forget);
                photos.retain(|photo| photo.key != key);
            });
            files.update_value(|files| {
                files.remove(&key);
            });
            answer(slot, &photos);
            slot.leave();
        }
    };
    let again = Callback::new(move |()| {
        if let Some(file) = files.with_value(|files| files.get(&key).cloned()) {
            change(&photos, &key, |photo| {
                photo.error = None;
                photo.arrived_permille = 0;
            });
            send(slot, photos.clone(), key.clone(), file);
        }
    });
    let broken = RwSignal::new(false);
    let alt = name.clone();
    let face = move || match preview.clone().filter(|_| !broken.get()) {
        Some(src) => view! { <img class="photo__picture" src=src alt=alt.clone() on:error=move |_| broken.set(true)/> }
            .into_any(),
        None => view! { <span class="photo__face"><Icon glyph=Glyph::File/></span> }.into_any(),
    };
    let label = name.clone();
    let state = move || {
        let photo = own.get()?;
        let view = match photo.error {
            Some(error) => view! {
                <p class="photo__error" role="alert">{error}</p>
                <IconButton glyph=Glyph::Refresh label=AGAIN on_click=again/>
            }
            .into_any(),
            None if photo.id.is_none() => view! {
                <progress class="ui-progress__bar" aria-label=label.clone() max="1000" value=photo.arrived_permille.to_string()>
                </progress>
            }
            .into_any(),
            None => view! { <p class="photo__size"><Icon glyph=Glyph::Check/>{bytes(size_bytes)}</p> }.into_any(),
        };
        Some(view)
    };
    let is_bad = move || own.with(|photo| photo.as_ref().is_some_and(|photo| photo.error.is_some()));
    view! {
        <li class="photo" class:is-bad=is_bad>
            {face}
            <div class="photo__words">
                <p class="photo__name u-clip" title=name.clone()>{name.clone()}</p>
                {state}
            </div>
            <IconButton glyph=Glyph::Close label=REMOVE on_click=remove/>
        </li>
    }
    .into_any()
}

/// A place for files, and those that are there.
pub(super) fn photos(slot: Slot) -> AnyView {
    let photos = slot.path.with_value(|path| slot.form.photos_at(path));
    let files: Files = StoredValue::new_local(BTreeMap::new());
    let uploader = slot.form.uploader();
    let max_bytes = uploader.as_ref().and_then(|uploader| uploader.max_bytes);
    let max_case_bytes = uploader.as_ref().and_then(|uploader| uploader.max_case_bytes);
    let most = slot.field.with_value(|field| field.max_count).map_or(usize::MAX, |most| most as usize);
    let take = {
        let photos = photos.clone();
        move |chosen: Vec<web_sys::File>| {
            for file in chosen {
                if photos.with_untracked(Vec::len) >= most {
                    break;
                }
                let key = next_key();
                photos.update(|photos| photos.push(Photo::of(key.clone(), &file)));
                files.update_value(|files| {
                    files.insert(key.clone(), file.clone());
                });
                send(slot, photos.clone(), key, file);
            }
            slot.leave();
        }
    };
    let full = {
        let photos = photos.clone();
        Memo::new(move |_| photos.with(Vec::len) >= most)
    };
    let tiles = {
        let photos = photos.clone();
        move |photo: Photo| tile(slot, photos.clone(), files, photo)
    };
    let disabled = Signal::derive(move || slot.read_only().get() || full.get());
    let hint = move || match (crate::attach::limits(max_bytes, max_case_bytes), most) {
        (Some(limits), usize::MAX) => limits,
        (Some(limits), most) => say!("最多 {most} 个 · {limits}", "At most {most} files · {limits}"),
        (None, usize::MAX) => String::new(),
        (None, most) => say!("最多 {most} 个", "At most {most}"),
    };
    let on_files = Callback::new(take);
    let list = move || photos.get();
    view! {
        <FileDrop label=LABEL hint accept=ACCEPT multiple=true size_bytes_max=max_bytes.unwrap_or(u64::MAX) on_files disabled/>
        <ul class="photos" aria-live="polite">
            <For each=list key=|photo| photo.key.clone() children=tiles/>
        </ul>
    }
    .into_any()
}
