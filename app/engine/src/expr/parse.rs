//! Tokens to a tree, by recursive descent; every mistake with its character and what would help.

use std::collections::BTreeSet;

use domain::{Diagnostic, Text};

use super::function::{self, Function};
use super::node::{Call, Kind, Node, Operator, Path};
use super::pattern::Pattern;
use super::token::{Placed, Token, tokens};
use super::{Expr, MAX_DEPTH, MAX_NODES};
use crate::similar;
use crate::value::Value;

/// Parses a source.
///
/// # Errors
/// All mistakes found: the first of syntax, and every unknown function, wrong number of arguments or wrong constant
/// before it. Their `path` is empty; the message says at which character.
pub fn parse(source: &str) -> Result<Expr, Vec<Diagnostic>> {
    let tokens = tokens(source).map_err(|problem| vec![*problem])?;
    let mut parser = Parser { tokens, next: 0, depth: 0, nodes: 0, each_depth: 0, problems: Vec::new() };
    match parser.whole() {
        Ok(root) if parser.problems.is_empty() => {
            let mut names = BTreeSet::new();
            collect_names(&root, &mut names);
            Ok(Expr { root, references: names.into_iter().collect() })
        }
        Ok(_) => Err(parser.problems),
        Err(last) => {
            parser.problems.push(*last);
            Err(parser.problems)
        }
    }
}

/// A mistake at a character.
pub(super) fn diagnostic(code: &str, at: u32, message: Text) -> Diagnostic {
    let message = Text::new(format!("第 {at} 个字符：{}", message.zh), format!("at character {at}: {}", message.en));
    Diagnostic::error(code, "", message)
}

fn collect_names(node: &Node, names: &mut BTreeSet<String>) {
    if let Kind::Name(path) = &node.kind {
        names.insert(path.text.clone());
    }
    for child in node.kind.children() {
        collect_names(child, names);
    }
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    depth: u32,
    nodes: u32,
    each_depth: u32,
    problems: Vec<Diagnostic>,
}

type Parsed = Result<Node, Box<Diagnostic>>;

impl Parser {
    fn whole(&mut self) -> Parsed {
        if *self.peek() == Token::End {
            let message = Text::new("表达式是空的", "the expression is empty");
            return Err(Box::new(diagnostic("empty_expr", 1, message)));
        }
        let root = self.or()?;
        if *self.peek() == Token::End { Ok(root) } else { Err(Box::new(self.unexpected())) }
    }

