//! A load generator: many clients on one thread, each with one kept connection, speaking HTTP/1.1 by hand so that the
//! machine's time goes to the server.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;

/// An answer longer than this is a mistake.
const MAX_ANSWER_BYTES: usize = 16 << 20;

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The head as it came.
    pub head: String,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// One kept connection.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What is sent and for how long.
pub struct Load {
    /// Connections, each with one request under way.
    pub clients: usize,
    /// Requests at most.
    pub requests: usize,
    /// Time at most.
    pub time: Duration,
    /// The status that counts as done.
    pub expect: u16,
}

/// What a load did.
#[derive(Debug)]
pub struct Measured {
    /// Requests that were answered as expected.
    pub done: usize,
    /// From the first request to the last answer.
    pub took: Duration,
    latencies_us: Vec<u32>,
    wrong: BTreeMap<u16, (usize, String)>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// The socket's.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// The socket's, and an answer that cannot be read.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (head_end, length) = loop {
            self.more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break (end + 4, content_length(&self.buffer[..end])?);
            }
        };
        while self.buffer.len() < head_end + length {
            self.more().await?;
        }
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        let status = head.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0);
        Ok(Answer { status, head, body: self.buffer[head_end..head_end + length].to_vec() })
    }

    async fn more(&mut self) -> io::Result<()> {
        if self.buffer.len() > MAX_ANSWER_BYTES {
            return Err(io::Error::other("an answer without an end"));
        }
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn content_length(head: &[u8]) -> io::Result<usize> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    match head.lines().find_map(|line| line.strip_prefix("content-length:")) {
        Some(length) => length.trim().parse().map_err(io::Error::other),
        None if head.contains("transfer-encoding:") => Err(io::Error::other("a chunked answer")),
        None => Ok(0),
    }
}

/// A request as it goes over the line. `headers` are whole lines, each with its line end.
#[must_use]
pub fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let kind = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
    format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n{headers}{kind}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Sends one request on a connection of its own.
///
/// # Errors
/// The socket's, and an answer that cannot be read.
pub fn once(address: SocketAddr, request: &[u8]) -> Result<Answer> {
    runtime()?.block_on(async { Ok(Connection::open(address).await?.send(request).await?) })
}

/// Signs a person in; the headers of their requests.
///
/// # Errors
/// The socket's, and a refusal.
pub fn sign_in(address: SocketAddr, name: &str, password: &str) -> Result<String> {
    let body = json!({ "name": name, "password": password }).to_string();
    let answer = once(address, &request("POST", "/api/session", "", &body))?;
    ensure!(answer.status == 201, "{name} cannot sign in: {}", String::from_utf8_lossy(&answer.body));
    let cookie = answer.head.lines().find_map(|line| {
        let (header, value) = line.split_once(": ")?;
        header.eq_ignore_ascii_case("set-cookie").then(|| value.split(';').next().unwrap_or_default().to_owned())
    });
    let view: Value = serde_json::from_slice(&answer.body)?;
    let csrf = view["session"]["csrf_token"].as_str().context("a session has a token")?;
    Ok(format!("cookie: {}\r\nx-csrf-token: {csrf}\r\n", cookie.context("a session has a cookie")?))
}

/// Puts a load on a server. `make` writes the request of a number, `look` sees each expected answer.
///
/// # Errors
/// When the server takes no connection or breaks one off.
pub fn run(
    address: SocketAddr,
    load: &Load,
    make: impl Fn(usize) -> Vec<u8> + 'static,
    look: impl FnMut(usize, &Answer) + 'static,
) -> Result<Measured> {
    run_until(address, load, Arc::default(), make, look)
}

/// The same, which also ends when `stop` turns true.
///
/// # Errors
/// When the server takes no connection or breaks one off.
pub fn run_until(
    address: SocketAddr,
    load: &Load,
    stop: Arc<AtomicBool>,
    make: impl Fn(usize) -> Vec<u8> + 'static,
    look: impl FnMut(usize, &Answer) + 'static,
) -> Result<Measured> {
    let shared = Rc::new(Shared {
        stop,
        next: Cell::new(0),
        requests: load.requests,
        expect: load.expect,
        make: Box::new(make),
        look: RefCell::new(Box::new(look)),
        latencies_us: RefCell::new(Vec::with_capacity(load.requests.min(1 << 21))),
        wrong: RefCell::default(),
    });
    let local = LocalSet::new();
    let took = runtime()?.block_on(local.run_until(clients(address, load, Rc::clone(&shared))))?;
    let mut latencies_us = shared.latencies_us.take();
    latencies_us.sort_unstable();
    Ok(Measured { done: latencies_us.len(), took, latencies_us, wrong: shared.wrong.take() })
}

/// Sees each expected answer with its request's number.
type Look = dyn FnMut(usize, &Answer);

struct Shared {
    stop: Arc<AtomicBool>,
    next: Cell<usize>,
    requests: usize,
    expect: u16,
    make: Box<dyn Fn(usize) -> Vec<u8>>,
    look: RefCell<Box<Look>>,
    latencies_us: RefCell<Vec<u32>>,
    wrong: RefCell<BTreeMap<u16, (usize, String)>>,
}

async fn clients(address: SocketAddr, load: &Load, shared: Rc<Shared>) -> Result<Duration> {
    let mut connections = Vec::with_capacity(load.clients);
    for _ in 0..load.clients {
        connections.push(Connection::open(address).await.context("the server takes no connection")?);
    }
    let began = Instant::now();
    let end = began + load.time;
    let tasks = connections.into_iter().map(|connection| {
        let shared = Rc::clone(&shared);
        tokio::task::spawn_local(client(connection, shared, end))
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    Ok(began.elapsed())
}

async fn client(mut connection: Connection, shared: Rc<Shared>, end: Instant) -> Result<()> {
    loop {
        let number = shared.next.get();
        if number >= shared.requests || Instant::now() >= end || shared.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        shared.next.set(number + 1);
        let request = (shared.make)(number);
        let began = Instant::now();
        let answer = connection.send(&request).await.context("the server broke off")?;
        let us = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
        if answer.status == shared.expect {
            shared.latencies_us.borrow_mut().push(us);
            (shared.look.borrow_mut())(number, &answer);
        } else {
            let mut wrong = shared.wrong.borrow_mut();
            let said = || (0, String::from_utf8_lossy(&answer.body).chars().take(300).collect());
            wrong.entry(answer.status).or_insert_with(said).0 += 1;
        }
    }
}

impl Measured {
    /// Expected answers a second.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        self.done as f64 / self.took.as_secs_f64()
    }

    /// A latency in milliseconds that `share` of the answers kept.
    #[must_use]
    pub fn within_ms(&self, share: f64) -> f64 {
        let at = ((self.latencies_us.len() as f64 * share) as usize).min(self.latencies_us.len().saturating_sub(1));
        self.latencies_us.get(at).map_or(f64::NAN, |us| f64::from(*us) / 1_000.0)
    }

    /// Itself, when every answer was the expected one.
    ///
    /// # Errors
    /// The first other answer.
    pub fn all_expected(self) -> Result<Self> {
        match self.wrong.first_key_value() {
            Some((status, (count, said))) => bail!("{count} answers were {status}, such as {said}"),
            None => Ok(self),
        }
    }
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_io().build()
}
