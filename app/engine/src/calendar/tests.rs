//! Tables and properties of calendars.

#![expect(clippy::unwrap_used, reason = "tests")]

use domain::{LocalDate, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::value::{Duration, DurationUnit};

/// 09:00-12:00 and 13:30-18:00 from Monday to Friday at UTC+8; National Day 2026: 1 to 7 October off, and Saturday
/// 10 October made up. Saturday 28 November is made up too, in the morning only.
fn office() -> Calendar {
    let json = r#"{
        "offset_minutes": 480,
        "week": {
            "mon": ["09:00-12:00", "13:30-18:00"], "tue": ["09:00-12:00", "13:30-18:00"],
            "wed": ["09:00-12:00", "13:30-18:00"], "thu": ["09:00-12:00", "13:30-18:00"],
            "fri": ["09:00-12:00", "13:30-18:00"]
        },
        "days": {
            "2026-10-01": {"title": {"zh": "国庆节", "en": "National Day"}}, "2026-10-02": {}, "2026-10-03": {},
            "2026-10-04": {}, "2026-10-05": {}, "2026-10-06": {}, "2026-10-07": {},
            "2026-10-10": {"title": {"zh": "调休上班", "en": "make-up day"}, "frames": ["09:00-12:00", "13:30-18:00"]},
            "2026-11-28": {"frames": ["09:00-12:00"]}
        }
    }"#;
    serde_json::from_str(json).unwrap()
}

/// `2026-11-23 09:00` in the shop's time.
#[track_caller]
fn at(text: &str) -> Timestamp {
    let (date, clock) = text.split_once(' ').unwrap();
    let (hour, minute) = clock.split_once(':').unwrap();
    let days = date.parse::<LocalDate>().unwrap().days();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap() - 480;
    Timestamp::from_ms(days * DAY_MS + minutes * 60_000)
}

#[track_caller]
fn check(from: &str, duration: &str, expect: &str) {
    let got = add(&office(), at(from), duration.parse().unwrap()).unwrap();
    assert_eq!(crate::value::local_minute(got, 480), expect, "{from} + {duration}");
}

#[test]
fn natural_units_ignore_the_calendar() {
    check("2026-11-27 17:30", "45 minutes", "2026-11-27 18:15");
    check("2026-11-27 17:30", "4 hours", "2026-11-27 21:30");
    check("2026-11-27 17:30", "1 days", "2026-11-28 17:30");
    check("2026-09-30 17:30", "3 days", "2026-10-03 17:30");
    check("2026-11-27 17:30", "0 working_hours", "2026-11-27 17:30");
}

#[test]
fn working_hours_count_inside_frames_only() {
    // Monday 23 November 2026.
    check("2026-11-23 09:00", "3 working_hours", "2026-11-23 12:00");
    check("2026-11-23 09:00", "4 working_hours", "2026-11-23 14:30");
    check("2026-11-23 10:15", "4 working_hours", "2026-11-23 15:45");
    check("2026-11-23 07:00", "1 working_hours", "2026-11-23 10:00");
    check("2026-11-23 12:30", "1 working_hours", "2026-11-23 14:30");
    check("2026-11-23 12:00", "1 working_hours", "2026-11-23 14:30");
    check("2026-11-23 17:00", "4 working_hours", "2026-11-24 12:00");
    check("2026-11-23 20:00", "4 working_hours", "2026-11-24 14:30");
    // 7.5 hours a day: three days are 22.5.
    check("2026-11-23 09:00", "22 working_hours", "2026-11-25 17:30");
}

#[test]
fn a_make_up_saturday_counts_and_a_plain_one_does_not() {
    // Friday 17:30: half an hour is left, 3.5 hours remain; the make-up Saturday has three, Monday the last half.
    check("2026-11-27 17:30", "3 working_hours", "2026-11-28 11:30");
    check("2026-11-27 17:30", "4 working_hours", "2026-11-30 09:30");
    check("2026-11-20 17:30", "4 working_hours", "2026-11-23 14:00");
}

#[test]
fn several_holidays_in_a_row_are_skipped() {
    // Wednesday 30 September 17:30, then seven days off; Thursday 8 October is the next working day.
    check("2026-09-30 17:30", "4 working_hours", "2026-10-08 14:00");
    check("2026-10-03 11:00", "4 working_hours", "2026-10-08 14:30");
    // Friday 9 October 17:00: one hour, then the make-up Saturday.
    check("2026-10-09 17:00", "4 working_hours", "2026-10-10 12:00");
    check("2026-09-30 08:00", "2 working_days", "2026-10-09 18:00");
    check("2026-09-30 08:00", "3 working_days", "2026-10-10 18:00");
    check("2026-09-30 08:00", "4 working_days", "2026-10-12 18:00");
}

