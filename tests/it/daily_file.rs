//! Daily files: what an ERP takes in, downloaded by whoever may export.

use serde_json::json;
use support::Floor;

/// A case refunded by hand on the first day.
fn refunded(floor: &Floor) -> String {
    let id = floor.agreed("T0000001", "return_refund", 1, 10_050);
    let group = floor.counted(&id, "SF1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let settlement = floor.proposed(&id, "manual");
    let path = format!("/api/settlements/{}/manual-payments", settlement["id"].as_str().unwrap());
    floor.by("finance").post(&path, &json!({ "proof": "=1+1" })).expect(200);
    floor.case(&id)["head"]["number"].as_str().unwrap().to_owned()
}

#[test]
fn a_day_is_downloaded_as_a_table_that_runs_nothing() {
    let floor = Floor::open();
    let number = refunded(&floor);
    let finance = floor.by("finance");
    let day = format!("shop={}&date=2026-11-23", floor.shop);
    let answer = finance.get(&format!("/api/daily-files/refunds?{day}&format=csv"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"refunds-A-2026-11-23.csv\""));
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.status, 200);
    let rows: Vec<&str> = answer.text.lines().collect();
    assert!(rows[0].starts_with("\u{feff}Settlement,Settled,Return"), "{}", rows[0]);
    assert_eq!(rows.len(), 2);
    assert!(rows[1].contains(&number) && rows[1].contains("100.50") && rows[1].contains("'=1+1"), "{}", rows[1]);
    let stock = finance.get(&format!("/api/daily-files/stock-in?{day}"));
    assert_eq!(stock.text.lines().count(), 4, "in, out of pending, into good: {}", stock.text);
    let (status, headers, bytes) = finance.download(&format!("/api/daily-files/outbound?{day}&format=xlsx"));
    assert_eq!((status, &bytes[..2]), (200, b"PK".as_slice()));
    let name = headers.get("content-disposition").and_then(|value| value.to_str().ok());
    assert_eq!(name, Some("attachment; filename=\"outbound-A-2026-11-23.xlsx\""));
}

#[test]
fn a_day_of_another_shop_is_not_there() {
    let floor = Floor::open();
    let elsewhere = floor.harness.shop("B");
    floor.harness.person_at("finance_b", &[("finance", Some(elsewhere), None)]);
    let other = floor.harness.signed_in("finance_b");
    let path = format!("/api/daily-files/refunds?shop={}&date=2026-11-23", floor.shop);
    other.get(&path).refused(404, "not_found");
    floor.by("clerk").get(&path).refused(403, "forbidden");
    let finance = floor.by("finance");
    finance.get(&format!("/api/daily-files/gossip?shop={}&date=2026-11-23", floor.shop)).refused(404, "not_found");
    assert_eq!(finance.get(&format!("/api/daily-files/refunds?shop={}&date=yesterday", floor.shop)).status, 400);
}
