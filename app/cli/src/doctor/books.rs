//! Every page, reference, event and booking of the file.

use store::Error;

use crate::admin::Place;
use crate::doctor::{Check, DEEP_MS, MAX_NAMED, Pen, Status};

pub(super) fn checks(place: &Place, pen: &Pen) -> Vec<Check> {
    vec![
        integrity(place, pen),
        references(place, pen),
        chain(place, pen),
        listed(
            pen,
            "ledger.postings",
            place.app.store().read(DEEP_MS, |conn| store::check::unbalanced_postings(conn, MAX_NAMED)),
            ("每笔分录借贷平衡", "every posting balances", "借贷不平的分录", "postings that do not balance"),
        ),
        listed(
            pen,
            "ledger.balances",
            place.app.store().read(DEEP_MS, |conn| store::check::drifted_balances(conn, MAX_NAMED)),
            (
                "账户余额与分录一致",
                "account balances are the sums of their entries",
                "余额与分录不一致的账户",
                "accounts whose balance is not the sum of their entries",
            ),
        ),
        totals(place, pen),
    ]
}

fn integrity(place: &Place, pen: &Pen) -> Check {
    let id = "file.integrity";
    match place.app.store().read(DEEP_MS, |conn| store::check::integrity(conn, MAX_NAMED)) {
        Ok(faults) if faults.is_empty() => pen.ok(id, "数据库文件完好", "the database file is whole"),
        Ok(faults) => {
            let list = faults.join("; ");
            let check =
                pen.check(id, Status::Error, format!("文件损坏：{list}"), format!("the file is damaged: {list}"));
            pen.remedy(check, "请从备份恢复", "restore a backup")
        }
        Err(error) => pen.failed(id, &error),
    }
}

fn references(place: &Place, pen: &Pen) -> Check {
    let id = "file.references";
    match place.app.store().read(DEEP_MS, |conn| store::check::broken_references(conn, MAX_NAMED)) {
        Ok(broken) if broken.is_empty() => pen.ok(id, "引用完整", "every reference refers to something"),
        Ok(broken) => {
            let name = |one: &store::check::BrokenReference| format!("{} {} → {}", one.table, one.row, one.parent);
            let list: Vec<String> = broken.iter().map(name).collect();
            let list = list.join("; ");
            pen.check(id, Status::Error, format!("断开的引用：{list}"), format!("broken references: {list}"))
        }
        Err(error) => pen.failed(id, &error),
    }
}

fn chain(place: &Place, pen: &Pen) -> Check {
    let id = "events.chain";
    match place.app.store().read(DEEP_MS, store::event::verify_chain) {
        Ok((count, None)) => {
            pen.ok(id, format!("{count} 条事件的哈希链完整"), format!("the chain of {count} events is whole"))
        }
        Ok((count, Some(broken))) => {
            let (event, what) = (broken.event_id, broken.what);
            let zh = format!("哈希链在事件 {event} 处断开（{what}，其前 {count} 条完好）");
            pen.check(id, Status::Error, zh, format!("the chain breaks at event {event} ({what})"))
        }
        Err(error) => pen.failed(id, &error),
    }
}

fn totals(place: &Place, pen: &Pen) -> Check {
    let id = "cases.totals";
    match place.app.store().read(DEEP_MS, store::check::drifted_totals) {
        Ok(drifted) if drifted.is_empty() => pen.ok(id, "计数与退换货一致", "kept totals are what counting gives"),
        Ok(drifted) => {
            let name = |(state, kept, counted): &(String, i64, i64)| format!("{state}: {kept} ≠ {counted}");
            let list: Vec<String> = drifted.iter().map(name).collect();
            let list = list.join("; ");
            pen.check(id, Status::Error, format!("计数不一致：{list}"), format!("kept totals drifted: {list}"))
        }
        Err(error) => pen.failed(id, &error),
    }
}

/// What is said when nothing was found, and what when something was, in both languages.
type Words = (&'static str, &'static str, &'static str, &'static str);

fn listed(pen: &Pen, id: &'static str, found: Result<Vec<i64>, Error>, words: Words) -> Check {
    let (fine_zh, fine_en, bad_zh, bad_en) = words;
    match found {
        Ok(found) if found.is_empty() => pen.ok(id, fine_zh, fine_en),
        Ok(found) => {
            let list: Vec<String> = found.iter().map(i64::to_string).collect();
            let list = list.join(", ");
            pen.check(id, Status::Error, format!("{bad_zh}：{list}"), format!("{bad_en}: {list}"))
        }
        Err(error) => pen.failed(id, &error),
    }
}
