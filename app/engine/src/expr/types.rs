//! What an expression's names and results are.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Text;

/// The type of a value, known before it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Not known: everything fits.
    Any,
    /// Always blank; fits everywhere.
    Blank,
    /// A text.
    Text,
    /// A text that is one of these codes.
    Choice(Arc<[String]>),
    /// A number.
    Number,
    /// An amount.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    DateTime,
    /// An amount of time.
    Duration,
    /// Several of a type.
    List(Arc<Type>),
    /// Values by field id.
    Record(Arc<Schema>),
}

impl Type {
    /// Several of a type.
    #[must_use]
    pub fn list(item: Self) -> Self {
        Self::List(Arc::new(item))
    }
    /// One of these codes.
    #[must_use]
    pub fn choice<T: Into<String>>(codes: impl IntoIterator<Item = T>) -> Self {
        Self::Choice(codes.into_iter().map(Into::into).collect())
    }
    /// For messages.
    #[must_use]
    pub fn title(&self) -> Text {
        let (zh, en) = match self {
            Self::Any => ("任意值", "any value"),
            Self::Blank => ("空", "blank"),
            Self::Text | Self::Choice(_) => ("文本", "text"),
            Self::Number => ("数字", "a number"),
            Self::Money => ("金额", "money"),
            Self::Bool => ("是/否", "yes or no"),
            Self::Date => ("日期", "a date"),
            Self::DateTime => ("时间", "a time"),
            Self::Duration => ("时长", "a duration"),
            Self::List(_) => ("列表", "a list"),
            Self::Record(_) => ("记录", "a record"),
        };
        Text::new(zh, en)
    }
    /// Without the codes of a choice.
    #[must_use]
    pub fn plain(&self) -> Self {
        if matches!(self, Self::Choice(_)) { Self::Text } else { self.clone() }
    }
    /// The type of an item, when it is a list.
    #[must_use]
    pub fn item(&self) -> Self {
        match self {
            Self::List(item) => item.as_ref().clone(),
            _ => Self::Any,
        }
    }
    /// What both are, if anything; blank is everything.
    #[must_use]
    pub fn join(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (left, right) if left == right => Some(left.clone()),
            (Self::Any, _) | (_, Self::Any) => Some(Self::Any),
            (Self::Blank, known) | (known, Self::Blank) => Some(known.clone()),
            (Self::List(left), Self::List(right)) => left.join(right).map(Self::list),
            (left, right) => (left.plain() == right.plain()).then(|| left.plain()),
        }
    }
    pub(super) fn is_textual(&self) -> bool {
        matches!(self, Self::Text | Self::Choice(_))
    }
    pub(super) fn field(&self, name: &str) -> Option<Self> {
        match self {
            Self::Any => Some(Self::Any),
            Self::Record(schema) => schema.get(name),
            Self::List(item) => item.field(name).map(Self::list),
            _ => None,
        }
    }
}

/// The names an expression may read, with their types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    names: BTreeMap<String, Type>,
}

impl Schema {
    /// No names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
    /// With a further name; the last of equal names counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, found: Type) -> Self {
        self.insert(name, found);
        self
    }
    /// Adds a name; the last of equal names counts.
    pub fn insert(&mut self, name: impl Into<String>, found: Type) {
        self.names.insert(name.into(), found);
    }
    /// Adds all names of another schema.
    pub fn extend(&mut self, other: &Self) {
        self.names.extend(other.names.iter().map(|(name, found)| (name.clone(), found.clone())));
    }
    /// The type of a name; of a dotted one, what its front holds: a column of a list of records is a list.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Type> {
        if let Some(found) = self.names.get(path) {
            return Some(found.clone());
        }
        let mut splits: Vec<(&str, &str)> = Vec::new();
        let mut front = path;
        while let Some((shorter, _)) = front.rsplit_once('.') {
            let back = path.get(shorter.len() + 1..)?;
            splits.push((shorter, back));
            front = shorter;
        }
        splits.into_iter().find_map(|(front, back)| {
            let mut found = self.names.get(front)?.clone();
            for name in back.split('.') {
                found = found.field(name)?;
            }
            Some(found)
        })
    }
    /// All names and types, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Type)> {
        self.names.iter().map(|(name, found)| (name.as_str(), found))
    }
    /// All names that can be written, columns of records included.
    pub(super) fn spelled(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (name, found) in self.iter() {
            all.push(name.to_owned());
            let record = match found {
                Type::List(item) => item.as_ref(),
                other => other,
            };
            if let Type::Record(schema) = record {
                all.extend(schema.names.keys().map(|column| format!("{name}.{column}")));
            }
        }
        all
    }
}