    fn peek(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |placed| &placed.token)
    }
    fn at(&self) -> u32 {
        self.tokens.get(self.next).map_or(0, |placed| placed.at)
    }
    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }
    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        self.next += usize::from(found);
        found
    }
    fn takes_sign(&mut self, sign: &'static str) -> bool {
        self.takes(&Token::Sign(sign))
    }
    fn wants_sign(&mut self, sign: &'static str) -> Result<(), Box<Diagnostic>> {
        if self.takes_sign(sign) {
            return Ok(());
        }
        let found = self.shown();
        let message = Text::new(
            format!("这里需要“{sign}”，而不是{}", found.zh),
            format!("`{sign}` is missing before {}", found.en),
        );
        Err(Box::new(diagnostic("missing_sign", self.at(), message)))
    }

    fn shown(&self) -> Text {
        let shown = match self.peek() {
            Token::End => return Text::new("结尾", "the end"),
            Token::Number(number) => number.to_string(),
            Token::Text(text) => format!("\"{text}\""),
            Token::Name(name) => name.clone(),
            Token::And => "and".to_owned(),
            Token::Or => "or".to_owned(),
            Token::Not => "not".to_owned(),
            Token::In => "in".to_owned(),
            Token::True => "true".to_owned(),
            Token::False => "false".to_owned(),
            Token::Sign(sign) => (*sign).to_owned(),
        };
        Text::new(format!("“{shown}”"), format!("`{shown}`"))
    }
    fn unexpected(&self) -> Diagnostic {
        let found = self.shown();
        let message = Text::new(format!("这里不能是{}", found.zh), format!("{} does not fit here", found.en));
        diagnostic("unexpected", self.at(), message)
    }

    fn node(&mut self, kind: Kind, at: u32) -> Parsed {
        let height = 1 + kind.children().iter().map(|child| child.height).max().unwrap_or(0);
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = Text::new(
                format!("表达式太大：最多 {MAX_NODES} 个部分"),
                format!("the expression is too large: at most {MAX_NODES} parts"),
            );
            return Err(Box::new(diagnostic("expr_too_large", at, message)));
        }
        if height > MAX_DEPTH { Err(Box::new(too_deep(at))) } else { Ok(Node { kind, at, height }) }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Box::new(too_deep(self.at())));
        }
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn or(&mut self) -> Parsed {
        self.chain(&Token::Or, Self::and, Kind::Or)
    }
    fn and(&mut self) -> Parsed {
        self.chain(&Token::And, Self::not, Kind::And)
    }
    fn chain(&mut self, word: &Token, inner: fn(&mut Self) -> Parsed, whole: fn(Vec<Node>) -> Kind) -> Parsed {
        let at = self.at();
        let first = inner(self)?;
        if self.peek() != word {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes(word) {
            parts.push(inner(self)?);
        }
        self.node(whole(parts), at)
    }
    fn not(&mut self) -> Parsed {
        let at = self.at();
        if !self.takes(&Token::Not) {
            return self.comparison();
        }
        let inner = self.nested(Self::not)?;
        self.node(Kind::Not(Box::new(inner)), at)
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let at = self.at();
        let negated = *self.peek() == Token::Not
            && self.tokens.get(self.next + 1).is_some_and(|placed| placed.token == Token::In);
        self.next += usize::from(negated);
        let operator = match self.peek() {
            Token::Sign("=") => Operator::Equal,
            Token::Sign("<>") => Operator::NotEqual,
            Token::Sign("<") => Operator::Less,
            Token::Sign("<=") => Operator::LessOrEqual,
            Token::Sign(">") => Operator::Greater,
            Token::Sign(">=") => Operator::GreaterOrEqual,
            Token::In => Operator::In,
            _ => return Ok(left),
        };
        self.next += 1;
        let right = self.sum()?;
        let compared = self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), at)?;
        if matches!(self.peek(), Token::Sign("=" | "<>" | "<" | "<=" | ">" | ">=") | Token::In) {
            let help = Text::new(
                "用 and（且）连接两个比较，例如 1 < x and x < 5",
                "join two comparisons by `and`, as in `1 < x and x < 5`",
            );
            return Err(Box::new(self.unexpected().with_help(help)));
        }
        if negated { self.node(Kind::Not(Box::new(compared)), at) } else { Ok(compared) }
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let (at, operator) = match self.peek() {
                Token::Sign("+") => (self.at(), Operator::Add),
                Token::Sign("-") => (self.at(), Operator::Subtract),
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), at)?;
        }
    }
    fn product(&mut self) -> Parsed {
        let mut left = self.unary()?;
        loop {
            let (at, operator) = match self.peek() {
                Token::Sign("*") => (self.at(), Operator::Multiply),
                Token::Sign("/") => (self.at(), Operator::Divide),
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.unary()?;
            left = self.node(Kind::Binary(operator, Box::new(left), Box::new(right)), at)?;
        }
    }
    fn unary(&mut self) -> Parsed {
        let at = self.at();
        if !self.takes_sign("-") {
            return self.primary();
        }
        let inner = self.nested(Self::unary)?;
        match inner.kind {
            Kind::Constant(Value::Number(number)) => self.node(Kind::Constant(Value::number(-number)), at),
            _ => self.node(Kind::Negate(Box::new(inner)), at),
        }
    }

    fn primary(&mut self) -> Parsed {
        let at = self.at();
        let constant = match self.peek() {
            Token::Number(number) => Value::Number(*number),
            Token::Text(text) => Value::Text(text.clone()),
            Token::True => Value::Bool(true),
            Token::False => Value::Bool(false),
            Token::Name(_) => return self.name(),
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.nested(Self::or)?;
                self.wants_sign(")")?;
                return Ok(inner);
            }
            Token::Sign("[") => return self.list(),
            _ => return Err(Box::new(self.unexpected())),
        };
        self.next += 1;
        self.node(Kind::Constant(constant), at)
    }

    fn list(&mut self) -> Parsed {
        let at = self.at();
        self.wants_sign("[")?;
        let mut items = Vec::new();
        while !self.takes_sign("]") {
            if !items.is_empty() {
                self.wants_sign(",")?;
            }
            items.push(self.nested(Self::or)?);
        }
        let constants: Option<Vec<Value>> = items.iter().map(|item| constant(item).cloned()).collect();
        self.node(constants.map_or(Kind::List(items), |values| Kind::Constant(Value::List(values))), at)
    }

    fn name(&mut self) -> Parsed {
        let at = self.at();
        let Token::Name(first) = self.take() else { return Err(Box::new(self.unexpected())) };
        if *self.peek() == Token::Sign("(") {
            return self.call(&first, at);
        }
        if matches!(first.as_str(), "blank" | "空") {
            return self.node(Kind::Constant(Value::Blank), at);
        }
        let mut rest = String::new();
        while self.takes_sign(".") {
            let part_at = self.at();
            let Some(part) = word_of(&self.take()) else {
                let message = Text::new("“.”后面需要一个名称", "a name is missing behind `.`");
                return Err(Box::new(diagnostic("missing_name", part_at, message)));
            };
            if !rest.is_empty() {
                rest.push('.');
            }
            rest.push_str(&part);
        }
        if matches!(first.as_str(), "it" | "本项") {
            if self.each_depth == 0 {
                let message = Text::new(
                    "it（本项）只能用在冒号之后，例如 any(goods: it.quantity > 1)",
                    "`it` only stands behind a colon, as in `any(goods: it.quantity > 1)`",
                );
                self.problems.push(diagnostic("it_outside", at, message));
            }
            let path = (!rest.is_empty()).then(|| Path::new(rest));
            return self.node(Kind::Item(path), at);
        }
        let text = if rest.is_empty() { first } else { format!("{first}.{rest}") };
        self.node(Kind::Name(Path::new(text)), at)
    }

    fn call(&mut self, name: &str, at: u32) -> Parsed {
        self.wants_sign("(")?;
        let (args, each) = self.arguments()?;
        let Some(function) = function::find(name) else {
            let message = Text::new(format!("没有名为“{name}”的函数"), format!("there is no function `{name}`"));
            let mut problem = diagnostic("unknown_function", at, message);
            if let Some(meant) = similar::closest(name, function::functions().flat_map(|known| [known.name, known.zh]))
            {
                problem = problem.with_help(did_you_mean(meant));
            }
            self.problems.push(problem);
            return self.node(Kind::Constant(Value::Blank), at);
        };
        if let Some(problem) = arity_problem(function, args.len(), each.is_some(), at) {
            self.problems.push(problem);
            return self.node(Kind::Constant(Value::Blank), at);
        }
        let pattern = if function.takes_pattern { self.pattern(args.get(1), at) } else { None };
        if function.folds {
            let constants: Option<Vec<&Value>> = args.iter().map(constant).collect();
            match constants.map(|values| function.constant(&values)) {
                Some(Some(value)) => return self.node(Kind::Constant(value), at),
                Some(None) => self.problems.push(bad_constant(function, at)),
                None => {}
            }
        }
        self.node(Kind::Call(Box::new(Call { function, args, each, pattern })), at)
    }

    fn arguments(&mut self) -> Result<(Vec<Node>, Option<Node>), Box<Diagnostic>> {
        let (mut args, mut each) = (Vec::new(), None);
        while !self.takes_sign(")") {
            if !args.is_empty() {
                if self.takes_sign(":") {
                    self.each_depth += 1;
                    each = Some(self.nested(Self::or)?);
                    self.each_depth -= 1;
                    self.wants_sign(")")?;
                    break;
                }
                self.wants_sign(",")?;
            }
            args.push(self.nested(Self::or)?);
        }
        Ok((args, each))
    }

    /// Patterns are written out, so that they are compiled once and their cost is known.
    fn pattern(&mut self, written: Option<&Node>, at: u32) -> Option<Pattern> {
        let Some(Value::Text(source)) = written.and_then(constant) else {
            let message = Text::new("正则表达式必须直接写成文本", "the pattern must be written out as a text");
            self.problems.push(diagnostic("pattern_not_written", at, message));
            return None;
        };
        let pattern = Pattern::new(source.clone());
        if let Some(problem) = pattern.problem() {
            self.problems.push(diagnostic("bad_pattern", at, problem.text()));
        }
        Some(pattern)
    }
}

