//! Master data as one snapshot: small tables that every command needs, read once and replaced when they change.

use domain::time::LocalDate;
use domain::tracking::CheckDigit;
use domain::{CalendarId, CarrierId, Currency, GradeId, ReasonId, ShopId, Text, WarehouseId};

use crate::conn::Conn;
use crate::error::Error;
use crate::params::sql;
use crate::row::Row;

/// A row of `shop`.
#[derive(Clone, Debug)]
pub struct ShopRow {
    /// Its id.
    pub id: ShopId,
    /// Short code, part of case numbers.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Platform code such as `taobao`, or `own`.
    pub platform: String,
    /// Its currency.
    pub currency: Currency,
    /// IANA zone name.
    pub zone: String,
    /// Where its returns go.
    pub warehouse_id: Option<WarehouseId>,
    /// Its working calendar.
    pub calendar_id: Option<CalendarId>,
    /// Whether it still takes cases.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// A row of `warehouse`.
#[derive(Clone, Debug)]
pub struct WarehouseRow {
    /// Its id.
    pub id: WarehouseId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Who receives returns.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Return address.
    pub address: Text,
    /// What to write on the parcel, what to enclose.
    pub notes: Text,
    /// Whether it is in use.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// A calendar with its frames and exceptions.
#[derive(Clone, Debug)]
pub struct CalendarRow {
    /// Its id.
    pub id: CalendarId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// IANA zone name.
    pub zone: String,
    /// Row version.
    pub version: i64,
    /// Weekday 1-7, from minute, to minute.
    pub frames: Vec<(u8, u16, u16)>,
    /// Day, weekday whose frames apply (0 none), name.
    pub days: Vec<(LocalDate, u8, Text)>,
}

/// A row of `reason`.
#[derive(Clone, Debug)]
pub struct ReasonRow {
    /// Its id.
    pub id: ReasonId,
    /// Stable code.
    pub code: String,
    /// The group it stands in.
    pub parent_id: Option<ReasonId>,
    /// Name.
    pub name: Text,
    /// Whether photos are asked for.
    pub evidence_required: bool,
    /// Who is liable unless the inspection says otherwise.
    pub liability: String,
    /// Order among its siblings.
    pub position: i64,
    /// Whether it can still be chosen.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// A row of `grade`.
#[derive(Clone, Debug)]
pub struct GradeRow {
    /// Its id.
    pub id: GradeId,
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// How much of the goods' money is refunded, in percent.
    pub money_percent: i64,
    /// Whether units of this grade count as accepted.
    pub accepted: bool,
    /// Suggested disposition, a `DispositionKind`.
    pub disposition: String,
    /// Order.
    pub position: i64,
    /// Whether it can still be chosen.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// A row of `carrier`.
#[derive(Clone, Debug)]
pub struct CarrierRow {
    /// Its id.
    pub id: CarrierId,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// What its waybills look like, a regular expression, or empty.
    pub tracking_pattern: String,
    /// How the last digit of its waybills follows from the others.
    pub check_digit: CheckDigit,
    /// Whether it can still be chosen.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

/// All shops, oldest first.
///
/// # Errors
/// The store's.
pub fn shops(conn: &Conn) -> Result<Vec<ShopRow>, Error> {
    let sql = sql!(
        "SELECT id, code, name_zh, name_en, platform, currency, zone, warehouse_id, calendar_id, active, version
         FROM shop ORDER BY id"
    );
    conn.all(sql, (), |row| {
        Ok(ShopRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: text(row, "name_zh", "name_en")?,
            platform: row.get("platform")?,
            currency: row.get("currency")?,
            zone: row.get("zone")?,
            warehouse_id: row.get("warehouse_id")?,
            calendar_id: row.get("calendar_id")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All warehouses, oldest first.
///
/// # Errors
/// The store's.
pub fn warehouses(conn: &Conn) -> Result<Vec<WarehouseRow>, Error> {
    conn.all(sql!(include_str!("master/warehouses.sql")), (), |row| {
        Ok(WarehouseRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: text(row, "name_zh", "name_en")?,
            contact_name: row.get("contact_name")?,
            contact_phone: row.get("contact_phone")?,
            address: text(row, "address_zh", "address_en")?,
            notes: text(row, "notes_zh", "notes_en")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All calendars with frames and exceptions.
///
/// # Errors
/// The store's.
pub fn calendars(conn: &Conn) -> Result<Vec<CalendarRow>, Error> {
    let mut calendars =
        conn.all(sql!("SELECT id, code, name_zh, name_en, zone, version FROM calendar ORDER BY id"), (), |row| {
            Ok(CalendarRow {
                id: row.get("id")?,
                code: row.get("code")?,
                name: text(row, "name_zh", "name_en")?,
                zone: row.get("zone")?,
                version: row.get("version")?,
                frames: Vec::new(),
                days: Vec::new(),
            })
        })?;
    let frames = sql!(
        "SELECT calendar_id, weekday, from_minute, to_minute FROM calendar_frame
         ORDER BY calendar_id, weekday, from_minute"
    );
    conn.each(frames, (), |row| {
        let owner: CalendarId = row.get("calendar_id")?;
        let frame = (row.get("weekday")?, row.get("from_minute")?, row.get("to_minute")?);
        calendars.iter_mut().filter(|calendar| calendar.id == owner).for_each(|calendar| calendar.frames.push(frame));
        Ok(())
    })?;
    let days = sql!(
        "SELECT calendar_id, local_date, frames_like, name_zh, name_en FROM calendar_day ORDER BY calendar_id, local_date"
    );
    conn.each(days, (), |row| {
        let owner: CalendarId = row.get("calendar_id")?;
        let day = (row.get("local_date")?, row.get("frames_like")?, text(row, "name_zh", "name_en")?);
        if let Some(calendar) = calendars.iter_mut().find(|calendar| calendar.id == owner) {
            calendar.days.push(day);
        }
        Ok(())
    })?;
    Ok(calendars)
}

/// All reasons, groups and leaves, in their order.
///
/// # Errors
/// The store's.
pub fn reasons(conn: &Conn) -> Result<Vec<ReasonRow>, Error> {
    let sql = sql!(
        "SELECT id, code, parent_id, name_zh, name_en, evidence_required, liability, position, active, version
         FROM reason ORDER BY position, id"
    );
    conn.all(sql, (), |row| {
        Ok(ReasonRow {
            id: row.get("id")?,
            code: row.get("code")?,
            parent_id: row.get("parent_id")?,
            name: text(row, "name_zh", "name_en")?,
            evidence_required: row.get("evidence_required")?,
            liability: row.get("liability")?,
            position: row.get("position")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All grades in their order.
///
/// # Errors
/// The store's.
pub fn grades(conn: &Conn) -> Result<Vec<GradeRow>, Error> {
    let sql = sql!(
        "SELECT id, code, name_zh, name_en, money_percent, accepted, disposition, position, active, version
         FROM grade ORDER BY position, id"
    );
    conn.all(sql, (), |row| {
        Ok(GradeRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: text(row, "name_zh", "name_en")?,
            money_percent: row.get("money_percent")?,
            accepted: row.get("accepted")?,
            disposition: row.get("disposition")?,
            position: row.get("position")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

/// All carriers.
///
/// # Errors
/// The store's.
pub fn carriers(conn: &Conn) -> Result<Vec<CarrierRow>, Error> {
    let sql = sql!(
        "SELECT id, code, name_zh, name_en, tracking_pattern, check_digit, active, version FROM carrier ORDER BY id"
    );
    conn.all(sql, (), |row| {
        Ok(CarrierRow {
            id: row.get("id")?,
            code: row.get("code")?,
            name: text(row, "name_zh", "name_en")?,
            tracking_pattern: row.get("tracking_pattern")?,
            check_digit: row.get("check_digit")?,
            active: row.get("active")?,
            version: row.get("version")?,
        })
    })
}

fn text(row: &Row<'_>, zh: &'static str, en: &'static str) -> Result<Text, Error> {
    Ok(Text { zh: row.get(zh)?, en: row.get(en)? })
}
