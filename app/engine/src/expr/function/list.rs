//! Lists and sub-table columns: `sum(goods.amount)`, `any(goods: it.quantity > 1)`.

use std::borrow::Cow;
use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::text::written;
use super::{Accept, Function, Group, PLAIN, Run, arg, text_arg};
use crate::expr::node::Operator;
use crate::expr::{EvalError, MAX_TEXT_BYTES, Scope, Type, operate};
use crate::value::Value;

const FOLD: Function = Function {
    group: Group::List,
    params: &[Accept::Any],
    rest: Some(Accept::Any),
    each: true,
    blank_spreads: false,
    ..PLAIN
};
const LIST: Function = Function { group: Group::List, params: &[Accept::List], ..PLAIN };

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "sum",
        zh: "求和",
        help: (
            "sum(列表) 或 sum(列表: 每项)：空值略去，没有项则为 0",
            "sum(list) or sum(list: each): blanks left out, 0 of nothing",
        ),
        items: Accept::Amount,
        result: |given| given.item.clone(),
        run: Run::Fold(|_, items, _| total(items)),
        ..FOLD
    },
    Function {
        name: "count",
        zh: "计数",
        help: (
            "count(列表) 非空的项数；count(列表: 条件) 成立的项数",
            "count(list): items that are not blank; count(list: condition): items where it holds",
        ),
        result: |_| Type::Number,
        run: Run::Fold(|_, items, each| {
            let counts = |item: &&Cow<'_, Value>| if each { ***item == Value::Bool(true) } else { !item.is_blank() };
            Ok(Value::number(u64::try_from(items.iter().filter(counts).count()).unwrap_or(u64::MAX)))
        }),
        ..FOLD
    },
    Function {
        name: "avg",
        zh: "平均值",
        help: ("avg(列表) 或 avg(列表: 每项)：没有项则为空", "avg(list) or avg(list: each): blank of nothing"),
        items: Accept::Amount,
        result: |given| given.item.clone(),
        run: Run::Fold(|_, items, _| average(items)),
        ..FOLD
    },
    Function {
        name: "min",
        zh: "最小值",
        help: ("min(列表)、min(列表: 每项) 或 min(a, b, …)", "min(list), min(list: each) or min(a, b, …)"),
        items: Accept::Ordered,
        result: |given| given.item.clone(),
        run: Run::Fold(|name, items, _| extreme(name, items, Ordering::Less)),
        ..FOLD
    },
    Function {
        name: "max",
        zh: "最大值",
        help: ("max(列表)、max(列表: 每项) 或 max(a, b, …)", "max(list), max(list: each) or max(a, b, …)"),
        items: Accept::Ordered,
        result: |given| given.item.clone(),
        run: Run::Fold(|name, items, _| extreme(name, items, Ordering::Greater)),
        ..FOLD
    },
    Function {
        name: "any",
        zh: "任一",
        help: ("any(列表: 条件)：至少一项成立", "any(list: condition): it holds for one at least"),
        items: Accept::Bool,
        result: |_| Type::Bool,
        run: Run::Fold(|_, items, _| Ok(Value::Bool(items.iter().any(|item| **item == Value::Bool(true))))),
        ..FOLD
    },
    Function {
        name: "all",
        zh: "全部",
        help: ("all(列表: 条件)：每一项都成立", "all(list: condition): it holds for every one"),
        items: Accept::Bool,
        result: |_| Type::Bool,
        run: Run::Fold(|_, items, _| Ok(Value::Bool(items.iter().all(|item| **item == Value::Bool(true))))),
        ..FOLD
    },
    Function {
        name: "first",
        zh: "第一项",
        help: ("first(列表)", "first(list)"),
        result: |given| given.first().item(),
        run: Run::Plain(|args, _| Ok(items_of("first", arg(args, 0))?.first().cloned().unwrap_or_default())),
        ..LIST
    },
    Function {
        name: "join",
        zh: "连接",
        help: ("join(列表, 分隔符)：空值略去", "join(list, separator): blanks left out"),
        params: &[Accept::List, Accept::Text],
        result: |_| Type::Text,
        run: Run::Plain(join),
        ..LIST
    },
    Function {
        name: "unique",
        zh: "去重",
        help: ("unique(列表)：每个值一次，按先后", "unique(list): each value once, in order"),
        result: |given| given.first(),
        run: Run::Plain(unique),
        ..LIST
    },
    Function {
        name: "overlaps",
        zh: "有交集",
        help: ("overlaps(列表, 列表)：至少有一项相同", "overlaps(list, list): at least one item in common"),
        params: &[Accept::List, Accept::List],
        blank_spreads: false,
        result: |_| Type::Bool,
        run: Run::Plain(|args, _| {
            let (left, right) = (items_of("overlaps", arg(args, 0))?, items_of("overlaps", arg(args, 1))?);
            affordable(left.len(), right.len())?;
            Ok(Value::Bool(left.iter().any(|item| *item != Value::Blank && right.contains(item))))
        }),
        ..LIST
    },
];

