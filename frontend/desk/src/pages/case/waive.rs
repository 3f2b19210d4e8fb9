//! Goods that will not come: written off with a reason, so that the case can go on.

use contract::rma::{LineView, RmaView};
use contract::warehouse::{WAIVE_GOODS, WaiveGoodsRequest};
use leptos::prelude::*;
use parts::api;
use ui::{Field, QuantityStepper, State, text, toast};

use super::Case;
use super::pick::Picked;
use crate::ask::{AskReason, Asking};

/// How many units of a line are still to come.
pub(super) fn awaited(line: &LineView) -> i64 {
    if line.kind.expects_goods() && !line.undeclared { (line.approved - line.received - line.waived).max(0) } else { 0 }
}

/// Whether something may be written off at all.
pub(super) fn can_waive(view: &RmaView) -> bool {
    !view.head.state.is_final() && view.lines.iter().any(|line| awaited(line) > 0)
}

/// The question.
pub(super) fn dialog(case: Case, asking: Asking) -> AnyView {
    let picked = Picked::of(case, |line| awaited(line) > 0);
    let most = Signal::derive(move || picked.line().as_ref().map_or(1, awaited));
    let quantity = RwSignal::new(None::<i64>);
    let count = ui::Bind::new(
        move || quantity.get().unwrap_or(i64::MAX).min(most.get()),
        move |count| quantity.set(Some(count)),
    );
    let submit = asking.submit;
    let send = move |reason: String| {
        let Some(id) = untrack(|| picked.line()).map(|line| line.id) else { return };
        let body = WaiveGoodsRequest { quantity: untrack(|| count.get()), reason };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&WAIVE_GOODS, &[&id], &body, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已核销", "Written off"));
                case.reload();
            },
        );
    };
    let more = move || {
        view! {
            <Field label=text("商品", "Goods")>{picked.select()}</Field>
            <Field label=text("件数", "Units") error=submit.field("quantity")>
                <QuantityStepper value=count min=1 max=most/>
            </Field>
        }
    };
    view! {
        <AskReason
            asking
            title=text("不再等这些商品？", "Wait for these goods no longer?")
            what=text("核销的件数不会退款，单据可以继续往下走。", "Nothing is refunded for them, and the case goes on.")
            verb=text("核销", "Write off")
            danger=true
            more
            on_reason=send
        />
    }
    .into_any()
}
