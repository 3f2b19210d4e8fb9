//! Starts the jobs and stops them: a thread, a runtime, a tick each second, work at night.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use connectors::payment::Gateway;
use operations::App;
use tokio::runtime::Builder;
use tokio::sync::{Notify, watch};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

use crate::config::{Config, EachMinute};
use crate::deliver::Post;
use crate::{deliver, housekeep, pay, timers};

/// Every second.
const EACH_SECOND: &str = "* * * * * *";
/// Every minute.
const EACH_MINUTE: &str = "0 * * * * *";
/// Each night at 19:20 UTC, 03:20 in China.
const EACH_NIGHT: &str = "0 20 19 * * *";

/// The running jobs; they stop when this is stopped or dropped.
pub struct Jobs {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// Why the jobs could not start.
#[derive(Debug)]
pub struct StartError(String);

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the jobs cannot start: {}", self.0)
    }
}

impl std::error::Error for StartError {}

/// What wakes each worker.
#[derive(Clone, Default)]
pub(crate) struct Wakes {
    pub(crate) payouts: Arc<Notify>,
    pub(crate) outbox: Arc<Notify>,
    pub(crate) timers: Arc<Notify>,
    pub(crate) night: Arc<Notify>,
    pub(crate) minute: Arc<Notify>,
    pub(crate) means: Arc<Notify>,
}

impl Jobs {
    /// Starts the jobs of an application.
    ///
    /// # Errors
    /// When the thread, the runtime or an HTTP client cannot be made.
    pub fn start(app: App, config: Config) -> Result<Self, StartError> {
        let failed = |error: &dyn std::fmt::Display| StartError(error.to_string());
        let gateway = config.payments.map(Gateway::new).transpose().map_err(|error| failed(&error))?;
        let post = Post::new(config.catch_messages);
        if config.catch_messages {
            app.set_catching();
        }
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
        let (stop, stopped) = watch::channel(false);
        let thread = thread::Builder::new().name("jobs".to_owned());
        let thread = thread
            .spawn(move || {
                let outside = Outside { gateway, post, each_minute: config.each_minute };
                if let Err(error) = runtime.block_on(run(app, outside, stopped)) {
                    tracing::error!(%error, "the jobs have ended");
                }
            })
            .map_err(|error| failed(&error))?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// Stops the jobs: calls that are under way are given up, their rows say what is to be asked about.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the jobs' thread panicked");
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the jobs work with beside the application.
struct Outside {
    gateway: Option<Gateway>,
    post: Post,
    each_minute: Option<EachMinute>,
}

async fn run(app: App, outside: Outside, mut stopped: watch::Receiver<bool>) -> Result<(), JobSchedulerError> {
    let Outside { gateway, post, each_minute } = outside;
    let wakes = Wakes::default();
    let mut scheduler = JobScheduler::new().await?;
    scheduler
        .add(ticking(EACH_SECOND, wakes.clone(), |wakes| {
            wakes.payouts.notify_one();
            wakes.outbox.notify_one();
            wakes.timers.notify_one();
        })?)
        .await?;
    scheduler.add(ticking(EACH_NIGHT, wakes.clone(), |wakes| wakes.night.notify_one())?).await?;
    scheduler
        .add(ticking(EACH_MINUTE, wakes.clone(), |wakes| {
            wakes.minute.notify_one();
            wakes.means.notify_one();
        })?)
        .await?;
    scheduler.start().await?;
    // Once at the start: what became due while nobody was there.
    wakes.payouts.notify_one();
    wakes.outbox.notify_one();
    wakes.timers.notify_one();
    wakes.minute.notify_one();
    wakes.means.notify_one();
    tokio::select! {
        () = pay::run(&app, gateway.as_ref(), &wakes.payouts) => {}
        () = deliver::run(&app, &post, &wakes.outbox) => {}
        () = timers::run(&app, &wakes.timers) => {}
        () = timers::means(&app, &wakes.means) => {}
        () = housekeep::run(&app, &wakes.night) => {}
        () = minutely(each_minute, &wakes.minute) => {}
        () = listen(&app, &wakes) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
    scheduler.shutdown().await
}

fn ticking(when: &str, wakes: Wakes, wake: fn(&Wakes)) -> Result<Job, JobSchedulerError> {
    Job::new(when, move |_, _| wake(&wakes))
}

/// Minutes that pass while the work is still under way are one minute.
async fn minutely(work: Option<EachMinute>, wake: &Notify) {
    loop {
        wake.notified().await;
        let Some(work) = work.clone() else { continue };
        if let Err(error) = tokio::task::spawn_blocking(move || work()).await {
            tracing::error!(%error, "work of the minute broke off");
        }
    }
}

/// A payout or a trial that was written just now is sent just now, not at the next tick.
async fn listen(app: &App, wakes: &Wakes) {
    use tokio::sync::broadcast::error::RecvError;
    let mut topics = app.subscribe();
    loop {
        match topics.recv().await {
            Ok(changed) => {
                if changed.iter().any(|topic| topic == "payouts") {
                    wakes.payouts.notify_one();
                }
                if changed.iter().any(|topic| topic == "outbox") {
                    wakes.outbox.notify_one();
                }
            }
            Err(RecvError::Lagged(_)) => wakes.payouts.notify_one(),
            Err(RecvError::Closed) => return std::future::pending().await,
        }
    }
}
