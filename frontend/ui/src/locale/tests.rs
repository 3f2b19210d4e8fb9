//! Formatting as people read it, in both languages.

use super::*;

const CST: i32 = 480;
/// 2026-03-15 14:30:45 in Beijing.
const AT: i64 = 1_773_556_245_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(given: T, expected: T) {
    assert_eq!(given, expected);
}

#[test]
fn money_carries_symbol_separators_and_sign() {
    for (minor, currency, zh, en) in [
        (123_450, "CNY", "¥1,234.50", "¥1,234.50"),
        (-123_450, "CNY", "-¥1,234.50", "-¥1,234.50"),
        (5, "CNY", "¥0.05", "¥0.05"),
        (0, "CNY", "¥0.00", "¥0.00"),
        (123_456_789_012, "CNY", "¥1,234,567,890.12", "¥1,234,567,890.12"),
        (1_234, "JPY", "JP¥1,234", "JP¥1,234"),
        (1_234, "KWD", "KWD\u{a0}1.234", "KWD\u{a0}1.234"),
        (1_050, "USD", "US$10.50", "$10.50"),
        (i64::MIN, "CNY", "-¥92,233,720,368,547,758.08", "-¥92,233,720,368,547,758.08"),
    ] {
        check(money(Lang::Zh, minor, currency).as_str(), zh);
        check(money(Lang::En, minor, currency).as_str(), en);
    }
    check(money_plain(-123_450, 2).as_str(), "-1234.50");
}

#[test]
fn typed_amounts_become_minor_units_or_a_reason() {
    for (typed, digits, expected) in [
        ("", 2, Ok(None)),
        ("  ", 2, Ok(None)),
        ("12", 2, Ok(Some(1200))),
        ("1,234.5", 2, Ok(Some(123_450))),
        ("￥１２。５", 2, Ok(Some(1250))),
        (".5", 2, Ok(Some(50))),
        ("5.", 2, Ok(Some(500))),
        ("-3.20", 2, Ok(Some(-320))),
        ("1.2000", 2, Ok(Some(120))),
        ("007", 0, Ok(Some(7))),
        ("1.005", 2, Err(AmountProblem::TooPrecise)),
        ("1.5", 0, Err(AmountProblem::TooPrecise)),
        ("1.2.3", 2, Err(AmountProblem::NotANumber)),
        ("-", 2, Err(AmountProblem::NotANumber)),
        ("一百", 2, Err(AmountProblem::NotANumber)),
        ("1e5", 2, Err(AmountProblem::NotANumber)),
        ("99999999999999999999", 2, Err(AmountProblem::TooLarge)),
    ] {
        assert_eq!(parse_amount(typed, digits), expected, "`{typed}`");
    }
}

#[test]
fn an_amount_survives_being_shown_and_typed_again() {
    for minor in [0, 1, -1, 99, 100, 123_450, -7_654_321] {
        for digits in [0, 2, 3] {
            check(parse_amount(&money_plain(minor, digits), digits), Ok(Some(minor)));
        }
    }
}

#[test]
fn instants_are_read_in_the_zone_given() {
    check(date_time(AT, CST).as_str(), "2026-03-15 14:30");
    check(date_time(AT, 0).as_str(), "2026-03-15 06:30");
    check(date_time(AT, -600).as_str(), "2026-03-14 20:30");
    check(date(0, 0).as_str(), "1970-01-01");
    check(date(-1, 0).as_str(), "1969-12-31");
    check(date(951_782_400_000, 0).as_str(), "2000-02-29");
    check(date(4_107_542_400_000, 0).as_str(), "2100-03-01");
    check(clock_time(AT, CST).as_str(), "14:30");
}

#[test]
fn near_days_are_named() {
    let at = |at_ms| (when(Lang::Zh, at_ms, AT, CST), when(Lang::En, at_ms, AT, CST));
    check(at(AT), ("今天 14:30".to_owned(), "today 14:30".to_owned()));
    check(at(AT - DAY), ("昨天 14:30".to_owned(), "yesterday 14:30".to_owned()));
    check(at(AT + 10 * HOUR), ("明天 00:30".to_owned(), "tomorrow 00:30".to_owned()));
    check(at(AT + 2 * DAY), ("2026-03-17 14:30".to_owned(), "2026-03-17 14:30".to_owned()));
}

