//! Events in words, for timelines.

use domain::{EventKind, Text};

/// Of a kind that nobody has found words for; a test finds it.
const NO_WORDS: (&str, &str) = ("有变化", "something changed");

/// What happened, in both languages. `node` is the name of the flow step, if the event is at one.
pub(crate) fn words(kind: EventKind, node: &Text) -> Text {
    let (zh, en) = match kind {
        EventKind::RmaFiled => ("提交了申请", "filed the case"),
        EventKind::RmaImported => ("从历史数据导入", "taken over from history"),
        EventKind::NodeOpened => return at(node, "进入", "opened"),
        EventKind::NodePassed => return at(node, "通过", "passed"),
        EventKind::DecisionUndone => return at(node, "撤销了决定", "was taken back"),
        EventKind::RmaAgreed => ("审核全部通过", "all approvals are through"),
        EventKind::RmaRejected => ("申请被拒绝", "the case was refused"),
        EventKind::InfoRequested => ("要求补充资料", "asked for more information"),
        EventKind::InfoGiven => ("补充了资料", "gave the information"),
        EventKind::RmaWithdrawn => ("撤回了申请", "took the case back"),
        EventKind::RmaClosed => ("完结", "closed the case"),
        EventKind::RmaAssigned => ("更换了负责人", "changed who looks after the case"),
        EventKind::RmaFollowUpSet => ("设置了跟进时间", "set when to look again"),
        EventKind::PolicyOverridden => ("越过了政策限制", "overruled the policy"),
        EventKind::NoteWritten => ("写了备注", "wrote a note"),
        EventKind::MessageTakenBack => ("撤回了发给顾客的消息", "took a message to the customer back"),
        EventKind::MessageReceived | EventKind::MessageSent | EventKind::MessagesHandled | EventKind::RatingGiven => {
            with_customer(kind)
        }
        EventKind::ExceptionSettled => ("了结了一项异常", "settled an exception"),
        EventKind::ScanConflict => ("仓库有一条记录与本单不符", "something at the warehouse did not fit the case"),
        EventKind::GoodsCounted => ("清点了商品", "counted goods"),
        EventKind::GoodsReceived => ("货物已全部收到", "all goods are received"),
        EventKind::GoodsWaived => ("登记了未退回的商品", "wrote off missing goods"),
        EventKind::GoodsInspected => ("完成质检", "inspected goods"),
        EventKind::GoodsDispositioned => ("处置了商品", "disposed of goods"),
        EventKind::DispositionCorrected => ("更正了处置", "corrected a disposition"),
        EventKind::CountCorrected => ("更正了清点", "took a miscount back"),
        EventKind::LineConverted => ("转换了商品行的类型", "turned a line into another kind"),
        EventKind::OutboundOpened => ("生成了发货单", "opened an outbound order"),
        EventKind::OutboundShipped => ("已发货", "shipped an outbound order"),
        EventKind::OutboundDelivered => ("已送达", "an outbound order was delivered"),
        EventKind::OutboundWaived => ("取消了发货", "waived an outbound order"),
        EventKind::OutboundSubstituted => ("更换了发出的商品", "changed the article that goes out"),
        EventKind::DeadlineNear => return at(node, "即将超时", "is near its deadline"),
        EventKind::DeadlinePassed => return at(node, "超时", "passed its deadline"),
        EventKind::ContactRevealed => ("查看了完整联系方式", "showed the contact in full"),
        EventKind::RuleFailed => ("规则执行失败", "a rule failed"),
        EventKind::ExternalCasePut => ("平台单有更新", "the platform's case changed"),
        EventKind::ExternalCaseConflict => ("平台单有冲突", "the platform's case conflicts"),
        EventKind::OrderPut => ("订单有更新", "an order changed"),
        EventKind::OrderConflict => ("订单变更与已受理的退换货冲突", "an order changed against agreed claims"),
        EventKind::ImportFinished => ("文件导入完成", "a file was imported"),
        EventKind::RecordCreated => ("新建了记录", "created a record"),
        EventKind::RecordChanged => ("修改了记录", "changed a record"),
        EventKind::TemplateApplied => ("应用了模板", "applied a template"),
        EventKind::MeanCrossed => ("平均用时超过预警线", "the mean of a stage passed its line"),
        EventKind::MeanCleared => ("平均用时回到预警线以内", "the mean of a stage fell below its line again"),
        EventKind::MasterChanged => ("修改了基础资料", "changed master data"),
        EventKind::PersonChanged => ("修改了人员或权限", "changed a person, role or token"),
        EventKind::SignedIn | EventKind::ExportMade => of_a_person(kind),
        other => of_money(other),
    };
    Text::new(zh, en)
}

