//! Money out: sums per shop and day equal the lists behind them, and a red invoice is recorded with its number.

use domain::LineKind;
use domain::settlement::Basis;
use operations::settlement::invoice::{InvoiceReversed, reversed};
use operations::settlement::refunds::{Days, invoices, list, sums};
use support::{Harness, Sold, World, refused};

fn refunded(world: &World, minor: i64) {
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ShippedRefund, 3)]);
    let goods = support::hands::goods(world.line(rma, 0), minor);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods]).unwrap();
    world.pay_by_hand(keyed.settlement, "transfer 1").unwrap();
}

#[test]
fn a_day_s_sum_equals_the_list_behind_it() {
    let world = World::new();
    refunded(&world, 3_000);
    refunded(&world, 4_500);
    world.clock.advance_ms(support::DAY_MS);
    refunded(&world, 100);
    let today = world.app.definitions().masters.local_date(world.shop, world.app.now());
    let finance = world.person("finance");
    let week = Days { from: today.plus_days(-6), to: today, shop: None };
    let days = world.app.read(|conn| sums(conn, &finance, week)).unwrap();
    let figures: Vec<_> = days.iter().map(|row| (row.day, row.count, row.sum_minor)).collect();
    assert_eq!(figures, [(today, 1, 100), (today.plus_days(-1), 2, 7_500)]);
    for row in &days {
        let one = Days { from: row.day, to: row.day, shop: Some(row.shop_id) };
        let behind = world.app.read(|conn| list(conn, &finance, one, None, 200)).unwrap();
        let listed: Vec<_> = behind.iter().filter(|one| one.means == row.means).collect();
        let sum: i64 = listed.iter().map(|one| one.net_minor).sum();
        assert_eq!((listed.len() as i64, sum), (row.count, row.sum_minor));
        assert!(listed.iter().all(|one| !one.reference.is_empty()), "each is paid with a proof");
    }
    let agent = world.person("agent");
    assert_eq!(refused(world.app.read(|conn| sums(conn, &agent, week))), "forbidden");
    let backwards = Days { from: today, to: today.plus_days(-1), shop: None };
    assert_eq!(refused(world.app.read(|conn| sums(conn, &finance, backwards))), "days_malformed");
}

#[test]
fn what_is_to_be_reversed_is_listed_until_its_number_is_there() {
    let world = World::new();
    let rma =
        world.agreed(&world.order(&Sold { invoice: "special", ..Sold::default() }), &[(0, LineKind::ShippedRefund, 3)]);
    let goods = support::hands::goods(world.line(rma, 0), 3_000);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods]).unwrap();
    let finance = world.person("finance");
    let open = world.app.read(|conn| invoices(conn, &finance, false, None, 10)).unwrap();
    assert_eq!((open.len(), open[0].work.amount_minor), (1, 3_000));
    assert_eq!(refused(world.pay_by_hand(keyed.settlement, "t1")), "invoice_not_back");
    let invoice = open[0].work.id;
    let reverse = |number: &str| {
        let cmd = InvoiceReversed { invoice, number: number.to_owned() };
        world.by("finance", move |tx, ctx| reversed(tx, ctx, &cmd))
    };
    assert_eq!(refused(reverse(" ")), "number_missing");
    reverse("24312000000012345678").unwrap();
    assert_eq!(refused(reverse("2")), "already_done");
    assert!(world.app.read(|conn| invoices(conn, &finance, false, None, 10)).unwrap().is_empty());
    let done = world.app.read(|conn| invoices(conn, &finance, true, None, 10)).unwrap();
    assert_eq!(done[0].work.number, "24312000000012345678");
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
}

#[test]
fn the_routes_are_finance_s() {
    let harness = Harness::start();
    let finance = harness.person_client("fay", &["finance"]);
    let clerk = harness.person_client("wanda", &["warehouse_clerk"]);
    for path in [
        "/api/refund-days?from=2026-11-01&to=2026-11-30",
        "/api/refunds?from=2026-11-01&to=2026-11-30",
        "/api/invoices",
    ] {
        finance.get(path).expect(200);
        clerk.get(path).refused(403, "forbidden");
    }
    finance.get("/api/refund-days?from=2026-01-01&to=2026-11-30").refused(422, "days_malformed");
}

#[test]
fn messages_reach_staff_as_their_account_says() {
    let harness = Harness::start();
    let admin = harness.person_client("sam", &["system_admin"]);
    let id = harness.person("ann", &["agent"]);
    let path = format!("/api/persons/{id}/reach");
    assert_eq!(admin.get(&path).expect(200)["email"], "");
    let wanted = serde_json::json!({ "email": "ann@example.com", "phone": "+86 138 0000 0001" });
    admin.put(&path, &wanted).expect(204);
    assert_eq!(admin.get(&path).expect(200), wanted);
    let wrong = serde_json::json!({ "email": "ann", "phone": "" });
    admin.put(&path, &wrong).refused(422, "address_malformed");
    harness.signed_in("ann").get(&path).refused(403, "forbidden");
}
