//! Filing by the customer, and opening one of an order's cases anew: each gives a link.

use domain::RmaId;
use domain::state::Verdict;
use engine::form::Answers;
use serde::{Deserialize, Serialize};
use store::{Conn, Tx};

use super::link::{Link, make};
use super::order::{Proof, no_such_order, prove};
use crate::app::App;
use crate::context::Ctx;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::rma::file::{FileRma, file};

/// What was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledByCustomer {
    /// Its number.
    pub number: String,
    /// The policy's answer.
    pub verdict: Verdict,
    /// The link to it.
    pub link: Link,
}

/// The staff's verb with a customer's proof.
///
/// # Errors
/// As `order::prove`.
pub fn command_for(app: &App, proof: &Proof, answers: &Answers) -> Result<FileRma, Error> {
    let definitions = app.definitions();
    app.read(|conn| command(conn, &definitions, proof, answers))
}

fn command(conn: &Conn, definitions: &Definitions, proof: &Proof, answers: &Answers) -> Result<FileRma, Error> {
    let order = prove(conn, &definitions.masters, proof)?;
    Ok(FileRma {
        shop: order.shop_id,
        answers: with_number(definitions, &order.number, answers)?,
        override_reason: None,
        proven: Some(order.id),
    })
}

// The order is the one that was proven, whatever the answers say.
fn with_number(definitions: &Definitions, number: &str, answers: &Answers) -> Result<Answers, Error> {
    let release = definitions.current()?;
    let form = release.template.case_form().ok_or(Error::NotFound("form"))?;
    let mut answers = answers.clone();
    let order = form.fields.iter().find(|field| field.kind == engine::form::FieldType::Order);
    if let Some(field) = order {
        answers.insert(field.id.clone(), engine::value::Value::text(number));
    }
    Ok(answers)
}

/// Files and gives a link. `token` is made before the command, so that a command that runs again gives the same.
///
/// # Errors
/// As `rma::file`.
pub fn file_by_customer(
    tx: &Tx<'_>,
    ctx: &mut Ctx<'_>,
    proof: &Proof,
    answers: &Answers,
    token: &str,
) -> Result<FiledByCustomer, Error> {
    let command = command(tx, ctx.definitions, proof, answers)?;
    let filed = file(tx, ctx, &command)?;
    let link = make(tx, ctx, filed.rma, token)?;
    Ok(FiledByCustomer { number: filed.number, verdict: filed.verdict, link })
}

/// A new link to a case of a proven order.
///
/// # Errors
/// `Invalid` (`no_such_order`) for a case of another order.
pub fn relink(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cases: &[RmaId], number: &str, token: &str) -> Result<Link, Error> {
    let id = store::rma::by_number(tx, number.trim())?.filter(|id| cases.contains(id)).ok_or_else(no_such_order)?;
    make(tx, ctx, id, token)
}
