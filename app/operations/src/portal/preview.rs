//! The judgement before a customer files, in words for them.

use domain::state::Verdict;
use domain::{Lang, LineKind, LocalDate};
use engine::form::Answers;

use super::order::{Proof, prove};
use super::reason::{Said, said};
use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;
use crate::rma::preview;

/// A line's judgement for its customer.
#[derive(Clone, Debug)]
pub struct JudgedForCustomer {
    /// The article's name.
    pub goods: String,
    /// What is asked for.
    pub kind: LineKind,
    /// How many.
    pub quantity: i64,
    /// The answer.
    pub verdict: Verdict,
    /// Last day of the window.
    pub deadline: Option<LocalDate>,
    /// Why.
    pub said: Said,
}

/// Judges without writing.
///
/// # Errors
/// As filing by the customer.
pub fn preview_for_customer(
    app: &App,
    lang: Lang,
    proof: &Proof,
    answers: &Answers,
) -> Result<(Verdict, Vec<JudgedForCustomer>), Error> {
    let definitions = app.definitions();
    let order = app.read(|conn| prove(conn, &definitions.masters, proof))?;
    let command = super::file::command_for(app, proof, answers)?;
    let (verdict, lines) = preview::preview(app, &Actor::buyer(order.id, lang), &command)?;
    let release = match order.release_id {
        Some(id) => app.read(|conn| definitions.release(conn, id))?,
        None => std::sync::Arc::clone(definitions.current()?),
    };
    let policy = release.template.case_policy().ok_or(Error::NotFound("policy"))?;
    let lines = lines.into_iter().map(|line| JudgedForCustomer {
        goods: line.goods,
        kind: line.kind,
        quantity: line.quantity,
        verdict: line.judgement.verdict,
        deadline: line.judgement.deadline,
        said: said(policy, &line.judgement),
    });
    Ok((verdict, lines.collect()))
}
