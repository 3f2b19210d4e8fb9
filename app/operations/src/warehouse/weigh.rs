//! What a parcel weighs against what should be in it: an empty box, a brick or a missing part shows before it is opened.

use domain::state::ParcelState;
use domain::{EventKind, ParcelId, Permission};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Conn, Tx};

use super::follow_up::tell;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::exception::settings;

/// The heaviest parcel, in grams.
pub const MAX_GRAMS: i64 = 10_000_000;

/// Says what a parcel weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weigh {
    /// The parcel.
    pub parcel: ParcelId,
    /// With its box, in grams.
    pub grams: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// The parcel.
    pub parcel: ParcelId,
    /// What should be in it weighs so much, in grams, when that can be told.
    pub expected_grams: Option<i64>,
    /// Whether the two are too far apart.
    pub gap: bool,
}

/// Weighs a signed parcel.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Conflict` before it is signed; `Invalid` for the weight.
pub fn weigh(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Weigh) -> Result<Weighed, Error> {
    let parcel = super::parcel(tx, ctx, cmd.parcel, Permission::ParcelSign, None)?;
    if parcel.state == ParcelState::Announced {
        return Err(Error::conflict(Refusal::new("sign_first", "请先签收包裹", "sign the parcel first")));
    }
    if !(1..=MAX_GRAMS).contains(&cmd.grams) {
        let refusal = Refusal::new(
            "weight_out_of_range",
            format!("重量应在 1 到 {MAX_GRAMS} 克之间"),
            format!("a weight is between 1 and {MAX_GRAMS} grams"),
        );
        return Err(Error::invalid(refusal.at("grams")));
    }
    let weighed = judge(tx, cmd.parcel, Some(cmd.grams))?;
    let event = Event::new(EventKind::ParcelWeighed)
        .about("parcel", parcel.id.get())
        .with(json!({ "grams": cmd.grams, "expected_grams": weighed.expected_grams, "gap": weighed.gap }));
    tell(tx, ctx, &parcel, &event)?;
    Ok(weighed)
}

/// Judges a weighed parcel anew after its cases changed.
pub(crate) fn weigh_again(tx: &Tx<'_>, _ctx: &mut Ctx<'_>, id: ParcelId) -> Result<(), Error> {
    let parcel = store::parcel::find(tx, id)?.ok_or(Error::NotFound("parcel"))?;
    if parcel.weight_grams.is_some() {
        judge(tx, id, parcel.weight_grams)?;
    }
    Ok(())
}

fn judge(tx: &Tx<'_>, id: ParcelId, grams: Option<i64>) -> Result<Weighed, Error> {
    let expected_grams = expected(tx, id)?;
    let tolerance = settings::read(tx)?;
    let gap = grams.zip(expected_grams).is_some_and(|(grams, expected)| tolerance.is_gap(grams, expected));
    store::exception::weigh(tx, id, grams, expected_grams, gap)?;
    Ok(Weighed { parcel: id, expected_grams, gap })
}

// The weight of all goods agreed to come back. It cannot be told when an article's weight is not known, or when a case
// sends several parcels: nobody knows what is in which.
fn expected(conn: &Conn, id: ParcelId) -> Result<Option<i64>, Error> {
    let cases = store::parcel::cases(conn, id)?;
    let mut grams = 0_i64;
    for case in &cases {
        if store::exception::parcels_of(conn, case.rma_id)? != 1 {
            return Ok(None);
        }
        for line in store::rma_line::of_rma(conn, case.rma_id)? {
            if !line.kind.expects_goods() || line.undeclared || line.approved == 0 {
                continue;
            }
            let sku = line.sku_id.map(|sku| store::sku::find(conn, sku)).transpose()?.flatten();
            let Some(unit) = sku.and_then(|sku| sku.weight_grams) else { return Ok(None) };
            grams = grams.saturating_add(unit.saturating_mul(line.approved));
        }
    }
    Ok((grams > 0).then_some(grams))
}
