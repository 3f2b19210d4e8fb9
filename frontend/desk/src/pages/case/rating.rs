//! What the customer said of the case once it was settled.

use contract::rma::RatingView;
use leptos::prelude::*;
use ui::{Card, State, StateChip, Text, TimeStamp, say, text};

use super::Case;

const TITLE: Text = text("顾客评价", "The customer's rating");
/// Below this somebody should ask what went wrong.
const GOOD_FROM: i64 = 4;

fn shown(rating: RatingView) -> impl IntoView {
    let score = rating.score;
    let state = if score >= GOOD_FROM { State::Good } else { State::Attention };
    let comment = (!rating.comment.is_empty()).then(|| view! { <p class="case__note">{rating.comment}</p> });
    let changed =
        (rating.changed_at != rating.rated_at).then(|| view! { <span>{text("（改过）", "(changed)")}</span> });
    view! {
        <div class="u-stack-8" data-test="case-rating">
            <p><StateChip state label=say!("{score} 分（满分 5 分）", "{score} of 5")/></p>
            {comment}
            <p class="u-soft u-small"><TimeStamp at_ms=rating.changed_at.ms()/> {changed}</p>
        </div>
    }
}

/// The card, once there is a rating.
pub(super) fn rating(case: Case) -> AnyView {
    let rating = case.part(|view| view.rating.clone());
    let card = move || rating.get().map(|rating| view! { <Card title=TITLE>{shown(rating)}</Card> });
    view! { {card} }.into_any()
}
