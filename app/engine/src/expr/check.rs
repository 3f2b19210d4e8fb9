//! Types before values: unknown names, operators and functions that cannot work, codes that do not exist.

use domain::{Diagnostic, Text};

use super::function::{Accept, Given, Run};
use super::node::{Call, Kind, Node, Operator, Path};
use super::parse::{diagnostic, did_you_mean};
use super::{Expr, Schema, Type};
use crate::similar;
use crate::value::Value;

/// The type of an expression over these names, and all its problems. Their `path` is empty.
#[must_use]
pub fn check(expr: &Expr, schema: &Schema) -> (Type, Vec<Diagnostic>) {
    let mut checker = Checker { schema, item: None, problems: Vec::new() };
    let found = checker.node(&expr.root);
    (found, checker.problems)
}

struct Checker<'s> {
    schema: &'s Schema,
    item: Option<Type>,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn node(&mut self, node: &Node) -> Type {
        match &node.kind {
            Kind::Constant(Value::List(items)) => {
                let kinds: Vec<Type> = items.iter().map(type_of).collect();
                Type::list(self.joined(&kinds, node.at))
            }
            Kind::Constant(value) => type_of(value),
            Kind::Name(path) => self.name(path, node.at),
            Kind::Item(path) => self.item(path.as_ref(), node.at),
            Kind::List(items) => {
                let kinds: Vec<Type> = items.iter().map(|item| self.node(item)).collect();
                Type::list(self.joined(&kinds, node.at))
            }
            Kind::Not(inner) => {
                self.wants(inner, Accept::Bool, "not");
                Type::Bool
            }
            Kind::And(parts) | Kind::Or(parts) => {
                let word = if matches!(node.kind, Kind::And(_)) { "and" } else { "or" };
                parts.iter().for_each(|part| self.wants(part, Accept::Bool, word));
                Type::Bool
            }
            Kind::Negate(inner) => {
                let found = self.node(inner);
                if !Accept::Amount.takes(&found) && found != Type::Duration {
                    self.not_taken("-", &Accept::Amount.title(), &found, inner.at);
                }
                found
            }
            Kind::Binary(operator, left, right) => self.binary(*operator, left, right, node.at),
            Kind::Call(call) => self.call(call, node.at),
        }
    }

    fn name(&mut self, path: &Path, at: u32) -> Type {
        if let Some(found) = self.schema.get(&path.text) {
            return found;
        }
        let message = Text::new(format!("没有名为“{}”的值", path.text), format!("nothing is called `{}`", path.text));
        let mut problem = diagnostic("unknown_name", at, message);
        let known = self.schema.spelled();
        if let Some(meant) = similar::closest(&path.text, known.iter().map(String::as_str)) {
            problem = problem.with_help(did_you_mean(meant));
        }
        self.problems.push(problem);
        Type::Any
    }

    fn item(&mut self, path: Option<&Path>, at: u32) -> Type {
        let mut found = self.item.clone().unwrap_or(Type::Any);
        for name in path.iter().flat_map(|path| path.text.split('.')) {
            if let Some(field) = found.field(name) {
                found = field;
                continue;
            }
            let message = Text::new(format!("it 没有“{name}”"), format!("`it` has no `{name}`"));
            let mut problem = diagnostic("unknown_name", at, message);
            if let Type::Record(schema) = &found {
                let known = schema.spelled();
                if let Some(meant) = similar::closest(name, known.iter().map(String::as_str)) {
                    problem = problem.with_help(did_you_mean(meant));
                }
            }
            self.problems.push(problem);
            return Type::Any;
        }
        found
    }

    fn wants(&mut self, node: &Node, accept: Accept, operation: &str) {
        let found = self.node(node);
        if !accept.takes(&found) {
            self.not_taken(operation, &accept.title(), &found, node.at);
        }
    }

    fn not_taken(&mut self, operation: &str, wanted: &Text, found: &Type, at: u32) {
        let found = found.title();
        let message = Text::new(
            format!("{operation} 需要{}，而不是{}", wanted.zh, found.zh),
            format!("`{operation}` takes {}, not {}", wanted.en, found.en),
        );
        self.problems.push(diagnostic("wrong_type", at, message));
    }

    fn joined(&mut self, kinds: &[Type], at: u32) -> Type {
        let joined = kinds.iter().try_fold(Type::Blank, |joined, next| joined.join(next));
        joined.unwrap_or_else(|| {
            let message = Text::new("这些值的类型不同", "these values are of different types");
            self.problems.push(diagnostic("types_differ", at, message));
            Type::Any
        })
    }

    fn binary(&mut self, operator: Operator, left: &Node, right: &Node, at: u32) -> Type {
        let (left_type, right_type) = (self.node(left), self.node(right));
        let zero = |node: &Node| matches!(&node.kind, Kind::Constant(Value::Number(number)) if number.is_zero());
        if operator == Operator::Divide && zero(right) {
            self.problems.push(diagnostic("division_by_zero", at, Text::new("除数为零", "division by zero")));
        }
        let result = match operator {
            Operator::In => {
                self.code_exists(&left_type, right);
                let holds = right_type.item().join(&left_type).is_some() && Accept::TextOrList.takes(&right_type);
                holds.then_some(Type::Bool)
            }
            Operator::Equal | Operator::NotEqual => {
                self.code_exists(&left_type, right);
                self.code_exists(&right_type, left);
                let zero_money = amounts(&left_type, &right_type) && (zero(left) || zero(right));
                (left_type.join(&right_type).is_some() || zero_money).then_some(Type::Bool)
            }
            Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
                let zero_money = amounts(&left_type, &right_type) && (zero(left) || zero(right));
                let ordered = Accept::Ordered.takes(&left_type) && Accept::Ordered.takes(&right_type);
                (ordered && left_type.join(&right_type).is_some() || zero_money).then_some(Type::Bool)
            }
            _ => arithmetic(operator, &left_type.plain(), &right_type.plain())
                .or_else(|| (amounts(&left_type, &right_type) && (zero(left) || zero(right))).then_some(Type::Money)),
        };
        result.unwrap_or_else(|| {
            self.problems.push(mismatch(operator, &left_type, &right_type, at));
            Type::Any
        })
    }

    /// A written code that the choice does not have can never be equal to it.
    fn code_exists(&mut self, choice: &Type, written: &Node) {
        let (Type::Choice(codes), Kind::Constant(value)) = (choice, &written.kind) else { return };
        let texts = match value {
            Value::List(items) => items.iter().filter_map(Value::as_text).collect(),
            other => other.as_text().into_iter().collect::<Vec<_>>(),
        };
        for text in texts.into_iter().filter(|text| !codes.iter().any(|code| code == text)) {
            let message = Text::new(format!("没有选项“{text}”"), format!("there is no option `{text}`"));
            let mut problem = diagnostic("unknown_option", written.at, message);
            if let Some(meant) = similar::closest(text, codes.iter().map(String::as_str)) {
                problem = problem.with_help(did_you_mean(meant));
            }
            self.problems.push(problem);
        }
    }

    fn call(&mut self, call: &Call, at: u32) -> Type {
        let function = call.function;
        let mut args = Vec::new();
        for (index, arg) in call.args.iter().enumerate() {
            let accept = function.params.get(index).copied().or(function.rest).unwrap_or(Accept::Any);
            let found = self.node(arg);
            if !accept.takes(&found) {
                self.not_taken(function.name, &accept.title(), &found, arg.at);
            }
            args.push(found);
        }
        let mut item = match args.as_slice() {
            [Type::List(item)] => item.as_ref().clone(),
            [only] => only.clone(),
            _ if matches!(function.run, Run::Fold(_)) => self.joined(&args, at),
            _ => Type::Any,
        };
        if let Some(each) = &call.each {
            let outer = self.item.replace(item);
            item = self.node(each);
            self.item = outer;
        }
        if matches!(function.run, Run::Fold(_)) && !function.items.takes(&item) {
            self.not_taken(function.name, &function.items.title(), &item, at);
        }
        if matches!(function.run, Run::If | Run::Coalesce) {
            let skipped = usize::from(matches!(function.run, Run::If));
            self.joined(args.get(skipped..).unwrap_or_default(), at);
        }
        (function.result)(&Given { args: &args, item: &item })
    }
}

