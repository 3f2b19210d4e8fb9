//! What the list is narrowed to. A person's to-dos are all here, so it happens at once and without the server.

use contract::inbox::InboxItem;
use leptos::prelude::*;
use parts::meta::use_meta;
use ui::{Bind, Checkbox, Choice, FilterBar, Select, Text, text};

use super::Inbox;

const ALL_SHOPS: Text = text("全部店铺", "All shops");
const ALL_KINDS: Text = text("全部类型", "All kinds");

/// What is set. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    pub(super) words: RwSignal<String>,
    pub(super) shop: RwSignal<String>,
    pub(super) kind: RwSignal<String>,
    pub(super) late: RwSignal<bool>,
}

/// When a to-do is due by the earlier of both clocks, UTC milliseconds; without a clock last.
pub(super) fn due_ms(item: &InboxItem) -> i64 {
    let platform = item.rma.as_ref().and_then(|case| case.platform_due_at);
    item.due_at.into_iter().chain(platform).map(domain::Timestamp::ms).min().unwrap_or(i64::MAX)
}

impl Filter {
    pub(super) fn new() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            shop: RwSignal::new(String::new()),
            kind: RwSignal::new(String::new()),
            late: RwSignal::new(false),
        }
    }

    pub(super) fn is_set(self) -> bool {
        let text = |signal: RwSignal<String>| signal.with(|text| !text.is_empty());
        text(self.words) || text(self.shop) || text(self.kind) || self.late.get()
    }

    pub(super) fn clear(self) {
        self.words.set(String::new());
        self.shop.set(String::new());
        self.kind.set(String::new());
        self.late.set(false);
    }

    /// What fits: open ones by when they are due, done ones as they came.
    pub(super) fn apply(self, items: &[InboxItem], done: bool) -> Vec<InboxItem> {
        let words = self.words.with(|words| words.trim().to_lowercase());
        let (shop, kind, late) = (self.shop.get(), self.kind.get(), self.late.get());
        let now = if late { ui::clock::now_ms() } else { 0 };
        let fits = |item: &&InboxItem| {
            let case = item.rma.as_ref();
            let text = format!(
                "{} {} {} {}",
                item.title.zh,
                item.title.en,
                case.map_or("", |case| case.number.as_str()),
                case.map_or("", |case| case.summary.as_str()),
            );
            words.split_whitespace().all(|word| text.to_lowercase().contains(word))
                && (shop.is_empty() || case.is_some_and(|case| case.shop.to_string() == shop))
                && (kind.is_empty() || item.kind == kind)
                && (!late || item.breached_at.is_some() || due_ms(item) < now)
        };
        let mut shown: Vec<InboxItem> = items.iter().filter(fits).cloned().collect();
        if !done {
            shown.sort_by_key(due_ms);
        }
        shown
    }
}

/// The filters above the list.
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
    // Only kinds that occur can be chosen.
    let kinds = Memo::new(move |_| {
        inbox.items.items().with(|items| {
            let mut kinds: Vec<String> = items.iter().map(|item| item.kind.clone()).collect();
            kinds.sort();
            kinds.dedup();
            kinds
        })
    });
    let kind_select = move || {
        kinds.with(|kinds| kinds.len() > 1).then(|| {
            let options = Signal::derive(move || {
                kinds
                    .get()
                    .into_iter()
                    .map(|kind| Choice::new(kind.clone(), parts::words::task_kind(&kind)))
                    .collect::<Vec<_>>()
            });
            view! { <Select value=filter.kind options label=ALL_KINDS placeholder=ALL_KINDS/> }
        })
    };
    let late = Bind::new(move || filter.late.get(), move |on| filter.late.set(on));
    view! {
        <FilterBar search=filter.words placeholder=text("单号、商品", "Number or goods")>
            {shops}
            {kind_select}
            <Checkbox checked=late label=text("只看超时", "Late only")/>
        </FilterBar>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::inbox::InboxCase;
    use domain::state::CaseState;
    use domain::{RmaId, ShopId, TaskId, Timestamp};

    fn item(id: i64, due: Option<i64>, platform: Option<i64>) -> InboxItem {
        InboxItem {
            id: TaskId::from_raw(id),
            kind: "approve".to_owned(),
            node: String::new(),
            round: 1,
            title: domain::Text::new("审", "look"),
            assignee: None,
            due_at: due.map(Timestamp::from_ms),
            breached_at: None,
            opened_at: Timestamp::from_ms(0),
            done_at: None,
            rma: Some(InboxCase {
                id: RmaId::from_raw(id),
                number: format!("RT-{id}"),
                shop: ShopId::from_raw(1),
                summary: "连衣裙".to_owned(),
                state: CaseState::Submitted,
                refund: None,
                platform_due_at: platform.map(Timestamp::from_ms),
            }),
        }
    }

    #[test]
    fn the_earlier_clock_decides_the_order() {
        let items = [item(1, Some(300), None), item(2, Some(400), Some(100)), item(3, None, None)];
        let filter = Filter::new();
        let order = |done| filter.apply(&items, done).iter().map(|item| item.id.get()).collect::<Vec<_>>();
        assert_eq!(order(false), [2, 1, 3]);
        assert_eq!(order(true), [1, 2, 3]);
        filter.words.set("rt-3".to_owned());
        assert_eq!(order(false), [3]);
        filter.words.set("连衣裙 rt-9".to_owned());
        assert!(order(false).is_empty());
    }
}
