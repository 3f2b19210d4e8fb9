//! Who took which file out, and how many rows it had.

use domain::EventKind;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::DailyFile;
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

/// A file that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Which.
    pub file: DailyFile,
    /// csv or xlsx.
    pub format: String,
    /// How many rows.
    pub rows: usize,
}

/// Records that a file was handed out.
///
/// # Errors
/// `Forbidden`.
pub fn exported(_tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Exported) -> Result<(), Error> {
    let place = Place { shop: Some(cmd.file.shop), warehouse: None };
    ctx.require(domain::Permission::ExportRun, place)?;
    let event = Event::new(EventKind::ExportMade).at(Some(cmd.file.shop), None).with(json!({
        "kind": cmd.file.kind.as_str(), "date": cmd.file.date, "format": cmd.format, "rows": cmd.rows,
    }));
    ctx.record(event);
    Ok(())
}
