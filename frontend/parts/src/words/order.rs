//! Words of orders that cross HTTP as short codes. An unknown code is the source's own and shown as it came.

use ui::{State, Words, text};

use super::flow::words;

/// How an order stands at its source.
pub fn order_state(code: &str) -> Words {
    let known = [
        ("created", text("已下单", "Placed")),
        ("unpaid", text("待付款", "To be paid")),
        ("paid", text("已付款", "Paid")),
        ("shipped", text("已发货", "Shipped")),
        ("delivered", text("已签收", "Delivered")),
        ("completed", text("已完成", "Completed")),
        ("cancelled", text("已取消", "Cancelled")),
        ("closed", text("已关闭", "Closed")),
    ];
    words(&known, code)
}

/// Where a shipment is.
pub fn shipment_state(code: &str) -> (Words, State) {
    let known = [
        ("shipped", text("已发出", "Shipped")),
        ("delivered", text("已签收", "Delivered")),
        ("refused", text("已拒收", "Refused")),
        ("intercepted", text("已拦截", "Intercepted")),
    ];
    let state = match code {
        "shipped" => State::Waiting,
        "delivered" => State::Good,
        "refused" | "intercepted" => State::Attention,
        _ => State::Paused,
    };
    (words(&known, code), state)
}

/// A means of payment.
pub fn tender(code: &str) -> Words {
    let known = [
        ("wechat", text("微信支付", "WeChat Pay")),
        ("alipay", text("支付宝", "Alipay")),
        ("card", text("银行卡", "Card")),
        ("credit", text("余额", "Store credit")),
        ("cash", text("现金", "Cash")),
        ("platform", text("平台代收", "By the platform")),
    ];
    words(&known, code)
}

/// What contradicts the claims on an order.
pub fn order_conflict(code: &str) -> Words {
    let known = [
        ("claims_exceed_ordered", text("申请数量超过购买数量", "More is claimed than was ordered")),
        ("claims_exceed_shipped", text("退货数量超过发货数量", "More is to come back than was shipped")),
        (
            "claims_exceed_unshipped",
            text("未发货退款数量超过未发数量", "More unshipped units are claimed than are left"),
        ),
        ("claims_exceed_paid", text("退款超过该行实付", "More is refunded than was paid for the line")),
        ("refunds_exceed_captured", text("退款合计超过订单实付", "Refunds exceed what was paid for the order")),
        ("freight_exceeds_paid", text("退运费超过已付运费", "More freight is refunded than was paid")),
    ];
    words(&known, code)
}
