//! Filters a person keeps, as chips with how many to-dos fit; one may be what the inbox opens with.

use contract::inbox::{CHANGE_FILTER, DROP_FILTER, FILTERS, KEEP_FILTER, KeepFilterRequest, KeptFilter};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::submit::Submit;
use ui::{
    Bind, Checkbox, Choice, Dialog, Field, Glyph, Menu, MenuItem, Notice, SavedViews, State, Text, TextInput, Words,
    say, text, toast, toast_with_undo,
};

use super::filter::Filter;

const LABEL: Text = text("我的筛选", "My filters");
const SAVE: Text = text("保存筛选", "Keep filter");
/// As long as the server takes it.
const MAX_NAME: u32 = 30;

/// What is asked in the dialog: a new name, or another one for a kept filter.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    New,
    Rename(KeptFilter),
}

/// The kept filters of this page. Copy freely.
#[derive(Clone, Copy)]
struct Kept {
    fetch: Fetch<Vec<KeptFilter>>,
    filter: Filter,
    asked: RwSignal<Option<Asked>>,
    name: RwSignal<String>,
    is_default: RwSignal<bool>,
}

impl Kept {
    fn all(self) -> Vec<KeptFilter> {
        self.fetch.get().unwrap_or_default()
    }

    /// The kept filter that is set now.
    fn present(self) -> Option<KeptFilter> {
        let narrow = self.filter.narrow();
        self.all().into_iter().find(|kept| kept.filter == narrow)
    }

    fn ask(self, asked: Asked) {
        let (name, is_default) = match &asked {
            Asked::New => (String::new(), false),
            Asked::Rename(kept) => (kept.name.clone(), kept.is_default),
        };
        self.name.set(name);
        self.is_default.set(is_default);
        self.asked.set(Some(asked));
    }

    fn drop_one(self, kept: KeptFilter) {
        spawn_local(async move {
            match api::send::<(), _>(&DROP_FILTER, &[&kept.id], &(), Key::new()).await {
                Ok(()) => {
                    self.filter.clear();
                    self.fetch.reload();
                    let name = kept.name.clone();
                    let words = move || say!("已删除筛选“{name}”", "Deleted the filter “{name}”");
                    toast_with_undo(words, move || self.keep_again(kept.clone()));
                }
                Err(problem) => toast(State::Bad, problem.words_in_full()),
            }
        });
    }

    fn keep_again(self, kept: KeptFilter) {
        let body = KeepFilterRequest { name: kept.name, filter: kept.filter, is_default: kept.is_default };
        spawn_local(async move {
            match api::send::<Vec<KeptFilter>, _>(&KEEP_FILTER, &[], &body, Key::new()).await {
                Ok(_) => self.fetch.reload(),
                Err(problem) => toast(State::Bad, problem.words_in_full()),
            }
        });
    }
}

fn dialog(kept: Kept) -> impl IntoView {
    let submit = Submit::new();
    let open = Bind::new(
        move || kept.asked.with(Option::is_some),
        move |open: bool| {
            if !open {
                kept.asked.set(None);
                submit.forget();
            }
        },
    );
    let send = move |()| {
        let Some(asked) = kept.asked.get_untracked() else { return };
        let narrow = match &asked {
            Asked::New => untrack(|| kept.filter.narrow()),
            Asked::Rename(one) => one.filter.clone(),
        };
        let is_default = kept.is_default.get_untracked();
        let body = KeepFilterRequest { name: kept.name.get_untracked(), filter: narrow, is_default };
        let done = move |_: Vec<KeptFilter>| {
            kept.asked.set(None);
            kept.fetch.reload();
            toast(State::Good, text("已保存", "Kept"));
        };
        match asked {
            Asked::New => submit.run(move |key| api::send(&KEEP_FILTER, &[], &body, key), done),
            Asked::Rename(one) => submit.run(move |key| api::send(&CHANGE_FILTER, &[&one.id], &body, key), done),
        }
    };
    let title = Words::from(move || match kept.asked.get() {
        Some(Asked::Rename(_)) => say!("修改筛选", "Change the filter"),
        _ => say!("保存筛选", "Keep the filter"),
    });
    let wrong = move || {
        let of_field = submit.field("name").get().is_some();
        let words = submit.words_in_full().get().filter(|_| !of_field);
        words.map(|words| view! { <Notice state=State::Bad title=words/> })
    };
    let nameless = Signal::derive(move || kept.name.with(|name| name.trim().is_empty()));
    view! {
        <Dialog open title confirm=text("保存", "Keep") busy=submit.busy() disabled=nameless on_confirm=send>
            <div class="u-stack" data-test="filter-form">
                {wrong}
                <Field label=text("名称", "Name") error=submit.field("name") required=true>
                    <TextInput value=kept.name max_length=MAX_NAME/>
                </Field>
                <Checkbox checked=kept.is_default label=text("打开工作台时先用它", "Open the inbox with it")/>
            </div>
        </Dialog>
    }
}

