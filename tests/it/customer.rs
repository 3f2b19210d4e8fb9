//! A customer's page: everything of theirs in the reader's shops, nothing of others', and the block list.

use std::sync::Arc;

use domain::{CustomerId, LineKind, RmaId, ShopId, Text};
use operations::Actor;
use operations::master::customer::{block, history};
use operations::master::{shop, tag};
use operations::order::facts::{LineFacts, OrderFacts, ShipmentFacts};
use support::{NOW, Order, Sold, World, refused};

const PAID_AT_B: i64 = 4_242;

/// Another shop, with an order of the same customer and a case on it.
fn second_shop(world: &mut World, customer: CustomerId) -> (ShopId, RmaId) {
    let save = shop::SaveShop {
        id: None,
        version: 0,
        code: "B".to_owned(),
        name: Text::new("乙店", "Shop B"),
        platform: "own".to_owned(),
        currency: domain::Currency::CNY,
        zone: "Asia/Shanghai".to_owned(),
        warehouse_id: Some(world.warehouse),
        calendar_id: None,
        active: true,
    };
    let other = ShopId::from_raw(world.system(move |tx, ctx| shop::save(tx, ctx, &save)).unwrap().id);
    let delivered = NOW.plus_ms(-2 * 86_400_000);
    let facts = OrderFacts {
        shop: "B".to_owned(),
        number: "B-0001".to_owned(),
        source_version: 1,
        state: "paid".to_owned(),
        ordered_at: delivered,
        paid_at: Some(delivered),
        shipped_at: None,
        delivered_at: None,
        currency: None,
        captured_minor: Some(PAID_AT_B),
        tax_minor: None,
        freight_minor: None,
        invoice: "none".to_owned(),
        customer_no: Some("C1".to_owned()),
        contact: None,
        lines: vec![LineFacts {
            line_no: 1,
            sku: "LAMP".to_owned(),
            name: "LAMP".to_owned(),
            quantity: 1,
            cancelled: 0,
            shipped: None,
            unit_price_minor: PAID_AT_B,
            discount_minor: 0,
            paid_minor: None,
            tax_minor: None,
            freight_minor: None,
            is_gift: false,
        }],
        shipments: vec![ShipmentFacts {
            waybill: "WB1".to_owned(),
            carrier: None,
            state: "delivered".to_owned(),
            shipped_at: delivered,
            delivered_at: Some(delivered),
            lines: Vec::new(),
        }],
        tenders: Vec::new(),
    };
    let put = world.system(move |tx, ctx| operations::order::put::put(tx, ctx, &facts)).unwrap();
    let lines = world.read(|conn| store::order::line::of_order(conn, put.order_id));
    let lines = lines.into_iter().map(|line| line.id).collect();
    let order = Order { id: put.order_id, number: "B-0001".to_owned(), lines, waybill: "WB1".to_owned() };
    // The world files at its own shop.
    let home = std::mem::replace(&mut world.shop, other);
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    world.shop = home;
    assert_eq!(world.rma(rma).customer_id, Some(customer));
    (other, rma)
}

fn past(world: &World, actor: &Actor, customer: CustomerId) -> history::History {
    let definitions = world.app.definitions();
    world.app.read(|conn| history::history(conn, &definitions, actor, customer)).unwrap()
}

#[test]
fn orders_cases_and_sums_stand_on_one_page() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let kept = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let customer = world.rma(rma).customer_id.unwrap();
    let found = past(&world, &Actor::system(), customer);
    let mut orders: Vec<_> = found.orders.iter().map(|order| order.id).collect();
    orders.sort_unstable();
    assert_eq!(orders, [order.id, kept.id]);
    assert_eq!(found.cases.iter().map(|case| case.id).collect::<Vec<_>>(), [rma]);
    assert_eq!((found.order_count, found.returned_orders, found.case_count), (2, 1, 1));
    let paid: i64 = found.orders.iter().filter_map(|order| order.captured_minor).sum();
    assert_eq!(
        found.sums.iter().map(|sums| (sums.paid_minor, sums.refunded_minor)).collect::<Vec<_>>(),
        [(Some(paid), Some(0))]
    );
}

