//! The dock: scan, scan, scan. Each pull is kept before it is said; what the server makes of it follows.

use std::collections::BTreeMap;

use contract::exception::WEIGH;
use contract::warehouse::{CodeView, GET, ParcelOnBench, SCAN, ScanEffect, ScanMode, ScannedView, SignedAs};
use domain::ParcelId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Problem};
use parts::label::PlateData;
use parts::meta::Meta;
use parts::queue::Line;
use parts::said::read;
use serde_json::Value;
use ui::{Icon, State, say, text};

use super::park::{self, Seen};
use super::plate;
use super::post::{Panel, Post};
use super::weigh::Scale;
use crate::gun::{on_key, on_scan};

/// Rows in sight.
const MAX_ROWS: usize = 60;

/// What came of one pull.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// Kept here; the server has not heard it.
    Kept,
    /// A parcel was signed.
    Signed { parcel: ParcelId, signed_as: SignedAs, conflict: bool },
    /// No parcel: an article, a case, an order.
    NoParcel(String),
    /// The scan is kept, and a person must look.
    Conflict(String),
}

/// One pull.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) code: String,
    pub(super) outcome: Outcome,
    /// The same code came before on this list.
    pub(super) twice: bool,
    pub(super) damaged: bool,
    pub(super) parked: bool,
}

/// The list. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Dock {
    pub(super) post: Post,
    /// Newest first.
    pub(super) rows: RwSignal<Vec<Row>>,
    /// How often each code came.
    seen: StoredValue<BTreeMap<String, u32>>,
    /// What is in the parcel in front.
    goods: RwSignal<Option<(ParcelId, String)>>,
    /// What is seen of a parcel that is no plain one.
    pub(super) parking: RwSignal<Option<Seen>>,
    scale: Scale,
    printing: RwSignal<Option<PlateData>>,
}

impl Dock {
    fn new(post: Post) -> Self {
        Self {
            post,
            rows: RwSignal::default(),
            seen: StoredValue::default(),
            goods: RwSignal::new(None),
            parking: RwSignal::new(None),
            scale: Scale::new(post),
            printing: RwSignal::new(None),
        }
    }

    fn take(self, code: String) {
        let code = code.trim().to_uppercase();
        let Some(entry) = self.post.scan(ScanMode::Dock, &code, None) else { return };
        self.post.panel.set(Panel::None);
        self.scale.clear();
        let mut twice = false;
        self.seen.update_value(|seen| {
            let count = seen.entry(code.clone()).or_default();
            *count += 1;
            twice = *count > 1;
        });
        let row = Row {
            key: entry.key.clone(),
            code: code.clone(),
            outcome: Outcome::Kept,
            twice,
            damaged: false,
            parked: false,
        };
        spawn_local(async move {
            if self.post.queue.put(entry, None).await.is_err() {
                self.post.unkept();
                return;
            }
            self.rows.try_update(|rows| rows.insert(0, row));
            self.goods.try_set(None);
            untrack(|| self.say_kept(&code, twice));
        });
    }

    fn say_kept(self, code: &str, twice: bool) {
        let down = self.post.queue.line().get_untracked() == Line::Down;
        if twice {
            self.post.say(State::Attention, code, say!("刚才扫过了，不用再扫", "Scanned just now; once is enough"));
        } else if down {
            self.post.say(
                State::Good,
                code,
                say!("离线：已保存，联网后上传", "Offline: kept, uploaded once the line is back"),
            );
        } else {
            self.post.show(State::Waiting, code, say!("已保存，正在上传", "Kept, being uploaded"));
        }
    }

    /// The server has heard one of ours, or refused it.
    fn heard(self, key: &str, answer: &Result<Value, Problem>) {
        let outcome = match answer {
            Ok(answer) => match serde_json::from_value::<ScannedView>(answer.clone()) {
                Ok(scanned) => outcome(scanned),
                Err(_) => return,
            },
            Err(problem) => Outcome::Conflict(problem.words_in_full()),
        };
        let mut front = None;
        self.rows.try_update(|rows| {
            let at = rows.iter().position(|row| row.key == key);
            if let Some(row) = at.and_then(|at| rows.get_mut(at)) {
                row.outcome = outcome;
                front = (at == Some(0)).then(|| row.clone());
            }
        });
        if let Some(row) = front {
            untrack(|| self.say_outcome(&row));
        }
    }

