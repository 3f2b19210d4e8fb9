//! The closed list of datasets and their columns. A store maps each column to its own tables, exhaustively.

use domain::Text;
use serde::{Deserialize, Serialize};

/// Rows that a board can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// One row a case.
    Cases,
    /// One row a case line.
    CaseLines,
    /// One row a to-do.
    Tasks,
    /// One row a settlement.
    Settlements,
    /// One row a parcel.
    Parcels,
}

/// What a column holds, which says what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// A free text: grouped, filtered.
    Text,
    /// A code; its name on screen is looked up under this heading (`kind`, `reason`, `shop`, `person` …).
    Code(&'static str),
    /// A whole number: summed, averaged, grouped by ranges.
    Integer,
    /// Hours between two moments with decimals, blank while one is missing: averaged, never summed over a board.
    Hours,
    /// Minor units of the row's currency: summed per currency.
    Money,
    /// Yes or no.
    Bool,
    /// A shop-local day: grouped by day or month.
    Date,
    /// An instant: filtered; grouped by the shop-local day or month.
    Instant,
}

macro_rules! columns {
    ($($dataset:ident { $($(#[$doc:meta])* $variant:ident = $name:literal: $kind:expr, $zh:literal, $en:literal;)* })*) => {
        /// A column of a dataset.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[doc = $en] $(#[$doc])* $variant,)*)* }

        impl Column {
            /// Every column of every dataset.
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)*)*];
            /// Its dataset.
            #[must_use]
            pub const fn dataset(self) -> Dataset {
                match self { $($(Self::$variant)|* => Dataset::$dataset,)* }
            }
            /// Its name in documents.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name,)*)* }
            }
            /// What it holds.
            #[must_use]
            pub const fn kind(self) -> ColumnKind {
                match self { $($(Self::$variant => $kind,)*)* }
            }
            /// Its heading.
            #[must_use]
            pub fn title(self) -> Text {
                let (zh, en) = match self { $($(Self::$variant => ($zh, $en),)*)* };
                Text::new(zh, en)
            }
        }
    };
}

use ColumnKind::{Bool, Code, Date, Hours, Instant, Integer, Money, Text as Words};

