//! What an import left, without ids and times of writing: two folders that say the same were filled the same way.

use domain::OrderId;
use store::Conn;
use support::World;

/// Every order with its contact, lines and cases, one text each, by shop and number.
pub(super) fn orders(world: &World) -> Vec<String> {
    let mut told = world.read(|conn| {
        let mut told = Vec::new();
        let mut after = None;
        loop {
            let page = store::order::search::newest(conn, None, after, 500)?;
            let Some(last) = page.last() else { return Ok(told) };
            after = Some(*last);
            for id in &page {
                told.push(order(conn, *id)?);
            }
        }
    });
    told.sort();
    told
}

fn order(conn: &Conn, id: OrderId) -> Result<String, store::Error> {
    let row = store::order::find(conn, id)?.unwrap();
    let contact = |id: Option<domain::ContactId>| {
        let row = id.map(|id| store::contact::find(conn, id)).transpose()?.flatten();
        Ok::<_, store::Error>(row.map(|row| (row.name, row.phone, row.phone_tail, row.email)))
    };
    let buyer = row.customer_id.map(|id| store::customer::find(conn, id)).transpose()?.flatten();
    let of_buyer = contact(buyer.as_ref().and_then(|buyer| buyer.contact_id))?;
    let mut text = format!(
        "{} {} {:?} {:?} {:?} {:?} {:?} {} {} {} {:?} {:?} {:?}\n",
        row.number,
        row.state,
        row.ordered_at,
        row.shipped_at,
        row.delivered_at,
        row.currency,
        row.captured_minor,
        row.freight_minor,
        row.held_minor,
        row.held_imported_minor,
        contact(row.contact_id)?,
        buyer.map(|buyer| buyer.customer_no),
        of_buyer,
    );
    for line in store::order::line::of_order(conn, id)? {
        let sku = store::sku::find(conn, line.sku_id)?.map(|sku| (sku.code, sku.category));
        let bare = store::order::LineRow {
            id: domain::OrderLineId::from_raw(0),
            order_id: OrderId::from_raw(0),
            sku_id: domain::SkuId::from_raw(0),
            parent_id: None,
            ..line
        };
        text.push_str(&format!("  {sku:?} {bare:?}\n"));
    }
    for case in store::order::cases(conn, id, 1_000)?.iter().rev() {
        let rma = store::rma::find(conn, case.rma_id)?.unwrap();
        text.push_str(&format!("  {} {} {} {}\n", rma.number, rma.local_date, rma.refund_minor, rma.summary));
        for line in store::import::history::known_lines(conn, case.rma_id)? {
            let reason = line.reason_id.map(|id| reason(conn, id)).transpose()?;
            text.push_str(&format!("    {reason:?} {} {:?}\n", line.quantity, line.figures));
        }
    }
    Ok(text)
}

/// A reason's English name.
pub(super) fn reason(conn: &Conn, id: domain::ReasonId) -> Result<String, store::Error> {
    let reasons = store::master::reasons(conn)?;
    Ok(reasons.into_iter().find(|reason| reason.id == id).map(|reason| reason.name.en).unwrap_or_default())
}
