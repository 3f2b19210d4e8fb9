//! Switching a rule on or off: a new release that differs in this alone.

use domain::Permission;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::apply::{Applied, publish};
use crate::context::{Ctx, Place};
use crate::error::Error;

/// Switches a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchRule {
    /// The rule's id.
    pub rule: String,
    /// On or off.
    pub enabled: bool,
}

/// Switches a rule for new cases and, because a rule acts at once, for running cases on releases that have it.
///
/// # Errors
/// `Forbidden`; `NotFound` for a rule the release in force does not have.
pub fn switch_rule(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SwitchRule) -> Result<Applied, Error> {
    ctx.require(Permission::TemplateManage, Place::default())?;
    let mut template = ctx.definitions.current()?.template.template().clone();
    let rule = template.rules.iter_mut().find(|rule| rule.id == cmd.rule).ok_or(Error::NotFound("rule"))?;
    rule.enabled = cmd.enabled;
    let note = format!("{} {}", cmd.rule, if cmd.enabled { "on" } else { "off" });
    publish(tx, ctx, &template, &note)
}
