//! What the customer does next, in one line, with the way to it.

use contract::portal::PortalCaseView;
use domain::state::{CaseState, ParcelState};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Glyph, LinkButton, Text, text};

use super::super::Case;
use crate::address;

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Answer,
    SendBack,
    OnItsWay,
    Wait,
    Rate,
    AskAgain,
    Nothing,
}

fn of(view: &PortalCaseView) -> Next {
    let on_its_way = view.parcels.iter().any(|parcel| parcel.state == ParcelState::Announced);
    match view.state {
        _ if view.can.answer && view.question.is_some() => Next::Answer,
        _ if view.can.rate && view.rating.is_none() => Next::Rate,
        CaseState::Withdrawn | CaseState::Rejected => Next::AskAgain,
        CaseState::Closed => Next::Nothing,
        _ if view.can.give_tracking && on_its_way => Next::OnItsWay,
        _ if view.can.give_tracking => Next::SendBack,
        _ => Next::Wait,
    }
}

const fn words(next: Next) -> Option<Text> {
    Some(match next {
        Next::Answer => text("请回答商家的问题，回答后我们继续处理。", "Please answer the question; then we go on."),
        Next::SendBack => text(
            "请把商品寄到下面的地址，寄出后填写运单号。",
            "Send the goods to the address below, then give us the waybill number.",
        ),
        Next::OnItsWay => {
            text("包裹在路上，收到后我们会检查商品。", "Your parcel is on its way; we look at it when it comes.")
        }
        Next::Wait => {
            text("您现在不用做什么，有进展会显示在这里。", "Nothing to do for you now; news will stand here.")
        }
        Next::Rate => text("已处理完成，花几秒评价一下吧。", "All is done; tell us in a few seconds how it went."),
        Next::AskAgain => text("如果还需要退换，可以重新申请。", "If you still need it, ask again."),
        Next::Nothing => return None,
    })
}

/// The line and, where there is something to do, its button.
pub(super) fn next(case: Case) -> AnyView {
    let next = case.part(of);
    let place = case.part(|view| (view.shop.code.clone(), view.order_number.clone().unwrap_or_default()));
    let button = move || {
        let (id, label) = match next.get() {
            Next::Answer => ("answer", text("去回答", "Answer")),
            Next::SendBack => ("send-back", text("看地址、填运单号", "Address and waybill")),
            Next::Rate => ("rating", text("去评价", "Rate it")),
            Next::AskAgain => {
                let (shop, order) = place.get();
                let href = address::start(&shop, &order);
                return Some(
                    view! { <div><LinkButton href>{text("重新申请", "Ask again")}</LinkButton></div> }.into_any(),
                );
            }
            Next::OnItsWay | Next::Wait | Next::Nothing => return None,
        };
        let go = move |()| address::scroll_to(id);
        Some(view! {
            <div>
                <Button kind=ButtonKind::Primary icon=Glyph::ArrowDown on_click=go attr:data-test="portal-next">{label}</Button>
            </div>
        }
        .into_any())
    };
    let line = move || words(next.get()).map(|words| view! { <p class="status__next">{words}</p> });
    view! { {line} {button} }.into_any()
}
