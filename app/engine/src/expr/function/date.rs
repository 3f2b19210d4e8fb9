//! Days, instants and durations. An instant becomes a day by the shop's offset.

use std::borrow::Cow;

use domain::LocalDate;

use super::{Accept, Function, Group, PLAIN, Run, arg, number_arg, text_arg};
use crate::expr::{EvalError, Scope, Type, operate};
use crate::value::{Duration, DurationUnit, Value};

const PART: Function = Function { group: Group::Date, params: &[Accept::Day], result: |_| Type::Number, ..PLAIN };

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "date",
        zh: "日期",
        help: ("date(\"2026-11-11\") 或 date(时间)", "date(\"2026-11-11\") or date(time)"),
        params: &[Accept::Any],
        folds: true,
        result: |_| Type::Date,
        run: Run::Plain(|args, scope| match arg(args, 0) {
            Value::Text(text) => Ok(text.trim().parse::<LocalDate>().map_or(Value::Blank, Value::Date)),
            other => day("date", other, scope).map(Value::Date),
        }),
        ..PART
    },
    Function {
        name: "days_between",
        zh: "相差天数",
        help: ("days_between(起, 止)：相隔几天，止在前则为负", "days_between(from, to): negative when `to` is earlier"),
        params: &[Accept::Day, Accept::Day],
        run: Run::Plain(|args, scope| {
            let (from, to) = (day("days_between", arg(args, 0), scope)?, day("days_between", arg(args, 1), scope)?);
            Ok(Value::from(to.days().saturating_sub(from.days())))
        }),
        ..PART
    },
    Function {
        name: "hours_between",
        zh: "相差小时",
        help: ("hours_between(起, 止)：自然小时，可有小数", "hours_between(from, to): natural hours with decimals"),
        params: &[Accept::Instant, Accept::Instant],
        run: Run::Plain(hours_between),
        ..PART
    },
    Function {
        name: "add_days",
        zh: "加天数",
        help: ("add_days(日期, n)", "add_days(date, n)"),
        params: &[Accept::Day, Accept::Number],
        result: |_| Type::Date,
        run: Run::Plain(|args, scope| {
            let days = operate::whole(number_arg("add_days", args, 1)?)?;
            operate::shift(day("add_days", arg(args, 0), scope)?, days)
        }),
        ..PART
    },
    Function {
        name: "year",
        zh: "年",
        help: ("year(日期)", "year(date)"),
        run: Run::Plain(|args, scope| Ok(Value::number(day("year", arg(args, 0), scope)?.ymd().0))),
        ..PART
    },
    Function {
        name: "month",
        zh: "月",
        help: ("month(日期)：1 到 12", "month(date): 1 to 12"),
        run: Run::Plain(|args, scope| Ok(Value::number(day("month", arg(args, 0), scope)?.ymd().1))),
        ..PART
    },
    Function {
        name: "day",
        zh: "日",
        help: ("day(日期)：1 到 31", "day(date): 1 to 31"),
        run: Run::Plain(|args, scope| Ok(Value::number(day("day", arg(args, 0), scope)?.ymd().2))),
        ..PART
    },
    Function {
        name: "weekday",
        zh: "星期",
        help: ("weekday(日期)：周一为 1，周日为 7", "weekday(date): 1 is Monday, 7 is Sunday"),
        run: Run::Plain(|args, scope| Ok(Value::number(day("weekday", arg(args, 0), scope)?.weekday()))),
        ..PART
    },
    Function {
        name: "duration",
        zh: "时长",
        help: (
            "duration(4, \"working_hours\")：单位为 minutes、hours、days、working_hours、working_days",
            "duration(4, \"working_hours\"): in minutes, hours, days, working_hours or working_days",
        ),
        params: &[Accept::Number, Accept::Text],
        folds: true,
        result: |_| Type::Duration,
        run: Run::Plain(|args, _| {
            let amount = operate::whole(number_arg("duration", args, 0)?)?;
            let unit = DurationUnit::parse(text_arg("duration", args, 1)?);
            Ok(unit.and_then(|unit| Duration::new(amount, unit)).map_or(Value::Blank, Value::Duration))
        }),
        ..PART
    },
];

fn day(name: &'static str, value: &Value, scope: &dyn Scope) -> Result<LocalDate, EvalError> {
    match value {
        Value::Date(date) => operate::day_in_range(*date),
        Value::DateTime(instant) => operate::day_in_range(instant.local_date(scope.offset_minutes())),
        other => Err(EvalError::wrong(name, other)),
    }
}

fn hours_between(args: &[Cow<'_, Value>], _scope: &dyn Scope) -> Result<Value, EvalError> {
    let (Value::DateTime(from), Value::DateTime(to)) = (arg(args, 0), arg(args, 1)) else {
        let wrong = args.iter().find(|value| !matches!(***value, Value::DateTime(_)));
        return Err(EvalError::wrong("hours_between", wrong.map_or(&Value::Blank, Cow::as_ref)));
    };
    let ms = to.ms().checked_sub(from.ms()).ok_or(EvalError::TooLarge)?;
    operate::number(rust_decimal::Decimal::from(ms).checked_div(3_600_000.into()))
}