#[test]
fn working_days_leave_out_the_first_and_end_with_the_last_frame() {
    check("2026-11-23 09:00", "1 working_days", "2026-11-24 18:00");
    check("2026-11-23 23:59", "1 working_days", "2026-11-24 18:00");
    check("2026-11-27 10:00", "1 working_days", "2026-11-28 12:00");
    check("2026-11-27 10:00", "2 working_days", "2026-11-30 18:00");
    check("2026-11-21 10:00", "1 working_days", "2026-11-23 18:00");
}

#[test]
fn a_calendar_without_working_time_says_so() {
    let never = Calendar { offset_minutes: 480, ..Calendar::default() };
    let hour = Duration::new(1, DurationUnit::WorkingHours).unwrap();
    let day = Duration::new(1, DurationUnit::WorkingDays).unwrap();
    let now = at("2026-11-23 09:00");
    assert_eq!(add(&never, now, hour), Err(CalendarError::NoWorkingTime));
    assert_eq!(add(&never, now, day), Err(CalendarError::NoWorkingTime));
    assert_eq!(next_open(&never, now), Err(CalendarError::NoWorkingTime));
    assert_eq!(working_ms_between(&never, now, now.plus_ms(DAY_MS)), Ok(0));
    assert_eq!(super::check(&never).first().unwrap().code, "no_working_time");
    // One frame in ten years, and it is already over.
    let once = Calendar {
        days: [(
            LocalDate::from_ymd(2026, 11, 1).unwrap(),
            SpecialDay { frames: office().week.mon, ..Default::default() },
        )]
        .into_iter()
        .collect(),
        ..never
    };
    assert_eq!(add(&once, now, hour), Err(CalendarError::NoWorkingTime));
    assert_eq!(add(&once, at("2026-10-20 09:00"), hour), Ok(at("2026-11-01 10:00")));
    assert_eq!(CalendarError::NoWorkingTime.text().zh, "工作日历在 3660 天内没有足够的工作时间");
}

#[test]
fn the_search_is_bounded_and_the_range_kept() {
    let office = office();
    let now = at("2026-11-23 09:00");
    let most = Duration::new(Duration::MAX_AMOUNT, DurationUnit::WorkingHours).unwrap();
    assert_eq!(add(&office, now, most), Err(CalendarError::NoWorkingTime));
    let negative = Duration::new(-1, DurationUnit::Minutes).unwrap();
    assert_eq!(add(&office, now, negative), Err(CalendarError::Negative));
    let day = Duration::new(1, DurationUnit::WorkingDays).unwrap();
    for far in [i64::MAX, i64::MIN] {
        assert_eq!(add(&office, Timestamp::from_ms(far), day), Err(CalendarError::OutOfRange));
        assert_eq!(working_ms_between(&office, now, Timestamp::from_ms(far)), Err(CalendarError::OutOfRange));
        assert!(!is_open(&office, Timestamp::from_ms(far)));
    }
}

#[track_caller]
fn check_between(from: &str, to: &str, minutes: i64) {
    assert_eq!(working_ms_between(&office(), at(from), at(to)), Ok(minutes * 60_000), "{from} to {to}");
}

#[test]
fn working_time_between_two_instants() {
    check_between("2026-11-23 09:00", "2026-11-23 18:00", 450);
    check_between("2026-11-23 11:00", "2026-11-23 14:00", 90);
    check_between("2026-11-23 12:00", "2026-11-23 13:30", 0);
    check_between("2026-11-27 17:30", "2026-11-30 09:30", 30 + 180 + 30);
    check_between("2026-09-30 17:30", "2026-10-08 10:00", 90);
    check_between("2026-11-24 09:00", "2026-11-23 09:00", 0);
    check_between("2026-11-23 00:00", "2026-11-30 00:00", 5 * 450 + 180);
}

#[test]
fn open_hours() {
    let open = |text| is_open(&office(), at(text));
    assert!(open("2026-11-23 09:00") && open("2026-11-23 11:59") && open("2026-11-28 10:00"));
    assert!(!open("2026-11-23 12:00") && !open("2026-11-28 14:00") && !open("2026-10-01 10:00"));
    assert_eq!(next_open(&office(), at("2026-11-23 12:00")), Ok(at("2026-11-23 13:30")));
    assert_eq!(next_open(&office(), at("2026-11-23 10:00")), Ok(at("2026-11-23 10:00")));
    assert_eq!(next_open(&office(), at("2026-09-30 18:00")), Ok(at("2026-10-08 09:00")));
}

