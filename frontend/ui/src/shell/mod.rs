//! The frame around every page: navigation, top bar, content. On a phone the navigation becomes tabs below and a drawer.

use leptos::{children::ViewFn, prelude::*};

use crate::{
    badge::Badge,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    modal::{ModalKind, ModalParts, modal},
    state_chip::State,
};

/// How many places the tabs of a phone offer before "more".
const TABS: usize = 4;

/// A place to go.
#[derive(Clone)]
pub struct NavItem {
    href: String,
    label: Words,
    icon: Glyph,
    count: Signal<i64>,
    group: Words,
}

impl NavItem {
    /// A place, its name and its picture.
    pub fn new(href: impl Into<String>, label: impl Into<Words>, icon: Glyph) -> Self {
        Self { href: href.into(), label: label.into(), icon, count: Signal::stored(0), group: Words::default() }
    }

    /// How much waits there.
    #[must_use]
    pub fn count(mut self, count: impl Into<Signal<i64>>) -> Self {
        self.count = count.into();
        self
    }

    /// Starts a group with this heading.
    #[must_use]
    pub fn group(mut self, heading: impl Into<Words>) -> Self {
        self.group = heading.into();
        self
    }
}

/// Whether `path` is the place or below it.
fn is_at(href: &str, path: &str) -> bool {
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']) || href.ends_with('/'))
}

/// The most exact place for a path, so that `/desk` does not light up on `/desk/orders`.
fn best<'a>(hrefs: impl Iterator<Item = &'a str>, path: &str) -> Option<&'a str> {
    hrefs.filter(|href| is_at(href, path)).max_by_key(|href| href.len())
}

fn link(item: NavItem, current: Memo<Option<String>>) -> impl IntoView {
    let heading =
        (!matches!(item.group, Words::Fixed(""))).then(|| view! { <li class="ui-nav__group">{item.group}</li> });
    let href = item.href.clone();
    view! {
        {heading}
        <li>
            <a
                class="ui-nav__link"
                href=item.href
                aria-current=move || current.with(|at| at.as_deref() == Some(&href)).then_some("page")
            >
                <Icon glyph=item.icon/>
                <span class="ui-nav__label">{item.label}</span>
                <Badge count=item.count state=State::Waiting/>
            </a>
        </li>
    }
}

/// Navigation left (200 px), top bar with slots, content. The content scrolls; bars stay.
#[component]
pub fn Shell(
    /// The product's name or mark, top left.
    #[prop(into)]
    brand: ViewFn,
    /// Places to go; the first four are the tabs of a phone.
    #[prop(into)]
    nav: Signal<Vec<NavItem>>,
    /// Path of the page shown.
    #[prop(into)]
    path: Signal<String>,
    /// Middle of the top bar: the search.
    #[prop(optional, into)]
    search: ViewFn,
    /// Right of the top bar: language, appearance, the person.
    #[prop(optional, into)]
    tools: ViewFn,
    /// The page.
    children: Children,
) -> impl IntoView {
    let drawer = RwSignal::new(false);
    let current = Memo::new(move |_| {
        nav.with(|nav| path.with(|path| best(nav.iter().map(|item| item.href.as_str()), path).map(str::to_owned)))
    });
    // Going somewhere closes the drawer.
    Effect::new(move |_| {
        path.track();
        drawer.set(false);
    });
    let links = move || nav.get().into_iter().map(|item| link(item, current)).collect_view();
    let tabs = move || {
        nav.get()
            .into_iter()
            .take(TABS)
            .map(|item| link(NavItem { group: Words::default(), ..item }, current))
            .collect_view()
    };
    let drawer_brand = brand.clone();
    view! {
        <a class="ui-shell__skip" href="#content">{say::SKIP_TO_CONTENT}</a>
        <div class="ui-shell">
            <nav class="ui-shell__nav" aria-label=move || say::MENU.get()>
                <div class="ui-shell__brand">{brand.run()}</div>
                <ul class="ui-nav">{links}</ul>
            </nav>
            <header class="ui-shell__top">
                <div class="ui-shell__brand ui-shell__brand--top">{drawer_brand.run()}</div>
                <div class="ui-shell__search">{search.run()}</div>
                <div class="ui-shell__tools">{tools.run()}</div>
            </header>
            <main class="ui-shell__main" id="content" tabindex="-1">{children()}</main>
            <nav class="ui-shell__tabs" aria-label=move || say::MENU.get()>
                <ul class="ui-nav ui-nav--tabs">
                    {tabs}
                    <li>
                        <button
                            type="button"
                            class="ui-nav__link"
                            aria-expanded=move || drawer.get().to_string()
                            on:click=move |_| drawer.set(true)
                        >
                            <Icon glyph=Glyph::Menu/>
                            <span class="ui-nav__label">{say::MORE}</span>
                        </button>
                    </li>
                </ul>
            </nav>
            {modal(ModalParts {
                open: drawer.into(),
                title: say::MENU.into(),
                kind: ModalKind::Nav,
                footer: None,
                body: std::sync::Arc::new(move || view! { <ul class="ui-nav">{links}</ul> }.into_any()),
            })}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_exact_place_is_current() {
        let places = ["/desk", "/desk/orders", "/desk/orders/imports"];
        let at = |path| best(places.into_iter(), path);
        assert_eq!(at("/desk"), Some("/desk"));
        assert_eq!(at("/desk/orders/7"), Some("/desk/orders"));
        assert_eq!(at("/desk/orders?after=7"), Some("/desk/orders"));
        assert_eq!(at("/desk/orders/imports/1"), Some("/desk/orders/imports"));
        assert_eq!(at("/desk/ordersheet"), Some("/desk"));
        assert_eq!(at("/deskly"), None);
    }
}
