//! What a case line's money is made of: which units stand for which minor units, and when nothing more is due.

use serde::{Deserialize, Serialize};

use crate::LineKind;
use crate::allocate::share_of_units;

/// A case line's exact part of what was paid, fixed for all its requested units when it was filed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineShare {
    /// Requested units.
    pub requested: i64,
    /// Goods, minor units.
    pub goods_minor: i64,
    /// Tax, minor units.
    pub tax_minor: i64,
}

/// Goods and tax of some units, minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitShare {
    /// Goods.
    pub goods_minor: i64,
    /// Tax.
    pub tax_minor: i64,
}

impl UnitShare {
    /// Goods and tax.
    #[must_use]
    pub const fn total_minor(self) -> i64 {
        self.goods_minor.saturating_add(self.tax_minor)
    }
}

impl LineShare {
    /// The whole line.
    #[must_use]
    pub const fn total_minor(&self) -> i64 {
        self.goods_minor.saturating_add(self.tax_minor)
    }
    /// The share of `quantity` units that follow the first `already`. Accepted units and units sent again are counted
    /// from the front, so that parts handed out one after the other sum to the share of all of them.
    #[must_use]
    pub fn front(&self, already: i64, quantity: i64) -> UnitShare {
        UnitShare {
            goods_minor: share_of_units(self.goods_minor, self.requested, already, quantity),
            tax_minor: share_of_units(self.tax_minor, self.requested, already, quantity),
        }
    }
    /// The share of `quantity` units before the last `already`. Refused units are counted from the back: whatever the
    /// inspector decides first, accepted, missing and refused units together stand for the whole line.
    #[must_use]
    pub fn back(&self, already: i64, quantity: i64) -> UnitShare {
        self.front(self.requested.saturating_sub(already).saturating_sub(quantity), quantity)
    }
    /// What may be refunded for `accepted` units on the counted basis (M3).
    #[must_use]
    pub fn cap_counted_minor(&self, accepted: i64) -> i64 {
        self.front(0, accepted).total_minor()
    }
    /// Whether the line's units do not all stand for the same amount.
    #[must_use]
    pub const fn is_uneven(&self) -> bool {
        self.requested > 0 && (self.goods_minor % self.requested != 0 || self.tax_minor % self.requested != 0)
    }
}

/// What a grade takes off a unit's share: `percent` of it is refunded, the rest is rounded in the customer's favour.
#[must_use]
pub fn grade_deduction_minor(share_minor: i64, percent: i64) -> i64 {
    let withheld = 100 - percent.clamp(0, 100);
    i64::try_from(i128::from(share_minor.max(0)) * i128::from(withheld) / 100).unwrap_or(0)
}

/// What is lost on units whose paid share is `share_minor`: all of it when they are refused, or accepted and of no use;
/// what the grade takes off when they are still worth the rest; nothing when they can be sold again.
#[must_use]
pub fn loss_minor(share_minor: i64, accepted: bool, percent: i64, resalable: bool) -> i64 {
    match (accepted, resalable) {
        (true, true) => 0,
        (true, false) if percent < 100 => grade_deduction_minor(share_minor, percent),
        _ => share_minor.max(0),
    }
}

/// Where the money of one case line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineMoney {
    /// What the line asks for.
    pub kind: LineKind,
    /// Its part of what was paid.
    pub share: LineShare,
    /// Agreed units.
    pub approved: i64,
    /// Whether all its goods are counted or waived, inspected and disposed of.
    pub goods_done: bool,
    /// Paid share of the accepted units.
    pub cap_counted_minor: i64,
    /// Goods and tax settled, before deductions.
    pub settled_minor: i64,
    /// Compensation and price difference settled.
    pub settled_extra_minor: i64,
    /// What was agreed as compensation or price difference; 0 when no amount was named.
    pub agreed_extra_minor: i64,
    /// Finance said that nothing more will be paid.
    pub marked_done: bool,
}

