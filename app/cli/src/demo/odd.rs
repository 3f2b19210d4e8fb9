//! What does not go by plan: parcels nobody announced, one that weighs too little, cases somebody forgot to look at again.

use std::sync::Arc;

use domain::state::{CaseState, ParcelState};
use domain::{ParcelId, Permission};
use operations::Error;
use operations::rma::follow_up::{FollowUp, follow_up};
use operations::warehouse::sign::{Sign, sign};
use operations::warehouse::weigh::{Weigh, Weighed, weigh};
use store::parcel::ParcelFilter;
use store::scope::RowScope;

use super::Demo;

const HOUR_MS: i64 = 3_600_000;
/// Waybills on labels that belong to no case, and how many hours ago they were signed.
const STRANGERS: [(&str, i64); 3] = [("YT8831200456127", 102), ("ZT7700912345008", 30), ("SF1390022456781", 2)];
/// How many parcels are weighed; the first of them is too light.
const WEIGHED: usize = 4;
/// How many cases somebody wanted to look at again.
const FORGOTTEN: usize = 2;
/// More than the cases of the last days.
const LATELY: u32 = 200;

/// Adds it.
pub(crate) fn add(demo: &Demo) -> Result<(), Error> {
    for (waybill, hours) in STRANGERS {
        let actor = Arc::clone(demo.world.who_may(Permission::ParcelSign, None)?);
        let command = Sign {
            warehouse: demo.world.warehouse,
            carrier: Some(demo.world.carrier),
            waybills: vec![waybill.to_owned()],
            at: Some(demo.end.plus_ms(-hours * HOUR_MS)),
        };
        demo.act(&actor, "parcel.sign", move |tx, ctx| sign(tx, ctx, &command))?;
    }
    weigh_some(demo)?;
    forget_some(demo)
}

fn weigh_some(demo: &Demo) -> Result<(), Error> {
    let filter = ParcelFilter { state: Some(ParcelState::Signed), ..ParcelFilter::default() };
    let signed = demo.app.read(|conn| Ok(store::parcel::page(conn, &RowScope::All, &filter, LATELY)?))?;
    let mut light = true;
    for parcel in signed.into_iter().filter(|parcel| parcel.direction == "return").take(WEIGHED) {
        // The first time tells what it should weigh.
        let Some(expected) = put_on_scales(demo, parcel.id, 1_000)?.expected_grams else { continue };
        let grams = if light { expected * 2 / 5 } else { expected + 40 };
        put_on_scales(demo, parcel.id, grams.max(1))?;
        light = false;
    }
    Ok(())
}

fn put_on_scales(demo: &Demo, parcel: ParcelId, grams: i64) -> Result<Weighed, Error> {
    let actor = Arc::clone(demo.world.who_may(Permission::ParcelSign, None)?);
    demo.act(&actor, "parcel.weigh", move |tx, ctx| weigh(tx, ctx, &Weigh { parcel, grams }))
}

fn forget_some(demo: &Demo) -> Result<(), Error> {
    let filter = store::rma_list::Filter { state: Some(CaseState::InProgress), ..Default::default() };
    let open = demo.app.read(|conn| Ok(store::rma_list::page(conn, &RowScope::All, &filter, None, LATELY)?))?;
    for (hours, case) in (1_i64..).zip(open.into_iter().take(FORGOTTEN)) {
        let actor = Arc::clone(demo.world.who_may(Permission::RmaNote, None)?);
        let command = FollowUp { rma: case.id, at: Some(demo.end.plus_ms(-hours * 20 * HOUR_MS)) };
        demo.act(&actor, "rma.follow_up", move |tx, ctx| follow_up(tx, ctx, &command))?;
    }
    Ok(())
}
