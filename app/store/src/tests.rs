//! Tests of the store as a whole, and what they share.

mod backing_up;
mod checking;
mod checkpoints;
mod faults;
mod guards;
mod opening;
mod reading;
pub(crate) mod schema;
mod values;
mod writing;

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tempfile::TempDir;

use crate::conn::BuiltSql;
use crate::params::{named_params, sql};
use crate::{Error, Job, Lane, OpenOptions, Outcome, Store, Tx, Verdict};

/// A store in a folder of its own with a table `probe`.
struct Probe {
    store: Store,
    dir: TempDir,
}

impl Probe {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        write(&store, |tx| {
            tx.exec_batch(&BuiltSql::new(
                "CREATE TABLE probe (
                   id INTEGER PRIMARY KEY,
                   name TEXT CHECK (name <> 'forbidden'),
                   load BLOB,
                   CONSTRAINT probe_name_is_short CHECK (length(name) < 20)
                 ) STRICT;
                 CREATE UNIQUE INDEX probe_name ON probe (name);"
                    .to_owned(),
            ))
        })
        .unwrap();
        Self { store, dir }
    }

    fn ids(&self) -> Vec<i64> {
        let sql = BuiltSql::new("SELECT id FROM probe ORDER BY id".to_owned());
        self.store.read(1_000, |conn| conn.all(&sql, (), |row| row.get("id"))).unwrap()
    }
}

pub(crate) fn open(dir: &Path) -> Store {
    Store::open(dir, &OpenOptions { create: true, ..OpenOptions::default() }).unwrap()
}

/// A job made of a function; the outcome goes into a channel.
struct Call<F> {
    run: F,
    outcome: SyncSender<Outcome>,
}

impl<F: FnMut(&Tx<'_>) -> Verdict + Send> Job for Call<F> {
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        (self.run)(tx)
    }
    fn done(self: Box<Self>, outcome: Outcome) {
        self.outcome.send(outcome).unwrap();
    }
}

fn call(run: impl FnMut(&Tx<'_>) -> Verdict + Send + 'static) -> (Box<dyn Job>, Receiver<Outcome>) {
    let (outcome, heard) = sync_channel(1);
    (Box::new(Call { run, outcome }), heard)
}

fn submit(store: &Store, lane: Lane, run: impl FnMut(&Tx<'_>) -> Verdict + Send + 'static) -> Receiver<Outcome> {
    let (job, heard) = call(run);
    store.submit(lane, job).unwrap();
    heard
}

/// Runs a command that keeps its changes unless it fails, and waits for it.
pub(crate) fn write<T: Send + 'static>(
    store: &Store,
    mut command: impl FnMut(&Tx<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (sender, results) = sync_channel(2);
    let heard = submit(store, Lane::Interactive, move |tx| {
        let result = command(tx);
        let verdict = if result.is_ok() { Verdict::Commit } else { Verdict::Rollback };
        sender.send(result).unwrap();
        verdict
    });
    match heard.recv().unwrap() {
        Outcome::Failed(error) => Err(error),
        Outcome::Committed { .. } | Outcome::RolledBack => results.try_iter().last().unwrap(),
    }
}

fn insert(tx: &Tx<'_>, id: i64) -> Result<usize, Error> {
    let sql = BuiltSql::new("INSERT INTO probe (id, name) VALUES (:id, :name)".to_owned());
    tx.exec(&sql, named_params! { ":id": id, ":name": format!("row {id}") })
}

fn keep(result: Result<usize, Error>) -> Verdict {
    if result.is_ok() { Verdict::Commit } else { Verdict::Rollback }
}

fn pragma(tx: &Tx<'_>, pragma: &str) -> Result<i64, Error> {
    let sql = BuiltSql::new(format!("PRAGMA {pragma}"));
    tx.value(&sql, ()).map(|value| value.unwrap_or_default())
}

fn version(store: &Store) -> u32 {
    let sql = sql!("SELECT max(version) FROM schema_migration");
    store.read(1_000, |conn| conn.value(sql, ())).unwrap().unwrap()
}
