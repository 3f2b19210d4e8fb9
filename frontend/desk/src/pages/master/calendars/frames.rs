//! The hours of the week: for each day the frames in which people work.

use contract::master::{Calendar, CalendarFrame};
use leptos::prelude::*;
use ui::{Bind, Button, ButtonKind, Field, Glyph, IconButton, Text, say, text};

use super::{WEEKDAYS, clock, weekday};
use crate::rows::{Lens, Slot};

const LABEL: Text = text("每周工作时段", "Hours of the week");
const FREE: Text = text("休息", "Free");
const NOON: u16 = 720;
const DAY: u16 = 1_440;

/// The field.
pub(super) fn slot(lens: Lens<Calendar, Vec<CalendarFrame>>) -> Slot<Calendar> {
    Box::new(move |draft| {
        let frames = lens.bind(draft);
        let error = draft.submit.field("frames");
        view! {
            <div data-field="frames">
                <Field label=LABEL error group=true>{week(frames)}</Field>
            </div>
        }
        .into_any()
    })
}

fn week(frames: Bind<Vec<CalendarFrame>>) -> AnyView {
    let days = (1..=7).map(|number| day(number, frames)).collect_view();
    // The usual week is five days alike.
    let copy = move |()| {
        let mut all = frames.get_untracked();
        let monday: Vec<CalendarFrame> = all.iter().copied().filter(|frame| frame.weekday == 1).collect();
        all.retain(|frame| !(2..=5).contains(&frame.weekday));
        all.extend((2..=5).flat_map(|weekday| monday.iter().map(move |frame| CalendarFrame { weekday, ..*frame })));
        frames.set(all);
    };
    view! {
        <div class="hours">{days}</div>
        <div class="u-row">
            <Button kind=ButtonKind::Quiet icon=Glyph::Copy on_click=copy>{text("周二至周五同周一", "Tue–Fri as Monday")}</Button>
        </div>
    }
    .into_any()
}

/// Places in the list of frames that belong to a day.
fn places(frames: &[CalendarFrame], number: u8) -> Vec<usize> {
    frames.iter().enumerate().filter(|(_, frame)| frame.weekday == number).map(|(at, _)| at).collect()
}

fn day(number: u8, frames: Bind<Vec<CalendarFrame>>) -> AnyView {
    // Typing changes minutes, not which frames there are: the inputs stay.
    let own = Memo::new(move |_| frames.with(|all| places(all, number)));
    let add = move |()| {
        let mut all = frames.get_untracked();
        let from = all.iter().filter(|frame| frame.weekday == number).map(|frame| frame.to_minute).max();
        let from_minute = from.map_or(540, |end| (end + 60).min(DAY - 60));
        let to_minute = (from_minute + 240).max(from_minute + 60).min(DAY);
        all.push(CalendarFrame { weekday: number, from_minute, to_minute });
        frames.set(all);
    };
    let name = WEEKDAYS.get(usize::from(number) - 1).copied().unwrap_or(FREE);
    let add_label = move || {
        let day = weekday(number).get();
        say!("{day}：加一个时段", "{day}: add hours")
    };
    let list = move || {
        let own = own.get();
        if own.is_empty() {
            return view! { <span class="u-soft">{FREE}</span> }.into_any();
        }
        own.into_iter().map(|at| frame(at, number, frames)).collect_view().into_any()
    };
    view! {
        <div class="hours__day">
            <span class="hours__name">{name}</span>
            <div class="hours__frames">{list}</div>
            <IconButton glyph=Glyph::Plus label=add_label on_click=add/>
        </div>
    }
    .into_any()
}

/// Reads `HH:MM`; the end of a day is written 00:00 in a browser.
fn minutes(text: &str, is_end: bool) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let minute = hours.parse::<u16>().ok()? * 60 + minutes.get(..2)?.parse::<u16>().ok()?;
    Some(if is_end && minute == 0 { DAY } else { minute })
}

fn frame(at: usize, number: u8, frames: Bind<Vec<CalendarFrame>>) -> AnyView {
    let time = move |is_end: bool| {
        let shown = move || {
            let minute =
                frames.with(|all| all.get(at).map(|frame| if is_end { frame.to_minute } else { frame.from_minute }));
            clock(minute.unwrap_or(NOON) % DAY)
        };
        let label = move || {
            let day = weekday(number).get();
            if is_end { say!("{day} 下班", "{day} until") } else { say!("{day} 上班", "{day} from") }
        };
        let set = move |event: leptos::ev::Event| {
            let Some(minute) = minutes(&event_target_value(&event), is_end) else { return };
            let mut all = frames.get_untracked();
            if let Some(frame) = all.get_mut(at) {
                if is_end {
                    frame.to_minute = minute;
                } else {
                    frame.from_minute = minute;
                }
            }
            frames.set(all);
        };
        view! { <input class="ui-input__box hours__time" type="time" aria-label=label prop:value=shown on:change=set/> }
    };
    let remove = move |()| {
        let mut all = frames.get_untracked();
        if at < all.len() {
            all.remove(at);
        }
        frames.set(all);
    };
    view! {
        <span class="hours__frame">
            {time(false)}
            "–"
            {time(true)}
            <IconButton glyph=Glyph::Close label=text("移除时段", "Remove these hours") on_click=remove/>
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_ends_a_day_and_begins_one() {
        assert_eq!(minutes("09:30", false), Some(570));
        assert_eq!(minutes("00:00", false), Some(0));
        assert_eq!(minutes("00:00", true), Some(1_440));
        assert_eq!(minutes("", true), None);
    }
}
