//! Money bases and their caps. Every settlement names one basis; each basis has its own cap.

use serde::{Deserialize, Serialize};

use crate::kind::text_enum;

pub use crate::line_money::{LineMoney, LineShare, UnitShare, grade_deduction_minor, line_is_settled, loss_minor};

text_enum! {
    /// Why money is paid.
    Basis {
        /// At most the paid share of the accepted quantity.
        Counted = "counted",
        /// At most the paid share of what never left.
        Unshipped = "unshipped",
        /// Keep the goods, by policy: at most the paid share of the approved quantity.
        Waived = "waived",
        /// 先行退款: at most the paid share of the approved quantity; opens a goods receivable 追缴.
        Advanced = "advanced",
        /// Already refunded on the platform under its number.
        PlatformDecided = "platform_decided",
        /// Own budget, no goods.
        Compensation = "compensation",
    }
}

text_enum! {
    /// The open list of components. Goods, tax and outbound freight are capped by what was paid.
    ComponentKind {
        /// The goods' price share.
        Goods = "goods",
        /// The tax share.
        Tax = "tax",
        /// What the customer paid for the way out; at most once per order.
        OutboundFreight = "outbound_freight",
        /// What the customer paid for the way back, with 运费险.
        ReturnFreight = "return_freight",
        /// 退差价.
        PriceDifference = "price_difference",
        /// 补偿.
        Compensation = "compensation",
        /// Withheld for a missing gift or damage (negative).
        Deduction = "deduction",
        /// Restocking or handling fee (negative).
        Fee = "fee",
    }
}

impl ComponentKind {
    /// Whether the amount must be negative: it is taken from the customer.
    #[must_use]
    pub const fn is_withheld(self) -> bool {
        matches!(self, Self::Deduction | Self::Fee)
    }
    /// Whether the amount is part of what the customer paid and thus bound by the basis' cap.
    #[must_use]
    pub const fn is_paid_share(self) -> bool {
        matches!(self, Self::Goods | Self::Tax | Self::OutboundFreight)
    }
}

/// What a settlement is checked against; all in minor units of the order's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// Paid share (goods and tax) of the units this basis admits, over the case.
    pub basis_minor: i64,
    /// Already held by other settlements of this basis on the case.
    pub basis_held_minor: i64,
    /// Captured on the order.
    pub captured_minor: i64,
    /// Settled and in flight on the order.
    pub order_held_minor: i64,
    /// Outbound freight paid on the order.
    pub freight_paid_minor: i64,
    /// Outbound freight already refunded or in flight.
    pub freight_held_minor: i64,
    /// The compensation budget left to the case.
    pub compensation_minor: i64,
}

/// One component as keyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// What for.
    pub kind: ComponentKind,
    /// Minor units; negative when withheld.
    pub amount_minor: i64,
}

/// Why a settlement does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum SettlementRefusal {
    /// No component, or a component of zero.
    Empty,
    /// A withheld component above zero or a paid one below.
    WrongSign {
        /// Which component.
        kind: ComponentKind,
    },
    /// The net is below zero: that is a receivable, not a refund.
    NetNegative,
    /// Goods and tax above the basis' cap.
    ExceedsBasis {
        /// What the basis still admits.
        remaining_minor: i64,
    },
    /// Outbound freight above what was paid and not yet refunded.
    ExceedsFreight {
        /// What is left of the freight.
        remaining_minor: i64,
    },
    /// Compensation above its budget.
    ExceedsCompensation {
        /// What is left of the budget.
        remaining_minor: i64,
    },
    /// The total above captured less settled less in flight.
    ExceedsCaptured {
        /// What is left of the payment.
        remaining_minor: i64,
    },
    /// The sum leaves 64 bits.
    TooLarge,
}

