//! Copies are read by opening them, or all at once.

use contract::inbox::{READ_COPIES, ReadCopiesRequest};
use domain::CopyId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use ui::{Button, Glyph, State, text, toast};

use super::Inbox;
use super::line::Line;

/// A row was opened: when it is a copy nobody has read, it is read now.
pub(super) fn opened(inbox: Inbox, line: &Line) {
    if let Some(copy) = line.copy.as_ref().filter(|copy| !copy.read) {
        read(inbox, Some(copy.id));
    }
}

fn read(inbox: Inbox, copy: Option<CopyId>) {
    spawn_local(async move {
        match api::send::<(), _>(&READ_COPIES, &[], &ReadCopiesRequest { copy }, Key::new()).await {
            Ok(()) => {
                inbox.items.reload();
                inbox.count.reload();
            }
            Err(problem) => toast(State::Bad, problem.words_in_full()),
        }
    });
}

/// Marks all copies as read.
#[component]
pub(super) fn ReadAll(inbox: Inbox) -> impl IntoView {
    let unread = Signal::derive(move || inbox.count.with(|count| count.as_ref().map_or(0, |count| count.copies)));
    let button = move || {
        (unread.get() > 0).then(|| {
            view! {
                <Button icon=Glyph::Check on_click=move |()| read(inbox, None) attr:data-test="read-all">
                    {text("全部标为已读", "Mark all as read")}
                </Button>
            }
        })
    };
    view! { <div class="inbox__tools">{button}</div> }
}