#[test]
fn documents_are_checked_and_keep_their_text() {
    assert_eq!(super::check(&office()), vec![]);
    let json = serde_json::to_string(&office()).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), office());
    let mut wrong = office();
    wrong.offset_minutes = 900;
    wrong.week.mon.reverse();
    wrong.week.tue = vec!["09:00-12:00".parse().unwrap(), "11:00-13:00".parse().unwrap()];
    let codes: Vec<String> = super::check(&wrong).into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["offset_out_of_range", "frames_overlap", "frames_overlap"]);
    for text in ["22:00-06:00", "9:00-12:00", "09:00", "09:00-25:00", "09:60-10:00", "24:00-24:00"] {
        assert!(text.parse::<Frame>().is_err(), "{text}");
    }
    assert_eq!("22:00-24:00".parse::<Frame>().unwrap().to_string(), "22:00-24:00");
}

/// Berlin's working week; the clock goes forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October 2026.
fn berlin() -> Calendar {
    let night = vec!["00:00-06:00".parse().unwrap()];
    Calendar {
        offset_minutes: 60,
        changes: vec![(utc("2026-03-29 01:00"), 120), (utc("2026-10-25 01:00"), 60)],
        week: Week { sun: night.clone(), sat: night, ..office().week },
        days: std::collections::BTreeMap::new(),
    }
}

#[track_caller]
fn utc(text: &str) -> Timestamp {
    at(text).plus_ms(480 * 60_000)
}

#[track_caller]
fn check_berlin(from: &str, duration: &str, expect: &str) {
    let got = add(&berlin(), utc(from), duration.parse().unwrap()).unwrap();
    assert_eq!(crate::value::local_minute(got, 0), expect, "{from} + {duration}");
}

#[test]
fn summer_time_moves_the_frames_and_changes_the_night() {
    // Friday 27 March 17:00 is 16:00 UTC; Monday 30 March 09:00 is 07:00 UTC. One hour of Friday, six of Saturday's
    // night, five of Sunday's (02:00 to 03:00 is left out), then Monday's first.
    check_berlin("2026-03-27 16:00", "1 working_hours", "2026-03-27 17:00");
    check_berlin("2026-03-27 16:00", "7 working_hours", "2026-03-28 05:00");
    check_berlin("2026-03-27 16:00", "12 working_hours", "2026-03-29 04:00");
    check_berlin("2026-03-27 16:00", "13 working_hours", "2026-03-30 08:00");
    // In October the night has seven hours: 22:00 UTC on Saturday to 05:00 UTC on Sunday.
    check_berlin("2026-10-24 22:00", "7 working_hours", "2026-10-25 05:00");
    check_berlin("2026-10-24 22:00", "8 working_hours", "2026-10-26 09:00");
    // Days keep the time on the wall, hours do not.
    check_berlin("2026-03-28 09:00", "1 days", "2026-03-29 08:00");
    check_berlin("2026-03-28 09:00", "24 hours", "2026-03-29 09:00");
    // 02:30 on 29 March was never on the wall: the moment of the change.
    check_berlin("2026-03-28 01:30", "1 days", "2026-03-29 01:00");
    let night = working_ms_between(&berlin(), utc("2026-03-28 23:00"), utc("2026-03-29 04:00"));
    assert_eq!(night, Ok(5 * 3_600_000));
    assert!(is_open(&berlin(), utc("2026-03-29 03:59")) && !is_open(&berlin(), utc("2026-03-29 04:00")));
}

#[track_caller]
fn check_before(due: &str, duration: &str, expect: &str) {
    let got = before(&office(), at(due), duration.parse().unwrap()).unwrap();
    assert_eq!(crate::value::local_minute(got, 480), expect, "{duration} before {due}");
}

#[test]
fn a_warning_comes_a_duration_before() {
    check_before("2026-11-30 09:30", "1 working_hours", "2026-11-28 11:30");
    check_before("2026-11-30 09:30", "4 working_hours", "2026-11-27 17:30");
    check_before("2026-11-30 09:00", "1 working_hours", "2026-11-28 11:00");
    check_before("2026-11-30 09:30", "30 minutes", "2026-11-30 09:00");
    check_before("2026-11-30 09:30", "1 days", "2026-11-29 09:30");
    check_before("2026-11-30 18:00", "1 working_days", "2026-11-28 18:00");
    check_before("2026-11-30 18:00", "0 working_hours", "2026-11-30 18:00");
    let far = Duration::new(1, DurationUnit::WorkingHours).unwrap();
    assert_eq!(before(&Calendar::default(), at("2026-11-30 18:00"), far), Err(CalendarError::NoWorkingTime));
}

