//! A year of a calendar: holidays and make-up days, one press a day; a year's public holidays at once.

use contract::master::{
    CALENDARS, Calendar, CalendarDay, DayRequest, HolidaysPut, HolidaysRequest, PUT_HOLIDAYS, SAVE_DAY,
};
use domain::{CalendarId, LocalDate};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::{read, today};
use parts::submit::Submit;
use serde::de::IgnoredAny;
use ui::{
    Button, ButtonKind, Choice, Field, Glyph, IconButton, Select, State, Text, TextInput, Words, say, text, toast,
};

use super::{WEEKDAYS, weekday};
use crate::rows::wrong;

const TITLE: Text = text("节假日与调休", "Holidays and make-up days");
const ORDINARY: Text = text("按星期", "As its weekday");
const HOLIDAY: Text = text("休息日", "Day off");
/// What a select stores for an ordinary day.
const NOTHING: &str = "";

/// What the year is shown with. Copy freely.
#[derive(Clone, Copy)]
struct Year {
    id: CalendarId,
    calendar: Fetch<Vec<Calendar>>,
    number: RwSignal<i32>,
    chosen: RwSignal<Option<LocalDate>>,
}

impl Year {
    fn day(self, date: LocalDate) -> Option<CalendarDay> {
        self.with(|calendar| calendar.days.iter().find(|day| day.date == date).cloned())
    }

    fn works_on(self, weekday: u8) -> bool {
        self.with(|calendar| Some(calendar.frames.iter().any(|frame| frame.weekday == weekday))).unwrap_or(true)
    }

    fn with<R>(self, look: impl FnOnce(&Calendar) -> Option<R>) -> Option<R> {
        self.calendar.with(|all| look(all?.iter().find(|row| row.id == Some(self.id))?))
    }
}

/// The days of a month, with blanks before the first so that it stands under its weekday.
fn month(year: i32, month: u32) -> (u8, Vec<LocalDate>) {
    let days: Vec<LocalDate> = (1..=31).filter_map(|day| LocalDate::from_ymd(year, month, day)).collect();
    (days.first().map_or(0, |first| first.weekday() - 1), days)
}

fn day_button(date: LocalDate, year: Year) -> AnyView {
    let own = Memo::new(move |_| year.day(date));
    let free = Memo::new(move |_| !year.works_on(date.weekday()));
    let mark = move || {
        own.with(|day| match day.as_ref().map(|day| day.frames_like) {
            Some(0) => Some(text("休", "off").get()),
            Some(_) => Some(text("班", "on").get()),
            None => None,
        })
    };
    let label = move || {
        let kind = match own.get() {
            Some(day) if day.frames_like == 0 => format!("{} {}", HOLIDAY.get(), read(&day.name)),
            Some(day) => format!("{} {}", weekday(day.frames_like).get(), read(&day.name)),
            None => weekday(date.weekday()).get().to_owned(),
        };
        format!("{date} {kind}")
    };
    let (_, _, number) = date.ymd();
    view! {
        <button
            type="button"
            class="year__day"
            class:is-off=move || own.with(|day| day.as_ref().is_some_and(|day| day.frames_like == 0))
            class:is-on=move || own.with(|day| day.as_ref().is_some_and(|day| day.frames_like > 0))
            class:is-free=move || free.get()
            aria-pressed=move || (year.chosen.get() == Some(date)).to_string()
            aria-label=label
            title=label
            on:click=move |_| year.chosen.set(Some(date))
        >
            {number}
            <span class="year__mark">{mark}</span>
        </button>
    }
    .into_any()
}

