//! Which warehouse this browser stands in: chosen once and kept.

use domain::WarehouseId;
use leptos::prelude::*;
use parts::meta::{Meta, use_meta};
use parts::said::said;
use ui::{Bind, Choice, Select, Text, text};

const LABEL: Text = text("仓库", "Warehouse");
const KEPT: &str = "desk.warehouse";

/// The warehouse of this browser. Copy freely.
#[derive(Clone, Copy)]
pub(crate) struct Here {
    meta: Meta,
    chosen: RwSignal<Option<WarehouseId>>,
}

impl Here {
    pub(crate) fn of_browser() -> Self {
        let storage = window().local_storage().ok().flatten();
        let kept = storage.and_then(|storage| storage.get_item(KEPT).ok().flatten());
        Self { meta: use_meta(), chosen: RwSignal::new(kept.and_then(|kept| kept.parse().ok())) }
    }

    /// The chosen one, or the first one there is.
    pub(crate) fn get(self) -> Option<WarehouseId> {
        let chosen = self.chosen.get();
        self.meta.with(|view| {
            let known = view.warehouses.iter().map(|one| one.id);
            known.clone().find(|id| Some(*id) == chosen).or_else(|| known.clone().next())
        })
    }

    fn set(self, id: Option<WarehouseId>) {
        self.chosen.set(id);
        if let (Some(id), Ok(Some(storage))) = (id, window().local_storage()) {
            // Refused in private windows: then it is chosen again next time.
            let _ = storage.set_item(KEPT, &id.to_string());
        }
    }
}

/// The choice; nothing when there is only one.
pub(crate) fn choice(here: Here) -> AnyView {
    let value = Bind::new(
        move || here.get().map(|id| id.to_string()).unwrap_or_default(),
        move |id: String| here.set(id.parse().ok()),
    );
    let options = Signal::derive(move || {
        here.meta.with(|view| {
            let all = view.warehouses.iter();
            all.map(|one| Choice::new(one.id.to_string(), said(&one.title))).collect::<Vec<_>>()
        })
    });
    let shown = move || {
        let many = options.with(|options| options.len() > 1);
        many.then(|| view! { <div data-test="warehouse"><Select value options label=LABEL/></div> })
    };
    view! { {shown} }.into_any()
}
