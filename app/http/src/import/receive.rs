//! A body of any length into a file, and the thread that imports it.

use std::sync::Arc;
use std::thread;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Payload};
use domain::ImportId;
use futures_util::StreamExt as _;
use operations::error::Refusal;
use operations::import::{self, files, source::Source};
use operations::{App, Error};
use tokio::sync::mpsc;

use crate::error::Failure;
use crate::extract::Caller;

/// Chunks that wait for the disk.
const CHUNKS_WAITING: usize = 16;

/// What the writing thread hears.
enum Part {
    Chunk(Bytes),
    End,
}

/// Streams a body to the disk and looks at it. A body that breaks off leaves nothing behind.
pub(crate) async fn receive(app: &App, mut body: Payload) -> Result<Source, Failure> {
    let (sender, mut parts) = mpsc::channel::<Part>(CHUNKS_WAITING);
    let app = app.clone();
    let writing = actix_web::rt::spawn(web::block(move || {
        let mut incoming = files::Incoming::begin(&app)?;
        loop {
            match parts.blocking_recv() {
                Some(Part::Chunk(chunk)) => incoming.write(&chunk)?,
                Some(Part::End) => return incoming.finish().map(Some),
                None => return Ok::<_, Error>(None),
            }
        }
    }));
    let mut whole = true;
    while let Some(chunk) = body.next().await {
        let Ok(chunk) = chunk else {
            whole = false;
            break;
        };
        // The writer is gone when it could not go on; it says why below.
        if sender.send(Part::Chunk(chunk)).await.is_err() {
            break;
        }
    }
    if whole {
        let _ = sender.send(Part::End).await;
    }
    drop(sender);
    let written = writing.await.map_err(|error| Error::internal(error.to_string()))?;
    let written = written.map_err(|error| Error::internal(error.to_string()))??;
    written.ok_or_else(|| {
        let refusal = Refusal::new("broken_off", "请求没有传完", "the request broke off");
        Failure::request(StatusCode::BAD_REQUEST, refusal)
    })
}

/// Does the work of a run on a thread of its own; how it ended stands in the run's row.
pub(super) fn work(app: &App, caller: &Caller, id: ImportId, source: Source) -> Result<(), Error> {
    let (app, actor) = (app.clone(), Arc::clone(&caller.signed_in.actor));
    let spawned = thread::Builder::new().name("import".to_owned()).spawn(move || {
        if let Err(error) = import::run(&app, &actor, id, &source) {
            tracing::warn!(import = %id, error = %error, "an import ended early");
        }
    });
    spawned.map(drop).map_err(|error| Error::internal(format!("no thread for the import: {error}")))
}
