//! What is wrong with a template: each document by itself, and the names that run between them.

mod canned_answers;
mod documents;
mod ids;
mod lists;
mod prints;
mod roles;
mod settings;
mod texts;

use std::collections::BTreeMap;

use domain::{Diagnostic, Severity, Text};

use super::Template;
use super::document::FORMAT;
use crate::expr::Schema;
use crate::{facts, similar};

pub use prints::print_names;
pub use roles::MASKABLE;

/// Every problem of a template, in document order of its parts. `compile` refuses those of severity error.
#[must_use]
pub fn check(template: &Template) -> Vec<Diagnostic> {
    let mut checker = Checker::new(template);
    if template.format != FORMAT {
        checker.error(
            "format",
            "format",
            (
                &format!("格式 {} 不支持，本版本使用 {FORMAT}", template.format),
                &format!("the format {} is not known, this version reads {FORMAT}", template.format),
            ),
            ("升级程序，或改为当前格式", "upgrade, or write the present format"),
        );
    }
    ids::check(&mut checker);
    texts::check(&mut checker);
    settings::check(&mut checker);
    roles::check(&mut checker);
    lists::check(&mut checker);
    canned_answers::check(&mut checker);
    documents::check(&mut checker);
    prints::check(&mut checker);
    for problem in &mut checker.problems {
        let help = || usual_help(&problem.code);
        problem.help = problem.help.take().or_else(|| Some(help()));
    }
    checker.problems
}

/// What helps with mistakes whose finder knows nothing closer.
fn usual_help(code: &str) -> Text {
    let (zh, en) = match code {
        "unknown_name" => (
            "可用的名称见“事实”一览，表单字段写作 form.<编号>",
            "see the list of facts; fields of the form are written `form.<id>`",
        ),
        "types_differ" | "wrong_type" | "condition_type" | "filter_type" => (
            "两边要是同一种值：文本加引号，金额写作 money(\"100.00\", \"CNY\")",
            "both sides must be of one kind: texts in quotes, amounts as money(\"100.00\", \"CNY\")",
        ),
        "duplicate_id" | "bad_id" | "reserved_id" => ("换一个编号", "choose another id"),
        "unreachable" => ("调整顺序，或给前面的规则加上条件", "change the order, or give the earlier rule a condition"),
        "open_place" => ("用 {{ 和 }} 成对包住名称", "put the name between {{ and }}"),
        _ => ("对照自带的模板修改", "compare with the template that came with the program"),
    };
    Text::new(zh, en)
}

/// Collects problems and knows every name of the template.
pub(super) struct Checker<'t> {
    pub(super) template: &'t Template,
    pub(super) problems: Vec<Diagnostic>,
    /// The facts that conditions read, with the fields of the case's form.
    pub(super) schema: Schema,
    /// The node ids of the case's flow that somebody works at.
    pub(super) stages: Vec<String>,
}

impl<'t> Checker<'t> {
    fn new(template: &'t Template) -> Self {
        let form = template.forms.iter().find(|form| form.id == template.case.form);
        let fields = form.map(crate::form::answers_schema);
        let mut stages = Vec::new();
        if let Some(flow) = template.flows.iter().find(|flow| flow.id == template.case.flow) {
            crate::flow::walk(&flow.blocks, "", &mut |block, _| {
                if matches!(block, crate::flow::Block::Approve(_) | crate::flow::Block::Core(_)) {
                    stages.push(block.id().to_owned());
                }
            });
        }
        Self { template, problems: Vec::new(), schema: facts::schema(fields.as_ref()), stages }
    }

    pub(super) fn error(&mut self, code: &str, path: impl Into<String>, message: (&str, &str), help: (&str, &str)) {
        self.push(Severity::Error, code, path.into(), message, help);
    }

    pub(super) fn warning(&mut self, code: &str, path: impl Into<String>, message: (&str, &str), help: (&str, &str)) {
        self.push(Severity::Warning, code, path.into(), message, help);
    }

    fn push(&mut self, severity: Severity, code: &str, path: String, message: (&str, &str), help: (&str, &str)) {
        let problem = Diagnostic::error(code, path, Text::new(message.0, message.1));
        let help = Text::new(help.0, help.1);
        self.problems.push(Diagnostic { severity, ..problem }.with_help(help));
    }

    /// A name that is not there, with the nearest one that is.
    pub(super) fn unknown<'n>(
        &mut self,
        what: What,
        name: &str,
        path: impl Into<String>,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let (code, zh, en) = what.words();
        let message = (format!("没有{zh}“{name}”"), format!("there is no {en} `{name}`"));
        let help = match similar::closest(name, known.iter().copied()) {
            Some(meant) => (format!("是不是“{meant}”？"), format!("did you mean `{meant}`?")),
            None => (format!("可用：{}", known.join("、")), format!("known: {}", known.join(", "))),
        };
        self.error(code, path, (&message.0, &message.1), (&help.0, &help.1));
    }

    pub(super) fn role(&mut self, id: &str, path: impl Into<String>) {
        let roles = &self.template.roles;
        if !roles.iter().any(|role| role.id == id) {
            self.unknown(What::Role, id, path, roles.iter().map(|role| role.id.as_str()));
        }
    }

    /// Adds the problems of one document, placed under the document.
    pub(super) fn under(&mut self, prefix: &str, problems: Vec<Diagnostic>) {
        self.problems.extend(problems.into_iter().map(|problem| {
            let path = match (prefix, problem.path.as_str()) {
                (prefix, "") => prefix.to_owned(),
                (prefix, path) if path.starts_with('[') => format!("{prefix}{path}"),
                (prefix, path) => format!("{prefix}.{path}"),
            };
            Diagnostic { path, ..problem }
        }));
    }
}

/// What a missing name was to be.
#[derive(Clone, Copy)]
pub(super) enum What {
    Role,
    Form,
    Field,
    Flow,
    Policy,
    Node,
    Message,
    Reason,
}

impl What {
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Role => ("unknown_role", "角色", "role"),
            Self::Form => ("unknown_form", "表单", "form"),
            Self::Field => ("unknown_field", "字段", "field"),
            Self::Flow => ("unknown_flow", "流程", "flow"),
            Self::Policy => ("unknown_policy", "政策", "policy"),
            Self::Node => ("unknown_node", "流程步骤", "step"),
            Self::Message => ("unknown_message", "消息模板", "message"),
            Self::Reason => ("unknown_reason", "原因", "reason"),
        }
    }
}

/// The ids of a part in document order, for duplicates and suggestions.
pub(super) type Ids<'t> = BTreeMap<&'t str, usize>;
