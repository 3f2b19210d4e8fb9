//! What a list is narrowed to, kept in its page's address: shared by a link, kept by "back".

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use parts::api;
use serde::Serialize;
use ui::Bind;

use crate::go::Go;

/// What an address may ask for.
pub(crate) trait Query: Clone + Default + PartialEq + Serialize + Send + Sync + 'static {
    /// Where the list is, such as `/desk/rmas`.
    const PAGE: &'static str;

    /// Reads the address; `text` gives what it says under a name, never an empty text. Strange values are left out.
    fn read(text: impl Fn(&str) -> Option<String>) -> Self;
}

/// The query of the address. Copy freely.
pub(crate) struct Asked<Q: Query> {
    query: Memo<Q>,
    go: Go,
}

impl<Q: Query> Clone for Asked<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Query> Copy for Asked<Q> {}

impl<Q: Query> Asked<Q> {
    pub(crate) fn of_address(go: Go) -> Self {
        let map = use_query_map();
        let read = move || map.with(|map| Q::read(|name| map.get(name).filter(|value| !value.is_empty())));
        Self { query: Memo::new(move |_| read()), go }
    }

    pub(crate) fn get(self) -> Q {
        self.query.get()
    }

    pub(crate) fn is_set(self) -> bool {
        self.query.with(|query| *query != Q::default())
    }

    /// Goes to the list narrowed so.
    pub(crate) fn set(self, query: &Q) {
        self.go.replace(&format!("{}{}", Q::PAGE, api::query(query)));
    }

    /// Changes one thing of it.
    pub(crate) fn change(self, change: impl FnOnce(&mut Q)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.set(&query);
    }

    /// One thing of it as an input shows and changes it; an empty text is none.
    pub(crate) fn bind(
        self,
        get: impl Fn(&Q) -> Option<String> + Send + Sync + 'static,
        set: impl Fn(&mut Q, Option<String>) + Send + Sync + 'static,
    ) -> Bind<String> {
        Bind::new(
            move || get(&self.get()).unwrap_or_default(),
            move |value: String| self.change(|query| set(query, Some(value).filter(|value| !value.is_empty()))),
        )
    }
}
