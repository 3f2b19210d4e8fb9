//! What others owe: in goods for money that went ahead of them, and for damage; and the books as finance reads them.

use domain::settlement::Basis;
use domain::state::{Bearer, DispositionKind};
use domain::{LedgerAccountId, LineKind, RmaId};
use operations::ledger::recover::{Ending, Recover, recover};
use serde_json::{Value, json};
use support::hands::goods;
use support::{Floor, Sold, World, refused};

fn owed(world: &World, rma: RmaId, bearer: &str) -> i64 {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    let mine = entries.iter().filter(|entry| entry.kind == "receivable" && entry.bearer == bearer);
    mine.map(|entry| entry.amount_minor).sum()
}

fn account(world: &World, rma: RmaId, bearer: &str) -> LedgerAccountId {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    let mine = entries.iter().find(|entry| entry.kind == "receivable" && entry.bearer == bearer);
    mine.unwrap_or_else(|| panic!("{bearer} owes nothing")).account_id
}

fn came_in(world: &World, rma: RmaId, bearer: &str, amount_minor: i64) -> Result<RmaId, operations::Error> {
    let account = account(world, rma, bearer);
    let cmd = Recover { rma, account, amount_minor, ending: Ending::Paid, reason: "transfer 7".to_owned() };
    world.by("finance", move |tx, ctx| recover(tx, ctx, &cmd))
}

#[test]
fn what_a_carrier_pays_is_not_what_the_customer_gave_back() {
    let world = World::new();
    let carrier = format!("carrier:{}", world.carrier);
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::AdvanceRefund, 3)]);
    let line = world.line(rma, 0);
    let keyed = world.propose(rma, Basis::Advanced, "manual", vec![goods(line, 9_000)]).unwrap();
    world.pay_by_hand(keyed.settlement, "transfer 1").unwrap();
    assert_eq!(owed(&world, rma, "customer"), 9_000);
    let worn = world.receive(rma, line, 1);
    let liable = world.inspect(worn, None, "grade_used", Bearer::Carrier).unwrap().liability_minor;
    world.dispose(worn, DispositionKind::Defective).unwrap();
    assert_eq!((liable, owed(&world, rma, &carrier), owed(&world, rma, "customer")), (600, 600, 6_000));
    came_in(&world, rma, &carrier, 600).unwrap();
    assert_eq!((owed(&world, rma, &carrier), owed(&world, rma, "customer")), (0, 6_000));
    assert_eq!(refused(came_in(&world, rma, &carrier, 1)), "exceeds_owed");
    // What the customer pays in money is not owed in goods any more.
    came_in(&world, rma, "customer", 3_000).unwrap();
    assert_eq!(owed(&world, rma, "customer"), 3_000);
    world.accept(rma, line, 2);
    assert_eq!(owed(&world, rma, "customer"), 0);
    assert!(world.read(store::ledger::faults).is_empty());
}

fn cny(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "CNY" })
}

/// A case of which the carrier damaged the one unit, so that it owes what was paid for it.
fn damaged(floor: &Floor, order: &str, price_minor: i64) -> String {
    let id = floor.agreed(order, "return_refund", 1, price_minor);
    let group = floor.counted(&id, &format!("SF-{order}"), 1);
    floor.inspected(&group, 1, "grade_damaged", "carrier", "scrap");
    id
}

fn claim(floor: &Floor, id: &str, bearer: &str, minor: i64) {
    let body = json!({ "bearer": bearer, "amount_minor": minor, "reason": "packaging" });
    assert_eq!(floor.by("finance").post(&format!("/api/rmas/{id}/claims"), &body).status, 204);
}

/// The numbers of the cases on a page, with what is left on each.
fn listed(page: &Value) -> Vec<(String, i64)> {
    let items = page["items"].as_array().unwrap();
    let row = |one: &Value| (support::text(&one["rma"]), one["owed"]["minor"].as_i64().unwrap());
    items.iter().map(row).collect()
}

