//! What a settlement is checked against: the room on each line by its basis, on the order, its freight and the budget
//! for compensation. The same numbers are shown in the preview and bound again by the schema's guards.

use domain::settlement::{Basis, Caps, ComponentKind, UnitShare};
use domain::{LineKind, LocalDate, OrderId, RmaLineId, Timestamp};
use store::Conn;
use store::order::OrderRow;
use store::rma::RmaRow;
use store::rma_line::RmaLineRow;
use store::settlement::LineRoom;

use super::limits::{self, Limits, Terms};
use crate::error::{Error, Refusal};
use crate::warehouse::inspect::share_of;

/// A case's money as it stands, read once per command.
pub(super) struct CaseMoney {
    pub(super) lines: Vec<RmaLineRow>,
    pub(super) order: Option<OrderRow>,
    pub(super) limits: Limits,
    rooms: Vec<LineRoom>,
    extras_held_minor: i64,
    month_held_minor: i64,
    /// The case's settlements that count, without a second person's approval.
    pub(super) seen_by_one_minor: i64,
}

/// Why a line's room is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineCap {
    /// The units this basis admits.
    pub(super) units: i64,
    /// Their paid share.
    pub(super) share: UnitShare,
    /// Of it, held by settlements of any basis.
    pub(super) held_minor: i64,
    /// What is left.
    pub(super) room_minor: i64,
}

impl CaseMoney {
    /// Reads what bounds a settlement of a case, on one of its orders; the shop's budget only `with_extras`, because it
    /// sums a month.
    ///
    /// # Errors
    /// `Invalid` for an order that the case has no line of.
    pub(super) fn read(
        conn: &Conn,
        ctx: &Terms<'_>,
        rma: &RmaRow,
        order: Option<OrderId>,
        with_extras: bool,
    ) -> Result<Self, Error> {
        let rooms = store::settlement::rooms(conn, rma.id)?;
        let order_id = order_of(rma, &rooms, order)?;
        let order = match order_id {
            Some(id) => Some(store::order::find(conn, id)?.ok_or(Error::NotFound("order"))?),
            None => None,
        };
        let held = store::settlement::held(conn, rma.id)?;
        let extras_held_minor = held.iter().filter(|part| is_extra(part.1)).map(|part| part.3).sum();
        let month_held_minor = if with_extras { extras_of_month(conn, ctx, rma)? } else { 0 };
        let settlements = store::settlement::of_rma(conn, rma.id)?;
        let seen_by_one = settlements.iter().filter(|one| one.state.holds_money() && !one.needs_second);
        Ok(Self {
            lines: store::rma_line::of_rma(conn, rma.id)?,
            order,
            limits: limits::of(conn, ctx, rma)?,
            rooms,
            extras_held_minor,
            month_held_minor,
            seen_by_one_minor: seen_by_one.map(|one| one.net_minor).sum(),
        })
    }

    /// The room on a line by a basis. Money of any basis on the line uses it up, so that units advanced or kept are
    /// never paid again when they are counted (X3).
    pub(super) fn line_cap(&self, line: &RmaLineRow, basis: Basis) -> LineCap {
        let on_order = self.rooms.iter().find(|room| room.line == line.id);
        let same_order = on_order.and_then(|room| room.order_id) == self.order.as_ref().map(|order| order.id);
        let units = if line.undeclared || !same_order { 0 } else { self.units(line, basis) };
        let share = share_of(line).front(0, units);
        let held_minor = line.settled_minor;
        let room_minor = (share.total_minor() - held_minor).max(0);
        LineCap { units, share, held_minor, room_minor }
    }

    fn units(&self, line: &RmaLineRow, basis: Basis) -> i64 {
        let comes_back = line.kind.expects_goods() && line.kind.settles_money();
        match basis {
            // M3: money follows what was counted, not what was announced.
            Basis::Counted if comes_back => line.accepted,
            Basis::Unshipped if line.kind == LineKind::UnshippedRefund => {
                let room = self.rooms.iter().find(|room| room.line == line.id);
                let left = room.map_or(0, |room| room.unshipped - room.unshipped_paid_elsewhere);
                line.approved.min(left).max(0)
            }
            Basis::Waived if line.kind == LineKind::ShippedRefund => line.approved,
            // What was refused or written off is not advanced any more.
            Basis::Advanced if comes_back => (line.approved - line.refused - line.waived).max(0),
            Basis::PlatformDecided if line.kind.settles_money() => line.requested,
            _ => 0,
        }
    }

