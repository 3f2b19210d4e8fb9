//! The bench: a parcel, its goods, what was found of them, all by gun and keys (拆检一体). Without inspection it only
//! counts.

use std::collections::BTreeMap;

use contract::warehouse::{CodeView, SCAN, SIGN, ScanMode, ScannedView};
use domain::{ParcelId, Permission, RmaLineId, SkuId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::Problem;
use parts::queue::{Entry, Line};
use serde_json::Value;
use ui::{State, say};

use super::post::{Panel, Post, focus_soon};
use crate::gun::{on_key, on_scan};

mod exception;
mod find;
mod hand;
mod judge;
mod keys;
mod look;
mod lot;
mod tell;

use super::photo::{Shots, picker};
use hand::{Hand, Place, Rights, Target};
use judge::Lack;

/// Something to choose by a number key.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    /// Which case units belong to.
    Units { places: Vec<Place>, name: String, quantity: i64 },
    /// Which case of an order.
    Case(Vec<(domain::RmaId, String)>),
    /// Which case a parcel belongs to that nobody announced.
    Owner(ParcelId, Vec<contract::station::SuggestionView>),
    /// What is wrong.
    Exception,
}

/// The bench. Copy freely.
#[derive(Clone, Copy)]
struct Bench {
    post: Post,
    rights: Rights,
    hand: RwSignal<Option<Hand>>,
    choice: RwSignal<Option<Choice>>,
    /// The question that number keys answer; none: they are grades and quantities.
    cursor: RwSignal<Option<usize>>,
    /// Digits that may become a quantity, and the grade there was before them.
    typed: RwSignal<String>,
    grade_before: StoredValue<Option<domain::GradeId>>,
    noting: RwSignal<bool>,
    /// What is typed of a lot or its last day; none: nothing is.
    lotting: RwSignal<Option<lot::Typing>>,
    /// What the code just scanned said beside the article.
    read_lot: StoredValue<hand::Lot>,
    /// Keys of scans and signings whose answers the bench waits for.
    asked: StoredValue<Vec<String>>,
    /// What codes of articles were, for when the line is down.
    known: StoredValue<BTreeMap<String, CodeView>>,
    shots: Shots,
}

impl Bench {
    fn new(post: Post, inspects: bool) -> Self {
        let may = |permission| untrack(|| post.may(permission));
        let rights =
            Rights { receives: may(Permission::ParcelReceive), inspects: inspects && may(Permission::Inspect) };
        Self {
            post,
            rights,
            hand: RwSignal::new(None),
            choice: RwSignal::new(None),
            cursor: RwSignal::new(None),
            typed: RwSignal::default(),
            grade_before: StoredValue::new(None),
            noting: RwSignal::new(false),
            lotting: RwSignal::new(None),
            read_lot: StoredValue::default(),
            asked: StoredValue::default(),
            known: StoredValue::default(),
            shots: Shots::new(),
        }
    }

    fn say(self, state: State, words: impl Into<String>, detail: impl Into<String>) {
        self.post.say(state, words, detail);
    }

    fn ask_for(self, key: &str) {
        self.asked.update_value(|asked| asked.push(key.to_owned()));
    }

    fn take(self, code: String) {
        let code = code.trim().to_owned();
        if self.lot_scanned(&code) {
            return;
        }
        self.post.panel.set(Panel::None);
        self.choice.set(None);
        self.typed.set(String::new());
        let parcel = self.hand.with_untracked(|hand| hand.as_ref()?.parcel.as_ref().map(|parcel| parcel.id));
        let Some(entry) = self.post.scan(ScanMode::LookUp, &code, parcel) else { return };
        let down = self.post.queue.line().get_untracked() == Line::Down;
        let known = self.known.with_value(|known| known.get(&code).cloned());
        if !down {
            self.ask_for(&entry.key);
        }
        self.post.put(vec![entry], move || {
            untrack(|| match known {
                _ if !down => self.post.show(State::Waiting, code, say!("正在查找…", "Looking it up…")),
                Some(known) => find::follow(self, &code, known),
                None => self.say(
                    State::Attention,
                    code,
                    say!(
                        "离线：这个码还认不出来，联网后再扫；签收不受影响",
                        "Offline: this code is not known here; scan it again once the line is back. Signing goes on"
                    ),
                ),
            });
        });
    }

    fn heard(self, entry: &Entry, answer: &Result<Value, Problem>) {
        let key = entry.key.as_str();
        let mut ours = false;
        self.asked.try_update_value(|asked| {
            let before = asked.len();
            asked.retain(|own| own != key);
            ours = asked.len() < before;
        });
        let Ok(answer) = answer else {
            if let (true, Err(problem)) = (ours, answer) {
                self.say(State::Bad, untrack(|| say!("没有成功", "It did not work")), problem.words_in_full());
            }
            return;
        };
        if !ours {
            return;
        }
        if entry.operation == SIGN.operation {
            let parcel = answer.pointer("/0/parcel").and_then(Value::as_str).and_then(|id| id.parse().ok());
            if let Some(parcel) = parcel {
                find::load_parcel(self, parcel, Vec::new());
            }
        } else if let Ok(scanned) = serde_json::from_value::<ScannedView>(answer.clone()) {
            let code = entry.about.clone();
            if matches!(scanned.code, CodeView::Sku { .. }) {
                self.known.update_value(|known| {
                    known.insert(code.clone(), scanned.code.clone());
                });
            }
            untrack(|| find::follow(self, &code, scanned.code));
        }
    }

