//! Copying how a case stands for the customer, in their language, to be pasted into a shop's chat or a message.

use contract::rma::{CaseForCustomer, FOR_CUSTOMER, NextForCustomer};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api;
use parts::fetch::Fetch;
use ui::locale::date_time;
use ui::{Button, Glyph, Lang, Notice, State, Text, TextArea, text, toast};

use super::Case;

const COPY: Text = text("复制给顾客", "Copy for the customer");
const BY_HAND: Text =
    text("浏览器不允许复制，请选中下面的文字自行复制", "The browser refuses; choose the text below and copy it");

const fn to_do(next: NextForCustomer) -> Option<Text> {
    Some(match next {
        NextForCustomer::Answer => text("请打开链接回答我们的问题。", "Please open the link and answer our question."),
        NextForCustomer::SendBack => text(
            "请打开链接查看寄回地址，寄出后填写运单号。",
            "Please open the link for the address, send the goods, and give us the waybill number.",
        ),
        NextForCustomer::OnItsWay => {
            text("包裹已在路上，收到后我们会检查商品。", "Your parcel is on its way; we check the goods when it comes.")
        }
        NextForCustomer::Wait => text("您现在无需操作。", "There is nothing for you to do now."),
        NextForCustomer::Rate => text("欢迎打开链接评价本次服务。", "Please open the link and tell us how it went."),
        NextForCustomer::AskAgain => text("如仍需要，可以重新申请。", "If you still need it, you can ask again."),
        NextForCustomer::Nothing => return None,
    })
}

fn said(text: &domain::Text, lang: Lang) -> String {
    let (own, other) = match lang {
        Lang::Zh => (&text.zh, &text.en),
        Lang::En => (&text.en, &text.zh),
    };
    if own.is_empty() { other.clone() } else { own.clone() }
}

/// The whole text. Dates are written out: nobody knows on which day it will be read.
fn words(case: &CaseForCustomer, origin: &str) -> String {
    let lang = if case.writes_english { Lang::En } else { Lang::Zh };
    let pair = |zh: &str, en: &str| if lang == Lang::Zh { zh.to_owned() } else { en.to_owned() };
    let status = said(&case.status, lang);
    let shop = said(&case.shop, lang);
    let mut lines = vec![
        pair(&format!("【{shop}】您的申请 {}", case.number), &format!("{shop}: your request {}", case.number)),
        pair(&format!("进度：{status}"), &format!("Status: {status}")),
    ];
    lines.extend(case.question.as_ref().map(|asked| pair(&format!("问题：{asked}"), &format!("Question: {asked}"))));
    lines.extend(to_do(case.next).map(|next| next.in_lang(lang).to_owned()));
    lines.extend(case.due_at.map(|due| {
        let at = date_time(due.ms(), case.offset_minutes);
        pair(&format!("预计 {at} 前完成这一步。"), &format!("We expect to be done with this step by {at}."))
    }));
    let link = format!("{origin}/portal?order={}", case.number);
    lines.push(pair(&format!("查看进度：{link}"), &format!("Follow it here: {link}")));
    lines.join("\n")
}

/// The button, and the text itself where the browser has no clipboard for us.
pub(super) fn copying(case: Case) -> AnyView {
    let id = case.id;
    // Known before the press: a browser lets a page copy only at once.
    let told = Fetch::<CaseForCustomer>::new(move || api::read(&FOR_CUSTOMER, &[&id]))
        .follow(move |heard| heard.touches(&format!("rma:{id}")));
    let by_hand = RwSignal::new(None::<String>);
    let copy = move |()| {
        let Some(told) = told.get_untracked() else { return };
        let origin = window().location().origin().unwrap_or_default();
        let words = words(&told, &origin);
        spawn_local(async move {
            if parts::clipboard::copy(&words).await {
                by_hand.try_set(None);
                toast(State::Good, text("已复制给顾客的说明", "Copied for the customer"));
            } else {
                by_hand.try_set(Some(words));
            }
        });
    };
    let not_yet = Signal::derive(move || told.with(|told| told.is_none()));
    let shown = move || {
        by_hand.get().map(|words| {
            view! {
                <Notice state=State::Attention title=BY_HAND/>
                <TextArea value=RwSignal::new(words) label=COPY rows=6/>
            }
        })
    };
    view! {
        <div class="u-stack-8">
            <div class="u-row">
                <Button icon=Glyph::Copy disabled=not_yet on_click=copy attr:data-test="copy-for-customer">{COPY}</Button>
            </div>
            {shown}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(writes_english: bool) -> CaseForCustomer {
        CaseForCustomer {
            number: "RT-7".to_owned(),
            shop: domain::Text::new("甲店", "Shop A"),
            status: domain::Text::new("我们正在审核", "We are looking at it"),
            question: None,
            next: NextForCustomer::Wait,
            due_at: Some(domain::Timestamp::from_ms(0)),
            offset_minutes: 480,
            writes_english,
        }
    }

    #[test]
    fn a_customer_is_told_everything_in_their_own_language() {
        let zh = words(&told(false), "https://shop.example");
        assert_eq!(
            zh,
            "【甲店】您的申请 RT-7\n进度：我们正在审核\n您现在无需操作。\n预计 1970-01-01 08:00 前完成这一步。\n\
             查看进度：https://shop.example/portal?order=RT-7"
        );
        let en = words(&told(true), "https://shop.example");
        assert!(en.starts_with("Shop A: your request RT-7\nStatus: We are looking at it"), "{en}");
        assert!(!en.chars().any(|letter| ('\u{3400}'..='\u{9FFF}').contains(&letter)), "{en}");
    }
}
