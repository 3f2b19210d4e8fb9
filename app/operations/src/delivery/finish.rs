//! What became of a message that was sent.

use domain::{EffectId, OutboxId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// After so many tries a message is given up.
pub const MAX_TRIES: u32 = 8;
/// The first pause; each next one is twice as long.
const FIRST_PAUSE_MS: i64 = 5_000;

/// What the receiver or the line said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// Taken.
    Done {
        /// What the receiver calls it.
        detail: String,
    },
    /// Refused for good, or nobody to send it to.
    Refused {
        /// Why.
        detail: String,
    },
    /// It never left.
    NotSent {
        /// What happened on the line.
        detail: String,
    },
    /// Nobody knows whether it was taken.
    Unknown {
        /// What happened on the line.
        detail: String,
    },
}

/// Records what became of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finish {
    /// The message.
    pub outbox: OutboxId,
    /// What was said.
    pub outcome: Outcome,
    /// When the call began.
    pub started_at: Timestamp,
}

/// Writes an outcome; what did not go through is tried again under the same key, eight times in all.
///
/// # Errors
/// `Forbidden` for anybody but the program itself; `NotFound`.
pub fn finish(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Finish) -> Result<(), Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let row = store::outbox::find(tx, cmd.outbox)?.ok_or(Error::NotFound("outbox"))?;
    let (state, word, detail) = match &cmd.outcome {
        Outcome::Done { detail } => ("sent", "ok", detail),
        Outcome::Refused { detail } => ("failed", "failed", detail),
        Outcome::NotSent { detail } if row.attempts >= MAX_TRIES => ("dead", "failed", detail),
        Outcome::Unknown { detail } if row.attempts >= MAX_TRIES => ("unknown", "unknown", detail),
        Outcome::NotSent { detail } => ("pending", "failed", detail),
        Outcome::Unknown { detail } => ("pending", "unknown", detail),
    };
    let pause = FIRST_PAUSE_MS << row.attempts.clamp(1, MAX_TRIES).saturating_sub(1);
    store::outbox::finish(tx, row.id, state, ctx.now.plus_ms(pause))?;
    let effect = EffectId::from_raw(ctx.id());
    let span = (cmd.started_at.min(ctx.now), ctx.now);
    store::outbox::record_attempt(tx, effect, row.id, word, detail, span)?;
    if let Some(rma) = row.rma_id {
        ctx.topic(format!("rma:{rma}"));
    }
    Ok(())
}