    fn may_quantity(self) -> bool {
        self.hand.with_untracked(|hand| hand.as_ref().is_some_and(|hand| !hand.batches.is_empty()))
    }

    /// Changes what was scanned last.
    fn change(self, change: impl FnOnce(&mut hand::Batch)) {
        self.hand.update(|hand| {
            if let Some(batch) = hand.as_mut().and_then(|hand| hand.batches.last_mut()) {
                change(batch);
            }
        });
    }

    /// What was scanned last.
    fn current(self) -> Option<hand::Batch> {
        self.hand.with(|hand| hand.as_ref()?.batches.last().cloned())
    }

    fn add(self, place: Place, name: &str, quantity: i64) {
        let extra = matches!(place.target, Target::Extra { .. });
        let now_ms = self.post.now().ms();
        self.cursor.set(None);
        let lot = self.read_lot.try_update_value(std::mem::take).unwrap_or_default();
        self.hand.update(|hand| {
            if let Some(hand) = hand {
                hand.add(place, name, (quantity, lot), now_ms);
            }
        });
        untrack(|| {
            let count = self.current().map_or(quantity, |batch| batch.quantity);
            if extra {
                self.say(
                    State::Attention,
                    format!("{name}  +{quantity}"),
                    say!("申请里没有，记为申请外商品", "Not announced; counted as such"),
                );
            } else {
                self.say(State::Good, format!("{name}  +{quantity}"), say!("共 {count} 件", "{count} of it"));
            }
        });
    }

    fn take_article(self, sku: SkuId, name: &str, quantity: i64) {
        let Some(hand) = self.hand.get_untracked() else {
            return self.say(State::Attention, name, say!("先扫包裹，再扫商品", "Scan its parcel first"));
        };
        let serial = hand.wait_for_serial(Some(sku)).is_some();
        if serial && self.rights.receives {
            return self.say(State::Attention, name, say!("这个商品要扫序列号", "Scan its serial"));
        }
        let mut places = hand.places(sku, quantity, self.rights);
        if places.is_empty() && self.rights.receives {
            places = hand.beside(Some(sku));
        }
        let one_case = places.iter().all(|place| Some(place.rma) == places.first().map(|first| first.rma));
        match places.len() {
            0 => self.say(State::Attention, name, say!("这里没有等待它的单", "Nothing here waits for it")),
            _ if one_case => {
                if let Some(place) = places.into_iter().next() {
                    self.add(place, name, quantity);
                }
            }
            _ => {
                self.say(State::Waiting, name, say!("属于哪张单？按数字", "Which return? Press its number"));
                self.choice.set(Some(Choice::Units { places, name: name.to_owned(), quantity }));
            }
        }
    }

    fn take_serial(self, code: &str, sku: Option<SkuId>) {
        let now_ms = self.post.now().ms();
        let place = self.hand.with_untracked(|hand| hand.as_ref().and_then(|hand| hand.wait_for_serial(sku)));
        let Some(place) = place.filter(|_| self.rights.receives) else {
            return self.say(State::Bad, code, say!("认不出这个码", "Nothing is known under this code"));
        };
        let name = match &place.target {
            Target::Line(id) => self.line_name(*id),
            _ => String::new(),
        };
        let mut fresh = true;
        let lot = self.read_lot.try_update_value(std::mem::take).unwrap_or_default();
        self.hand.update(|hand| {
            if let Some(hand) = hand {
                fresh = hand.add_serial(place, &name, (code, lot), now_ms);
            }
        });
        if fresh {
            self.say(State::Good, format!("{name}  +1"), code);
        } else {
            self.say(State::Attention, code, say!("这个序列号刚才扫过了", "This serial was scanned just now"));
        }
    }

    fn line_name(self, id: RmaLineId) -> String {
        let name = |hand: &Hand| hand.line(id).and_then(|line| line.sku.as_ref()).map(|sku| sku.name.clone());
        self.hand.with_untracked(|hand| hand.as_ref().and_then(name)).unwrap_or_default()
    }

    fn current_untracked(self) -> Option<hand::Batch> {
        untrack(|| self.current())
    }

    fn judge(self) -> Option<Result<judge::Judged, Lack>> {
        let batch = self.current_untracked()?;
        Some(self.judge_of(&batch))
    }

    fn judge_of(self, batch: &hand::Batch) -> Result<judge::Judged, Lack> {
        let line = self.line_of(batch);
        let disposes = untrack(|| self.post.may(Permission::Dispose));
        untrack(|| judge::judge(self.post.meta, batch, line.as_ref(), disposes))
    }

