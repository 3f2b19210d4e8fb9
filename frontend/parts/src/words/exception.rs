//! What stands still or does not fit.

use contract::exception::ExceptionKind;
use ui::{State, Text, text};

use super::{Spoken, Toned};

impl Spoken for ExceptionKind {
    fn text(self) -> Text {
        match self {
            Self::Unidentified => text("无主包裹", "Unidentified"),
            Self::Silent => text("久未到仓", "Not arrived"),
            Self::CarrierSigned => text("快递称已签收", "Carrier says delivered"),
            Self::Unopened => text("签收未拆", "Not opened"),
            Self::Uncounted => text("拆开未点", "Not counted"),
            Self::WeightGap => text("重量不符", "Weight gap"),
            Self::FollowUp => text("跟进逾期", "Follow-up overdue"),
            Self::Conflict => text("冲突待核", "Conflict"),
        }
    }
}

impl Toned for ExceptionKind {
    fn state(self) -> State {
        match self {
            Self::Unidentified | Self::Silent | Self::Unopened | Self::Uncounted | Self::FollowUp => State::Attention,
            Self::CarrierSigned | Self::WeightGap | Self::Conflict => State::Bad,
        }
    }
}

/// What a kind means, in one line.
pub fn exception_hint(kind: ExceptionKind) -> Text {
    match kind {
        ExceptionKind::Unidentified => text("包裹在仓，不知道是谁的", "It is here and nobody knows whose it is"),
        ExceptionKind::Silent => text("运单已登记，迟迟没有到仓", "It was announced long ago and has not come"),
        ExceptionKind::CarrierSigned => {
            text("快递说送到了，我们没有签收", "The carrier handed it over, nobody here signed")
        }
        ExceptionKind::Unopened => text("签收很久还没拆箱", "It was signed long ago and is not open"),
        ExceptionKind::Uncounted => text("拆箱很久还没清点", "It was opened long ago and nothing was counted"),
        ExceptionKind::WeightGap => text("称重与应有重量差太多", "It weighs other than what should be in it"),
        ExceptionKind::FollowUp => text("约好再看的日子已过", "The day somebody wanted to look again is over"),
        ExceptionKind::Conflict => text("新的事实与已同意的内容矛盾", "A fact contradicts what was agreed"),
    }
}
