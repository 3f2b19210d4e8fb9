//! The bench as it is seen: lines with what came of them, and what was scanned last with its findings.

use contract::template::GradeView;
use contract::warehouse::{GoodsLineView, GoodsView};
use engine::template::{Answer, ChecklistItem};
use leptos::prelude::*;
use parts::said::{read, said};
use parts::words::{Spoken, chip};
use serde_json::Value;
use ui::{Bind, Glyph, Icon, TextArea, say, text};

use super::exception::EXCEPTIONS;
use super::hand::{Batch, Hand};
use super::judge;
use super::{Bench, Choice, find};
use crate::gun::press_key;

/// Segments that can be counted at a glance; more are a number only.
const MAX_SEGMENTS: i64 = 12;

fn segments(filled: i64, fresh: i64, missing: i64, all: i64) -> AnyView {
    if all > MAX_SEGMENTS || all <= 0 {
        return ().into_any();
    }
    let one = |at: i64| {
        let class = if at < filled {
            "segment is-full"
        } else if at < filled + fresh {
            "segment is-fresh"
        } else if at < filled + fresh + missing {
            "segment is-missing"
        } else {
            "segment"
        };
        view! { <i class=class></i> }
    };
    view! { <span class="segments" aria-hidden="true">{(0..all).map(one).collect_view()}</span> }.into_any()
}

fn line(hand: &Hand, line: &GoodsLineView) -> AnyView {
    let name = line
        .sku
        .as_ref()
        .map_or_else(|| text("不认识的商品", "Unknown article").get().to_owned(), |sku| sku.name.clone());
    let code = line.sku.as_ref().map(|sku| sku.code.clone());
    let fresh = hand.came(line.id);
    let missing = hand.missing.get(&line.id).copied().unwrap_or_default();
    let all = line.approved - line.waived;
    let here = line.received + fresh;
    let done = here >= all && all > 0;
    let short = (missing > 0)
        .then(|| view! { <span class="bench2__missing">{say!("缺 {missing}", "{missing} missing")}</span> });
    view! {
        <li class="bench2__line" class:is-done=done data-test="station-line-goods">
            <span class="bench2__name">{name} <small class="u-soft">" " {code}</small></span>
            {segments(line.received, fresh, missing, all)}
            <span class="bench2__count">{here} " / " {all}</span>
            {short}
            {done.then(|| view! { <Icon glyph=Glyph::CheckCircle/> })}
        </li>
    }
    .into_any()
}

