//! Who is signed in, and what they may do: so that pages offer only what will not be refused.

use std::sync::LazyLock;

use contract::session::{CallerView, WHO_AM_I};
use domain::{Permission, PersonId};
use leptos::prelude::*;
use ui::locale::{Lang, set_lang};

use crate::api::{self, Problem};
use crate::live;

static LOST: LazyLock<ArcRwSignal<bool>> = LazyLock::new(|| ArcRwSignal::new(false));

/// The session ended while its page is open; the page may hold work and stays.
pub fn is_lost() -> bool {
    LOST.get()
}

pub(crate) fn note_lost() {
    LOST.set(true);
}

/// Whoever is signed in on this page.
#[derive(Clone, Copy)]
pub struct Session {
    caller: RwSignal<Option<CallerView>>,
}

/// The session of this page.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Nobody yet; pages find it through [`use_session`].
    pub fn provide() -> Self {
        let session = Self { caller: RwSignal::new(None) };
        provide_context(session);
        session
    }

    /// Asks the server who is signed in.
    ///
    /// # Errors
    /// 401 when nobody is.
    pub async fn ask(self) -> Result<(), Problem> {
        self.begin(api::read::<CallerView>(&WHO_AM_I, &[]).await?);
        Ok(())
    }

    /// Somebody signed in.
    pub fn begin(self, caller: CallerView) {
        if let Some(own) = &caller.session {
            api::set_csrf_token(&own.csrf_token);
        }
        set_lang(match caller.lang {
            domain::Lang::Zh => Lang::Zh,
            domain::Lang::En => Lang::En,
        });
        self.caller.set(Some(caller));
        LOST.set(false);
        live::start();
    }

    /// Nobody is signed in any more.
    pub fn end(self) {
        live::stop();
        api::set_csrf_token("");
        LOST.set(false);
        self.caller.set(None);
    }

    /// Whether somebody is signed in.
    pub fn is_open(self) -> bool {
        self.caller.with(Option::is_some)
    }

    /// Who, with all they may do.
    pub fn caller(self) -> Option<CallerView> {
        self.caller.get()
    }

    /// Their name.
    pub fn name(self) -> Signal<String> {
        Signal::derive(move || {
            self.caller.with(|caller| caller.as_ref().map(|caller| caller.name.clone()).unwrap_or_default())
        })
    }

    /// Their id, when it is a person.
    pub fn person(self) -> Option<PersonId> {
        self.caller.with(|caller| caller.as_ref()?.id.parse().ok())
    }

    /// Whether some role allows it somewhere.
    pub fn may(self, permission: Permission) -> bool {
        self.caller.with(|caller| caller.as_ref().is_some_and(|caller| caller.permissions.contains(&permission)))
    }

    /// Whether some role allows one of these somewhere; an empty list is for everybody.
    pub fn may_one_of(self, some: &[Permission]) -> bool {
        some.is_empty() || some.iter().any(|permission| self.may(*permission))
    }
}