    fn say_outcome(self, row: &Row) {
        let (state, words) = if row.twice && matches!(row.outcome, Outcome::Signed { .. }) {
            (State::Attention, say!("刚才扫过了，不用再扫", "Scanned just now; once is enough"))
        } else {
            (state(&row.outcome), words(&row.outcome))
        };
        self.post.say(state, row.code.clone(), words.clone());
        if let Outcome::Signed { parcel, .. } = row.outcome {
            let (this, code) = (self, row.code.clone());
            spawn_local(async move {
                let Ok(bench) = api::read::<ParcelOnBench>(&GET, &[&parcel]).await else { return };
                let is_front = this.rows.try_with_untracked(|rows| rows.first().is_some_and(|row| row.code == code));
                if is_front == Some(true) {
                    this.goods.try_set(Some((parcel, untrack(|| goods(this.post.meta, &bench)))));
                }
            });
        }
    }

    fn front(self) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.first().cloned())
    }

    fn key(self, name: &str) -> bool {
        match name {
            "d" => {
                if let Some(row) = self.front() {
                    park::send(self, &row, Seen { damaged: true, ..Seen::of(&row) });
                }
            }
            "F8" => match self.front() {
                Some(row) => self.parking.set(Some(Seen::of(&row))),
                None => self.parking.set(Some(Seen::nameless())),
            },
            _ => {
                return self.scale.key(name, || self.front())
                    || plate::pressed(self.post, self.printing, name, || self.plate());
            }
        }
        true
    }

    /// The plate of the parcel just scanned.
    fn plate(self) -> Option<PlateData> {
        let row = self.front()?;
        let Outcome::Signed { parcel, .. } = row.outcome else { return None };
        Some(plate::of(parcel, &row.code, Vec::new()))
    }

    fn counts(self) -> Counts {
        self.rows.with(|rows| {
            let mut counts = Counts { all: rows.len(), ..Counts::default() };
            for row in rows {
                match &row.outcome {
                    _ if row.twice => counts.twice += 1,
                    Outcome::Kept => counts.kept += 1,
                    Outcome::Signed { signed_as: SignedAs::Unknown, .. } => counts.unknown += 1,
                    Outcome::Signed { conflict: false, .. } => counts.signed += 1,
                    _ => counts.conflicts += 1,
                }
            }
            counts
        })
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    all: usize,
    signed: usize,
    unknown: usize,
    twice: usize,
    kept: usize,
    conflicts: usize,
}

fn outcome(scanned: ScannedView) -> Outcome {
    match scanned.effect {
        ScanEffect::Signed { signed } => {
            Outcome::Signed { parcel: signed.parcel, signed_as: signed.signed_as, conflict: signed.conflict }
        }
        ScanEffect::Opened { parcel } => Outcome::Signed { parcel, signed_as: SignedAs::SignedBefore, conflict: false },
        ScanEffect::Conflict { message, help, .. } => {
            let help = help.map(|help| format!(" · {}", read(&help))).unwrap_or_default();
            Outcome::Conflict(untrack(|| read(&message)) + &help)
        }
        ScanEffect::Counted { .. } | ScanEffect::Shown => Outcome::NoParcel(untrack(|| match scanned.code {
            CodeView::Sku { name, .. } => {
                say!("这是商品 {name}，没有签收", "This is an article, {name}; nothing was signed")
            }
            _ => say!("这不是运单号，没有签收", "This is no waybill; nothing was signed"),
        })),
    }
}

fn state(outcome: &Outcome) -> State {
    match outcome {
        Outcome::Kept => State::Waiting,
        Outcome::Signed { conflict: true, .. } | Outcome::Conflict(_) => State::Bad,
        Outcome::Signed { signed_as: SignedAs::Known, .. } => State::Good,
        Outcome::Signed { .. } | Outcome::NoParcel(_) => State::Attention,
    }
}

fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Kept => say!("等待上传", "Waiting to be uploaded"),
        Outcome::Signed { conflict: true, .. } => {
            say!("已签收；对应的单已结束，会有人处理", "Signed; its case is over, somebody will look")
        }
        Outcome::Signed { signed_as, .. } => match signed_as {
            SignedAs::Known => say!("已签收", "Signed"),
            SignedAs::OutboundBack => say!("已签收：我们发出的包裹退回来了", "Signed: our own shipment came back"),
            SignedAs::Unknown => {
                say!("无主包裹，已签收；F8 拍照挂起", "Nobody announced it; signed. F8: photo and park")
            }
            SignedAs::SignedBefore => say!("以前签收过", "Signed before"),
        },
        Outcome::NoParcel(words) | Outcome::Conflict(words) => words.clone(),
    }
}

