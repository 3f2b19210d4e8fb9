//! The exceptions desk: what stands still or does not fit, with its age and whose it is, and what people do about it.

pub mod act;
pub mod list;
pub mod settings;

pub use store::exception::{Kind, Subject};

use domain::Permission;

use crate::actor::Actor;
use crate::gate;
use store::exception::Source;
use store::scope::RowScope;

/// Who sees any of it.
pub const SEE: [Permission; 3] = [Permission::ParcelSign, Permission::ParcelReceive, Permission::RmaView];
const WITH_PARCELS: [Permission; 2] = [Permission::ParcelSign, Permission::ParcelReceive];

/// The rows of a list that an actor sees: parcels that are here by those who work with parcels, parcels that are still
/// awaited also by those who see their cases, the rest by those who see cases.
fn rows(actor: &Actor, source: Source) -> RowScope {
    match (source.subject, source.kind) {
        (Subject::Parcel, Kind::Silent | Kind::CarrierSigned) => gate::rows_any(actor, &SEE),
        (Subject::Parcel, _) => gate::rows_any(actor, &WITH_PARCELS),
        (Subject::Rma | Subject::Task, _) => gate::rows(actor, Permission::RmaView),
    }
}
