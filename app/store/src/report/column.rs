//! The only place that says where a report column is stored. Every column has a line here; a new one does not compile
//! without.

use engine::report::{Column, Dataset};

/// What rows are read from: tables, or the kept totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Cases,
    CaseLines,
    Tasks,
    Settlements,
    Parcels,
    /// `rma_total` in the place of `rma`.
    CaseTotals,
    /// `line_total` in the place of `rma_line`.
    LineTotals,
}

/// A table that some columns need, in the order of joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    Case,
    Shop,
    Warehouse,
    Owner,
    Reason,
    ReasonGroup,
    Sku,
    History,
    Order,
    Assignee,
    DoneBy,
    Team,
    Proposer,
    Approver,
    Carrier,
}

/// How a column is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// This expression.
    Plain(&'static str),
    /// The shop's day of this instant.
    LocalDay(&'static str),
    /// Days from the shop's day of the order to the day of the request.
    LagDays,
}

impl Source {
    pub(super) const fn of(dataset: Dataset) -> Self {
        match dataset {
            Dataset::Cases => Self::Cases,
            Dataset::CaseLines => Self::CaseLines,
            Dataset::Tasks => Self::Tasks,
            Dataset::Settlements => Self::Settlements,
            Dataset::Parcels => Self::Parcels,
        }
    }
    pub(super) const fn from(self) -> &'static str {
        match self {
            Self::Cases => "rma AS r",
            Self::CaseLines => "rma_line AS l JOIN rma AS r ON r.id = l.rma_id",
            Self::Tasks => "task AS t",
            Self::Settlements => "settlement AS s JOIN rma AS r ON r.id = s.rma_id",
            Self::Parcels => "parcel AS p",
            Self::CaseTotals => "rma_total AS r",
            Self::LineTotals => "line_total AS l",
        }
    }
    /// The table that says at which shop and warehouse a row is.
    pub(super) const fn place(self) -> &'static str {
        match self {
            Self::Cases | Self::CaseLines | Self::Settlements | Self::CaseTotals => "r",
            Self::Tasks => "t",
            Self::Parcels => "p",
            Self::LineTotals => "l",
        }
    }
    /// The row's shop.
    pub(super) fn shop(self) -> String {
        if self == Self::Parcels { "0".to_owned() } else { format!("{}.shop_id", self.place()) }
    }
    /// How many rows a row of a total stands for.
    pub(super) const fn weight(self) -> Option<&'static str> {
        match self {
            Self::CaseTotals => Some("r.cases"),
            Self::LineTotals => Some("l.lines"),
            _ => None,
        }
    }
}

impl Join {
    pub(super) fn sql(self, source: Source) -> String {
        let place = source.place();
        let reason = if matches!(source, Source::Cases) { "r" } else { "l" };
        match self {
            Self::Case => "LEFT JOIN rma AS r ON r.id = t.rma_id".to_owned(),
            Self::Shop => format!("LEFT JOIN shop ON shop.id = {place}.shop_id"),
            Self::Warehouse => format!("LEFT JOIN warehouse ON warehouse.id = {place}.warehouse_id"),
            Self::Owner => "LEFT JOIN person AS owner ON owner.id = r.owner_id".to_owned(),
            Self::Reason => format!("LEFT JOIN reason ON reason.id = {reason}.reason_id"),
            Self::ReasonGroup => {
                "LEFT JOIN reason AS family ON family.id = coalesce(reason.parent_id, reason.id)".into()
            }
            Self::Sku => "LEFT JOIN sku ON sku.id = l.sku_id".to_owned(),
            Self::History => "LEFT JOIN rma_history AS h ON h.rma_line_id = l.id".to_owned(),
            Self::Order => "LEFT JOIN order_line AS sold ON sold.id = l.order_line_id \
                            LEFT JOIN sales_order AS o ON o.id = coalesce(sold.order_id, r.order_id)"
                .to_owned(),
            Self::Assignee => "LEFT JOIN person AS assignee ON assignee.id = t.assignee_id".to_owned(),
            Self::DoneBy => "LEFT JOIN person AS doer ON doer.id = t.done_by".to_owned(),
            Self::Team => "LEFT JOIN team ON team.id = doer.team_id".to_owned(),
            Self::Proposer => "LEFT JOIN person AS proposer ON proposer.id = s.proposed_by".to_owned(),
            Self::Approver => "LEFT JOIN person AS approver ON approver.id = s.approved_by".to_owned(),
            Self::Carrier => "LEFT JOIN carrier ON carrier.id = p.carrier_id".to_owned(),
        }
    }
}

// What was settled for a line under some components; a component of the whole case counts on its first line.
macro_rules! settled {
    ($sum:literal, $kinds:literal) => {
        concat!(
            "(SELECT ",
            $sum,
            " FROM settlement AS paid JOIN settlement_component AS part ON part.settlement_id = paid.id",
            " WHERE paid.rma_id = l.rma_id AND paid.state = 'settled' AND part.kind IN (",
            $kinds,
            ") AND (part.rma_line_id = l.id OR part.rma_line_id IS NULL AND l.position = 1))"
        )
    };
}

