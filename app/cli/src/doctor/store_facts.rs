//! What the store says about itself.

use crate::admin::Place;
use crate::doctor::{Check, Pen, Status};

/// Interactive jobs waiting from which the queue is worth a look.
const QUEUE_LONG: usize = 256;
/// A WAL larger than this was not emptied for long.
const WAL_LARGE_BYTES: u64 = 512 * 1_024 * 1_024;
/// A commit slower than this says something about the disk.
const COMMIT_SLOW_US: u64 = 2_000_000;

pub(super) fn checks(place: &Place, pen: &Pen) -> Vec<Check> {
    let facts = match place.app.store().facts() {
        Ok(facts) => facts,
        Err(error) => return vec![pen.failed("store.facts", &error)],
    };
    let sqlite = facts.sqlite_version;
    let schema = facts.schema_version;
    let mut checks = vec![
        pen.ok("sqlite.version", format!("SQLite {sqlite}"), format!("SQLite {sqlite}")),
        pen.ok("schema.version", format!("结构版本 {schema}"), format!("schema {schema}")),
    ];
    checks.push(match facts.synchronous {
        "full" => pen.ok("store.synchronous", "synchronous = FULL", "synchronous = FULL"),
        other => pen.check(
            "store.synchronous",
            Status::Error,
            format!("synchronous = {other}，断电可能丢失已确认的数据"),
            format!("synchronous = {other}: a power cut can lose what was acknowledged"),
        ),
    });
    checks.push(match facts.journal_mode.as_str() {
        "wal" => pen.ok("store.journal_mode", "journal_mode = WAL", "journal_mode = WAL"),
        other => pen.check(
            "store.journal_mode",
            Status::Error,
            format!("journal_mode = {other}，应为 WAL"),
            format!("journal_mode = {other}, WAL is needed"),
        ),
    });
    let waiting = (facts.queued_interactive, facts.queued_bulk);
    let status = if waiting.0 >= QUEUE_LONG { Status::Warning } else { Status::Ok };
    let zh = format!("排队：交互 {}，批量 {}", waiting.0, waiting.1);
    checks.push(pen.check(
        "store.queue",
        status,
        zh,
        format!("waiting: {} interactive, {} bulk", waiting.0, waiting.1),
    ));
    let mib = |bytes: u64| bytes / (1_024 * 1_024);
    let status = if facts.wal_bytes > WAL_LARGE_BYTES { Status::Warning } else { Status::Ok };
    let zh = format!("数据库 {} MiB，WAL {} MiB", mib(facts.database_bytes), mib(facts.wal_bytes));
    let en = format!("database {} MiB, WAL {} MiB", mib(facts.database_bytes), mib(facts.wal_bytes));
    checks.push(pen.check("store.size", status, zh, en));
    if place.served {
        let slowest = facts.slowest_commit_us;
        let status = if slowest > COMMIT_SLOW_US { Status::Warning } else { Status::Ok };
        let zh = format!("提交 {} 次，最慢 {} ms", facts.commits, slowest / 1_000);
        let en = format!("{} commits, the slowest {} ms", facts.commits, slowest / 1_000);
        checks.push(pen.check("store.commits", status, zh, en));
    }
    checks
}
