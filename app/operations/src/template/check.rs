//! Checking a template text: every mistake with its place and a suggestion, nothing written.

use domain::{Diagnostic, Permission};
use engine::template::Template;

use crate::actor::Actor;
use crate::error::Error;

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The template, when it could be read at all.
    pub template: Option<Template>,
    /// Everything that is wrong or worth a look.
    pub problems: Vec<Diagnostic>,
}

/// Reads and checks a template text.
///
/// # Errors
/// `Forbidden`.
pub fn check(actor: &Actor, text: &str) -> Result<Checked, Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    Ok(read(text))
}

pub(crate) fn read(text: &str) -> Checked {
    match engine::template::parse_yaml(text) {
        Ok(parsed) => {
            let problems = parsed.check();
            Checked { template: Some(parsed.template), problems }
        }
        Err(problems) => Checked { template: None, problems },
    }
}
