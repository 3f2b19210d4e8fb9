//! Asks the running server.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::Path;

use crate::admin::listener::{SOCKET_FILE, SocketPath};
use crate::admin::{Reply, Request, frame};
use crate::fault::{Exit, Fault, Outcome};
use crate::output::Meter;

/// Sends a request to the server that runs on the folder; `None` when none runs.
pub(super) fn send(dir: &Path, request: &Request) -> Result<Option<Outcome>, Fault> {
    if !dir.join(SOCKET_FILE).exists() {
        return Ok(None);
    }
    let failed = |error: io::Error| {
        Fault::new(Exit::Failed, "server_unreachable", format!("the running server does not answer: {error}"))
    };
    let path = SocketPath::of(dir).map_err(failed)?;
    let stream = match UnixStream::connect(path.as_path()) {
        Ok(stream) => stream,
        // Left behind by a server that was killed.
        Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound) => {
            return Ok(None);
        }
        Err(error) => return Err(failed(error)),
    };
    frame::write(&stream, request).map_err(failed)?;
    let meter = Meter::new();
    loop {
        match frame::read(&stream).map_err(failed)? {
            Reply::Progress(step) => meter.show(&step),
            Reply::Done(outcome) => {
                meter.end();
                return Ok(Some(outcome));
            }
        }
    }
}