#[test]
fn what_lies_in_other_shops_is_neither_shown_nor_counted() {
    let mut world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let customer = world.rma(rma).customer_id.unwrap();
    let (other, there) = second_shop(&mut world, customer);
    let note = store::note::NoteRow {
        id: domain::NoteId::from_raw(world.next()),
        rma_id: rma,
        audience: "customer".to_owned(),
        author: "customer".to_owned(),
        body: "到了吗".to_owned(),
        at: NOW,
        handled_at: None,
    };
    world.system(move |tx, _| Ok(store::note::insert(tx, &note)?)).unwrap();
    let at_home: Arc<Actor> = world.hire("home", "agent", Some(world.shop), None);
    let elsewhere: Arc<Actor> = world.hire("elsewhere", "agent", Some(other), None);
    let everywhere = past(&world, &Actor::system(), customer);
    assert_eq!((everywhere.order_count, everywhere.case_count, everywhere.messages.len()), (2, 2, 1));
    let seen = past(&world, &at_home, customer);
    assert_eq!((seen.order_count, seen.returned_orders, seen.case_count, seen.messages.len()), (1, 1, 1, 1));
    assert_eq!(seen.orders.iter().map(|one| one.id).collect::<Vec<_>>(), [order.id]);
    assert_eq!(seen.cases.iter().map(|one| one.id).collect::<Vec<_>>(), [rma]);
    let at_a = seen.orders[0].captured_minor;
    assert_eq!(seen.sums.iter().map(|sums| sums.paid_minor).collect::<Vec<_>>(), [at_a]);
    let seen = past(&world, &elsewhere, customer);
    assert_eq!((seen.order_count, seen.returned_orders, seen.case_count, seen.messages.len()), (1, 1, 1, 0));
    assert_eq!(seen.cases.iter().map(|one| one.id).collect::<Vec<_>>(), [there]);
    assert_eq!(seen.sums.iter().map(|sums| sums.paid_minor).collect::<Vec<_>>(), [Some(PAID_AT_B)]);
    let clerk = world.person("clerk");
    let definitions = world.app.definitions();
    assert_eq!(refused(world.app.read(|conn| history::history(conn, &definitions, &clerk, customer))), "forbidden");
}

#[test]
fn a_customer_goes_on_the_block_list_with_a_reason_and_comes_off_it() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let customer = world.rma(rma).customer_id.unwrap();
    let watch = tag::Tag { code: "watch".to_owned(), name: Text::new("关注", "Watch") };
    world.system(move |tx, ctx| tag::save(tx, ctx, &watch)).unwrap();
    let put =
        |tag: &'static str, note: &'static str| world.system(move |tx, ctx| block::block(tx, ctx, customer, tag, note));
    assert_eq!(refused(put("watch", " ")), "invalid_fields");
    assert_eq!(refused(put("nobody", "换货掉包")), "invalid_fields");
    assert_eq!(refused(world.by("agent", move |tx, ctx| block::block(tx, ctx, customer, "watch", "x"))), "forbidden");
    put("watch", "换货掉包").unwrap();
    let blocked = past(&world, &Actor::system(), customer).blocked;
    assert!(!blocked.is_empty() && blocked.iter().all(|one| one.note == "换货掉包" && one.tag == "watch"));
    let contact = world.rma(rma).contact_id;
    assert_eq!(world.read(|conn| store::case_facts::buyer_tags(conn, Some(customer), contact)), ["watch"]);
    world.system(move |tx, ctx| block::unblock(tx, ctx, customer)).unwrap();
    assert!(past(&world, &Actor::system(), customer).blocked.is_empty());
    assert_eq!(refused(world.system(move |tx, ctx| block::unblock(tx, ctx, customer))), "not_found");
}

#[test]
fn what_to_tell_a_customer_is_in_their_words_and_only_for_who_sees_the_case() {
    use operations::rma::for_customer::{self, Next};
    let mut world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let customer = world.rma(rma).customer_id.unwrap();
    let (other, _) = second_shop(&mut world, customer);
    let told = for_customer::read(&world.app, &world.person("agent"), rma).unwrap();
    assert_eq!((told.number, told.next, told.writes_english), (world.rma(rma).number, Next::Wait, false));
    assert!(!told.status.zh.is_empty() && told.due_at.is_some());
    world.agree(rma);
    assert_eq!(for_customer::read(&world.app, &world.person("agent"), rma).unwrap().next, Next::SendBack);
    let elsewhere = world.hire("elsewhere", "agent", Some(other), None);
    assert_eq!(refused(for_customer::read(&world.app, &elsewhere, rma)), "not_found");
}
