//! Public holidays with their make-up days as data: put into a calendar once, edited there like any other day.

use domain::{CalendarId, LocalDate, Text};
use serde::Deserialize;
use store::Tx;

use super::{changed, require_editor};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// The years that are known.
const YEARS: &[(i32, &str)] = &[(2026, include_str!("holidays/cn_2026.json"))];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    zh: String,
    en: String,
    from: LocalDate,
    to: LocalDate,
    /// Days of rest that are worked instead.
    make_up: Vec<LocalDate>,
}

/// A day of a year's list: the weekday whose frames apply (0 none), and its name.
type Day = (LocalDate, u8, Text);

/// Puts a year's public holidays and make-up days of mainland China into a calendar. How many days were put; a day
/// that the calendar knows is left as it was edited.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a year that is not known.
pub fn put(tx: &Tx<'_>, ctx: &mut Ctx<'_>, calendar: CalendarId, year: i32) -> Result<usize, Error> {
    require_editor(ctx)?;
    let known = super::calendar::find(tx, calendar)?;
    let mut count = 0;
    for (date, frames_like, name) in days(year)? {
        if !known.days.iter().any(|day| day.0 == date) {
            store::reference::calendar::put_day(tx, calendar, date, frames_like, &name)?;
            count += 1;
        }
    }
    changed(ctx, "calendar", calendar.get(), false);
    Ok(count)
}

/// The public holidays and make-up days of a year.
///
/// # Errors
/// `Invalid` for a year that is not known.
pub fn days(year: i32) -> Result<Vec<Day>, Error> {
    let unknown = || {
        let refusal =
            Refusal::new("unknown_year", "还没有这一年的节假日数据", "the holidays of this year are not known")
                .help("请在工作日历中逐日维护", "put them into the calendar day by day");
        Error::invalid(refusal.at("year"))
    };
    let (_, text) = YEARS.iter().find(|(known, _)| *known == year).ok_or_else(unknown)?;
    let holidays: Vec<Holiday> = serde_json::from_str(text).map_err(|error| Error::internal(error.to_string()))?;
    Ok(holidays.iter().flat_map(days_of).collect())
}

// A make-up day is worked like a Monday: it stands for a day of the week that has working time.
fn days_of(holiday: &Holiday) -> Vec<Day> {
    let length = holiday.to.days() - holiday.from.days();
    let rest = (0..=length)
        .map(|offset| (holiday.from.plus_days(offset), 0, Text::new(holiday.zh.clone(), holiday.en.clone())));
    let worked = holiday.make_up.iter().map(|date| {
        (*date, 1, Text::new(format!("{}调休上班", holiday.zh), format!("Make-up day for {}", holiday.en)))
    });
    rest.chain(worked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn make_up_days_are_weekend_days_and_no_day_is_twice() {
        let days = days(2026).unwrap();
        let weekend = |date: &LocalDate| date.weekday() >= 6;
        assert!(days.iter().filter(|day| day.1 == 1).all(|day| weekend(&day.0)));
        // Working days taken less weekend days given back are the statutory days off.
        let taken = days.iter().filter(|day| day.1 == 0 && !weekend(&day.0)).count();
        let given = days.iter().filter(|day| day.1 == 1).count();
        assert_eq!((taken, given), (19, 6));
        assert_eq!(taken - given, 13, "the statutory days off of a year");
        let mut dates: Vec<_> = days.iter().map(|day| day.0).collect();
        dates.sort_unstable();
        dates.dedup();
        assert_eq!(dates.len(), days.len());
    }
}
