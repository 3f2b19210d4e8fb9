//! Names that every page needs: shops, stages, reasons and so on, as the template in force and the master data have them.

use contract::filing::ReasonView;
use contract::template::{META, MetaView, StageView};
use domain::{ShopId, Text};
use leptos::prelude::*;
use ui::{Choice, clock, locale};

use crate::api::{self, Problem};
use crate::said::said;

/// The names of this page.
#[derive(Clone, Copy)]
pub struct Meta {
    view: RwSignal<Option<MetaView>>,
}

/// The names, where a page stands inside the frame that fetched them.
pub fn use_meta() -> Meta {
    expect_context()
}

impl Meta {
    /// Nothing yet; pages find it through [`use_meta`].
    pub fn provide() -> Self {
        let meta = Self { view: RwSignal::new(None) };
        provide_context(meta);
        meta
    }

    /// Fetches the names; times are shown in the first shop's zone from now on.
    ///
    /// # Errors
    /// What the server says.
    pub async fn ask(self) -> Result<(), Problem> {
        let view: MetaView = api::read(&META, &[]).await?;
        clock::set_server_now(view.now.ms());
        if let Some(shop) = view.shops.first() {
            locale::set_zone(shop.offset_minutes);
        }
        self.view.try_set(Some(view));
        Ok(())
    }

    /// Whether the names have come.
    pub fn is_there(self) -> bool {
        self.view.with(Option::is_some)
    }

    /// Looks at the names; `R`'s default until they have come.
    pub fn with<R: Default>(self, look: impl FnOnce(&MetaView) -> R) -> R {
        self.view.with(|view| view.as_ref().map(look).unwrap_or_default())
    }

    /// A shop's name.
    pub fn shop(self, id: ShopId) -> Text {
        self.with(|view| {
            view.shops.iter().find(|shop| shop.id == id).map(|shop| shop.title.clone()).unwrap_or_default()
        })
    }

    /// Shops to choose from.
    pub fn shop_choices(self) -> Vec<Choice> {
        self.with(|view| view.shops.iter().map(|shop| Choice::new(shop.id.to_string(), said(&shop.title))).collect())
    }

    /// Whether there is more than one shop, so that it is worth saying which.
    pub fn has_many_shops(self) -> bool {
        self.with(|view| view.shops.len() > 1)
    }

    /// A stage's name; empty when the template in force has none such.
    pub fn stage(self, id: &str) -> Text {
        self.with(|view| named(&view.stages, id))
    }

    /// Stages to choose from.
    pub fn stage_choices(self) -> Vec<Choice> {
        self.with(|view| choices(&view.stages))
    }

    /// A reason's name with the one above it; `None` when it is no code of a reason.
    pub fn reason(self, code: &str) -> Option<Text> {
        self.with(|view| find_reason(&view.reasons, code))
    }
}

fn named(all: &[StageView], id: &str) -> Text {
    all.iter().find(|one| one.id == id).map(|one| one.title.clone()).unwrap_or_default()
}

fn choices(all: &[StageView]) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(one.id.clone(), said(&one.title))).collect()
}

fn find_reason(reasons: &[ReasonView], code: &str) -> Option<Text> {
    reasons.iter().find_map(|reason| {
        if reason.code == code {
            return Some(reason.title.clone());
        }
        let child = find_reason(&reason.children, code)?;
        let join =
            |above: &str, below: &str| if above.is_empty() { below.to_owned() } else { format!("{above} › {below}") };
        Some(Text::new(join(&reason.title.zh, &child.zh), join(&reason.title.en, &child.en)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_named_with_what_stands_above_it() {
        let leaf = |code: &str| ReasonView {
            code: code.to_owned(),
            title: Text::new("子", "leaf"),
            evidence: false,
            kinds: Vec::new(),
            children: Vec::new(),
        };
        let tree = [ReasonView {
            code: "top".to_owned(),
            title: Text::new("父", "top"),
            evidence: false,
            kinds: Vec::new(),
            children: vec![leaf("a"), leaf("b")],
        }];
        assert_eq!(find_reason(&tree, "b"), Some(Text::new("父 › 子", "top › leaf")));
        assert_eq!(find_reason(&tree, "top"), Some(Text::new("父", "top")));
        assert_eq!(find_reason(&tree, "c"), None);
    }
}
