//! A text as a real case would fill it, in both languages, with what it costs as a text message.

use std::collections::BTreeMap;

use domain::{Diagnostic, Lang, Permission, RmaId, Text};
use engine::facts::{Fact, Facts};
use engine::message::{SmsParts, check, render, sms_parts};
use engine::value::Value;
use store::Conn;
use store::rma::RmaRow;

use super::{Draft, list};
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};
use crate::gate::{self, Sight};
use crate::rma::facts::Stored;

/// A text tried against a case.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// What is wrong with it, each with its place; nothing is filled then.
    pub problems: Vec<Diagnostic>,
    /// The case it was tried against.
    pub case: Option<(RmaId, String)>,
    /// The subject.
    pub subject: Text,
    /// The words.
    pub text: Text,
    /// The parameters of the approved text.
    pub params: BTreeMap<String, Text>,
    /// What the words cost, Chinese and English.
    pub parts: Option<(SmsParts, SmsParts)>,
}

/// Tries a text against a case by its number, or against the newest that the actor may see.
///
/// # Errors
/// `Forbidden`; `Invalid` for a number that no visible case has.
pub fn preview(
    conn: &Conn,
    actor: &Actor,
    definitions: &Definitions,
    now: domain::Timestamp,
    draft: &Draft,
    number: &str,
) -> Result<Preview, Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    let problems = problems(definitions, draft)?;
    if !problems.is_empty() {
        return Ok(Preview { problems, ..Preview::default() });
    }
    let Some(rma) = sample(conn, actor, number)? else {
        // Nothing to fill the places with: the text itself, places and all.
        return Ok(Preview { subject: draft.subject.clone(), text: draft.text.clone(), ..Preview::default() });
    };
    let stored = Stored::read(conn, definitions, &rma)?;
    let facts = |lang| {
        let mut facts = stored.facts(&definitions.masters, actor, now, &rma, lang);
        hide(definitions, actor, &rma, &mut facts);
        facts
    };
    let (zh, en) = (facts(Lang::Zh), facts(Lang::En));
    let filled = |source: &Text| -> Result<Text, engine::expr::EvalError> {
        Ok(Text::new(render(&source.zh, &zh, Lang::Zh)?, render(&source.en, &en, Lang::En)?))
    };
    let failed = |field: &str, error: &engine::expr::EvalError| Diagnostic::error("no_value", field, error.text());
    let mut preview = Preview { case: Some((rma.id, rma.number.clone())), ..Preview::default() };
    for (field, source, into) in
        [("subject", &draft.subject, &mut preview.subject), ("text", &draft.text, &mut preview.text)]
    {
        match filled(source) {
            Ok(text) => *into = text,
            Err(error) => preview.problems.push(failed(field, &error)),
        }
    }
    for (name, source) in draft.sms.iter().flat_map(|sms| &sms.params) {
        match filled(&Text::new(source.clone(), source.clone())) {
            Ok(text) => drop(preview.params.insert(name.clone(), text)),
            Err(error) => preview.problems.push(failed(&format!("sms.params.{name}"), &error)),
        }
    }
    preview.parts = Some((sms_parts(&preview.text.zh), sms_parts(&preview.text.en)));
    Ok(preview)
}

/// Every mistake of a text, with "did you mean" where a name is nearly right.
pub(super) fn problems(definitions: &Definitions, draft: &Draft) -> Result<Vec<Diagnostic>, Error> {
    let schema = list::schema(definitions.current()?.template.template());
    let mut found = Vec::new();
    let mut both = |text: &Text, path: &str| {
        found.extend(check(&text.zh, &schema, &format!("{path}.zh")));
        found.extend(check(&text.en, &schema, &format!("{path}.en")));
    };
    both(&draft.subject, "subject");
    both(&draft.text, "text");
    for (name, source) in draft.sms.iter().flat_map(|sms| &sms.params) {
        found.extend(check(source, &schema, &format!("sms.params.{name}")));
    }
    found.retain(|problem| problem.severity == domain::diagnostic::Severity::Error);
    Ok(found)
}

fn sample(conn: &Conn, actor: &Actor, number: &str) -> Result<Option<RmaRow>, Error> {
    let scope = gate::rows(actor, Permission::RmaView);
    let number = number.trim().to_uppercase();
    if number.is_empty() {
        let newest = store::rma_list::newest(conn, &scope)?;
        return match newest {
            Some(id) => Ok(store::rma::find(conn, id)?),
            None => Ok(None),
        };
    }
    let rma = match store::rma::by_number(conn, &number)? {
        Some(id) => store::rma::find(conn, id)?,
        None => None,
    };
    let rma = rma.filter(|rma| scope.admits(Some(rma.shop_id), rma.warehouse_id));
    rma.map(Some).ok_or_else(|| {
        let refusal = Refusal::new("no_such_case", "没有这个单号", "there is no case of this number");
        Error::invalid(
            refusal.help("核对单号，或留空用最近的一单", "check it, or leave it empty for the newest case").at("case"),
        )
    })
}

// A preview shows no more of a case than its page would.
fn hide(definitions: &Definitions, actor: &Actor, rma: &RmaRow, facts: &mut Facts) {
    let place = (Some(rma.shop_id), rma.warehouse_id);
    let sees = |field| gate::sight(definitions, actor, Permission::RmaView, place, field) == Sight::Whole;
    if !sees("rma.refund") {
        facts.set(Fact::Refund, Value::Blank);
    }
    if !sees("contact.phone") {
        for (id, value) in &mut facts.form {
            if id.contains("phone") {
                *value = Value::from("138****5678");
            }
        }
    }
}
