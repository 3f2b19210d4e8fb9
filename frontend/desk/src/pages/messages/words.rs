//! States, means and receivers in words.

use contract::message::MessageView;
use leptos::prelude::*;
use parts::said::read;
use ui::{Choice, State, StateChip, Text, Words, say, text};

/// Where a message stands.
pub(super) fn state(message: &MessageView) -> (State, Text) {
    match (message.state.as_str(), message.held.as_str()) {
        ("pending", "quiet") => (State::Paused, text("等免打扰结束", "Quiet hours")),
        ("pending", "rate") => (State::Paused, text("排队：渠道限速", "Queued: limit")),
        ("pending", "rest") => (State::Attention, text("渠道暂停中", "Channel rests")),
        ("pending", "no_channel") => (State::Attention, text("没有渠道可发", "No channel yet")),
        ("pending", _) if message.attempts > 0 => (State::Attention, text("等待重试", "To be tried again")),
        ("pending", _) => (State::Waiting, text("待发", "Waiting")),
        ("sent", _) => (State::Good, text("已发出", "Sent")),
        ("failed", _) => (State::Bad, text("被拒", "Refused")),
        ("unknown", _) => (State::Bad, text("结果未知", "Unknown")),
        ("dead", _) => (State::Bad, text("已放弃", "Given up")),
        _ => (State::Paused, text("已取消", "Cancelled")),
    }
}

/// The same as a chip.
pub(super) fn chip(message: &MessageView) -> AnyView {
    let (state, label) = state(message);
    view! { <StateChip state label/> }.into_any()
}

/// A means of sending.
pub(super) fn means(word: &str) -> Text {
    match word {
        "sms" => text("短信", "Text message"),
        "email" => text("邮件", "E-mail"),
        "webhook" => text("系统回调", "Webhook"),
        "robot" => text("群机器人", "Group robot"),
        "in_app" => text("站内消息", "In the desk"),
        _ => text("其他", "Other"),
    }
}

/// Means to choose from.
pub(super) fn means_choices() -> Vec<Choice> {
    ["sms", "email", "robot", "webhook"].into_iter().map(|word| Choice::new(word, means(word))).collect()
}

/// Whom it reaches.
pub(super) fn receiver(message: &MessageView) -> AnyView {
    let message = message.clone();
    let words = move || {
        let whom = match message.audience.as_str() {
            "customer" => text("顾客", "Customer").get().to_owned(),
            "system" => text("外部系统", "Another system").get().to_owned(),
            "trial" => text("测试", "Trial").get().to_owned(),
            _ => match (&message.person, &message.role) {
                (Some(person), _) => person.clone(),
                (None, Some(role)) => read(role),
                (None, None) => text("员工", "Staff").get().to_owned(),
            },
        };
        match &message.receiver {
            Some(receiver) => format!("{whom} · {receiver}"),
            None => whom,
        }
    };
    view! { {words} }.into_any()
}

/// Its words in one line; for those who may not see the case, what it is made of.
pub(super) fn gist(message: &MessageView) -> Words {
    let message = message.clone();
    Words::from(move || {
        let text = message.text.as_ref().map(read).filter(|text| !text.is_empty());
        let title = message.title.as_ref().map(read);
        match (text, title) {
            (Some(text), _) => text,
            (None, Some(title)) => say!("{title}（内容按权限不显示）", "{title} (content hidden by your role)"),
            (None, None) => String::new(),
        }
    })
}