columns! {
    Cases {
        CaseNumber = "number": Words, "单号", "Case number";
        CaseState = "state": Code("case_state"), "状态", "State";
        CaseStage = "stage": Code("node"), "环节", "Stage";
        CaseGoodsState = "goods_state": Code("goods_state"), "货物状态", "Goods";
        CaseMoneyState = "money_state": Code("money_state"), "款项状态", "Money";
        CaseShop = "shop": Code("shop"), "店铺", "Shop";
        CasePlatform = "platform": Code("platform"), "平台", "Platform";
        CaseWarehouse = "warehouse": Code("warehouse"), "仓库", "Warehouse";
        CaseOwner = "owner": Code("person"), "负责人", "Owner";
        CaseOrigin = "origin": Code("origin"), "来源", "Origin";
        CaseVerdict = "verdict": Code("verdict"), "政策结论", "Verdict";
        CaseReason = "reason": Code("reason"), "原因", "Reason";
        CaseReasonGroup = "reason_group": Code("reason"), "原因大类", "Reason group";
        CaseKind = "kind": Code("kind"), "类型（首行）", "Kind (first line)";
        CaseCategory = "category": Code("category"), "品类（首行）", "Category (first line)";
        CaseCurrency = "currency": Code("currency"), "币种", "Currency";
        CaseRefund = "refund_minor": Money, "退款金额", "Refund";
        CaseLineCount = "line_count": Integer, "行数", "Lines";
        CaseFiledAt = "filed_at": Instant, "申请时间", "Filed at";
        CaseFiledDate = "filed_date": Date, "申请日期", "Filed on";
        CaseAgreedAt = "agreed_at": Instant, "同意时间", "Agreed at";
        CaseReceivedAt = "received_at": Instant, "收货时间", "Received at";
        CaseInspectedAt = "inspected_at": Instant, "质检时间", "Inspected at";
        CaseSettledAt = "settled_at": Instant, "结算时间", "Settled at";
        CaseClosedAt = "closed_at": Instant, "完成时间", "Closed at";
        CaseDueAt = "due_at": Instant, "时限", "Due at";
        CasePlatformDueAt = "platform_due_at": Instant, "平台时限", "Platform due at";
        CaseHoursToAgree = "hours_to_agree": Hours, "审核用时", "Hours to agree";
        CaseHoursToReceive = "hours_to_receive": Hours, "同意到收货用时", "Hours from agreement to receipt";
        CaseHoursToInspect = "hours_to_inspect": Hours, "收货到质检用时", "Hours from receipt to inspection";
        CaseHoursToSettle = "hours_to_settle": Hours, "质检到结算用时", "Hours from inspection to settlement";
        CaseHoursToClose = "hours_to_close": Hours, "全程用时", "Hours from filing to closing";
    }
    CaseLines {
        LineCaseNumber = "number": Words, "单号", "Case number";
        LineState = "state": Code("case_state"), "状态", "State";
        LineStage = "stage": Code("node"), "环节", "Stage";
        LineShop = "shop": Code("shop"), "店铺", "Shop";
        /// The platform of the shop: where the order was sold.
        LineChannel = "channel": Code("platform"), "渠道", "Channel";
        LineWarehouse = "warehouse": Code("warehouse"), "仓库", "Warehouse";
        LineOrigin = "origin": Code("origin"), "来源", "Origin";
        LineVerdict = "verdict": Code("verdict"), "政策结论", "Verdict";
        LineKind = "kind": Code("kind"), "类型", "Kind";
        LineReason = "reason": Code("reason"), "原因", "Reason";
        LineReasonGroup = "reason_group": Code("reason"), "原因大类", "Reason group";
        LineSku = "sku": Code("sku"), "货号", "SKU";
        LineCategory = "category": Code("category"), "品类", "Category";
        LineBrand = "brand": Words, "品牌", "Brand";
        LineQuantity = "quantity": Integer, "数量", "Quantity";
        LineReceived = "received": Integer, "收到数量", "Received";
        LineAccepted = "accepted": Integer, "合格数量", "Accepted";
        LineCurrency = "currency": Code("currency"), "币种", "Currency";
        LineRefund = "refund_minor": Money, "退款金额", "Refund";
        /// Of imported history: what the other system says; of cases filed here: the goods components settled.
        LineRefundGoods = "refund_goods_minor": Money, "货款退款", "Goods refunded";
        LineRefundTax = "refund_tax_minor": Money, "税款退款", "Tax refunded";
        LineRefundShipping = "refund_shipping_minor": Money, "运费退款", "Freight refunded";
        LineFee = "fee_minor": Money, "手续费", "Fee";
        LineCash = "cash_minor": Money, "现金退款", "Refunded in cash";
        LineCharge = "charge_minor": Money, "原路冲销", "Charge reversed";
        LineCredit = "credit_minor": Money, "账户余额退款", "Account credit";
        LineFiledAt = "filed_at": Instant, "申请时间", "Filed at";
        LineFiledDate = "filed_date": Date, "申请日期", "Filed on";
        /// Shop-local days from order to request; negative in history that came before its order.
        LineLagDays = "lag_days": Integer, "下单到申请天数", "Days from order to request";
    }
    Tasks {
        TaskNode = "node": Code("node"), "环节", "Step";
        TaskKind = "kind": Code("task_kind"), "待办类型", "Kind";
        TaskState = "state": Code("task_state"), "状态", "State";
        TaskRole = "role": Code("role"), "角色", "Role";
        TaskAssignee = "assignee": Code("person"), "处理人", "Assignee";
        TaskDoneBy = "done_by": Code("person"), "完成人", "Done by";
        TaskShop = "shop": Code("shop"), "店铺", "Shop";
        TaskWarehouse = "warehouse": Code("warehouse"), "仓库", "Warehouse";
        TaskCaseNumber = "number": Words, "单号", "Case number";
        TaskOpenedAt = "opened_at": Instant, "开始时间", "Opened at";
        TaskOpenedDate = "opened_date": Date, "开始日期", "Opened on";
        TaskDueAt = "due_at": Instant, "时限", "Due at";
        TaskDoneAt = "done_at": Instant, "完成时间", "Done at";
        TaskDoneDate = "done_date": Date, "完成日期", "Done on";
        TaskBreached = "breached": Bool, "已超时", "Breached";
        /// Blank without a deadline; an open to-do is on time until its deadline has passed.
        TaskOnTime = "on_time": Bool, "按时", "On time";
        /// One when it passed its deadline, so that it can be summed.
        TaskOverdue = "overdue": Integer, "超时", "Overdue";
        /// One when who did it sent the case back to an earlier step.
        TaskReturned = "returned": Integer, "退回", "Sent back";
        /// Of who did it.
        TaskTeam = "team": Code("team"), "团队", "Team";
        TaskHours = "hours": Hours, "处理用时", "Hours taken";
    }
    Settlements {
        SettlementCaseNumber = "number": Words, "单号", "Case number";
        SettlementShop = "shop": Code("shop"), "店铺", "Shop";
        SettlementPlatform = "platform": Code("platform"), "平台", "Platform";
        SettlementBasis = "basis": Code("basis"), "依据", "Basis";
        SettlementStateColumn = "state": Code("settlement_state"), "状态", "State";
        SettlementMeans = "means": Code("means"), "方式", "Means";
        SettlementCurrency = "currency": Code("currency"), "币种", "Currency";
        SettlementAmount = "amount_minor": Money, "金额", "Amount";
        SettlementProposedBy = "proposed_by": Code("person"), "录入人", "Proposed by";
        SettlementApprovedBy = "approved_by": Code("person"), "复核人", "Approved by";
        SettlementProposedAt = "proposed_at": Instant, "录入时间", "Proposed at";
        SettlementApprovedAt = "approved_at": Instant, "批准时间", "Approved at";
        SettlementSettledAt = "settled_at": Instant, "结清时间", "Settled at";
        SettlementDate = "date": Date, "结清日期", "Settled on";
        SettlementHours = "hours": Hours, "录入到结清用时", "Hours from proposal to payment";
        SettlementHoursToPay = "hours_to_pay": Hours, "批准到付款用时", "Hours from approval to payment";
    }
    Parcels {
        ParcelWaybill = "waybill": Words, "快递单号", "Waybill";
        ParcelState = "state": Code("parcel_state"), "状态", "State";
        ParcelDirection = "direction": Code("parcel_direction"), "方向", "Direction";
        ParcelWarehouse = "warehouse": Code("warehouse"), "仓库", "Warehouse";
        ParcelCarrier = "carrier": Code("carrier"), "快递公司", "Carrier";
        ParcelMatched = "matched": Bool, "已关联单据", "Matched to a case";
        ParcelReused = "reused": Bool, "单号重复", "Waybill used before";
        ParcelAnnouncedAt = "announced_at": Instant, "登记时间", "Announced at";
        ParcelSignedAt = "signed_at": Instant, "签收时间", "Signed at";
        ParcelOpenedAt = "opened_at": Instant, "开箱时间", "Opened at";
        ParcelHours = "hours": Hours, "签收到开箱用时", "Hours from signing to opening";
    }
}

