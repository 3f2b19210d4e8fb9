//! The other end of a call: keeps what it gets, answers as it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The path with its query.
    pub path: String,
    /// Names in small letters, and values.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub text: String,
    /// The body as JSON; `Null` when it is none.
    pub body: Value,
}

impl Heard {
    /// A header's value, or nothing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }

    /// A value of the query, percent signs undone.
    #[must_use]
    pub fn query(&self, name: &str) -> String {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        pair.unwrap_or_default().replace("%2B", "+").replace("%2F", "/").replace("%3D", "=")
    }
}

/// Status and body of an answer.
pub type Said = (u16, String);
type Rule = Box<dyn Fn(&Heard, usize) -> Said + Send + Sync>;

/// A server that keeps what it gets.
pub struct Receiver {
    heard: Arc<Mutex<Vec<Heard>>>,
    /// Where it listens, such as `http://127.0.0.1:40001`.
    pub url: String,
}

impl Receiver {
    /// Answers by a rule that is told the request and how many came before.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn start(rule: impl Fn(&Heard, usize) -> Said + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (kept, rule): (_, Arc<Rule>) = (Arc::clone(&heard), Arc::new(Box::new(rule)));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, rule) = (Arc::clone(&kept), Arc::clone(&rule));
                thread::spawn(move || serve(&stream, &kept, &rule));
            }
        });
        Self { heard, url }
    }

    /// What came so far, in order.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(stream: &TcpStream, kept: &Mutex<Vec<Heard>>, rule: &Rule) {
    let Ok(reading) = stream.try_clone() else { return };
    let mut lines = BufReader::new(reading);
    // A line that breaks is the other side's to notice.
    while let Some(heard) = read(&mut lines) {
        let (status, body) = {
            let mut all = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let said = rule(&heard, all.len());
            all.push(heard);
            said
        };
        let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nlocation: /elsewhere\r\n\r\n", body.len());
        let mut writing = stream;
        if writing.write_all(head.as_bytes()).and_then(|()| writing.write_all(body.as_bytes())).is_err() {
            return;
        }
    }
}

fn read(lines: &mut BufReader<TcpStream>) -> Option<Heard> {
    let mut first = String::new();
    lines.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    lines.read_exact(&mut body).ok()?;
    let text = String::from_utf8_lossy(&body).into_owned();
    let body = serde_json::from_str(&text).unwrap_or_default();
    Some(Heard { path, headers, text, body })
}