fn amounts(left: &Type, right: &Type) -> bool {
    matches!((left, right), (Type::Money, Type::Number) | (Type::Number, Type::Money))
}

fn arithmetic(operator: Operator, left: &Type, right: &Type) -> Option<Type> {
    use Operator::{Add, Divide, Multiply, Subtract};
    Some(match (operator, left, right) {
        (_, Type::Any | Type::Blank, _) | (_, _, Type::Any | Type::Blank) => Type::Any,
        (_, Type::Number, Type::Number) => Type::Number,
        (Add | Subtract, Type::Money, Type::Money) => Type::Money,
        (Multiply, Type::Money, Type::Number) | (Multiply, Type::Number, Type::Money) => Type::Money,
        (Divide, Type::Money, Type::Number) => Type::Money,
        (Divide, Type::Money, Type::Money) => Type::Number,
        (Add, Type::Text, Type::Text) => Type::Text,
        (Add | Subtract, Type::Duration, Type::Duration) => Type::Duration,
        (Subtract, Type::Date, Type::Date) => Type::Number,
        (Subtract, Type::DateTime, Type::DateTime) => Type::Duration,
        (Add | Subtract, Type::Date, Type::Number | Type::Duration) => Type::Date,
        (Add, Type::Number | Type::Duration, Type::Date) => Type::Date,
        (Add | Subtract, Type::DateTime, Type::Duration) | (Add, Type::Duration, Type::DateTime) => Type::DateTime,
        _ => return None,
    })
}

