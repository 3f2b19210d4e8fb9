//! The language chosen in the top bar becomes the person's own: refusals and messages come in it too.

use contract::session::{CHANGE_LANGUAGE, ChangeLanguage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::said::domain_lang;
use parts::session::Session;
use ui::locale::lang;

/// Tells the server whenever the reader switches.
pub(super) fn keep(session: Session) {
    Effect::new(move |before: Option<domain::Lang>| {
        let chosen = domain_lang(lang());
        if before.is_some_and(|before| before != chosen) && untrack(|| session.is_open()) {
            spawn_local(async move {
                // Words that stay in the other language until the next sign-in are no reason to disturb anybody.
                let _ = api::send::<(), _>(&CHANGE_LANGUAGE, &[], &ChangeLanguage { lang: chosen }, Key::new()).await;
            });
        }
        chosen
    });
}
