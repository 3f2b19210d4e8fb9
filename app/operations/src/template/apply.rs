//! Putting a template in force: a new release, the columns and reference rows it brings. Running cases keep theirs.

use std::sync::Arc;

use domain::{EventKind, Permission, ReleaseId};
use engine::template::{Compiled, Reason, Role, Template};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::release::ReleaseRow;

use super::{columns, documents};
use crate::context::{Ctx, Place};
use crate::definitions::Release;
use crate::error::{Error, FieldProblem, Refusal};
use crate::event::Event;
use crate::person;

/// Puts a template in force.
#[derive(Clone, Debug)]
pub struct Apply {
    /// The text.
    pub text: String,
    /// What the person wrote about it.
    pub note: String,
}

/// What was put in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The release that new cases start on.
    pub release: ReleaseId,
    /// False when the text is what was in force already.
    pub changed: bool,
}

/// Puts a template in force for new cases.
///
/// # Errors
/// `Forbidden`; `Invalid` with every blocking problem as a field.
pub fn apply(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Apply) -> Result<Applied, Error> {
    ctx.require(Permission::TemplateManage, Place::default())?;
    let checked = super::check::read(&cmd.text);
    let template = match checked.template {
        Some(template) if !domain::diagnostic::blocks(&checked.problems) => template,
        _ => return Err(refuse(&checked.problems)),
    };
    publish(tx, ctx, &template, &cmd.note)
}

/// Puts a checked template in force.
pub(crate) fn publish(tx: &Tx<'_>, ctx: &mut Ctx<'_>, template: &Template, note: &str) -> Result<Applied, Error> {
    let compiled = engine::template::compile(template).map_err(|problems| refuse(&problems))?;
    if let Ok(current) = ctx.definitions.current()
        && current.template.hash() == compiled.hash()
    {
        return Ok(Applied { release: current.id, changed: false });
    }
    require_newest(tx, ctx)?;
    require_some_manager(tx, ctx, template)?;
    let id = ReleaseId::from_raw(ctx.id());
    let row = ReleaseRow {
        id,
        template: template.id.clone(),
        hash: compiled.hash().to_owned(),
        applied_at: ctx.now,
        applied_by: ctx.actor.person(),
        note: note.trim().to_owned(),
    };
    let parts = documents::split(template)?;
    store::release::publish(tx, &row, &parts, || ctx.id())?;
    publish_columns(tx, ctx, &compiled)?;
    put_reasons(tx, ctx, &template.reasons, None)?;
    for (position, grade) in template.grades.iter().enumerate() {
        store::template_rows::put_grade(tx, ctx.id(), position as i64, grade)?;
    }
    for (position, answer) in template.canned_answers.iter().enumerate() {
        store::template_rows::put_canned_answer(tx, ctx.id(), position as i64, answer)?;
    }
    ctx.record(
        Event::new(EventKind::TemplateApplied)
            .about("release", id.get())
            .with(json!({ "template": template.id, "hash": compiled.hash() })),
    );
    let release = Release::new(tx, id, compiled)?;
    ctx.changed.release = Some(Arc::new(release));
    ctx.masters_changed();
    Ok(Applied { release: id, changed: true })
}

/// Of two that publish at once, the second would take back what it has not seen.
fn require_newest(tx: &Tx<'_>, ctx: &Ctx<'_>) -> Result<(), Error> {
    let known = ctx.definitions.current().ok().map(|release| release.id);
    if store::release::current(tx)? == known {
        return Ok(());
    }
    let refusal =
        Refusal::new("changed_meanwhile", "已有人更新了模板", "somebody else has changed the template meanwhile");
    Err(Error::conflict(refusal.help("请刷新后重试", "reload and try again")))
}

/// A template must not lock out whoever manages persons. Before the first person there is nobody to lock out.
fn require_some_manager(tx: &Tx<'_>, ctx: &Ctx<'_>, template: &Template) -> Result<(), Error> {
    let of = |roles: &[Role]| {
        let managing = roles.iter().filter(|role| role.permissions.contains(&Permission::PersonManage));
        managing.map(|role| role.id.clone()).collect::<Vec<_>>()
    };
    let before = ctx.definitions.current().map(|release| of(&release.template.template().roles)).unwrap_or_default();
    if person::held_everywhere(tx, &of(&template.roles))? || !person::held_everywhere(tx, &before)? {
        return Ok(());
    }
    Err(person::last_manager())
}

fn publish_columns(tx: &Tx<'_>, ctx: &Ctx<'_>, compiled: &Compiled) -> Result<(), Error> {
    let case = &compiled.template().case.form;
    for form in &compiled.template().forms {
        if form.id == *case {
            let columns = columns::case_columns(compiled);
            store::extension::publish(tx, crate::rma::CASE_ENTITY, Some("rma"), &columns, ctx.now)?;
        } else {
            store::extension::publish(tx, &form.id, None, &columns::own_columns(form), ctx.now)?;
        }
    }
    Ok(())
}

fn put_reasons(tx: &Tx<'_>, ctx: &Ctx<'_>, reasons: &[Reason], parent: Option<i64>) -> Result<(), Error> {
    for (position, reason) in reasons.iter().enumerate() {
        let id = store::template_rows::put_reason(tx, ctx.id(), parent, position as i64, reason)?;
        put_reasons(tx, ctx, &reason.children, Some(id))?;
    }
    Ok(())
}

pub(super) fn refuse(problems: &[domain::Diagnostic]) -> Error {
    let count = problems.len();
    let mut refusal = Refusal::new(
        "template_has_mistakes",
        format!("模板有 {count} 处需要修正"),
        format!("the template has {count} mistakes"),
    );
    refusal.fields = problems
        .iter()
        .map(|problem| FieldProblem {
            field: problem.path.clone(),
            code: problem.code.clone(),
            message: problem.message.clone(),
        })
        .collect();
    Error::invalid(refusal)
}
