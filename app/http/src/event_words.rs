//! Events in words, for timelines.

use domain::{EventKind, Text};

/// What happened, in both languages. `node` is the name of the flow step, if the event is at one.
pub(crate) fn words(kind: EventKind, node: &Text) -> Text {
    let (zh, en) = match kind {
        EventKind::RmaFiled => ("提交了申请", "filed the case"),
        EventKind::RmaImported => ("从历史数据导入", "taken over from history"),
        EventKind::NodeOpened => return at(node, "进入", "opened"),
        EventKind::NodePassed => return at(node, "通过", "passed"),
        EventKind::RmaAgreed => ("审核全部通过", "all approvals are through"),
        EventKind::RmaRejected => ("申请被拒绝", "the case was refused"),
        EventKind::InfoRequested => ("要求补充资料", "asked for more information"),
        EventKind::InfoGiven => ("补充了资料", "gave the information"),
        EventKind::RmaWithdrawn => ("撤回了申请", "took the case back"),
        EventKind::RmaClosed => ("完结", "closed the case"),
        EventKind::PolicyOverridden => ("越过了政策限制", "overruled the policy"),
        EventKind::NoteWritten => ("写了备注", "wrote a note"),
        EventKind::TrackingGiven => ("填写了退回运单号", "gave a return waybill"),
        EventKind::ParcelSigned => ("签收了包裹", "signed a parcel"),
        EventKind::ParcelOpened => ("拆开了包裹", "opened a parcel"),
        EventKind::ParcelMatched => ("包裹已匹配到本单", "matched a parcel"),
        EventKind::GoodsCounted => ("清点了商品", "counted goods"),
        EventKind::GoodsReceived => ("货物已全部收到", "all goods are received"),
        EventKind::GoodsWaived => ("登记了未退回的商品", "wrote off missing goods"),
        EventKind::GoodsInspected => ("完成质检", "inspected goods"),
        EventKind::GoodsDispositioned => ("处置了商品", "disposed of goods"),
        EventKind::SettlementProposed => ("录入了结算", "keyed a settlement"),
        EventKind::SettlementApproved => ("批准了结算", "approved a settlement"),
        EventKind::SettlementCancelled => ("取消了结算", "cancelled a settlement"),
        EventKind::SettlementSettled => ("结算完成", "paid a settlement"),
        EventKind::PayoutSent => ("发起支付", "sent a payment"),
        EventKind::PayoutFailed => ("支付失败", "a payment was refused"),
        EventKind::PayoutUnknown => ("支付结果未知，正在查询", "a payment's outcome is unknown and being queried"),
        EventKind::OutboundOpened => ("生成了发货单", "opened an outbound order"),
        EventKind::OutboundShipped => ("已发货", "shipped an outbound order"),
        EventKind::OutboundDelivered => ("已送达", "an outbound order was delivered"),
        EventKind::OutboundWaived => ("取消了发货", "waived an outbound order"),
        EventKind::DeadlinePassed => return at(node, "超时", "passed its deadline"),
        EventKind::ContactRevealed => ("查看了完整联系方式", "showed the contact in full"),
        EventKind::RuleFailed => ("规则执行失败", "a rule failed"),
        EventKind::ExternalCasePut => ("平台单有更新", "the platform's case changed"),
        EventKind::ExternalCaseConflict => ("平台单有冲突", "the platform's case conflicts"),
        other => (other.as_str(), other.as_str()),
    };
    Text::new(zh, en)
}

fn at(node: &Text, zh: &str, en: &str) -> Text {
    if node.zh.is_empty() && node.en.is_empty() {
        return Text::new(format!("任一环节{zh}"), format!("any step {en}"));
    }
    Text::new(format!("“{}”{zh}", node.zh), format!("“{}” {en}", node.en))
}
