//! Where parcels are, by their carriers; how their numbers check themselves.

use domain::tracking::{CheckDigit, TrackingState};
use ui::{State, Text, text};

use super::{Spoken, Toned};

impl Spoken for TrackingState {
    fn text(self) -> Text {
        match self {
            Self::OnTheWay => text("运输中", "On the way"),
            Self::Trouble => text("运输异常", "Trouble on the way"),
            Self::Delivering => text("派送中", "Out for delivery"),
            Self::Signed => text("快递显示已签收", "Delivered, says the carrier"),
            Self::SentBack => text("退回寄件人", "Going back to the sender"),
            Self::Refused => text("收件方拒收", "Refused by the receiver"),
        }
    }
}

impl Toned for TrackingState {
    fn state(self) -> State {
        match self {
            Self::OnTheWay | Self::Delivering => State::Waiting,
            Self::Signed => State::Good,
            Self::Trouble | Self::SentBack => State::Attention,
            Self::Refused => State::Bad,
        }
    }
}

impl Spoken for CheckDigit {
    fn text(self) -> Text {
        match self {
            Self::None => text("不校验", "No check digit"),
            Self::S10 => text("万国邮联 S10（EMS）", "Universal Postal Union S10 (EMS)"),
            Self::Ups => text("UPS 1Z", "UPS 1Z"),
            Self::Fedex => text("FedEx 12 位", "FedEx, 12 digits"),
            Self::Dhl => text("DHL 10 位", "DHL, 10 digits"),
        }
    }
}
