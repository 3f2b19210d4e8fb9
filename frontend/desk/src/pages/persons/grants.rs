//! Roles with where they hold: shown, and chosen.

use std::str::FromStr;

use contract::person::{LIST_ROLES, RoleGrant, RoleView};
use domain::Permission;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::{Meta, use_meta};
use parts::said::{read, said};
use parts::words::Spoken;
use ui::{Choice, Field, Glyph, Select, State, StateChip, Text, Words, text};

const EVERY_SHOP: Text = text("全部店铺", "All shops");
const EVERY_WAREHOUSE: Text = text("全部仓库", "All warehouses");

/// The roles of the template in force. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Roles {
    all: Fetch<Vec<RoleView>>,
    meta: Meta,
}

impl Roles {
    pub(super) fn ask() -> Self {
        Self { all: Fetch::new(|| api::read(&LIST_ROLES, &[])), meta: use_meta() }
    }

    fn title(self, id: &str) -> String {
        let known = self.all.with(|all| all?.iter().find(|role| role.id == id).map(|role| read(&role.title)));
        // A role that the template in force no longer has is known by its id alone.
        known.unwrap_or_else(|| id.to_owned())
    }

    /// A role and where it holds, in words.
    pub(super) fn words(self, grant: &RoleGrant) -> Words {
        let grant = grant.clone();
        Words::from(move || {
            let shop = grant.shop_id.map(|id| read(&self.meta.shop(id)));
            let warehouse = grant.warehouse_id.and_then(|id| {
                self.meta.with(|view| view.warehouses.iter().find(|row| row.id == id).map(|row| read(&row.title)))
            });
            std::iter::once(self.title(&grant.role)).chain(shop).chain(warehouse).collect::<Vec<_>>().join(" · ")
        })
    }

    /// Roles as chips.
    pub(super) fn chips(self, grants: &[RoleGrant]) -> AnyView {
        let chip =
            |grant: &RoleGrant| view! { <StateChip state=State::Paused label=self.words(grant) icon=Glyph::Lock/> };
        view! { <span class="persons__roles">{grants.iter().map(chip).collect_view()}</span> }.into_any()
    }

    fn choices(self) -> Vec<Choice> {
        let choice = |role: &RoleView| Choice::new(role.id.clone(), said(&role.title));
        self.all.with(|all| all.map(|all| all.iter().map(choice).collect()).unwrap_or_default())
    }

    fn permissions(self, id: &str) -> Vec<Permission> {
        self.all
            .with(|all| all?.iter().find(|role| role.id == id).map(|role| role.permissions.clone()))
            .unwrap_or_default()
    }
}

/// A role being chosen. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    role: RwSignal<String>,
    shop: RwSignal<String>,
    warehouse: RwSignal<String>,
}

impl Chosen {
    pub(super) fn new() -> Self {
        Self { role: RwSignal::default(), shop: RwSignal::default(), warehouse: RwSignal::default() }
    }

    /// What was chosen; nothing without a role.
    pub(super) fn get(self) -> Option<RoleGrant> {
        fn id<T: FromStr>(text: RwSignal<String>) -> Option<T> {
            text.with_untracked(|text| text.parse().ok())
        }
        let role = self.role.get_untracked();
        (!role.is_empty()).then(|| RoleGrant { role, shop_id: id(self.shop), warehouse_id: id(self.warehouse) })
    }

    pub(super) fn clear(self) {
        for signal in [self.role, self.shop, self.warehouse] {
            signal.try_set(String::new());
        }
    }

    /// Whether a role is chosen.
    pub(super) fn is_set(self) -> bool {
        self.role.with(|role| !role.is_empty())
    }
}

/// A role, and where it is to hold.
#[component]
pub(super) fn GrantForm(roles: Roles, chosen: Chosen) -> impl IntoView {
    let meta = roles.meta;
    let role_choices = Signal::derive(move || roles.choices());
    let shops = Signal::derive(move || meta.shop_choices());
    let warehouses = Signal::derive(move || {
        meta.with(|view| view.warehouses.iter().map(|row| Choice::new(row.id.to_string(), said(&row.title))).collect())
    });
    let rights = move || {
        let all = chosen.role.with(|role| roles.permissions(role));
        let words: Vec<&str> = all.iter().map(|permission| permission.text().get()).collect();
        (!words.is_empty()).then(|| words.join(" · "))
    };
    view! {
        <div class="roll__pair" data-test="grant">
            <Field label=text("角色", "Role")>
                <Select value=chosen.role options=role_choices placeholder=text("请选择", "Choose")/>
            </Field>
            <Field label=text("店铺范围", "In which shop")>
                <Select value=chosen.shop options=shops placeholder=EVERY_SHOP/>
            </Field>
            <Field label=text("仓库范围", "In which warehouse")>
                <Select value=chosen.warehouse options=warehouses placeholder=EVERY_WAREHOUSE/>
            </Field>
        </div>
        <p class="u-soft u-small">{rights}</p>
    }
}
