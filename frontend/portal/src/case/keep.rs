//! What the customer keeps: the number when the request was sent, and the link that leads back here while it lasts.

use leptos::prelude::*;
use ui::{Card, CopyText, Notice, State, Text, TimeStamp, text};

use super::Case;
use crate::address;

const SENT: Text = text("申请已提交", "Your request is sent");
const SENT_HINT: Text = text(
    "请记下单号。想起还有要补充的照片或说明，可以随时在下面留言。",
    "Keep the number. Photos or words that come to mind later can be added below at any time.",
);
const KEEP: Text = text("保存这个页面", "Keep this page");
const KEEP_HINT: Text = text(
    "复制链接，下次直接打开。链接只能看到这一单，请不要转发给别人。",
    "Copy the link to come back. It opens this request alone; do not pass it on.",
);
const AGAIN: Text = text(
    "过期后，用订单号和手机后四位（或买家昵称）可以重新打开。",
    "After that, the order number and the last four digits of your phone (or your nickname) open it again.",
);

/// The number, right after the request was sent.
pub(super) fn filed(case: Case) -> AnyView {
    if !case.is_new {
        return ().into_any();
    }
    let number = case.view.with_untracked(|view| view.number.clone());
    view! {
        <Notice state=State::Good title=SENT attr:data-test="portal-filed">
            <p class="keep__number"><CopyText value=Signal::stored(number)/></p>
            <p>{SENT_HINT}</p>
        </Notice>
    }
    .into_any()
}

/// The link, until when it works, and the way back after that.
pub(super) fn keep(case: Case) -> AnyView {
    let link = case.token.with_value(|token| address::link_to(token));
    let until = case.part(|view| view.link_expires_at.ms());
    view! {
        <Card title=KEEP>
            <div class="u-stack-8">
                <p>{KEEP_HINT}</p>
                <p class="keep__link" data-test="portal-link"><CopyText value=Signal::stored(link)/></p>
                <p class="u-soft u-small">
                    {text("链接有效期至", "The link works until")} " " {move || view! { <TimeStamp at_ms=until.get()/> }} " · " {AGAIN}
                </p>
            </div>
        </Card>
    }
    .into_any()
}