#[test]
fn what_is_owed_is_listed_case_by_case_until_it_came_in_or_is_given_up() {
    let floor = Floor::open();
    let (finance, lead) = (floor.by("finance"), floor.by("lead"));
    let (first, second) = (damaged(&floor, "T0000001", 10_000), damaged(&floor, "T0000002", 20_000));
    claim(&floor, &second, "supplier", 500);
    let list = |query: &str| listed(&finance.get(&format!("/api/receivables{query}")).expect(200));
    let (of_first, of_second) = ((first.clone(), 10_000), (second.clone(), 20_000));
    let all = [(second.clone(), 500), of_second.clone(), of_first.clone()];
    assert_eq!(list(""), all);
    assert_eq!(list("?bearer=carrier"), [of_second.clone(), of_first.clone()]);
    assert_eq!(list("?bearer=supplier"), [(second.clone(), 500)]);
    assert_eq!(list("?bearer=customer"), []);
    assert_eq!(list(&format!("?shop={}", floor.shop)), all);
    assert_eq!(list(&format!("?shop={}", floor.harness.shop("B"))), []);

    // Page by page, one each.
    let (mut after, mut seen) = (String::new(), Vec::new());
    loop {
        let page = finance.get(&format!("/api/receivables?limit=1&after={after}")).expect(200);
        seen.extend(listed(&page));
        match page.get("next") {
            Some(next) => next.as_str().unwrap().clone_into(&mut after),
            None => break,
        }
    }
    assert_eq!(seen, all);

    // Some comes in, the rest is given up; each is told apart.
    let row = finance.get("/api/receivables?bearer=carrier&limit=1").expect(200)["items"][0].clone();
    assert_eq!((&row["party"]["name"]["en"], &row["about"]["kind"]), (&json!("SF Express"), &json!("liability")));
    assert_eq!((&row["may_recover"], &row["rma_number"]), (&json!(true), &floor.case(&second)["head"]["number"]));
    assert_eq!(
        lead.get("/api/receivables?limit=1").expect(200)["items"][0]["may_recover"],
        false,
        "a lead does not pay"
    );
    let path = format!("/api/rmas/{second}/recoveries");
    let body = |minor: i64, ending: &str, reason: &str| json!({ "account": row["account"], "amount_minor": minor, "ending": ending, "reason": reason });
    lead.post(&path, &body(1, "paid", "x")).refused(403, "forbidden");
    finance.post(&path, &body(1, "paid", " ")).refused(422, "reason_needed");
    assert_eq!(finance.post(&path, &body(15_000, "paid", "bank 7")).status, 204);
    assert_eq!(finance.post(&path, &body(5_000, "written_off", "not worth it")).status, 204);
    let row = finance.get("/api/receivables?bearer=carrier&open=false").expect(200)["items"][0].clone();
    let sums = [&row["charged"], &row["paid"], &row["given_up"], &row["owed"]];
    assert_eq!(sums, [&cny(20_000), &cny(15_000), &cny(5_000), &cny(0)]);
    assert_eq!(list("?bearer=carrier&open=true"), std::slice::from_ref(&of_first));
    let totals = finance.get("/api/receivable-totals").expect(200);
    let account = support::text(&totals[0]["account"]);
    assert_eq!(list(&format!("?account={account}&open=true")), [of_first]);
    assert_eq!((&totals[0]["owed"], &totals[0]["cases"]), (&cny(10_000), &json!(1)));
    assert_eq!((&totals[1]["owed"], &totals[1]["party"]["bearer"]), (&cny(500), &json!("supplier")));
}

