//! At night: stale messages are given up, remembered answers forgotten, the planner's statistics refreshed.

use operations::delivery::give_up::{GiveUp, give_up};
use operations::housekeeping::{Forget, forget};
use operations::{App, Call, Error, upload};
use tokio::sync::Notify;

/// Rows changed in one command.
const SLICE: u32 = 200;

/// Works through the night's list whenever it is woken.
pub(crate) async fn run(app: &App, wake: &Notify) {
    loop {
        wake.notified().await;
        if let Err(error) = night(app).await {
            tracing::warn!(%error, "housekeeping waits for the next night");
        }
    }
}

async fn night(app: &App) -> Result<(), Error> {
    let slice = SLICE as usize;
    while app.run(Call::system("delivery.give_up"), |tx, ctx| give_up(tx, ctx, &GiveUp { limit: SLICE })).await?.value
        == slice
    {}
    while app.run(Call::system("idempotency.forget"), |tx, ctx| forget(tx, ctx, &Forget { limit: SLICE })).await?.value
        == slice
    {}
    while expire_uploads(app).await? == slice {}
    let app = app.clone();
    // Asks the writer and waits for it: not on the thread that sends refunds.
    let optimized = tokio::task::spawn_blocking(move || app.store().optimize()).await;
    optimized.map_err(|error| Error::internal(error.to_string()))?.map_err(Error::from)
}

// Waits for the writer and for the disk: not on the thread that sends refunds.
async fn expire_uploads(app: &App) -> Result<usize, Error> {
    let app = app.clone();
    let expired =
        tokio::task::spawn_blocking(move || upload::clean::expire(&app, Call::system("upload.expire"), SLICE)).await;
    expired.map_err(|error| Error::internal(error.to_string()))?
}
