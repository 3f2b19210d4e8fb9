//! A case's answers to the fields that the form added: one row beside the case.

use engine::value::Value;
use store::rma::RmaRow;
use store::{Conn, Tx};

use crate::definitions::Release;
use crate::error::Error;
use crate::template::columns::case_columns;

/// The entity that the case form's own fields are stored under.
pub(crate) const CASE_ENTITY: &str = "rma";

/// All answers to the form of the case's release; blank fields are left out.
pub(crate) fn all(conn: &Conn, release: &Release, rma: &RmaRow) -> Result<Vec<(String, Value)>, Error> {
    let Some(shape) = release.case_shape.as_ref() else { return Ok(Vec::new()) };
    Ok(shape.read(conn, rma.id.get())?.unwrap_or_default())
}

/// One answer to whatever form asked for it last.
pub(crate) fn one(conn: &Conn, rma: &RmaRow, field: &str) -> Result<Option<Value>, Error> {
    let published = store::extension::published(conn, CASE_ENTITY)?;
    let columns: Vec<_> = published.into_iter().map(|(column, _)| column).collect();
    let Some(shape) = store::extension::Shape::load(conn, CASE_ENTITY, &columns)? else { return Ok(None) };
    let answers = shape.read(conn, rma.id.get())?.unwrap_or_default();
    Ok(answers.into_iter().find(|(id, _)| id == field).map(|(_, value)| value))
}

/// Writes the answers of a new case.
pub(crate) fn write(tx: &Tx<'_>, release: &Release, rma: &RmaRow, answers: &[(String, Value)]) -> Result<(), Error> {
    let Some(shape) = release.case_shape.as_ref() else { return Ok(()) };
    let value = |field: &str| answers.iter().find(|(id, _)| id == field).map(|(_, value)| value);
    Ok(shape.write(tx, rma.id.get(), value)?)
}

/// Writes one answer, as a rule does; `false` when the case's form has no such field or the field cannot hold the value.
pub(crate) fn set_answer(
    tx: &Tx<'_>,
    release: &Release,
    rma: &RmaRow,
    field: &str,
    value: &Value,
) -> Result<bool, Error> {
    let column = case_columns(&release.template).into_iter().find(|column| column.field == field);
    let Some(column) = column.filter(|column| column.kind.takes(value)) else { return Ok(false) };
    match store::extension::Shape::load(tx, CASE_ENTITY, &[column])? {
        Some(shape) => shape.write(tx, rma.id.get(), |_| Some(value)).map(|()| true).map_err(Error::from),
        None => Ok(false),
    }
}
