//! Choosing between values.

use super::{Accept, Function, Given, PLAIN, Run, arg};
use crate::expr::Type;
use crate::value::Value;

pub(super) const TABLE: &[Function] = &[
    Function {
        name: "if",
        zh: "如果",
        help: ("if(条件, 成立时, 否则)", "if(condition, then, otherwise)"),
        params: &[Accept::Bool, Accept::Any, Accept::Any],
        optional: 1,
        blank_spreads: false,
        result: |given| branches(given, 1),
        run: Run::If,
        ..PLAIN
    },
    Function {
        name: "coalesce",
        zh: "取非空",
        help: ("coalesce(a, b, …)：第一个非空的值", "coalesce(a, b, …): the first that is not blank"),
        params: &[Accept::Any],
        rest: Some(Accept::Any),
        blank_spreads: false,
        result: |given| branches(given, 0),
        run: Run::Coalesce,
        ..PLAIN
    },
    Function {
        name: "blank",
        zh: "为空",
        help: ("blank(x)：没有填写、空文本或空列表", "blank(x): not given, an empty text or an empty list"),
        params: &[Accept::Any],
        blank_spreads: false,
        result: |_| Type::Bool,
        run: Run::Plain(|args, _| Ok(Value::Bool(arg(args, 0).is_blank()))),
        ..PLAIN
    },
];

fn branches(given: &Given<'_>, from: usize) -> Type {
    let mut kinds = given.args.iter().skip(from);
    let first = kinds.next().cloned().unwrap_or(Type::Any);
    kinds.try_fold(first, |joined, next| joined.join(next)).unwrap_or(Type::Any)
}
