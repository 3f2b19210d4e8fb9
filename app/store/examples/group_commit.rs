//! How many small commands a second the writer commits, each answered only when it is on the disk.
//!
//! `cargo run --release -p store --example group_commit [FOLDER] [SECONDS]`: put the folder on the disk to be measured.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use domain::Timestamp;
use store::idempotency::{self, Remembered};
use store::{Error, Job, Lane, OpenOptions, Outcome, Store, Synchronous, Tx, Verdict};

/// Threads that submit and hear, like the workers of a server; each has its share of the clients' commands under way.
const WORKERS_MAX: usize = 2;

/// Inserts one row of about 250 bytes with a secondary index.
struct Insert {
    key: i64,
    begun: Instant,
    heard: Sender<(Instant, Outcome)>,
}

impl Job for Insert {
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        let remembered =
            Remembered { verb: "bench.insert".to_owned(), request_hash: vec![7; 32], answer: "x".repeat(160) };
        let key = format!("{:016x}", self.key);
        match idempotency::remember(tx, "bench", &key, Timestamp::from_ms(self.key), &remembered) {
            Ok(()) => Verdict::Commit,
            Err(_) => Verdict::Rollback,
        }
    }
    fn done(self: Box<Self>, outcome: Outcome) {
        // A worker that has stopped does not listen any more.
        let _ = self.heard.send((self.begun, outcome));
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let seconds = arguments.next().and_then(|text| text.to_str()?.parse().ok()).unwrap_or(5);
    let cores = thread::available_parallelism()?;
    println!("SQLite {}, {cores} cores, {}", store::sqlite_version(), folder.display());
    println!(
        "{:>7} {:>11} {:>9} {:>9} {:>9} {:>9} {:>8}",
        "clients", "sync", "jobs/s", "p50 ms", "p99 ms", "max ms", "batch"
    );
    for (clients, synchronous) in
        [1, 16, 64, 256].into_iter().map(|clients| (clients, Synchronous::Full)).chain([(64, Synchronous::Normal)])
    {
        measure(&folder, clients, synchronous, Duration::from_secs(seconds))?;
    }
    Ok(())
}

fn measure(
    folder: &Path,
    clients: usize,
    synchronous: Synchronous,
    time: Duration,
) -> Result<(), Box<dyn std::error::Error>> {
    let dir = tempfile::tempdir_in(folder)?;
    let options = OpenOptions { create: true, synchronous, ..OpenOptions::default() };
    let store = Store::open(dir.path(), &options)?;
    let stop = Arc::new(AtomicBool::new(false));
    let keys = Arc::new(AtomicI64::new(1));
    let started = Instant::now();
    let workers = clients.min(WORKERS_MAX);
    let threads: Vec<_> = (0..workers)
        .map(|_| {
            let (store, stop, keys) = (store.clone(), Arc::clone(&stop), Arc::clone(&keys));
            thread::spawn(move || worker(&store, clients / workers, &stop, &keys))
        })
        .collect();
    thread::sleep(time);
    stop.store(true, Ordering::Relaxed);
    let mut waits = Vec::new();
    for thread in threads {
        waits.extend(thread.join().map_err(|_| "a worker panicked")??);
    }
    let elapsed = started.elapsed();
    waits.sort_unstable();
    let facts = store.facts()?;
    let at = |share: usize| waits.get(waits.len() * share / 1_000).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!(
        "{clients:>7} {:>11} {:>9.0} {:>9.2} {:>9.2} {:>9.2} {:>8.1}",
        facts.synchronous,
        waits.len() as f64 / elapsed.as_secs_f64(),
        at(500),
        at(990),
        waits.last().map_or(0.0, |last| last.as_secs_f64() * 1e3),
        facts.jobs_committed as f64 / facts.commits.max(1) as f64,
    );
    store.close();
    Ok(())
}

/// Keeps `share` jobs under way until it is to stop; how long each took.
fn worker(store: &Store, share: usize, stop: &AtomicBool, keys: &AtomicI64) -> Result<Vec<Duration>, Error> {
    let (heard, outcomes) = channel();
    let submit = || {
        let key = keys.fetch_add(1, Ordering::Relaxed);
        let job = Insert { key, begun: Instant::now(), heard: heard.clone() };
        store.submit(Lane::Interactive, Box::new(job)).map_err(|store::Full| Error::Busy)
    };
    (0..share).try_for_each(|_| submit())?;
    let mut under_way = share;
    let mut waits = Vec::new();
    while under_way > 0 {
        match outcomes.recv() {
            Ok((begun, Outcome::Committed { .. })) => waits.push(begun.elapsed()),
            Ok((_, Outcome::Failed(error))) => return Err(error),
            Ok((_, Outcome::RolledBack)) => return Err(Error::Sql("an insert was refused".to_owned())),
            Err(_) => return Err(Error::ShuttingDown),
        }
        if stop.load(Ordering::Relaxed) {
            under_way -= 1;
        } else {
            submit()?;
        }
    }
    Ok(waits)
}
