//! What an address shows that is not for the reader's role: whose it is not, and where they may go instead.

use leptos::prelude::*;
use parts::said::read;
use parts::session::{Session, use_session};
use ui::{EmptyState, Glyph, Icon, Text, Words, say, text};

use crate::nav;

const TITLE: Text = text("这个页面不属于您的岗位", "This page is not part of your role");
const LABEL: Text = text("您可以打开的页面", "Pages you can open");

/// The roles of whoever is signed in, each once.
fn roles(session: Session) -> String {
    let mut titles: Vec<String> = Vec::new();
    for grant in session.caller().map(|caller| caller.grants).unwrap_or_default() {
        let title = read(&grant.title);
        if !title.is_empty() && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles.join(&say!("、", ", "))
}

/// The page in place of one that the reader may not open.
#[component]
pub(super) fn ClosedPage() -> impl IntoView {
    let session = use_session();
    let hint = Words::from(move || {
        let roles = roles(session);
        if roles.is_empty() {
            say!("需要的话请找管理员开通。您可以打开：", "If you need it, ask an administrator. You can open:")
        } else {
            say!(
                "您的岗位是{roles}。需要的话请找管理员开通。您可以打开：",
                "Your role: {roles}. If you need this page, ask an administrator. You can open:"
            )
        }
    });
    let ways = move || {
        let way = |(href, label, icon): (&'static str, Words, Glyph)| {
            view! { <li><a class="ui-button" href=href><Icon glyph=icon/><span>{label}</span></a></li> }
        };
        let own = nav::commands(session).into_iter().map(way).collect_view();
        view! { <ul class="frame__ways" aria-label=move || LABEL.get()>{own}</ul> }
    };
    view! {
        <div class="frame__closed" data-test="closed-page">
            <EmptyState title=TITLE hint icon=Glyph::Lock action=ways/>
        </div>
    }
}
