//! A return waybill, given to a colleague by the customer.

use contract::warehouse::{ANNOUNCE, AnnounceRequest, AnnouncedView};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use ui::{Choice, Dialog, Field, Notice, Select, State, Text, TextInput, text, toast};

use super::Case;

const TITLE: Text = text("登记寄回运单", "Enter the return waybill");

/// The question.
pub(super) fn dialog(case: Case, open: RwSignal<bool>) -> AnyView {
    let meta = use_meta();
    let (carrier, waybill) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let options = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let send = move |()| {
        let id = case.id;
        let carrier = carrier.get_untracked().parse().ok();
        let body = AnnounceRequest { carrier, waybill: waybill.get_untracked().trim().to_owned() };
        submit.run(
            move |key| api::send::<AnnouncedView, _>(&ANNOUNCE, &[&id], &body, key),
            move |announced| {
                open.try_set(false);
                waybill.try_set(String::new());
                if announced.reused {
                    toast(
                        State::Attention,
                        text(
                            "已登记；这个运单号以前用过，请核对",
                            "Entered; this waybill was used before, please check",
                        ),
                    );
                } else {
                    toast(State::Good, text("已登记运单", "The waybill is entered"));
                }
                case.reload();
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let blank = Signal::derive(move || waybill.with(|waybill| waybill.trim().is_empty()));
    view! {
        <Dialog open title=TITLE confirm=text("登记", "Enter") busy=submit.busy() disabled=blank on_confirm=send>
            <div class="u-stack" data-test="tracking-form">
                {wrong}
                <Field label=text("快递公司", "Carrier") error=submit.field("carrier")>
                    <Select value=carrier options placeholder=text("不清楚", "Not known")/>
                </Field>
                <Field label=text("运单号", "Waybill") error=submit.field("waybill") required=true>
                    <TextInput value=waybill max_length=64/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
