//! What a station sends later and the state of things refuses is not lost: its case gets a to-do.

use std::sync::Arc;

use operations::run::Answer;
use operations::station::keep_refused::{KeepRefused, LATE_MS, Work, keep_refused, reason, told};
use operations::{Call, Error};

use crate::extract::{Caller, Key};
use crate::state::State;

/// The answer as it is; a refusal of work that a station did a while ago says that the work is kept as a to-do.
pub(super) async fn kept<T>(
    server: &State,
    (caller, key): (&Caller, &Key),
    work: Work,
    answer: Result<Answer<T>, Error>,
) -> Result<Answer<T>, Error> {
    let error = match answer {
        Ok(answer) => return Ok(answer),
        Err(error) => error,
    };
    let now = server.app.now();
    let late = key.made_at().filter(|at| caller.acting().station.is_some() && now.ms() - at.ms() > LATE_MS);
    let (Some(made_at), Some(why), Some(sent)) = (late, reason(&error), key.for_request()) else {
        return Err(error);
    };
    let command = KeepRefused { key: sent.key, work, made_at, why };
    let call = Call::new(Arc::clone(caller.acting()), "station.keep_refused");
    let done = server.app.run(call, move |tx, ctx| keep_refused(tx, ctx, &command)).await?;
    Err(if done.value { told(error) } else { error })
}
