//! A payment gateway that does as it is told: a process of its own with a ledger file of its own.
//!
//! `payments ADDRESS LEDGER` serves `POST /refunds` (with `Idempotency-Key`) and `GET /refunds/{key}`. What it does with
//! the next refunds is set by `POST /script`, one word each: `accept`, `refuse`, `lose_before` (the line breaks, nothing
//! booked), `lose_after` (booked, the line breaks), `twice` (booked twice if it were careless; it is not, but it answers
//! the same twice), `late` (booked, but the first answers say pending). Without a script it accepts.
//! A key is booked once, whatever happens: `GET /ledger` shows every booking, and the file keeps it over a kill.

use std::collections::{HashMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::{Value, json};

/// How often a late refund is called pending before it is called done.
const LATE_ANSWERS: u32 = 2;
/// The largest request taken.
const MAX_BODY_BYTES: usize = 1 << 20;

struct Gateway {
    ledger: File,
    booked: HashMap<String, Entry>,
    script: VecDeque<String>,
    asked: u64,
}

#[derive(Clone)]
struct Entry {
    refund: Value,
    state: &'static str,
    pending: u32,
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(address), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: payments ADDRESS LEDGER"));
    };
    let gateway = Arc::new(Mutex::new(Gateway::open(&PathBuf::from(path))?));
    let listener = TcpListener::bind(address)?;
    println!("{}", listener.local_addr()?);
    io::stdout().flush()?;
    for stream in listener.incoming() {
        let gateway = Arc::clone(&gateway);
        let stream = stream?;
        thread::spawn(move || {
            // A line that breaks is the other side's to notice.
            let _ = serve(&gateway, &stream);
        });
    }
    Ok(())
}

impl Gateway {
    fn open(path: &PathBuf) -> io::Result<Self> {
        let mut booked = HashMap::new();
        if path.exists() {
            for line in BufReader::new(File::open(path)?).lines() {
                // A line cut off by a kill was never synced, hence never answered.
                let Ok(row) = serde_json::from_str::<Value>(&line?) else { continue };
                let key = row["key"].as_str().unwrap_or_default().to_owned();
                let state = if row["state"] == "refused" { "refused" } else { "done" };
                booked.insert(key, Entry { refund: row["refund"].clone(), state, pending: 0 });
            }
        }
        let ledger = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { ledger, booked, script: VecDeque::new(), asked: 0 })
    }

    fn book(&mut self, key: &str, refund: &Value, state: &'static str, pending: u32) -> io::Result<()> {
        let mut line = json!({ "key": key, "state": state, "refund": refund }).to_string();
        line.push('\n');
        self.ledger.write_all(line.as_bytes())?;
        self.ledger.sync_data()?;
        self.booked.insert(key.to_owned(), Entry { refund: refund.clone(), state, pending });
        Ok(())
    }

    fn said(&mut self, key: &str) -> Option<Value> {
        let entry = self.booked.get_mut(key)?;
        if entry.pending > 0 {
            entry.pending -= 1;
            return Some(json!({ "state": "pending" }));
        }
        Some(match entry.state {
            "refused" => json!({ "state": "refused", "reason": "refused by script" }),
            _ => json!({ "state": "done", "id": format!("GW-{key}") }),
        })
    }

    /// The answer, or `None` when the line breaks.
    fn refund(&mut self, key: &str, refund: &Value) -> io::Result<Option<Value>> {
        self.asked += 1;
        if let Some(known) = self.booked.get(key) {
            // The same key with another amount is a fault of the caller's, never a second refund.
            if known.refund != *refund {
                return Ok(Some(json!({ "state": "refused", "reason": "key used for another refund" })));
            }
            return Ok(self.said(key));
        }
        match self.script.pop_front().as_deref() {
            Some("refuse") => self.book(key, refund, "refused", 0)?,
            Some("lose_before") => return Ok(None),
            Some("lose_after") => {
                self.book(key, refund, "done", 0)?;
                return Ok(None);
            }
            Some("late") => self.book(key, refund, "done", LATE_ANSWERS)?,
            _ => self.book(key, refund, "done", 0)?,
        }
        Ok(self.said(key))
    }

    fn ledger(&self) -> Value {
        let rows = self.booked.iter().map(
            |(key, entry)| json!({ "key": key, "state": entry.state, "amount_minor": entry.refund["amount_minor"] }),
        );
        json!({ "asked": self.asked, "rows": rows.collect::<Vec<_>>() })
    }
}

struct Request {
    method: String,
    path: String,
    key: Option<String>,
    body: Value,
}

fn serve(gateway: &Mutex<Gateway>, stream: &TcpStream) -> io::Result<()> {
    let request = read(stream)?;
    let mut gateway = gateway.lock().unwrap_or_else(PoisonError::into_inner);
    let answer = match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/refunds") => {
            let Some(key) = &request.key else { return write(stream, 400, &json!({ "reason": "no key" })) };
            let twice = gateway.script.front().is_some_and(|word| word == "twice");
            let Some(said) = gateway.refund(key, &request.body)? else { return Ok(()) };
            if twice {
                write(stream, 200, &said)?;
            }
            Some(said)
        }
        ("POST", "/script") => {
            let words = request.body.as_array().cloned().unwrap_or_default();
            gateway.script = words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect();
            Some(json!({}))
        }
        ("GET", "/ledger") => Some(gateway.ledger()),
        ("GET", path) => path.strip_prefix("/refunds/").and_then(|key| gateway.said(key)),
        _ => None,
    };
    match answer {
        Some(answer) => write(stream, 200, &answer),
        None => write(stream, 404, &json!({ "reason": "not known" })),
    }
}

fn read(stream: &TcpStream) -> io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut key, mut length) = (None, 0_usize);
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        let Some((name, value)) = header.split_once(':') else { continue };
        match name.to_ascii_lowercase().as_str() {
            "idempotency-key" => key = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse().unwrap_or(0),
            _ => {}
        }
    }
    let mut body = vec![0; length.min(MAX_BODY_BYTES)];
    reader.read_exact(&mut body)?;
    Ok(Request { method, path, key, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
}

fn write(mut stream: &TcpStream, status: u16, body: &Value) -> io::Result<()> {
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.flush()
}
