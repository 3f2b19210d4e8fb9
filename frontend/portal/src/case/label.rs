//! The return label, shown in its place when it is wanted: to print at home, at a shop, or on a label printer.

use leptos::prelude::*;
use parts::label::{LabelData, ReturnLabel};
use ui::{Button, Glyph, Words, text};

use super::Case;

fn data(view: &contract::portal::PortalCaseView) -> Option<LabelData> {
    let to = view.return_to.clone()?;
    let back = view.lines.iter().filter(|line| line.kind.expects_goods() && line.approved > 0);
    Some(LabelData {
        number: view.number.clone(),
        shop: view.shop.title.clone(),
        order_number: view.order_number.clone(),
        name: to.name,
        phone: to.phone,
        address: to.address,
        notes: to.notes,
        lines: back.map(|line| (line.goods.clone(), line.approved)).collect(),
    })
}

/// The way to the label, and the label below it.
pub(super) fn label(case: Case) -> AnyView {
    let label = case.part(data);
    let open = RwSignal::new(false);
    let words = move || {
        let words = if open.get() {
            text("收起退货标签", "Put the label away")
        } else {
            text("退货标签", "Return label")
        };
        words.get()
    };
    let body = move || {
        open.get().then(|| {
            let shown = Signal::derive(move || label.get().unwrap_or_default());
            view! { <ReturnLabel label=shown/> }
        })
    };
    let all = move || {
        label.with(Option::is_some).then(|| {
            view! {
                <div class="u-stack">
                    <p class="u-soft u-small">
                        {text("把标签贴在包裹外面或放进包裹，我们拆箱就能认出是您的退货；没有打印机可以抄写单号", "Put the label on or into the parcel and we know at once that it is yours; without a printer, write the number down")}
                    </p>
                    <div>
                        <Button icon=Glyph::Printer on_click=move |()| open.update(|open| *open = !*open) attr:data-test="portal-label">
                            {Words::from(words)}
                        </Button>
                    </div>
                    {body}
                </div>
            }
        })
    };
    view! { {all} }.into_any()
}
