//! Working calendars: the frames of the week, and a year of holidays and make-up days.

use std::sync::Arc;

use contract::master::{ADD_CALENDAR, CALENDARS as LIST, CHANGE_CALENDAR, Calendar, CalendarFrame};
use leptos::prelude::*;
use parts::api::Key;
use ui::locale::clock_time;
use ui::{Column, Glyph, Text, say, text};

use super::List;
use crate::rows::{Roll, Row, Sending, Source, at, by_id, line, name_cell, named, pair};

mod days;
mod frames;

pub(super) const CALENDARS: List = List {
    key: "calendars",
    title: text("工作日历", "Working calendars"),
    hint: text("每周工作时段、节假日、调休", "Hours of the week, holidays, make-up days"),
    icon: Glyph::Calendar,
    draw: page,
};

/// Monday to Sunday.
pub(super) const WEEKDAYS: [Text; 7] = [
    text("周一", "Mon"),
    text("周二", "Tue"),
    text("周三", "Wed"),
    text("周四", "Thu"),
    text("周五", "Fri"),
    text("周六", "Sat"),
    text("周日", "Sun"),
];

/// A weekday's name, 1 is Monday.
pub(super) fn weekday(number: u8) -> Text {
    let at = usize::from(number.clamp(1, 7)) - 1;
    WEEKDAYS.get(at).copied().unwrap_or(text("周一", "Mon"))
}

/// `09:00` of minutes after midnight.
pub(super) fn clock(minute: u16) -> String {
    if minute == 1_440 { "24:00".to_owned() } else { clock_time(i64::from(minute) * 60_000, 0) }
}

impl Row for Calendar {
    fn key(&self) -> String {
        self.id.map(|id| id.to_string()).unwrap_or_default()
    }
    fn save(&self, _is_new: bool, key: Key) -> Sending {
        // Days are saved on their own.
        let row = Self { days: Vec::new(), ..self.clone() };
        by_id(&ADD_CALENDAR, &CHANGE_CALENDAR, self.id.map(|id| id.to_string()), &row, key)
    }
    fn words(&self) -> String {
        format!("{}\n{}\n{}", self.name.zh, self.name.en, self.code)
    }
}

fn blank() -> Calendar {
    let day = |weekday: u8| CalendarFrame { weekday, from_minute: 540, to_minute: 1_080 };
    Calendar {
        id: None,
        version: 0,
        code: String::new(),
        name: domain::Text::default(),
        zone: "Asia/Shanghai".to_owned(),
        frames: (1..=5).map(day).collect(),
        days: Vec::new(),
    }
}

/// When a day's frames begin and end.
type Hours = Vec<(u16, u16)>;

/// The week in one line: runs of days with the same hours stand together.
fn week(frames: &[CalendarFrame]) -> String {
    let hours = |weekday: u8| -> Hours {
        frames
            .iter()
            .filter(|frame| frame.weekday == weekday)
            .map(|frame| (frame.from_minute, frame.to_minute))
            .collect()
    };
    let mut runs: Vec<(u8, u8, Hours)> = Vec::new();
    for day in 1..=7 {
        let own = hours(day);
        match runs.last_mut() {
            Some((_, last, same)) if *same == own && *last + 1 == day => *last = day,
            _ => runs.push((day, day, own)),
        }
    }
    let said = runs.into_iter().filter(|(_, _, hours)| !hours.is_empty()).map(|(first, last, hours)| {
        let (from, to) = (weekday(first).get(), weekday(last).get());
        let days = if first == last { from.to_owned() } else { say!("{from}至{to}", "{from}–{to}") };
        let hours: Vec<String> = hours.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to))).collect();
        format!("{days} {}", hours.join(" "))
    });
    said.collect::<Vec<_>>().join(" · ")
}

fn page() -> AnyView {
    let columns = vec![
        Column::new("name", text("名称", "Name"), |row: &Calendar| name_cell(&row.name)).pinned(),
        Column::new("code", text("编码", "Code"), |row: &Calendar| row.code.clone()),
        Column::new("zone", text("时区", "Time zone"), |row: &Calendar| row.zone.clone()),
        Column::new("week", text("工作时段", "Hours"), |row: &Calendar| {
            let frames = row.frames.clone();
            move || week(&frames)
        })
        .grow(),
        Column::new("days", text("节假日与调休", "Special days"), |row: &Calendar| row.days.len().to_string()).number(),
    ];
    let slots = vec![
        pair(at!(Calendar, name), named(text("名称", "Name")).required()),
        line(at!(Calendar, code), named(text("编码", "Code")).required()),
        line(
            at!(Calendar, zone),
            named(text("时区", "Time zone"))
                .required()
                .hint(text("IANA 名称，如 Asia/Shanghai", "IANA name, e.g. Asia/Shanghai")),
        ),
        frames::slot(at!(Calendar, frames)),
    ];
    let below: crate::rows::Below<Calendar> = Arc::new(|draft| {
        let Some(id) = draft.row.with_untracked(|row| row.id) else { return ().into_any() };
        view! { <days::Days id/> }.into_any()
    });
    let hint = text("审批时限只数工作时间", "Deadlines count working time only");
    let roll = Roll::new("master-calendars", CALENDARS.title, hint, text("新增日历", "Add a calendar"), blank);
    Roll { columns, slots, below: Some(below), wide: true, ..roll }.view(Source::whole(&LIST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_hours_stand_together() {
        let frame = |weekday, from_minute, to_minute| CalendarFrame { weekday, from_minute, to_minute };
        let mut frames = blank().frames;
        assert_eq!(week(&frames), "周一至周五 09:00–18:00");
        frames.push(frame(7, 600, 720));
        frames.push(frame(7, 780, 1_440));
        assert_eq!(week(&frames), "周一至周五 09:00–18:00 · 周日 10:00–12:00 13:00–24:00");
        assert_eq!(week(&[]), "");
    }
}
