//! What became of a message that was sent.

use domain::{ChannelId, EffectId, OutboxId, Permission, Timestamp};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::caught_message::CaughtRow;

use crate::context::{Ctx, Place};
use crate::error::Error;

/// After so many tries a message is given up: within about eight hours.
pub const MAX_TRIES: u32 = 8;
/// The first pause; each next one is four times as long.
const FIRST_PAUSE_MS: i64 = 5_000;
/// How far a pause strays to either side, in percent: many that failed together do not come back together.
const JITTER_PERCENT: i64 = 20;

/// What the receiver or the line said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Taken.
    Done,
    /// Refused for good, or nobody to send it to.
    Refused,
    /// It did not happen, but may later.
    Later,
    /// Nobody knows whether it was taken; whether the receiver would know a twin by its key.
    Unknown {
        /// Then it is sent again.
        knows_keys: bool,
    },
}

/// Records what became of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finish {
    /// The message.
    pub outbox: OutboxId,
    /// The channel it went by.
    pub channel: Option<ChannelId>,
    /// What was said.
    pub outcome: Outcome,
    /// Why, as a stable word.
    pub code: String,
    /// In the other side's words.
    pub detail: String,
    /// How long the channel should rest, in ms.
    pub rest_ms: Option<i64>,
    /// What would have gone out, when it was caught.
    pub caught: Option<Caught>,
    /// When the call began.
    pub started_at: Timestamp,
}

/// What would have gone out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caught {
    /// The kind of channel.
    pub channel: String,
    /// Whom it would have reached.
    pub receiver: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// As it would have left.
    pub raw: String,
}

/// Writes an outcome; what did not go through is tried again under the same key, eight times in all.
///
/// # Errors
/// `Forbidden` for anybody but the program itself; `NotFound`.
pub fn finish(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Finish) -> Result<(), Error> {
    ctx.require(Permission::SystemView, Place::default())?;
    let row = store::outbox::find(tx, cmd.outbox)?.ok_or(Error::NotFound("outbox"))?;
    let last = row.attempts >= MAX_TRIES || row.audience == "trial";
    let (state, word) = match cmd.outcome {
        Outcome::Done => ("sent", "ok"),
        Outcome::Refused => ("failed", "failed"),
        Outcome::Later if last => ("dead", "failed"),
        Outcome::Later => ("pending", "failed"),
        Outcome::Unknown { knows_keys } if last || !knows_keys => ("unknown", "unknown"),
        Outcome::Unknown { .. } => ("pending", "unknown"),
    };
    store::outbox::finish(tx, row.id, state, ctx.now.plus_ms(pause_ms(&row.key, row.attempts)))?;
    let id = EffectId::from_raw(ctx.id());
    let span = (cmd.started_at.min(ctx.now), ctx.now);
    store::outbox::record_attempt(tx, id, row.id, (word, &cmd.code, &cmd.detail), span)?;
    if let Some(channel) = cmd.channel {
        let failure = (cmd.outcome != Outcome::Done).then_some((cmd.code.as_str(), cmd.detail.as_str()));
        store::channel::note(tx, channel, ctx.now, failure)?;
        if let Some(rest_ms) = cmd.rest_ms {
            store::channel::rest(tx, channel, ctx.now.plus_ms(rest_ms))?;
        }
    }
    if let Some(caught) = &cmd.caught {
        let row = CaughtRow {
            id,
            outbox_id: row.id,
            channel: caught.channel.clone(),
            receiver: caught.receiver.clone(),
            subject: caught.subject.clone(),
            text: caught.text.clone(),
            raw: caught.raw.clone(),
            at: ctx.now,
        };
        store::caught_message::insert(tx, &row)?;
    }
    ctx.topic("messages");
    if let Some(rma) = row.rma_id {
        ctx.topic(format!("rma:{rma}"));
    }
    Ok(())
}

/// How long a message waits after so many tries.
fn pause_ms(key: &str, tries: u32) -> i64 {
    let steps = tries.clamp(1, MAX_TRIES).saturating_sub(1);
    let whole = FIRST_PAUSE_MS << (2 * steps);
    let hash = blake3::hash(format!("{key}:{tries}").as_bytes());
    let stray = i64::from(hash.as_bytes()[0]) * 2 * JITTER_PERCENT / 255 - JITTER_PERCENT;
    whole + whole * stray / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stray_within_their_bounds() {
        for tries in 1..=MAX_TRIES {
            let whole = FIRST_PAUSE_MS << (2 * (tries - 1));
            for key in ["a", "b", "c", "d"] {
                let pause = pause_ms(key, tries);
                assert!((whole * 80 / 100..=whole * 120 / 100).contains(&pause), "{tries}: {pause}");
                assert_eq!(pause, pause_ms(key, tries));
            }
        }
        assert!(["a", "b", "c"].map(|key| pause_ms(key, 3)).windows(2).any(|pair| pair[0] != pair[1]));
    }
}