/// Most comparisons of two lists.
const MAX_COMPARISONS: usize = 1_000_000;

fn affordable(left: usize, right: usize) -> Result<(), EvalError> {
    if left.saturating_mul(right) > MAX_COMPARISONS { Err(EvalError::TooLong) } else { Ok(()) }
}

fn items_of<'v>(name: &'static str, value: &'v Value) -> Result<&'v [Value], EvalError> {
    match value {
        Value::Blank => Ok(&[]),
        Value::List(items) => Ok(items),
        other => Err(EvalError::wrong(name, other)),
    }
}

fn total(items: &[Cow<'_, Value>]) -> Result<Value, EvalError> {
    let mut total = Value::Number(Decimal::ZERO);
    for item in items.iter().filter(|item| ***item != Value::Blank) {
        if !matches!(item.as_ref(), Value::Number(_) | Value::Money(_)) {
            return Err(EvalError::wrong("sum", item));
        }
        total = operate::add(&total, item)?;
    }
    Ok(total)
}

fn average(items: &[Cow<'_, Value>]) -> Result<Value, EvalError> {
    let given = items.iter().filter(|item| ***item != Value::Blank).count();
    if given == 0 {
        return Ok(Value::Blank);
    }
    let given = Value::number(u64::try_from(given).unwrap_or(u64::MAX));
    operate::binary(Operator::Divide, &total(items)?, &given)
}

fn extreme(name: &'static str, items: &[Cow<'_, Value>], wanted: Ordering) -> Result<Value, EvalError> {
    let mut best: Option<&Value> = None;
    for item in items {
        match best {
            _ if **item == Value::Blank => {}
            Some(so_far) if operate::compare(name, item, so_far)? != Some(wanted) => {}
            _ => best = Some(item),
        }
    }
    Ok(best.cloned().unwrap_or_default())
}

fn join(args: &[Cow<'_, Value>], scope: &dyn Scope) -> Result<Value, EvalError> {
    let separator = text_arg("join", args, 1)?;
    let mut whole = String::new();
    for item in items_of("join", arg(args, 0))?.iter().filter(|item| !item.is_blank()) {
        if !whole.is_empty() {
            whole.push_str(separator);
        }
        whole.push_str(&written(item, scope)?);
        if whole.len() > MAX_TEXT_BYTES {
            return Err(EvalError::TooLong);
        }
    }
    Ok(Value::Text(whole))
}

fn unique(args: &[Cow<'_, Value>], _scope: &dyn Scope) -> Result<Value, EvalError> {
    let items = items_of("unique", arg(args, 0))?;
    affordable(items.len(), items.len())?;
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        if !kept.contains(item) {
            kept.push(item.clone());
        }
    }
    Ok(Value::List(kept))
}
