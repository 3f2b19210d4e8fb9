//! Boards over a handful of cases whose answers were worked out by hand.

use domain::LocalDate;
use engine::report::{Bucket, Column, ColumnKind, Component, Dataset, Group, OrderBy, Planned, Predicate, plan};
use engine::value::Value;
use tempfile::TempDir;

use super::column::Source;
use super::*;
use crate::conn::BuiltSql;
use crate::scope::PlaceScope;
use crate::tests::{open, write};
use crate::{Store, report};

const SHANGHAI: i64 = 1;
const NEW_YORK: i64 = 2;
// 2026-03-08 07:00 UTC: clocks in New York go from -300 to -240 minutes.
const SUMMER: i64 = 1_772_953_200_000;

struct Shop {
    store: Store,
    _dir: TempDir,
}

fn ms(day: &str, hour: i64) -> i64 {
    day.parse::<LocalDate>().unwrap().days() * 86_400_000 + hour * 3_600_000
}

fn asked(day: &str, hour: i64) -> Asked {
    let at = Timestamp::from_ms;
    let zone = |shop, spans| Zone { shops: vec![ShopId::from_raw(shop)], spans };
    let zones = vec![zone(SHANGHAI, vec![(at(0), 480)]), zone(NEW_YORK, vec![(at(0), -300), (at(SUMMER), -240)])];
    Asked { now: at(ms(day, hour)), zones, offset_minutes: 480 }
}

impl Shop {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let shop = Self { store: open(dir.path()), _dir: dir };
        shop.exec(
            "INSERT INTO release (id, template, hash, applied_at) VALUES (1, 't', 'h', 0);
             INSERT INTO warehouse (id, code, name_zh, name_en) VALUES (1, 'east', '', ''), (2, 'west', '', '');
             INSERT INTO shop (id, code, name_zh, name_en, platform, currency, zone) VALUES
                 (1, 'flag', '', '', 'taobao', 'CNY', 'Asia/Shanghai'),
                 (2, 'web', '', '', 'own', 'CNY', 'America/New_York');
             INSERT INTO person (id, name, display_name, created_at) VALUES (1, 'ann', 'Ann', 0), (2, 'bo', 'Bo', 0);
             INSERT INTO reason (id, code, parent_id, name_zh, name_en) VALUES
                 (1, 'fit', NULL, '', ''), (2, 'size', 1, '', ''), (3, 'broken', NULL, '', '');
             INSERT INTO sku (id, code, name, category) VALUES
                 (1, 'A', '', 'shoes'), (2, 'B', '', 'hats'), (3, 'C', '', '');",
        );
        shop
    }

    fn with_history() -> Self {
        let shop = Self::new();
        // Order placed at a UTC hour; request on a day of the shop.
        shop.case(1, SHANGHAI, "2026-01-10", ms("2026-01-10", 1), ms("2025-12-31", 20));
        shop.case(2, SHANGHAI, "2026-01-20", ms("2026-01-20", 1), ms("2025-12-01", 1));
        shop.case(3, NEW_YORK, "2026-02-05", ms("2026-02-06", 3), ms("2026-01-06", 3));
        shop.case(4, NEW_YORK, "2026-02-10", ms("2026-02-10", 15), ms("2026-02-20", 15));
        shop.line(1, 1, 1, "2", 1, 2, [1_000, 600, 300, 100]);
        shop.line(2, 1, 2, "NULL", 2, 1, [500, 500, 0, 0]);
        shop.line(3, 2, 1, "2", 2, 3, [700, 0, 700, 0]);
        shop.line(4, 3, 1, "3", 1, 1, [2_500, 0, 0, 2_500]);
        shop.line(5, 4, 1, "2", 3, 1, [400, 100, 300, 0]);
        shop
    }

    fn exec(&self, sql: &str) {
        let sql = sql.to_owned();
        write(&self.store, move |tx| tx.exec_batch(&BuiltSql::new(sql.clone()))).unwrap();
    }

    fn case(&self, id: i64, shop: i64, day: &str, filed_at: i64, ordered_at: i64) {
        self.exec(&format!(
            "INSERT INTO sales_order (id, shop_id, number, ordered_at, currency, captured_minor)
             VALUES ({id}, {shop}, 'O{id}', {ordered_at}, 'CNY', 100000);
             INSERT INTO rma (id, number, shop_id, warehouse_id, release_id, origin, state, order_id, filed_by, filed_at,
                 local_date, currency, closed_at)
             VALUES ({id}, 'R{id}', {shop}, {shop}, 1, 'imported', 'closed', {id}, 'import', {filed_at}, '{day}', 'CNY',
                 {filed_at});"
        ));
    }

    #[expect(clippy::too_many_arguments, reason = "one row of a table, in the order of its columns")]
    fn line(&self, id: i64, rma: i64, position: i64, reason: &str, sku: i64, quantity: i64, money: [i64; 4]) {
        let [goods, cash, charge, credit] = money;
        self.exec(&format!(
            "INSERT INTO rma_line (id, rma_id, position, kind, sku_id, reason_id, requested, refund_minor)
             VALUES ({id}, {rma}, {position}, 'return_refund', {sku}, {reason}, {quantity}, {goods});
             INSERT INTO rma_history (rma_line_id, source, refund_goods_minor, cash_minor, charge_minor, credit_minor)
             VALUES ({id}, 'import', {goods}, {cash}, {charge}, {credit});"
        ));
    }

    fn rows(&self, plan: &Plan, scope: &RowScope, asked: &Asked) -> Vec<ReportRow> {
        self.store.read(10_000, |conn| report::run(conn, plan, scope, asked)).unwrap()
    }

    fn rows_of(&self, plan: &Plan, scope: &RowScope, source: Source) -> Vec<ReportRow> {
        self.store.read(10_000, |conn| answer(conn, plan, scope, &asked("2026-02-10", 6), source)).unwrap()
    }
}

