//! Fires timers in slices, so that ten thousand deadlines at once keep nobody waiting.

use operations::timer::fire::{Fire, fire};
use operations::{App, Call};
use tokio::sync::Notify;

/// Timers fired in one command.
const SLICE: u32 = 25;

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
