//! Source to tokens. The full-width signs of a Chinese keyboard are read like their ASCII forms.

use domain::{Diagnostic, Text};
use rust_decimal::Decimal;

use super::MAX_SOURCE_CHARS;
use super::parse::diagnostic;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    Name(String),
    And,
    Or,
    Not,
    In,
    True,
    False,
    Sign(&'static str),
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) token: Token,
    /// 1-based character.
    pub(super) at: u32,
}

/// Whether a name is a word of the language and cannot be a field id.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    word(name).is_some() || matches!(name, "blank" | "空" | "it" | "本项")
}

fn word(name: &str) -> Option<Token> {
    Some(match name {
        "and" | "且" | "并且" => Token::And,
        "or" | "或" | "或者" => Token::Or,
        "not" | "非" => Token::Not,
        "in" | "属于" => Token::In,
        "true" | "真" => Token::True,
        "false" | "假" => Token::False,
        _ => return None,
    })
}

const SIGNS: &[(&str, &str)] = &[
    ("<>", "<>"),
    ("!=", "<>"),
    ("≠", "<>"),
    ("<=", "<="),
    ("≤", "<="),
    ("＜＝", "<="),
    (">=", ">="),
    ("≥", ">="),
    ("＞＝", ">="),
    ("==", "="),
    ("=", "="),
    ("＝", "="),
    ("<", "<"),
    ("＜", "<"),
    (">", ">"),
    ("＞", ">"),
    ("+", "+"),
    ("＋", "+"),
    ("-", "-"),
    ("－", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("÷", "/"),
    ("(", "("),
    ("（", "("),
    (")", ")"),
    ("）", ")"),
    ("[", "["),
    ("【", "["),
    ("]", "]"),
    ("】", "]"),
    (",", ","),
    ("，", ","),
    (":", ":"),
    ("：", ":"),
    (".", "."),
];

struct Reader<'s> {
    rest: std::iter::Peekable<std::str::Chars<'s>>,
    at: u32,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.at += u32::from(next.is_some());
        next
    }
    fn take_while(&mut self, into: &mut String, fits: impl Fn(char) -> bool) {
        while let Some(letter) = self.peek().filter(|letter| fits(*letter)) {
            into.push(letter);
            self.next();
        }
    }
}

/// All tokens, the last one `End`.
pub(super) fn tokens(source: &str) -> Result<Vec<Placed>, Box<Diagnostic>> {
    if source.chars().nth(MAX_SOURCE_CHARS).is_some() {
        let message = Text::new(
            format!("表达式太长：最多 {MAX_SOURCE_CHARS} 个字符"),
            format!("the expression is too long: at most {MAX_SOURCE_CHARS} characters"),
        );
        return Err(Box::new(Diagnostic::error("expr_too_long", "", message)));
    }
    let mut reader = Reader { rest: source.chars().peekable(), at: 1 };
    let mut found = Vec::new();
    loop {
        while reader.peek().is_some_and(char::is_whitespace) {
            reader.next();
        }
        let at = reader.at;
        let Some(first) = reader.peek() else {
            found.push(Placed { token: Token::End, at });
            return Ok(found);
        };
        let token = match first {
            '0'..='9' => number(&mut reader)?,
            '"' | '\'' | '“' | '”' => text(&mut reader)?,
            letter if starts_name(letter) => name(&mut reader),
            _ => sign(&mut reader)?,
        };
        found.push(Placed { token, at });
    }
}

pub(super) fn starts_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

fn name(reader: &mut Reader<'_>) -> Token {
    let mut name = String::new();
    reader.take_while(&mut name, |letter| letter.is_alphanumeric() || letter == '_');
    word(&name).unwrap_or(Token::Name(name))
}

fn number(reader: &mut Reader<'_>) -> Result<Token, Box<Diagnostic>> {
    let at = reader.at;
    let mut digits = String::new();
    reader.take_while(&mut digits, |letter| letter.is_ascii_digit());
    let mut ahead = reader.rest.clone();
    if ahead.next() == Some('.') && ahead.next().is_some_and(|letter| letter.is_ascii_digit()) {
        reader.next();
        digits.push('.');
        reader.take_while(&mut digits, |letter| letter.is_ascii_digit());
    }
    match Decimal::from_str_exact(&digits) {
        Ok(number) => Ok(Token::Number(number.normalize())),
        Err(_) => Err(Box::new(diagnostic(
            "bad_number",
            at,
            Text::new(format!("“{digits}”超出 28 位数字"), format!("`{digits}` has more than 28 digits")),
        ))),
    }
}

fn text(reader: &mut Reader<'_>) -> Result<Token, Box<Diagnostic>> {
    let at = reader.at;
    let opening = reader.next();
    let closes = |letter: char| match opening {
        Some('“' | '”') => matches!(letter, '“' | '”'),
        _ => Some(letter) == opening,
    };
    let mut content = String::new();
    while let Some(letter) = reader.next() {
        if closes(letter) {
            return Ok(Token::Text(content));
        }
        if letter != '\\' {
            content.push(letter);
            continue;
        }
        let escaped_at = reader.at;
        content.push(match reader.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(same @ ('\\' | '"' | '\'' | '“' | '”')) => same,
            _ => {
                let message =
                    Text::new("“\\”后面只能是 n、r、t、引号或“\\”", "after `\\` comes n, r, t, a quote or `\\`");
                return Err(Box::new(diagnostic("bad_escape", escaped_at, message)));
            }
        });
    }
    Err(Box::new(diagnostic("open_text", at, Text::new("引号没有闭合", "the quoted text does not end"))))
}

fn sign(reader: &mut Reader<'_>) -> Result<Token, Box<Diagnostic>> {
    for (written, meant) in SIGNS {
        let mut ahead = reader.rest.clone();
        if written.chars().all(|letter| ahead.next() == Some(letter)) {
            for _ in written.chars() {
                reader.next();
            }
            return Ok(Token::Sign(meant));
        }
    }
    let (at, letter) = (reader.at, reader.next().unwrap_or(' '));
    let message = Text::new(format!("不认识的符号“{letter}”"), format!("`{letter}` is not part of the language"));
    let help = match letter {
        '&' => Some(Text::new(
            "“并且”写作 and（且），连接文本写作 concat(a, b)",
            "write `and`, or `concat(a, b)` for texts",
        )),
        '|' => Some(Text::new("“或者”写作 or（或）", "write `or`")),
        '!' => Some(Text::new("“非”写作 not（非），“不等于”写作 <>", "write `not`, or `<>` for unequal")),
        '%' => Some(Text::new("百分比写作小数，例如 0.1；取余写作 mod(a, b)", "write 0.1 for 10%, or `mod(a, b)`")),
        _ => None,
    };
    let found = diagnostic("unknown_sign", at, message);
    Err(Box::new(match help {
        Some(help) => found.with_help(help),
        None => found,
    }))
}