#[test]
fn durations_name_their_two_largest_units() {
    for (length, zh, en) in [
        (0, "0 秒", "0 s"),
        (59_999, "59 秒", "59 s"),
        (60_000, "1 分", "1 min"),
        (80 * 60_000, "1 小时 20 分", "1 h 20 min"),
        (2 * HOUR, "2 小时", "2 h"),
        (3 * DAY + 4 * HOUR + 5 * 60_000, "3 天 4 小时", "3 d 4 h"),
        (DAY + 5 * 60_000, "1 天", "1 d"),
        (-80 * 60_000, "1 小时 20 分", "1 h 20 min"),
        (1_234 * DAY, "1,234 天", "1,234 d"),
    ] {
        check(duration(Lang::Zh, length).as_str(), zh);
        check(duration(Lang::En, length).as_str(), en);
    }
    check(short_duration(Lang::Zh, 80 * 60_000).as_str(), "1 小时");
}

#[test]
fn due_and_relative_times_say_which_way() {
    check(due(Lang::Zh, AT + 80 * 60_000, AT).as_str(), "剩 1 小时 20 分");
    check(due(Lang::En, AT + 80 * 60_000, AT).as_str(), "1 h 20 min left");
    check(due(Lang::Zh, AT - 2 * HOUR, AT).as_str(), "超时 2 小时");
    check(due(Lang::En, AT - 2 * HOUR, AT).as_str(), "2 h late");
    check(relative(Lang::Zh, AT - 3 * DAY, AT).as_str(), "3 天前");
    check(relative(Lang::En, AT + 2 * HOUR, AT).as_str(), "in 2 h");
    check(relative(Lang::Zh, AT - 5_000, AT).as_str(), "刚刚");
}

#[test]
fn date_inputs_go_both_ways_and_refuse_what_is_no_date() {
    check(date_of_input("2026-03-15", CST), Some(1_773_504_000_000));
    check(date_to_input(1_773_504_000_000, CST).as_str(), "2026-03-15");
    for day in -800_000..800_000 {
        if day % 97 == 0 {
            let at = day * DAY;
            let year = civil(at, 0).year;
            if (1..=9999).contains(&year) {
                check(date_of_input(&date(at, 0), 0), Some(at));
            }
        }
    }
    for wrong in ["", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1", "x-y-z", "2026-03-15-1"] {
        assert_eq!(date_of_input(wrong, 0), None, "`{wrong}`");
    }
}

#[test]
fn numbers_are_grouped_shortened_and_shared() {
    check(integer(1_234_567).as_str(), "1,234,567");
    check(integer(-1_000).as_str(), "-1,000");
    check(integer(999).as_str(), "999");
    check(decimal(1234.5, 2).as_str(), "1,234.50");
    check(decimal(-0.001, 2).as_str(), "0.00");
    check(decimal(-12.0, 0).as_str(), "-12");
    check(percent(123).as_str(), "12.3%");
    check(percent(-50).as_str(), "-5%");
    check(percent(1000).as_str(), "100%");
    for (value, zh, en) in [
        (9_999, "9,999", "9,999"),
        (10_000, "1\u{a0}万", "10k"),
        (12_345, "1.2\u{a0}万", "12.3k"),
        (99_999_999, "1\u{a0}亿", "100M"),
        (999_950, "100\u{a0}万", "1M"),
        (340_000_000, "3.4\u{a0}亿", "340M"),
        (-12_345, "-1.2\u{a0}万", "-12.3k"),
        (2_000_000_000_000, "2\u{a0}万亿", "2,000B"),
    ] {
        check(big_number(Lang::Zh, value).as_str(), zh);
        check(big_number(Lang::En, value).as_str(), en);
    }
    check(bytes(812).as_str(), "812\u{a0}B");
    check(bytes(1_234_567).as_str(), "1.2\u{a0}MB");
    check(plural(1, "day", "days"), "day");
    check(plural(0, "day", "days"), "days");
}

#[test]
fn texts_are_chosen_by_language_and_fall_back() {
    const AGREE: Text = text("同意", "Agree");
    check(AGREE.in_lang(Lang::Zh), "同意");
    check(AGREE.in_lang(Lang::En), "Agree");
    check(pick(Lang::En, "尺码", "Size"), "Size");
    check(pick(Lang::En, "尺码", ""), "尺码");
    check(pick(Lang::Zh, "", "Size"), "Size");
    check(Lang::of_tag("zh-Hans-CN"), Lang::Zh);
    check(Lang::of_tag("ZH"), Lang::Zh);
    check(Lang::of_tag("de-DE"), Lang::En);
    check(Lang::of_tag(""), Lang::En);
}
