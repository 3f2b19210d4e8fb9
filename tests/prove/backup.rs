//! Backups while many write and upload, restored elsewhere: what an archive says is its last event, is the last; every
//! event up to it is there, byte for byte; every file that it names is whole; and what was acknowledged before the backup
//! began is in it. The last archive, of a folder at rest, equals the folder row by row.

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret as _;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use support::Binary;
use support::load::{Answer, Load, Measured, request, run_until};
use support::picture::noise_png;

use crate::Length;
use crate::shop::{Shop, durable, now_ms, session};

/// Clients that write, and clients that upload.
const WRITERS: usize = 48;
const UPLOADERS: usize = 16;
const DAY_MS: i64 = 86_400_000;
/// The code of a shop of the demo.
const SHOP: &str = "A";
/// What is not part of what was saved: it is written after the copy, about it.
const ABOUT_BACKUPS: &str = "backup_run";

/// What was acknowledged, in order: numbers of orders, hashes of files.
#[derive(Clone, Default)]
struct Acknowledged {
    orders: Arc<Mutex<Vec<String>>>,
    files: Arc<Mutex<Vec<String>>>,
}

pub(crate) fn run(length: Length) {
    let (archives, before) =
        if length == Length::Full { (5, Duration::from_secs(10)) } else { (1, Duration::from_secs(2)) };
    let shop = Shop::found();
    let served = shop.binary.serve(&[]);
    let address: SocketAddr = served.url.trim_start_matches("http://").parse().expect("an address");
    println!("   {WRITERS} clients write, {UPLOADERS} upload; doctor: {}", durable(&shop.binary));
    let identity = age::x25519::Identity::generate();
    let key = shop.aside().join("key.txt");
    fs::write(&key, identity.to_string().expose_secret()).expect("a key");
    let recipient = identity.to_public().to_string();
    let shops = session(address, "agent");

    // Without a backup first, for the difference.
    let acknowledged = Acknowledged::default();
    let quiet = under_load(address, &shop.token, (&shops, 0), &acknowledged, || thread::sleep(before));
    say("without a backup", &quiet);
    let mut kept = Vec::new();
    let busy = under_load(address, &shop.token, (&shops, 1), &acknowledged, || {
        for number in 0..archives {
            // What is acknowledged by now must be in it.
            let promised = acknowledged.so_far();
            kept.push((back_up(&shop.binary, &shop.aside().join(format!("busy-{number}.age")), &recipient), promised));
        }
    });
    say("while backups are made", &busy);
    let rest = back_up(&shop.binary, &shop.aside().join("rest.age"), &recipient);
    let (_, code) = served.stop();
    assert_eq!(code, 0);

    let source = shop.aside().join("data");
    for (archive, promised) in &kept {
        let restored = restore(&shop, archive, &key);
        let (events, files) = is_consistent(&source, &restored, archive.last_event);
        holds(&restored, promised);
        println!(
            "   {}: {events} events to its last, {files} files, {:.1} s",
            archive.name(),
            archive.took.as_secs_f64()
        );
    }
    let restored = restore(&shop, &rest, &key);
    is_consistent(&source, &restored, rest.last_event);
    let tables = is_equal(&source, &restored);
    println!("   at rest: {tables} tables equal row by row");
}

/// An archive and what it says of itself.
struct Archive {
    path: PathBuf,
    last_event: i64,
    took: Duration,
}

