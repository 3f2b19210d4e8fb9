//! What was just scanned: the last one large, with an edge one sees from a metre away, the others below.

use contract::warehouse::SignedAs;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Glyph, Icon, LinkButton, State, say, text};

use super::scan::{Entry, Found, Outcome, Scanner};
use super::{bench_address, parcel_address};

fn state(outcome: &Outcome) -> State {
    match outcome {
        Outcome::Waiting => State::Paused,
        Outcome::Signed { conflict: true, .. } | Outcome::Conflict(_) | Outcome::Failed(..) => State::Bad,
        Outcome::Signed { signed_as: SignedAs::Known, .. } => State::Good,
        Outcome::Signed { signed_as: SignedAs::SignedBefore, .. } => State::Waiting,
        Outcome::Signed { .. } | Outcome::Cases(_) | Outcome::Goods(_) | Outcome::Unused => State::Attention,
    }
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Waiting => say!("正在查找…", "Looking it up…"),
        Outcome::Signed { conflict: true, .. } => {
            say!("已签收，但对应的单已结束，已转人工处理", "Signed, but its case is over; a colleague will look")
        }
        Outcome::Signed { signed_as, .. } => match signed_as {
            SignedAs::Known => say!("已签收", "Signed"),
            SignedAs::OutboundBack => say!("已签收：我们发出的包裹退回来了", "Signed: our own shipment came back"),
            SignedAs::Unknown => {
                say!("已签收：无主包裹，请归入一张单", "Signed: nobody announced it; match it to a case")
            }
            SignedAs::SignedBefore => say!("之前已签收", "Signed before"),
        },
        Outcome::Cases(cases) if cases.is_empty() => {
            say!("这个订单没有在途的退换货单", "This order has no open return")
        }
        Outcome::Cases(_) => say!("这个订单有多张单，请选择", "This order has several returns; choose one"),
        Outcome::Goods(name) => {
            say!("这是商品：{name}。请先扫包裹", "This is an article: {name}. Scan its parcel first")
        }
        Outcome::Unused => say!("没有使用：扫描时有窗口打开", "Not used: a window was open over the page"),
        Outcome::Conflict(words) | Outcome::Failed(words, _) => words.clone(),
    }
}

fn case_link(found: &Found) -> AnyView {
    view! {
        <li class="scan__case">
            <a href=bench_address(found.rma)>{found.number.clone()}</a>
            " "
            <span class="u-soft">{found.goods.clone()}</span>
        </li>
    }
    .into_any()
}

fn actions(scanner: Scanner, entry: &Entry, last: bool) -> AnyView {
    match &entry.outcome {
        Outcome::Signed { parcel, .. } if last => {
            let kind = ButtonKind::Secondary;
            view! {
                <LinkButton href=parcel_address(*parcel) kind icon=Glyph::Box attr:data-test="scan-open">
                    {text("开箱清点", "Open and count")}
                </LinkButton>
            }
            .into_any()
        }
        Outcome::Signed { parcel, .. } => {
            let parcel = *parcel;
            view! {
                <Button kind=ButtonKind::Quiet on_click=move |()| scanner.open(parcel)>{text("打开", "Open")}</Button>
            }
            .into_any()
        }
        Outcome::Failed(_, true) | Outcome::Unused => {
            let key = entry.key.clone();
            let words = match entry.outcome {
                Outcome::Unused => text("现在使用", "Use it now"),
                _ => text("再发一次", "Send again"),
            };
            view! {
                <Button icon=Glyph::Refresh on_click=move |()| scanner.again(&key)>{words}</Button>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

fn line(scanner: Scanner, entry: &Entry, last: bool) -> AnyView {
    let state = state(&entry.outcome);
    let outcome = entry.outcome.clone();
    let cases = match &entry.outcome {
        Outcome::Signed { cases, .. } | Outcome::Cases(cases) => cases.iter().map(case_link).collect_view(),
        _ => Vec::new(),
    };
    view! {
        <li class=format!("scan {}", state.class()) class:is-last=last data-test=last.then_some("scan-result")>
            <Icon glyph=state.glyph()/>
            <div class="scan__words">
                <p class="scan__code">{entry.code.clone()}</p>
                <p class="scan__what">{move || words(&outcome)}</p>
                <ul class="scan__cases">{cases}</ul>
            </div>
            {actions(scanner, entry, last)}
        </li>
    }
    .into_any()
}

/// The codes of this page; nothing before the first.
pub(super) fn log(scanner: Scanner) -> AnyView {
    let list = move || {
        scanner
            .entries
            .with(|entries| entries.iter().enumerate().map(|(at, entry)| line(scanner, entry, at == 0)).collect_view())
    };
    let any = Memo::new(move |_| scanner.entries.with(|entries| !entries.is_empty()));
    let log = move || any.get().then(|| view! { <ol class="scans" aria-live="polite">{list}</ol> });
    view! { {log} }.into_any()
}