    /// What the whole settlement is checked against.
    pub(super) fn caps(&self, basis: Basis) -> Caps {
        let rooms = self.lines.iter().map(|line| self.line_cap(line, basis).room_minor);
        let captured = self.order.as_ref().map_or(0, |order| order.captured_minor);
        let held = self.order.as_ref().map_or(0, |order| order.held_minor + order.held_imported_minor.max(0));
        let extras = self.extras_room_minor();
        Caps {
            basis_minor: match basis {
                // What a platform has refunded is a fact; only the order's own payment bounds it.
                Basis::PlatformDecided => (captured - held).max(0),
                _ => rooms.sum(),
            },
            basis_held_minor: 0,
            // A case without an order has no payment to give back: compensation alone bounds it.
            captured_minor: if self.order.is_some() { captured } else { extras },
            order_held_minor: held,
            freight_paid_minor: self.order.as_ref().map_or(0, |order| order.freight_minor),
            freight_held_minor: self.order.as_ref().map_or(0, |order| order.freight_held_minor),
            compensation_minor: extras,
        }
    }

    /// What may still be given without goods: the case's budget and the shop's for this month.
    pub(super) fn extras_room_minor(&self) -> i64 {
        let case = self.limits.per_case_minor.map(|limit| limit.saturating_sub(self.extras_held_minor));
        let month = self.limits.per_month_minor.map(|limit| limit.saturating_sub(self.month_held_minor));
        [case, month].into_iter().flatten().min().unwrap_or(i64::MAX).max(0)
    }

    /// A2: whether a second person must approve. What one person alone has settled on the case counts along, so that a
    /// large amount is not keyed in small ones.
    pub(super) fn needs_second(&self, net_minor: i64, extras_minor: i64) -> bool {
        let unknown_budget = extras_minor > 0 && self.limits.per_case_minor.is_none();
        let above = |limit: i64| net_minor > 0 && self.seen_by_one_minor.saturating_add(net_minor) >= limit;
        unknown_budget || self.limits.four_eyes_minor.map_or(net_minor > 0, above)
    }

    /// A line of this case.
    ///
    /// # Errors
    /// `Invalid` at `field` (A1).
    pub(super) fn line(&self, id: RmaLineId, field: &str) -> Result<&RmaLineRow, Error> {
        let missing = || {
            let refusal = Refusal::new("no_such_line", "该单没有这一行", "this case has no such line");
            Error::invalid(refusal.at(field))
        };
        self.lines.iter().find(|line| line.id == id).ok_or_else(missing)
    }
}

/// Whether a component is bound by the budget for compensation.
pub(super) const fn is_extra(kind: ComponentKind) -> bool {
    matches!(kind, ComponentKind::Compensation | ComponentKind::PriceDifference | ComponentKind::ReturnFreight)
}

fn extras_of_month(conn: &Conn, terms: &Terms<'_>, rma: &RmaRow) -> Result<i64, Error> {
    let masters = &terms.definitions.masters;
    let (year, month, _) = masters.local_date(rma.shop_id, terms.now).ymd();
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    let start = |year: i32, month: u32| {
        let days = LocalDate::from_ymd(year, month, 1).unwrap_or_default().days();
        let midnight = Timestamp::from_ms(days.saturating_mul(86_400_000));
        midnight.plus_ms(-60_000 * i64::from(masters.offset_minutes(rma.shop_id, midnight)))
    };
    let (from, until) = (start(year, month), start(next.0, next.1));
    Ok(store::settlement::extras_between(conn, rma.shop_id, rma.currency, from, until)?)
}

// One settlement pays back one order: the one named, or the only one there is.
fn order_of(rma: &RmaRow, rooms: &[LineRoom], named: Option<OrderId>) -> Result<Option<OrderId>, Error> {
    let of_lines = || rooms.iter().filter_map(|room| room.order_id).chain(rma.order_id);
    match named {
        Some(named) if of_lines().any(|order| order == named) => Ok(Some(named)),
        Some(_) => {
            let refusal = Refusal::new("no_such_order", "该单与这个订单无关", "this case has nothing of that order");
            Err(Error::invalid(refusal.at("order")))
        }
        None => Ok(rma.order_id.or_else(|| of_lines().next())),
    }
}
