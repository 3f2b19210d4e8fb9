//! The bench: cases with what they wait for, counted line by line or by the gun, told in one go.

use contract::rma::{SEARCH, SearchQuery, SearchResult};
use contract::warehouse::{CodeView, GoodsLineView, GoodsView, IDENTIFY};
use domain::{ParcelId, RmaId, RmaLineId, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::words::chip;
use ui::{Card, Icon, State, say, text};

use super::draft::{Draft, Serial};
use super::warehouse::Here;
use super::{bench_address, parcel_address};
use super::{count, counted, extra, line};
use crate::code_box::CodeBox;
use crate::go::{Go, case_address};

/// What is on the bench. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    /// The cases with what they wait for and have.
    pub(super) cases: Signal<Vec<GoodsView>>,
    /// The parcel; none when somebody brought the goods.
    pub(super) parcel: Option<ParcelId>,
    pub(super) here: Here,
    pub(super) draft: Draft,
    /// The goods can be counted now.
    pub(super) ready: Signal<bool>,
    pub(super) on_changed: Callback<()>,
    pub(super) go: Go,
    /// What the gun read last.
    pub(super) said: RwSignal<Option<(State, String)>>,
}

impl Bench {
    fn lines(self) -> Vec<(RmaId, GoodsLineView)> {
        let all = |case: &GoodsView| case.lines.iter().map(|line| (case.rma, line.clone())).collect::<Vec<_>>();
        self.cases.with_untracked(|cases| cases.iter().flat_map(all).collect())
    }

    /// A line as it is now.
    pub(super) fn line(self, id: RmaLineId) -> Memo<Option<GoodsLineView>> {
        Memo::new(move |_| {
            self.cases.with(|cases| cases.iter().flat_map(|case| &case.lines).find(|line| line.id == id).cloned())
        })
    }

    fn drafted(self, line: &GoodsLineView) -> i64 {
        let draft = untrack(|| self.draft.line(line.id));
        draft.here() + draft.missing
    }

    /// The gun read an article: one more on the first line that waits for it, else goods beyond what was announced.
    fn take_article(self, sku: SkuId, name: &str, quantity: i64) -> (State, String) {
        let lines = self.lines();
        let same = || lines.iter().filter(|(_, line)| line.sku.as_ref().is_some_and(|own| own.id == sku));
        if same().any(|(_, line)| line.sku.as_ref().is_some_and(|sku| sku.has_serial) && line.awaited > 0) {
            return (State::Attention, say!("{name}：请扫序列号", "{name}: scan its serial"));
        }
        let room = |line: &GoodsLineView| line.awaited - self.drafted(line) >= quantity;
        if let Some((_, line)) = same().find(|(_, line)| room(line)) {
            self.draft.change(line.id, |draft| draft.arrived += quantity);
            return (State::Good, format!("{name}  +{quantity}"));
        }
        let Some(rma) = same().chain(lines.iter()).map(|(rma, _)| *rma).next() else {
            return (State::Attention, say!("请先把包裹归入一张单", "Match the parcel to a case first"));
        };
        self.draft.add_extra(rma, Some((sku, name.to_owned())), None, quantity);
        (State::Attention, say!("{name}  +{quantity}，申请外商品", "{name}  +{quantity}, not announced"))
    }

    /// The gun read a serial: of that article, or of whatever line waits for one.
    fn take_serial(self, code: &str, sku: Option<SkuId>) -> (State, String) {
        let lines = self.lines();
        let fits = |line: &GoodsLineView| {
            let own = line.sku.as_ref();
            own.is_some_and(|own| own.has_serial && sku.is_none_or(|sku| own.id == sku))
                && line.awaited > self.drafted(line)
        };
        let Some((_, line)) = lines.iter().find(|(_, line)| fits(line)) else {
            return (State::Bad, say!("{code}：没有登记过这个码", "{code}: nothing is known under this code"));
        };
        let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
        self.add_serial(line.id, code);
        (State::Good, format!("{name}  {code}"))
    }

    /// One unit by its serial, once.
    pub(super) fn add_serial(self, line: RmaLineId, code: &str) {
        let code = code.trim().to_uppercase();
        self.draft.change(line, |draft| {
            if draft.serials.iter().all(|serial| serial.code != code) {
                draft.serials.push(Serial { code, swapped: false });
            }
        });
    }

