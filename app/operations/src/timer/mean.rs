//! Means of stages against their lines: one warning a crossing, taken back when the mean falls again.

use domain::{EventKind, NoticeId, Permission, Text, Timestamp};
use engine::report::MeanLine;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::mean_warning::MeanWarning;
use store::notice::NoticeRow;
use store::scope::RowScope;

use crate::app::App;
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

/// What changed about a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The line's id.
    pub line: String,
    /// Whether its mean is past it now.
    pub past: bool,
    /// The mean, in ms.
    pub mean_ms: i64,
    /// Of so many.
    pub counted: i64,
}

/// Measures every line of the release in force and says which ones were crossed, either way, since it was last noted.
///
/// # Errors
/// The store's.
pub fn look(app: &App) -> Result<Vec<Change>, Error> {
    let definitions = app.definitions();
    let Ok(release) = definitions.current() else { return Ok(Vec::new()) };
    let lines = &release.template.template().settings.clocks.lines;
    let known = app.read(|conn| Ok(store::mean_warning::all(conn)?))?;
    let now = app.now();
    let asked = crate::report::asked(&definitions.masters, now);
    let stages = release.template.stages();
    let mut changes = Vec::new();
    for line in lines {
        let Ok(plan) = line.plan(&stages, &line.id, now) else { continue };
        let rows = app.read(|conn| Ok(store::report::run(conn, &plan, &RowScope::All, &asked)?))?;
        let figures = rows.first().map(|row| row.figures.clone()).unwrap_or_default();
        let figure = |at: usize| figures.get(at).and_then(|figure| figure.number());
        let counted = figure(0).unwrap_or(0.0).round() as i64;
        let mean_ms = (figure(1).unwrap_or(0.0) * 3_600_000.0).round() as i64;
        let past = counted >= i64::from(line.at_least.max(1)) && mean_ms > line.above_ms();
        if past != known.iter().any(|warning| warning.line == line.id) {
            changes.push(Change { line: line.id.clone(), past, mean_ms, counted });
        }
    }
    // A line that the template has no more warns no more.
    let gone = known.iter().filter(|warning| lines.iter().all(|line| line.id != warning.line));
    changes.extend(gone.map(|warning| Change { line: warning.line.clone(), past: false, mean_ms: 0, counted: 0 }));
    Ok(changes)
}

/// Notes a change: tells who is to be told when a line was crossed, and takes the warning back when the mean fell again.
///
/// # Errors
/// `Forbidden` for anybody but the program itself.
pub fn note(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Change) -> Result<(), Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let payload = json!({ "line": cmd.line, "mean_ms": cmd.mean_ms, "counted": cmd.counted });
    if !cmd.past {
        if store::mean_warning::clear(tx, &cmd.line)? {
            ctx.record_quietly(Event::new(EventKind::MeanCleared).with(payload));
        }
        return Ok(());
    }
    let warning = MeanWarning { line: cmd.line.clone(), since: ctx.now, mean_ms: cmd.mean_ms, counted: cmd.counted };
    if !store::mean_warning::raise(tx, &warning)? {
        return Ok(());
    }
    ctx.record_quietly(Event::new(EventKind::MeanCrossed).with(payload));
    let release = std::sync::Arc::clone(ctx.definitions.current()?);
    let lines = &release.template.template().settings.clocks.lines;
    match lines.iter().find(|line| line.id == cmd.line) {
        Some(line) => tell(tx, ctx, line, cmd),
        None => Ok(()),
    }
}

fn tell(tx: &Tx<'_>, ctx: &mut Ctx<'_>, line: &MeanLine, change: &Change) -> Result<(), Error> {
    let mut persons = Vec::new();
    for role in &line.tell {
        persons.extend(store::role_holder::of_role(tx, role, 0, 0)?);
    }
    persons.sort_unstable();
    persons.dedup();
    let text = words(line, change);
    for person in persons {
        let notice = NoticeRow {
            id: NoticeId::from_raw(ctx.id()),
            person_id: person,
            rma_id: None,
            role: String::new(),
            text: text.clone(),
            at: ctx.now,
            read_at: None,
        };
        store::notice::insert(tx, &notice)?;
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

fn words(line: &MeanLine, change: &Change) -> Text {
    let hours = |ms: i64| format!("{:.1}", ms as f64 / 3_600_000.0);
    let (mean, above, counted) = (hours(change.mean_ms), hours(line.above_ms()), change.counted);
    Text::new(
        format!("预警：{} {mean} 小时，超过预警线 {above} 小时（{counted} 笔）", line.title.zh),
        format!("Warning: {} is {mean} hours, past its line of {above} hours (of {counted})", line.title.en),
    )
}

/// A mean that is past its line, as a board shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What is measured.
    pub title: Text,
    /// The line, in ms.
    pub above_ms: i64,
    /// The mean when it crossed, in ms.
    pub mean_ms: i64,
    /// Of so many.
    pub counted: i64,
    /// Since when.
    pub since: Timestamp,
}

/// The means that are past their lines.
///
/// # Errors
/// The store's.
pub fn warnings(app: &App) -> Result<Vec<Warning>, Error> {
    let definitions = app.definitions();
    let Ok(release) = definitions.current() else { return Ok(Vec::new()) };
    let lines = &release.template.template().settings.clocks.lines;
    let known = app.read(|conn| Ok(store::mean_warning::all(conn)?))?;
    let shown = known.into_iter().filter_map(|warning| {
        let line = lines.iter().find(|line| line.id == warning.line)?;
        Some(Warning {
            title: line.title.clone(),
            above_ms: line.above_ms(),
            mean_ms: warning.mean_ms,
            counted: warning.counted,
            since: warning.since,
        })
    });
    Ok(shown.collect())
}