macro_rules! hours {
    ($from:literal, $to:literal) => {
        concat!("(", $to, " - ", $from, ") / 3600000.0")
    };
}

const FIRST_KIND: &str =
    "(SELECT first.kind FROM rma_line AS first WHERE first.rma_id = r.id ORDER BY first.position LIMIT 1)";
const FIRST_CATEGORY: &str = "(SELECT nullif(sku.category, '') FROM rma_line AS first JOIN sku ON sku.id = first.sku_id \
                              WHERE first.rma_id = r.id ORDER BY first.position LIMIT 1)";
const LINE_COUNT: &str = "(SELECT count(*) FROM rma_line AS counted WHERE counted.rma_id = r.id)";
// What was done too late while the program was not there to mark it was late all the same.
const ON_TIME: &str =
    "CASE WHEN t.due_at IS NOT NULL THEN t.breached_at IS NULL AND coalesce(t.done_at <= t.due_at, 1) END";
const RETURNED: &str = "EXISTS (SELECT 1 FROM decision WHERE decision.rma_id = t.rma_id AND decision.node = t.node \
                        AND decision.round = t.round AND decision.person_id = t.done_by AND decision.decision = 'return' \
                        AND decision.undone_at IS NULL)";
const MATCHED: &str = "EXISTS (SELECT 1 FROM parcel_rma WHERE parcel_rma.parcel_id = p.id)";