/// Who brought it: as announced, else by the letters its waybill begins with.
fn carrier(meta: Meta, bench: &ParcelOnBench) -> Option<String> {
    if let Some(known) = &bench.parcel.carrier {
        return Some(read(&known.name));
    }
    meta.with(|view| {
        let fits =
            view.carriers.iter().filter(|one| !one.code.is_empty() && bench.parcel.waybill.starts_with(&one.code));
        let guessed = read(&fits.max_by_key(|one| one.code.len())?.title);
        Some(say!("{guessed}（按单号猜）", "{guessed} (by its number)"))
    })
}

fn goods(meta: Meta, bench: &ParcelOnBench) -> String {
    let carrier = carrier(meta, bench);
    let cases = bench.cases.iter().map(|case| {
        let lines = case.lines.iter().filter(|line| line.approved > 0 && line.sku.is_some());
        let lines = lines.map(|line| {
            let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
            format!("{name} ×{}", line.approved)
        });
        format!("{}  {}", case.number, lines.collect::<Vec<_>>().join(" · "))
    });
    carrier.into_iter().chain(cases).collect::<Vec<_>>().join("\n")
}

fn row(row: &Row) -> AnyView {
    let state = if row.twice { State::Attention } else { state(&row.outcome) };
    let outcome = row.outcome.clone();
    let twice = row.twice.then(|| view! { <span class="dock__mark">{text("重复", "Twice")}</span> });
    let damaged = row.damaged.then(|| view! { <span class="dock__mark">{text("破损", "Damaged")}</span> });
    let parked = row.parked.then(|| view! { <span class="dock__mark">{text("已挂起", "Parked")}</span> });
    view! {
        <li class=format!("dock__row {}", state.class()) data-test="station-row">
            <Icon glyph=state.glyph()/>
            <span class="dock__code">{row.code.clone()}</span>
            <span class="dock__what">{move || words(&outcome)}</span>
            {twice} {damaged} {parked}
        </li>
    }
    .into_any()
}

fn figures(dock: Dock) -> AnyView {
    let counts = Memo::new(move |_| dock.counts());
    let one = move |label: ui::Text, state: State, of: fn(&Counts) -> usize| {
        let value = move || counts.with(of);
        view! {
            <div class=format!("dock__figure {}", state.class()) class:is-zero=move || value() == 0>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="dock__figures">
            {one(text("本次共扫", "Scanned"), State::Paused, |counts| counts.all)}
            {one(text("已签收", "Signed"), State::Good, |counts| counts.signed)}
            {one(text("无主", "Unknown"), State::Attention, |counts| counts.unknown)}
            {one(text("重复", "Twice"), State::Attention, |counts| counts.twice)}
            {one(text("要看一下", "To look at"), State::Bad, |counts| counts.conflicts)}
            {one(text("等待上传", "Waiting"), State::Waiting, |counts| counts.kept)}
        </dl>
    }
    .into_any()
}

/// The job.
pub(super) fn sign(post: Post) -> AnyView {
    let dock = Dock::new(post);
    on_scan(move |code| dock.take(code), |_| {});
    on_key(move |name| dock.key(name));
    post.queue.on_answer(move |entry, answer| {
        if entry.operation == SCAN.operation {
            dock.heard(&entry.key, answer);
        } else if entry.operation == WEIGH.operation {
            dock.scale.heard(&entry.about, answer);
        }
    });
    let rows = move || dock.rows.with(|rows| rows.iter().take(MAX_ROWS).map(row).collect_view());
    let empty = move || {
        dock.rows.with(Vec::is_empty).then(|| {
            view! {
                <p class="station__empty">{text("一件接一件扫就行；要看一下的会变色并响两声。", "Scan one after another; what needs a look changes colour and sounds twice.")}</p>
            }
        })
    };
    let inside = move || {
        let goods = dock.goods.get().map(|(_, goods)| goods).filter(|goods| !goods.is_empty());
        goods.map(|goods| view! { <p class="dock__goods" data-test="station-goods">{goods}</p> })
    };
    // Built once: what is typed into it changes it, and must not build it anew.
    let is_parking = Memo::new(move |_| dock.parking.with(Option::is_some));
    let parking = move || is_parking.get().then(|| park::panel(dock));
    view! {
        <div class="dock" data-test="station-sign" data-rows=move || dock.rows.with(Vec::len)>
            {figures(dock)}
            {dock.scale.view()}
            {inside}
            {empty}
            <ol class="dock__rows">{rows}</ol>
        </div>
        {parking}
        {plate::paper(dock.printing)}
    }
    .into_any()
}
