//! The station: a browser enrolled with a cookie of its own, operators who come and go by badge and PIN, their shifts
//! and hand-over sheets.
//!
//! A PIN is weaker than a password, so an operator's session holds only what work at a station needs, at its warehouse.

pub mod attempt;
pub mod attribute;
pub mod badge;
pub mod change;
pub mod close;
pub mod enrol;
pub mod hand_over;
pub mod issue_badge;
pub mod keep_refused;
pub mod open;
pub mod pin;
pub mod read;
pub mod revoke;
pub mod revoke_badge;
pub mod set_own_pin;
pub mod set_pin;
pub mod sheet;
mod work;

pub(crate) use work::{note, note_conflict, note_scan};

use domain::{DeviceId, EventKind, Permission, WarehouseId};
use serde_json::json;
use store::Conn;
use store::device::DeviceRow;
use store::session::SessionRow;

use crate::actor::{AtStation, Grant, permission_bit};
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;

/// What people do at a station: a role without one of these is of no use there.
pub const WORK: [Permission; 4] =
    [Permission::ParcelSign, Permission::ParcelReceive, Permission::Inspect, Permission::Dispose];
/// What reading that work needs.
const READING: Permission = Permission::RmaView;

/// Most characters of a station's name.
const MAX_NAME_CHARS: usize = 40;
/// Most bytes of a station's settings.
const MAX_SETTINGS_BYTES: usize = 16 * 1_024;

/// A station with the hash of the cookie that its operator's requests must carry.
pub(crate) struct Bound {
    pub(crate) place: AtStation,
    pub(crate) token_hash: [u8; 32],
}

/// The station that an operator's session is bound to; none when the station or the stay is over.
pub(crate) fn station_of(conn: &Conn, session: &SessionRow) -> Result<Option<Bound>, Error> {
    let (Some(device), Some(shift)) = (session.device_id, session.shift_id) else { return Ok(None) };
    let Some(token_hash) = store::device::token_hash(conn, device)? else { return Ok(None) };
    let Some(shift) = store::shift::find(conn, shift)?.filter(|shift| shift.ended_at.is_none()) else {
        return Ok(None);
    };
    let place = AtStation { device, warehouse: shift.warehouse_id, shift: shift.id };
    Ok(Some(Bound { place, token_hash }))
}

// INVARIANT: an operator's session never holds more than this leaves, whatever roles the person has.
/// What is left of a person's roles at a station: the work done there and what reading it needs, at its warehouse.
pub(crate) fn narrowed(grants: Vec<Grant>, warehouse: WarehouseId) -> Vec<Grant> {
    let work = WORK.iter().fold(0, |bits, permission| bits | permission_bit(*permission));
    let here = |grant: &Grant| grant.warehouse.is_none() || grant.warehouse == Some(warehouse);
    let grants = grants.into_iter().filter(|grant| here(grant) && grant.permissions & work != 0);
    let narrow = |grant: Grant| Grant {
        permissions: grant.permissions & (work | permission_bit(READING)),
        warehouse: Some(warehouse),
        ..grant
    };
    grants.map(narrow).collect()
}

/// The station a cookie belongs to, if it may be used.
///
/// # Errors
/// The store's.
pub fn of_cookie(conn: &Conn, token_hash: &[u8; 32]) -> Result<Option<DeviceRow>, Error> {
    Ok(store::device::by_token(conn, token_hash)?)
}

/// The refusal of a browser that is no station, or none any more.
#[must_use]
pub fn not_a_station() -> Error {
    Error::conflict(
        Refusal::new("not_a_station", "本浏览器不是已登记的工位", "this browser is not an enrolled station")
            .help("请让管理员在“设置 › 工位”登记", "ask an administrator to enrol it under Settings › Stations"),
    )
}

// Stations are set up by whoever keeps the warehouses, everywhere: one moved elsewhere would take its operators along.
fn require_manager(ctx: &Ctx<'_>) -> Result<(), Error> {
    ctx.require(Permission::MasterEdit, Place::default())
}

fn load(conn: &Conn, id: DeviceId) -> Result<DeviceRow, Error> {
    store::device::find(conn, id)?.ok_or(Error::NotFound("station"))
}

fn name(text: &str) -> Result<String, Error> {
    let name = text.trim();
    if (1..=MAX_NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let refusal = Refusal::new(
        "name_malformed",
        format!("工位名称不能为空，最长 {MAX_NAME_CHARS} 个字符"),
        format!("a station's name is not empty and has at most {MAX_NAME_CHARS} characters"),
    );
    Err(Error::invalid(refusal.at("name")))
}

fn warehouse(ctx: &Ctx<'_>, id: WarehouseId) -> Result<WarehouseId, Error> {
    let known = ctx.definitions.masters.warehouse(id).filter(|warehouse| warehouse.active);
    if known.is_some() {
        return Ok(id);
    }
    let refusal = Refusal::new("no_such_warehouse", "没有这个仓库，或仓库已停用", "there is no such warehouse in use");
    Err(Error::invalid(refusal.at("warehouse")))
}

fn settings(given: Option<&serde_json::Value>) -> Result<String, Error> {
    let Some(given) = given else { return Ok("{}".to_owned()) };
    let text = given.to_string();
    if given.is_object() && text.len() <= MAX_SETTINGS_BYTES {
        return Ok(text);
    }
    let refusal = Refusal::new(
        "settings_malformed",
        format!("工位设置须为 JSON 对象，最长 {MAX_SETTINGS_BYTES} 字节"),
        format!("a station's settings are an object of at most {MAX_SETTINGS_BYTES} bytes"),
    );
    Err(Error::invalid(refusal.at("settings")))
}

fn changed(ctx: &mut Ctx<'_>, id: DeviceId, change: &str) {
    ctx.record(Event::new(EventKind::MasterChanged).about("device", id.get()).with(json!({ "change": change })));
    ctx.topic("master:device");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(permissions: &[Permission], warehouse: Option<i64>) -> Grant {
        Grant {
            role: "r".to_owned(),
            shop: None,
            warehouse: warehouse.map(WarehouseId::from_raw),
            permissions: permissions.iter().fold(0, |bits, permission| bits | permission_bit(*permission)),
        }
    }

    #[test]
    fn only_station_work_at_its_warehouse_is_left() {
        let here = WarehouseId::from_raw(7);
        let all = Grant { permissions: u64::MAX, ..grant(&[], None) };
        let left = narrowed(vec![all], here);
        let expect = [READING].into_iter().chain(WORK).collect::<Vec<_>>();
        assert_eq!(left, [grant(&expect, Some(7))]);
        let office = grant(&[Permission::PersonManage, Permission::RmaView], None);
        let elsewhere = grant(&[Permission::ParcelSign], Some(8));
        assert_eq!(narrowed(vec![office, elsewhere], here), []);
    }
}
