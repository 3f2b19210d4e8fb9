//! The running server's socket in the data folder, for whoever may read and write there.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use operations::App;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use crate::admin::{Place, Reply, Request, frame, perform};
use crate::backup::Progress;
use crate::fault::{Exit, Fault, Outcome};

/// The socket's name in the data folder.
pub(crate) const SOCKET_FILE: &str = "returndesk.sock";
/// Commands under way at once.
const AT_ONCE: usize = 4;
/// A caller has so long to send its request.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest path that a socket's address holds, in bytes.
const MAX_ADDRESS_BYTES: usize = 107;

/// Listens until it is dropped.
pub(crate) struct Listener {
    accepting: JoinHandle<()>,
    path: PathBuf,
}

/// A path short enough for a socket's address: a long one goes through the folder's descriptor.
pub(super) struct SocketPath {
    path: PathBuf,
    _dir: Option<File>,
}

impl SocketPath {
    pub(super) fn of(dir: &Path) -> io::Result<Self> {
        let path = dir.join(SOCKET_FILE);
        if path.as_os_str().len() <= MAX_ADDRESS_BYTES {
            return Ok(Self { path, _dir: None });
        }
        let dir = File::open(dir)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}/{SOCKET_FILE}", dir.as_raw_fd()));
        Ok(Self { path, _dir: Some(dir) })
    }

    pub(super) fn as_path(&self) -> &Path {
        &self.path
    }
}

impl Listener {
    /// Opens the socket. The caller holds the folder's lock, so a socket that is there was left behind.
    pub(crate) fn open(app: &App, dir: &Path, certificate: Option<PathBuf>) -> io::Result<Self> {
        let path = dir.join(SOCKET_FILE);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let short = SocketPath::of(dir)?;
        let listener = UnixListener::bind(short.as_path())?;
        // The folder is closed to others already; this keeps the socket so when somebody opens the folder up.
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let accepting = tokio::spawn(accept(listener, Home { app: app.clone(), dir: dir.to_owned(), certificate }));
        Ok(Self { accepting, path })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(%error, "the admin socket was gone already");
        }
    }
}

/// What every command on the socket is done with.
#[derive(Clone)]
struct Home {
    app: App,
    dir: PathBuf,
    certificate: Option<PathBuf>,
}

async fn accept(listener: UnixListener, home: Home) {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a command on the admin socket was lost");
                continue;
            }
        };
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        let home = home.clone();
        tokio::spawn(async move {
            if let Err(error) = answer(stream, home).await {
                tracing::debug!(%error, "a caller of the admin socket went away");
            }
            drop(turn);
        });
    }
}

async fn answer(mut stream: UnixStream, home: Home) -> io::Result<()> {
    let request = tokio::time::timeout(PATIENCE, read(&mut stream)).await??;
    let (said, mut heard) = watch::channel(None);
    let working = tokio::task::spawn_blocking(move || {
        let progress = move |step: &Progress| drop(said.send_replace(Some(step.clone())));
        let Home { app, dir, certificate } = home;
        let progress = Arc::new(progress);
        let place = Place { app, dir, lang: request.lang, certificate, served: true, progress };
        perform(&place, &request.verb)
    });
    // The channel closes when the work ends; a step that was overtaken by the next is not missed.
    while heard.changed().await.is_ok() {
        let step = heard.borrow_and_update().clone();
        if let Some(step) = step {
            stream.write_all(&frame::encode(&Reply::Progress(step))?).await?;
        }
    }
    let outcome: Outcome =
        working.await.unwrap_or_else(|error| Err(Fault::new(Exit::Failed, "internal", error.to_string())));
    stream.write_all(&frame::encode(&Reply::Done(outcome))?).await?;
    stream.shutdown().await
}

async fn read(stream: &mut UnixStream) -> io::Result<Request> {
    let mut body = vec![0; frame::checked(stream.read_u32().await?)?];
    stream.read_exact(&mut body).await?;
    Ok(serde_json::from_slice(&body)?)
}
