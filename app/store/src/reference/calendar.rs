//! Writing working calendars: frames of the week, holidays and make-up days.

use domain::{CalendarId, LocalDate, Text};

use crate::conn::Tx;
use crate::error::Error;
use crate::master::CalendarRow;
use crate::params::{named_params, sql};

/// Writes a new calendar with its frames and days.
///
/// # Errors
/// The store's; `calendar.code` when the code is taken.
pub fn insert(tx: &Tx<'_>, calendar: &CalendarRow) -> Result<(), Error> {
    let sql =
        sql!("INSERT INTO calendar (id, code, name_zh, name_en, zone) VALUES (:id, :code, :name_zh, :name_en, :zone)");
    let params = named_params! {
        ":id": calendar.id, ":code": calendar.code, ":name_zh": calendar.name.zh, ":name_en": calendar.name.en,
        ":zone": calendar.zone,
    };
    tx.exec(sql, params)?;
    write_frames(tx, calendar)?;
    calendar.days.iter().try_for_each(|(date, frames_like, name)| put_day(tx, calendar.id, *date, *frames_like, name))
}

/// Replaces a calendar's values and frames when its version is still `calendar.version`; false when it is not.
/// Days are put and taken away one by one.
///
/// # Errors
/// The store's; `calendar.code` when the code is taken.
pub fn update(tx: &Tx<'_>, calendar: &CalendarRow) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE calendar SET code = :code, name_zh = :name_zh, name_en = :name_en, zone = :zone,
             version = version + 1
         WHERE id = :id AND version = :version"
    );
    let params = named_params! {
        ":code": calendar.code, ":name_zh": calendar.name.zh, ":name_en": calendar.name.en, ":zone": calendar.zone,
        ":id": calendar.id, ":version": calendar.version,
    };
    if tx.exec(sql, params)? != 1 {
        return Ok(false);
    }
    tx.exec(sql!("DELETE FROM calendar_frame WHERE calendar_id = :id"), named_params! { ":id": calendar.id })?;
    write_frames(tx, calendar)?;
    Ok(true)
}

/// Sets which weekday's frames a day has; 0 for none.
///
/// # Errors
/// The store's.
pub fn put_day(tx: &Tx<'_>, calendar: CalendarId, date: LocalDate, frames_like: u8, name: &Text) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO calendar_day (calendar_id, local_date, frames_like, name_zh, name_en)
         VALUES (:calendar_id, :local_date, :frames_like, :name_zh, :name_en)
         ON CONFLICT DO UPDATE SET frames_like = excluded.frames_like, name_zh = excluded.name_zh,
             name_en = excluded.name_en"
    );
    let params = named_params! {
        ":calendar_id": calendar, ":local_date": date, ":frames_like": frames_like, ":name_zh": name.zh,
        ":name_en": name.en,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Makes a day an ordinary one again; false when it was.
///
/// # Errors
/// The store's.
pub fn delete_day(tx: &Tx<'_>, calendar: CalendarId, date: LocalDate) -> Result<bool, Error> {
    let sql = sql!("DELETE FROM calendar_day WHERE calendar_id = :calendar_id AND local_date = :local_date");
    Ok(tx.exec(sql, named_params! { ":calendar_id": calendar, ":local_date": date })? == 1)
}

fn write_frames(tx: &Tx<'_>, calendar: &CalendarRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO calendar_frame (calendar_id, weekday, from_minute, to_minute)
         VALUES (:calendar_id, :weekday, :from_minute, :to_minute)"
    );
    for (weekday, from_minute, to_minute) in &calendar.frames {
        let params = named_params! {
            ":calendar_id": calendar.id, ":weekday": weekday, ":from_minute": from_minute, ":to_minute": to_minute,
        };
        tx.exec(sql, params)?;
    }
    Ok(())
}
