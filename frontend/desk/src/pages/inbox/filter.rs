//! What the to-dos are narrowed to: by the server, so that a list of any length is narrowed whole.

use contract::inbox::InboxNarrow;
use domain::{LineKind, ShopId};
use leptos::prelude::*;
use parts::meta::use_meta;
use parts::said::said;
use ui::{Button, Choice, FilterBar, Glyph, Select, Text, text};

use super::saved::Saved;
use super::{Inbox, Which};

const ALL_SHOPS: Text = text("全部店铺", "All shops");
const ALL_KINDS: Text = text("全部类型", "All kinds");
const ALL_STAGES: Text = text("全部环节", "All steps");
const ALL_DUE: Text = text("全部时限", "Any deadline");
const ALL_WHOSE: Text = text("我的和待领取", "Mine and unclaimed");

/// What is set. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    pub(super) words: RwSignal<String>,
    kind: RwSignal<String>,
    shop: RwSignal<String>,
    stage: RwSignal<String>,
    due: RwSignal<String>,
    whose: RwSignal<String>,
}

impl Filter {
    pub(super) fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self { words: empty(), kind: empty(), shop: empty(), stage: empty(), due: empty(), whose: empty() }
    }

    fn all(self) -> [RwSignal<String>; 6] {
        [self.words, self.kind, self.shop, self.stage, self.due, self.whose]
    }

    pub(super) fn is_set(self) -> bool {
        self.all().iter().any(|signal| signal.with(|text| !text.is_empty()))
    }

    fn selects_set(self) -> bool {
        let [_, selects @ ..] = self.all();
        selects.iter().any(|signal| signal.with(|text| !text.is_empty()))
    }

    pub(super) fn clear(self) {
        self.set(&InboxNarrow::default());
    }

    /// What the server is asked.
    pub(super) fn narrow(self) -> InboxNarrow {
        InboxNarrow {
            kind: self.kind.with(|kind| LineKind::parse(kind)),
            task: String::new(),
            shop: self.shop.with(|shop| shop.parse::<i64>().ok().map(ShopId::from_raw)),
            stage: self.stage.get(),
            due: self.due.get(),
            whose: self.whose.get(),
            q: self.words.with(|words| words.trim().to_owned()),
        }
    }

    /// Sets all at once; what stays the same is not touched.
    pub(super) fn set(self, narrow: &InboxNarrow) {
        let put = |signal: RwSignal<String>, value: String| {
            if signal.with_untracked(|old| *old != value) {
                signal.set(value);
            }
        };
        put(self.words, narrow.q.clone());
        put(self.kind, narrow.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default());
        put(self.shop, narrow.shop.map(|shop| shop.to_string()).unwrap_or_default());
        put(self.stage, narrow.stage.clone());
        put(self.due, narrow.due.clone());
        put(self.whose, narrow.whose.clone());
    }
}

fn due_choices() -> Vec<Choice> {
    vec![
        Choice::new("overdue", text("已超时", "Late")),
        Choice::new("near", text("临近时限", "Near the deadline")),
        Choice::new("day", text("24 小时内", "Within 24 hours")),
    ]
}

fn whose_choices() -> Vec<Choice> {
    vec![Choice::new("mine", text("指定给我的", "Given to me")), Choice::new("pool", text("待领取的", "Unclaimed"))]
}

/// The filters above the list, and those that are kept.
#[component]
pub(super) fn FilterLine(inbox: Inbox) -> impl IntoView {
    let meta = use_meta();
    let filter = inbox.filter;
    let shops = move || {
        meta.has_many_shops().then(|| {
            let options = Signal::derive(move || meta.shop_choices());
            view! { <Select value=filter.shop options label=ALL_SHOPS placeholder=ALL_SHOPS/> }
        })
    };
    let kinds = Signal::derive(move || {
        meta.with(|meta| {
            meta.kinds.iter().map(|kind| Choice::new(kind.kind.as_str(), said(&kind.title))).collect::<Vec<_>>()
        })
    });
    let stages = Signal::derive(move || meta.stage_choices());
    let of_open = move || {
        (inbox.which.get() == Which::Todo).then(|| {
            view! {
                <Select value=filter.due options=Signal::stored(due_choices()) label=ALL_DUE placeholder=ALL_DUE/>
                <Select value=filter.whose options=Signal::stored(whose_choices()) label=ALL_WHOSE placeholder=ALL_WHOSE/>
            }
        })
    };
    // Closed, it stands in one line; what is set is never out of sight.
    let opened = RwSignal::new(false);
    let shown = Memo::new(move |_| opened.get() || filter.selects_set());
    let toggle = move || {
        view! {
            <Button icon=Glyph::Filter on_click=move |()| opened.update(|open| *open = !*open) attr:aria-expanded=move || shown.get().to_string()>
                {text("筛选", "Filters")}
            </Button>
        }
    };
    let fields = move || {
        shown.get().then(|| {
            view! {
                <Select value=filter.kind options=kinds label=ALL_KINDS placeholder=ALL_KINDS/>
                <Select value=filter.stage options=stages label=ALL_STAGES placeholder=ALL_STAGES/>
                {of_open}
                {shops}
            }
        })
    };
    let saved = move || (inbox.which.get() == Which::Todo).then(|| view! { <Saved filter/> });
    view! {
        {saved}
        <FilterBar search=filter.words placeholder=text("单号、商品", "Number or goods") tools=toggle>
            {fields}
        </FilterBar>
    }
}