fn case(hand: &Hand, case: &GoodsView) -> AnyView {
    let lines = case.lines.iter().filter(|line| line.kind.expects_goods() && line.approved > 0 && !line.undeclared);
    let waiting = case
        .groups
        .iter()
        .filter(|group| group.inspection.is_none() && group.reception != domain::state::Reception::Missing);
    let waiting: i64 = waiting.map(|group| group.quantity).sum();
    let waits = (waiting > 0).then(|| view! { <span class="u-soft">{say!("{waiting} 件已清点、待质检", "{waiting} counted, to be inspected")}</span> });
    view! {
        <section class="bench2__case">
            <header><b>{case.number.clone()}</b> {chip(case.state, "")} {waits}</header>
            <ul class="bench2__lines">{lines.map(|own| line(hand, own)).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn others(hand: &Hand) -> AnyView {
    let last = hand.batches.len().saturating_sub(1);
    let one = |batch: &Batch| view! { <li><b>{batch.name.clone()}</b> " ×" {batch.quantity} " " {batch.grade.is_some().then(|| view! { <Icon glyph=Glyph::Check/> })}</li> };
    let rows = hand.batches.iter().take(last).map(one).collect_view();
    view! { <ul class="bench2__others">{rows}</ul> }.into_any()
}

fn spoken(item: &ChecklistItem, value: Option<&Value>) -> String {
    match value {
        Some(Value::Bool(true)) => text("是", "Yes").get().to_owned(),
        Some(Value::Bool(false)) => text("否", "No").get().to_owned(),
        Some(Value::String(code)) => {
            let option = item.options.iter().find(|option| option.id == *code);
            option.map_or_else(|| code.clone(), |option| read(&option.title))
        }
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn keys_of(item: &ChecklistItem) -> String {
    let one = |(at, name): (usize, String)| format!("{} {name}", at + 1);
    let names: Vec<String> = match item.answer {
        Answer::YesNo => vec![text("是", "Yes").get().to_owned(), text("否", "No").get().to_owned()],
        Answer::Choice => item.options.iter().map(|option| read(&option.title)).collect(),
        Answer::Number => return say!("数字，回车", "A number, then Enter"),
        Answer::Text => return say!("回车后写", "Enter, then write"),
        Answer::Photo => return say!("按 P 拍照", "P takes one"),
    };
    names.into_iter().enumerate().map(one).collect::<Vec<_>>().join("   ")
}

fn question(bench: Bench, batch: &Batch, grade: Option<&GradeView>, at: usize, item: &ChecklistItem) -> AnyView {
    let here = bench.cursor.get() == Some(at);
    let value = judge::answer(item, batch, grade);
    let own = batch.answers.contains_key(&item.id);
    let words = if item.answer == Answer::Photo {
        let count = batch.photos.len();
        if count > 0 { say!("{count} 张", "{count}") } else { String::new() }
    } else {
        spoken(item, value.as_ref())
    };
    let open = words.is_empty() && item.required;
    let hint = here.then(|| view! { <span class="bench2__keys">{keys_of(item)}</span> });
    view! {
        <li class="bench2__question" class:is-here=here class:is-open=open class:is-implied=!own data-test="station-question" data-question=item.id.clone()>
            <span>{said(&item.title)}</span>
            <b>{words}</b>
            {hint}
        </li>
    }
    .into_any()
}

fn grades(bench: Bench, batch: &Batch) -> AnyView {
    let chosen = batch.grade;
    let all = bench.post.meta.with(|view| view.grades.clone());
    let one = |(at, grade): (usize, GradeView)| {
        let key = (at + 1).to_string();
        let percent = grade.money_percent;
        let hint = if grade.accepted { format!("{percent}%") } else { text("拒收", "Refused").get().to_owned() };
        let on = chosen == Some(grade.id);
        let press = key.clone();
        view! {
            <button type="button" class="bench2__grade" aria-pressed=if on { "true" } else { "false" } on:click=move |_| press_key(&press) data-test="station-grade">
                <kbd class="ui-kbd">{key}</kbd>
                <span>{said(&grade.title)}</span>
                <small>{hint}</small>
            </button>
        }
    };
    view! { <div class="bench2__grades">{all.into_iter().enumerate().take(9).map(one).collect_view()}</div> }.into_any()
}

fn note(bench: Bench) -> AnyView {
    let value = Bind::new(
        move || bench.current().map(|batch| batch.note).unwrap_or_default(),
        move |note: String| bench.change(|batch| batch.note = note),
    );
    let field = move || {
        bench.noting.get().then(|| {
            view! { <div class="panel__note" data-test="station-note"><TextArea value label=text("备注", "Note") rows=2 max_length=2000 on_blur=move |()| bench.noting.set(false)/></div> }
        })
    };
    view! { {field} }.into_any()
}

fn finding(bench: Bench, batch: &Batch) -> AnyView {
    let meta = bench.post.meta;
    let grade = judge::grade(meta, batch);
    let line = bench.line_of(batch);
    let items = judge::checklist(meta, batch).map(|list| list.items).unwrap_or_default();
    let rows =
        items.iter().enumerate().map(|(at, item)| question(bench, batch, grade.as_ref(), at, item)).collect_view();
    let goes = judge::disposition(batch, line.as_ref(), grade.as_ref());
    let goes = goes.map_or_else(|| text("以后再定", "Later").get(), |kind| kind.text().get());
    let photos = batch.photos.len();
    view! {
        {grades(bench, batch)}
        <ol class="bench2__questions">{rows}</ol>
        <dl class="bench2__facts">
            <div><dt><kbd class="ui-kbd">"L"</kbd>{text("责任", "Liable")}</dt><dd data-test="station-liable">{batch.liability.text()}</dd></div>
            <div><dt><kbd class="ui-kbd">"H"</kbd>{text("处置", "Goes to")}</dt><dd data-test="station-disposition">{goes}</dd></div>
            <div><dt><kbd class="ui-kbd">"P"</kbd>{text("照片", "Photos")}</dt><dd>{photos}</dd></div>
            <div><dt><kbd class="ui-kbd">"N"</kbd>{text("备注", "Note")}</dt><dd class="u-clip">{batch.note.clone()}</dd></div>
        </dl>
    }
    .into_any()
}

fn current(bench: Bench) -> AnyView {
    let card = move || {
        let batch = bench.current()?;
        let typed = bench.typed.get();
        let quantity = batch.quantity;
        let typing = (bench.cursor.get().is_none() && !typed.is_empty()).then(|| {
            view! { <span class="bench2__typed">{typed.clone()} "▏" <small>{text("回车 = 件数", "Enter = quantity")}</small></span> }
        });
        let findings = bench.rights.inspects.then(|| finding(bench, &batch));
        Some(view! {
            <section class="bench2__current" data-test="station-current">
                <header><b>{batch.name.clone()}</b> <span class="bench2__times">"×" {quantity}</span> {typing}</header>
                {bench.lot_line(&batch)}
                {findings}
            </section>
        })
    };
    view! { {card} {note(bench)} }.into_any()
}

fn choice(bench: Bench) -> AnyView {
    let rows = move || {
        let rows: Vec<(String, String)> = match bench.choice.get()? {
            Choice::Units { places, .. } => {
                let goods = |place: &super::hand::Place| {
                    bench.hand.with(|hand| {
                        let own = hand.as_ref().and_then(|hand| hand.cases.iter().find(|case| case.rma == place.rma));
                        own.map(find::summary).unwrap_or_default()
                    })
                };
                places.iter().map(|place| (place.number.clone(), goods(place))).collect()
            }
            Choice::Case(cases) => cases.into_iter().map(|(_, words)| (words, String::new())).collect(),
            Choice::Owner(_, all) => all
                .iter()
                .map(|own| {
                    (
                        format!("{}  {}", own.number, own.goods.join(" · ")),
                        format!("{} · {}", own.score, find::why(own)),
                    )
                })
                .collect(),
            Choice::Exception => EXCEPTIONS.iter().map(|(_, words)| (words.get().to_owned(), String::new())).collect(),
        };
        let one = |(at, (words, detail)): (usize, (String, String))| {
            let key = (at + 1).to_string();
            let press = key.clone();
            view! {
                <button type="button" class="panel__line" on:click=move |_| press_key(&press)>
                    <kbd class="ui-kbd">{key}</kbd>
                    <span class="panel__label">{words}</span>
                    <span class="panel__value">{detail}</span>
                </button>
            }
        };
        let rows = rows.into_iter().enumerate().map(one).collect_view();
        Some(
            view! { <section class="panel" data-test="station-choice"><div class="panel__lines">{rows}</div></section> },
        )
    };
    view! { {rows} }.into_any()
}

/// All of it.
pub(super) fn bench(bench: Bench) -> AnyView {
    let cases = move || {
        bench.hand.with(|hand| {
            let hand = hand.as_ref()?;
            Some(view! { <div class="bench2__cases">{hand.cases.iter().map(|own| case(hand, own)).collect_view()} {others(hand)}</div> })
        })
    };
    let empty = move || {
        bench.hand.with(Option::is_none).then(|| {
            view! { <p class="station__empty">{text("扫包裹 → 扫商品 → 按等级 → F9。数量：扫一件，再按数字和回车。", "Scan the parcel, scan the goods, press the grade, F9. Many of one: scan it, then the number and Enter.")}</p> }
        })
    };
    view! {
        <div class="bench2" data-test="station-bench">
            {empty}
            {cases}
            {current(bench)}
        </div>
        {choice(bench)}
    }
    .into_any()
}
