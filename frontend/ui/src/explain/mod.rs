//! "Why?": the reasons behind a number, a task or a refusal, one press away.

use leptos::prelude::*;

use crate::{
    icon::Glyph,
    locale::{Words, vocabulary as say},
    popover::{Popover, Trigger},
};

/// A quiet "why" that opens the reasons.
#[component]
pub fn Explain(
    /// What it asks; default "why".
    #[prop(optional, into)]
    label: Option<Words>,
    /// The reasons; built when opened.
    children: ChildrenFn,
) -> impl IntoView {
    let label = label.unwrap_or_else(|| say::WHY.into());
    let children = StoredValue::new(children);
    view! {
        <Popover label icon=Some(Glyph::Help) trigger=Trigger::Words>
            <div class="ui-explain">{children.with_value(|children| children())}</div>
        </Popover>
    }
    .into_any()
}
