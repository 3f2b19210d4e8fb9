//! Working calendars: frames of the week, holidays and make-up days.

use domain::{CalendarId, LocalDate, Text};
use serde::{Deserialize, Serialize};
use store::master::CalendarRow;
use store::{Conn, Tx};

use super::check::Problems;
use super::{Saved, changed, require_editor, require_staff, unless_stale};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::error::Error;

const MINUTES_A_DAY: u16 = 1_440;

/// A frame of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FrameOfWeek {
    /// 1 is Monday.
    pub weekday: u8,
    /// Minutes after local midnight.
    pub from_minute: u16,
    /// Minutes after local midnight, at most 1,440.
    pub to_minute: u16,
}

/// A holiday or make-up day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDay {
    /// The day.
    pub date: LocalDate,
    /// The weekday whose frames apply; 0 for none.
    pub frames_like: u8,
    /// What it is called.
    pub name: Text,
}

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarView {
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
    /// Working time of the week.
    pub frames: Vec<FrameOfWeek>,
    /// Holidays and make-up days.
    pub days: Vec<CalendarDay>,
}

/// A calendar as it is to be; its days are put one by one.
#[derive(Clone, Debug)]
pub struct SaveCalendar {
    /// None adds one.
    pub id: Option<CalendarId>,
    /// The version that was read; not looked at when adding.
    pub version: i64,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Text,
    /// IANA zone name.
    pub zone: String,
    /// Working time of the week.
    pub frames: Vec<FrameOfWeek>,
}

/// Adds or changes a calendar.
///
/// # Errors
/// `Forbidden`, `Invalid`; `Conflict` when the code is taken or somebody was faster.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveCalendar) -> Result<Saved, Error> {
    require_editor(ctx)?;
    let mut problems = Problems::default();
    let mut frames = cmd.frames.clone();
    frames.sort_unstable();
    check_frames(&frames, &mut problems);
    let row = CalendarRow {
        id: cmd.id.unwrap_or_else(|| CalendarId::from_raw(ctx.id())),
        code: problems.code(&cmd.code, "code"),
        name: problems.name(&cmd.name, "name"),
        zone: problems.zone(&cmd.zone, "zone"),
        version: cmd.version,
        frames: frames.iter().map(|frame| (frame.weekday, frame.from_minute, frame.to_minute)).collect(),
        days: Vec::new(),
    };
    problems.done()?;
    match cmd.id {
        None => store::reference::calendar::insert(tx, &row)?,
        Some(_) => unless_stale(store::reference::calendar::update(tx, &row)?)?,
    }
    changed(ctx, "calendar", row.id.get(), cmd.id.is_none());
    Ok(Saved { id: row.id.get(), version: if cmd.id.is_none() { 1 } else { row.version + 1 } })
}

fn check_frames(frames: &[FrameOfWeek], problems: &mut Problems) {
    let sound = |frame: &FrameOfWeek| {
        (1..=7).contains(&frame.weekday) && frame.from_minute < frame.to_minute && frame.to_minute <= MINUTES_A_DAY
    };
    problems.unless(
        frames.iter().all(sound),
        "frames",
        "not_a_frame",
        "时段无效",
        "a frame begins before it ends, within a day",
    );
    problems.unless(
        !frames.is_empty(),
        "frames",
        "required",
        "至少需要一个工作时段",
        "at least one working frame is required",
    );
    let apart = frames.windows(2).all(|pair| match pair {
        [first, second] => first.weekday != second.weekday || first.to_minute <= second.from_minute,
        _ => true,
    });
    problems.unless(apart, "frames", "overlap", "时段重叠", "frames of a day must not overlap");
}

/// Sets which weekday's frames a day has; `frames_like` 0 makes it a holiday, none an ordinary day again.
///
/// # Errors
/// `Forbidden`, `Invalid`, `NotFound`.
pub fn put_day(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    calendar: CalendarId,
    date: LocalDate,
    day: Option<(u8, Text)>,
) -> Result<(), Error> {
    require_editor(ctx)?;
    find(tx, calendar)?;
    match day {
        Some((frames_like, name)) => {
            let mut problems = Problems::default();
            let known = frames_like <= 7;
            problems.unless(known, "frames_like", "out_of_range", "应为 0 到 7", "is between 0 and 7");
            problems.done()?;
            store::reference::calendar::put_day(tx, calendar, date, frames_like, &name)?;
        }
        None if store::reference::calendar::delete_day(tx, calendar, date)? => {}
        None => return Err(Error::NotFound("calendar_day")),
    }
    changed(ctx, "calendar", calendar.get(), false);
    Ok(())
}

pub(super) fn find(conn: &Conn, id: CalendarId) -> Result<CalendarRow, Error> {
    store::master::calendars(conn)?.into_iter().find(|row| row.id == id).ok_or(Error::NotFound("calendar"))
}

/// All calendars.
///
/// # Errors
/// `Forbidden`.
pub fn list(conn: &Conn, actor: &Actor) -> Result<Vec<CalendarView>, Error> {
    require_staff(actor)?;
    Ok(store::master::calendars(conn)?.into_iter().map(view).collect())
}

fn view(row: CalendarRow) -> CalendarView {
    let frame = |(weekday, from_minute, to_minute)| FrameOfWeek { weekday, from_minute, to_minute };
    let day = |(date, frames_like, name)| CalendarDay { date, frames_like, name };
    CalendarView {
        id: row.id,
        code: row.code,
        name: row.name,
        zone: row.zone,
        version: row.version,
        frames: row.frames.into_iter().map(frame).collect(),
        days: row.days.into_iter().map(day).collect(),
    }
}