fn mismatch(operator: Operator, left: &Type, right: &Type, at: u32) -> Diagnostic {
    let (symbol, left_title, right_title) = (operator.symbol(), left.title(), right.title());
    let message = Text::new(
        format!("“{symbol}”不能用于{}和{}", left_title.zh, right_title.zh),
        format!("`{symbol}` does not take {} and {}", left_title.en, right_title.en),
    );
    let problem = diagnostic("types_differ", at, message);
    let pair = (left.plain(), right.plain());
    let help = match pair {
        _ if amounts(left, right) => Text::new(
            "金额要写明币种，例如 money(\"5000.00\", \"CNY\")",
            "an amount needs its currency, as in `money(\"5000.00\", \"CNY\")`",
        ),
        (Type::Date, Type::DateTime) | (Type::DateTime, Type::Date) => {
            Text::new("用 date(时间) 取日期", "take the day by `date(time)`")
        }
        (Type::Text, _) | (_, Type::Text) if operator == Operator::Add => {
            Text::new("用 concat(a, b) 连接", "join them by `concat(a, b)`")
        }
        (Type::Text, Type::Number) | (Type::Number, Type::Text) => Text::new(
            "用 number(文本) 转成数字，或给数字加引号",
            "turn the text into a number by `number(text)`, or quote the number",
        ),
        (Type::List(_), _) => Text::new("判断列表用 contains(列表, 值)", "ask a list by `contains(list, value)`"),
        _ => return problem,
    };
    problem.with_help(help)
}

fn type_of(value: &Value) -> Type {
    match value {
        Value::Blank => Type::Blank,
        Value::Text(_) => Type::Text,
        Value::Number(_) => Type::Number,
        Value::Money(_) => Type::Money,
        Value::Bool(_) => Type::Bool,
        Value::Date(_) => Type::Date,
        Value::DateTime(_) => Type::DateTime,
        Value::Duration(_) => Type::Duration,
        Value::List(items) => {
            let joined = items.iter().map(type_of).try_fold(Type::Blank, |joined, next| joined.join(&next));
            Type::list(joined.unwrap_or(Type::Any))
        }
        Value::Record(_) => Type::Any,
    }
}
