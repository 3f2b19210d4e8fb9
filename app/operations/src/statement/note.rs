//! What is behind a line of a statement that is not ours or differs, in a person's words.

use domain::{EventKind, StatementLineId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;

use super::{reached, tell};
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest note, in characters.
const MAX_CHARS: usize = 500;

/// Writes a note on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// The line.
    pub line: StatementLineId,
    /// The note; empty takes it away.
    pub note: String,
}

/// Writes a note on a line.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` when it is too long.
pub fn note(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &NoteLine) -> Result<StatementLineId, Error> {
    let line = reached(tx, ctx, cmd.line)?;
    let text = cmd.note.trim();
    if text.chars().count() > MAX_CHARS {
        let zh = format!("备注最长 {MAX_CHARS} 个字符");
        let refusal = Refusal::new("too_long", zh, format!("a note has at most {MAX_CHARS} characters"));
        return Err(Error::invalid(refusal.at("note")));
    }
    store::statement::set_note(tx, line.id, text)?;
    let mut event = Event::new(EventKind::StatementLineNoted)
        .about("statement_line", line.id.get())
        .at(Some(line.shop_id), None)
        .with(json!({ "before": line.note, "after": text }));
    event.rma = line.rma_id;
    ctx.record(event);
    tell(ctx);
    Ok(line.id)
}
