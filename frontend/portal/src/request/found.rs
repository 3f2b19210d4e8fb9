//! What was found: the order in one line with a way back, and what is already under way on it.

use contract::portal::{CaseBrief, CaseLink, OPEN_CASE, OpenCaseRequest, OrderProof, PortalOrderView};
use leptos::prelude::*;
use parts::api;
use parts::said::said;
use parts::submit::Submit;
use parts::words::chip;
use ui::{Button, Card, Glyph, Icon, Text, TimeStamp, text};

use crate::address::{self, Page};
use crate::find::proof_header;

const EARLIER: Text = text("这个订单已有的申请", "Requests already made on this order");

fn earlier_line(case: CaseBrief, proof: OrderProof, page: RwSignal<Page>) -> impl IntoView {
    let submit = Submit::new();
    let number = case.number.clone();
    let open = move |()| {
        let (headers, body) = (proof_header(&proof), OpenCaseRequest { number: number.clone() });
        submit.run(
            move |key| api::send_as::<CaseLink, _>(&OPEN_CASE, &[], &body, key, headers),
            move |link| {
                address::name_case(&link.token);
                page.set(Page::Case { token: link.token, is_new: false });
            },
        );
    };
    view! {
        <li class="find__case">
            <div class="u-grow">
                <p class="u-strong">{case.number} " " {chip(case.state, "")}</p>
                <p>{case.summary}</p>
                <p class="u-soft u-small"><TimeStamp at_ms=case.filed_at.ms()/></p>
                {move || submit.words().get().map(|words| view! { <p class="ui-field__error" role="alert">{words}</p> })}
            </div>
            <Button busy=submit.busy() on_click=open attr:data-test="portal-open-case">{text("查看进度", "Follow it")}</Button>
        </li>
    }
}

/// Requests already made, each with the way to it.
pub(super) fn earlier(order: &PortalOrderView, proof: &OrderProof, page: RwSignal<Page>) -> AnyView {
    if order.cases.is_empty() {
        return ().into_any();
    }
    let lines = order.cases.iter().map(|case| earlier_line(case.clone(), proof.clone(), page));
    let lines = lines.collect_view();
    view! { <Card title=EARLIER><ul class="find__cases">{lines}</ul></Card> }.into_any()
}

/// What was found, in one line with a way back.
pub(super) fn order_line(order: &PortalOrderView, again: Callback<()>) -> AnyView {
    let stamp = |name: Text, at: Option<domain::Timestamp>| {
        at.map(|at| view! { <span>{name} " " <TimeStamp at_ms=at.ms()/></span> })
    };
    view! {
        <section class="find__order" data-test="portal-found">
            <span class="find__icon"><Icon glyph=Glyph::Box/></span>
            <div class="u-grow">
                <p class="u-strong">{order.number.clone()} " " <span class="u-soft">{said(&order.shop.title)}</span></p>
                <p class="find__stamps">
                    {stamp(text("下单", "Ordered"), Some(order.ordered_at))}
                    {stamp(text("发货", "Shipped"), order.shipped_at)}
                    {stamp(text("签收", "Delivered"), order.delivered_at)}
                </p>
            </div>
            <Button on_click=again attr:data-test="portal-other-order">{text("换一个", "Another")}</Button>
        </section>
    }
    .into_any()
}