    /// A code of the gun.
    pub(super) fn take(self, code: String) {
        spawn_local(async move {
            let said = match api::read::<CodeView>(&IDENTIFY, &[&code]).await {
                Ok(CodeView::Sku { sku, name, quantity, .. }) => Some(self.take_article(sku, &name, quantity)),
                Ok(CodeView::Serial { serial, sku }) => Some(self.take_serial(&serial, Some(sku))),
                Ok(CodeView::Parcel { parcel, .. }) => {
                    self.go.to(&parcel_address(parcel));
                    None
                }
                Ok(CodeView::Case { rma } | CodeView::UnitGroup { rma, .. }) => {
                    self.go.to(&bench_address(rma));
                    None
                }
                Ok(CodeView::Order { .. }) => self.to_order(&code).await,
                Ok(CodeView::Shipment { .. } | CodeView::Outbound { .. }) => {
                    let words = say!(
                        "{code}：我们发出的包裹，请回收货台签收",
                        "{code}: a shipment of ours; sign for it on the receiving page"
                    );
                    Some((State::Attention, words))
                }
                Ok(CodeView::Nothing) => Some(self.take_serial(&code, None)),
                Err(problem) => Some((State::Bad, problem.words_in_full())),
            };
            if said.is_some() {
                self.said.try_set(said);
            }
        });
    }

    /// A code of the gun that came while a sheet lay over the page.
    fn put_aside(self, code: &str) {
        let words = say!(
            "{code}：没有使用，扫描时有窗口打开；请再扫一次",
            "{code}: not used, a window was open over the page; scan it again"
        );
        self.said.try_set(Some((State::Attention, words)));
    }

    async fn to_order(self, code: &str) -> Option<(State, String)> {
        let query = SearchQuery { q: code.to_owned() };
        let found = api::read_with::<SearchResult, _>(&SEARCH, &[], &query).await;
        let cases = found.map(|found| found.rmas).unwrap_or_default();
        match cases.iter().filter(|case| !case.state.is_final()).collect::<Vec<_>>().as_slice() {
            [only] => {
                self.go.to(&bench_address(only.id));
                None
            }
            [] => {
                Some((State::Attention, say!("{code}：这个订单没有在途的单", "{code}: this order has no open return")))
            }
            _ => Some((
                State::Attention,
                say!("{code}：这个订单有多张单，请输入单号", "{code}: this order has several returns; type its number"),
            )),
        }
    }
}

fn said(bench: Bench) -> AnyView {
    let line = move || {
        bench.said.get().map(|(state, words)| {
            view! {
                <p class=format!("bench__said {}", state.class()) data-test="scan-result">
                    <Icon glyph=state.glyph()/>
                    <span>{words}</span>
                </p>
            }
        })
    };
    view! { <div aria-live="polite">{line}</div> }.into_any()
}

fn case_card(bench: Bench, rma: RmaId) -> AnyView {
    let case = Memo::new(move |_| bench.cases.with(|cases| cases.iter().find(|case| case.rma == rma).cloned()));
    let ids = Memo::new(move |_| {
        case.with(|case| case.iter().flat_map(|case| &case.lines).map(|line| line.id).collect::<Vec<_>>())
    });
    let head = move || {
        case.with(|case| {
            let case = case.as_ref()?;
            Some(view! {
                <a class="bench__number" href=case_address(rma)>{case.number.clone()}</a>
                {chip(case.state, "")}
            })
        })
    };
    view! {
        <Card flush=true>
            <header class="bench__head">{head}</header>
            <ul class="count-lines">
                <For each=move || ids.get() key=|id| *id children=move |id| line::line(bench, id)/>
            </ul>
            {extra::extras(bench, rma)}
            {counted::counted(bench, rma)}
        </Card>
    }
    .into_any()
}

/// The bench.
pub(super) fn bench(bench: Bench) -> AnyView {
    let ids = Memo::new(move |_| bench.cases.with(|cases| cases.iter().map(|case| case.rma).collect::<Vec<_>>()));
    view! {
        <div class="bench" data-test="bench">
            <CodeBox
                label=CODE
                verb=text("确定", "Enter")
                on_code=move |code| bench.take(code)
                on_unused=move |code: String| bench.put_aside(&code)
            />
            {said(bench)}
            <For each=move || ids.get() key=|id| *id children=move |id| case_card(bench, id)/>
        </div>
        {count::bar(bench)}
    }
    .into_any()
}

/// What can be scanned on the bench.
const CODE: ui::Text =
    text("扫描商品条码或序列号，+1；扫运单号换下一个包裹", "Scan an article: +1; scan a waybill for the next parcel");
