//! A case's answers to the fields that the form added: one row beside the case.

use engine::value::Value;
use store::rma::RmaRow;
use store::{Conn, Tx};

use crate::definitions::Release;
use crate::error::Error;

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

/// Writes one answer; a rule or a later correction.
pub(crate) fn set_answer(tx: &Tx<'_>, rma: &RmaRow, field: &str, value: &Value) -> Result<(), Error> {
    let published = store::extension::published(tx, CASE_ENTITY)?;
    let column = published.into_iter().map(|(column, _)| column).find(|column| column.field == field);
    let column = column.ok_or_else(|| Error::internal(format!("the case form has no field `{field}`")))?;
    let shape = store::extension::Shape::load(tx, CASE_ENTITY, &[column])?;
    match shape {
        Some(shape) => Ok(shape.write(tx, rma.id.get(), |_| Some(value))?),
        None => Ok(()),
    }
}
