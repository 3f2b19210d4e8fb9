//! A case's parcels with where they are, who corrected their numbers, and which other cases have them.

use domain::{Permission, PersonId, RmaId, Text};
use store::Conn;
use store::parcel::ParcelRow;
use store::tracking::{TrackingEventRow, WaybillChangeRow};

use super::carrier::{Looks, looks};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::gate;
use crate::person::names::Names;

/// Another case that the reader may see: id and number.
pub type OtherCase = (RmaId, String);

/// A parcel of a case with all that was said of it.
#[derive(Clone, Debug)]
pub struct ParcelTracking {
    /// The parcel.
    pub parcel: ParcelRow,
    /// What was said, oldest first.
    pub events: Vec<TrackingEventRow>,
    /// Corrections, oldest first.
    pub changes: Vec<WaybillChangeRow>,
    /// Other cases that have this waybill or this parcel, which the reader may see: id and number.
    pub others: Vec<OtherCase>,
    /// What the number looks like.
    pub looks: Looks,
    /// Who wrote.
    pub names: Names,
}

/// The parcels of a case.
///
/// # Errors
/// `NotFound`.
pub fn of_case(app: &App, actor: &Actor, id: RmaId) -> Result<Vec<ParcelTracking>, Error> {
    let definitions = app.definitions();
    app.read(|conn| {
        let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
        if !actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id) {
            return Err(Error::NotFound("rma"));
        }
        let mut all = Vec::new();
        for parcel in store::parcel::of_rma(conn, id)? {
            let events = store::tracking::of_parcel(conn, parcel.id)?;
            let changes = store::tracking::changes(conn, parcel.id)?;
            let writers = events.iter().map(|event| &event.source).chain(changes.iter().map(|one| &one.changed_by));
            let names = Names::read(conn, writers.filter_map(|author| person(author)))?;
            let others = others(conn, actor, &parcel.waybill, id)?;
            let looks = looks(&definitions, &parcel.waybill);
            all.push(ParcelTracking { parcel, events, changes, others, looks, names });
        }
        Ok(all)
    })
}

/// The person that an author is, if one is.
#[must_use]
pub fn person(author: &str) -> Option<PersonId> {
    author.strip_prefix("person:")?.parse().ok()
}

/// What a waybill looks like, and which cases that the actor may see have it already.
///
/// # Errors
/// `Invalid` for what is no waybill at all.
pub fn check(app: &App, actor: &Actor, text: &str) -> Result<(String, Looks, Vec<OtherCase>), Error> {
    let waybill = crate::warehouse::waybill(text, "waybill")?;
    let looks = looks(&app.definitions(), &waybill);
    let others = app.read(|conn| others(conn, actor, &waybill, RmaId::from_raw(0)))?;
    Ok((waybill, looks, others))
}

/// What is wrong with a waybill for the case's customer, in words, and the carriers it can be of.
///
/// # Errors
/// `NotFound`; `Invalid` for what is no waybill at all.
pub fn check_for_customer(app: &App, rma: RmaId, text: &str) -> Result<(String, Looks), Error> {
    let waybill = crate::warehouse::waybill(text, "waybill")?;
    let mut looks = looks(&app.definitions(), &waybill);
    let ours = app.read(|conn| {
        let rma = store::rma::find(conn, rma)?.ok_or(Error::NotFound("rma"))?;
        super::carrier::check_not_ours(conn, &rma, &waybill)
    });
    match ours {
        Ok(()) => {}
        Err(Error::Invalid(refusal)) => {
            let Text { zh, en } = refusal.message;
            looks.doubt = Some(Text { zh, en });
        }
        Err(error) => return Err(error),
    }
    Ok((waybill, looks))
}

fn others(conn: &Conn, actor: &Actor, waybill: &str, own: RmaId) -> Result<Vec<OtherCase>, Error> {
    let scope = gate::rows(actor, Permission::RmaView);
    let mut found: Vec<OtherCase> = Vec::new();
    for (_, _, rma) in store::tracking::others_under(conn, waybill, None)? {
        let Some(id) = rma.filter(|rma| *rma != own && found.iter().all(|(known, _)| known != rma)) else { continue };
        let Some(rma) = store::rma::find(conn, id)? else { continue };
        if scope.touches(Some(rma.shop_id), rma.warehouse_id) {
            found.push((id, rma.number));
        }
    }
    Ok(found)
}
