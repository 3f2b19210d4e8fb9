//! Why goods come back: two levels, and which platform's reason is which of ours.

use contract::master::{ADD_REASON, CHANGE_REASON, REASON_MAPS, REASONS as LIST, Reason, ReasonMap, SAVE_REASON_MAP};
use domain::ReasonId;
use domain::state::Bearer;
use leptos::prelude::*;
use parts::api::{self, Key};
use parts::fetch::Fetch;
use parts::said::{cell, read};
use parts::words::{Spoken, platform};
use ui::{Choice, Column, Glyph, State, StateChip, Text, Words, text};

use super::List;
use crate::rows::{
    Roll, Row, Sending, Source, active, active_chip, at, by_id, choice, closed, line, maybe, named, pair, put, whole,
    yes,
};

pub(super) const REASONS: List = List {
    key: "reasons",
    title: text("退换原因", "Reasons"),
    hint: text("两级原因、是否要凭证、默认责任方", "Two levels, photos wanted or not, who is liable"),
    icon: Glyph::List,
    draw: reasons,
};
pub(super) const MAPS: List = List {
    key: "reason-maps",
    title: text("平台原因对应", "Platforms' reasons"),
    hint: text("平台上的原因对应我们的哪一个", "Which platform's reason is which of ours"),
    icon: Glyph::Link,
    draw: maps,
};
const PARENT: Text = text("上级原因", "Belongs to");
const EVIDENCE: Text = text("需要凭证", "Photos wanted");
const LIABLE: Text = text("默认责任方", "Liable at first");
const POSITION: Text = text("排序", "Order");

impl Row for Reason {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        by_id(&ADD_REASON, &CHANGE_REASON, self.id.map(|id| id.to_string()), self, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}", self.name.zh, self.name.en, self.code)
    }
}

/// Groups in their order, each followed by its reasons.
fn as_tree(mut all: Vec<Reason>) -> Vec<Reason> {
    all.sort_by_key(|reason| (reason.position, reason.id));
    let (tops, below): (Vec<Reason>, Vec<Reason>) = all.into_iter().partition(|reason| reason.parent_id.is_none());
    let mut tree = Vec::with_capacity(tops.len() + below.len());
    for top in tops {
        let id = top.id;
        tree.push(top);
        tree.extend(below.iter().filter(|reason| reason.parent_id == id).cloned());
    }
    tree
}

fn blank() -> Reason {
    Reason {
        id: None,
        version: 0,
        code: String::new(),
        parent_id: None,
        name: domain::Text::default(),
        evidence_required: false,
        liability: Bearer::Customer,
        position: 0,
        active: true,
    }
}

fn branch(reason: &Reason, lang: &'static str, name: &str) -> AnyView {
    let name = name.to_owned();
    let class = if reason.parent_id.is_some() { "master__leaf" } else { "master__branch" };
    view! { <span class=class lang=lang>{name}</span> }.into_any()
}

fn reasons() -> AnyView {
    let all = Fetch::<Vec<Reason>>::new(|| api::read(&LIST, &[]));
    let groups = Signal::derive(move || {
        let top = |reason: &&Reason| reason.parent_id.is_none();
        let choice = |reason: &Reason| {
            Choice::new(reason.id.map(|id| id.to_string()).unwrap_or_default(), parts::said::said(&reason.name))
        };
        all.with(|all| all.map(|all| all.iter().filter(top).map(choice).collect()).unwrap_or_default())
    });
    let columns = vec![
        Column::new("zh", text("中文名称", "Chinese name"), |row: &Reason| branch(row, "zh-CN", &row.name.zh)).pinned(),
        Column::new("en", text("英文名称", "English name"), |row: &Reason| branch(row, "en", &row.name.en)).grow(),
        Column::new("code", text("编码", "Code"), |row: &Reason| row.code.clone()),
        Column::new("evidence", EVIDENCE, |row: &Reason| {
            row.evidence_required
                .then(|| view! { <StateChip state=State::Attention label=EVIDENCE icon=Glyph::Camera/> })
        }),
        Column::new("liability", LIABLE, |row: &Reason| cell(row.liability.text())),
        Column::new("active", text("状态", "State"), |row: &Reason| active_chip(row.active)),
    ];
    let parent = named(PARENT).hint(text(
        "不选就是一级原因；有下级的原因只能是一级",
        "Without one it is of the first level; a reason with others below it stays there",
    ));
    let slots = vec![
        pair(at!(Reason, name), named(text("名称", "Name")).required()),
        line(
            at!(Reason, code),
            named(text("编码", "Code"))
                .required()
                .hint(text("规则和报表用它，不要改", "Rules and reports use it; keep it")),
        ),
        maybe(at!(Reason, parent_id), parent, groups, text("（一级原因）", "(first level)")),
        yes(
            at!(Reason, evidence_required),
            named(EVIDENCE).hint(text("申请时必须上传照片", "Photos must be given when filing")),
        ),
        choice(
            at!(Reason, liability),
            named(LIABLE).hint(text("质检可以改判", "An inspection may find otherwise")),
            closed(Bearer::ALL),
            Bearer::parse,
        ),
        whole(
            at!(Reason, position),
            named(POSITION).hint(text("同级中小的在前", "Smaller comes first among its siblings")),
            0,
            9_999,
        ),
        active(at!(Reason, active)),
    ];
    let roll = Roll::new("master-reasons", REASONS.title, REASONS.hint, text("新增原因", "Add a reason"), blank);
    Roll { columns, slots, ..roll }.view(Source::of(all, as_tree))
}

