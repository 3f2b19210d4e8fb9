//! What a parcel weighs: keyed once it is signed, held against what should be in it.

use contract::exception::{WEIGH, WeighRequest, WeighedView};
use contract::warehouse::ParcelOnBench;
use domain::state::ParcelState;
use domain::{ParcelId, Permission};
use leptos::prelude::*;
use parts::api;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{Button, Field, Notice, NumberInput, State, say, text, toast};

/// The field, for whoever signs parcels.
pub(super) fn weighing(id: ParcelId, view: Memo<ParcelOnBench>, on_changed: Callback<()>) -> AnyView {
    let session = use_session();
    let known = Memo::new(move |_| view.with(|view| (view.parcel.state, view.parcel.weight_grams)));
    let grams = RwSignal::new(known.with_untracked(|(_, grams)| *grams));
    let weighed = RwSignal::new(None::<WeighedView>);
    let submit = Submit::new();
    let weigh = move || {
        let Some(wanted) = grams.get_untracked() else { return };
        let body = WeighRequest { grams: wanted };
        submit.run(
            move |key| api::send::<WeighedView, _>(&WEIGH, &[&id], &body, key),
            move |found| {
                if !found.gap {
                    toast(State::Good, text("已记录重量", "Weight kept"));
                }
                weighed.set(Some(found));
                on_changed.run(());
            },
        );
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        weigh();
    };
    let told = move || {
        let found = weighed.get()?;
        let words = match (found.expected_grams, found.gap) {
            (Some(expected), true) => {
                say!(
                    "应重 {expected} 克，差得太多：已列入异常件",
                    "{expected} g expected: too far off, and now among the exceptions"
                )
            }
            (Some(expected), false) => say!("应重 {expected} 克，相符", "{expected} g expected: it fits"),
            (None, _) => say!("不知道应重多少，无法比较", "Nobody knows what it should weigh"),
        };
        let state = if found.gap { State::Bad } else { State::Good };
        Some(view! { <div data-test="weighed"><Notice state title=words/></div> })
    };
    let field = move || {
        let shown = session.may(Permission::ParcelSign) && known.with(|(state, _)| *state != ParcelState::Announced);
        shown.then(|| {
            view! {
                <form class="weighing" on:submit=send data-test="weighing">
                    <Field label=text("重量（克）", "Weight (g)") error=submit.field("grams")>
                        <NumberInput value=grams min=Signal::stored(1) max=Signal::stored(10_000_000)/>
                    </Field>
                    <Button submit=true busy=submit.busy()>{text("记录重量", "Keep the weight")}</Button>
                </form>
            }
        })
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! { {wrong} {field} {told} }.into_any()
}
