//! Whether the server lives and what needs a person, cheap enough to be asked every second by anybody.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web;
use contract::health::{HEALTH, HealthStatus, HealthView};
use operations::App;

use crate::answer::{Reply, ok};
use crate::doc::Doc;
use crate::registry::Area;
use crate::state::Server;

/// How long the writer may take to answer before it counts as slow.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long an answer is good for the next who asks.
const FRESH: Duration = Duration::from_secs(1);
/// Interactive jobs waiting from which the queue counts as long.
const QUEUE_LONG: usize = 512;

/// The last look at the store.
#[derive(Default)]
pub(crate) struct Pulse {
    last: Mutex<Option<(Instant, Vec<String>)>>,
}

pub(crate) fn routes(area: &mut Area<'_>) {
    area.add(&HEALTH, Doc::view::<HealthView>(200), health);
}

async fn health(server: Server) -> Reply {
    let reasons = match server.pulse.fresh() {
        Some(reasons) => reasons,
        None => {
            // Until the look is done, others get the one before: a stuck writer must not pile up callers.
            server.pulse.keep(vec!["writer_slow".to_owned()]);
            let reasons = look(server.app.clone()).await;
            server.pulse.keep(reasons.clone());
            reasons
        }
    };
    let status = if reasons.is_empty() { HealthStatus::Ok } else { HealthStatus::Degraded };
    ok(&HealthView { status, version: env!("CARGO_PKG_VERSION").to_owned(), reasons })
}

impl Pulse {
    fn fresh(&self) -> Option<Vec<String>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(at, _)| at.elapsed() < FRESH).map(|(_, reasons)| reasons.clone())
    }

    fn keep(&self, reasons: Vec<String>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), reasons));
    }
}

async fn look(app: App) -> Vec<String> {
    let without_template = app.definitions().current().is_err();
    let facts = tokio::time::timeout(PATIENCE, web::block(move || app.store().facts())).await;
    let mut reasons = Vec::new();
    match facts {
        Err(_) => reasons.push("writer_slow".to_owned()),
        Ok(Ok(Ok(facts))) if facts.queued_interactive >= QUEUE_LONG => reasons.push("queue_long".to_owned()),
        Ok(Ok(Ok(_))) => {}
        Ok(Ok(Err(_)) | Err(_)) => reasons.push("writer_stopped".to_owned()),
    }
    if without_template {
        reasons.push("no_template".to_owned());
    }
    reasons
}