impl Dataset {
    /// All datasets.
    pub const ALL: &'static [Self] = &[Self::Cases, Self::CaseLines, Self::Tasks, Self::Settlements, Self::Parcels];

    /// Its name in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::CaseLines => "case_lines",
            Self::Tasks => "tasks",
            Self::Settlements => "settlements",
            Self::Parcels => "parcels",
        }
    }
    /// Its columns.
    pub fn columns(self) -> impl Iterator<Item = Column> {
        Column::ALL.iter().copied().filter(move |column| column.dataset() == self)
    }
    /// The column with this name.
    #[must_use]
    pub fn column(self, name: &str) -> Option<Column> {
        self.columns().find(|column| column.name() == name)
    }
    /// The currency column, by which money is kept apart.
    #[must_use]
    pub const fn currency(self) -> Option<Column> {
        match self {
            Self::Cases => Some(Column::CaseCurrency),
            Self::CaseLines => Some(Column::LineCurrency),
            Self::Settlements => Some(Column::SettlementCurrency),
            Self::Tasks | Self::Parcels => None,
        }
    }
}

// In JSON a column is `dataset.name`: links to the rows behind a number carry it.
impl Serialize for Column {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{}", self.dataset().as_str(), self.name()))
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = text.split_once('.').and_then(|(dataset, name)| {
            Self::ALL.iter().copied().find(|column| column.dataset().as_str() == dataset && column.name() == name)
        });
        found.ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a column")))
    }
}
