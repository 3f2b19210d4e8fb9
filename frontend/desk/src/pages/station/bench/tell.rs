//! What finishing tells the server: one count, an inspection a batch, a disposition where one was chosen. Each builds on
//! the answer to the one before, so that all of it can wait for the line together.

use contract::warehouse::{COUNT, CountRequest, CountedUnits, DISPOSE, DisposeRequest, INSPECT, InspectRequest};
use domain::state::{DispositionKind, Reception};
use parts::queue::{Entry, answer_of};
use serde_json::{Value, json};

use super::super::post::Post;
use super::hand::{Batch, Hand, Target};
use super::judge::Judged;

fn units(batch: &Batch) -> Vec<CountedUnits> {
    let plain = |reception| CountedUnits {
        line: None,
        rma: Some(batch.rma),
        sku: None,
        quantity: batch.quantity,
        reception,
        serial: None,
        swapped: false,
        lot: Some(batch.lot.code.clone()).filter(|code| !code.is_empty()),
        expires_on: batch.lot.expires_on,
    };
    match &batch.target {
        Target::Group(_) => Vec::new(),
        Target::Line(line) => {
            let own = CountedUnits { line: Some(*line), ..plain(Reception::AsAnnounced) };
            if batch.serials.is_empty() {
                return vec![own];
            }
            let one = |serial: &String| CountedUnits { serial: Some(serial.clone()), quantity: 1, ..own.clone() };
            batch.serials.iter().map(one).collect()
        }
        Target::Extra { sku, instead_of } => {
            let reception = if instead_of.is_some() { Reception::WrongItem } else { Reception::Undeclared };
            vec![CountedUnits { line: *instead_of, sku: *sku, ..plain(reception) }]
        }
    }
}

fn missing(hand: &Hand) -> impl Iterator<Item = CountedUnits> {
    hand.missing.iter().filter(|(_, quantity)| **quantity > 0).map(|(line, quantity)| CountedUnits {
        line: Some(*line),
        rma: None,
        sku: None,
        quantity: *quantity,
        reception: Reception::Missing,
        serial: None,
        swapped: false,
        lot: None,
        expires_on: None,
    })
}

fn inspection(batch: &Batch, judged: &Judged, quantity: Option<i64>, now_ms: i64) -> Value {
    let spent_ms = batch.ended_ms.unwrap_or(now_ms) - batch.began_ms;
    let request = InspectRequest {
        quantity,
        grade: judged.grade,
        accepted: None,
        liability: batch.liability,
        checklist: judged.checklist.clone(),
        answers: judged.answers.clone(),
        attachments: Vec::new(),
        note: batch.note.trim().to_owned(),
        seconds_spent: spent_ms.max(0) / 1_000,
    };
    let mut body = serde_json::to_value(&request).unwrap_or_default();
    if let Value::Object(body) = &mut body {
        body.insert("attachments".to_owned(), json!(batch.photos));
    }
    body
}

/// An inspection of one group, and where it goes.
fn judged_entries(post: Post, group: String, body: &Value, kind: Option<DispositionKind>, about: &str) -> Vec<Entry> {
    let inspect = post.entry(&INSPECT, vec![group], body, about);
    let dispose = kind.map(|kind| {
        let group = answer_of(&inspect.key, "/unit_group");
        post.entry(&DISPOSE, vec![group], &DisposeRequest { quantity: None, kind }, about)
    });
    std::iter::once(inspect).chain(dispose).collect()
}

/// All that is to be told, in order. `judged` stands beside each batch; none where units are only counted.
pub(super) fn entries(post: Post, hand: &Hand, judged: &[Option<Judged>]) -> Vec<Entry> {
    let mut all = Vec::new();
    let counted: Vec<Vec<CountedUnits>> = hand.batches.iter().map(units).collect();
    let told: Vec<CountedUnits> = counted.iter().flatten().cloned().chain(missing(hand)).collect();
    let parcel = hand.parcel.as_ref().map(|parcel| parcel.id);
    let now = post.now();
    let mut count_key = String::new();
    if !told.is_empty() {
        let warehouse = post.warehouse().filter(|_| parcel.is_none());
        let request = CountRequest { parcel, warehouse, units: told, at: Some(now) };
        let entry = post.entry(&COUNT, Vec::new(), &request, &hand.code);
        count_key.clone_from(&entry.key);
        all.push(entry);
    }
    let mut at = 0;
    for ((batch, units), judged) in hand.batches.iter().zip(&counted).zip(judged) {
        let first = at;
        at += units.len();
        let Some(judged) = judged else { continue };
        let about = format!("{} · {}", hand.code, batch.name);
        match &batch.target {
            Target::Group(id) => {
                let whole = hand.group(*id).is_some_and(|group| group.quantity == batch.quantity);
                let body = inspection(batch, judged, (!whole).then_some(batch.quantity), now.ms());
                all.extend(judged_entries(post, id.to_string(), &body, judged.disposition, &about));
            }
            _ => {
                let body = inspection(batch, judged, None, now.ms());
                for unit in first..at {
                    let group = answer_of(&count_key, &format!("/{unit}/unit_group"));
                    all.extend(judged_entries(post, group, &body, judged.disposition, &about));
                }
            }
        }
    }
    all
}
