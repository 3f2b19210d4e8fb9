//! Deadlines, warnings, lines of means and who is told, as a page edits them: read out of the template in force, written
//! back as a release that differs in this alone.

use domain::{EventKind, Permission, ReleaseId, Text};
use engine::expr::Formula;
use engine::flow::{Approver, Block, Within};
use engine::report::{Dataset, MeanLine};
use engine::rule::{Action, Channel, MessageAction, Recipient, Rule};
use engine::template::{Clock, Template};
use engine::value::Duration;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::apply::{Applied, publish, refuse};
use crate::actor::Actor;
use crate::context::{Ctx, Place};
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};

/// The recipient who has the to-do.
pub const ASSIGNEE: &str = "assignee";
/// Not a step of the flow: from signing a parcel to opening it.
pub const PARCEL: &str = "@parcel";
/// Not a step of the flow: from approving a settlement to paying it.
pub const SETTLEMENT: &str = "@settlement";

/// A deadline with its warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepClock {
    /// The flow's step, `@parcel` or `@settlement`.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// How long it may take; none: it is not watched.
    pub deadline: Option<Duration>,
    /// How long before that somebody is warned.
    pub warn_before: Option<Duration>,
}

/// A line that a mean must not pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOfMean {
    /// Its id; empty for a new one.
    pub id: String,
    /// Its name; for a new one that of its step.
    pub title: Text,
    /// The step that a new one watches.
    pub node: String,
    /// The mean must not be above this.
    pub above: Duration,
    /// Rows of this long back count.
    pub window: Duration,
    /// Fewer rows say nothing.
    pub at_least: u32,
    /// Roles that are told.
    pub tell: Vec<String>,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSettings {
    /// The release it was read from.
    pub release: ReleaseId,
    /// Deadlines, in the order of the flow.
    pub steps: Vec<StepClock>,
    /// Lines of means.
    pub lines: Vec<LineOfMean>,
    /// Who is told that a deadline is near: `assignee` and roles.
    pub near: Vec<String>,
    /// Who is told that a deadline passed.
    pub late: Vec<String>,
}

/// Reads it from the release in force.
///
/// # Errors
/// `Forbidden`; `Conflict` before the first template.
pub fn read(actor: &Actor, definitions: &Definitions) -> Result<ClockSettings, Error> {
    if !actor.may_somewhere(Permission::TemplateManage) {
        return Err(Error::Forbidden(Permission::TemplateManage));
    }
    let current = definitions.current()?;
    let mut template = current.template.template().clone();
    let mut steps = Vec::new();
    each_step(&mut template, &mut |step| {
        steps.push(StepClock {
            id: step.id.to_owned(),
            title: step.title.clone(),
            deadline: *step.deadline,
            warn_before: *step.warn_before,
        });
    });
    let clocks = &template.settings.clocks;
    let beside = |id: &str, title: Text, clock: Option<Clock>| StepClock {
        id: id.to_owned(),
        title,
        deadline: clock.map(|clock| clock.deadline),
        warn_before: clock.and_then(|clock| clock.warn_before),
    };
    steps.push(beside(PARCEL, Text::new("签收后拆检", "Opening a signed parcel"), clocks.parcel));
    steps.push(beside(SETTLEMENT, Text::new("批准后付款", "Paying an approved settlement"), clocks.settlement));
    let line = |line: &MeanLine| LineOfMean {
        id: line.id.clone(),
        title: line.title.clone(),
        node: String::new(),
        above: line.above,
        window: line.window,
        at_least: line.at_least,
        tell: line.tell.clone(),
    };
    Ok(ClockSettings {
        release: current.id,
        lines: clocks.lines.iter().map(line).collect(),
        steps,
        near: told(&template.rules, EventKind::DeadlineNear),
        late: told(&template.rules, EventKind::DeadlinePassed),
    })
}