impl Row for ReasonMap {
    fn key(&self) -> String {
        format!("{}\n{}", self.platform, self.platform_code)
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        put(&SAVE_REASON_MAP, self, key)
    }
    const REMOVABLE: bool = true;
    fn remove(&self, key: Key) -> Sending {
        put(&SAVE_REASON_MAP, &Self { reason_id: None, ..self.clone() }, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}", self.platform_code, self.platform)
    }
}

fn maps() -> AnyView {
    fn blank() -> ReasonMap {
        ReasonMap { platform: String::new(), platform_code: String::new(), reason_id: None }
    }
    let all = Fetch::<Vec<Reason>>::new(|| api::read(&LIST, &[]));
    let full_name = move |id: Option<ReasonId>| {
        all.with(|all| {
            let all = all?;
            let own = all.iter().find(|reason| reason.id == id)?;
            let above = all.iter().find(|reason| reason.id == own.parent_id && own.parent_id.is_some());
            Some(match above {
                Some(above) => format!("{} › {}", read(&above.name), read(&own.name)),
                None => read(&own.name),
            })
        })
    };
    let choices = Signal::derive(move || {
        let tree = as_tree(all.get().unwrap_or_default());
        let choice = |reason: &Reason| {
            let id = reason.id;
            let words = Words::from(move || full_name(id).unwrap_or_default());
            Choice::new(id.map(|id| id.to_string()).unwrap_or_default(), words)
        };
        tree.iter().map(choice).collect::<Vec<_>>()
    });
    let columns = vec![
        Column::new("code", text("平台原因", "The platform's reason"), |row: &ReasonMap| row.platform_code.clone())
            .pinned(),
        Column::new("platform", text("平台", "Platform"), |row: &ReasonMap| cell(platform(&row.platform))),
        Column::new("reason", text("我们的原因", "Our reason"), move |row: &ReasonMap| {
            let id = row.reason_id;
            move || full_name(id)
        })
        .grow(),
    ];
    let slots = vec![
        line(
            at!(ReasonMap, platform),
            named(text("平台", "Platform"))
                .required()
                .fixed()
                .hint(text("与店铺的平台编码相同，如 taobao", "The shops' platform code, e.g. taobao")),
        ),
        line(
            at!(ReasonMap, platform_code),
            named(text("平台原因", "The platform's reason"))
                .required()
                .fixed()
                .hint(text("平台给出的编码或文字，一字不差", "The code or words the platform gives, letter by letter")),
        ),
        maybe(
            at!(ReasonMap, reason_id),
            named(text("我们的原因", "Our reason")).required(),
            choices,
            text("请选择", "Choose"),
        ),
    ];
    let roll = Roll::new("master-reason-maps", MAPS.title, MAPS.hint, text("新增对应", "Add a mapping"), blank);
    Roll { columns, slots, search: text("平台或平台原因", "Platform or its reason"), ..roll }
        .view(Source::whole(&REASON_MAPS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_follow_their_group_in_order() {
        let row = |id: i64, parent: Option<i64>, position: i64| Reason {
            id: Some(ReasonId::from_raw(id)),
            parent_id: parent.map(ReasonId::from_raw),
            position,
            ..blank()
        };
        let tree = as_tree(vec![row(1, None, 2), row(2, Some(1), 1), row(3, None, 1), row(4, Some(1), 0)]);
        let ids: Vec<i64> = tree.iter().filter_map(|reason| reason.id).map(ReasonId::get).collect();
        assert_eq!(ids, [3, 1, 4, 2]);
    }
}
