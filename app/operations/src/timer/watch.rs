//! Deadlines beside the steps of the flow: a signed parcel is to be opened, an approved settlement is to be paid.

use domain::state::{ParcelState, SettlementState};
use domain::{EventKind, ParcelId, RmaId, SettlementId, ShopId, Text, TimerId, Timestamp};
use engine::template::Clock;
use store::parcel::ParcelRow;
use store::settlement::SettlementRow;
use store::task::DueTimer;
use store::{Conn, Tx};

use super::{DEADLINE, NEAR, clock};
use crate::context::Ctx;
use crate::error::Error;
use crate::event::Event;

const PARCEL: &str = "parcel";
const SETTLEMENT: &str = "settlement";

/// Starts the clock of what an event has begun. A parcel without a case is the exceptions desk's, by its age.
pub(crate) fn follow(tx: &Tx<'_>, ctx: &Ctx<'_>, event: &Event) -> Result<(), Error> {
    let (subject, id) = event.subject;
    let (Some(rma), Some(shop)) = (event.rma, event.shop) else { return Ok(()) };
    let watched = match event.kind {
        EventKind::ParcelSigned | EventKind::ParcelMatched => subject == PARCEL,
        EventKind::SettlementProposed | EventKind::SettlementApproved => subject == SETTLEMENT,
        _ => false,
    };
    let Ok(release) = ctx.definitions.current() else { return Ok(()) };
    let clocks = &release.template.template().settings.clocks;
    let of = if subject == PARCEL { clocks.parcel } else { clocks.settlement };
    let (true, Some(of)) = (watched, of) else { return Ok(()) };
    match since(tx, subject, id)? {
        Some(since) => start(tx, ctx, (rma, shop), &of, since, (subject, id)),
        None => Ok(()),
    }
}

fn start(
    tx: &Tx<'_>,
    ctx: &Ctx<'_>,
    (rma, shop): (RmaId, ShopId),
    of: &Clock,
    since: Timestamp,
    subject: (&'static str, i64),
) -> Result<(), Error> {
    let due = clock::start(ctx.definitions, shop, since, Some(&of.deadline), of.warn_before.as_ref())?;
    for (at, kind) in [(due.warn_at, NEAR), (due.due_at, DEADLINE)] {
        let Some(at) = at else { continue };
        store::task::set_subject_timer(tx, TimerId::from_raw(ctx.id()), at, kind, Some(rma), subject)?;
    }
    Ok(())
}

/// Since when the clock of a parcel or settlement runs; `None` when it waits for nothing any more.
fn since(conn: &Conn, subject: &str, id: i64) -> Result<Option<Timestamp>, Error> {
    Ok(match subject {
        PARCEL => {
            let parcel = store::parcel::find(conn, ParcelId::from_raw(id))?;
            parcel.filter(|parcel| parcel.state == ParcelState::Signed).and_then(|parcel| parcel.signed_at)
        }
        SETTLEMENT => {
            let settlement = store::settlement::find(conn, SettlementId::from_raw(id))?;
            let waits = |state| matches!(state, SettlementState::Approved | SettlementState::Executing);
            settlement.filter(|settlement| waits(settlement.state)).and_then(|settlement| settlement.approved_at)
        }
        _ => None,
    })
}

/// By when a parcel or settlement is due and from when on that is near.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// By when; `None` when it waits for nothing or nobody set it a deadline.
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    pub warn_at: Option<Timestamp>,
}

fn watched(conn: &Conn, waits: bool, subject: (&str, i64)) -> Result<Watched, Error> {
    let clock = if waits { store::task::subject_clock(conn, subject)? } else { None };
    Ok(clock.map_or_else(Watched::default, |(due, warn)| Watched { due_at: Some(due), warn_at: warn }))
}

/// The clock of a parcel that waits to be opened.
pub(crate) fn of_parcel(conn: &Conn, parcel: &ParcelRow) -> Result<Watched, Error> {
    watched(conn, parcel.state == ParcelState::Signed, (PARCEL, parcel.id.get()))
}

/// The clock of a settlement that waits to be paid.
pub(crate) fn of_settlement(conn: &Conn, settlement: &SettlementRow) -> Result<Watched, Error> {
    let waits = matches!(settlement.state, SettlementState::Approved | SettlementState::Executing);
    watched(conn, waits, (SETTLEMENT, settlement.id.get()))
}

/// What a timer of a parcel or settlement is about, in words; `None` when it waits for nothing any more.
pub(crate) fn still_waits(conn: &Conn, timer: &DueTimer) -> Result<Option<(&'static str, Text)>, Error> {
    if since(conn, &timer.subject, timer.subject_id)?.is_none() {
        return Ok(None);
    }
    Ok(Some(match timer.subject.as_str() {
        PARCEL => (PARCEL, Text::new("签收后拆检", "opening a signed parcel")),
        _ => (SETTLEMENT, Text::new("批准后付款", "paying an approved settlement")),
    }))
}
