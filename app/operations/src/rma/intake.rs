//! What an answered case form says to the core: order, lines, reason, contact, photos.

use std::collections::BTreeMap;

use domain::{AttachmentId, LineKind, OrderLineId, ReasonId};
use engine::form::{Answers, FieldType, Form};
use engine::value::Value;

use crate::error::{Error, Refusal};
use crate::masters::Masters;

/// One line as asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedLine {
    pub(crate) order_line: OrderLineId,
    pub(crate) kind: LineKind,
    pub(crate) quantity: i64,
    pub(crate) reason: Option<ReasonId>,
}

/// The core's part of an answered form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Intake {
    pub(crate) order_number: Option<String>,
    pub(crate) lines: Vec<AskedLine>,
    pub(crate) reason: Option<ReasonId>,
    pub(crate) photos: Vec<AttachmentId>,
    pub(crate) customer_name: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    /// The answers to the form's own fields.
    pub(crate) own: Vec<(String, Value)>,
}

/// Reads the core's part out of answers that the form has accepted.
pub(crate) fn read(masters: &Masters, form: &Form, answers: &Answers) -> Result<Intake, Error> {
    let mut intake = Intake::default();
    let mut rows: &[Value] = &[];
    let mut goods_field = "";
    for field in &form.fields {
        let Some(value) = answers.get(&field.id).filter(|value| **value != Value::Blank) else { continue };
        let text = || value.as_text().map(|text| text.trim().to_owned());
        match field.kind {
            FieldType::Order => intake.order_number = text(),
            FieldType::Reason => intake.reason = reason(masters, value, &field.id)?,
            FieldType::Photos => intake.photos = photos(value, &field.id)?,
            FieldType::Customer => {
                let Value::Record(parts) = value else { continue };
                let part = |name: &str| parts.get(name).and_then(Value::as_text).map(|text| text.trim().to_owned());
                intake.customer_name = part("name");
                intake.phone = intake.phone.or_else(|| part("phone"));
                intake.email = intake.email.or_else(|| part("email"));
            }
            // A phone of its own is the one to call, whatever the customer's says.
            FieldType::Phone => intake.phone = text(),
            FieldType::Email => intake.email = text(),
            FieldType::Goods => {
                rows = value.as_list().unwrap_or_default();
                goods_field = &field.id;
            }
            _ => intake.own.push((field.id.clone(), value.clone())),
        }
    }
    for (index, row) in rows.iter().enumerate() {
        let path = format!("{goods_field}[{index}]");
        intake.lines.push(line(masters, row, intake.reason, &path)?);
    }
    Ok(intake)
}

fn line(masters: &Masters, row: &Value, case_reason: Option<ReasonId>, path: &str) -> Result<AskedLine, Error> {
    let empty = BTreeMap::new();
    let record = if let Value::Record(record) = row { record } else { &empty };
    let text = |name: &str| record.get(name).and_then(Value::as_text);
    let wrong = |name: &str, zh: &str, en: &str| {
        Error::invalid(Refusal::new("line_is_wrong", zh, en).at(format!("{path}.{name}")))
    };
    let order_line = text("line").and_then(|id| id.parse().ok());
    let order_line = order_line.ok_or_else(|| wrong("line", "请选择商品", "choose the goods"))?;
    let kind = text("kind").and_then(LineKind::parse);
    let kind = kind.ok_or_else(|| wrong("kind", "请选择退换类型", "choose what to do with it"))?;
    let quantity = record.get("quantity").and_then(Value::as_integer);
    let quantity = quantity.ok_or_else(|| wrong("quantity", "请填写数量", "give a quantity"))?;
    let reason = match record.get("reason").filter(|value| **value != Value::Blank) {
        Some(value) => reason(masters, value, &format!("{path}.reason"))?,
        None => case_reason,
    };
    Ok(AskedLine { order_line, kind, quantity, reason })
}

fn reason(masters: &Masters, value: &Value, path: &str) -> Result<Option<ReasonId>, Error> {
    let Some(code) = value.as_text() else { return Ok(None) };
    let known = masters.reason_by_code(code).filter(|reason| reason.active);
    match known {
        Some(reason) => Ok(Some(reason.id)),
        None => {
            let refusal = Refusal::new("no_such_reason", "该原因已不可选", "this reason can no longer be chosen");
            Err(Error::invalid(refusal.at(path)))
        }
    }
}

fn photos(value: &Value, path: &str) -> Result<Vec<AttachmentId>, Error> {
    let files = value.as_list().unwrap_or_default();
    let ids = files.iter().map(|file| file.as_text().and_then(|id| id.parse().ok()));
    let ids: Option<Vec<AttachmentId>> = ids.collect();
    ids.ok_or_else(|| {
        Error::invalid(Refusal::new("no_such_file", "照片不存在，请重新上传", "upload the photo again").at(path))
    })
}
