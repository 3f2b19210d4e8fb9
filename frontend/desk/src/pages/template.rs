//! The returns application as text: looked at, changed, checked, compared, put in force; its releases and its rules.

use domain::Permission;
use leptos::prelude::*;
use parts::meta::use_meta;
use ui::{Glyph, PageHeader, Tab, Tabs, Text, Words, text};

use crate::nav::Place;

mod apply;
mod changes;
mod editor;
mod lines;
mod releases;
mod rules;

/// In the navigation.
pub(crate) const PLACE: Place = Place {
    href: "/desk/template",
    label: text("应用模板", "Template"),
    icon: Glyph::Settings,
    needs: &[Permission::TemplateManage],
    group: None,
};

const TEXT: Text = text("模板文本", "The text");
const RULES: Text = text("规则", "Rules");
const RELEASES: Text = text("发布记录", "Releases");

/// The page.
pub(in crate::pages) fn page() -> AnyView {
    view! { <Template/> }.into_any()
}

#[component]
fn Template() -> impl IntoView {
    let meta = use_meta();
    let shown = RwSignal::new("text".to_owned());
    let desk = editor::Desk::new();
    let title = Words::from(move || meta.with(|view| parts::said::read(&view.title)));
    let tabs = vec![Tab::new("text", TEXT), Tab::new("rules", RULES), Tab::new("releases", RELEASES)];
    // An older release goes into the editor, where it is compared and may be put in force again.
    let on_load = Callback::new(move |old: String| {
        desk.text.set(old);
        desk.forget();
        shown.set("text".to_owned());
    });
    let panel = move || match shown.get().as_str() {
        "rules" => view! { <rules::Rules on_change=move |()| desk.reload()/> }.into_any(),
        "releases" => view! { <releases::Releases on_load/> }.into_any(),
        _ => view! { <editor::Editor desk/> }.into_any(),
    };
    view! {
        <PageHeader title=PLACE.label subtitle=title/>
        <Tabs value=shown tabs=Signal::stored(tabs) label=PLACE.label>{panel}</Tabs>
    }
}
