//! Orders: put with versions, money that sums, bundles, conflicts with claims, search, masks.

use domain::{LineKind, OrderId};
use operations::order::facts::{LineFacts, OrderFacts, ShipmentFacts, TenderFacts};
use operations::order::put::{Outcome, Put, put};
use operations::order::search::{OrderPage, Search, search};
use operations::order::{ContactFacts, RevealContact, find, reveal};
use operations::{Actor, Error};
use serde_json::json;
use support::{Harness, NOW, Sold, World, refused};

fn line(line_no: i64, sku: &str, quantity: i64, unit_price_minor: i64) -> LineFacts {
    LineFacts {
        line_no,
        sku: sku.to_owned(),
        name: String::new(),
        quantity,
        cancelled: 0,
        shipped: None,
        unit_price_minor,
        discount_minor: 0,
        paid_minor: None,
        tax_minor: None,
        freight_minor: None,
        is_gift: false,
    }
}

fn facts(number: &str, source_version: i64, lines: Vec<LineFacts>) -> OrderFacts {
    OrderFacts {
        shop: "A".to_owned(),
        number: number.to_owned(),
        source_version,
        state: "paid".to_owned(),
        ordered_at: NOW,
        paid_at: None,
        shipped_at: None,
        delivered_at: None,
        currency: None,
        captured_minor: None,
        tax_minor: None,
        freight_minor: None,
        invoice: "none".to_owned(),
        customer_no: None,
        contact: None,
        lines,
        shipments: Vec::new(),
        tenders: Vec::new(),
    }
}

fn run(world: &World, facts: OrderFacts) -> Result<Put, Error> {
    world.system(move |tx, ctx| put(tx, ctx, &facts))
}

fn view(world: &World, id: OrderId) -> find::OrderView {
    let definitions = world.app.definitions();
    world.app.read(|conn| find::find(conn, &definitions, &Actor::system(), id)).unwrap()
}

#[test]
fn older_versions_are_ignored_and_said_to_be() {
    let world = World::new();
    let put = |version, quantity| run(&world, facts("O-1", version, vec![line(1, "X", quantity, 100)])).unwrap();
    let first = put(2, 3);
    assert_eq!((first.outcome, first.source_version), (Outcome::Created, 2));
    assert_eq!(put(1, 9).outcome, Outcome::Older);
    assert_eq!(put(2, 9).outcome, Outcome::Same);
    assert_eq!(view(&world, first.order_id).lines[0].ordered, 3);
    let newer = put(3, 4);
    assert_eq!((newer.outcome, newer.order_id), (Outcome::Updated, first.order_id));
    assert_eq!(view(&world, first.order_id).lines[0].ordered, 4);
    assert_eq!(put(2, 9), Put { outcome: Outcome::Older, source_version: 3, ..first });
}

#[test]
fn totals_are_shared_to_the_last_minor_unit() {
    let world = World::new();
    let mut facts = facts("O-1", 1, vec![line(1, "X", 1, 1_000), line(2, "Y", 2, 333), line(3, "Z", 1, 1)]);
    facts.captured_minor = Some(1_555);
    facts.tax_minor = Some(91);
    facts.freight_minor = Some(100);
    facts.lines[2].is_gift = true;
    let order = run(&world, facts).unwrap().order_id;
    let view = view(&world, order);
    let paid: Vec<_> = view.lines.iter().map(|line| line.money.unwrap()).collect();
    let sum = |part: fn(&find::LinePaid) -> i64| paid.iter().map(part).sum::<i64>();
    assert_eq!(sum(|paid| paid.tax_minor), 91);
    assert_eq!(sum(|paid| paid.freight_minor), 100);
    assert_eq!(sum(|paid| paid.goods_minor), 1_555 - 91 - 100);
    assert_eq!(view.money.map(|money| (money.captured_minor, money.freight_minor)), Some((1_555, 100)));
    assert_eq!(paid[2].goods_minor, 0, "a gift bears nothing");
}

#[test]
fn money_that_does_not_sum_is_refused_by_name() {
    let world = World::new();
    let mut wrong = facts("O-1", 1, vec![line(1, "X", 1, 1_000)]);
    wrong.captured_minor = Some(999);
    wrong.lines[0].paid_minor = Some(1_000);
    assert_eq!(refused(run(&world, wrong)), "money_does_not_sum");
    assert_eq!(refused(run(&world, facts("O-1", 0, vec![line(1, "X", 1, -5)]))), "invalid_order");
    assert_eq!(refused(run(&world, OrderFacts { shop: "?".to_owned(), ..facts("O-1", 1, vec![]) })), "not_found");
}