prop_compose! {
    fn calendars()(
        offset_minutes in -840_i32..=840,
        changes in prop::collection::btree_map(20_000 * DAY_MS..20_060 * DAY_MS, -120_i32..=120, 0..3),
        cuts in prop::collection::vec(prop::collection::btree_set(0_u16..=1_440, 0..5), 7),
        off in prop::collection::btree_map(20_000_i64..20_060, prop::collection::btree_set(0_u16..=1_440, 0..5), 0..10),
    ) -> Calendar {
        let frames = |cuts: &std::collections::BTreeSet<u16>| -> Vec<Frame> {
            let cuts: Vec<u16> = cuts.iter().copied().collect();
            cuts.chunks(2).filter_map(|pair| Frame::new(*pair.first()?, *pair.get(1)?)).collect()
        };
        let mut week = cuts.iter().map(frames);
        let mut next = || week.next().unwrap_or_default();
        let week = Week { mon: next(), tue: next(), wed: next(), thu: next(), fri: next(), sat: next(), sun: next() };
        let special = |(day, cuts)| (LocalDate::from_days(day), SpecialDay { frames: frames(&cuts), ..Default::default() });
        let days = off.into_iter().map(special).collect();
        let changes = changes.into_iter().map(|(ms, minutes)| (Timestamp::from_ms(ms), offset_minutes + minutes)).collect();
        Calendar { offset_minutes, changes, week, days }
    }
}

fn instants() -> impl Strategy<Value = Timestamp> {
    (20_000_i64 * DAY_MS..20_060 * DAY_MS).prop_map(Timestamp::from_ms)
}

proptest! {
    #[test]
    fn working_time_is_added_in_one_step_or_in_two(
        calendar in calendars(), from in instants(), first_ms in 0_i64..40 * 3_600_000, more_ms in 0_i64..40 * 3_600_000,
    ) {
        if let Ok(both) = add_working_ms(&calendar, from, first_ms + more_ms) {
            let middle = add_working_ms(&calendar, from, first_ms).unwrap();
            prop_assert_eq!(add_working_ms(&calendar, middle, more_ms), Ok(both));
            prop_assert!(from <= middle && middle <= both);
            prop_assert_eq!(working_ms_between(&calendar, from, both), Ok(first_ms + more_ms));
        }
    }

    #[test]
    fn a_warning_has_its_time_before_the_deadline(calendar in calendars(), due in instants(), hours in 0_i64..60) {
        let hours = Duration::new(hours, DurationUnit::WorkingHours).unwrap();
        if let Ok(warn) = before(&calendar, due, hours) {
            prop_assert!(warn <= due);
            prop_assert_eq!(working_ms_between(&calendar, warn, due), Ok(hours.amount * 3_600_000));
        }
    }

    #[test]
    fn working_hours_are_the_inverse_of_working_time(calendar in calendars(), from in instants(), hours in 0_i64..60) {
        let hours = Duration::new(hours, DurationUnit::WorkingHours).unwrap();
        prop_assume!(super::check(&calendar).is_empty());
        if let Ok(due) = add(&calendar, from, hours) {
            prop_assert!(due >= from);
            prop_assert_eq!(working_ms_between(&calendar, from, due), Ok(hours.amount * 3_600_000));
        }
    }

    #[test]
    fn later_starts_and_longer_durations_end_no_earlier(
        calendar in calendars(), from in instants(), later_ms in 0_i64..3 * DAY_MS,
        amount in 0_i64..20, more in 0_i64..20, unit in prop::sample::select(DurationUnit::ALL),
    ) {
        let end = |from, amount| add(&calendar, from, Duration::new(amount, unit).unwrap());
        if let (Ok(first), Ok(second)) = (end(from, amount), end(from.plus_ms(later_ms), amount)) {
            prop_assert!(amount == 0 || first <= second);
        }
        if let (Ok(first), Ok(second)) = (end(from, amount), end(from, amount + more)) {
            prop_assert!(first <= second);
        }
    }

    #[test]
    fn working_time_adds_up(calendar in calendars(), mut cuts in prop::collection::vec(instants(), 3)) {
        cuts.sort();
        let [from, middle, to] = cuts.try_into().unwrap();
        let between = |from, to| working_ms_between(&calendar, from, to).unwrap();
        prop_assert_eq!(between(from, middle) + between(middle, to), between(from, to));
    }
}
