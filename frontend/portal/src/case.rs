//! One case by its token: what goes on and until when, what the customer is asked for, what happened.

use std::time::Duration;

use contract::portal::{CASE, CASE_TOKEN, PortalCaseView};
use leptos::lazy;
use leptos::prelude::*;
use parts::api::{self, Headers};
use parts::fetch::Fetch;
use ui::{EmptyState, ErrorState, Glyph, LinkButton, Skeleton, Text, clock, locale, text};

use crate::address;

mod answer;
mod keep;
mod label;
mod lines;
mod rating;
mod record;
mod send_back;
mod status;
mod thread;
mod transit;
mod withdraw;

const EXPIRED: Text = text("链接已失效", "This link is over");
const EXPIRED_HINT: Text =
    text("用订单号和手机后四位可以重新打开", "Open it again with the order number and your phone");
/// While the page is open it looks again now and then.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// The case on screen. Copy freely.
#[derive(Clone, Copy)]
struct Case {
    view: Memo<PortalCaseView>,
    fetch: Fetch<PortalCaseView>,
    token: StoredValue<String>,
    /// It was filed a moment ago.
    is_new: bool,
}

impl Case {
    fn headers(self) -> Headers {
        token_header(&self.token.get_value())
    }

    /// A command answered with the case as it is now.
    fn take(self, view: PortalCaseView) {
        self.fetch.set(view);
    }

    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&PortalCaseView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&part))
    }
}

fn token_header(token: &str) -> Headers {
    vec![(CASE_TOKEN, token.to_owned())]
}

fn sheet(case: Case) -> AnyView {
    view! {
        {keep::filed(case)}
        {status::status(case)}
        {answer::answer(case)}
        {rating::rating(case)}
        {send_back::send_back(case)}
        {thread::thread(case)}
        {lines::lines(case)}
        {record::record(case)}
        {keep::keep(case)}
        {withdraw::withdraw(case)}
    }
    .into_any()
}

fn follow(fetch: Fetch<PortalCaseView>) {
    let timer = set_interval_with_handle(move || fetch.reload(), LOOK_AGAIN).ok();
    let back = window_event_listener(leptos::ev::focus, move |_| fetch.reload());
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
        back.remove();
    });
}

/// The page; a part of the app of its own.
#[lazy]
pub(crate) fn case_page(token: String, is_new: bool) -> AnyView {
    let token = StoredValue::new(token);
    let fetch = Fetch::<PortalCaseView>::new(move || {
        let headers = token_header(&token.get_value());
        async move {
            let view: PortalCaseView = api::read_as(&CASE, headers).await?;
            clock::set_server_now(view.now.ms());
            locale::set_zone(view.offset_minutes);
            Ok(view)
        }
    });
    follow(fetch);
    let there = fetch.is_there();
    let body = move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
            return sheet(Case { view, fetch, token, is_new });
        }
        match fetch.problem().get() {
            Some(problem) if problem.status == 401 || problem.is_missing() => {
                let action = || view! { <LinkButton href=address::start("", "")>{text("重新查找", "Find it again")}</LinkButton> };
                view! { <EmptyState title=EXPIRED hint=EXPIRED_HINT icon=Glyph::Lock action/> }.into_any()
            }
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    };
    view! { {body} }.into_any()
}