#[test]
fn a_bundle_is_its_parts_with_their_money() {
    use operations::master::bundle::{self, Part};
    let world = World::new();
    let order = |number: &str, version, quantity| {
        let mut facts = facts(number, version, vec![line(1, "SET", quantity, 10_000), line(2, "OTHER", 1, 100)]);
        facts.captured_minor = Some(quantity * 9_999 + 100);
        facts.shipments = vec![ShipmentFacts {
            waybill: "W1".to_owned(),
            carrier: None,
            state: "shipped".to_owned(),
            shipped_at: NOW,
            delivered_at: None,
            lines: Vec::new(),
        }];
        facts
    };
    // Sold once before it is a bundle, so that the articles exist.
    run(&world, facts("O-0", 1, vec![line(1, "SET", 1, 1), line(2, "CUP", 1, 1), line(3, "TEA", 1, 1)])).unwrap();
    let id = |code: &'static str| world.read(|conn| store::sku::id_of_code(conn, code)).unwrap();
    let parts = vec![
        Part { sku_id: id("CUP"), quantity: 2, money_share: 30 },
        Part { sku_id: id("TEA"), quantity: 1, money_share: 70 },
    ];
    let set = id("SET");
    world.system(move |tx, ctx| bundle::save(tx, ctx, set, &parts)).unwrap();
    let order_id = run(&world, order("O-1", 1, 3)).unwrap().order_id;
    let lines = view(&world, order_id).lines;
    let shown: Vec<_> = lines.iter().map(|line| (line.label.as_str(), line.ordered, line.claimable.goods)).collect();
    assert_eq!(shown, [("1", 3, 0), ("1.1", 6, 6), ("1.2", 3, 3), ("2", 1, 1)]);
    assert!(lines[0].is_bundle);
    let paid = |line: &find::LineView| line.money.map_or(0, |money| money.goods_minor);
    assert_eq!(paid(&lines[0]), 0);
    assert_eq!(lines.iter().map(paid).sum::<i64>(), 3 * 9_999 + 100);
    // What was sold stays, whatever the bundle is made of now.
    let none = Vec::new();
    world.system(move |tx, ctx| bundle::save(tx, ctx, set, &none)).unwrap();
    run(&world, order("O-1", 2, 2)).unwrap();
    let lines = view(&world, order_id).lines;
    let shown: Vec<_> = lines.iter().map(|line| (line.label.as_str(), line.ordered)).collect();
    assert_eq!(shown, [("1", 2), ("1.1", 4), ("1.2", 2), ("2", 1)]);
    assert_eq!(lines.iter().map(paid).sum::<i64>(), 2 * 9_999 + 100);
}

#[test]
fn what_contradicts_claims_is_raised_and_settled_never_refused() {
    let world = World::new();
    let sold = Sold { lines: vec![("SHIRT", 3, 3_000)], ..Sold::default() };
    let order = world.order(&sold);
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    let open = || {
        let tasks = world.read(|conn| store::task::open_of_rma(conn, rma));
        tasks.into_iter().filter(|task| task.kind == "conflict").count()
    };
    assert_eq!(open(), 0);
    let mut fewer = facts(&order.number, 100, vec![LineFacts { shipped: Some(2), ..line(1, "SHIRT", 2, 3_000) }]);
    fewer.captured_minor = Some(6_000);
    fewer.tenders = vec![TenderFacts { kind: "wechat".to_owned(), reference: "W-1".to_owned(), amount_minor: 6_000 }];
    let put = run(&world, fewer).unwrap();
    assert_eq!(put.outcome, Outcome::Updated);
    assert_eq!(put.conflicts.first().map(|conflict| conflict.code.as_str()), Some("claims_exceed_ordered"));
    assert_eq!(open(), 1);
    let seen = view(&world, put.order_id);
    assert_eq!(seen.conflicts, put.conflicts);
    let paid: Vec<_> = seen.tenders.iter().map(|tender| (tender.reference.as_str(), tender.amount_minor)).collect();
    assert_eq!(paid, [("W-1", 6_000)]);
    let events = world.read(store::event::verify_chain);
    assert_eq!(events.1, None);
    // Said again, it is still one to-do; corrected, it is settled.
    let mut again = facts(&order.number, 101, vec![LineFacts { shipped: Some(2), ..line(1, "SHIRT", 2, 3_000) }]);
    again.captured_minor = Some(6_000);
    run(&world, again).unwrap();
    assert_eq!(view(&world, put.order_id).conflicts, put.conflicts);
    assert_eq!(open(), 1);
    let whole = facts(&order.number, 102, vec![LineFacts { shipped: Some(3), ..line(1, "SHIRT", 3, 3_000) }]);
    assert_eq!(run(&world, whole).unwrap().conflicts, []);
    assert_eq!(open(), 0);
    assert_eq!(view(&world, put.order_id).conflicts, []);
}