// What was decided, paid and owed.
const fn of_money(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::LiabilityBooked => ("登记了责任方的应赔金额", "booked what somebody owes for damage"),
        EventKind::ReceivableChanged => ("应收金额有变动", "what is owed on the case changed"),
        EventKind::SettlementProposed => ("录入了结算", "keyed a settlement"),
        EventKind::SettlementApproved => ("批准了结算", "approved a settlement"),
        EventKind::SettlementCancelled => ("取消了结算", "cancelled a settlement"),
        EventKind::SettlementSettled => ("结算完成", "paid a settlement"),
        EventKind::PayoutSent => ("发起支付", "sent a payment"),
        EventKind::PayoutFailed => ("支付失败", "a payment was refused"),
        EventKind::PayoutUnknown => ("支付结果未知，正在查询", "a payment's outcome is unknown and being queried"),
        EventKind::PayoutDone => ("支付成功", "a payment arrived"),
        EventKind::PaidByHand => ("登记了人工付款", "recorded a payment by hand"),
        EventKind::MoneyMarkedDone => ("登记为不再退款", "said that nothing more is paid"),
        EventKind::InvoiceOpened => ("需要红冲发票", "an invoice must be reversed"),
        EventKind::InvoiceDone => ("发票已红冲", "an invoice was reversed"),
        EventKind::StatementImported => ("导入了对账单", "took in a statement"),
        EventKind::StatementLineMatched => ("把付款与对账单核对上", "matched a payment with a statement"),
        EventKind::StatementLineParted => ("取消了付款与对账单的匹配", "took a payment and a statement's line apart"),
        EventKind::StatementLineNoted => ("说明了对账单中的一笔", "wrote what is behind a statement's line"),
        other => of_a_parcel(other),
    }
}

// What happened to a parcel on its way and at the dock.
const fn of_a_parcel(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::TrackingGiven => ("填写了退回运单号", "gave a return waybill"),
        EventKind::TrackingCorrected => ("更正了退回运单号", "corrected a return waybill"),
        EventKind::TrackingMoved => ("物流有新进展", "the carrier moved a parcel"),
        EventKind::ParcelSigned => ("签收了包裹", "signed a parcel"),
        EventKind::ParcelOpened => ("拆开了包裹", "opened a parcel"),
        EventKind::ParcelMatched => ("包裹已匹配到本单", "matched a parcel"),
        EventKind::ParcelUnmatched => ("包裹已从本单移出", "took a parcel off the case"),
        EventKind::ParcelParked => ("把无法认领的包裹放入待认领", "put aside a parcel that nobody can place"),
        EventKind::ParcelNoted => ("记录了包裹的外观", "noted what is seen of a parcel"),
        EventKind::ParcelFollowUpSet => ("设置了包裹的跟进", "set who looks after a parcel, and when"),
        EventKind::ParcelWeighed => ("称了包裹的重量", "weighed a parcel"),
        _ => NO_WORDS,
    }
}

// What somebody did that changed nothing.
const fn of_a_person(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::SignedIn => ("登录", "signed in"),
        _ => ("导出了文件", "exported a file"),
    }
}

// What customer and shop say to each other.
const fn with_customer(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::MessageReceived => ("顾客留言", "the customer wrote a message"),
        EventKind::MessageSent => ("给顾客留言", "wrote to the customer"),
        EventKind::MessagesHandled => ("已处理顾客留言", "dealt with the customer's messages"),
        _ => ("顾客评价", "the customer rated the case"),
    }
}

fn at(node: &Text, zh: &str, en: &str) -> Text {
    if node.zh.is_empty() && node.en.is_empty() {
        return Text::new(format!("任一环节{zh}"), format!("any step {en}"));
    }
    Text::new(format!("“{}”{zh}", node.zh), format!("“{}” {en}", node.en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own() {
        for kind in EventKind::ALL {
            assert_ne!(words(*kind, &Text::default()).en, NO_WORDS.1, "{kind:?}");
        }
    }
}
