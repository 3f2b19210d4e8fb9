//! What becomes of a code: a waybill is signed at once, known or not; a number of a case or an order leads to its goods;
//! an article's barcode belongs on the bench.

use contract::rma::{RmaListItem, SEARCH, SearchQuery, SearchResult};
use contract::warehouse::{
    CodeView, GET, IDENTIFY, ParcelOnBench, SCAN, ScanEffect, ScanMode, ScanRequest, ScannedView, SignedAs,
};
use domain::{ParcelId, RmaId, Timestamp, WarehouseId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key, Problem};
use parts::said::read;
use ui::{clock, say};

use super::warehouse::Here;
use super::{bench_address, parcel_address};
use crate::go::Go;

/// Entries that stay in sight.
const MAX_ENTRIES: usize = 30;

/// A case that a code led to, in words.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) rma: RmaId,
    pub(super) number: String,
    pub(super) goods: String,
}

/// What came of one code.
#[derive(Clone, PartialEq)]
pub(super) enum Outcome {
    /// On its way.
    Waiting,
    /// A parcel was signed.
    Signed { parcel: ParcelId, signed_as: SignedAs, cases: Vec<Found>, conflict: bool },
    /// An order with several cases, or none.
    Cases(Vec<Found>),
    /// Goods are counted on the bench.
    Goods(String),
    /// The scan is kept, and a person must look.
    Conflict(String),
    /// Read while a sheet lay over the page: nothing was done with it.
    Unused,
    /// Not done; `true`: it can be sent again.
    Failed(String, bool),
}

/// One code and what came of it.
#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    /// The station's own key of the scan: sent again, it happens once.
    pub(super) key: String,
    pub(super) code: String,
    pub(super) outcome: Outcome,
}

/// The codes of this page, newest first. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Scanner {
    pub(super) entries: RwSignal<Vec<Entry>>,
    here: Here,
    go: Go,
}

impl Scanner {
    pub(super) fn new(here: Here, go: Go) -> Self {
        Self { entries: RwSignal::default(), here, go }
    }

    /// A code was scanned or typed. The next one need not wait for it.
    pub(super) fn take(self, code: String) {
        let entry = self.note(code, Outcome::Waiting);
        self.follow(entry);
    }

    /// A code was scanned while a sheet lay over the page: it is kept in sight until somebody wants it.
    pub(super) fn put_aside(self, code: String) {
        self.note(code, Outcome::Unused);
    }

    fn note(self, code: String, outcome: Outcome) -> Entry {
        let entry = Entry { key: Key::new().as_str().to_owned(), code, outcome };
        self.entries.update(|all| {
            all.insert(0, entry.clone());
            all.truncate(MAX_ENTRIES);
        });
        entry
    }

    /// Sends one that was lost or put aside.
    pub(super) fn again(self, key: &str) {
        let entry = self.entries.with_untracked(|all| all.iter().find(|entry| entry.key == key).cloned());
        if let Some(entry) = entry {
            self.put(key, Outcome::Waiting);
            self.follow(entry);
        }
    }

    fn put(self, key: &str, outcome: Outcome) {
        self.entries.try_update(|all| {
            if let Some(entry) = all.iter_mut().find(|entry| entry.key == key) {
                entry.outcome = outcome;
            }
        });
    }

    fn follow(self, entry: Entry) {
        let here = untrack(|| self.here.get());
        spawn_local(async move {
            let outcome = match here {
                Some(warehouse) => self.find(&entry, warehouse).await,
                None => Ok(Some(Outcome::Failed(say!("还没有仓库", "There is no warehouse yet"), false))),
            };
            match outcome {
                Ok(Some(outcome)) => self.put(&entry.key, outcome),
                Ok(None) => {}
                Err(problem) => {
                    let again = problem.outcome_is_unknown();
                    self.put(&entry.key, Outcome::Failed(problem.words_in_full(), again));
                }
            }
        });
    }