#[test]
fn the_books_of_a_case_say_who_bears_what_and_who_booked_it() {
    let floor = Floor::open();
    let finance = floor.by("finance");
    let id = floor.agreed("T0000001", "return_refund", 1, 10_000);
    assert_eq!(finance.get(&format!("/api/rmas/{id}/ledger")).expect(200)["bearers"], json!([]), "nothing is booked");
    let group = floor.counted(&id, "SF-1", 1);
    floor.inspected(&group, 1, "grade_new", "customer", "restock");
    let settlement = floor.proposed(&id, "manual");
    let path = format!("/api/settlements/{}/manual-payments", support::text(&settlement["id"]));
    finance.post(&path, &json!({ "proof": "transfer 1" })).expect(200);
    claim(&floor, &id, "supplier", 3_000);
    let books = finance.get(&format!("/api/rmas/{id}/ledger")).expect(200);
    let supplier = &books["bearers"][1];
    let recover =
        json!({ "account": supplier["account"], "amount_minor": 1_000, "ending": "paid", "reason": "bank 9" });
    assert_eq!(floor.by("finance2").post(&format!("/api/rmas/{id}/recoveries"), &recover).status, 204);

    let books = floor.by("lead").get(&format!("/api/rmas/{id}/ledger")).expect(200);
    let borne = |at: usize| {
        let one = &books["bearers"][at];
        (one["party"]["bearer"].clone(), one["borne"].clone(), one["paid"].clone(), one["owed"].clone())
    };
    assert_eq!(borne(0), (json!("shop"), cny(7_000), cny(0), cny(0)));
    assert_eq!(borne(1), (json!("supplier"), cny(3_000), cny(1_000), cny(2_000)));
    let told = |one: &Value| {
        let words = ["/about/kind", "/about/note", "/by/name"].map(|at| one.pointer(at).cloned().unwrap_or_default());
        (words.map(|word| support::text(&word)), one["amount"]["minor"].as_i64().unwrap())
    };
    let entries = books["entries"].as_array().unwrap();
    let speaking = entries.iter().filter(|one| one["kind"] == "refund_expense" || one["kind"] == "receivable");
    let expect = [
        (["refund", "", "finance"].map(str::to_owned), 10_000),
        (["claim", "packaging", "finance"].map(str::to_owned), 3_000),
        (["paid", "bank 9", "finance2"].map(str::to_owned), -1_000),
    ];
    assert_eq!(speaking.map(told).collect::<Vec<_>>(), expect);
}

#[test]
fn the_books_are_not_there_for_who_does_not_work_with_money_there() {
    let floor = Floor::open();
    let id = damaged(&floor, "T0000001", 10_000);
    let path = format!("/api/rmas/{id}/ledger");
    for name in ["clerk", "agent"] {
        floor.by(name).get(&path).refused(403, "forbidden");
        floor.by(name).get("/api/receivables").refused(403, "forbidden");
        floor.by(name).get("/api/store-credits").refused(403, "forbidden");
    }
    let elsewhere = floor.harness.shop("B");
    floor.harness.person_at("finance_b", &[("finance", Some(elsewhere), None)]);
    let other = floor.harness.signed_in("finance_b");
    other.get(&path).refused(404, "not_found");
    assert_eq!(listed(&other.get("/api/receivables").expect(200)), []);
    assert_eq!(other.get("/api/receivable-totals").expect(200), json!([]));
    other.get("/api/store-credits").refused(403, "forbidden");
    let cfo = floor.harness.person_client("chief", &["cfo"]);
    assert_eq!(listed(&cfo.get("/api/receivables").expect(200)), [(id, 10_000)]);
}

#[test]
fn store_credit_is_listed_by_customer_with_where_it_came_from() {
    let floor = Floor::open();
    let (finance, lead) = (floor.by("finance"), floor.by("lead"));
    assert_eq!(finance.get("/api/store-credits").expect(200)["items"], json!([]));
    for (order, minor) in [("T0000001", 10_000), ("T0000002", 2_500)] {
        let id = floor.agreed(order, "return_refund", 1, minor);
        let group = floor.counted(&id, &format!("SF-{order}"), 1);
        floor.inspected(&group, 1, "grade_new", "customer", "restock");
        let settlement = floor.proposed(&id, "credit");
        finance.post(&format!("/api/settlements/{}/payment", support::text(&settlement["id"])), &json!({})).expect(200);
    }
    let credits = finance.get("/api/store-credits").expect(200)["items"].clone();
    let balances: Vec<i64> =
        credits.as_array().unwrap().iter().map(|one| one["balance"]["minor"].as_i64().unwrap()).collect();
    assert_eq!(balances.iter().sum::<i64>(), 12_500, "{credits}");
    let customer = support::text(&credits[0]["customer"]);
    let path = format!("/api/customers/{customer}/store-credit/entries");
    let page = lead.get(&format!("{path}?limit=1")).expect(200);
    let newest = &page["items"][0];
    assert_eq!((&newest["amount"], &newest["by"]["name"]), (&cny(2_500), &json!("finance")));
    let number = &floor.case(&support::text(&newest["rma"]))["head"]["number"];
    assert_eq!(&newest["rma_number"], number);
    let rest = lead.get(&format!("{path}?limit=1&after={}", page["next"].as_str().unwrap())).expect(200);
    assert_eq!((&rest["items"][0]["amount"], rest.get("next")), (&cny(10_000), None));
    floor.by("clerk").get(&path).refused(403, "forbidden");
}
