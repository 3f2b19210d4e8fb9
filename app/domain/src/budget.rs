//! The quantity budget of an order line. The same numbers stand as CHECK constraints on `order_line`.

use serde::{Deserialize, Serialize};

use crate::LineKind;

/// Everything that bounds claims on one order line, in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBudget {
    /// Ordered.
    pub ordered: i64,
    /// Cancelled before shipping.
    pub cancelled: i64,
    /// Shipped; refused and intercepted shipments count as shipped.
    pub shipped: i64,
    /// Delivered again by exchange, reship or send-back: claimable once more through that delivery.
    pub redelivered: i64,
    /// Claimed by open and closed cases of all kinds that consume goods, imported history included.
    pub claimed: i64,
    /// Of `claimed`, those expecting goods back.
    pub claimed_goods: i64,
    /// Of `claimed`, those for units that never left.
    pub claimed_unshipped: i64,
}

/// Why a claim does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum BudgetRefusal {
    /// The quantity is zero or below.
    NotPositive,
    /// More than ordered less cancelled less claimed.
    ExceedsOrdered {
        /// What is still claimable.
        remaining: i64,
    },
    /// More goods expected back than were shipped.
    ExceedsShipped {
        /// What could still come back.
        remaining: i64,
    },
    /// More than never left.
    ExceedsUnshipped {
        /// What never left and is unclaimed.
        remaining: i64,
    },
}

impl LineBudget {
    /// What a claim of this kind may still take, never below zero.
    #[must_use]
    pub fn remaining(&self, kind: LineKind) -> i64 {
        if !kind.consumes_quantity() {
            return self.ordered.saturating_sub(self.cancelled).max(0);
        }
        let mut remaining = self.ordered - self.cancelled + self.redelivered - self.claimed;
        if kind.expects_goods() {
            remaining = remaining.min(self.shipped + self.redelivered - self.claimed_goods);
        }
        if kind.needs_unshipped() {
            remaining = remaining.min(self.ordered - self.cancelled - self.shipped - self.claimed_unshipped);
        }
        remaining.max(0)
    }

    /// Takes `quantity` for a claim of `kind`, or says what is missing.
    ///
    /// # Errors
    /// A `BudgetRefusal` with what remains.
    pub fn claim(mut self, kind: LineKind, quantity: i64) -> Result<Self, BudgetRefusal> {
        if quantity <= 0 {
            return Err(BudgetRefusal::NotPositive);
        }
        let remaining = self.remaining(kind);
        if quantity > remaining {
            return Err(self.refusal(kind, remaining));
        }
        if kind.consumes_quantity() {
            self.claimed += quantity;
        }
        if kind.expects_goods() {
            self.claimed_goods += quantity;
        }
        if kind.needs_unshipped() {
            self.claimed_unshipped += quantity;
        }
        Ok(self)
    }

    fn refusal(&self, kind: LineKind, remaining: i64) -> BudgetRefusal {
        let open = self.ordered - self.cancelled + self.redelivered - self.claimed;
        if remaining >= open.max(0) {
            BudgetRefusal::ExceedsOrdered { remaining }
        } else if kind.needs_unshipped() {
            BudgetRefusal::ExceedsUnshipped { remaining }
        } else {
            BudgetRefusal::ExceedsShipped { remaining }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: LineBudget = LineBudget {
        ordered: 5,
        cancelled: 1,
        shipped: 3,
        redelivered: 0,
        claimed: 0,
        claimed_goods: 0,
        claimed_unshipped: 0,
    };

    #[track_caller]
    fn check(budget: LineBudget, kind: LineKind, quantity: i64, expect: Result<i64, BudgetRefusal>) {
        assert_eq!(budget.claim(kind, quantity).map(|after| after.claimed), expect);
    }

    #[test]
    fn each_bound_refuses_by_name() {
        check(LINE, LineKind::ReturnRefund, 3, Ok(3));
        check(LINE, LineKind::ReturnRefund, 4, Err(BudgetRefusal::ExceedsShipped { remaining: 3 }));
        check(LINE, LineKind::UnshippedRefund, 1, Ok(1));
        check(LINE, LineKind::UnshippedRefund, 2, Err(BudgetRefusal::ExceedsUnshipped { remaining: 1 }));
        check(LINE, LineKind::ShippedRefund, 5, Err(BudgetRefusal::ExceedsOrdered { remaining: 4 }));
        check(LINE, LineKind::ReturnRefund, 0, Err(BudgetRefusal::NotPositive));
        check(
            LineBudget { claimed: 4, ..LINE },
            LineKind::ReturnRefund,
            1,
            Err(BudgetRefusal::ExceedsOrdered { remaining: 0 }),
        );
        check(LineBudget { claimed: 4, ..LINE }, LineKind::Compensation, 1, Ok(4));
        check(LineBudget { claimed: 4, claimed_goods: 3, redelivered: 1, ..LINE }, LineKind::ReturnRefund, 1, Ok(5));
    }
}
