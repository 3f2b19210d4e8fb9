//! The search box over a million cases: order number, phone tail, name fragment, article, waybill.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::million;
use crate::print::{Aim, figure, spent, surroundings};
use crate::program::serve;
use crate::shop::sign_in;
use support::load::{self, Load, once, request};

/// Searches of each kind.
const SEARCHES: usize = 400;
/// Different texts of each kind.
const TEXTS: i64 = 200;

pub(crate) fn run() -> Result<()> {
    let dir = million::folder_of_a_million()?;
    surroundings(&dir, &million::holds(&dir)?)?;
    let samples = samples(&dir)?;
    let served = serve(&dir)?;
    let who = sign_in(served.address, "after_sales_lead")?;
    for (name, texts) in samples {
        let paths: Vec<String> = texts.iter().map(|text| format!("/api/search?q={}", escaped(text))).collect();
        let first = once(served.address, &request("GET", &paths[0], &who, ""))?;
        let found = String::from_utf8_lossy(&first.body).into_owned();
        ensure!(found.contains("\"id\""), "`{}` finds nothing: {found}", texts[0]);
        let before = served.cpu_seconds()?;
        let sender = who.clone();
        let make = move |number: usize| request("GET", &paths[number % paths.len()], &sender, "");
        let load = Load { clients: 1, requests: SEARCHES, time: Duration::from_secs(60), expect: 200 };
        let measured = load::run(served.address, &load, make, |_, _| {})?.all_expected()?;
        let aim = Aim::AtMost { unit: "ms", bar: 20.0, floor: None };
        let spent = spent(&measured, served.cpu_seconds()? - before);
        figure(&format!("search by {name}, p99"), measured.within_ms(0.99), aim, &spent);
    }
    served.stop()
}

fn samples(dir: &Path) -> Result<Vec<(&'static str, Vec<String>)>> {
    let look = million::look(dir)?;
    let texts = |sql: &str| -> Result<Vec<String>> {
        let mut statement = look.prepare(sql)?;
        let texts = statement.query_map([TEXTS], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        ensure!(!texts.is_empty(), "nothing to look for: {sql}");
        Ok(texts)
    };
    Ok(vec![
        ("order number", texts("SELECT number FROM sales_order WHERE id % 997 = 0 LIMIT ?1")?),
        ("phone tail", texts("SELECT phone_tail FROM contact WHERE phone_tail IS NOT NULL AND id % 997 = 0 LIMIT ?1")?),
        ("name fragment", texts("SELECT DISTINCT key FROM contact_key WHERE kind = 3 AND length(key) >= 2 LIMIT ?1")?),
        ("SKU", texts("SELECT code FROM sku LIMIT ?1")?),
        ("tracking number", texts("SELECT waybill FROM shipment WHERE id % 997 = 0 LIMIT ?1")?),
    ])
}

fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
