//! What a code on the bench leads to: a parcel that is opened, a case, goods that are counted.

use std::collections::BTreeMap;

use contract::filing::UPLOAD;
use contract::station::{SUGGEST, SuggestionView};
use contract::warehouse::{
    AtRequest, CodeView, GET, GOODS, GoodsView, MATCH, OPEN, ParcelOnBench, ParcelView, SIGN, SignRequest,
};
use domain::state::ParcelState;
use domain::{Gs1, ParcelId, RmaId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key, Problem};
use parts::queue::answer_of;
use parts::said::read;
use serde_json::Value;
use ui::{State, say};

use super::hand::Hand;
use super::{Bench, Choice, lot};

/// Suggestions that have a number key.
const MAX_CHOICES: usize = 9;

/// Something is counted here and not told yet.
fn is_busy(bench: Bench) -> bool {
    bench
        .hand
        .with_untracked(|hand| hand.as_ref().is_some_and(|hand| !hand.batches.is_empty() || !hand.missing.is_empty()))
}

/// Does what follows from a code.
pub(super) fn follow(bench: Bench, code: &str, known: CodeView) {
    let label = Gs1::read(code);
    bench.read_lot.set_value(label.as_ref().map(lot::of_label).unwrap_or_default());
    match known {
        CodeView::Sku { sku, name, quantity, .. } => {
            let serial = label.and_then(|label| label.serial).filter(|_| bench.waits_for_serial(sku));
            return match serial {
                Some(serial) => bench.take_serial(&serial, Some(sku)),
                None => bench.take_article(sku, &name, quantity),
            };
        }
        CodeView::Serial { serial, sku } => return bench.take_serial(&serial, Some(sku)),
        CodeView::Nothing if bench.hand.with_untracked(Option::is_some) => return bench.take_serial(code, None),
        CodeView::Nothing => {
            return bench.say(
                State::Attention,
                code,
                say!(
                    "没有登记过；是包裹的话请先到 F2 签收",
                    "Nothing is known under this; sign it first with F2 if it is a parcel"
                ),
            );
        }
        _ if is_busy(bench) => {
            return bench.say(
                State::Attention,
                say!("先完成手上的", "Finish what lies here first"),
                say!("按 F9 完成，再扫 {code}", "F9, then scan {code} again"),
            );
        }
        _ => {}
    }
    match known {
        CodeView::Parcel { parcel, cases } => load_parcel(bench, parcel, cases),
        CodeView::Case { rma } => load_case(bench, code, rma),
        CodeView::UnitGroup { parcel: Some(parcel), rma, .. } => load_parcel(bench, parcel, vec![rma]),
        CodeView::UnitGroup { rma, .. } => load_case(bench, code, rma),
        CodeView::Order { cases, .. } => choose_case(bench, code, &cases),
        CodeView::Shipment { .. } | CodeView::Outbound { .. } => sign_and_open(bench, code),
        CodeView::Sku { .. } | CodeView::Serial { .. } | CodeView::Nothing => {}
    }
}

fn failed(bench: Bench, code: &str, problem: &Problem) {
    bench.say(State::Bad, code, problem.words_in_full());
}

/// One of our own shipments that came back: signed for here, since nobody at the dock did.
fn sign_and_open(bench: Bench, code: &str) {
    let Some(warehouse) = bench.post.warehouse().filter(|_| bench.rights.receives) else {
        return bench.say(
            State::Attention,
            code,
            say!("这是我们发出的包裹，请先签收", "A shipment of ours; it is signed for first"),
        );
    };
    let request = SignRequest { warehouse, carrier: None, waybills: vec![code.to_owned()], at: Some(bench.post.now()) };
    let entry = bench.post.entry(&SIGN, Vec::new(), &request, code);
    bench.ask_for(&entry.key);
    bench.post.put(vec![entry], || {});
}

/// A parcel onto the bench: opened, unless it is already. Who only inspects sees what was counted of its cases.
pub(super) fn load_parcel(bench: Bench, id: ParcelId, cases: Vec<RmaId>) {
    spawn_local(async move {
        if !bench.rights.receives {
            return load_cases(bench, cases).await;
        }
        match api::read::<ParcelOnBench>(&GET, &[&id]).await {
            Ok(found) => untrack(|| lay(bench, found)),
            Err(problem) => untrack(|| failed(bench, "", &problem)),
        }
    });
}

async fn load_cases(bench: Bench, cases: Vec<RmaId>) {
    let mut found: Vec<GoodsView> = Vec::new();
    for rma in cases {
        match api::read::<GoodsView>(&GOODS, &[&rma]).await {
            Ok(goods) => found.push(goods),
            Err(problem) => return untrack(|| failed(bench, "", &problem)),
        }
    }
    untrack(|| show(bench, None, found));
}

fn load_case(bench: Bench, code: &str, rma: RmaId) {
    let code = code.to_owned();
    spawn_local(async move {
        match api::read::<GoodsView>(&GOODS, &[&rma]).await {
            Ok(goods) => untrack(|| show(bench, None, vec![goods])),
            Err(problem) => untrack(|| failed(bench, &code, &problem)),
        }
    });
}

fn choose_case(bench: Bench, code: &str, cases: &[RmaId]) {
    match cases {
        [] => bench.say(State::Attention, code, say!("这个订单没有进行中的单", "This order has no open return")),
        [only] => load_case(bench, code, *only),
        _ => {
            let (cases, code) = (cases.to_vec(), code.to_owned());
            spawn_local(async move {
                let mut named = Vec::new();
                for rma in cases.into_iter().take(MAX_CHOICES) {
                    if let Ok(goods) = api::read::<GoodsView>(&GOODS, &[&rma]).await {
                        named.push((rma, format!("{}  {}", goods.number, summary(&goods))));
                    }
                }
                untrack(|| {
                    bench.say(
                        State::Waiting,
                        code,
                        say!("这个订单有多张单，按数字选", "Several returns: press a number"),
                    );
                    bench.choice.try_set(Some(Choice::Case(named)));
                });
            });
        }
    }
}

