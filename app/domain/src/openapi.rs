//! Schemas of the nouns for the OpenAPI document. Built into the server only.

use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{Object, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::{Currency, Lang, LocalDate, Timestamp};

type Component = RefOr<Schema>;

fn text() -> ObjectBuilder {
    Object::builder().schema_type(Type::String)
}

/// An id: a string of digits, because JavaScript numbers end at 2^53.
pub(crate) fn id() -> Component {
    text().pattern(Some("^[0-9]{1,19}$")).examples(["1234567890123456789"]).into()
}

/// One of a closed list of words.
pub(crate) fn words(words: &[&str]) -> Component {
    text().enum_values(Some(words.iter().copied())).into()
}

impl PartialSchema for Lang {
    fn schema() -> Component {
        words(&["zh", "en"])
    }
}
impl ToSchema for Lang {}

impl PartialSchema for Currency {
    fn schema() -> Component {
        text().pattern(Some("^[A-Z]{3}$")).examples(["CNY"]).description(Some("ISO 4217 code")).into()
    }
}
impl ToSchema for Currency {}

impl PartialSchema for Timestamp {
    fn schema() -> Component {
        let format = SchemaFormat::KnownFormat(KnownFormat::Int64);
        let object = Object::builder().schema_type(Type::Integer).format(Some(format));
        object.description(Some("UTC milliseconds since 1970-01-01T00:00:00Z")).into()
    }
}
impl ToSchema for Timestamp {}

impl PartialSchema for LocalDate {
    fn schema() -> Component {
        let format = SchemaFormat::KnownFormat(KnownFormat::Date);
        text().format(Some(format)).description(Some("a day in the shop's zone")).into()
    }
}
impl ToSchema for LocalDate {}
