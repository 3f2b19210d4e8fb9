//! The customer says how it went, once all of the case is done; for a while it can be put otherwise.

use domain::state::CaseState;
use domain::{EventKind, RmaId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::rating::RatingRow;
use store::rma::RmaRow;

use crate::actor::ActorKind;
use crate::context::Ctx;
use crate::error::{Error, Refusal};
use crate::event::Event;

/// Longest comment, in characters.
pub const MAX_CHARS: usize = 500;
/// A rating can be changed for so long after it was given first.
pub const CHANGEABLE_MS: i64 = 7 * 86_400_000;

/// A rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// The case.
    pub rma: RmaId,
    /// 1 to 5.
    pub score: i64,
    /// In the customer's words; may be empty.
    #[serde(default)]
    pub comment: String,
}

/// Writes a rating, or another in its place.
///
/// # Errors
/// `NotFound` for another's case; `Conflict` before the case is closed and when the time to change has passed;
/// `Invalid` for a score there is not and for too long a comment.
pub fn rate(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Rate) -> Result<RmaId, Error> {
    if !matches!(ctx.actor.kind, ActorKind::Customer(own) if own == Some(cmd.rma)) {
        return Err(Error::NotFound("rma"));
    }
    let rma = store::rma::find(tx, cmd.rma)?.ok_or(Error::NotFound("rma"))?;
    let before = store::rating::find(tx, cmd.rma)?;
    check(&rma, before.as_ref(), ctx.now)?;
    if !(1..=5).contains(&cmd.score) {
        return Err(Error::invalid(Refusal::new("no_such_score", "请选择 1 到 5 分", "choose 1 to 5").at("score")));
    }
    let comment = cmd.comment.trim();
    if comment.chars().count() > MAX_CHARS {
        let (zh, en) = (format!("最多 {MAX_CHARS} 个字"), format!("at most {MAX_CHARS} characters"));
        return Err(Error::invalid(Refusal::new("text_too_long", zh, en).at("comment")));
    }
    if before.as_ref().is_some_and(|before| before.score == cmd.score && before.comment == comment) {
        return Ok(cmd.rma);
    }
    let row = RatingRow {
        rma_id: cmd.rma,
        score: cmd.score,
        comment: comment.to_owned(),
        rated_at: before.as_ref().map_or(ctx.now, |before| before.rated_at),
        changed_at: ctx.now,
    };
    store::rating::put(tx, &row)?;
    let event = Event::new(EventKind::RatingGiven)
        .rma(cmd.rma)
        .at(Some(rma.shop_id), rma.warehouse_id)
        .with(json!({ "score": cmd.score, "was": before.map(|before| before.score) }));
    ctx.record_quietly(event);
    Ok(cmd.rma)
}

/// Whether a case can be rated now, for the first time or anew.
#[must_use]
pub fn may_rate(rma: &RmaRow, before: Option<&RatingRow>, now: Timestamp) -> bool {
    check(rma, before, now).is_ok()
}

fn check(rma: &RmaRow, before: Option<&RatingRow>, now: Timestamp) -> Result<(), Error> {
    // Paid is not over: what is still to be sent out, or a second parcel, may change what the customer thinks of it.
    if rma.state != CaseState::Closed {
        let refusal = Refusal::new("not_over", "全部处理完成后才能评价", "this can be rated once all of it is done");
        return Err(Error::conflict(refusal));
    }
    if before.is_some_and(|before| now >= before.rated_at.plus_ms(CHANGEABLE_MS)) {
        let refusal =
            Refusal::new("rating_is_final", "评价已超过 7 天，不能再修改", "a rating stands after seven days");
        return Err(Error::conflict(refusal));
    }
    Ok(())
}