#[test]
fn a_line_that_is_no_longer_named_counts_as_cancelled() {
    let world = World::new();
    let order = run(&world, facts("O-1", 1, vec![line(1, "X", 2, 100), line(2, "Y", 1, 100)])).unwrap().order_id;
    run(&world, facts("O-1", 2, vec![line(2, "Y", 1, 100)])).unwrap();
    let lines = view(&world, order).lines;
    assert_eq!((lines[0].ordered, lines[0].cancelled, lines[0].claimable.any), (2, 2, 0));
    assert_eq!(lines[1].claimable.any, 1);
}

#[test]
fn orders_are_found_by_number_phone_name_article_and_waybill() {
    let world = World::new();
    for (number, name, phone) in
        [("A-100", "张三丰", "13800000042"), ("A-101", "张三", "13900000042"), ("B-1", "Li Lei", "1")]
    {
        let mut facts = facts(number, 1, vec![line(1, if number == "B-1" { "HAT" } else { "SOCK" }, 1, 100)]);
        facts.contact = Some(ContactFacts {
            name: Some(name.to_owned()),
            phone: Some(phone.to_owned()),
            ..ContactFacts::default()
        });
        facts.shipments = vec![ShipmentFacts {
            waybill: format!("SF-{number}"),
            carrier: None,
            state: "shipped".to_owned(),
            shipped_at: NOW,
            delivered_at: None,
            lines: Vec::new(),
        }];
        run(&world, facts).unwrap();
    }
    let page = |query: Search| -> OrderPage {
        let definitions = world.app.definitions();
        world.app.read(|conn| search(conn, &definitions, &Actor::system(), &query)).unwrap()
    };
    let check = |query: Search, expect: &[&str]| {
        let found = page(Search { limit: 10, ..query.clone() });
        let numbers: Vec<_> = found.items.iter().map(|hit| hit.number.as_str()).collect();
        assert_eq!(numbers, expect, "{query:?}");
    };
    let text = |text: &str| Some(text.to_owned());
    check(Search::default(), &["B-1", "A-101", "A-100"]);
    check(Search { number: text("A-10"), ..Search::default() }, &["A-100", "A-101"]);
    check(Search { number: text("A-101"), ..Search::default() }, &["A-101"]);
    check(Search { phone: text("0042"), ..Search::default() }, &["A-101", "A-100"]);
    check(Search { phone: text("+86 138-0000-0042"), ..Search::default() }, &["A-100"]);
    check(Search { name: text("三丰"), ..Search::default() }, &["A-100"]);
    check(Search { name: text("张三"), ..Search::default() }, &["A-101", "A-100"]);
    check(Search { name: text("张"), ..Search::default() }, &["A-101", "A-100"]);
    check(Search { name: text("le li"), ..Search::default() }, &["B-1"]);
    check(Search { name: text("王"), ..Search::default() }, &[]);
    check(Search { sku: text("SOCK"), ..Search::default() }, &["A-101", "A-100"]);
    check(Search { waybill: text("SF-B-1"), ..Search::default() }, &["B-1"]);
    check(Search { name: text("张三"), phone: text("13900000042"), ..Search::default() }, &["A-101"]);
    let first = page(Search { number: text("A-"), limit: 1, ..Search::default() });
    let second = page(Search { number: text("A-"), limit: 1, after: first.next.clone(), ..Search::default() });
    assert_eq!((first.items[0].number.as_str(), second.items[0].number.as_str()), ("A-100", "A-101"));
    assert_eq!(second.next, None);
}