/// The goods of a case in a line.
pub(super) fn summary(goods: &GoodsView) -> String {
    let lines = goods.lines.iter().filter(|line| line.approved > 0);
    let lines = lines.filter_map(|line| Some(format!("{} ×{}", line.sku.as_ref()?.name, line.approved)));
    lines.collect::<Vec<_>>().join(" · ")
}

/// A choice of a case was made.
pub(super) fn chosen_case(bench: Bench, rma: RmaId) {
    load_case(bench, "", rma);
}

fn lay(bench: Bench, found: ParcelOnBench) {
    let ParcelOnBench { parcel, cases, .. } = found;
    let post = bench.post;
    if cases.is_empty() {
        return suggest(bench, parcel);
    }
    let open = || {
        let path = vec![parcel.id.to_string()];
        post.entry(&OPEN, path, &AtRequest { at: Some(post.now()) }, &parcel.waybill)
    };
    match parcel.state {
        ParcelState::Opened => {}
        ParcelState::Signed => post.put(vec![open()], || {}),
        ParcelState::Announced => {
            let Some(warehouse) = post.warehouse() else { return };
            let waybills = vec![parcel.waybill.clone()];
            let request = SignRequest { warehouse, carrier: None, waybills, at: Some(post.now()) };
            post.put(vec![post.entry(&SIGN, Vec::new(), &request, &parcel.waybill), open()], || {});
        }
    }
    show(bench, Some(parcel), cases);
}

fn show(bench: Bench, parcel: Option<ParcelView>, cases: Vec<GoodsView>) {
    let code = match (&parcel, cases.first()) {
        (Some(parcel), _) => parcel.waybill.clone(),
        (None, Some(case)) => case.number.clone(),
        (None, None) => {
            return bench.say(State::Attention, say!("没有可看的单", "No return to show"), String::new());
        }
    };
    let numbers = cases.iter().map(|case| case.number.clone()).collect::<Vec<_>>().join(" · ");
    let over = cases.iter().all(|case| case.state.is_final());
    let hand = Hand { code: code.clone(), parcel, cases, batches: Vec::new(), missing: BTreeMap::new() };
    let (_, awaited) = hand.totals();
    bench.choice.try_set(None);
    bench.cursor.try_set(None);
    bench.hand.try_set(Some(hand));
    if over {
        bench.say(State::Bad, code, say!("{numbers} 已结束，请交给主管", "{numbers} is over: hand it to a manager"));
    } else {
        bench.say(State::Good, format!("{code} → {numbers}"), say!("等 {awaited} 件", "{awaited} awaited"));
    }
}

/// Nobody announced it: whose it may be, the likeliest first.
fn suggest(bench: Bench, parcel: ParcelView) {
    spawn_local(async move {
        let all = api::read::<Vec<SuggestionView>>(&SUGGEST, &[&parcel.id]).await.unwrap_or_default();
        untrack(|| {
            if all.is_empty() {
                return bench.say(
                    State::Attention,
                    parcel.waybill,
                    say!(
                        "无主包裹，没有相近的单；请放回异常架",
                        "Nobody's parcel, and nothing like it is open: back to the shelf"
                    ),
                );
            }
            bench.say(
                State::Attention,
                parcel.waybill,
                say!("无主包裹：是哪张单？按数字归入", "Nobody's parcel: press the number of its return"),
            );
            bench.choice.try_set(Some(Choice::Owner(parcel.id, all.into_iter().take(MAX_CHOICES).collect())));
        });
    });
}

/// Why a case is suggested, in a line.
pub(super) fn why(suggestion: &SuggestionView) -> String {
    suggestion.reasons.iter().map(|reason| read(&reason.text)).collect::<Vec<_>>().join(" · ")
}

/// The parcel belongs to that case.
pub(super) fn tie(bench: Bench, parcel: ParcelId, rma: RmaId) {
    spawn_local(async move {
        match api::act::<Value>(&MATCH, &[&parcel, &rma], Key::new()).await {
            Ok(_) => load_parcel(bench, parcel, vec![rma]),
            Err(problem) => untrack(|| failed(bench, "", &problem)),
        }
    });
}

/// Photos of what was scanned last.
pub(super) async fn upload(bench: Bench, files: Vec<web_sys::File>) {
    for file in files {
        let name = untrack(|| bench.current()).map(|batch| batch.name).unwrap_or_default();
        let entry = bench.post.entry(&UPLOAD, Vec::new(), &Value::Null, &name);
        let mark = answer_of(&entry.key, "/id");
        bench.change(|batch| batch.photos.push(mark));
        if bench.post.queue.put(entry, Some(file.into())).await.is_err() {
            return bench.post.unkept();
        }
    }
}

/// A photo is there: the batch names it by its id.
pub(super) fn resolved(bench: Bench, key: &str, answer: &Result<Value, Problem>) {
    let mark = answer_of(key, "/id");
    let Some(id) = answer.as_ref().ok().and_then(|answer| answer.pointer("/id")?.as_str()) else { return };
    let waits = bench.hand.with_untracked(|hand| {
        hand.as_ref().is_some_and(|hand| hand.batches.iter().any(|batch| batch.photos.contains(&mark)))
    });
    if waits {
        bench.hand.update(|hand| {
            let all = hand.iter_mut().flat_map(|hand| &mut hand.batches).flat_map(|batch| &mut batch.photos);
            all.filter(|own| **own == mark).for_each(|own| id.clone_into(own));
        });
    }
}
