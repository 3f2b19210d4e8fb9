//! The axes of a case. They are separate on purpose: one status column is always too few.

use crate::kind::text_enum;

text_enum! {
    /// The fixed inner lifecycle of a case; user-made stages are flow nodes on top of it.
    CaseState {
        /// Filed, decisions open.
        Submitted = "submitted",
        /// Waiting for the customer's answer.
        NeedsInfo = "needs_info",
        /// Agreed; goods, money and outbound work are under way.
        InProgress = "in_progress",
        /// Refused by a decision.
        Rejected = "rejected",
        /// Taken back by the customer or staff before the first receipt.
        Withdrawn = "withdrawn",
        /// Every line received or waived, inspected, settled, shipped.
        Closed = "closed",
    }
}

impl CaseState {
    /// Whether nothing can change any more.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Rejected | Self::Withdrawn | Self::Closed)
    }
    /// Whether the case's lines count in the quantity budget.
    #[must_use]
    pub const fn holds_budget(self) -> bool {
        !matches!(self, Self::Rejected | Self::Withdrawn)
    }
}

text_enum! {
    /// Where the goods of a case are, summed over its lines.
    GoodsState {
        /// No line expects goods.
        NoneExpected = "none_expected",
        /// Nothing arrived yet.
        Awaiting = "awaiting",
        /// A waybill is known.
        InTransit = "in_transit",
        /// A parcel was signed, not opened.
        Arrived = "arrived",
        /// Some lines are not complete.
        PartlyReceived = "partly_received",
        /// Every line received or waived.
        Received = "received",
        /// Every unit group inspected.
        Inspected = "inspected",
        /// Every unit group disposed of.
        Dispositioned = "dispositioned",
    }
}

text_enum! {
    /// Where the money of a case is, summed over its settlements.
    MoneyState {
        /// No settlement and none owed.
        None = "none",
        /// Owed, not yet proposed.
        Open = "open",
        /// Proposed, waiting for approval.
        Proposed = "proposed",
        /// Approved, not being paid yet.
        Approved = "approved",
        /// Being paid.
        Executing = "executing",
        /// A payout's outcome is unknown.
        Unknown = "unknown",
        /// A payout failed.
        Failed = "failed",
        /// All settled.
        Settled = "settled",
    }
}

text_enum! {
    /// A settlement's life.
    SettlementState {
        /// Keyed, waiting for approval.
        Proposed = "proposed",
        /// Approved, payout not finished.
        Approved = "approved",
        /// The payout is under way or its outcome unknown.
        Executing = "executing",
        /// Paid.
        Settled = "settled",
        /// Refused or taken back before money moved.
        Cancelled = "cancelled",
    }
}

impl SettlementState {
    /// Whether its amount counts against the caps.
    #[must_use]
    pub const fn holds_money(self) -> bool {
        !matches!(self, Self::Cancelled)
    }
}

text_enum! {
    /// One payout's life. The row and its key are committed before anything is sent.
    PayoutState {
        /// Written, not sent.
        Requested = "requested",
        /// Sent, answer awaited.
        Sent = "sent",
        /// The gateway confirmed.
        Done = "done",
        /// The gateway refused.
        Failed = "failed",
        /// The answer was lost: resolved by a query, never by sending again with another key.
        Unknown = "unknown",
        /// Paid by hand, with proof.
        Manual = "manual",
    }
}

text_enum! {
    /// A parcel's life.
    ParcelState {
        /// Announced by a waybill.
        Announced = "announced",
        /// Signed at the dock.
        Signed = "signed",
        /// Opened and counted.
        Opened = "opened",
    }
}

text_enum! {
    /// An outbound order's life.
    OutboundState {
        /// Waiting to be shipped.
        Open = "open",
        /// Left with a waybill.
        Shipped = "shipped",
        /// Delivered to the customer.
        Delivered = "delivered",
        /// Not sent, by a recorded decision.
        Waived = "waived",
    }
}

impl OutboundState {
    /// Whether the case may close over it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Waived)
    }
}

text_enum! {
    /// How a counted group of units arrived.
    Reception {
        /// As announced.
        AsAnnounced = "as_announced",
        /// More than announced, or goods nobody announced.
        Undeclared = "undeclared",
        /// Another article than announced.
        WrongItem = "wrong_item",
        /// Announced and not in the parcel.
        Missing = "missing",
    }
}

text_enum! {
    /// A stock bucket of a warehouse.
    Bucket {
        /// 待检.
        Pending = "pending",
        /// 良品.
        Good = "good",
        /// 次品.
        Defective = "defective",
        /// 报废.
        Scrap = "scrap",
        /// 供应商.
        Vendor = "vendor",
    }
}

text_enum! {
    /// What is done with inspected goods.
    DispositionKind {
        /// Back on the shelf as good stock.
        Restock = "restock",
        /// Kept as defective stock.
        Defective = "defective",
        /// Destroyed.
        Scrap = "scrap",
        /// To the supplier.
        Vendor = "vendor",
        /// To the repair bench, then back to the customer.
        Repair = "repair",
        /// Back to the customer as it came.
        SendBack = "send_back",
    }
}

impl DispositionKind {
    /// The bucket the goods end in; `None` when they leave the stock again.
    #[must_use]
    pub const fn bucket(self) -> Option<Bucket> {
        match self {
            Self::Restock => Some(Bucket::Good),
            Self::Defective => Some(Bucket::Defective),
            Self::Scrap => Some(Bucket::Scrap),
            Self::Vendor => Some(Bucket::Vendor),
            Self::Repair | Self::SendBack => None,
        }
    }
}

text_enum! {
    /// Who caused the damage and who bears a component.
    Bearer {
        /// The customer.
        Customer = "customer",
        /// The merchant's shop.
        Shop = "shop",
        /// The carrier.
        Carrier = "carrier",
        /// The supplier.
        Supplier = "supplier",
        /// The platform.
        Platform = "platform",
        /// The warehouse.
        Warehouse = "warehouse",
    }
}

text_enum! {
    /// Where a case comes from.
    Origin {
        /// Filed here.
        Filed = "filed",
        /// History taken over: exempt from money and date guards, consumes quantity.
        Imported = "imported",
        /// Opened on a platform.
        Platform = "platform",
    }
}

text_enum! {
    /// The policy's answer.
    Verdict {
        /// Agreed without a person.
        AutoAgree = "auto_agree",
        /// A person decides.
        Review = "review",
        /// Not eligible; only staff with the right may override, with a reason.
        Refuse = "refuse",
    }
}