fn menu(kept: Kept) -> impl IntoView {
    let items = move |one: KeptFilter| {
        let (changed, dropped) = (one.clone(), one);
        vec![
            MenuItem::new(text("改名、设为默认", "Rename, make default"), move || {
                kept.ask(Asked::Rename(changed.clone()));
            }),
            MenuItem::new(text("删除", "Delete"), move || kept.drop_one(dropped.clone())).icon(Glyph::Trash).danger(),
        ]
    };
    let present = Memo::new(move |_| kept.present());
    move || {
        present.get().map(|one| {
            let items = Signal::stored(items(one));
            view! { <Menu label=text("管理", "Manage") items/> }
        })
    }
}

/// The chips, and the button that keeps what is set now.
#[component]
pub(super) fn Saved(filter: Filter) -> impl IntoView {
    let fetch = Fetch::<Vec<KeptFilter>>::new(|| api::read(&FILTERS, &[]))
        .follow(|heard| heard.touches_any("queue:") || heard.touches_any("person:"));
    let kept = Kept {
        fetch,
        filter,
        asked: RwSignal::new(None),
        name: RwSignal::new(String::new()),
        is_default: RwSignal::new(false),
    };
    // Once, when they come: what the person narrowed meanwhile stays.
    Effect::new(move |before: Option<bool>| {
        let came = fetch.with(|kept| kept.is_some());
        let first = came && before != Some(true);
        if first && untrack(|| !filter.is_set()) {
            let default = untrack(|| kept.all()).into_iter().find(|one| one.is_default);
            if let Some(default) = default {
                filter.set(&default.filter);
            }
        }
        came || before == Some(true)
    });
    let views = Signal::derive(move || {
        let each = kept.all().into_iter().map(|one| {
            let (name, count) = (one.name, one.count);
            Choice::new(one.id.to_string(), move || format!("{name} {count}"))
        });
        each.collect::<Vec<_>>()
    });
    let value = Bind::new(
        move || kept.present().map(|one| one.id.to_string()).unwrap_or_default(),
        move |id: String| {
            let present = untrack(|| kept.present()).is_some_and(|one| one.id.to_string() == id);
            let chosen = untrack(|| kept.all()).into_iter().find(|one| one.id.to_string() == id);
            match chosen.filter(|_| !present) {
                Some(chosen) => filter.set(&chosen.filter),
                // Pressed again: everything is shown.
                None => filter.clear(),
            }
        },
    );
    let is_new = Memo::new(move |_| filter.is_set() && kept.present().is_none());
    let any = Memo::new(move |_| !kept.all().is_empty());
    let bar = move || {
        let on_save = Callback::new(move |()| kept.ask(Asked::New));
        match (is_new.get(), any.get()) {
            (true, _) => {
                view! { <SavedViews value views label=LABEL on_save save_label=SAVE/> {menu(kept)} }.into_any()
            }
            (false, true) => view! { <SavedViews value views label=LABEL/> {menu(kept)} }.into_any(),
            (false, false) => ().into_any(),
        }
    };
    view! { <div class="inbox__saved" data-test="kept-filters">{bar}</div> {dialog(kept)} }
}