/// Checks a settlement's components against its caps and gives the net in minor units.
///
/// # Errors
/// The first `SettlementRefusal` that applies.
pub fn check(components: &[Component], caps: &Caps) -> Result<i64, SettlementRefusal> {
    if components.is_empty() || components.iter().any(|component| component.amount_minor == 0) {
        return Err(SettlementRefusal::Empty);
    }
    if let Some(wrong) = components.iter().find(|part| part.kind.is_withheld() != (part.amount_minor < 0)) {
        return Err(SettlementRefusal::WrongSign { kind: wrong.kind });
    }
    let sum = |wanted: &dyn Fn(ComponentKind) -> bool| {
        let mut parts = components.iter().filter(|part| wanted(part.kind)).map(|part| part.amount_minor);
        parts.try_fold(0_i64, i64::checked_add).ok_or(SettlementRefusal::TooLarge)
    };
    let net = sum(&|_| true)?;
    if net < 0 {
        return Err(SettlementRefusal::NetNegative);
    }
    let left = |cap: i64, held: i64| cap.saturating_sub(held).max(0);
    let basis = left(caps.basis_minor, caps.basis_held_minor);
    if sum(&|kind| matches!(kind, ComponentKind::Goods | ComponentKind::Tax))? > basis {
        return Err(SettlementRefusal::ExceedsBasis { remaining_minor: basis });
    }
    let freight = left(caps.freight_paid_minor, caps.freight_held_minor);
    if sum(&|kind| kind == ComponentKind::OutboundFreight)? > freight {
        return Err(SettlementRefusal::ExceedsFreight { remaining_minor: freight });
    }
    let extras = sum(&|kind| {
        matches!(kind, ComponentKind::Compensation | ComponentKind::PriceDifference | ComponentKind::ReturnFreight)
    })?;
    if extras > caps.compensation_minor.max(0) {
        return Err(SettlementRefusal::ExceedsCompensation { remaining_minor: caps.compensation_minor.max(0) });
    }
    let captured = left(caps.captured_minor, caps.order_held_minor);
    if net > captured {
        return Err(SettlementRefusal::ExceedsCaptured { remaining_minor: captured });
    }
    Ok(net)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: Caps = Caps {
        basis_minor: 10_000,
        basis_held_minor: 4_000,
        captured_minor: 12_000,
        order_held_minor: 4_000,
        freight_paid_minor: 1_000,
        freight_held_minor: 0,
        compensation_minor: 2_000,
    };

    #[track_caller]
    fn verify(components: &[(ComponentKind, i64)], expect: Result<i64, SettlementRefusal>) {
        let components: Vec<Component> = components
            .iter()
            .map(|(kind, amount_minor)| Component { kind: *kind, amount_minor: *amount_minor })
            .collect();
        assert_eq!(check(&components, &CAPS), expect);
    }

    #[test]
    fn each_cap_refuses_by_name() {
        use ComponentKind::{Compensation, Deduction, Fee, Goods, OutboundFreight, Tax};
        verify(&[(Goods, 5_000), (Tax, 1_000)], Ok(6_000));
        verify(&[(Goods, 5_001), (Tax, 1_000)], Err(SettlementRefusal::ExceedsBasis { remaining_minor: 6_000 }));
        verify(
            &[(Goods, 6_000), (OutboundFreight, 1_001)],
            Err(SettlementRefusal::ExceedsFreight { remaining_minor: 1_000 }),
        );
        verify(&[(Compensation, 2_001)], Err(SettlementRefusal::ExceedsCompensation { remaining_minor: 2_000 }));
        verify(
            &[(Goods, 6_000), (OutboundFreight, 1_000), (Compensation, 2_000)],
            Err(SettlementRefusal::ExceedsCaptured { remaining_minor: 8_000 }),
        );
        verify(&[(Goods, 6_000), (Fee, -6_001)], Err(SettlementRefusal::NetNegative));
        verify(&[(Goods, 6_000), (Deduction, 1)], Err(SettlementRefusal::WrongSign { kind: Deduction }));
        verify(&[(Goods, -1)], Err(SettlementRefusal::WrongSign { kind: Goods }));
        verify(&[], Err(SettlementRefusal::Empty));
        verify(&[(Goods, 6_000), (Deduction, -500)], Ok(5_500));
    }
}
