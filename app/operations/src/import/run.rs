//! Does the work of a run, from its first byte to the one event that tells of it.

use std::sync::Arc;

use domain::{EventKind, ImportId};
use serde_json::json;
use store::import::RunRow;
use store::{Lane, Tx};

use super::apply::{Customers, ExternalCases, OrderLines, Orders, Products, Returns, Shipments};
use super::driver::{Run, drive};
use super::mapping::Plan;
use super::read::{ImportView, find};
use super::resolve::{PlannedShops, Resolver};
use super::source::Source;
use super::target::Target;
use crate::actor::Actor;
use crate::app::App;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::run::Call;

/// Does the work of a run that `start` began, on the calling thread and one more. Blocks until it is over.
///
/// # Errors
/// `NotFound`; `Conflict` when it was stopped, when the file is another one, or when nothing of it is readable; what
/// reading or writing fails with. The run is then marked as failed.
pub fn run(app: &App, actor: &Arc<Actor>, id: ImportId, source: &Source) -> Result<ImportView, Error> {
    let row = app.read(|conn| store::import::find(conn, id)?.ok_or(Error::NotFound("import")))?;
    let worked = work(app, actor, &row, source);
    let call = Call { actor: Arc::clone(actor), verb: "import.finish", key: None, lane: Lane::Interactive };
    let state = if worked.is_ok() { "done" } else { "failed" };
    app.run_blocking(call, move |tx, ctx| finish(tx, ctx, id, state))?;
    worked?;
    app.read(|conn| find(conn, actor, id))
}

fn work(app: &App, actor: &Arc<Actor>, row: &RunRow, source: &Source) -> Result<(), Error> {
    if row.file_hash != source.hash {
        let refusal =
            Refusal::new("another_file", "文件与开始导入时不同", "the file is not the one the run began with");
        return Err(Error::conflict(refusal));
    }
    let plan: Plan = serde_json::from_str(&row.mapping).map_err(|error| Error::internal(error.to_string()))?;
    let target = Target::parse(&row.target).ok_or(Error::NotFound("import"))?;
    let release_id = app.definitions().current().ok().map(|release| release.id);
    let rows_max = plan.options.rows_per_command.and_then(|rows| usize::try_from(rows).ok());
    let planned = row.dry.then(PlannedShops::default);
    let run = Run { id: row.id, planned: planned.clone(), release_id, rows_max };
    let resolver = Resolver::new(app, actor, &plan.options, planned);
    match target {
        Target::Customers => drive(app, actor, run, source, Customers::new(&plan)),
        Target::Products => drive(app, actor, run, source, Products::new(&plan, resolver)),
        Target::Orders => drive(app, actor, run, source, Orders::new(&plan, resolver)),
        Target::OrderLines => drive(app, actor, run, source, OrderLines::new(&plan, resolver)),
        Target::Shipments => drive(app, actor, run, source, Shipments::new(&plan, resolver)),
        Target::Returns => drive(app, actor, run, source, Returns::new(&plan, resolver)),
        Target::ExternalCases => drive(app, actor, run, source, ExternalCases::new(&plan, resolver)),
    }
}

// A run is one event, whatever the number of its rows: its counts and the hash of the file that says the rest.
fn finish(tx: &Tx<'_>, ctx: &mut Ctx<'_>, id: ImportId, state: &str) -> Result<(), Error> {
    let run = store::import::find(tx, id)?.ok_or(Error::NotFound("import"))?;
    if run.state == "running" {
        store::import::end(tx, id, state, ctx.now)?;
    }
    let counts = run.counts;
    let event = Event::new(EventKind::ImportFinished).about("import_run", id.get());
    ctx.record(event.with(json!({
        "target": run.target, "dry": run.dry, "file_hash": run.file_hash, "bytes": run.bytes_total,
        "state": if run.state == "running" { state } else { run.state.as_str() },
        "rows": { "read": counts.read, "new": counts.new, "changed": counts.changed, "same": counts.same,
            "bad": counts.bad },
    })));
    ctx.topic(format!("import:{id}"));
    ctx.topic("imports");
    Ok(())
}
