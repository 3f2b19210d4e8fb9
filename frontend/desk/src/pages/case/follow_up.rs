//! When somebody wants to look at a case again.

use contract::rma::{FOLLOW_UP, FollowUpRequest, RmaView};
use domain::Timestamp;
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::locale::{date_of_input, date_to_input, zone_minutes};
use ui::{DateInput, Dialog, Field, Notice, State, Text, text, toast};

use super::Case;

const TITLE: Text = text("设置跟进时间", "Look again on");
/// Nine in the morning, when work begins.
const MORNING_MS: i64 = 9 * 3_600_000;

/// The question.
pub(super) fn dialog(case: Case, open: RwSignal<bool>) -> AnyView {
    let known = case.view.with_untracked(|view| view.next_follow_up_at);
    let day = RwSignal::new(known.map(|at| date_to_input(at.ms(), zone_minutes())).unwrap_or_default());
    let submit = Submit::new();
    let send = move |()| {
        let at = date_of_input(&day.get_untracked(), zone_minutes())
            .map(|midnight| Timestamp::from_ms(midnight + MORNING_MS));
        let (id, body) = (case.id, FollowUpRequest { at });
        submit.run(
            move |key| api::send::<RmaView, _>(&FOLLOW_UP, &[&id], &body, key),
            move |view| {
                open.try_set(false);
                toast(State::Good, text("已保存", "Saved"));
                case.take(view);
            },
        );
    };
    let wrong = move || submit.words().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <Dialog open title=TITLE confirm=text("保存", "Save") busy=submit.busy() on_confirm=send>
            <div class="u-stack">
                {wrong}
                <Field label=text("日期", "Day") hint=text("当天上午提醒；清空表示不再跟进", "You are reminded that morning; empty means never") error=submit.field("at")>
                    <DateInput value=day/>
                </Field>
            </div>
        </Dialog>
    }
    .into_any()
}
