//! Working calendars: frames, holidays, make-up days.

use contract::master::{
    ADD_CALENDAR, CALENDARS, CHANGE_CALENDAR, Calendar, CalendarDay, CalendarFrame, DayRequest, HolidaysPut,
    HolidaysRequest, PUT_HOLIDAYS, SAVE_DAY, SavedRow,
};
use domain::{CalendarId, LocalDate};
use operations::master::{calendar, holidays};

use super::saved;
use crate::answer::{Reply, changed, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key, Segments};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&CALENDARS, Doc::list::<Calendar>(), calendars);
    area.add(&ADD_CALENDAR, Doc::view::<SavedRow>(201).body::<Calendar>(), add_calendar);
    area.add(&CHANGE_CALENDAR, Doc::view::<SavedRow>(200).body::<Calendar>(), change_calendar);
    area.add(&SAVE_DAY, Doc::nothing().body::<DayRequest>(), save_day);
    area.add(&PUT_HOLIDAYS, Doc::view::<HolidaysPut>(200).body::<HolidaysRequest>(), put_holidays);
}

async fn calendars(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| calendar::list(conn, caller.actor()))?;
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn add_calendar(server: Server, caller: Caller, key: Key, row: Json<Calendar>) -> Reply {
    save_calendar(server, caller, key, None, row).await
}

async fn change_calendar(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<CalendarId>,
    row: Json<Calendar>,
) -> Reply {
    save_calendar(server, caller, key, Some(id), row).await
}

async fn save_calendar(
    server: Server,
    caller: Caller,
    key: Key,
    id: Option<CalendarId>,
    Json(row): Json<Calendar>,
) -> Reply {
    let frame = |frame: CalendarFrame| calendar::FrameOfWeek {
        weekday: frame.weekday,
        from_minute: frame.from_minute,
        to_minute: frame.to_minute,
    };
    let command = calendar::SaveCalendar {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        zone: row.zone,
        frames: row.frames.into_iter().map(frame).collect(),
    };
    let call = caller.call("calendar.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| calendar::save(tx, ctx, &command)).await?)
}

async fn save_day(
    server: Server,
    caller: Caller,
    key: Key,
    Segments((id, date)): Segments<(CalendarId, LocalDate)>,
    wanted: Json<DayRequest>,
) -> Reply {
    let Json(wanted) = wanted;
    let day = wanted.frames_like.map(|frames_like| (frames_like, wanted.name));
    let call = caller.call("calendar.put_day", &key);
    let answer = server.app.run(call, move |tx, ctx| calendar::put_day(tx, ctx, id, date, day.clone())).await?;
    done(&answer)
}

async fn put_holidays(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<CalendarId>,
    wanted: Json<HolidaysRequest>,
) -> Reply {
    let year = wanted.year;
    let call = caller.call("calendar.put_holidays", &key);
    let answer = server.app.run(call, move |tx, ctx| holidays::put(tx, ctx, id, year)).await?;
    changed(&answer, &HolidaysPut { days: u32::try_from(answer.value).unwrap_or(u32::MAX) })
}

fn view(row: calendar::CalendarView) -> Calendar {
    let frame = |frame: calendar::FrameOfWeek| CalendarFrame {
        weekday: frame.weekday,
        from_minute: frame.from_minute,
        to_minute: frame.to_minute,
    };
    let day = |day: calendar::CalendarDay| CalendarDay { date: day.date, frames_like: day.frames_like, name: day.name };
    Calendar {
        id: Some(row.id),
        version: row.version,
        code: row.code,
        name: row.name,
        zone: row.zone,
        frames: row.frames.into_iter().map(frame).collect(),
        days: row.days.into_iter().map(day).collect(),
    }
}
