//! Entities: one descriptor for core tables and for an admin's own forms, which lists, gate, search, import, export and
//! the records API share.

mod core;
mod of_form;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::Text;
use serde::{Deserialize, Serialize};

use crate::expr::{Schema, Type};
use crate::form::Choice;

pub use self::core::{CORE_ENTITIES, core_entity};
pub use of_form::of_form;

/// Something that has records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Where its records are.
    pub storage: Storage,
    /// Its fields; those of the core first.
    pub fields: Vec<Field>,
}

/// Where the records of an entity are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// In a table of the core; fields that an admin added are in the 1:1 table beside it.
    Core {
        /// The core's table.
        table: String,
    },
    /// In a table of its own.
    Own,
}

/// A field of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable id; `entity.field` names it in masks.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether every record has it.
    pub required: bool,
    /// Whether it belongs to the core: an admin can neither change nor delete it.
    pub locked: bool,
    /// Whether a role's mask may name it.
    pub maskable: bool,
}

/// What a field of an entity holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// A line of text.
    Text,
    /// Several lines.
    LongText,
    /// A number.
    Number,
    /// An amount.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    Time,
    /// One of these codes.
    Choice(Vec<Choice>),
    /// Several of these codes.
    MultiChoice(Vec<Choice>),
    /// The id of a record of another entity.
    Reference(String),
    /// Ids of files.
    Files,
    /// Name, phone, e-mail.
    Contact,
    /// Rows of their own fields.
    Rows(Vec<Field>),
}

/// What a field is stored as in SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Texts and codes.
    Text,
    /// Numbers.
    Number,
    /// Minor units, with the currency in a second column.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// An instant.
    Time,
    /// Lists and rows, as JSON of values.
    Json,
}

impl ColumnType {
    /// The word kept with a published column.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Money => "money",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Time => "time",
            Self::Json => "json",
        }
    }
}

impl FieldType {
    /// What it is stored as.
    #[must_use]
    pub const fn column_type(&self) -> ColumnType {
        match self {
            Self::Text | Self::LongText | Self::Choice(_) | Self::Reference(_) => ColumnType::Text,
            Self::Number => ColumnType::Number,
            Self::Money => ColumnType::Money,
            Self::Bool => ColumnType::Bool,
            Self::Date => ColumnType::Date,
            Self::Time => ColumnType::Time,
            Self::MultiChoice(_) | Self::Files | Self::Contact | Self::Rows(_) => ColumnType::Json,
        }
    }
    /// The type of its values in expressions.
    #[must_use]
    pub fn value_type(&self) -> Type {
        let codes = |options: &[Choice]| Type::choice(options.iter().map(|option| option.id.as_str()));
        match self {
            Self::Text | Self::LongText | Self::Reference(_) => Type::Text,
            Self::Number => Type::Number,
            Self::Money => Type::Money,
            Self::Bool => Type::Bool,
            Self::Date => Type::Date,
            Self::Time => Type::DateTime,
            Self::Choice(options) => codes(options),
            Self::MultiChoice(options) => Type::list(codes(options)),
            Self::Files => Type::list(Type::Text),
            Self::Contact => {
                let parts = ["name", "phone", "email"].into_iter();
                Type::Record(Arc::new(parts.fold(Schema::new(), |schema, part| schema.with(part, Type::Text))))
            }
            Self::Rows(fields) => Type::list(Type::Record(Arc::new(schema(fields)))),
        }
    }
    /// Whether lists can be ordered by it.
    #[must_use]
    pub const fn sorts(&self) -> bool {
        !matches!(self.column_type(), ColumnType::Json)
    }
}

impl Field {
    /// The name of the column that an admin's field gets: stable, whatever its title becomes.
    #[must_use]
    pub fn column(&self) -> String {
        format!("f_{}", self.id)
    }
}

impl Entity {
    /// A field.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
    /// The table of the fields that an admin made.
    #[must_use]
    pub fn table(&self) -> String {
        match &self.storage {
            Storage::Core { table } => format!("ext_{table}"),
            Storage::Own => format!("rec_{}", self.id),
        }
    }
    /// The types of its fields, for filters.
    #[must_use]
    pub fn schema(&self) -> Schema {
        schema(&self.fields)
    }
}

fn schema(fields: &[Field]) -> Schema {
    fields.iter().fold(Schema::new(), |schema, field| schema.with(field.id.as_str(), field.kind.value_type()))
}
