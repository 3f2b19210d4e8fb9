//! What became of backups, for whoever looks after the system.

use contract::backup::{BackupView, LIST};
use operations::backup::read;

use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::extract::Caller;
use crate::registry::Area;
use crate::state::Server;

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&LIST, Doc::view::<Vec<BackupView>>(200), list);
}

async fn list(server: Server, caller: Caller) -> Reply {
    let runs = server.app.read(|conn| read::list(conn, caller.actor()))?;
    let views = runs.into_iter().map(|run| BackupView {
        id: run.id,
        started_at: run.started_at,
        finished_at: run.finished_at,
        scheduled: run.scheduled,
        file: run.file,
        bytes: run.bytes,
        files: run.files,
        error: Some(run.error).filter(|error| !error.is_empty()),
    });
    ok(&views.collect::<Vec<_>>())
}
