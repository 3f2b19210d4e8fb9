//! What was done in a shift, noted beside the events that tell of it: the hand-over sheet counts from here.

use domain::{EventKind, ScanId, Timestamp};
use store::Tx;

use crate::actor::Actor;
use crate::error::Error;
use crate::event::Event;

/// Notes the work that an event tells of, for an operator at a station. `id` is the event's.
pub(crate) fn note(tx: &Tx<'_>, actor: &Actor, event: &Event, id: i64, at: Timestamp) -> Result<(), Error> {
    let Some(station) = actor.station else { return Ok(()) };
    // A parcel has an event a case; it is one parcel.
    let (kind, subject, quantity) = match event.kind {
        EventKind::ParcelSigned => ("signed", event.subject.1, 1),
        EventKind::ParcelOpened => ("opened", event.subject.1, 1),
        EventKind::ParcelParked => ("parked", event.subject.1, 1),
        EventKind::GoodsCounted => ("counted", id, counted(event)),
        EventKind::GoodsInspected => ("inspected", id, quantity(&event.payload)),
        EventKind::GoodsDispositioned => ("dispositioned", id, quantity(&event.payload)),
        EventKind::ScanConflict => ("conflict", id, 1),
        _ => return Ok(()),
    };
    Ok(store::shift::note_work(tx, station.shift, kind, subject, quantity, at)?)
}

/// Notes a pull of the trigger.
pub(crate) fn note_scan(tx: &Tx<'_>, actor: &Actor, scan: ScanId, at: Timestamp) -> Result<(), Error> {
    note_one(tx, actor, "scan", scan, at)
}

/// Notes a scan from which nothing could follow.
pub(crate) fn note_conflict(tx: &Tx<'_>, actor: &Actor, scan: ScanId, at: Timestamp) -> Result<(), Error> {
    note_one(tx, actor, "conflict", scan, at)
}

fn note_one(tx: &Tx<'_>, actor: &Actor, kind: &str, scan: ScanId, at: Timestamp) -> Result<(), Error> {
    let Some(station) = actor.station else { return Ok(()) };
    Ok(store::shift::note_work(tx, station.shift, kind, scan.get(), 1, at)?)
}

fn quantity(payload: &serde_json::Value) -> i64 {
    payload["quantity"].as_i64().unwrap_or(1)
}

// Missing goods are told of, not counted.
fn counted(event: &Event) -> i64 {
    let groups = event.payload["groups"].as_array().map(Vec::as_slice).unwrap_or_default();
    groups.iter().filter(|group| group["reception"] != "missing").map(quantity).sum()
}
