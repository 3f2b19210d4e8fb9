//! Tags, the block list, exchange rates: rows that are put by what they are, without an id.

use contract::master::{
    BLOCK_KEYS, BlockKey, BlockKind, RATES as LIST_RATES, Rate, SAVE_BLOCK_KEY, SAVE_RATE, SAVE_TAG, SaveBlockKey,
    TAGS as LIST_TAGS, Tag,
};
use contract::page::Page;
use domain::{Currency, Timestamp};
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::said::{cell, read, said, today};
use parts::words::Spoken;
use serde::Serialize;
use ui::{Choice, Column, Glyph, InputKind, State, StateChip, Text, TimeStamp, text};

use super::List;
use crate::rows::{
    Roll, Row, Sending, Source, at, choice, closed, currency, day, line, line_as, lines, name_cell, named, pair, put,
    word,
};

pub(super) const TAGS: List = List {
    key: "tags",
    title: text("标签", "Tags"),
    hint: text("给顾客和单据打的标签", "What customers and cases are marked with"),
    icon: Glyph::Tag,
    draw: tags,
};
pub(super) const BLOCKED: List = List {
    key: "block-list",
    title: text("黑名单", "Block list"),
    hint: text(
        "手机、地址、昵称：只作政策的依据，绝不暗中拒绝",
        "Phones, addresses, nicknames: an input to the policy, never silent",
    ),
    icon: Glyph::Flag,
    draw: blocked,
};
pub(super) const RATES: List = List {
    key: "rates",
    title: text("汇率", "Exchange rates"),
    hint: text("金额门槛跨币种比较时使用", "Used when a limit is in another currency"),
    icon: Glyph::Wallet,
    draw: rates,
};
const NAME: Text = text("名称", "Name");
const TAG: Text = text("标签", "Tag");

impl Row for Tag {
    fn key(&self) -> String {
        self.code.clone()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        put(&SAVE_TAG, self, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}", self.code, self.name.zh, self.name.en)
    }
}

fn tags() -> AnyView {
    fn blank() -> Tag {
        Tag { code: String::new(), name: domain::Text::default() }
    }
    let columns = vec![
        Column::new("code", text("编码", "Code"), |row: &Tag| row.code.clone()).pinned(),
        Column::new("name", NAME, |row: &Tag| name_cell(&row.name)).grow(),
    ];
    let code = named(text("编码", "Code")).required().fixed();
    let slots = vec![
        line(at!(Tag, code), code.hint(text("政策和规则里用它", "Policies and rules use it"))),
        pair(at!(Tag, name), named(NAME).required()),
    ];
    let roll = Roll::new("master-tags", TAGS.title, TAGS.hint, text("新增标签", "Add a tag"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST_TAGS))
}

impl Row for BlockKey {
    fn key(&self) -> String {
        format!("{}\n{}\n{}", self.kind, self.value, self.tag)
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        put(&SAVE_BLOCK_KEY, &entry(self, Some(self.note.clone())), key)
    }
    const REMOVABLE: bool = true;
    fn remove(&self, key: Key) -> Sending {
        put(&SAVE_BLOCK_KEY, &entry(self, None), key)
    }
    fn words(&self) -> String {
        format!("{}\n{}", self.value, self.note)
    }
}

fn entry(key: &BlockKey, note: Option<String>) -> SaveBlockKey {
    SaveBlockKey { kind: key.kind, value: key.value.clone(), tag: key.tag.clone(), note }
}

