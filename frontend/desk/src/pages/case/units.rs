//! What was counted: how it arrived, how it was graded, who is to blame, where it went.

use contract::rma::UnitView;
use leptos::prelude::*;
use parts::said::{cell, said};
use parts::words::{Spoken, chip};
use ui::{Card, Column, State, StateChip, Table, Text, TimeStamp, text};

use super::Case;

const TITLE: Text = text("清点与质检结果", "Counted and inspected");

fn grade_cell(unit: &UnitView) -> AnyView {
    let state = match unit.accepted {
        Some(true) => State::Good,
        Some(false) => State::Bad,
        None => State::Paused,
    };
    unit.grade.as_ref().map(|grade| view! { <StateChip state label=said(grade)/> }).into_any()
}

fn columns(case: Case, serials: bool) -> Vec<Column<UnitView>> {
    let mut columns = vec![
        Column::new("goods", text("商品", "Goods"), move |unit: &UnitView| {
            let line = unit.line;
            case.view.with_untracked(|view| {
                let sku = view.lines.iter().find(|own| own.id == line).and_then(|line| line.sku.as_ref());
                sku.map(|sku| sku.name.clone()).unwrap_or_default()
            })
        })
        .grow()
        .pinned(),
        Column::new("quantity", text("件数", "Units"), |unit: &UnitView| ui::locale::integer(unit.quantity)).number(),
        Column::new("reception", text("到货", "Arrived"), |unit: &UnitView| chip(unit.reception, "")),
        Column::new("grade", text("等级", "Grade"), grade_cell),
        Column::new("liability", text("责任", "Liable"), |unit: &UnitView| unit.liability.map(|of| cell(of.text()))),
        Column::new("disposition", text("处置", "Disposition"), |unit: &UnitView| {
            unit.disposition.map(|of| cell(of.text()))
        }),
        Column::new("counted", text("清点时间", "Counted"), |unit: &UnitView| {
            view! { <TimeStamp at_ms=unit.counted_at.ms()/> }
        }),
    ];
    if serials {
        columns.push(Column::new("serial", text("序列号 / 批号", "Serial / lot"), |unit: &UnitView| {
            unit.serial.clone().or_else(|| unit.lot.clone()).unwrap_or_default()
        }));
    }
    columns
}

/// The counted goods, once there are some.
pub(super) fn units(case: Case) -> AnyView {
    let units = case.part(|view| view.units.clone());
    let any = Memo::new(move |_| units.with(|units| !units.is_empty()));
    let card = move || {
        any.get().then(|| {
            let rows = Signal::derive(move || units.get());
            let serials = units.with(|units| units.iter().any(|unit| unit.serial.is_some() || unit.lot.is_some()));
            let key = Callback::new(|unit: UnitView| unit.id.to_string());
            view! { <Card title=TITLE flush=true><Table label=TITLE rows key columns=columns(case, serials)/></Card> }
        })
    };
    view! { {card} }.into_any()
}