fn constant(node: &Node) -> Option<&Value> {
    if let Kind::Constant(value) = &node.kind { Some(value) } else { None }
}

/// Behind a dot the words of the language are plain names.
fn word_of(token: &Token) -> Option<String> {
    Some(match token {
        Token::Name(name) => name.clone(),
        Token::And => "and".to_owned(),
        Token::Or => "or".to_owned(),
        Token::Not => "not".to_owned(),
        Token::In => "in".to_owned(),
        Token::True => "true".to_owned(),
        Token::False => "false".to_owned(),
        _ => return None,
    })
}

pub(super) fn did_you_mean(name: &str) -> Text {
    Text::new(format!("是不是“{name}”？"), format!("did you mean `{name}`?"))
}

fn too_deep(at: u32) -> Diagnostic {
    let message =
        Text::new(format!("嵌套太深：最多 {MAX_DEPTH} 层"), format!("nested too deep: at most {MAX_DEPTH} levels"));
    diagnostic("expr_too_deep", at, message)
}

fn bad_constant(function: &Function, at: u32) -> Diagnostic {
    let help = Text::new(function.help.0, function.help.1);
    let message =
        Text::new(format!("{} 的参数不对", function.name), format!("the arguments of `{}` are wrong", function.name));
    diagnostic("bad_constant", at, message).with_help(help)
}

fn arity_problem(function: &Function, given: usize, each: bool, at: u32) -> Option<Diagnostic> {
    let help = Text::new(function.help.0, function.help.1);
    if each && (!function.each || given != 1) {
        let message = Text::new(
            format!("{} 不能这样使用冒号", function.name),
            format!("`{}` does not take a colon here", function.name),
        );
        return Some(diagnostic("colon_not_taken", at, message).with_help(help));
    }
    let least = function.params.len() - function.optional.min(function.params.len());
    let fits = given >= least && (function.rest.is_some() || given <= function.params.len());
    if fits {
        return None;
    }
    let wanted = match (function.rest, function.optional) {
        (Some(_), _) => (format!("至少 {least} 个"), format!("at least {least}")),
        (None, 0) => (format!("{least} 个"), format!("{least}")),
        (None, _) => {
            let most = function.params.len();
            (format!("{least} 到 {most} 个"), format!("{least} to {most}"))
        }
    };
    let message = Text::new(
        format!("{} 需要{}参数，而不是 {given} 个", function.name, wanted.0),
        format!("`{}` takes {} arguments, not {given}", function.name, wanted.1),
    );
    Some(diagnostic("argument_count", at, message).with_help(help))
}