#[test]
fn other_shops_orders_are_not_there() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let elsewhere = world.system(|tx, ctx| {
        let mut shop = operations::master::shop::SaveShop {
            id: None,
            version: 0,
            code: "B".to_owned(),
            name: domain::Text::new("乙", "B"),
            platform: "own".to_owned(),
            currency: domain::Currency::CNY,
            zone: "Asia/Shanghai".to_owned(),
            warehouse_id: None,
            calendar_id: None,
            active: true,
        };
        shop.version = 0;
        operations::master::shop::save(tx, ctx, &shop)
    });
    let elsewhere = domain::ShopId::from_raw(elsewhere.unwrap().id);
    let stranger = world.hire("stranger", "agent", Some(elsewhere), None);
    let definitions = world.app.definitions();
    let found = world.app.read(|conn| find::find(conn, &definitions, &stranger, order.id));
    assert_eq!(refused(found.map(|view| view.id)), "not_found");
    let query = Search { limit: 10, number: Some(order.number.clone()), ..Search::default() };
    assert_eq!(world.app.read(|conn| search(conn, &definitions, &stranger, &query)).unwrap().items, []);
}

#[test]
fn masked_values_show_their_shape_and_showing_them_is_logged() {
    let world = World::new();
    let mut facts = facts("O-1", 1, vec![line(1, "X", 1, 100)]);
    facts.contact = Some(ContactFacts {
        name: Some("张三".to_owned()),
        phone: Some("13812345678".to_owned()),
        address: Some("上海市徐汇区某路 1 号".to_owned()),
        ..ContactFacts::default()
    });
    let order = run(&world, facts).unwrap().order_id;
    let definitions = world.app.definitions();
    let as_seen = |name: &str| {
        let actor = world.person(name);
        world.app.read(|conn| find::find(conn, &definitions, &actor, order)).unwrap().contact.unwrap()
    };
    let agent = as_seen("agent");
    assert_eq!((agent.name.as_deref(), agent.phone.as_deref()), (Some("张三"), Some("138****5678")));
    assert_eq!(agent.masked, ["phone", "address"]);
    assert_eq!(as_seen("finance").address, None, "hidden is absent");
    let show = |name: &str, field: &str| {
        let cmd = RevealContact { order_id: order, field: field.to_owned() };
        world.by(name, move |tx, ctx| reveal(tx, ctx, &cmd))
    };
    let shown = show("agent", "phone").unwrap();
    let shown = world.app.read(|conn| operations::order::contact_view::read_shown(conn, &shown)).unwrap();
    assert_eq!((shown.phone.as_deref(), shown.name), (Some("13812345678"), None));
    assert_eq!(refused(show("finance", "phone")), "forbidden");
    assert_eq!(refused(show("agent", "password")), "unknown_field");
}

#[test]
fn orders_are_put_and_read_over_http() {
    let harness = Harness::start();
    harness.shop("S1");
    let erp = harness.token("ERP", &["operations"]);
    let order = json!({
        "source_version": 1, "ordered_at": 1_795_000_000_000_i64, "captured_minor": 2_000,
        "contact": { "name": "张三", "phone": "13812345678" },
        "lines": [{ "line_no": 1, "sku": "X", "quantity": 3, "unit_price_minor": 1_000 }],
    });
    let put = erp.put("/api/orders/S1/T%2F1", &order).expect(200);
    assert_eq!(put["outcome"], "created");
    let view = erp.get(&format!("/api/orders/{}", put["id"].as_str().unwrap())).expect(200);
    assert_eq!((view["number"].as_str(), view["lines"][0]["claimable"].as_i64()), (Some("T/1"), Some(3)));
    assert_eq!(view["contact"]["phone"], "138****5678");
    assert_eq!(erp.put("/api/orders/S1/T%2F1", &order).expect(200)["outcome"], "same");
    let found = erp.get("/api/orders?number=T").expect(200);
    assert_eq!(found["items"][0]["captured_minor"], 2_000);
    let mut wrong = order.clone();
    wrong["lines"][0]["quantity"] = json!(0);
    let refused = erp.put("/api/orders/S1/T2", &wrong).refused(422, "invalid_order");
    assert_eq!(refused["fields"][0]["field"], "lines[0].quantity");
    erp.put("/api/orders/NO/T2", &order).refused(404, "not_found");
    let clerk = harness.token("clerk", &["warehouse_clerk"]);
    clerk.put("/api/orders/S1/T3", &order).refused(403, "forbidden");
}
