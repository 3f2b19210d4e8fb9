//! Words that cross HTTP as short codes: steps, decisions, to-dos, messages, files. An unknown code is shown as it came.

use std::borrow::Cow;

use contract::rma::DeliveryView;
use ui::{State, Text, Words, text};

pub(super) fn words(known: &[(&str, Text)], code: &str) -> Words {
    let found = known.iter().find(|(own, _)| *own == code).map(|(_, text)| *text);
    found.map_or_else(|| Words::from(code.to_owned()), Words::from)
}

/// How far a step of the flow is.
pub fn step_state(code: &str) -> (Words, State) {
    let known = [
        ("passed", text("已通过", "Passed")),
        ("open", text("进行中", "Open")),
        ("waiting", text("等顾客补充", "Waits for the customer")),
        ("expected", text("预计", "Expected")),
    ];
    let state = match code {
        "passed" => State::Good,
        "open" => State::Waiting,
        "waiting" => State::Attention,
        _ => State::Paused,
    };
    (words(&known, code), state)
}

/// What was decided at a step.
pub fn decision(code: &str) -> (Words, State) {
    let known = [
        ("agree", text("同意", "Agreed")),
        ("reject", text("拒绝", "Rejected")),
        ("ask_info", text("要求补充", "Asked for information")),
        ("info_given", text("已补充", "Information given")),
        ("return", text("退回", "Returned")),
        ("auto_agree", text("按政策自动同意", "Agreed by policy")),
        ("core_done", text("完成", "Done")),
        ("core_again", text("重新打开", "Opened again")),
    ];
    let state = match code {
        "agree" | "auto_agree" | "core_done" | "info_given" => State::Good,
        "reject" => State::Bad,
        "ask_info" | "return" | "core_again" => State::Attention,
        _ => State::Paused,
    };
    (words(&known, code), state)
}

/// What kind of to-do it is.
pub fn task_kind(code: &str) -> Words {
    let known = [
        ("approve", text("审批", "Approval")),
        ("work", text("作业", "Work")),
        ("info", text("补充资料", "Information")),
        ("rule", text("规则任务", "By a rule")),
        ("conflict", text("冲突", "Conflict")),
    ];
    words(&known, code)
}

/// The way a message goes.
pub fn channel(code: &str) -> Words {
    let known = [
        ("sms", text("短信", "Text message")),
        ("email", text("邮件", "E-mail")),
        ("in_app", text("站内消息", "In-app message")),
        ("wecom", text("企业微信", "WeCom")),
        ("dingtalk", text("钉钉", "DingTalk")),
        ("feishu", text("飞书", "Feishu")),
        ("webhook", text("接口推送", "Webhook")),
    ];
    words(&known, code)
}

/// Where a message is.
pub fn delivery_state(code: &str) -> (Words, State) {
    let known = [
        ("pending", text("待发送", "To be sent")),
        ("sent", text("已发送", "Sent")),
        ("failed", text("失败，会重试", "Failed, will be tried again")),
        ("unknown", text("结果未知", "Outcome unknown")),
        ("dead", text("已放弃", "Given up")),
        ("cancelled", text("已取消", "Cancelled")),
    ];
    let state = match code {
        "pending" => State::Waiting,
        "sent" => State::Good,
        "failed" | "unknown" => State::Attention,
        "dead" => State::Bad,
        _ => State::Paused,
    };
    (words(&known, code), state)
}

/// Channel and state of a message in one line.
pub fn delivery(delivery: &DeliveryView) -> Words {
    let (channel, (state, _)) = (channel(&delivery.channel), delivery_state(&delivery.state));
    Words::from(move || Cow::<'static, str>::Owned(format!("{} · {}", channel.get(), state.get())))
}

/// What a file is for.
pub fn purpose(code: &str) -> Words {
    let known = [
        ("evidence", text("凭证", "Evidence")),
        ("note", text("备注附件", "Note")),
        ("inspection", text("检验照片", "Inspection photo")),
        ("proof", text("付款凭证", "Proof of payment")),
    ];
    words(&known, code)
}

/// By what means money goes back.
pub fn means(code: &str) -> Words {
    let known = [
        ("original", text("原路退回", "To the original payment")),
        ("credit", text("店铺余额", "Store credit")),
        ("manual", text("人工付款", "By hand")),
        ("platform", text("平台已退", "Paid by the platform")),
        ("none", text("无需付款", "Nothing to pay")),
    ];
    words(&known, code)
}

/// What kind of invoice an order has.
pub fn invoice(code: &str) -> Words {
    let known = [
        ("none", text("未开票", "No invoice")),
        ("ordinary", text("普通发票", "Ordinary invoice")),
        ("special", text("增值税专用发票", "Special VAT invoice")),
    ];
    words(&known, code)
}

/// How a parcel came.
pub fn direction(code: &str) -> Words {
    let known = [
        ("return", text("顾客寄回", "Sent back")),
        ("outbound_back", text("发出件退回", "Our shipment came back")),
        ("unknown", text("无主包裹", "Nobody announced it")),
    ];
    words(&known, code)
}

/// What came of one try to pay.
pub fn attempt(code: &str) -> (Words, State) {
    let known = [
        ("ok", text("成功", "Done")),
        ("failed", text("失败", "Failed")),
        ("unknown", text("结果未知", "Outcome unknown")),
    ];
    let state = match code {
        "ok" => State::Good,
        "failed" => State::Bad,
        _ => State::Attention,
    };
    (words(&known, code), state)
}

impl super::Spoken for domain::canned::CannedUse {
    fn text(self) -> Text {
        match self {
            Self::Answer => text("回复顾客", "Answers"),
            Self::Refusal => text("拒绝理由", "Refusals"),
            Self::Question => text("请顾客补充", "Questions"),
        }
    }
}
