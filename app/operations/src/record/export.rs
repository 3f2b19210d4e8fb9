//! A form's records as a file: pieces of CSV that follow each other, newest record first, each as long as one page.

use std::sync::Arc;

use domain::{EventKind, Lang, RecordId, Text};
use engine::form::{Audience, Field, FieldType, Form, FormulaResult};
use engine::value::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::extension::RecordRow;
use store::{Conn, Tx};

use super::{offset_minutes, own};
use crate::actor::Actor;
use crate::context::Ctx;
use crate::daily_file::{Cell, Table, to_csv};
use crate::definitions::Definitions;
use crate::error::Error;
use crate::event::Event;
use crate::template::columns::own_columns;

/// Records of one piece.
pub const PIECE_ROWS: u32 = 500;

/// A piece of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// CSV in UTF-8; the first piece begins with a byte order mark and the headings.
    pub bytes: Vec<u8>,
    /// The record below which the next piece begins; none after the last one.
    pub next: Option<RecordId>,
}

/// The piece of the file below `before`.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Internal` when it cannot be written.
pub fn piece(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    form: &str,
    before: Option<RecordId>,
    lang: Lang,
) -> Result<Piece, Error> {
    let (form, table) = own(definitions.current()?, actor, form)?;
    let records = table.page(conn, before, PIECE_ROWS)?;
    let next = records.last().map(|record| record.id).filter(|_| records.len() == PIECE_ROWS as usize);
    let fields = kept(form);
    let row = |record: &RecordRow| row(&fields, record, lang, offset_minutes(definitions, record.created_at));
    let headings = headings(&fields, lang);
    let mut made = Table { title: form.title.clone(), headings, rows: records.iter().map(row).collect() };
    let mut bytes = to_csv(&made, lang)?;
    if before.is_some() {
        // What the first piece began with is what a table without rows comes to.
        made.rows.clear();
        bytes.drain(..to_csv(&made, lang)?.len());
    }
    Ok(Piece { bytes, next })
}

/// A file that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// The form's id.
    pub form: String,
}

/// Records that a form's records were handed out.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn exported(_tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Exported) -> Result<(), Error> {
    let release = Arc::clone(ctx.definitions.current()?);
    own(&release, ctx.actor, &cmd.form)?;
    let payload = json!({ "kind": "records", "form": cmd.form, "format": "csv" });
    ctx.record(Event::new(EventKind::ExportMade).with(payload));
    Ok(())
}

/// The fields that records hold and the desk shows.
fn kept(form: &Form) -> Vec<&Field> {
    let stored = own_columns(form);
    let kept =
        |field: &&Field| field.audience.reaches(Audience::Desk) && stored.iter().any(|column| column.field == field.id);
    form.fields.iter().filter(kept).collect()
}

fn is_money(field: &Field) -> bool {
    field.kind == FieldType::Money || field.result == Some(FormulaResult::Money)
}

/// Titles of the fields; an amount is followed by its currency, since a form may leave that open.
fn headings(fields: &[&Field], lang: Lang) -> Vec<Text> {
    let mut headings = vec![Text::new("记录时间", "Recorded")];
    for field in fields {
        headings.push(field.title.clone());
        if is_money(field) {
            let title = field.title.get(lang);
            headings.push(Text::new(format!("{title}（币种）"), format!("{title} (currency)")));
        }
    }
    headings
}

fn row(fields: &[&Field], record: &RecordRow, lang: Lang, offset_minutes: i32) -> Vec<Cell> {
    let mut row = vec![Cell::Text(Value::DateTime(record.created_at).say(lang, offset_minutes))];
    for field in fields {
        let held = record.values.iter().find(|(id, _)| *id == field.id).map(|(_, value)| value);
        match held {
            Some(Value::Money(amount)) => {
                row.extend([Cell::Money(*amount), Cell::Text(amount.currency.code().to_owned())]);
            }
            _ if is_money(field) => row.extend([Cell::Text(String::new()), Cell::Text(String::new())]),
            Some(value) => row.push(cell(field, value, lang, offset_minutes)),
            None => row.push(Cell::Text(String::new())),
        }
    }
    row
}

fn cell(field: &Field, value: &Value, lang: Lang, offset_minutes: i32) -> Cell {
    let said = titled(field, value, lang).say(lang, offset_minutes);
    match value {
        Value::Number(number) => Cell::Decimal(number.to_string()),
        _ => Cell::Text(said),
    }
}

/// Options by their titles; one that the form has no more stays as it was stored.
fn titled(field: &Field, value: &Value, lang: Lang) -> Value {
    match value {
        Value::Text(id) => {
            let option = field.options.iter().find(|option| option.id == *id);
            option.map_or_else(|| value.clone(), |option| Value::text(option.title.get(lang)))
        }
        Value::List(items) => Value::List(items.iter().map(|item| titled(field, item, lang)).collect()),
        _ => value.clone(),
    }
}
