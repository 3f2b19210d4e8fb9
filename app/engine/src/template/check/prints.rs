//! Print templates: what their places may read.

use super::Checker;
use crate::expr::{Schema, Type};
use crate::facts;
use crate::message;
use crate::template::document::{PrintBlock, PrintSubject};

/// Names of the whole sheet; `line.` names in tables come on top.
const RECIPIENT: &[&str] = &["recipient_name", "recipient_phone", "recipient_address"];
const OUTBOUND: &[&str] =
    &["outbound_number", "outbound_kind", "carrier", "waybill", "sender_name", "sender_phone", "sender_address"];
const GOODS: &[&str] = &["sku", "goods_title", "goods_category", "grade", "bucket", "lot", "serial", "barcode"];
const LINE: &[(&str, Type)] = &[
    ("line.sku", Type::Text),
    ("line.title", Type::Text),
    ("line.barcode", Type::Text),
    ("line.kind", Type::Text),
    ("line.reason", Type::Text),
    ("line.quantity", Type::Number),
];

/// The names that a print of this subject offers, the case's facts included. `rows`: inside a table.
#[must_use]
pub fn print_names(subject: PrintSubject, rows: bool) -> Schema {
    let mut schema = facts::schema(None);
    let own: &[&[&str]] = match subject {
        PrintSubject::Case => &[RECIPIENT],
        PrintSubject::Outbound => &[RECIPIENT, OUTBOUND],
        PrintSubject::Goods => &[GOODS],
    };
    for name in own.iter().copied().flatten() {
        schema.insert(*name, Type::Text);
    }
    if subject == PrintSubject::Goods {
        schema.insert("goods_quantity", Type::Number);
    }
    for (name, found) in LINE.iter().filter(|_| rows) {
        schema.insert(*name, found.clone());
    }
    schema
}

pub(super) fn check(checker: &mut Checker) {
    let template = checker.template;
    for (number, print) in template.prints.iter().enumerate() {
        let (sheet, row) = (print_names(print.of, false), print_names(print.of, true));
        if print.blocks.is_empty() {
            checker.error(
                "empty_print",
                format!("prints[{number}].blocks"),
                ("打印模板没有内容", "the print shows nothing"),
                ("至少添加一个块", "add at least one block"),
            );
        }
        for (place, block) in print.blocks.iter().enumerate() {
            let path = format!("prints[{number}].blocks[{place}]");
            let mut places = |source: &str, schema: &Schema, path: String| {
                checker.problems.extend(message::check(source, schema, &path));
            };
            match block {
                PrintBlock::Heading(text) => {
                    places(&text.zh, &sheet, format!("{path}.heading.zh"));
                    places(&text.en, &sheet, format!("{path}.heading.en"));
                }
                PrintBlock::Text(text) => {
                    places(&text.zh, &sheet, format!("{path}.text.zh"));
                    places(&text.en, &sheet, format!("{path}.text.en"));
                }
                PrintBlock::Fields(fields) => {
                    for (number, field) in fields.iter().enumerate() {
                        places(&field.value, &sheet, format!("{path}.fields[{number}].value"));
                    }
                }
                PrintBlock::Table(columns) => {
                    for (number, column) in columns.iter().enumerate() {
                        places(&column.value, &row, format!("{path}.table[{number}].value"));
                    }
                }
                PrintBlock::Barcode(value) => places(value, &sheet, format!("{path}.barcode")),
                PrintBlock::Rule => {}
            }
        }
    }
}
