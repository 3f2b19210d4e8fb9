//! A line that turns into another kind: keep the goods after all, goods that follow a refund, an exchange nobody can send.

use contract::rma::{LineView, RmaView};
use contract::warehouse::{CONVERT, ConvertRequest};
use domain::LineKind;
use leptos::prelude::*;
use parts::api;
use parts::words::Spoken;
use ui::{Choice, Field, Select, State, text, toast};

use super::Case;
use super::pick::Picked;
use crate::ask::{AskReason, Asking};

/// What a line may become.
fn kinds(line: &LineView) -> Vec<LineKind> {
    let has_goods = line.received + line.waived > 0;
    let has_money = line.settled.is_some_and(|settled| settled.minor > 0);
    let to = |kind: &LineKind| !line.undeclared && line.kind.becomes(*kind, has_goods, has_money);
    LineKind::ALL.iter().copied().filter(to).collect()
}

/// Whether any line may become anything.
pub(super) fn can_convert(view: &RmaView) -> bool {
    !view.head.state.is_final() && view.lines.iter().any(|line| !kinds(line).is_empty())
}

/// The question.
pub(super) fn dialog(case: Case, asking: Asking) -> AnyView {
    let picked = Picked::of(case, |line| !kinds(line).is_empty());
    let becomes = Signal::derive(move || picked.line().as_ref().map(kinds).unwrap_or_default());
    let wanted = RwSignal::new(None::<String>);
    let kind = Signal::derive(move || {
        let offered = becomes.get();
        let kept = wanted.get().filter(|wanted| offered.iter().any(|kind| kind.as_str() == wanted));
        kept.or_else(|| offered.first().map(|kind| kind.as_str().to_owned())).unwrap_or_default()
    });
    let kind_value = ui::Bind::new(move || kind.get(), move |kind: String| wanted.set(Some(kind)));
    let kind_options = Signal::derive(move || {
        let choice = |kind: &LineKind| Choice::new(kind.as_str(), kind.text());
        becomes.get().iter().map(choice).collect::<Vec<_>>()
    });
    let submit = asking.submit;
    let send = move |reason: String| {
        let Some(id) = untrack(|| picked.line()).map(|line| line.id) else { return };
        let Some(kind) = LineKind::parse(&untrack(|| kind.get())) else { return };
        let body = ConvertRequest { kind, reason };
        submit.run(
            move |key| api::send::<serde_json::Value, _>(&CONVERT, &[&id], &body, key),
            move |_| {
                asking.done();
                toast(State::Good, text("已转换", "Converted"));
                case.reload();
            },
        );
    };
    let more = move || {
        view! {
            <Field label=text("商品", "Goods")>{picked.select()}</Field>
            <Field label=text("改为", "Becomes") error=submit.field("kind")>
                <Select value=kind_value options=kind_options/>
            </Field>
        }
    };
    view! {
        <AskReason
            asking
            title=text("改变处理方式？", "Turn it into another kind?")
            what=text(
                "未寄出的换货会撤回；已结算的金额仍计在该行。请写明顾客是否同意。",
                "An exchange that has not left is called back; what was settled stays on the line. Say whether the customer agrees.",
            )
            verb=text("改变", "Convert")
            more
            on_reason=send
        />
    }
    .into_any()
}