/// How a column is computed, and the tables it needs. A blank value is NULL.
pub(super) const fn stored(column: Column) -> (Term, &'static [Join]) {
    use Term::{LagDays, LocalDay, Plain};
    match column {
        Column::CaseNumber | Column::LineCaseNumber | Column::SettlementCaseNumber => (Plain("r.number"), &[]),
        Column::CaseState | Column::LineState => (Plain("r.state"), &[]),
        Column::CaseStage | Column::LineStage => (Plain("nullif(r.stage, '')"), &[]),
        Column::CaseGoodsState => (Plain("r.goods_state"), &[]),
        Column::CaseMoneyState => (Plain("r.money_state"), &[]),
        Column::CaseShop | Column::LineShop | Column::TaskShop | Column::SettlementShop => {
            (Plain("shop.code"), &[Join::Shop])
        }
        Column::CasePlatform | Column::LineChannel | Column::SettlementPlatform => {
            (Plain("nullif(shop.platform, '')"), &[Join::Shop])
        }
        Column::CaseWarehouse | Column::LineWarehouse | Column::TaskWarehouse | Column::ParcelWarehouse => {
            (Plain("warehouse.code"), &[Join::Warehouse])
        }
        Column::CaseOwner => (Plain("owner.name"), &[Join::Owner]),
        Column::CaseOrigin | Column::LineOrigin => (Plain("r.origin"), &[]),
        Column::CaseVerdict => (Plain("r.verdict"), &[]),
        Column::CaseReason | Column::LineReason => (Plain("reason.code"), &[Join::Reason]),
        Column::CaseReasonGroup | Column::LineReasonGroup => (Plain("family.code"), &[Join::Reason, Join::ReasonGroup]),
        Column::CaseKind => (Plain(FIRST_KIND), &[]),
        Column::CaseCategory => (Plain(FIRST_CATEGORY), &[]),
        Column::CaseCurrency | Column::LineCurrency => (Plain("r.currency"), &[]),
        Column::CaseRefund => (Plain("r.refund_minor"), &[]),
        Column::CaseLineCount => (Plain(LINE_COUNT), &[]),
        Column::CaseFiledAt | Column::LineFiledAt => (Plain("r.filed_at"), &[]),
        Column::CaseFiledDate | Column::LineFiledDate => (Plain("r.local_date"), &[]),
        Column::CaseAgreedAt => (Plain("r.agreed_at"), &[]),
        Column::CaseReceivedAt => (Plain("r.received_at"), &[]),
        Column::CaseInspectedAt => (Plain("r.inspected_at"), &[]),
        Column::CaseSettledAt => (Plain("r.settled_at"), &[]),
        Column::CaseClosedAt => (Plain("r.closed_at"), &[]),
        Column::CaseDueAt => (Plain("r.due_at"), &[]),
        Column::CasePlatformDueAt => (Plain("r.platform_due_at"), &[]),
        Column::CaseHoursToAgree => (Plain(hours!("r.filed_at", "r.agreed_at")), &[]),
        Column::CaseHoursToReceive => (Plain(hours!("r.agreed_at", "r.received_at")), &[]),
        Column::CaseHoursToInspect => (Plain(hours!("r.received_at", "r.inspected_at")), &[]),
        Column::CaseHoursToSettle => (Plain(hours!("r.inspected_at", "r.settled_at")), &[]),
        Column::CaseHoursToClose => (Plain(hours!("r.filed_at", "r.closed_at")), &[]),

        Column::LineVerdict => (Plain("nullif(l.verdict, '')"), &[]),
        Column::LineKind => (Plain("l.kind"), &[]),
        Column::LineSku => (Plain("sku.code"), &[Join::Sku]),
        Column::LineCategory => (Plain("nullif(sku.category, '')"), &[Join::Sku]),
        Column::LineBrand => (Plain("nullif(sku.brand, '')"), &[Join::Sku]),
        Column::LineQuantity => (Plain("l.requested"), &[]),
        Column::LineReceived => (Plain("l.received"), &[]),
        Column::LineAccepted => (Plain("l.accepted"), &[]),
        Column::LineRefund => (Plain("l.refund_minor"), &[]),
        Column::LineRefundGoods => (
            Plain(concat!("coalesce(h.refund_goods_minor, ", settled!("sum(part.amount_minor)", "'goods'"), ")")),
            &[Join::History],
        ),
        Column::LineRefundTax => (
            Plain(concat!("coalesce(h.refund_tax_minor, ", settled!("sum(part.amount_minor)", "'tax'"), ")")),
            &[Join::History],
        ),
        Column::LineRefundShipping => (
            Plain(concat!(
                "coalesce(h.refund_shipping_minor, ",
                settled!("sum(part.amount_minor)", "'outbound_freight', 'return_freight'"),
                ")"
            )),
            &[Join::History],
        ),
        // Withheld: negative as a component, positive as a fee.
        Column::LineFee => (
            Plain(concat!("coalesce(h.fee_minor, ", settled!("-sum(part.amount_minor)", "'fee'"), ")")),
            &[Join::History],
        ),
        Column::LineCash => (Plain("h.cash_minor"), &[Join::History]),
        Column::LineCharge => (Plain("h.charge_minor"), &[Join::History]),
        Column::LineCredit => (Plain("h.credit_minor"), &[Join::History]),
        Column::LineLagDays => (LagDays, &[Join::Order]),

        Column::TaskNode => (Plain("nullif(t.node, '')"), &[]),
        Column::TaskKind => (Plain("t.kind"), &[]),
        Column::TaskState => (Plain("t.state"), &[]),
        Column::TaskRole => (Plain("nullif(t.role, '')"), &[]),
        Column::TaskAssignee => (Plain("assignee.name"), &[Join::Assignee]),
        Column::TaskDoneBy => (Plain("doer.name"), &[Join::DoneBy]),
        Column::TaskCaseNumber => (Plain("r.number"), &[Join::Case]),
        Column::TaskOpenedAt => (Plain("t.opened_at"), &[]),
        Column::TaskOpenedDate => (LocalDay("t.opened_at"), &[]),
        Column::TaskDueAt => (Plain("t.due_at"), &[]),
        Column::TaskDoneAt => (Plain("t.done_at"), &[]),
        Column::TaskDoneDate => (LocalDay("t.done_at"), &[]),
        Column::TaskOnTime => (Plain(ON_TIME), &[]),
        Column::TaskReturned => (Plain(RETURNED), &[]),
        Column::TaskTeam => (Plain("team.code"), &[Join::DoneBy, Join::Team]),
        Column::TaskOverdue => (Plain("(t.breached_at IS NOT NULL OR coalesce(t.done_at > t.due_at, 0))"), &[]),
        Column::TaskBreached => (Plain("(t.breached_at IS NOT NULL)"), &[]),
        Column::TaskHours => (Plain(hours!("t.opened_at", "t.done_at")), &[]),
        Column::SettlementBasis => (Plain("s.basis"), &[]),
        Column::SettlementStateColumn => (Plain("s.state"), &[]),
        Column::SettlementMeans => (Plain("s.means"), &[]),
        Column::SettlementCurrency => (Plain("s.currency"), &[]),
        Column::SettlementAmount => (Plain("s.net_minor"), &[]),
        Column::SettlementProposedBy => (Plain("proposer.name"), &[Join::Proposer]),
        Column::SettlementApprovedBy => (Plain("approver.name"), &[Join::Approver]),
        Column::SettlementProposedAt => (Plain("s.proposed_at"), &[]),
        Column::SettlementApprovedAt => (Plain("s.approved_at"), &[]),
        Column::SettlementHoursToPay => (Plain(hours!("s.approved_at", "s.settled_at")), &[]),
        Column::SettlementSettledAt => (Plain("s.settled_at"), &[]),
        Column::SettlementDate => (Plain("s.local_date"), &[]),
        Column::SettlementHours => (Plain(hours!("s.proposed_at", "s.settled_at")), &[]),
        Column::ParcelWaybill => (Plain("nullif(p.waybill, '')"), &[]),
        Column::ParcelState => (Plain("p.state"), &[]),
        Column::ParcelDirection => (Plain("p.direction"), &[]),
        Column::ParcelCarrier => (Plain("carrier.code"), &[Join::Carrier]),
        Column::ParcelMatched => (Plain(MATCHED), &[]),
        Column::ParcelReused => (Plain("p.reused"), &[]),
        Column::ParcelAnnouncedAt => (Plain("p.announced_at"), &[]),
        Column::ParcelSignedAt => (Plain("p.signed_at"), &[]),
        Column::ParcelOpenedAt => (Plain("p.opened_at"), &[]),
        Column::ParcelHours => (Plain(hours!("p.signed_at", "p.opened_at")), &[]),
    }
}