/// Puts it in force: deadlines for steps that open from now on in new cases, who is told for running ones too.
///
/// # Errors
/// `Forbidden`; `Conflict` when another release came meanwhile; `Invalid` with every problem as a field.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &ClockSettings) -> Result<Applied, Error> {
    ctx.require(Permission::TemplateManage, Place::default())?;
    let current = std::sync::Arc::clone(ctx.definitions.current()?);
    if current.id != cmd.release {
        let refusal = Refusal::new("changed_meanwhile", "已有人更新了模板", "the template was changed meanwhile");
        return Err(Error::conflict(refusal.help("请刷新后重试", "reload and try again")));
    }
    let mut template = current.template.template().clone();
    each_step(&mut template, &mut |step| {
        if let Some(wanted) = cmd.steps.iter().find(|wanted| wanted.id == step.id) {
            *step.deadline = wanted.deadline;
            *step.warn_before = wanted.warn_before;
        }
    });
    for rule in &mut template.rules {
        for action in &mut rule.then {
            // The to-do that a rule makes in a step's place has the step's deadline.
            let Action::Task(task) = action else { continue };
            if let Some(wanted) = cmd.steps.iter().find(|wanted| Some(&wanted.id) == task.until.as_ref()) {
                (task.deadline, task.warn_before) = (wanted.deadline, wanted.warn_before);
            }
        }
    }
    let beside = |id: &str| {
        let wanted = cmd.steps.iter().find(|wanted| wanted.id == id)?;
        Some(Clock { deadline: wanted.deadline?, warn_before: wanted.warn_before })
    };
    (template.settings.clocks.parcel, template.settings.clocks.settlement) = (beside(PARCEL), beside(SETTLEMENT));
    template.settings.clocks.lines = lines(&template, &cmd.lines)?;
    tell(&mut template, EventKind::DeadlineNear, &cmd.near)?;
    tell(&mut template, EventKind::DeadlinePassed, &cmd.late)?;
    let problems = engine::template::check(&template);
    if domain::diagnostic::blocks(&problems) {
        return Err(refuse(&problems));
    }
    publish(tx, ctx, &template, "时限与预警 / deadlines and warnings")
}

/// A step of the case flow that a deadline belongs to.
struct Step<'t> {
    id: &'t str,
    title: &'t Text,
    deadline: &'t mut Option<Duration>,
    warn_before: &'t mut Option<Duration>,
}

