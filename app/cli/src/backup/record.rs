//! Tells the folder what became of a backup of it.

use std::path::Path;

use domain::Timestamp;
use operations::backup::record::{self, Record, Written as Recorded};

use crate::admin::Place;
use crate::backup::Written;
use crate::fault::Fault;

/// Records it; a folder that cannot take it down is no reason to call a good backup bad.
pub(crate) fn record(
    place: &Place,
    file: &Path,
    started_at: Timestamp,
    scheduled: bool,
    outcome: &Result<Written, Fault>,
) {
    let outcome = match outcome {
        Ok(written) => Ok(Recorded {
            bytes: written.bytes,
            files: written.manifest.files,
            last_event_id: written.manifest.last_event,
        }),
        Err(fault) => Err(fault.message.clone()),
    };
    let cmd = Record { started_at, scheduled, file: file.display().to_string(), outcome };
    if let Err(error) =
        place.app.run_blocking(Place::call("backup.record"), move |tx, ctx| record::record(tx, ctx, &cmd))
    {
        tracing::error!(%error, "what became of the backup could not be recorded");
    }
}
