//! What a case line asks for. Kinds are the core's; their names on screen come from the interface texts.

use serde::{Deserialize, Serialize};

macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),* }
        impl $name {
            /// All values, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The text stored in the database and sent over HTTP.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $text),* } }
            /// Reads the stored text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> { match text { $($text => Some(Self::$variant),)* _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                crate::openapi::words(&[$($text),*])
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}
pub(crate) use text_enum;

text_enum! {
    /// The kind stands on the line, not on the case.
    LineKind {
        /// 未发货仅退款: paid, never left.
        UnshippedRefund = "unshipped_refund",
        /// 已发货仅退款: the customer keeps the goods.
        ShippedRefund = "shipped_refund",
        /// 退货退款.
        ReturnRefund = "return_refund",
        /// 换货.
        Exchange = "exchange",
        /// 补发: sent again without a return.
        Reship = "reship",
        /// 维修.
        Repair = "repair",
        /// 退差价 / 价保.
        PriceDifference = "price_difference",
        /// 补偿.
        Compensation = "compensation",
        /// 拒收: comes back under the outbound waybill.
        Refused = "refused",
        /// 拦截: stopped in transit, comes back under the outbound waybill.
        Intercepted = "intercepted",
        /// 先行退款: money first, the goods are owed.
        AdvanceRefund = "advance_refund",
    }
}

/// What sends goods out again for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OutboundKind {
    /// Another unit for a returned one.
    Exchange,
    /// A unit sent again without a return.
    Reship,
    /// The customer's own unit after repair.
    RepairReturn,
    /// The customer's own unit as it came.
    SendBack,
}

impl OutboundKind {
    /// The stored text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exchange => "exchange",
            Self::Reship => "reship",
            Self::RepairReturn => "repair_return",
            Self::SendBack => "send_back",
        }
    }
    /// Reads the stored text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "exchange" => Some(Self::Exchange),
            "reship" => Some(Self::Reship),
            "repair_return" => Some(Self::RepairReturn),
            "send_back" => Some(Self::SendBack),
            _ => None,
        }
    }
}

impl LineKind {
    /// Whether the claim takes from the order line's quantity budget.
    #[must_use]
    pub const fn consumes_quantity(self) -> bool {
        !matches!(self, Self::PriceDifference | Self::Compensation)
    }
    /// Whether goods are expected back, and thus at most what was shipped.
    #[must_use]
    pub const fn expects_goods(self) -> bool {
        matches!(
            self,
            Self::ReturnRefund
                | Self::Exchange
                | Self::Repair
                | Self::Refused
                | Self::Intercepted
                | Self::AdvanceRefund
        )
    }
    /// Whether a line of this kind may turn into another: `has_goods` when some arrived or were written off, `has_money`
    /// when some was settled on it.
    #[must_use]
    pub const fn becomes(self, kind: Self, has_goods: bool, has_money: bool) -> bool {
        match (self, kind) {
            // Keep the goods after all: while nothing has arrived and nothing was paid on the other basis.
            (Self::ReturnRefund | Self::AdvanceRefund, Self::ShippedRefund) => !has_goods && !has_money,
            // The goods came back after all, paid or not.
            (Self::ShippedRefund | Self::ReturnRefund, Self::AdvanceRefund) => true,
            (Self::ShippedRefund | Self::AdvanceRefund, Self::ReturnRefund) | (Self::ReturnRefund, Self::Exchange) => {
                !has_money
            }
            // What cannot be sent or mended is refunded; what has not left is called back.
            (Self::Exchange | Self::Repair, Self::ReturnRefund) => true,
            _ => false,
        }
    }
    /// Whether a customer who asks for this could ask for `other` instead: to send back, swap or mend what they have. What
    /// became of a parcel, money alone and what staff grant are nobody's choice.
    #[must_use]
    pub const fn could_be_asked_as(self, other: Self) -> bool {
        let about_goods =
            !matches!(self, Self::PriceDifference | Self::Compensation | Self::Refused | Self::Intercepted);
        about_goods && matches!(other, Self::ReturnRefund | Self::Exchange | Self::Repair)
    }
    /// Whether the claim is only possible for units that never left.
    #[must_use]
    pub const fn needs_unshipped(self) -> bool {
        matches!(self, Self::UnshippedRefund)
    }
    /// What must go out again before the case can close.
    #[must_use]
    pub const fn outbound(self) -> Option<OutboundKind> {
        match self {
            Self::Exchange => Some(OutboundKind::Exchange),
            Self::Reship => Some(OutboundKind::Reship),
            Self::Repair => Some(OutboundKind::RepairReturn),
            _ => None,
        }
    }
    /// Whether the goods come back under the waybill they left with.
    #[must_use]
    pub const fn returns_under_outbound_waybill(self) -> bool {
        matches!(self, Self::Refused | Self::Intercepted)
    }
    /// Whether the line is only done when money has moved (or its settlement was waived).
    #[must_use]
    pub const fn settles_money(self) -> bool {
        !matches!(self, Self::Exchange | Self::Reship | Self::Repair)
    }
    /// The money basis this kind is settled on unless staff choose another.
    #[must_use]
    pub const fn default_basis(self) -> crate::settlement::Basis {
        use crate::settlement::Basis;
        match self {
            Self::UnshippedRefund => Basis::Unshipped,
            Self::ShippedRefund => Basis::Waived,
            Self::PriceDifference | Self::Compensation => Basis::Compensation,
            Self::AdvanceRefund => Basis::Advanced,
            _ => Basis::Counted,
        }
    }
}
