//! One line on the bench: what was agreed, what is here, what came now; short, missing and other goods named as such.

use contract::warehouse::GoodsLineView;
use domain::RmaLineId;
use leptos::prelude::*;
use parts::words::Spoken;
use ui::{
    Bind, Button, ButtonKind, DateInput, Glyph, Icon, QuantityStepper, State, StateChip, Text, TextInput, say, text,
};

use super::bench::Bench;
use super::draft::Spot;
use super::serials::serials;

const ARRIVED: Text = text("本次到货", "Came now");
const MISSING: Text = text("缺少", "Missing");

fn name(line: &GoodsLineView) -> String {
    line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default()
}

fn goods(line: &GoodsLineView) -> AnyView {
    let (kind, code) = (line.kind.text(), line.sku.as_ref().map(|sku| sku.code.clone()).unwrap_or_default());
    let name =
        if line.sku.is_none() { text("不认识的商品", "Unknown article").get().to_owned() } else { name(line) };
    view! {
        <div class="count-line__goods">
            <p class="count-line__name">{name}</p>
            <p class="case__code">{kind} " " {code}</p>
        </div>
    }
    .into_any()
}

/// `2 / 3`, and a word where nothing more is awaited.
fn progress(line: &GoodsLineView) -> AnyView {
    let (received, approved, waived) = (line.received, line.approved, line.waived);
    if line.undeclared {
        let label = text("申请外", "Not announced");
        return view! { <div class="count-line__progress"><b>{received}</b> <StateChip state=State::Attention label/></div> }
            .into_any();
    }
    if !line.kind.expects_goods() {
        let label = text("无需寄回", "Not sent back");
        return view! { <div class="count-line__progress"><StateChip state=State::Paused label/></div> }.into_any();
    }
    let waived = (waived > 0).then(|| {
        view! { <span class="u-soft u-small">{move || say!("不再等 {waived} 件", "{waived} written off")}</span> }
    });
    let done = (line.awaited == 0 && approved > 0).then(|| view! { <Icon glyph=Glyph::CheckCircle/> });
    view! {
        <div class="count-line__progress" class:is-good=line.awaited == 0>
            <span class="count-line__label">{text("已收 / 应收", "Here / agreed")}</span>
            <b>{received} " / " {approved}</b>
            {done}
            {waived}
        </div>
    }
    .into_any()
}

fn arrived(bench: Bench, line: &GoodsLineView) -> AnyView {
    let (id, awaited) = (line.id, line.awaited);
    if line.sku.as_ref().is_some_and(|sku| sku.has_serial) {
        return serials(bench, id, awaited);
    }
    let draft = bench.draft;
    let value = Bind::new(move || draft.line(id).arrived, move |count| draft.change(id, |line| line.arrived = count));
    let max = Signal::derive(move || awaited - draft.line(id).missing);
    let all = move |()| {
        let most = max.get_untracked();
        draft.change(id, |line| line.arrived = most);
    };
    let disabled = Signal::derive(move || !bench.ready.get());
    let label = name(line);
    view! {
        <div class="count-line__now" data-test="count-arrived">
            <span class="count-line__label">{ARRIVED}</span>
            <QuantityStepper value max label=move || format!("{} · {label}", ARRIVED.get()) disabled/>
            <Button kind=ButtonKind::Quiet disabled on_click=all attr:data-test="count-all">
                {move || say!("全部 {awaited} 件", "All {awaited}")}
            </Button>
        </div>
    }
    .into_any()
}

fn lot(bench: Bench, id: RmaLineId) -> AnyView {
    let draft = bench.draft;
    let lot = Bind::new(move || draft.line(id).lot, move |lot| draft.change(id, |line| line.lot = lot));
    let expires = Bind::new(move || draft.line(id).expires, move |day| draft.change(id, |line| line.expires = day));
    view! {
        <div class="count-line__lot">
            <TextInput
                value=lot
                label=text("批号", "Lot")
                placeholder=text("批号", "Lot")
                max_length=100
                attr:data-takes-scan=""
            />
            <DateInput value=expires label=text("有效期至", "Best before")/>
        </div>
    }
    .into_any()
}

/// What differs: less than agreed, missing for good, another article in its place.
fn differences(bench: Bench, line: &GoodsLineView) -> AnyView {
    let (id, awaited, draft) = (line.id, line.awaited, bench.draft);
    let rma = bench.cases.with_untracked(|cases| {
        cases.iter().find(|case| case.lines.iter().any(|line| line.id == id)).map(|case| case.rma)
    });
    let open = RwSignal::new(false);
    let missing = Bind::new(move || draft.line(id).missing, move |count| draft.change(id, |line| line.missing = count));
    let max = Signal::derive(move || awaited - draft.line(id).here());
    let stepper = move || {
        open.get().then(|| {
            view! {
                <div class="count-line__now" data-test="count-missing">
                    <span class="count-line__label">{MISSING}</span>
                    <QuantityStepper value=missing max label=MISSING/>
                </div>
            }
        })
    };
    let short = Memo::new(move |_| {
        let line = draft.line(id);
        let left = awaited - line.here() - line.missing;
        (line.here() + line.missing > 0 && left > 0).then_some(left)
    });
    let words = move || {
        short.get().map(|left| {
            view! {
                <p class="count-line__short">
                    {move || say!("还差 {left} 件：先收这些，其余到了再收", "{left} short: count these now, the rest when it comes")}
                </p>
            }
        })
    };
    let wrong = move |()| {
        if let Some(rma) = rma {
            draft.add_extra(rma, None, Some(id), 1);
        }
    };
    let toggle = move |()| open.update(|open| *open = !*open);
    view! {
        {stepper}
        {words}
        <div class="count-line__others">
            <Button kind=ButtonKind::Quiet on_click=toggle attr:data-test="count-missing-open">{text("登记缺少", "Some are missing")}</Button>
            <Button kind=ButtonKind::Quiet on_click=wrong attr:data-test="count-wrong">{text("货不对板", "Another article came")}</Button>
        </div>
    }
    .into_any()
}

/// A line.
pub(super) fn line(bench: Bench, id: RmaLineId) -> AnyView {
    let line = bench.line(id);
    let error = bench.draft.error(Spot::Line(id));
    let view = move || {
        line.with(|line| {
            let line = line.as_ref()?;
            let waits = line.awaited > 0;
            let has_lot = line.sku.as_ref().is_some_and(|sku| sku.has_lot);
            Some(view! {
                {goods(line)}
                {progress(line)}
                {waits.then(|| arrived(bench, line))}
                {(waits && has_lot).then(|| lot(bench, id))}
                {waits.then(|| differences(bench, line))}
            })
        })
    };
    view! {
        <li class="count-line" data-test="count-line">
            {view}
            <p class="ui-field__error" role="alert">{move || error.get()}</p>
        </li>
    }
    .into_any()
}
