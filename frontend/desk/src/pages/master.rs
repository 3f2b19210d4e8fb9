//! Master data: one address per list, all of them by the pattern in `rows`.

use domain::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use parts::session::use_session;
use ui::{EmptyState, Glyph, Icon, PageHeader, Text, text};

use crate::nav::Place;

mod calendars;
mod canned_answers;
mod clocks;
mod grades;
mod guns;
mod limits;
mod lists;
mod places;
mod portals;
mod reasons;
mod shops;
mod skus;
mod stations;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/master",
    label: text("基础数据", "Master data"),
    icon: Glyph::Layers,
    needs: &[Permission::MasterEdit],
    group: Some(text("管理", "Manage")),
};

const LOST: Text = text("没有这个列表", "There is no such list");

/// One list: its address, name, what it is for, picture, page.
struct List {
    key: &'static str,
    title: Text,
    hint: Text,
    icon: Glyph,
    draw: fn() -> AnyView,
}

/// A heading and its lists.
struct Group {
    title: Text,
    lists: &'static [&'static List],
}

const GROUPS: &[Group] = &[
    Group {
        title: text("店铺与地点", "Shops and places"),
        lists: &[
            &shops::SHOPS,
            &portals::PORTALS,
            &places::WAREHOUSES,
            &calendars::CALENDARS,
            &places::TEAMS,
            &stations::STATIONS,
        ],
    },
    Group { title: text("合作方", "Partners"), lists: &[&places::CARRIERS, &places::SUPPLIERS] },
    Group {
        title: text("退换口径", "How returns are judged"),
        lists: &[
            &reasons::REASONS,
            &reasons::MAPS,
            &grades::GRADES,
            &clocks::LIST,
            &canned_answers::CANNED,
            &lists::TAGS,
            &lists::BLOCKED,
        ],
    },
    Group { title: text("商品与币种", "Articles and currencies"), lists: &[&skus::SKUS, &lists::RATES] },
    Group { title: text("仓库现场", "On the floor"), lists: &[&guns::GUNS, &limits::LIMITS] },
];

/// `/desk/master`, `/desk/master/{list}` and the poster of a shop's portal.
pub(super) fn overview() -> AnyView {
    let params = use_params_map();
    let key = Memo::new(move |_| params.with(|params| params.get("list")).unwrap_or_default());
    let shop = Memo::new(move |_| params.with(|params| params.get("shop")));
    (move || page(&key.get(), shop.get().as_deref())).into_any()
}

fn page(key: &str, shop: Option<&str>) -> AnyView {
    if !use_session().may(Permission::MasterEdit) {
        let hint = text("需要“维护基础数据”权限", "This needs the right to edit master data");
        return view! { <EmptyState title=text("没有权限", "Not allowed") hint icon=Glyph::Lock/> }.into_any();
    }
    if let Some(shop) = shop {
        return portals::poster::page(shop);
    }
    if key.is_empty() {
        return index();
    }
    let found = GROUPS.iter().flat_map(|group| group.lists).find(|list| list.key == key);
    match found {
        Some(list) => (list.draw)(),
        None => view! { <EmptyState title=LOST icon=Glyph::Search/> }.into_any(),
    }
}

fn index() -> AnyView {
    let entry = |list: &'static List| {
        view! {
            <li>
                <a class="master__entry" href=format!("/desk/master/{}", list.key)>
                    <Icon glyph=list.icon/>
                    <span class="master__words">
                        <span class="u-strong">{list.title}</span>
                        <span class="u-soft u-small">{list.hint}</span>
                    </span>
                </a>
            </li>
        }
    };
    let group = |group: &'static Group| {
        let entries = group.lists.iter().map(|list| entry(list)).collect_view();
        view! {
            <section class="u-stack-8">
                <h2 class="master__heading">{group.title}</h2>
                <ul class="master__entries">{entries}</ul>
            </section>
        }
    };
    view! {
        <PageHeader title=PLACE.label/>
        <div class="u-stack-24" data-test="master">{GROUPS.iter().map(group).collect_view()}</div>
    }
    .into_any()
}
