//! Settlements, payouts, bases and components.

use domain::settlement::{Basis, ComponentKind};
use domain::state::{PayoutState, SettlementState};
use ui::{State, Text, text};

use super::{Spoken, Toned};

impl Spoken for SettlementState {
    fn text(self) -> Text {
        match self {
            Self::Proposed => text("待批准", "To be approved"),
            Self::Approved => text("待付款", "To be paid"),
            Self::Executing => text("付款中", "Being paid"),
            Self::Settled => text("已结清", "Settled"),
            Self::Cancelled => text("已取消", "Cancelled"),
        }
    }
}

impl Toned for SettlementState {
    fn state(self) -> State {
        match self {
            Self::Proposed | Self::Approved | Self::Executing => State::Waiting,
            Self::Settled => State::Good,
            Self::Cancelled => State::Paused,
        }
    }
}

impl Spoken for PayoutState {
    fn text(self) -> Text {
        match self {
            Self::Requested => text("待发送", "To be sent"),
            Self::Sent => text("已发送，等待结果", "Sent, answer awaited"),
            Self::Done => text("已到账", "Paid"),
            Self::Failed => text("被拒绝", "Refused"),
            Self::Unknown => text("结果未知", "Outcome unknown"),
            Self::Manual => text("线下已付", "Paid by hand"),
        }
    }
}

impl Toned for PayoutState {
    fn state(self) -> State {
        match self {
            Self::Requested | Self::Sent => State::Waiting,
            Self::Done | Self::Manual => State::Good,
            Self::Failed => State::Bad,
            Self::Unknown => State::Attention,
        }
    }
}

impl Spoken for Basis {
    fn text(self) -> Text {
        match self {
            Self::Counted => text("按验收数量", "As accepted"),
            Self::Unshipped => text("未发货部分", "Never shipped"),
            Self::Waived => text("无需退货", "Goods are kept"),
            Self::Advanced => text("先退后收", "Before the goods come"),
            Self::PlatformDecided => text("平台已退", "Paid by the platform"),
            Self::Compensation => text("补偿额度", "Compensation budget"),
        }
    }
}

impl Spoken for ComponentKind {
    fn text(self) -> Text {
        match self {
            Self::Goods => text("商品款", "Goods"),
            Self::Tax => text("税款", "Tax"),
            Self::OutboundFreight => text("发货运费", "Shipping paid"),
            Self::ReturnFreight => text("退货运费", "Return shipping"),
            Self::PriceDifference => text("差价", "Price difference"),
            Self::Compensation => text("补偿", "Compensation"),
            Self::Deduction => text("扣款", "Deduction"),
            Self::Fee => text("手续费", "Fee"),
        }
    }
}
