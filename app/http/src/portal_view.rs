//! A customer's case into its view.

use contract::portal::{
    PortalCan, PortalCarrier, PortalCaseView, PortalDelivery, PortalEvent, PortalLine, PortalMessage, PortalParcel,
    PortalQuestion, PortalRating, PortalShop, PortalStep, ReturnAddress,
};
use domain::state::CaseState;
use domain::{CarrierId, Money, ShopId, Text, Timestamp};
use operations::Error;
use operations::masters::Masters;
use operations::portal::case::CustomerCase;
use operations::portal::rate::CHANGEABLE_MS;

use crate::portal::uploads;
use crate::state::State;

/// The case page of the portal.
pub(crate) fn case(server: &State, found: CustomerCase, link_expires_at: Timestamp) -> Result<PortalCaseView, Error> {
    let definitions = server.app.definitions();
    let masters = &definitions.masters;
    let rma = &found.rma;
    let now = server.app.now();
    let expected = Money::new(rma.refund_minor, rma.currency);
    let open = !rma.state.is_final();
    Ok(PortalCaseView {
        number: rma.number.clone(),
        shop: shop(masters, rma.shop_id),
        order_number: found.order_number.clone(),
        now,
        offset_minutes: masters.offset_minutes(rma.shop_id, now),
        filed_at: rma.filed_at,
        state: rma.state,
        status: found.status.clone(),
        is_reviewed: found.is_reviewed,
        due_at: rma.due_at.filter(|_| open),
        closed_at: rma.closed_at,
        question: found.question.clone().map(|(text, asked_at)| PortalQuestion { text, asked_at }),
        refusal: found.refusal.clone(),
        lines: lines(&found),
        refund: Some(expected).filter(|money| open && money.minor > 0),
        refunded: found.refunded,
        return_to: found.return_to.as_ref().map(|warehouse| ReturnAddress {
            name: warehouse.contact_name.clone(),
            phone: warehouse.contact_phone.clone(),
            address: warehouse.address.zh.clone(),
            notes: warehouse.notes.clone(),
        }),
        parcels: parcels(masters, &found),
        deliveries: deliveries(masters, &found),
        carriers: masters.carriers().iter().filter(|row| row.active).map(carrier).collect(),
        steps: found
            .steps
            .iter()
            .cloned()
            .map(|(title, state)| PortalStep { title, state: state.to_owned() })
            .collect(),
        timeline: timeline(&found),
        messages: found
            .messages
            .iter()
            .map(|message| PortalMessage {
                from_customer: message.note.author == "customer",
                body: message.note.body.clone(),
                files: u32::try_from(message.files).unwrap_or(u32::MAX),
                at: message.note.at,
            })
            .collect(),
        rating: found.rating.as_ref().map(|rating| PortalRating {
            score: rating.score,
            comment: rating.comment.clone(),
            changeable_until: rating.rated_at.plus_ms(CHANGEABLE_MS),
        }),
        uploads: uploads(server)?,
        link_expires_at,
        can: PortalCan {
            answer: rma.state == CaseState::NeedsInfo,
            withdraw: found.may_withdraw,
            give_tracking: found.may_give_tracking,
            write: open,
            rate: found.may_rate,
        },
    })
}

/// A shop as customers see it.
pub(crate) fn shop(masters: &Masters, id: ShopId) -> PortalShop {
    let known = masters.shop(id).ok();
    PortalShop {
        code: known.map(|shop| shop.code.clone()).unwrap_or_default(),
        title: known.map(|shop| shop.name.clone()).unwrap_or_default(),
    }
}

fn carrier(row: &operations::masters::CarrierRow) -> PortalCarrier {
    PortalCarrier { code: row.code.clone(), title: row.name.clone() }
}

fn carrier_name(masters: &Masters, id: Option<CarrierId>) -> Option<Text> {
    masters.carriers().iter().find(|row| Some(row.id) == id).map(|row| row.name.clone())
}

fn lines(found: &CustomerCase) -> Vec<PortalLine> {
    let line = |line: &operations::portal::case::CustomerLine| PortalLine {
        goods: line.goods.clone(),
        kind: line.kind,
        requested: line.quantities.0,
        approved: line.quantities.1,
        received: line.quantities.2,
        accepted: line.quantities.3,
        verdict: line.verdict,
        reason: line.reason.clone(),
        deadline: line.window_ends_on,
    };
    found.lines.iter().map(line).collect()
}

fn parcels(masters: &Masters, found: &CustomerCase) -> Vec<PortalParcel> {
    let parcels = found.parcels.iter().map(|parcel| PortalParcel {
        carrier: carrier_name(masters, parcel.carrier_id),
        waybill: parcel.waybill.clone(),
        state: parcel.state,
        tracking: crate::tracking::for_customer(&found.tracking, parcel.id),
    });
    parcels.collect()
}

fn deliveries(masters: &Masters, found: &CustomerCase) -> Vec<PortalDelivery> {
    let orders = found.outbound.iter().map(|order| PortalDelivery {
        carrier: carrier_name(masters, order.carrier_id),
        waybill: Some(order.waybill.clone()).filter(|waybill| !waybill.is_empty()),
        state: order.state,
    });
    orders.collect()
}

// What the customer may know of, in their words; the staff's timeline is another.
fn timeline(found: &CustomerCase) -> Vec<PortalEvent> {
    let rma = &found.rma;
    let mut events = vec![(Some(rma.filed_at), "提交申请", "You filed the request")];
    events.push((rma.agreed_at, "审核通过", "The request was agreed"));
    events.push((rma.received_at, "已收到商品", "We received the goods"));
    events.push((rma.inspected_at, "商品检查完成", "We inspected the goods"));
    events.push((rma.settled_at.filter(|_| found.refunded.is_some()), "退款已完成", "The refund is done"));
    let over = match rma.state {
        CaseState::Rejected => ("申请未通过", "The request was not accepted"),
        CaseState::Withdrawn => ("申请已撤回", "You took the request back"),
        _ => ("已完成", "Done"),
    };
    events.push((rma.closed_at, over.0, over.1));
    let mut dated: Vec<(Timestamp, Text)> =
        events.into_iter().filter_map(|(at, zh, en)| at.map(|at| (at, Text::new(zh, en)))).collect();
    dated.sort_by_key(|(at, _)| *at);
    dated.into_iter().map(|(at, text)| PortalEvent { text, at }).collect()
}
