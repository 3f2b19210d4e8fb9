//! A data folder with a million cases: a demo made by real commands, multiplied by SQL and kept under the target folder
//! while the schema stays the same.
//!
//! Multiplied are people's contacts with their search keys, orders, shipments, cases with lines, decisions, to-dos,
//! parcels and settlements; not events and messages, whose hashes and keys chain them to their commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use rusqlite::{Connection, params};

use crate::program::{self, folder};

/// How many cases there are at least.
pub(crate) const CASES: i64 = 1_000_000;
/// Cases that real commands make.
const BASE_CASES: &str = "6000";
/// Copies lie beside their original within its millisecond: ids keep their order in time.
const STEP: i64 = 4_096;
/// So many copies at most fit into a millisecond's ids.
const COPIES_MAX: i64 = (1 << domain::id::ID_SEQUENCE_BITS) / STEP - 1;
/// Another number makes another folder: raised when the multiplication changes.
const FORMAT: u32 = 1;

const SCHEMA: &str = include_str!("../../app/store/migrations/0001_day_one.sql");

/// A table to multiply: its name, and columns whose copies differ; `k` is the copy's number.
struct Table {
    name: &'static str,
    differ: &'static [(&'static str, &'static str)],
}

const ID: &str = "id + k * 4096";
const CONTACT: (&str, &str) = ("contact_id", "contact_id + k * 4096");
const ORDER: (&str, &str) = ("order_id", "order_id + k * 4096");
const ORDER_LINE: (&str, &str) = ("order_line_id", "order_line_id + k * 4096");
const RMA: (&str, &str) = ("rma_id", "rma_id + k * 4096");
const RMA_LINE: (&str, &str) = ("rma_line_id", "rma_line_id + k * 4096");
// Eleven digits that begin as the original's do and differ from copy to copy.
const PHONE: &str = "substr(phone, 1, 3) || printf('%08d', (CAST(substr(phone, 4) AS INTEGER) + k * 7919) % 100000000)";
const KEY: &str = "CASE kind WHEN 1 THEN substr(key, 1, 3) || printf('%08d', (CAST(substr(key, 4) AS INTEGER) + k * 7919) \
     % 100000000) WHEN 2 THEN printf('%04d', (CAST(key AS INTEGER) + k * 7919) % 10000) ELSE key END";

const TABLES: &[Table] = &[
    Table {
        name: "contact",
        differ: &[
            ("id", ID),
            ("phone", PHONE),
            (
                "phone_tail",
                "substr(phone_tail, 1, 0) || printf('%04d', (CAST(phone_tail AS INTEGER) + k * 7919) % 10000)",
            ),
        ],
    },
    Table { name: "contact_key", differ: &[CONTACT, ("key", KEY)] },
    Table { name: "sales_order", differ: &[("id", ID), ("number", "number || '-' || k"), CONTACT] },
    Table { name: "order_line", differ: &[("id", ID), ORDER, ("parent_id", "parent_id + k * 4096")] },
    Table { name: "shipment", differ: &[("id", ID), ORDER, ("waybill", "waybill || '-' || k")] },
    Table { name: "shipment_line", differ: &[("shipment_id", "shipment_id + k * 4096"), ORDER_LINE] },
    Table { name: "tender", differ: &[("id", ID), ORDER] },
    Table {
        name: "rma",
        differ: &[
            ("id", ID),
            ("number", "number || '-' || k"),
            ORDER,
            CONTACT,
            ("linked_rma_id", "linked_rma_id + k * 4096"),
            ("owner_id", OWNER),
        ],
    },
    Table { name: "rma_order", differ: &[RMA, ORDER] },
    Table { name: "rma_line", differ: &[("id", ID), RMA, ORDER_LINE] },
    Table { name: "decision", differ: &[("id", ID), RMA] },
    Table { name: "task", differ: &[("id", ID), RMA] },
    Table { name: "parcel", differ: &[("id", ID), ("waybill", "waybill || '-' || k")] },
    Table { name: "parcel_rma", differ: &[("parcel_id", "parcel_id + k * 4096"), RMA] },
    Table { name: "settlement", differ: &[("id", ID), RMA, ORDER, ("platform_number", "''")] },
    Table {
        name: "settlement_component",
        differ: &[("id", ID), ("settlement_id", "settlement_id + k * 4096"), RMA_LINE],
    },
];
// Half of the copies have an owner, one of all the people in turn.
const OWNER: &str = "CASE WHEN k % 2 = 0 THEN owner_id ELSE (SELECT person_id FROM base_person WHERE at = (k / 2 + rma_no) \
     % (SELECT count(1) FROM base_person)) END";

