//! What the core's line kinds are called where the engine itself speaks to people.

use domain::{LineKind, Text};

/// A kind's name.
#[must_use]
pub fn kind_title(kind: LineKind) -> Text {
    let (zh, en) = match kind {
        LineKind::UnshippedRefund => ("未发货仅退款", "refund before shipping"),
        LineKind::ShippedRefund => ("已发货仅退款", "refund without return"),
        LineKind::ReturnRefund => ("退货退款", "return and refund"),
        LineKind::Exchange => ("换货", "exchange"),
        LineKind::Reship => ("补发", "reship"),
        LineKind::Repair => ("维修", "repair"),
        LineKind::PriceDifference => ("退差价", "price difference"),
        LineKind::Compensation => ("补偿", "compensation"),
        LineKind::Refused => ("拒收", "refused delivery"),
        LineKind::Intercepted => ("拦截", "intercepted shipment"),
        LineKind::AdvanceRefund => ("先行退款", "advance refund"),
    };
    Text::new(zh, en)
}
