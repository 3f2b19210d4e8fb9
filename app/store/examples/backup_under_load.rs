//! What a backup costs those who write meanwhile: waits of commands before and during the copy.
//!
//! `cargo run --release -p store --example backup_under_load [FOLDER] [MEGABYTES]`

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

use domain::Timestamp;
use store::idempotency::{self, Remembered};
use store::{Error, Job, Lane, OpenOptions, Outcome, Store, Tx, Verdict};

const CLIENTS: usize = 32;
const PAUSE: Duration = Duration::from_millis(5);
const FILL_BYTES: usize = 3_000;

/// Inserts rows from `from` on.
struct Insert {
    from: i64,
    rows: i64,
    bytes: usize,
    answer: std::sync::mpsc::SyncSender<Outcome>,
}

impl Job for Insert {
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        for key in self.from..self.from + self.rows {
            let remembered = Remembered {
                verb: "bench.insert".to_owned(),
                request_hash: vec![7; 32],
                answer: "x".repeat(self.bytes),
            };
            let name = format!("{:016x}", key.wrapping_mul(0x5851_F42D_4C95_7F2D));
            if idempotency::remember(tx, "bench", &name, Timestamp::from_ms(key), &remembered).is_err() {
                return Verdict::Rollback;
            }
        }
        Verdict::Commit
    }
    fn done(self: Box<Self>, outcome: Outcome) {
        // The main thread may have given up.
        let _ = self.answer.send(outcome);
    }
}

fn insert(store: &Store, lane: Lane, from: i64, rows: i64, bytes: usize) -> Result<Duration, Error> {
    let (answer, answers) = sync_channel(1);
    let begun = Instant::now();
    store.submit(lane, Box::new(Insert { from, rows, bytes, answer })).map_err(|store::Full| Error::Busy)?;
    match answers.recv() {
        Ok(Outcome::Committed { .. }) => Ok(begun.elapsed()),
        Ok(Outcome::Failed(error)) => Err(error),
        Ok(Outcome::RolledBack) | Err(_) => Err(Error::ShuttingDown),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let megabytes: i64 = arguments.next().and_then(|text| text.to_str()?.parse().ok()).unwrap_or(300);
    let dir = tempfile::tempdir_in(folder)?;
    let store = Store::open(dir.path(), &OpenOptions { create: true, ..OpenOptions::default() })?;
    let keys = Arc::new(AtomicI64::new(1));
    while store.facts()?.database_bytes < megabytes.unsigned_abs() << 20 {
        insert(&store, Lane::Bulk, keys.fetch_add(200, Ordering::Relaxed), 200, FILL_BYTES)?;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let began = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (store, stop, keys) = (store.clone(), Arc::clone(&stop), Arc::clone(&keys));
            thread::spawn(move || -> Result<Vec<(Duration, Duration)>, Error> {
                let mut waits = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let key = keys.fetch_add(1, Ordering::Relaxed);
                    waits.push((began.elapsed(), insert(&store, Lane::Interactive, key, 1, 160)?));
                    thread::sleep(PAUSE);
                }
                Ok(waits)
            })
        })
        .collect();
    thread::sleep(Duration::from_secs(3));
    let from = began.elapsed();
    let report = store.backup_to(&dir.path().join("copy.db"), |_| {})?;
    let until = began.elapsed();
    stop.store(true, Ordering::Relaxed);
    let mut waits = Vec::new();
    for client in clients {
        waits.extend(client.join().map_err(|_| "a client panicked")??);
    }
    println!("{CLIENTS} clients, {} MB copied and synced in {:.1} s", report.bytes >> 20, (until - from).as_secs_f64());
    show("before", waits.iter().filter(|(at, _)| *at < from));
    show("during", waits.iter().filter(|(at, _)| (from..until).contains(at)));
    store.close();
    Ok(())
}

fn show<'w>(name: &str, waits: impl Iterator<Item = &'w (Duration, Duration)>) {
    let mut took: Vec<Duration> = waits.map(|(_, took)| *took).collect();
    took.sort_unstable();
    let at = |share: usize| took.get(took.len() * share / 1_000).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!("{name}: {} writes, p50 {:.2} ms, p99 {:.2} ms, p99.9 {:.2} ms", took.len(), at(500), at(990), at(999));
}
