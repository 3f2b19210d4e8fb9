//! What a line asks for, and what goes out for it.

use domain::LineKind;
use domain::kind::OutboundKind;
use ui::{Text, text};

use super::Spoken;

impl Spoken for LineKind {
    fn text(self) -> Text {
        match self {
            Self::UnshippedRefund => text("未发货仅退款", "Refund before shipping"),
            Self::ShippedRefund => text("已发货仅退款", "Refund, keep the goods"),
            Self::ReturnRefund => text("退货退款", "Return and refund"),
            Self::Exchange => text("换货", "Exchange"),
            Self::Reship => text("补发", "Send again"),
            Self::Repair => text("维修", "Repair"),
            Self::PriceDifference => text("退差价", "Price difference"),
            Self::Compensation => text("补偿", "Compensation"),
            Self::Refused => text("拒收", "Refused at the door"),
            Self::Intercepted => text("拦截", "Stopped in transit"),
            Self::AdvanceRefund => text("先行退款", "Refund in advance"),
        }
    }
}

impl Spoken for OutboundKind {
    fn text(self) -> Text {
        match self {
            Self::Exchange => text("换货发出", "Replacement"),
            Self::Reship => text("补发商品", "Sent again"),
            Self::RepairReturn => text("维修返还", "Repaired goods"),
            Self::SendBack => text("原物退回", "Sent back as it came"),
        }
    }
}
