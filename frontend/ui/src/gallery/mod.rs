//! Every component in every state, in the reader's language and appearance. Staff rarely see it; builders live in it.

use leptos::prelude::*;

use crate::{
    Button, ButtonKind, LangSwitch, NavItem, PageHeader, Shell, State, StateChip, ThemeSwitch,
    icon::Glyph,
    locale::{Text, text},
};

mod actions;
mod boards;
mod data;
mod display;
mod inputs;
mod overlays;
mod tables;

/// Anchor, name and picture of each part of the gallery.
const PARTS: [(&str, Text, Glyph); 7] = [
    ("actions", text("操作", "Actions"), Glyph::Play),
    ("inputs", text("输入", "Inputs"), Glyph::Edit),
    ("tables", text("表格", "Tables"), Glyph::List),
    ("display", text("展示", "Display"), Glyph::Eye),
    ("boards", text("看板", "Boards"), Glyph::Chart),
    ("overlays", text("浮层", "Overlays"), Glyph::Layers),
    ("icons", text("图标", "Icons"), Glyph::Grid),
];

/// A named example.
#[component]
pub(crate) fn Specimen(#[prop(into)] name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="ui-specimen">
            <h3 class="ui-specimen__name">{name}</h3>
            <div class="ui-specimen__body">{children()}</div>
        </section>
    }
    .into_any()
}

fn part(index: usize, content: AnyView) -> impl IntoView {
    let (anchor, name, _) = PARTS[index];
    view! {
        <section class="u-stack" id=anchor translate="no">
            <h2>{name}</h2>
            {content}
        </section>
    }
}

fn icons() -> AnyView {
    let tile = |glyph: Glyph| {
        view! { <li class="ui-specimen__icon"><crate::Icon glyph/><span>{format!("{glyph:?}")}</span></li> }
    };
    view! { <ul class="ui-specimen__icons">{Glyph::all().map(tile).collect_view()}</ul> }.into_any()
}

fn content() -> AnyView {
    view! {
        <PageHeader
            title=text("组件", "Components")
            back="#actions"
            chips=|| view! { <StateChip state=State::Waiting axis=text("单据", "Case") label=text("审批中", "In review")/> <StateChip state=State::Paused axis=text("物品", "Goods") label=text("未寄回", "Not sent")/> }
            actions=|| view! { <Button>{text("打印", "Print")}</Button> <Button kind=ButtonKind::Primary>{text("同意", "Agree")}</Button> }
            subtitle=text("每个组件的每种状态；语言和外观在右上角切换。", "Every component in every state; switch language and appearance at the top right.")
        />
        {part(0, actions::content())}
        {part(1, inputs::content())}
        {part(2, tables::content())}
        {part(3, display::content())}
        {part(4, boards::content())}
        {part(5, overlays::content())}
        {part(6, icons())}
    }
    .into_any()
}

/// The gallery. `framed` puts it into a `Shell` of its own with a `ToastHost`, else it is the content of a page.
#[component]
pub fn Gallery(
    /// With its own navigation and top bar.
    #[prop(optional)]
    framed: bool,
) -> impl IntoView {
    if !framed {
        return view! { <div class="u-stack-24">{content()}</div> }.into_any();
    }
    let nav: Vec<NavItem> = PARTS
        .iter()
        .map(|(anchor, name, icon)| NavItem::new(format!("#{anchor}"), *name, *icon))
        .enumerate()
        .map(|(at, item)| match at {
            0 => item.count(Signal::stored(12)),
            3 => item.group(text("组合", "Compositions")),
            _ => item,
        })
        .collect();
    let query = RwSignal::new(String::new());
    view! {
        <Shell
            brand=|| view! { <crate::Icon glyph=Glyph::Layers/><span>{text("组件库", "Gallery")}</span> }
            nav=Signal::stored(nav)
            path=Signal::stored("#actions".to_owned())
            search=move || view! { <crate::SearchBox value=query keys="⌘K" placeholder=text("搜索组件", "Search components")/> }
            tools=|| view! { <LangSwitch/><ThemeSwitch/> }
        >
            {content()}
        </Shell>
        <crate::ToastHost/>
    }
    .into_any()
}