fn months(year: Year) -> AnyView {
    let head = || WEEKDAYS.iter().map(|day| view! { <span class="year__head">{*day}</span> }).collect_view();
    let one = move |number: i32, at: u32| {
        let (blanks, days) = month(number, at);
        let days = days.into_iter().map(|date| day_button(date, year)).collect_view();
        let name = move || {
            let in_english = MONTHS.get(at as usize - 1).copied().unwrap_or_default();
            if ui::lang() == ui::locale::Lang::Zh { format!("{at} 月") } else { in_english.to_owned() }
        };
        view! {
            <section class="year__month">
                <h4>{name}</h4>
                <div class="year__days">
                    {head()}
                    {(0..blanks).map(|_| view! { <span></span> }).collect_view()}
                    {days}
                </div>
            </section>
        }
    };
    view! {
        <div class="year">
            {move || {
                let number = year.number.get();
                (1..=12).map(|at| one(number, at)).collect_view()
            }}
        </div>
    }
    .into_any()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the chosen day is to be.
fn chosen_day(date: LocalDate, year: Year) -> AnyView {
    let known = untrack(|| year.day(date));
    let is_known = known.is_some();
    let like = RwSignal::new(known.as_ref().map(|day| day.frames_like.to_string()).unwrap_or_else(|| "0".to_owned()));
    let zh = RwSignal::new(known.as_ref().map(|day| day.name.zh.clone()).unwrap_or_default());
    let en = RwSignal::new(known.map(|day| day.name.en).unwrap_or_default());
    let submit = Submit::new();
    let send = move || {
        let request = DayRequest {
            frames_like: like.get_untracked().parse().ok(),
            name: domain::Text::new(zh.get_untracked().trim(), en.get_untracked().trim()),
        };
        let id = year.id;
        submit.run(
            move |key| api::send::<IgnoredAny, _>(&SAVE_DAY, &[&id, &date], &request, key),
            move |_| {
                toast(State::Good, text("已保存", "Saved"));
                year.calendar.reload();
                year.chosen.try_set(None);
            },
        );
    };
    let works = |number: u8| {
        let words = Words::from(move || {
            let day = weekday(number).get();
            say!("上班，同{day}", "Working day as {day}")
        });
        Choice::new(number.to_string(), words)
    };
    let ordinary = is_known.then(|| Choice::new(NOTHING, ORDINARY));
    let options: Vec<Choice> =
        std::iter::once(Choice::new("0", HOLIDAY)).chain((1..=7).map(works)).chain(ordinary).collect();
    view! {
        <form
            class="year__editor"
            data-test="calendar-day"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <p class="u-strong">{date.to_string()} " " {weekday(date.weekday())}</p>
            {wrong(submit)}
            <Field label=text("这一天", "This day")><Select value=like options=Signal::stored(options)/></Field>
            <Field label=text("名称（中文）", "Name (Chinese)")><TextInput value=zh/></Field>
            <Field label=text("名称（英文）", "Name (English)")><TextInput value=en/></Field>
            <div class="u-row">
                <Button kind=ButtonKind::Primary submit=true busy=submit.busy()>{text("保存这一天", "Save the day")}</Button>
                <Button kind=ButtonKind::Quiet on_click=move |()| year.chosen.set(None)>{text("取消", "Cancel")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn steps(year: Year) -> AnyView {
    let submit = Submit::new();
    let take = move |()| {
        let (id, number) = (year.id, year.number.get_untracked());
        submit.run(
            move |key| api::send::<HolidaysPut, _>(&PUT_HOLIDAYS, &[&id], &HolidaysRequest { year: number }, key),
            move |put| {
                let days = put.days;
                toast(State::Good, move || say!("已加入 {days} 天", "{days} days were added"));
                year.calendar.reload();
            },
        );
    };
    let import = move || {
        let number = year.number.get();
        say!("导入 {number} 年中国法定节假日", "Take over mainland China's holidays of {number}")
    };
    let by = move |by: i32| move |()| year.number.update(|number| *number += by);
    view! {
        <div class="u-row">
            <IconButton glyph=Glyph::ChevronLeft label=text("上一年", "Previous year") on_click=by(-1)/>
            <span class="u-strong u-num">{move || year.number.get()}</span>
            <IconButton glyph=Glyph::ChevronRight label=text("下一年", "Next year") on_click=by(1)/>
            <Button icon=Glyph::Download busy=submit.busy() on_click=take attr:data-test="put-holidays">{import}</Button>
        </div>
        {wrong(submit)}
        <p class="u-soft u-small">
            {text("点一天来改；“休”为休息日，“班”为调休上班。已维护过的日子不会被导入覆盖。",
                "Press a day to change it. “off” is a day off, “on” a make-up day. Days you edited are never overwritten.")}
        </p>
    }
    .into_any()
}

/// The year.
#[component]
pub(super) fn Days(id: CalendarId) -> impl IntoView {
    let (this_year, _, _) = untrack(today).ymd();
    let year = Year {
        id,
        calendar: Fetch::new(|| api::read(&CALENDARS, &[])),
        number: RwSignal::new(this_year),
        chosen: RwSignal::new(None),
    };
    let editor = move || year.chosen.get().map(|date| chosen_day(date, year));
    view! {
        <section class="master__more" data-test="calendar-days">
            <h3>{TITLE}</h3>
            {steps(year)}
            {editor}
            {months(year)}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::month;

    #[test]
    fn a_month_stands_under_its_weekdays() {
        let (blanks, days) = month(2026, 2);
        assert_eq!((blanks, days.len()), (6, 28));
        assert_eq!(month(2028, 2).1.len(), 29);
    }
}
