//! What a wrong address shows.

use leptos::prelude::*;
use ui::{EmptyState, Glyph, LinkButton, Text, text};

const TITLE: Text = text("没有这个页面", "No such page");
const HINT: Text = text("地址可能写错了，或者内容已经移走", "The address may be wrong, or what stood here has moved");

/// Says that the page does not exist and leads back.
#[component]
pub(crate) fn LostPage() -> impl IntoView {
    let action = || view! { <LinkButton href="/desk">{text("回到工作台", "Back to the desk")}</LinkButton> };
    view! { <EmptyState title=TITLE hint=HINT icon=Glyph::Help action/> }
}
