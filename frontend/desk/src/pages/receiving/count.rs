//! Telling what was counted, in one go: always in sight at the foot of the bench.

use contract::warehouse::{COUNT, CountRequest, CountedView};
use leptos::prelude::*;
use parts::api;
use ui::{ActionBar, Button, ButtonKind, Glyph, Notice, State, say, text, toast};

use super::bench::Bench;

fn send(bench: Bench) {
    let units = bench.draft.units();
    let warehouse = bench.here.get().filter(|_| bench.parcel.is_none());
    let request = CountRequest { parcel: bench.parcel, warehouse, units, at: None };
    let total = untrack(|| bench.draft.total());
    bench.draft.submit.run(
        move |key| api::send::<Vec<CountedView>, _>(&COUNT, &[], &request, key),
        move |_counted| {
            bench.draft.clear();
            bench.said.try_set(None);
            toast(State::Good, move || say!("已清点 {total} 件", "{total} counted"));
            bench.on_changed.run(());
        },
    );
}

fn fill(bench: Bench) {
    let lines =
        bench.cases.with_untracked(|cases| cases.iter().flat_map(|case| case.lines.clone()).collect::<Vec<_>>());
    let plain = |line: &contract::warehouse::GoodsLineView| {
        line.awaited > 0 && !line.sku.as_ref().is_some_and(|sku| sku.has_serial)
    };
    for line in lines.into_iter().filter(plain) {
        bench.draft.change(line.id, |draft| draft.arrived = (line.awaited - draft.missing).max(0));
    }
}

/// The bar.
pub(super) fn bar(bench: Bench) -> AnyView {
    let draft = bench.draft;
    let empty = Signal::derive(move || draft.is_empty() || !bench.ready.get());
    let awaits = Memo::new(move |_| {
        bench.cases.with(|cases| cases.iter().flat_map(|case| &case.lines).any(|line| line.awaited > 0))
    });
    let all = move || {
        (awaits.get() && bench.ready.get()).then(|| {
            view! {
                <Button on_click=move |()| fill(bench) attr:data-test="count-as-announced">
                    {text("与申请一致", "All as announced")}
                </Button>
            }
        })
    };
    let verb = move || {
        let total = draft.total();
        if total > 0 { say!("登记到货 {total} 件", "Count {total}") } else { say!("登记到货", "Count") }
    };
    let wrong = move || draft.submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        {wrong}
        <ActionBar>
            <Button
                kind=ButtonKind::Primary
                icon=Glyph::Check
                busy=draft.submit.busy()
                disabled=empty
                on_click=move |()| send(bench)
                attr:data-test="count-send"
            >
                {verb}
            </Button>
            {all}
        </ActionBar>
    }
    .into_any()
}
