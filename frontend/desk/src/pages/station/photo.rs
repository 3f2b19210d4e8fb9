//! Photos taken by a key: chosen or shot through the browser's own picker, kept until what they belong to is told.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

/// Photos of one thing. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Shots {
    count: RwSignal<usize>,
    files: StoredValue<Vec<File>, LocalStorage>,
}

impl Shots {
    pub(super) fn new() -> Self {
        Self { count: RwSignal::new(0), files: StoredValue::new_local(Vec::new()) }
    }

    pub(super) fn count(self) -> usize {
        self.count.try_get().unwrap_or_default()
    }

    fn add(self, files: Vec<File>) {
        self.files.update_value(|own| own.extend(files));
        self.count.set(self.files.with_value(Vec::len));
    }

    /// Hands them over.
    pub(super) fn take(self) -> Vec<File> {
        let files = self.files.try_update_value(std::mem::take).unwrap_or_default();
        self.count.try_set(0);
        files
    }
}

/// What opens the browser's picker, and where it stands.
pub(super) fn picker(shots: Shots) -> (Callback<()>, AnyView) {
    let node = NodeRef::<html::Input>::new();
    let open = Callback::new(move |()| {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    });
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let files = input.files();
        let files = (0..files.as_ref().map_or(0, web_sys::FileList::length)).filter_map(|at| files.as_ref()?.get(at));
        shots.add(files.collect());
        input.set_value("");
        let _ = input.blur();
    };
    let input = view! {
        <input
            node_ref=node
            type="file"
            accept="image/*"
            capture="environment"
            multiple=true
            hidden=true
            data-test="station-photo"
            aria-label=move || ui::text("照片", "Photos").get()
            on:change=chosen
        />
    };
    (open, input.into_any())
}
