//! A template made ready to run: every id found in constant time, nothing parsed or copied on the way.

use std::collections::HashMap;

use domain::{Diagnostic, EventKind, Permission};

use super::document::{Checklist, Grade, Message, Print, Reason, Role, Template};
use crate::flow::CompiledFlow;
use crate::form::Form;
use crate::policy::Policy;
use crate::report::Board;
use crate::rule::Rule;

/// A template ready to run. Shared behind an `Arc`, one a release.
#[derive(Clone, Debug)]
pub struct Compiled {
    template: Template,
    hash: String,
    flows: HashMap<String, CompiledFlow>,
    places: Places,
    rules_by_event: HashMap<EventKind, Vec<usize>>,
    permissions: HashMap<String, u64>,
    reasons: HashMap<String, (usize, Option<usize>)>,
    checklists: HashMap<String, usize>,
    fallback_checklist: Option<usize>,
}

/// Id → place in the template's lists.
#[derive(Clone, Debug, Default)]
struct Places {
    roles: HashMap<String, usize>,
    forms: HashMap<String, usize>,
    policies: HashMap<String, usize>,
    rules: HashMap<String, usize>,
    boards: HashMap<String, usize>,
    messages: HashMap<String, usize>,
    prints: HashMap<String, usize>,
    grades: HashMap<String, usize>,
}

/// Makes a template ready to run. `check` belongs before publishing; it is not repeated here, so that a check that grew
/// stricter since never strands the cases of an older release.
///
/// # Errors
/// Flows that cannot be folded.
pub fn compile(template: &Template) -> Result<Compiled, Vec<Diagnostic>> {
    let mut flows = HashMap::new();
    for flow in &template.flows {
        flows.insert(flow.id.clone(), CompiledFlow::new(flow.clone())?);
    }
    let mut rules_by_event: HashMap<EventKind, Vec<usize>> = HashMap::new();
    for (place, rule) in template.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
        rules_by_event.entry(rule.on).or_default().push(place);
    }
    let mut reasons = HashMap::new();
    for (place, reason) in template.reasons.iter().enumerate() {
        reasons.insert(reason.id.clone(), (place, None));
        for (child, leaf) in reason.children.iter().enumerate() {
            reasons.insert(leaf.id.clone(), (place, Some(child)));
        }
    }
    let mut checklists = HashMap::new();
    for (place, list) in template.checklists.iter().enumerate() {
        checklists.extend(list.categories.iter().map(|category| (category.clone(), place)));
    }
    let masks = template.roles.iter().map(|role| (role.id.clone(), bits(&role.permissions)));
    Ok(Compiled {
        hash: template.hash(),
        flows,
        places: Places::of(template),
        rules_by_event,
        permissions: masks.collect(),
        reasons,
        checklists,
        fallback_checklist: template.checklists.iter().position(|list| list.categories.is_empty()),
        template: template.clone(),
    })
}

fn bits(permissions: &[Permission]) -> u64 {
    permissions.iter().fold(0, |bits, permission| bits | bit(*permission))
}

const fn bit(permission: Permission) -> u64 {
    // INVARIANT: fewer than 64 permissions; a test counts them.
    1 << (permission as u32 % 64)
}

impl Places {
    fn of(template: &Template) -> Self {
        fn places<'t>(ids: impl Iterator<Item = &'t String>) -> HashMap<String, usize> {
            ids.enumerate().map(|(place, id)| (id.clone(), place)).collect()
        }
        Self {
            roles: places(template.roles.iter().map(|role| &role.id)),
            forms: places(template.forms.iter().map(|form| &form.id)),
            policies: places(template.policies.iter().map(|policy| &policy.id)),
            rules: places(template.rules.iter().map(|rule| &rule.id)),
            boards: places(template.boards.iter().map(|board| &board.id)),
            messages: places(template.messages.iter().map(|message| &message.id)),
            prints: places(template.prints.iter().map(|print| &print.id)),
            grades: places(template.grades.iter().map(|grade| &grade.id)),
        }
    }
}

impl Compiled {
    /// The documents.
    #[must_use]
    pub const fn template(&self) -> &Template {
        &self.template
    }
    /// The content hash of the whole.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }
    /// A role.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.template.roles.get(*self.places.roles.get(id)?)
    }
    /// Whether a role has a permission; an unknown role has none.
    #[must_use]
    pub fn role_allows(&self, role: &str, permission: Permission) -> bool {
        self.permissions.get(role).is_some_and(|bits| bits & bit(permission) != 0)
    }
    /// The role of the first person; there in every template that passed `check`.
    #[must_use]
    pub fn bootstrap_role(&self) -> Option<&Role> {
        self.template.roles.iter().find(|role| role.bootstrap)
    }
    /// A form.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.template.forms.get(*self.places.forms.get(id)?)
    }
    /// A flow, ready to run.
    #[must_use]
    pub fn flow(&self, id: &str) -> Option<&CompiledFlow> {
        self.flows.get(id)
    }
    /// A policy.
    #[must_use]
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.template.policies.get(*self.places.policies.get(id)?)
    }
    /// The form a case is filed with.
    #[must_use]
    pub fn case_form(&self) -> Option<&Form> {
        self.form(&self.template.case.form)
    }
    /// The flow a case runs through.
    #[must_use]
    pub fn case_flow(&self) -> Option<&CompiledFlow> {
        self.flow(&self.template.case.flow)
    }
    /// The policy a case is judged by.
    #[must_use]
    pub fn case_policy(&self) -> Option<&Policy> {
        self.policy(&self.template.case.policy)
    }
    /// A rule.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.template.rules.get(*self.places.rules.get(id)?)
    }
    /// The enabled rules that listen to an event, in document order.
    pub fn rules_on(&self, event: EventKind) -> impl Iterator<Item = &Rule> {
        let places = self.rules_by_event.get(&event).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|place| self.template.rules.get(*place))
    }
    /// A board.
    #[must_use]
    pub fn board(&self, id: &str) -> Option<&Board> {
        self.template.boards.get(*self.places.boards.get(id)?)
    }
    /// A message template.
    #[must_use]
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.template.messages.get(*self.places.messages.get(id)?)
    }
    /// A print template.
    #[must_use]
    pub fn print(&self, id: &str) -> Option<&Print> {
        self.template.prints.get(*self.places.prints.get(id)?)
    }
    /// A grade.
    #[must_use]
    pub fn grade(&self, id: &str) -> Option<&Grade> {
        self.template.grades.get(*self.places.grades.get(id)?)
    }
    /// A reason of either level.
    #[must_use]
    pub fn reason(&self, id: &str) -> Option<&Reason> {
        let (place, child) = self.reasons.get(id)?;
        let top = self.template.reasons.get(*place)?;
        child.map_or(Some(top), |child| top.children.get(child))
    }
    /// The reason above a second-level one.
    #[must_use]
    pub fn reason_group(&self, id: &str) -> Option<&Reason> {
        let (place, child) = self.reasons.get(id)?;
        child.and(self.template.reasons.get(*place))
    }
    /// The checklist for a category: its own, or the one for the rest.
    #[must_use]
    pub fn checklist(&self, category: &str) -> Option<&Checklist> {
        let place = self.checklists.get(category).copied().or(self.fallback_checklist)?;
        self.template.checklists.get(place)
    }
    /// The node ids of the case's flow, in document order: the stages of lists and boards.
    #[must_use]
    pub fn stages(&self) -> Vec<String> {
        self.case_flow().map(|flow| flow.leaf_ids().map(str::to_owned).collect()).unwrap_or_default()
    }
}
