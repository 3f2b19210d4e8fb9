//! The axes of a case.

use domain::state::{CaseState, GoodsState, MoneyState, Origin, Verdict};
use ui::{State, Text, text};

use super::{Spoken, Toned};

impl Spoken for CaseState {
    fn text(self) -> Text {
        match self {
            Self::Submitted => text("审批中", "In review"),
            Self::NeedsInfo => text("待补充", "Needs information"),
            Self::InProgress => text("处理中", "In progress"),
            Self::Rejected => text("已拒绝", "Rejected"),
            Self::Withdrawn => text("已撤回", "Withdrawn"),
            Self::Closed => text("已完结", "Closed"),
        }
    }
}

impl Toned for CaseState {
    fn state(self) -> State {
        match self {
            Self::Submitted => State::Waiting,
            Self::NeedsInfo => State::Attention,
            Self::InProgress => State::Waiting,
            Self::Rejected => State::Bad,
            Self::Withdrawn => State::Paused,
            Self::Closed => State::Good,
        }
    }
}

impl Spoken for GoodsState {
    fn text(self) -> Text {
        match self {
            Self::NoneExpected => text("无需寄回", "None expected"),
            Self::Awaiting => text("待寄回", "Awaited"),
            Self::InTransit => text("运输中", "In transit"),
            Self::Arrived => text("已签收", "Arrived"),
            Self::PartlyReceived => text("部分收到", "Partly received"),
            Self::Received => text("已收齐", "Received"),
            Self::Inspected => text("已质检", "Inspected"),
            Self::Dispositioned => text("已处置", "Disposed of"),
        }
    }
}

impl Toned for GoodsState {
    fn state(self) -> State {
        match self {
            Self::NoneExpected => State::Paused,
            Self::Awaiting | Self::InTransit | Self::Arrived | Self::Received | Self::Inspected => State::Waiting,
            Self::PartlyReceived => State::Attention,
            Self::Dispositioned => State::Good,
        }
    }
}

impl Spoken for MoneyState {
    fn text(self) -> Text {
        match self {
            Self::None => text("无款项", "None due"),
            Self::Open => text("未定", "Open"),
            Self::Proposed => text("待批准", "To be approved"),
            Self::Approved => text("待付款", "To be paid"),
            Self::Executing => text("付款中", "Being paid"),
            Self::Unknown => text("结果未知", "Outcome unknown"),
            Self::Failed => text("付款失败", "Payment failed"),
            Self::Settled => text("已结清", "Settled"),
        }
    }
}

impl Toned for MoneyState {
    fn state(self) -> State {
        match self {
            Self::None => State::Paused,
            Self::Open | Self::Proposed | Self::Approved | Self::Executing => State::Waiting,
            Self::Unknown => State::Attention,
            Self::Failed => State::Bad,
            Self::Settled => State::Good,
        }
    }
}

impl Spoken for Origin {
    fn text(self) -> Text {
        match self {
            Self::Filed => text("在此申请", "Filed here"),
            Self::Imported => text("历史导入", "Imported history"),
            Self::Platform => text("平台售后", "From the platform"),
        }
    }
}

impl Spoken for Verdict {
    fn text(self) -> Text {
        match self {
            Self::AutoAgree => text("自动同意", "Agreed by policy"),
            Self::Review => text("需要审核", "A person decides"),
            Self::Refuse => text("不符合政策", "Not eligible"),
        }
    }
}

impl Toned for Verdict {
    fn state(self) -> State {
        match self {
            Self::AutoAgree => State::Good,
            Self::Review => State::Waiting,
            Self::Refuse => State::Bad,
        }
    }
}