    /// `None`: it led to another page.
    async fn find(self, entry: &Entry, warehouse: WarehouseId) -> Result<Option<Outcome>, Problem> {
        let code: CodeView = api::read(&IDENTIFY, &[&entry.code]).await?;
        match code {
            CodeView::Case { rma } | CodeView::UnitGroup { rma, .. } => {
                self.go.to(&bench_address(rma));
                Ok(None)
            }
            CodeView::Order { .. } => {
                let cases = cases_of(&entry.code).await?;
                if let [only] = cases.as_slice() {
                    self.go.to(&bench_address(only.rma));
                    return Ok(None);
                }
                Ok(Some(Outcome::Cases(cases)))
            }
            CodeView::Sku { name, .. } => Ok(Some(Outcome::Goods(name))),
            CodeView::Serial { serial, .. } => Ok(Some(Outcome::Goods(serial))),
            CodeView::Parcel { .. } | CodeView::Shipment { .. } | CodeView::Outbound { .. } | CodeView::Nothing => {
                sign(entry, warehouse).await.map(Some)
            }
        }
    }

    pub(super) fn open(self, parcel: ParcelId) {
        self.go.to(&parcel_address(parcel));
    }
}

fn found(item: RmaListItem) -> Found {
    Found { rma: item.id, number: item.number, goods: item.summary }
}

/// The cases of an order that still wait for something.
async fn cases_of(order: &str) -> Result<Vec<Found>, Problem> {
    let query = SearchQuery { q: order.to_owned() };
    let result: SearchResult = api::read_with(&SEARCH, &[], &query).await?;
    Ok(result.rmas.into_iter().filter(|item| !item.state.is_final()).map(found).collect())
}

async fn sign(entry: &Entry, warehouse: WarehouseId) -> Result<Outcome, Problem> {
    let request = ScanRequest {
        client_key: entry.key.clone(),
        device: None,
        shift: String::new(),
        warehouse,
        mode: ScanMode::Dock,
        raw: entry.code.clone(),
        quantity: 1,
        parcel: None,
        scanned_at: Timestamp::from_ms(untrack(clock::now_ms)),
    };
    let scanned: ScannedView = api::send(&SCAN, &[], &request, Key::new()).await?;
    match scanned.effect {
        ScanEffect::Signed { signed } => {
            let cases = if signed.cases.is_empty() { Vec::new() } else { goods_of(signed.parcel).await };
            Ok(Outcome::Signed { parcel: signed.parcel, signed_as: signed.signed_as, cases, conflict: signed.conflict })
        }
        ScanEffect::Conflict { message, help, .. } => {
            let help = help.map(|help| format!(" · {}", read(&help))).unwrap_or_default();
            Ok(Outcome::Conflict(untrack(|| read(&message)) + &help))
        }
        ScanEffect::Opened { parcel } => {
            Ok(Outcome::Signed { parcel, signed_as: SignedAs::SignedBefore, cases: Vec::new(), conflict: false })
        }
        ScanEffect::Counted { .. } | ScanEffect::Shown => Ok(Outcome::Cases(Vec::new())),
    }
}

/// What is in a parcel, for the eye; it is signed whether this can be read or not.
async fn goods_of(parcel: ParcelId) -> Vec<Found> {
    let bench = api::read::<ParcelOnBench>(&GET, &[&parcel]).await;
    let Ok(bench) = bench else { return Vec::new() };
    let one = |case: contract::warehouse::GoodsView| {
        let lines = case.lines.iter().filter(|line| line.approved > 0);
        let goods = lines.map(|line| {
            let name = line.sku.as_ref().map(|sku| sku.name.clone()).unwrap_or_default();
            format!("{name} ×{}", line.approved)
        });
        Found { rma: case.rma, number: case.number, goods: goods.collect::<Vec<_>>().join(" · ") }
    };
    bench.cases.into_iter().map(one).collect()
}
