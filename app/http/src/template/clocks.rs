//! Deadlines, warnings, lines of means and who is told.

use contract::template::{AppliedView, CLOCKS, ClockSettings, LineView, SAVE_CLOCKS, StageView, StepClockView};
use operations::template::clocks;

use crate::answer::{Reply, changed, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&CLOCKS, Doc::view::<ClockSettings>(200), get);
    area.add(&SAVE_CLOCKS, Doc::view::<AppliedView>(200).body::<ClockSettings>(), save);
}

async fn get(server: Server, caller: Caller) -> Reply {
    let definitions = server.app.definitions();
    let found = clocks::read(caller.actor(), &definitions)?;
    let template = definitions.current()?.template.template();
    let step = |step: clocks::StepClock| StepClockView {
        id: step.id,
        title: step.title,
        deadline: step.deadline,
        warn_before: step.warn_before,
    };
    let line = |line: clocks::LineOfMean| LineView {
        id: line.id,
        title: line.title,
        node: line.node,
        above: line.above,
        window: line.window,
        at_least: line.at_least,
        tell: line.tell,
    };
    ok(&ClockSettings {
        release: found.release,
        steps: found.steps.into_iter().map(step).collect(),
        lines: found.lines.into_iter().map(line).collect(),
        near: found.near,
        late: found.late,
        roles: template.roles.iter().map(|role| StageView { id: role.id.clone(), title: role.title.clone() }).collect(),
    })
}

async fn save(server: Server, caller: Caller, key: Key, Json(wanted): Json<ClockSettings>) -> Reply {
    let step = |step: StepClockView| clocks::StepClock {
        id: step.id,
        title: step.title,
        deadline: step.deadline,
        warn_before: step.warn_before,
    };
    let line = |line: LineView| clocks::LineOfMean {
        id: line.id,
        title: line.title,
        node: line.node,
        above: line.above,
        window: line.window,
        at_least: line.at_least,
        tell: line.tell,
    };
    let command = clocks::ClockSettings {
        release: wanted.release,
        steps: wanted.steps.into_iter().map(step).collect(),
        lines: wanted.lines.into_iter().map(line).collect(),
        near: wanted.near,
        late: wanted.late,
    };
    let call = caller.call("template.save_clocks", &key);
    let answer = server.app.run(call, move |tx, ctx| clocks::save(tx, ctx, &command)).await?;
    let view = AppliedView { release: answer.value.release, changed: answer.value.changed };
    changed(&answer, &view)
}