fn blocked() -> AnyView {
    fn blank() -> BlockKey {
        BlockKey {
            kind: BlockKind::Phone,
            value: String::new(),
            tag: String::new(),
            note: String::new(),
            created_at: Timestamp::from_ms(0),
            created_by: None,
        }
    }
    let tags = Fetch::<Vec<Tag>>::new(|| api::read(&LIST_TAGS, &[]));
    let tag_choices = Signal::derive(move || {
        let choice = |tag: &Tag| Choice::new(tag.code.clone(), said(&tag.name));
        tags.with(|tags| tags.map(|tags| tags.iter().map(choice).collect()).unwrap_or_default())
    });
    let tag_name = move |code: &str| {
        tags.with(|tags| tags?.iter().find(|tag| tag.code == code).map(|tag| read(&tag.name))).unwrap_or_default()
    };
    let columns = vec![
        Column::new("value", text("内容", "Value"), |row: &BlockKey| row.value.clone()).pinned(),
        Column::new("kind", text("类型", "Kind"), |row: &BlockKey| cell(row.kind.text())),
        Column::new("tag", TAG, move |row: &BlockKey| {
            let code = row.tag.clone();
            view! { <StateChip state=State::Attention label=move || tag_name(&code) icon=Glyph::Tag/> }
        }),
        Column::new("note", text("原因", "Why"), |row: &BlockKey| row.note.clone()).grow(),
        Column::new("since", text("加入时间", "Since"), |row: &BlockKey| {
            view! { <TimeStamp at_ms=row.created_at.ms()/> }
        }),
    ];
    let slots = vec![
        choice(at!(BlockKey, kind), named(text("类型", "Kind")).fixed(), closed(BlockKind::ALL), BlockKind::parse),
        line_as(at!(BlockKey, value), named(text("内容", "Value")).required().fixed(), InputKind::Text),
        word(
            at!(BlockKey, tag),
            named(TAG).required().fixed().hint(text("命中的顾客得到这个标签", "A customer it fits gets this tag")),
            tag_choices,
            text("请选择", "Choose"),
        ),
        lines(at!(BlockKey, note), named(text("原因", "Why")).hint(text("处理人会看到", "Whoever decides sees it"))),
    ];
    let typed = RwSignal::new(String::new());
    let question = move |after: Option<String>, limit: u32| {
        let query = PageQuery { after, limit, value: typed.get().trim().to_lowercase() };
        api::read_with::<Page<BlockKey>, _>(&BLOCK_KEYS, &[], &query)
    };
    let roll = Roll::new("master-block-list", BLOCKED.title, BLOCKED.hint, text("加入黑名单", "Add an entry"), blank);
    Roll { columns, slots, search: text("内容的一部分", "Part of the value"), ..roll }
        .view(Source::paged(typed.into(), question))
}

/// Where a page begins, how long it is, what its values hold.
#[derive(Serialize)]
struct PageQuery {
    value: String,
    after: Option<String>,
    limit: u32,
}

impl Row for Rate {
    fn key(&self) -> String {
        format!("{}\n{}\n{}", self.from_currency, self.to_currency, self.local_date)
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        put(&SAVE_RATE, self, key)
    }
    fn words(&self) -> String {
        format!("{} → {}\n{}", self.from_currency, self.to_currency, self.local_date)
    }
}

fn rates() -> AnyView {
    fn blank() -> Rate {
        let from_currency = "USD".parse().unwrap_or(Currency::CNY);
        Rate { from_currency, to_currency: Currency::CNY, local_date: untrack(today), rate: String::new() }
    }
    let columns = vec![
        Column::new("pair", text("币种", "Currencies"), |row: &Rate| {
            format!("{} → {}", row.from_currency, row.to_currency)
        })
        .pinned(),
        Column::new("date", text("生效日", "From day"), |row: &Rate| row.local_date.to_string()),
        Column::new("rate", text("汇率", "Rate"), |row: &Rate| row.rate.clone()).number().grow(),
    ];
    let slots = vec![
        currency(at!(Rate, from_currency), named(text("1 单位", "One unit of")).fixed()),
        currency(at!(Rate, to_currency), named(text("折合", "Is worth so many")).fixed()),
        day(at!(Rate, local_date), named(text("生效日", "From day")).required().fixed()),
        line_as(
            at!(Rate, rate),
            named(text("汇率", "Rate"))
                .required()
                .hint(text("大于 0 的小数，如 7.1523", "A decimal above zero, e.g. 7.1523")),
            InputKind::Decimal,
        ),
    ];
    let roll = Roll::new("master-rates", RATES.title, RATES.hint, text("新增汇率", "Add a rate"), blank);
    Roll { columns, slots, search: text("币种或日期", "Currency or day"), ..roll }.view(Source::whole(&LIST_RATES))
}
