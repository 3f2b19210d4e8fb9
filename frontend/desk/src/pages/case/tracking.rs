//! A return waybill, given to a colleague by the customer.

use contract::warehouse::{ANNOUNCE, AnnounceRequest, AnnouncedView};
use leptos::prelude::*;
use parts::api;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use ui::{Button, Choice, Field, Notice, Select, State, TextInput, text, toast};

use super::Case;

/// The form, below the parcels that are known.
pub(super) fn form(case: Case) -> AnyView {
    let meta = use_meta();
    let (carrier, waybill) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = Submit::new();
    let options = Signal::derive(move || {
        meta.with(|view| {
            view.carriers.iter().map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let send = move || {
        let id = case.id;
        let carrier = carrier.get_untracked().parse().ok();
        let body = AnnounceRequest { carrier, waybill: waybill.get_untracked().trim().to_owned() };
        submit.run(
            move |key| api::send::<AnnouncedView, _>(&ANNOUNCE, &[&id], &body, key),
            move |announced| {
                waybill.try_set(String::new());
                if announced.reused {
                    let words = text(
                        "已登记；这个运单号以前用过，请核对",
                        "Entered; this waybill was used before, please check",
                    );
                    toast(State::Attention, words);
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
        <form class="u-stack-8" data-test="tracking-form" on:submit=move |event| {
            event.prevent_default();
            if !blank.get_untracked() {
                send();
            }
        }>
            {wrong}
            <div class="tracking">
                <Field label=text("寄回运单号", "Return waybill") error=submit.field("waybill")>
                    <TextInput value=waybill max_length=64/>
                </Field>
                <Field label=text("快递公司", "Carrier") error=submit.field("carrier")>
                    <Select value=carrier options placeholder=text("不清楚", "Not known")/>
                </Field>
                <Button submit=true busy=submit.busy() disabled=blank>{text("登记", "Enter")}</Button>
            </div>
        </form>
    }
    .into_any()
}