impl Archive {
    fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

fn back_up(binary: &Binary, to: &Path, recipient: &str) -> Archive {
    let began = Instant::now();
    let said = binary.run(&["backup", "--to", &to.to_string_lossy(), "--recipient", recipient, "--json"]).json(0);
    let last_event = said["manifest"]["last_event"].as_i64().expect("the last event");
    Archive { path: to.to_owned(), last_event, took: began.elapsed() }
}

fn restore(shop: &Shop, archive: &Archive, key: &Path) -> PathBuf {
    let to = shop.aside().join(format!("restored-{}", archive.name()));
    let (file, key) = (archive.path.to_string_lossy(), key.to_string_lossy());
    Binary::on(&to).run(&["restore", &file, "--identity", &key]).expect(0);
    Binary::on(&to).run(&["doctor", "--deep", "--json"]).expect(0);
    to
}

impl Acknowledged {
    fn so_far(&self) -> (Vec<String>, Vec<String>) {
        let copy = |list: &Mutex<Vec<String>>| list.lock().expect("a list").clone();
        (copy(&self.orders), copy(&self.files))
    }
}

/// What the writers and the uploaders measured.
struct Loads {
    writes: Measured,
    uploads: Measured,
}

fn say(when: &str, loads: &Loads) {
    for (what, measured) in [("writes", &loads.writes), ("uploads", &loads.uploads)] {
        let (rate, p50, p99) = (measured.per_second(), measured.within_ms(0.5), measured.within_ms(0.99));
        println!("   {when}: {what} {rate:.0}/s, p50 {p50:.1} ms, p99 {p99:.1} ms");
    }
}

/// Writes and uploads until `work` is done. `agent` has the headers of a session, and the round that numbers begin with.
fn under_load(
    address: SocketAddr,
    system: &str,
    (agent, round): (&str, usize),
    acknowledged: &Acknowledged,
    work: impl FnOnce(),
) -> Loads {
    let stop = Arc::new(AtomicBool::new(false));
    let load = |clients, expect| Load { clients, requests: usize::MAX, time: Duration::from_secs(3_600), expect };
    let now = now_ms();
    thread::scope(|scope| {
        let headers = format!("authorization: Bearer {system}\r\n");
        let (ends, seen) = (Arc::clone(&stop), Arc::clone(&acknowledged.orders));
        let writing = scope.spawn(move || {
            let make = move |number| order(&headers, now, &order_number(round, number));
            let look = move |number, _: &_| seen.lock().expect("a list").push(order_number(round, number));
            run_until(address, &load(WRITERS, 200), ends, make, look).and_then(Measured::all_expected)
        });
        let (headers, ends, seen) = (agent.to_owned(), Arc::clone(&stop), Arc::clone(&acknowledged.files));
        let uploading = scope.spawn(move || {
            let make = move |number| {
                upload(&headers, &noise_png(round as u64 + 1, number as u64 + 1), &format!("picture-{round}-{number}"))
            };
            let look = move |_, answer: &Answer| {
                let view: Value = serde_json::from_slice(&answer.body).expect("JSON");
                seen.lock().expect("a list").push(view["id"].as_str().expect("an id").to_owned());
            };
            run_until(address, &load(UPLOADERS, 201), ends, make, look).and_then(Measured::all_expected)
        });
        work();
        stop.store(true, Ordering::Relaxed);
        Loads {
            writes: writing.join().expect("the writers").expect("every order is taken"),
            uploads: uploading.join().expect("the uploaders").expect("every file is taken"),
        }
    })
}

fn order_number(round: usize, number: usize) -> String {
    format!("88{round:02}{number:010}")
}

fn order(headers: &str, now: i64, number: &str) -> Vec<u8> {
    let body = json!({
        "source_version": 1,
        "ordered_at": now - 5 * DAY_MS,
        "contact": { "name": "张三", "phone": "13800001111" },
        "lines": [{ "line_no": 1, "sku": "SH-2203-S", "quantity": 2, "unit_price_minor": 25_900 }],
        "shipments": [{
            "waybill": format!("OUT{number}"), "state": "delivered", "shipped_at": now - 4 * DAY_MS,
            "delivered_at": now - 2 * DAY_MS, "lines": [{ "line_no": 1, "quantity": 2 }],
        }],
    });
    // The demo's first shop.
    let headers = format!("{headers}idempotency-key: {number}\r\n");
    request("PUT", &format!("/api/orders/{SHOP}/{number}"), &headers, &body.to_string())
}

fn upload(headers: &str, content: &[u8], key: &str) -> Vec<u8> {
    let length = content.len();
    let head = format!(
        "POST /api/attachments HTTP/1.1\r\nhost: localhost\r\n{headers}idempotency-key: {key}\r\n\
         content-type: application/octet-stream\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), content].concat()
}

fn open(folder: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    Connection::open_with_flags(folder.join("returndesk.db"), flags).expect("a database")
}

/// Rows of a query, each as one text.
fn rows(database: &Connection, sql: &str) -> Vec<String> {
    let mut statement = database.prepare(sql).expect("a query");
    let columns = statement.column_count();
    let read =
        |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get_ref(at).map(|value| format!("{value:?}"))).collect();
    let found: rusqlite::Result<Vec<Vec<String>>> = statement.query_map([], read).and_then(Iterator::collect);
    found.expect("rows").into_iter().map(|row| row.join("|")).collect()
}

/// Rows of a table with every column that it has.
fn whole(database: &Connection, table: &str, rest: &str) -> Vec<String> {
    let mut statement = database.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid").expect("a query");
    let names: rusqlite::Result<Vec<String>> =
        statement.query_map([table], |row| row.get(0)).and_then(Iterator::collect);
    rows(
        database,
        &format!(
            "SELECT {} FROM \"{table}\" {rest}",
            names.expect("columns").iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
        ),
    )
}

/// Events to the last one are those of the source, none is later, and each file is what its name says.
fn is_consistent(source: &Path, restored: &Path, last_event: i64) -> (usize, usize) {
    let (from, to) = (open(source), open(restored));
    let last = rows(&to, "SELECT max(id) FROM event");
    assert_eq!(last, [format!("Integer({last_event})")], "the last event is the one that the archive names");
    for table in ["event", "event_payload"] {
        let id = if table == "event" { "id" } else { "event_id" };
        let rest = format!("WHERE {id} <= {last_event} ORDER BY {id}");
        assert!(whole(&from, table, &rest) == whole(&to, table, &rest), "{table} differs");
    }
    let hashes = rows(&to, "SELECT hash FROM attachment GROUP BY hash ORDER BY hash");
    for hash in &hashes {
        let hash = hash.trim_start_matches("Text(").trim_end_matches(')');
        let hash = text_of(hash);
        let content = fs::read(restored.join("files").join(&hash[..2]).join(&hash)).expect("a file that is named");
        assert_eq!(blake3::hash(&content).to_hex().as_str(), hash);
    }
    (rows(&to, "SELECT id FROM event").len(), hashes.len())
}

/// A text as `rows` shows it: a list of its bytes.
fn text_of(shown: &str) -> String {
    let bytes = shown.trim_matches(['[', ']']).split(", ").map(|byte| byte.parse::<u8>().expect("a byte"));
    String::from_utf8(bytes.collect()).expect("UTF-8")
}

/// Everything that was promised is there.
fn holds(restored: &Path, (orders, files): &(Vec<String>, Vec<String>)) {
    let database = open(restored);
    let found = |sql: &str| -> BTreeSet<String> {
        let mut statement = database.prepare(sql).expect("a query");
        let found: rusqlite::Result<_> = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect);
        found.expect("rows")
    };
    let numbers = found("SELECT number FROM sales_order");
    let lost: Vec<&String> = orders.iter().filter(|number| !numbers.contains(*number)).collect();
    assert!(lost.is_empty(), "acknowledged before the backup and not in it: {lost:?}");
    let ids = found("SELECT CAST(id AS TEXT) FROM attachment");
    let lost: Vec<&String> = files.iter().filter(|id| !ids.contains(*id)).collect();
    assert!(lost.is_empty(), "uploaded before the backup and not in it: {lost:?}");
}

/// Every table of the one is that of the other; how many there are.
fn is_equal(source: &Path, restored: &Path) -> usize {
    let (from, to) = (open(source), open(restored));
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut statement = from.prepare(tables).expect("a query");
    let names: rusqlite::Result<Vec<String>> = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect);
    let names: Vec<String> = names.expect("tables").into_iter().filter(|name| name != ABOUT_BACKUPS).collect();
    for name in &names {
        let sorted = |database: &Connection| {
            let mut rows = whole(database, name, "");
            rows.sort();
            rows
        };
        assert!(sorted(&from) == sorted(&to), "{name} differs");
    }
    names.len()
}