fn planned(dataset: &str, rest: &str) -> Plan {
    let text = format!(r#"{{"id": "c", "title": {{}}, "shape": "table", "dataset": "{dataset}", {rest}}}"#);
    let component: Component = serde_json::from_str(&text).unwrap();
    plan(&component, &["review".to_owned()], "c").unwrap()
}

/// A row in words: `size|shop: 3 6.5 -`, currencies in brackets.
fn said(row: &ReportRow) -> String {
    let key = |key: &GroupKey| match key {
        GroupKey::Blank => "~".to_owned(),
        GroupKey::Value(Value::Text(text)) | GroupKey::Label(text) => text.clone(),
        GroupKey::Value(Value::Date(day)) => day.to_string(),
        GroupKey::Value(Value::Bool(yes)) => yes.to_string(),
        GroupKey::Value(other) => format!("{other:?}"),
    };
    let figure = |figure: &Figure| figure.number().map_or_else(|| "-".to_owned(), |number| number.to_string());
    let keys: Vec<String> = row.keys.iter().map(key).collect();
    let figures: Vec<String> = row.figures.iter().map(figure).collect();
    let currency = row.currency.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
    format!("{}: {}{currency}", keys.join("|"), figures.join(" "))
}

#[track_caller]
fn check(shop: &Shop, dataset: &str, rest: &str, expect: &[&str]) {
    let rows = shop.rows(&planned(dataset, rest), &RowScope::All, &asked("2026-02-10", 6));
    assert_eq!(rows.iter().map(said).collect::<Vec<_>>(), expect);
}

#[test]
fn history_answers_its_questions() {
    let shop = Shop::with_history();
    check(
        &shop,
        "case_lines",
        r#""by": ["reason"], "measures": ["count", {"sum": "quantity"}, {"sum": "refund_goods_minor"}]"#,
        &["size: 3 6 2100 [CNY]", "broken: 1 1 2500 [CNY]", "~: 1 1 500 [CNY]"],
    );
    check(
        &shop,
        "case_lines",
        r#""by": [{"column": "filed_date", "per": "month"}], "measures": ["count", {"sum": "refund_goods_minor"}]"#,
        &["2026-01: 3 2200 [CNY]", "2026-02: 2 2900 [CNY]"],
    );
    check(
        &shop,
        "case_lines",
        r#""by": ["channel"], "order": "groups",
           "measures": ["count", {"sum": "cash_minor"}, {"sum": "charge_minor"}, {"sum": "credit_minor"}]"#,
        &["own: 2 100 300 2500 [CNY]", "taobao: 3 1100 1000 100 [CNY]"],
    );
    check(
        &shop,
        "case_lines",
        r#""by": ["category"], "measures": ["count", {"sum": "refund_goods_minor"}]"#,
        &["hats: 2 1200 [CNY]", "shoes: 2 3500 [CNY]", "~: 1 400 [CNY]"],
    );
    // Case 3: 31 days of New York, though 30 of UTC. Case 4 came before its order.
    check(
        &shop,
        "case_lines",
        r#""by": [{"column": "lag_days", "ranges": [30, 60, 90, 120]}], "measures": ["count"]"#,
        &["0-30: 3", "31-60: 2"],
    );
}

#[test]
fn currencies_stay_apart_and_groups_of_reasons_fall_together() {
    let shop = Shop::with_history();
    shop.case(5, NEW_YORK, "2026-02-10", ms("2026-02-10", 15), ms("2026-02-20", 15));
    shop.exec("UPDATE rma SET currency = 'USD' WHERE id = 5");
    shop.line(6, 5, 1, "2", 3, 1, [400, 100, 300, 0]);
    check(
        &shop,
        "case_lines",
        r#""by": ["reason_group"], "order": "groups", "measures": [{"sum": "refund_minor"}]"#,
        &["broken: 2500 [CNY]", "fit: 2100 [CNY]", "fit: 400 [USD]", "~: 500 [CNY]"],
    );
}

#[test]
fn means_and_ranks_leave_blanks_out() {
    let shop = Shop::with_history();
    check(
        &shop,
        "case_lines",
        r#""by": ["reason"], "measures": [{"mean": "quantity"}, {"p90": "quantity"}]"#,
        &["size: 2 3", "broken: 1 1", "~: 1 1"],
    );
    for hours in 1..=10 {
        shop.exec(&format!(
            "INSERT INTO task (rma_id, kind, node, round, shop_id, title_zh, title_en, state, opened_at, done_at)
             VALUES (1, 'work', 'review', {hours}, 1, '', '', 'done', 0, {hours} * 3600000)"
        ));
    }
    shop.exec(
        "INSERT INTO task (rma_id, kind, node, round, shop_id, title_zh, title_en, state, opened_at, breached_at)
         VALUES (1, 'work', 'review', 11, 1, '', '', 'open', 0, 1)",
    );
    check(&shop, "tasks", r#""measures": ["count", {"mean": "hours"}, {"p90": "hours"}]"#, &[": 11 5.5 9"]);
    check(
        &shop,
        "tasks",
        r#""by": ["breached"], "order": "groups", "measures": ["count", {"p90": "hours"}]"#,
        &["false: 10 9", "true: 1 -"],
    );
    check(&shop, "settlements", r#""measures": ["count", {"mean": "hours"}, {"p90": "hours"}]"#, &[": 0 - -"]);
}

#[test]
fn days_are_the_shops() {
    let shop = Shop::with_history();
    check(
        &shop,
        "cases",
        r#""by": ["filed_at"], "filter": "shop = \"web\"", "measures": ["count"]"#,
        &["2026-02-05: 1", "2026-02-10: 1"],
    );
    let today = planned("cases", r#""filter": "filed_date = today", "measures": ["count"]"#);
    for (hour, expect) in [(4, ": 0"), (5, ": 1")] {
        let rows = shop.rows(&today, &RowScope::All, &asked("2026-02-10", hour));
        assert_eq!(rows.iter().map(said).collect::<Vec<_>>(), [expect], "{hour} o'clock UTC");
    }
    // The hour that summer time adds makes the next day.
    shop.case(5, NEW_YORK, "2026-03-09", ms("2026-03-09", 4), 0);
    shop.case(6, NEW_YORK, "2026-03-07", ms("2026-03-08", 4), 0);
    check(
        &shop,
        "cases",
        r#""by": ["filed_at"], "filter": "filed_at > now", "measures": ["count"]"#,
        &["2026-02-10: 1", "2026-03-07: 1", "2026-03-09: 1"],
    );
}

#[test]
fn blanks_compare_with_nothing() {
    let shop = Shop::with_history();
    check(&shop, "case_lines", r#""filter": "reason = \"size\"", "measures": ["count"]"#, &[": 3"]);
    check(&shop, "case_lines", r#""filter": "not reason = \"size\"", "measures": ["count"]"#, &[": 2"]);
    check(&shop, "case_lines", r#""filter": "blank(reason)", "measures": ["count"]"#, &[": 1"]);
    check(&shop, "case_lines", r#""filter": "reason in [\"size\", \"broken\"]", "measures": ["count"]"#, &[": 4"]);
    check(&shop, "cases", r#""filter": "stage = \"\"", "measures": ["count"]"#, &[": 4"]);
    check(&shop, "case_lines", r#""by": ["reason"], "limit": 1, "measures": ["count"]"#, &["size: 3"]);
}

#[test]
fn a_filed_case_counts_what_was_settled() {
    let shop = Shop::with_history();
    shop.exec(
        "INSERT INTO rma (id, number, shop_id, release_id, origin, state, filed_by, filed_at, local_date, currency)
         VALUES (9, 'R9', 1, 1, 'filed', 'in_progress', 'x', 0, '2026-02-10', 'CNY');
         INSERT INTO rma_line (id, rma_id, position, kind, requested) VALUES
             (91, 9, 1, 'exchange', 1), (92, 9, 2, 'exchange', 1);
         INSERT INTO settlement (id, rma_id, shop_id, basis, state, net_minor, currency, means, proposed_by, proposed_at,
             needs_second) VALUES
             (1, 9, 1, 'counted', 'settled', 950, 'CNY', 'manual', 1, 0, 0),
             (2, 9, 1, 'counted', 'proposed', 70, 'CNY', 'manual', 1, 0, 0);
         INSERT INTO settlement_component (settlement_id, rma_line_id, kind, amount_minor, bearer) VALUES
             (1, 92, 'goods', 900, 'shop'), (1, NULL, 'return_freight', 100, 'shop'), (1, 92, 'fee', -50, 'shop'),
             (2, 91, 'goods', 70, 'shop')",
    );
    check(&shop, "case_lines", r#""by": ["kind"], "measures": ["count"]"#, &["return_refund: 5", "exchange: 2"]);
    check(
        &shop,
        "case_lines",
        r#""filter": "kind = \"exchange\"",
           "measures": [{"sum": "refund_goods_minor"}, {"sum": "refund_shipping_minor"}, {"sum": "fee_minor"}, {"sum": "cash_minor"}]"#,
        &[": 900 100 50 0 [CNY]"],
    );
    check(
        &shop,
        "settlements",
        r#""by": ["state"], "measures": [{"sum": "amount_minor"}]"#,
        &["settled: 950 [CNY]", "proposed: 70 [CNY]"],
    );
}

#[test]
fn kept_totals_say_what_the_rows_say() {
    let shop = Shop::with_history();
    shop.exec("UPDATE rma SET owner_id = 1 WHERE id = 2; UPDATE rma_line SET reason_id = 2 WHERE id = 4");
    let web = RowScope::Places(vec![PlaceScope { shop: Some(ShopId::from_raw(NEW_YORK)), warehouse: None }]);
    let lines = [
        r#""by": ["reason"], "measures": ["count", {"sum": "quantity"}]"#,
        r#""by": [{"column": "filed_date", "per": "month"}, "channel"], "measures": ["count"]"#,
        r#""by": ["reason_group", "kind"], "measures": ["count"], "filter": "not shop = \"flag\"""#,
        r#""measures": ["count", {"sum": "quantity"}]"#,
        r#""measures": ["count"], "filter": "reason = \"no_such\"""#,
        r#""by": ["reason"], "measures": ["count", {"sum": "refund_minor"}]"#,
        r#""by": ["currency"], "measures": [{"sum": "refund_minor"}, {"sum": "quantity"}]"#,
    ];
    let cases = [
        r#""by": ["state", "stage"], "measures": ["count"]"#,
        r#""by": ["owner", "warehouse"], "measures": ["count"]"#,
        r#""by": ["platform"], "measures": ["count"], "filter": "blank(owner)""#,
        r#""measures": ["count"]"#,
        r#""by": ["state"], "measures": ["count", {"sum": "refund_minor"}]"#,
        r#""measures": [{"sum": "refund_minor"}], "filter": "state <> \"closed\" and currency = \"CNY\"""#,
    ];
    let lines = lines.iter().map(|rest| (planned("case_lines", rest), Source::LineTotals, Source::CaseLines));
    let cases = cases.iter().map(|rest| (planned("cases", rest), Source::CaseTotals, Source::Cases));
    for (plan, totals, rows) in lines.chain(cases) {
        for scope in [&RowScope::All, &web, &RowScope::Nothing] {
            assert_eq!(total::source(&plan, scope), totals, "{plan:?}");
            assert_eq!(shop.rows_of(&plan, scope, totals), shop.rows_of(&plan, scope, rows), "{plan:?}");
        }
    }
}

#[test]
fn totals_are_left_alone_where_they_do_not_know() {
    let all = RowScope::All;
    let east = RowScope::Places(vec![PlaceScope { shop: None, warehouse: Some(domain::WarehouseId::from_raw(1)) }]);
    for rest in [
        r#""by": ["reason"], "measures": [{"sum": "refund_goods_minor"}]"#,
        r#""by": ["category"], "measures": ["count"]"#,
        r#""by": ["filed_date"], "measures": ["count"]"#,
        r#""by": ["reason"], "measures": [{"mean": "quantity"}]"#,
        r#""by": ["reason"], "measures": ["count"], "filter": "state = \"closed\"""#,
    ] {
        assert_eq!(total::source(&planned("case_lines", rest), &all), Source::CaseLines, "{rest}");
    }
    let by_reason = planned("case_lines", r#""by": ["reason"], "measures": ["count"]"#);
    assert_eq!(total::source(&by_reason, &east), Source::CaseLines);
}

#[test]
fn the_scope_narrows_every_dataset() {
    let shop = Shop::with_history();
    shop.exec(
        "INSERT INTO task (kind, node, round, shop_id, warehouse_id, title_zh, title_en, state, opened_at)
         VALUES ('work', 'review', 1, 1, 1, '', '', 'open', 0), ('work', 'review', 1, 2, 2, '', '', 'open', 0);
         INSERT INTO settlement (id, rma_id, shop_id, basis, state, net_minor, currency, means, proposed_by, proposed_at,
             needs_second) VALUES
             (1, 1, 1, 'counted', 'settled', 5, 'CNY', 'manual', 1, 0, 0),
             (2, 3, 2, 'counted', 'settled', 6, 'CNY', 'manual', 1, 0, 0);
         INSERT INTO parcel (id, warehouse_id, waybill, state) VALUES
             (1, 1, 'W1', 'announced'), (2, 2, 'W2', 'announced'), (3, 2, 'W3', 'announced');
         INSERT INTO parcel_rma (parcel_id, rma_id) VALUES (1, 1), (2, 3)",
    );
    let place = |shop: Option<i64>, warehouse: Option<i64>| {
        let warehouse = warehouse.map(domain::WarehouseId::from_raw);
        RowScope::Places(vec![PlaceScope { shop: shop.map(ShopId::from_raw), warehouse }])
    };
    // Everything, one shop, one warehouse, a shop at another's warehouse, nothing. Parcel 3 is nobody's yet.
    for (dataset, expect) in [
        (Dataset::Cases, [4.0, 2.0, 2.0, 0.0, 0.0]),
        (Dataset::CaseLines, [5.0, 2.0, 3.0, 0.0, 0.0]),
        (Dataset::Tasks, [2.0, 1.0, 1.0, 0.0, 0.0]),
        (Dataset::Settlements, [2.0, 1.0, 1.0, 0.0, 0.0]),
        (Dataset::Parcels, [3.0, 2.0, 1.0, 0.0, 0.0]),
    ] {
        let scopes =
            [RowScope::All, place(Some(2), None), place(None, Some(1)), place(Some(2), Some(1)), RowScope::Nothing];
        let count = planned(dataset.as_str(), r#""measures": ["count"]"#);
        let found = scopes.map(|scope| shop.rows(&count, &scope, &asked("2026-02-10", 6))[0].figures[0].number());
        assert_eq!(found, expect.map(Some), "{dataset:?}");
    }
}

#[test]
fn every_column_can_be_grouped_measured_filtered_and_followed() {
    let shop = Shop::with_history();
    let asked = asked("2026-02-10", 6);
    for column in Column::ALL.iter().copied() {
        let (bucket, measure) = match column.kind() {
            ColumnKind::Text | ColumnKind::Code(_) | ColumnKind::Bool => (Some(Bucket::Each), Planned::Count),
            ColumnKind::Date | ColumnKind::Instant => (Some(Bucket::Month), Planned::Count),
            ColumnKind::Integer => (Some(Bucket::Ranges(vec![1, 3])), Planned::P90(column)),
            ColumnKind::Hours | ColumnKind::Money => (None, Planned::P90(column)),
        };
        let money = column.kind() == ColumnKind::Money;
        let mut plan = Plan {
            dataset: column.dataset(),
            filter: Predicate::All(Vec::new()),
            groups: bucket.map(|bucket| Group { column, bucket }).into_iter().collect(),
            measures: vec![Planned::Count, measure],
            currency: column.dataset().currency().filter(|_| money),
            order: vec![OrderBy::Largest(1)],
            limit: 10,
        };
        let rows = shop.rows(&plan, &RowScope::All, &asked);
        plan.filter = Predicate::Not(Box::new(Predicate::Blank(column)));
        shop.rows(&plan, &RowScope::All, &asked);
        plan.filter = Predicate::All(Vec::new());
        // The rows behind a figure are as many as it says.
        for row in rows {
            let filter = plan.behind(&row.keys, row.currency.as_deref());
            let behind = Plan {
                filter,
                groups: Vec::new(),
                measures: vec![Planned::Count],
                currency: None,
                order: Vec::new(),
                ..plan.clone()
            };
            let found = shop.rows(&behind, &RowScope::All, &asked);
            assert_eq!(found[0].figures[0], row.figures[0], "{column:?} {:?}", row.keys);
        }
    }
}
