//! Records of the merchant's own forms: kept in tables that applying a template made, checked by the form's own rules.

use std::sync::Arc;

use domain::{EventKind, Permission, RecordId, Timestamp};
use engine::form::{Answers, Audience, Context, Form};
use store::extension::OwnTable;

use crate::actor::{Actor, ActorKind};
use crate::context::Ctx;
use crate::definitions::{Definitions, Release, own_forms};
use crate::error::Error;
use crate::event::Event;

pub mod change;
pub mod create;
pub mod export;
pub mod read;

pub use store::extension::RecordRow;

/// Whose offset a record's day is reckoned with: the first shop's, else none.
fn offset_minutes(definitions: &Definitions, now: Timestamp) -> i32 {
    let first = definitions.masters.shops().first().map(|shop| shop.id);
    first.map_or(0, |shop| definitions.masters.offset_minutes(shop, now))
}

/// The form and its table, for staff who may keep records.
fn own<'r>(release: &'r Arc<Release>, actor: &Actor, form: &str) -> Result<(&'r Form, &'r OwnTable), Error> {
    if matches!(actor.kind, ActorKind::Customer(_)) {
        return Err(Error::NotFound("form"));
    }
    // Records have no shop: the right is enough wherever it is held.
    if !actor.may_somewhere(Permission::RecordEdit) {
        return Err(Error::Forbidden(Permission::RecordEdit));
    }
    let found = own_forms(&release.template).find(|own| own.id == form).ok_or(Error::NotFound("form"))?;
    let table = release.own_tables.get(form).ok_or(Error::NotFound("form"))?;
    Ok((found, table))
}

/// What a form is filled in with besides answers, at the desk.
fn surroundings(definitions: &Definitions, release: &Release, now: Timestamp) -> Context {
    let currency = release.template.template().settings.base_currency;
    Context::new(Audience::Desk, now, offset_minutes(definitions, now), currency)
}

/// The answers as the form accepts them now; `prior` are those of before, which fixed fields keep.
fn accepted(
    ctx: &Ctx<'_>,
    release: &Release,
    form: &Form,
    answers: &Answers,
    prior: Answers,
) -> Result<Answers, Error> {
    let context = Context { prior, ..surroundings(ctx.definitions, release, ctx.now) };
    engine::form::submit(form, answers, &context).map_err(Error::form)
}

fn record(ctx: &mut Ctx<'_>, kind: EventKind, form: &str, id: RecordId) {
    ctx.record(Event::new(kind).about("record", id.get()).with(serde_json::json!({ "form": form })));
    ctx.topic(format!("records:{form}"));
}
