//! Grades an inspector gives, with what they mean for money and goods.

use contract::master::{ADD_GRADE, CHANGE_GRADE, GRADES as LIST, Grade};
use domain::state::DispositionKind;
use leptos::prelude::*;
use parts::api::Key;
use parts::said::cell;
use parts::words::Spoken;
use ui::{Column, Glyph, State, StateChip, Text, text};

use super::List;
use crate::rows::{
    Roll, Row, Sending, Source, active, active_chip, at, by_id, choice, closed, line, name_cell, named, pair, whole,
    yes,
};

pub(super) const GRADES: List = List {
    key: "grades",
    title: text("质检等级", "Grades"),
    hint: text("退款比例、是否合格、默认处置", "Share of the money, accepted or not, what is done"),
    icon: Glyph::CheckCircle,
    draw: page,
};
const PERCENT: Text = text("退款比例（%）", "Share refunded (%)");
const ACCEPTED: Text = text("合格", "Accepted");
const REFUSED: Text = text("不合格", "Not accepted");
const DISPOSITION: Text = text("默认处置", "Usual disposition");
const POSITION: Text = text("排序", "Order");

impl Row for Grade {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        by_id(&ADD_GRADE, &CHANGE_GRADE, self.id.map(|id| id.to_string()), self, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}", self.code, self.name.zh, self.name.en)
    }
}

fn blank() -> Grade {
    Grade {
        id: None,
        version: 0,
        code: String::new(),
        name: domain::Text::default(),
        money_percent: 100,
        accepted: true,
        disposition: DispositionKind::Restock,
        position: 0,
        active: true,
    }
}

fn accepted(grade: &Grade) -> AnyView {
    if grade.accepted {
        view! { <StateChip state=State::Good label=ACCEPTED/> }.into_any()
    } else {
        view! { <StateChip state=State::Bad label=REFUSED/> }.into_any()
    }
}

fn page() -> AnyView {
    let columns = vec![
        Column::new("code", text("编码", "Code"), |row: &Grade| row.code.clone()).pinned(),
        Column::new("name", text("名称", "Name"), |row: &Grade| name_cell(&row.name)).grow(),
        Column::new("percent", PERCENT, |row: &Grade| format!("{}%", row.money_percent)).number(),
        Column::new("accepted", text("是否合格", "Accepted"), accepted),
        Column::new("disposition", DISPOSITION, |row: &Grade| cell(row.disposition.text())),
        Column::new("active", text("状态", "State"), |row: &Grade| active_chip(row.active)),
    ];
    let slots = vec![
        line(at!(Grade, code), named(text("编码", "Code")).required()),
        pair(at!(Grade, name), named(text("名称", "Name")).required()),
        whole(
            at!(Grade, money_percent),
            named(PERCENT).hint(text("按实付分摊的货款计算", "Of the share that was paid for the goods")),
            0,
            100,
        ),
        yes(
            at!(Grade, accepted),
            named(ACCEPTED).hint(text("合格的数量才计入应退", "Only accepted units count for the refund")),
        ),
        choice(at!(Grade, disposition), named(DISPOSITION), closed(DispositionKind::ALL), DispositionKind::parse),
        whole(at!(Grade, position), named(POSITION).hint(text("小的在前", "Smaller comes first")), 0, 9_999),
        active(at!(Grade, active)),
    ];
    let roll = Roll::new("master-grades", GRADES.title, GRADES.hint, text("新增等级", "Add a grade"), blank);
    Roll { columns, slots, ..roll }.view(Source::whole(&LIST))
}
