//! Files in: dropped, picked or photographed; with a line for each that shows how far it is.

use leptos::{html, prelude::*};

use crate::{
    button::IconButton,
    icon::{Glyph, Icon},
    locale::{Words, bytes, vocabulary as say},
    state_chip::State,
};

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What the owner knows it by.
    pub key: String,
    /// Name of the file.
    pub name: String,
    /// Size of the file.
    pub size_bytes: u64,
    /// How much has arrived, in thousandths.
    pub arrived_permille: u16,
    /// What went wrong, and what helps.
    pub error: Option<String>,
}

/// Files sorted into those that fit and the names of those that do not.
fn sort_out(files: &web_sys::FileList, size_bytes_max: Option<u64>) -> (Vec<web_sys::File>, Vec<String>) {
    let all = (0..files.length()).filter_map(|at| files.get(at));
    let (fit, large): (Vec<_>, Vec<_>) =
        all.partition(|file| size_bytes_max.is_none_or(|most| file.size() <= most as f64));
    (fit, large.into_iter().map(|file| file.name()).collect())
}

fn upload_line(
    upload: Upload,
    on_remove: Option<Callback<String>>,
    on_retry: Option<Callback<String>>,
) -> impl IntoView {
    let Upload { key, name, size_bytes, arrived_permille, error } = upload;
    let failed = error.is_some();
    let done = arrived_permille >= 1000 && !failed;
    let state = if failed {
        State::Bad
    } else if done {
        State::Good
    } else {
        State::Paused
    };
    let (retry_key, remove_key) = (key.clone(), key);
    let glyph = if failed {
        Glyph::Alert
    } else if done {
        Glyph::CheckCircle
    } else {
        Glyph::File
    };
    let bar = (!failed && !done).then(|| {
        view! {
            <progress
                class="ui-progress__bar"
                aria-label=name.clone()
                max="1000"
                value=arrived_permille.to_string()
            ></progress>
        }
    });
    let retry = on_retry.filter(|_| failed).map(move |on_retry| {
        view! { <IconButton glyph=Glyph::Refresh label=say::RETRY on_click=move |()| on_retry.run(retry_key.clone())/> }
    });
    let remove = on_remove.map(move |on_remove| {
        view! { <IconButton glyph=Glyph::Trash label=say::REMOVE on_click=move |()| on_remove.run(remove_key.clone())/> }
    });
    view! {
        <li class=format!("ui-upload {}", state.class())>
            <Icon glyph/>
            <div class="ui-upload__words">
                <span class="ui-upload__line">
                    <span class="u-clip">{name}</span>
                    <span class="ui-upload__size">{bytes(size_bytes)}</span>
                </span>
                {bar}
                {error.map(|error| view! { <span class="ui-upload__error" role="alert">{error}</span> })}
            </div>
            {retry}
            {remove}
        </li>
    }
}

/// What is said about files that are too large.
fn refusal(names: &[String], size_bytes_max: Option<u64>) -> Option<String> {
    let (names, most) = (names.join(", "), size_bytes_max.map(bytes).unwrap_or_default());
    (!names.is_empty()).then(|| crate::say!("{names} 太大，最大 {most}", "{names} is too large; the limit is {most}"))
}

/// A place to drop files on; also a button that picks them, or opens the camera on a phone.
#[component]
pub fn FileDrop(
    /// What to give: "photos or a video".
    #[prop(into)]
    label: Words,
    /// What is accepted and how large.
    #[prop(optional, into)]
    hint: Words,
    /// Accepted types, as in `accept`: `image/*,video/*`.
    #[prop(optional)]
    accept: &'static str,
    /// Several at once.
    #[prop(optional)]
    multiple: bool,
    /// Opens the camera on a phone.
    #[prop(optional)]
    camera: bool,
    /// Largest file accepted.
    #[prop(optional, into)]
    size_bytes_max: Option<u64>,
    /// Called with files that fit.
    #[prop(into)]
    on_files: Callback<Vec<web_sys::File>>,
    /// Files on their way or arrived.
    #[prop(optional, into)]
    uploads: Signal<Vec<Upload>>,
    /// Takes a file away, by its key.
    #[prop(optional, into)]
    on_remove: Option<Callback<String>>,
    /// Tries a failed file again, by its key.
    #[prop(optional, into)]
    on_retry: Option<Callback<String>>,
    /// Cannot take files now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let too_large = RwSignal::new(Vec::<String>::new());
    let take = move |files: Option<web_sys::FileList>| {
        let Some(files) = files else { return };
        let (fit, large) = sort_out(&files, size_bytes_max);
        too_large.set(large);
        if !fit.is_empty() && !disabled.get_untracked() {
            on_files.run(fit);
        }
    };
    let picked = move |_| {
        if let Some(input) = node.get_untracked() {
            take(input.files());
            // The same file may be picked again after it was taken away.
            input.set_value("");
        }
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let refused = move || too_large.with(|names| refusal(names, size_bytes_max));
    let has_hint = !matches!(hint, Words::Fixed(""));
    let lines = move || {
        let uploads = uploads.get();
        (!uploads.is_empty()).then(|| {
            let lines = uploads.into_iter().map(|upload| upload_line(upload, on_remove, on_retry)).collect_view();
            view! { <ul class="ui-uploads">{lines}</ul> }
        })
    };
    view! {
        <div class="ui-drop-box">
            <label
                class="ui-drop"
                class:is-over=move || over.get()
                class:is-disabled=move || disabled.get()
                on:dragover=move |event: leptos::ev::DragEvent| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <input
                    node_ref=node
                    class="u-visually-hidden"
                    type="file"
                    accept=accept
                    multiple=multiple
                    capture=camera.then_some("environment")
                    disabled=move || disabled.get()
                    on:change=picked
                />
                <Icon glyph=if camera { Glyph::Camera } else { Glyph::Upload }/>
                <span class="ui-drop__label">{label}</span>
                {has_hint.then(|| view! { <span class="ui-drop__hint">{hint}</span> })}
            </label>
            <div class="ui-field__error" role="alert">{refused}</div>
            {lines}
        </div>
    }
    .into_any()
}
