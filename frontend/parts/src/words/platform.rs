//! Platforms and their cases.

use contract::external_case::ExternalStatus;
use contract::master::BlockKind;
use ui::{State, Text, Words, text};

use super::flow::words;
use super::{Spoken, Toned};

/// A platform by its code; one that is not known is shown by its code.
pub fn platform(code: &str) -> Words {
    let known = [
        ("own", text("自有商城", "Own shop")),
        ("taobao", text("淘宝", "Taobao")),
        ("tmall", text("天猫", "Tmall")),
        ("jd", text("京东", "JD")),
        ("pdd", text("拼多多", "Pinduoduo")),
        ("douyin", text("抖音", "Douyin")),
        ("kuaishou", text("快手", "Kuaishou")),
        ("xiaohongshu", text("小红书", "RedNote")),
        ("youzan", text("有赞", "Youzan")),
        ("weimob", text("微盟", "Weimob")),
        ("shopify", text("Shopify", "Shopify")),
        ("amazon", text("亚马逊", "Amazon")),
    ];
    words(&known, code)
}

/// Why a platform's case contradicts ours.
pub fn platform_conflict(code: &str) -> Words {
    let known = [
        ("refunded_twice", text("平台已退款，我方也有退款", "The platform has refunded, and so have or will we")),
        ("platform_ended_ours_runs", text("平台已结束，我方仍在处理", "It is over there, ours is still running")),
        ("ours_ended_platform_waits", text("我方已结束，平台仍在等待", "Ours is over, the platform still waits")),
    ];
    words(&known, code)
}

impl Spoken for ExternalStatus {
    fn text(self) -> Text {
        match self {
            Self::AwaitingMerchant => text("待商家处理", "Waits for us"),
            Self::AwaitingBuyer => text("待买家寄回", "Waits for the buyer"),
            Self::GoodsComing => text("待确认收货", "Goods are coming"),
            Self::Refunded => text("平台已退款", "Refunded"),
            Self::Refused => text("已拒绝", "Refused by us"),
            Self::Closed => text("已关闭", "Closed"),
            Self::Unknown => text("状态未识别", "Status not known"),
        }
    }
}

impl Toned for ExternalStatus {
    fn state(self) -> State {
        match self {
            Self::AwaitingMerchant | Self::Unknown => State::Attention,
            Self::AwaitingBuyer | Self::GoodsComing => State::Waiting,
            Self::Refunded => State::Good,
            Self::Refused => State::Bad,
            Self::Closed => State::Paused,
        }
    }
}

impl Spoken for BlockKind {
    fn text(self) -> Text {
        match self {
            Self::Phone => text("手机", "Phone"),
            Self::Address => text("地址", "Address"),
            Self::Nickname => text("昵称", "Nickname"),
        }
    }
}