/// The folder; made when it is not there.
pub(crate) fn folder_of_a_million() -> Result<PathBuf> {
    let hash = fingerprint(&format!("{SCHEMA}{BASE_CASES}{CASES}{FORMAT}"));
    let dir = folder()?.join(format!("million-{hash}"));
    let ready = dir.join("ready");
    if ready.exists() {
        return Ok(dir);
    }
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    let began = Instant::now();
    println!("   making a million cases, once: about 10 minutes and 4 GB");
    program::run(&dir, &["demo", "--seed", "11", "--cases", BASE_CASES])?;
    println!("   {BASE_CASES} cases by real commands: {:.0} s", began.elapsed().as_secs_f64());
    multiply(&dir)?;
    fs::write(ready, "")?;
    println!("   multiplied: {:.0} s in all", began.elapsed().as_secs_f64());
    Ok(dir)
}

/// The database, for looking only.
pub(crate) fn look(dir: &Path) -> Result<Connection> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    Ok(Connection::open_with_flags(dir.join(store::DATABASE_FILE), flags)?)
}

/// What the folder holds, for the head of a run.
pub(crate) fn holds(dir: &Path) -> Result<String> {
    let look = look(dir)?;
    let count = |sql: &str| look.query_row(sql, (), |row| row.get::<_, i64>(0));
    let cases = count("SELECT sum(cases) FROM rma_total")?;
    let lines = count("SELECT sum(lines) FROM line_total")?;
    let bytes = count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?;
    let number = |value: i64| crate::print::grouped(value as f64);
    Ok(format!("{} cases with {} lines and their orders, {:.1} GB", number(cases), number(lines), bytes as f64 / 1e9))
}

fn multiply(dir: &Path) -> Result<()> {
    let raw = Connection::open(dir.join(store::DATABASE_FILE))?;
    // Nothing here has to outlive a power cut: an unfinished folder is made anew.
    raw.execute_batch(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -2000000;
         PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;",
    )?;
    let base: i64 = raw.query_row("SELECT count(1) FROM rma", (), |row| row.get(0))?;
    let copies = (CASES - 1) / base;
    anyhow::ensure!(copies <= COPIES_MAX, "{copies} copies of {base} cases do not fit");
    raw.execute_batch("BEGIN")?;
    raw.execute_batch("CREATE TEMP TABLE copy (k INTEGER PRIMARY KEY)")?;
    let mut insert = raw.prepare("INSERT INTO copy (k) VALUES (?1)")?;
    (1..=copies).try_for_each(|k| insert.execute(params![k]).map(drop))?;
    raw.execute_batch(
        "CREATE TEMP TABLE base_person AS
         SELECT row_number() OVER (ORDER BY id) - 1 AS at, id AS person_id FROM person",
    )?;
    for table in TABLES {
        copy(&raw, table).with_context(|| table.name.to_owned())?;
    }
    raw.execute_batch("COMMIT")?;
    raw.execute_batch("PRAGMA journal_mode = WAL; PRAGMA analysis_limit = 1000; ANALYZE;")?;
    Ok(())
}

// Originals in their order outside, copies inside: rows arrive nearly in the order of their keys.
fn copy(raw: &Connection, table: &Table) -> Result<()> {
    let began = Instant::now();
    let name = table.name;
    let mut columns = raw.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let columns = columns.query_map(params![name], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let expression = |column: &String| {
        let differs = table.differ.iter().find(|(name, _)| name == column);
        differs.map_or_else(|| column.clone(), |(_, expression)| (*expression).to_owned())
    };
    let list = columns.join(", ");
    let expressions = columns.iter().map(expression).collect::<Vec<_>>().join(", ");
    let first = if name == "contact_key" { "contact_id" } else { columns.first().context("a table has columns")? };
    raw.execute_batch(&format!(
        "CREATE TEMP TABLE base AS SELECT {list}, row_number() OVER (ORDER BY {first}) AS rma_no FROM {name};
         INSERT INTO {name} ({list}) SELECT {expressions} FROM base CROSS JOIN copy ORDER BY base.rowid, k;
         DROP TABLE base;"
    ))?;
    println!("   · {name}: {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

fn fingerprint(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