fn each_step(template: &mut Template, look: &mut dyn FnMut(Step<'_>)) {
    let id = template.case.flow.clone();
    if let Some(flow) = template.flows.iter_mut().find(|flow| flow.id == id) {
        each_block(&mut flow.blocks, look);
    }
}

fn each_block(blocks: &mut [Block], look: &mut dyn FnMut(Step<'_>)) {
    for block in blocks {
        match block {
            Block::Approve(step) => look(Step {
                id: &step.id,
                title: &step.title,
                deadline: &mut step.deadline,
                warn_before: &mut step.warn_before,
            }),
            Block::Core(step) => look(Step {
                id: &step.id,
                title: &step.title,
                deadline: &mut step.deadline,
                warn_before: &mut step.warn_before,
            }),
            Block::Condition(condition) => {
                for branch in &mut condition.branches {
                    each_block(&mut branch.blocks, look);
                }
                each_block(&mut condition.otherwise, look);
            }
            Block::Parallel(parallel) => {
                for branch in &mut parallel.branches {
                    each_block(&mut branch.blocks, look);
                }
            }
        }
    }
}

fn lines(template: &Template, wanted: &[LineOfMean]) -> Result<Vec<MeanLine>, Error> {
    let known = &template.settings.clocks.lines;
    let mut lines: Vec<MeanLine> = Vec::with_capacity(wanted.len());
    for (at, wanted) in wanted.iter().enumerate() {
        let mut line = match known.iter().find(|line| line.id == wanted.id) {
            Some(line) => line.clone(),
            None => line_of_step(template, wanted, at)?,
        };
        (line.above, line.window, line.at_least) = (wanted.above, wanted.window, wanted.at_least.max(1));
        line.tell.clone_from(&wanted.tell);
        if lines.iter().any(|other| other.id == line.id) {
            let refusal = Refusal::new("line_twice", "同一环节只需一条预警线", "one line a step is enough");
            return Err(Error::invalid(refusal.at(format!("lines[{at}].node"))));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The line of a step: how long its finished to-dos took, as the boards' hours by step.
fn line_of_step(template: &Template, wanted: &LineOfMean, at: usize) -> Result<MeanLine, Error> {
    let mut title = None;
    each_step(&mut template.clone(), &mut |step| {
        if step.id == wanted.node {
            title = Some(step.title.clone());
        }
    });
    let Some(title) = title else {
        let refusal = Refusal::new("unknown_step", "没有这个环节", "there is no such step");
        return Err(Error::invalid(
            refusal.at(format!("lines[{at}].node")).help("请选择流程中的环节", "choose a step of the flow"),
        ));
    };
    let filter = format!("node = \"{}\" and state = \"done\"", wanted.node);
    Ok(MeanLine {
        id: format!("mean_{}", wanted.node),
        title: Text::new(format!("“{}”的平均用时", title.zh), format!("Mean hours of \"{}\"", title.en)),
        dataset: Dataset::Tasks,
        mean: "hours".to_owned(),
        at: "done_at".to_owned(),
        filter: Some(Formula::new(filter)),
        above: wanted.above,
        window: wanted.window,
        at_least: wanted.at_least,
        tell: Vec::new(),
    })
}

/// The one recipient of a rule that does nothing but tell somebody in the app; what else rules do is not this page's.
fn recipient(rule: &Rule, on: EventKind) -> Option<&str> {
    let plain = rule.on == on && rule.node.is_none() && rule.when.is_none();
    match rule.then.as_slice() {
        [Action::Message(message)] if plain && message.channel == Channel::InApp && message.delay.is_none() => {
            match &message.to {
                Recipient::Assignee => Some(ASSIGNEE),
                Recipient::Staff(Approver::Role { role, .. }) => Some(role),
                Recipient::Staff(_) | Recipient::Customer => None,
            }
        }
        _ => None,
    }
}

fn told(rules: &[Rule], on: EventKind) -> Vec<String> {
    let on = rules.iter().filter(|rule| rule.enabled).filter_map(|rule| recipient(rule, on));
    let mut told: Vec<String> = on.map(str::to_owned).collect();
    told.dedup();
    told
}

/// Switches the plain rules of an event so that just these are told, and adds those that are missing.
fn tell(template: &mut Template, on: EventKind, wanted: &[String]) -> Result<(), Error> {
    for rule in &mut template.rules {
        let to = recipient(rule, on).map(str::to_owned);
        if let Some(to) = to {
            rule.enabled = wanted.contains(&to);
        }
    }
    let known: Vec<String> = template.rules.iter().filter_map(|rule| recipient(rule, on)).map(str::to_owned).collect();
    for role in wanted.iter().filter(|role| !known.contains(role)) {
        let message = message(template, on)?;
        let (to, named) = if role == ASSIGNEE {
            (Recipient::Assignee, Text::new("处理人", "who works on it"))
        } else {
            let title = template.roles.iter().find(|known| known.id == *role).map(|role| role.title.clone());
            let title = title.ok_or_else(|| {
                let refusal = Refusal::new("unknown_role", "没有这个角色", "there is no such role");
                Error::invalid(refusal.at(if on == EventKind::DeadlineNear { "near" } else { "late" }))
            })?;
            (Recipient::Staff(Approver::Role { role: role.clone(), of: Within::Shop }), title)
        };
        let (id, zh, en) = match on {
            EventKind::DeadlineNear => ("near", "临期提醒", "Deadline near: tell"),
            _ => ("late", "超时提醒", "Deadline passed: tell"),
        };
        let rule = Rule {
            id: format!("{id}_notice_{role}"),
            title: Text::new(format!("{zh}{}", named.zh), format!("{en} {}", named.en)),
            enabled: true,
            on,
            node: None,
            when: None,
            then: vec![Action::Message(MessageAction {
                channel: Channel::InApp,
                to,
                message,
                delay: None,
                urgent: false,
            })],
        };
        template.rules.push(rule);
    }
    Ok(())
}

/// What is said: as the rules of this event say it already.
fn message(template: &Template, on: EventKind) -> Result<String, Error> {
    let of = |rule: &Rule| match rule.then.as_slice() {
        [Action::Message(message)] if recipient(rule, on).is_some() => Some(message.message.clone()),
        _ => None,
    };
    template.rules.iter().find_map(of).ok_or_else(|| {
        let refusal = Refusal::new(
            "no_notice_rule",
            "模板里没有这类提醒的规则，不知道发送哪段文字",
            "the template has no rule of this kind, so nobody knows what to say",
        );
        let help = ("请先在模板文本中加入一条站内提醒规则", "add a rule with an in-app message to the template first");
        Error::invalid(refusal.at(if on == EventKind::DeadlineNear { "near" } else { "late" }).help(help.0, help.1))
    })
}
