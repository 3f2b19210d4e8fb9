//! Parcels, settlements and outbound orders as the case page tells them.

use contract::rma::{CaseOutbound, CaseOutboundLine, CaseParcel, CaseSettlement};
use domain::{CarrierId, Money, Text};
use operations::definitions::Definitions;
use operations::rma::rows::{OutboundRow, ParcelRow, SettlementRow, SlipLine};
use operations::rma::view::PaidHow;
use operations::timer::watch::Watched;

fn carrier(id: Option<CarrierId>, definitions: &Definitions) -> Option<Text> {
    let known = definitions.masters.carriers().iter().find(|row| Some(row.id) == id);
    known.map(|row| row.name.clone())
}

pub(super) fn parcel(row: &ParcelRow, clock: Watched, definitions: &Definitions) -> CaseParcel {
    CaseParcel {
        id: row.id,
        waybill: row.waybill.clone(),
        carrier: carrier(row.carrier_id, definitions),
        state: row.state,
        announced_at: row.announced_at,
        signed_at: row.signed_at,
        opened_at: row.opened_at,
        due_at: clock.due_at,
        warn_at: clock.warn_at,
    }
}

pub(super) fn settlement((row, how): &(SettlementRow, PaidHow), prices: bool) -> CaseSettlement {
    CaseSettlement {
        id: row.id,
        basis: row.basis,
        state: row.state,
        net: prices.then(|| Money::new(row.net_minor, row.currency)),
        means: row.means.clone(),
        needs_second: row.needs_second,
        outcome_unknown: how.unknown,
        paid_by_hand: how.by_hand,
        proposed_at: row.proposed_at,
        settled_at: row.settled_at,
        due_at: how.clock.due_at,
        warn_at: how.clock.warn_at,
    }
}

pub(super) fn outbound((row, lines): &(OutboundRow, Vec<SlipLine>), definitions: &Definitions) -> CaseOutbound {
    let line = |line: &SlipLine| CaseOutboundLine {
        sku: line.sku_code.clone(),
        name: line.sku_name.clone(),
        quantity: line.quantity,
    };
    CaseOutbound {
        id: row.id,
        number: row.number.clone(),
        kind: row.kind,
        state: row.state,
        carrier: carrier(row.carrier_id, definitions),
        waybill: row.waybill.clone(),
        lines: lines.iter().map(line).collect(),
        shipped_at: row.shipped_at,
        delivered_at: row.delivered_at,
        waived_reason: row.waived_reason.clone(),
    }
}