    /// The line that a batch stands on.
    fn line_of(self, batch: &hand::Batch) -> Option<contract::warehouse::GoodsLineView> {
        untrack(|| {
            self.hand.with(|hand| {
                let hand = hand.as_ref()?;
                let id = match &batch.target {
                    Target::Line(id) => *id,
                    Target::Group(id) => hand.group(*id)?.line,
                    Target::Extra { .. } => return None,
                };
                hand.line(id).cloned()
            })
        })
    }

    /// Puts the number keys on the first question that lacks its answer.
    fn to_first_lack(self) {
        let lack = self.judge().and_then(Result::err);
        self.cursor.set(match lack {
            Some(Lack::Answer(at)) => Some(at),
            _ => None,
        });
        if lack.is_some_and(|lack| lack != Lack::Grade) {
            // The next digit is an answer, not a quantity.
            self.typed.set(String::new());
        }
    }

    fn write_note(self) {
        self.noting.set(self.may_quantity());
        focus_soon("[data-test=station-note] textarea");
    }

    fn finish(self) {
        self.lotting.set(None);
        let Some(hand) = self.hand.get_untracked() else { return };
        if hand.batches.is_empty() && hand.missing.is_empty() {
            return self.say(
                State::Attention,
                say!("还没有扫商品", "Nothing was scanned"),
                say!("扫商品，或按 F8 登记异常", "Scan the goods, or press F8"),
            );
        }
        let mut judged = Vec::new();
        for (at, batch) in hand.batches.iter().enumerate() {
            if self.lacks_lot(batch) {
                return self.lacks(at, batch, Lack::Lot);
            }
            let own = self.rights.inspects.then(|| self.judge_of(batch));
            match own {
                Some(Err(lack)) => return self.lacks(at, batch, lack),
                Some(Ok(own)) => judged.push(Some(own)),
                None => judged.push(None),
            }
        }
        let entries = tell::entries(self.post, &hand, &judged);
        let (here, left) = hand.totals();
        let name = hand.cases.iter().map(|case| case.number.clone()).collect::<Vec<_>>().join(" · ");
        self.post.put(entries, move || {
            self.hand.try_set(None);
            self.cursor.try_set(None);
            self.typed.try_set(String::new());
            untrack(|| {
                let rest = if left > 0 {
                    say!("，还差 {left} 件，到了再收", ", {left} short: the rest when it comes")
                } else {
                    String::new()
                };
                self.say(
                    State::Good,
                    say!("完成 {name}", "Done: {name}"),
                    say!("{here} 件{rest}", "{here} units{rest}"),
                );
            });
        });
    }

    /// Says what a batch lacks, and puts it in front.
    fn lacks(self, at: usize, batch: &hand::Batch, lack: Lack) {
        self.typed.set(String::new());
        self.hand.update(|hand| {
            if let Some(hand) = hand {
                let own = hand.batches.remove(at);
                hand.batches.push(own);
            }
        });
        let detail = match lack {
            Lack::Grade => say!("按数字选等级", "Press a number for the grade"),
            Lack::Photo => say!("要拍照：按 P", "A photo is needed: press P"),
            Lack::Lot => {
                self.type_lot();
                say!(
                    "扫或输入批号，回车；看不清直接回车",
                    "Scan or type the lot, then Enter; Enter alone if unreadable"
                )
            }
            Lack::Answer(question) => {
                self.cursor.set(Some(question));
                say!("回答检查项", "Answer the question")
            }
        };
        self.say(State::Attention, batch.name.clone(), detail);
    }
}

/// The job.
pub(super) fn bench(post: Post, inspects: bool) -> AnyView {
    let bench = Bench::new(post, inspects);
    let (pick, camera) = picker(bench.shots);
    on_scan(move |code| bench.take(code), |_| {});
    on_key(move |name| {
        let lotting = bench.lotting.with_untracked(Option::is_some);
        if name == "p" && !lotting && bench.choice.get_untracked().is_none() && bench.may_quantity() {
            pick.run(());
            return true;
        }
        bench.key(name)
    });
    post.queue.on_answer(move |entry, answer| {
        if entry.operation == SCAN.operation || entry.operation == SIGN.operation {
            bench.heard(entry, answer);
        } else {
            find::resolved(bench, &entry.key, answer);
        }
    });
    // What was asked while the line went is not known; that it was scanned is kept.
    Effect::new(move |_| {
        let waits = !bench.asked.with_value(Vec::is_empty);
        if post.queue.line().get() == Line::Down && waits {
            bench.asked.set_value(Vec::new());
            untrack(|| {
                bench.say(
                    State::Attention,
                    say!("离线", "Offline"),
                    say!("没有查到；联网后再扫一次", "Not looked up; scan it again once the line is back"),
                )
            });
        }
    });
    // Photos go up as soon as they are taken; the inspection names them.
    Effect::new(move |_| {
        if bench.shots.count() > 0 {
            let files = bench.shots.take();
            spawn_local(find::upload(bench, files));
        }
    });
    view! { {look::bench(bench)} {camera} }.into_any()
}
