//! The order behind a case: one to three articles, discounts, freight, shipped and delivered before the case.

use domain::{OrderId, Timestamp};
use operations::Error;
use operations::order::facts::{ContactFacts, LineFacts, OrderFacts, ShipmentFacts, ShipmentLineFacts, TenderFacts};
use operations::order::put::put;

use super::catalog::{BUYERS, GOODS, STREETS};
use super::random::Random;
use super::{DAY_MS, Demo};

/// What a case needs to know of its order.
pub(crate) struct Ordered {
    pub(crate) id: OrderId,
    pub(crate) shop: usize,
    pub(crate) number: String,
}

/// Makes an order; `shipped` says whether it has left, and `delivered_days_ago` when it arrived.
pub(crate) fn place(
    demo: &mut Demo,
    number: usize,
    now: Timestamp,
    shipped: bool,
    delivered_days_ago: i64,
) -> Result<Ordered, Error> {
    let random = &mut demo.random;
    let shop = usize::try_from(random.below(demo.world.shops.len() as u64)).unwrap_or(0);
    let code = demo.world.shops.get(shop).map(|(_, code)| code.clone()).unwrap_or_default();
    let count = 1 + random.below(3);
    let lines = lines(random, count, shipped);
    let freight = if random.chance(50) { 1_200 } else { 0 };
    let goods: i64 = lines.iter().filter_map(|line| line.paid_minor).sum();
    let delivered_at = now.plus_ms(-delivered_days_ago * DAY_MS);
    let shipped_at = delivered_at.plus_ms(-3 * DAY_MS);
    let ordered_at = shipped_at.plus_ms(-DAY_MS);
    let serial = 100_000 + number as u64;
    let name = random.pick(BUYERS).copied().unwrap_or("张三");
    let street = random.pick(STREETS).copied().unwrap_or_default();
    let facts = OrderFacts {
        shop: code.clone(),
        number: format!("{code}{serial}"),
        source_version: 1,
        state: "paid".to_owned(),
        ordered_at,
        paid_at: Some(ordered_at),
        shipped_at: shipped.then_some(shipped_at),
        delivered_at: shipped.then_some(delivered_at),
        currency: None,
        captured_minor: None,
        tax_minor: None,
        freight_minor: Some(freight),
        invoice: if random.chance(15) { "ordinary" } else { "none" }.to_owned(),
        customer_no: Some(format!("C{:05}", random.below(2_000))),
        contact: Some(ContactFacts {
            name: Some(name.to_owned()),
            phone: Some(format!("138{:08}", random.below(100_000_000))),
            email: None,
            address: Some(street.to_owned()),
            nickname: None,
        }),
        shipments: if shipped { vec![shipment(serial, shipped_at, delivered_at, &lines)] } else { Vec::new() },
        tenders: vec![TenderFacts {
            kind: "alipay".to_owned(),
            reference: format!("PAY{serial}"),
            amount_minor: goods + freight,
        }],
        lines,
    };
    let number = facts.number.clone();
    let system = std::sync::Arc::clone(&demo.world.system);
    let id = demo.act(&system, "order.put", move |tx, ctx| put(tx, ctx, &facts))?.order_id;
    Ok(Ordered { id, shop, number })
}

fn lines(random: &mut Random, count: u64, shipped: bool) -> Vec<LineFacts> {
    let mut lines = Vec::new();
    for position in 0..count {
        let Some((sku, zh, _, _, price, _)) = random.pick(GOODS).copied() else { continue };
        let quantity = 1 + i64::try_from(random.below(3)).unwrap_or(0);
        let discount = if random.chance(40) { price * quantity / 10 } else { 0 };
        lines.push(LineFacts {
            line_no: i64::try_from(position).unwrap_or(0) + 1,
            sku: sku.to_owned(),
            name: zh.to_owned(),
            quantity,
            cancelled: 0,
            shipped: Some(if shipped { quantity } else { 0 }),
            unit_price_minor: price,
            discount_minor: discount,
            paid_minor: Some(price * quantity - discount),
            tax_minor: Some(0),
            freight_minor: None,
            is_gift: false,
        });
    }
    lines
}

fn shipment(serial: u64, shipped_at: Timestamp, delivered_at: Timestamp, lines: &[LineFacts]) -> ShipmentFacts {
    let parts = lines.iter().map(|line| ShipmentLineFacts {
        line_no: line.line_no,
        quantity: line.quantity,
        serials: Vec::new(),
    });
    ShipmentFacts {
        waybill: format!("SF{:010}", 1_000_000_000 + serial),
        carrier: Some("sf".to_owned()),
        state: "delivered".to_owned(),
        shipped_at,
        delivered_at: Some(delivered_at),
        lines: parts.collect(),
    }
}
