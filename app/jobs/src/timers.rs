//! Fires timers in slices, so that ten thousand deadlines at once keep nobody waiting.

use operations::timer::fire::{Fire, fire};
use operations::timer::mean;
use operations::{App, Call, Error};
use tokio::sync::Notify;

/// Timers fired in one command.
const SLICE: u32 = 25;

/// Measures means against their lines whenever it is woken.
pub(crate) async fn means(app: &App, wake: &Notify) {
    loop {
        wake.notified().await;
        if let Err(error) = measure(app).await {
            tracing::warn!(%error, "means wait for the next minute");
        }
    }
}

async fn measure(app: &App) -> Result<(), Error> {
    let reader = app.clone();
    // Adds rows up: not on the thread that sends refunds.
    let looked = tokio::task::spawn_blocking(move || mean::look(&reader)).await;
    for change in looked.map_err(|error| Error::internal(error.to_string()))?? {
        app.run(Call::system("mean.note"), move |tx, ctx| mean::note(tx, ctx, &change)).await?;
    }
    Ok(())
}

/// Fires what is due whenever it is woken, until nothing is.
pub(crate) async fn run(app: &App, wake: &Notify) {
    loop {
        wake.notified().await;
        loop {
            let fired = app.run(Call::system("timer.fire"), |tx, ctx| fire(tx, ctx, &Fire { limit: SLICE })).await;
            match fired {
                Ok(fired) if fired.value.fired == SLICE => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "timers wait for the next tick");
                    break;
                }
            }
        }
    }
}
