//! Writing a record anew.

use domain::{EventKind, RecordId};
use engine::form::{Answers, Audience, Form};
use engine::value::Value;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::{accepted, own, record};
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// A record as it is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// The form's id.
    pub form: String,
    /// The record.
    pub record: RecordId,
    /// The version that was read.
    pub version: i64,
    /// All its answers by field id.
    pub answers: Answers,
}

/// Changes a record.
///
/// # Errors
/// `NotFound`, `Forbidden`, `Invalid`; `Conflict` when somebody was faster.
pub fn change(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &ChangeRecord) -> Result<RecordId, Error> {
    let release = std::sync::Arc::clone(ctx.definitions.current()?);
    let (form, table) = own(&release, ctx.actor, &cmd.form)?;
    let before = table.find(tx, cmd.record)?.ok_or(Error::NotFound("record"))?;
    let prior = before.values.into_iter().collect();
    let answers = accepted(ctx, &release, form, &whole(form, &cmd.answers), prior)?;
    if !table.update(tx, cmd.record, cmd.version, |field| answers.get(field))? {
        let refusal = Refusal::new("changed_meanwhile", "已被他人修改", "somebody else changed it meanwhile")
            .help("请刷新后重试", "reload and try again");
        return Err(Error::conflict(refusal));
    }
    record(ctx, EventKind::RecordChanged, &cmd.form, cmd.record);
    Ok(cmd.record)
}

/// A record is written whole: a field left out is blank, not what the form would begin with.
fn whole(form: &Form, answers: &Answers) -> Answers {
    let own = form.fields.iter().filter(|field| field.audience.reaches(Audience::Desk));
    let mut whole: Answers = own.map(|field| (field.id.clone(), Value::Blank)).collect();
    whole.extend(answers.iter().map(|(field, value)| (field.clone(), value.clone())));
    whole
}