/// Whether nothing more is due on a line. Settlements that are still open are the caller's to look for.
#[must_use]
pub fn line_is_settled(line: &LineMoney) -> bool {
    if line.marked_done || !line.kind.settles_money() {
        return true;
    }
    if matches!(line.kind, LineKind::Compensation | LineKind::PriceDifference) {
        return line.settled_extra_minor > 0 && line.settled_extra_minor >= line.agreed_extra_minor;
    }
    // All that this line could ever be paid: nothing is left whatever arrives.
    if line.settled_minor >= line.share.front(0, line.approved).total_minor() {
        return true;
    }
    line.kind.expects_goods() && line.goods_done && line.settled_minor >= line.cap_counted_minor
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHARE: LineShare = LineShare { requested: 3, goods_minor: 8_999, tax_minor: 100 };

    #[test]
    fn units_stand_for_cents_exactly() {
        assert_eq!(SHARE.cap_counted_minor(1), 2_999 + 33);
        assert_eq!(SHARE.cap_counted_minor(3), 9_099);
        assert_eq!(SHARE.back(0, 1), UnitShare { goods_minor: 3_000, tax_minor: 34 });
        assert_eq!(SHARE.back(1, 2).total_minor() + SHARE.back(0, 1).total_minor(), 9_099);
        assert!(SHARE.is_uneven());
        assert!(!LineShare { requested: 3, goods_minor: 9_000, tax_minor: 0 }.is_uneven());
    }

    #[test]
    fn a_grade_rounds_for_the_customer() {
        assert_eq!(grade_deduction_minor(2_999, 80), 599);
        assert_eq!(grade_deduction_minor(2_999, 100), 0);
        assert_eq!(grade_deduction_minor(2_999, 0), 2_999);
        assert_eq!(grade_deduction_minor(-5, 0), 0);
    }

    #[test]
    fn a_loss_is_what_nobody_can_sell() {
        assert_eq!(loss_minor(3_000, false, 0, false), 3_000);
        assert_eq!(loss_minor(3_000, true, 100, true), 0);
        assert_eq!(loss_minor(3_000, true, 80, false), 600);
        assert_eq!(loss_minor(3_000, true, 100, false), 3_000);
    }

    proptest! {
        #[test]
        fn accepted_missing_and_refused_cover_the_line(
            goods in 0i64..10_000_000, tax in 0i64..1_000_000, requested in 1i64..60, a in 0i64..60, r in 0i64..60,
        ) {
            let accepted = a.min(requested);
            let refused = r.min(requested - accepted);
            let missing = requested - accepted - refused;
            let share = LineShare { requested, goods_minor: goods, tax_minor: tax };
            let sum = share.front(0, accepted).total_minor()
                + share.front(accepted, missing).total_minor()
                + share.back(0, refused).total_minor();
            prop_assert_eq!(sum, goods + tax);
        }
    }

    const LINE: LineMoney = LineMoney {
        kind: LineKind::ReturnRefund,
        share: SHARE,
        approved: 3,
        goods_done: false,
        cap_counted_minor: 3_032,
        settled_minor: 3_032,
        settled_extra_minor: 0,
        agreed_extra_minor: 0,
        marked_done: false,
    };

    #[track_caller]
    fn check(line: LineMoney, expect: bool) {
        assert_eq!(line_is_settled(&line), expect, "{line:?}");
    }

    #[test]
    fn a_line_is_settled_when_nothing_more_can_be_due() {
        // Goods still on their way may raise the cap.
        check(LINE, false);
        check(LineMoney { goods_done: true, ..LINE }, true);
        check(LineMoney { goods_done: true, settled_minor: 3_031, ..LINE }, false);
        check(LineMoney { settled_minor: 9_099, ..LINE }, true);
        check(LineMoney { goods_done: true, cap_counted_minor: 0, settled_minor: 0, ..LINE }, true);
        check(LineMoney { marked_done: true, ..LINE }, true);
        check(LineMoney { kind: LineKind::Exchange, settled_minor: 0, ..LINE }, true);
        // Without goods the approved amount counts, whatever is marked on goods.
        let keep = LineMoney { kind: LineKind::ShippedRefund, goods_done: true, cap_counted_minor: 0, ..LINE };
        check(LineMoney { settled_minor: 9_098, ..keep }, false);
        check(LineMoney { settled_minor: 9_099, ..keep }, true);
        check(LineMoney { settled_minor: 6_066, approved: 2, ..keep }, true);
        check(LineMoney { kind: LineKind::AdvanceRefund, settled_minor: 9_099, ..LINE }, true);
        check(LineMoney { kind: LineKind::AdvanceRefund, settled_minor: 0, ..LINE }, false);
        // A gift has no money in it.
        let gift = LineShare { goods_minor: 0, tax_minor: 0, ..SHARE };
        check(LineMoney { share: gift, cap_counted_minor: 0, settled_minor: 0, ..LINE }, true);
    }

    #[test]
    fn an_extra_is_settled_when_the_agreed_amount_is_paid() {
        let extra = LineMoney { kind: LineKind::Compensation, agreed_extra_minor: 500, settled_minor: 0, ..LINE };
        check(extra, false);
        check(LineMoney { settled_extra_minor: 499, ..extra }, false);
        check(LineMoney { settled_extra_minor: 500, ..extra }, true);
        check(LineMoney { settled_extra_minor: 1, agreed_extra_minor: 0, ..extra }, true);
        check(LineMoney { settled_extra_minor: 0, agreed_extra_minor: 0, ..extra }, false);
    }
}
