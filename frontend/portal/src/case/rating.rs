//! How it went: one to five, and a word, once the case is settled.

use contract::portal::{PortalCaseView, PortalRateRequest, RATE};
use leptos::prelude::*;
use parts::api;
use parts::submit::Submit;
use ui::{Button, ButtonKind, Card, Field, Notice, State, Text, TextArea, TimeStamp, next_id, say, text, toast};

use super::Case;

const TITLE: Text = text("这次处理您满意吗？", "How did it go?");
const GIVEN: Text = text("您的评价", "Your rating");
const WORDS: [Text; 5] = [
    text("很不满意", "Very bad"),
    text("不满意", "Bad"),
    text("一般", "All right"),
    text("满意", "Good"),
    text("很满意", "Very good"),
];

fn words_of(score: i64) -> Text {
    let index = usize::try_from(score - 1).unwrap_or_default();
    WORDS.get(index).copied().unwrap_or(WORDS[0])
}

fn scores(score: RwSignal<i64>) -> impl IntoView {
    let name = next_id("score");
    let one = move |own: i64| {
        view! {
            <label class="rating__score">
                <input
                    class="rating__radio"
                    type="radio"
                    name=name.clone()
                    data-test=format!("score-{own}")
                    prop:checked=move || score.get() == own
                    on:change=move |_| score.set(own)
                />
                <span class="rating__number">{own}</span>
                <span class="rating__words">{words_of(own)}</span>
            </label>
        }
    };
    let all = (1..=5).map(one).collect_view();
    view! { <div class="rating" role="radiogroup" aria-label=move || TITLE.get()>{all}</div> }
}

fn form(case: Case) -> AnyView {
    let before = case.view.with_untracked(|view| view.rating.clone());
    let score = RwSignal::new(before.as_ref().map_or(0, |rating| rating.score));
    let comment = RwSignal::new(before.map(|rating| rating.comment).unwrap_or_default());
    let submit = Submit::new();
    let send = move |()| {
        let body =
            PortalRateRequest { score: score.get_untracked(), comment: comment.get_untracked().trim().to_owned() };
        let headers = case.headers();
        submit.run(
            move |key| api::send_as::<PortalCaseView, _>(&RATE, &[], &body, key, headers),
            move |view| {
                toast(State::Good, text("已评价，谢谢", "Rated, thank you"));
                case.take(view);
            },
        );
    };
    let unchosen = Signal::derive(move || score.get() == 0);
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <div class="u-stack" id="rating">
            {scores(score)}
            <Field label=text("想说的话（可不填）", "Anything to add (optional)") error=submit.field("comment")>
                <TextArea value=comment rows=2 max_length=500 attr:data-test="rating-comment"/>
            </Field>
            {wrong}
            <Button kind=ButtonKind::Primary busy=submit.busy() disabled=unchosen on_click=send attr:data-test="portal-rate">
                {text("提交评价", "Rate")}
            </Button>
        </div>
    }
    .into_any()
}

fn given(case: Case, change: RwSignal<bool>) -> impl IntoView {
    let rating = case.part(|view| view.rating.clone());
    let can = case.part(|view| view.can.rate);
    move || {
        rating.get().map(|rating| {
            let score = rating.score;
            let stars = move || say!("{score} 分（满分 5 分）", "{score} of 5");
            let comment = (!rating.comment.is_empty()).then(|| view! { <p class="status__why">{rating.comment}</p> });
            let until = rating.changeable_until.ms();
            let more = can.get().then(|| {
                view! {
                    <p class="u-soft u-small">{text("可以修改到", "Can be changed until")} " " <TimeStamp at_ms=until/></p>
                    <div><Button on_click=move |()| change.set(true) attr:data-test="portal-rate-again">{text("修改评价", "Change it")}</Button></div>
                }
            });
            view! {
                <div class="u-stack-8" data-test="portal-rated">
                    <p class="u-strong">{words_of(score)} " · " {stars}</p>
                    {comment}
                    {more}
                </div>
            }
        })
    }
}

/// The card, once there is something to rate or a rating.
pub(super) fn rating(case: Case) -> AnyView {
    let can = case.part(|view| view.can.rate);
    let is_rated = case.part(|view| view.rating.is_some());
    let change = RwSignal::new(false);
    // A rating that was sent closes the form.
    let sent = case.part(|view| view.rating.clone());
    Effect::new(move |_| {
        // Read, not only followed: a memo that nobody has read hears of nothing.
        sent.with(|_| ());
        change.set(false);
    });
    let card = move || match (is_rated.get() && !change.get(), can.get()) {
        (true, _) => Some(view! { <Card title=GIVEN>{given(case, change)}</Card> }.into_any()),
        (false, true) => Some(view! { <Card title=TITLE>{form(case)}</Card> }.into_any()),
        (false, false) => None,
    };
    view! { {card} }.into_any()
}
