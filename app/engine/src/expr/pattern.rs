//! Patterns that a whole text must match; compiled once.

use std::fmt;

use domain::Text;
use regex_lite::{Regex, RegexBuilder};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longest pattern, in characters.
pub const MAX_PATTERN_CHARS: usize = 500;
/// Largest compiled pattern, in bytes.
const MAX_COMPILED_BYTES: usize = 1 << 20;
/// Deepest nesting of groups.
const MAX_GROUP_DEPTH: u32 = 20;

/// A pattern (regular expression without look-around) that matches a text from its first to its last character.
/// One that cannot be compiled matches nothing, and says why.
#[derive(Clone)]
pub struct Pattern {
    source: String,
    compiled: Result<Regex, PatternError>,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// More than `MAX_PATTERN_CHARS`.
    #[error("the pattern is longer than {MAX_PATTERN_CHARS} characters")]
    TooLong,
    /// Not a regular expression, or too large a one; with the reason.
    #[error("the pattern is wrong: {0}")]
    Wrong(String),
}

impl PatternError {
    /// For the person who wrote it.
    #[must_use]
    pub fn text(&self) -> Text {
        let zh = match self {
            Self::TooLong => format!("正则表达式最多 {MAX_PATTERN_CHARS} 个字符"),
            Self::Wrong(reason) => format!("正则表达式有误：{reason}"),
        };
        Text::new(zh, self.to_string())
    }
}

impl Pattern {
    /// Compiles a pattern; it can be used at once, and `problem` says whether it is sound.
    #[must_use]
    pub fn new(source: impl Into<String>) -> Self {
        let source = source.into();
        let compiled = compile(&source);
        Self { source, compiled }
    }
    /// As written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }
    /// Why it cannot be used.
    #[must_use]
    pub fn problem(&self) -> Option<&PatternError> {
        self.compiled.as_ref().err()
    }
    /// Whether the whole text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compiled.as_ref().is_ok_and(|regex| regex.is_match(text))
    }
}

fn compile(source: &str) -> Result<Regex, PatternError> {
    if source.chars().nth(MAX_PATTERN_CHARS).is_some() {
        return Err(PatternError::TooLong);
    }
    // The bare source first: `a)(b` is wrong alone, though not between the brackets that anchor it.
    let build = |pattern: &str| {
        let mut builder = RegexBuilder::new(pattern);
        builder.size_limit(MAX_COMPILED_BYTES).nest_limit(MAX_GROUP_DEPTH).build()
    };
    let wrong = |error: regex_lite::Error| PatternError::Wrong(error.to_string());
    build(source).map_err(wrong)?;
    build(&format!("^(?:{source})$")).map_err(wrong)
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
