//! The texts of the release in force, which rules send them, and what may stand in their places.

use domain::{Permission, Text};
use engine::expr::Schema;
use engine::facts::Fact;
use engine::rule::Action;
use engine::template::{Message, Template};

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;

/// A text and who sends it.
#[derive(Clone, Debug)]
pub struct Used {
    /// The text.
    pub message: Message,
    /// The rules that send it: name, means, whether to the customer, whether switched on.
    pub rules: Vec<(Text, String, bool, bool)>,
}

/// A name that may stand in a place, and what it says.
pub type Name = (String, Text);

/// All texts and all names.
///
/// # Errors
/// `Forbidden`; `Conflict` before a template was applied.
pub fn list(actor: &Actor, definitions: &Definitions) -> Result<(Vec<Used>, Vec<Name>), Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    let template = definitions.current()?.template.template();
    let used =
        template.messages.iter().map(|message| Used { message: message.clone(), rules: rules(template, &message.id) });
    Ok((used.collect(), names(template)))
}

fn rules(template: &Template, id: &str) -> Vec<(Text, String, bool, bool)> {
    let mut found = Vec::new();
    for rule in &template.rules {
        for action in &rule.then {
            if let Action::Message(sent) = action
                && sent.message == id
            {
                let customer = sent.to == engine::rule::Recipient::Customer;
                found.push((rule.title.clone(), sent.channel.as_str().to_owned(), customer, rule.enabled));
            }
        }
    }
    found
}

/// What may stand in a place: facts with their help, fields of the case's form with their titles.
fn names(template: &Template) -> Vec<Name> {
    let facts = Fact::ALL.iter().map(|fact| (fact.as_str().to_owned(), fact.help()));
    let form = template.forms.iter().find(|form| form.id == template.case.form);
    let fields = form.into_iter().flat_map(|form| &form.fields);
    facts.chain(fields.map(|field| (format!("form.{}", field.id), field.title.clone()))).collect()
}

/// The names with their types.
pub(super) fn schema(template: &Template) -> Schema {
    let form = template.forms.iter().find(|form| form.id == template.case.form);
    engine::facts::schema(form.map(engine::form::answers_schema).as_ref())
}
