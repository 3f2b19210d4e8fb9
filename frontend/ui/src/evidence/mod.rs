//! Pictures, videos and files that prove something: small ones in a row, large ones in a lightbox.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    browser,
    button::{IconButton, LinkButton},
    empty_state::EmptyState,
    icon::{Glyph, Icon},
    locale::{Words, vocabulary as say},
    modal::{ModalKind, ModalParts, modal},
};

/// What a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A picture.
    Image,
    /// A video.
    Video,
    /// Anything else; offered as a download.
    File,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// Address of the whole thing.
    pub url: String,
    /// Address of a small picture of it; the whole picture when empty.
    pub thumbnail_url: String,
    /// What a person reads below it and hears instead of it.
    pub name: String,
}

impl Evidence {
    /// A picture with its small version.
    pub fn image(url: impl Into<String>, thumbnail_url: impl Into<String>, name: impl Into<String>) -> Self {
        Self { kind: EvidenceKind::Image, url: url.into(), thumbnail_url: thumbnail_url.into(), name: name.into() }
    }

    fn glyph(&self) -> Glyph {
        match self.kind {
            EvidenceKind::Image => Glyph::Image,
            EvidenceKind::Video => Glyph::Play,
            EvidenceKind::File => Glyph::File,
        }
    }

    fn small_picture(&self) -> Option<String> {
        if !self.thumbnail_url.is_empty() {
            Some(self.thumbnail_url.clone())
        } else if self.kind == EvidenceKind::Image {
            Some(self.url.clone())
        } else {
            None
        }
    }
}

fn tile(index: usize, item: &Evidence, show: Callback<usize>) -> impl IntoView + use<> {
    let broken = RwSignal::new(false);
    let (name, glyph, picture, url) = (item.name.clone(), item.glyph(), item.small_picture(), item.url.clone());
    let is_video = item.kind == EvidenceKind::Video;
    let alt = name.clone();
    let face = move || {
        match picture.clone().filter(|_| !broken.get()) {
        Some(src) => view! {
            <img class="ui-evidence__picture" src=src alt=alt.clone() loading="lazy" on:error=move |_| broken.set(true)/>
            {is_video.then(|| view! { <span class="ui-evidence__play"><Icon glyph=Glyph::Play/></span> })}
        }
        .into_any(),
        None => view! {
            <span class="ui-evidence__face"><Icon glyph/><span class="ui-evidence__name">{alt.clone()}</span></span>
        }
        .into_any(),
    }
    };
    let inner = if item.kind == EvidenceKind::File {
        view! { <a class="ui-evidence__tile" href=url download=name title=item.name.clone()>{face}</a> }.into_any()
    } else {
        let label = name.clone();
        view! {
            <button
                type="button"
                class="ui-evidence__tile"
                title=name
                aria-label=move || format!("{} {}", say::ZOOM.get(), label)
                on:click=move |_| show.run(index)
            >
                {face}
            </button>
        }
        .into_any()
    };
    view! { <li>{inner}</li> }
}

fn large(item: Evidence) -> AnyView {
    match item.kind {
        EvidenceKind::Video => {
            view! { <video class="ui-lightbox__media" src=item.url controls=true></video> }.into_any()
        }
        _ => view! { <img class="ui-lightbox__media" src=item.url alt=item.name/> }.into_any(),
    }
}

/// Small pictures in a row; a press opens a lightbox that arrows walk through.
#[component]
pub fn EvidenceGallery(
    /// What is shown.
    #[prop(into)]
    items: Signal<Vec<Evidence>>,
    /// Words when there is none.
    #[prop(optional, into)]
    empty: Option<Words>,
) -> impl IntoView {
    let shown = RwSignal::new(None::<usize>);
    let current = Memo::new(move |_| shown.get().and_then(|at| items.with(|items| items.get(at).cloned())));
    let open = crate::bind::Bind::new(
        move || shown.get().is_some(),
        move |on| {
            if !on {
                shown.set(None);
            }
        },
    );
    // To the next picture or video in a direction, skipping files.
    let step = move |forward: bool| {
        let next = items.with_untracked(|items| {
            let at = shown.get_untracked()?;
            let viewable = |at: &usize| items.get(*at).is_some_and(|item| item.kind != EvidenceKind::File);
            if forward { (at + 1..items.len()).find(viewable) } else { (0..at).rev().find(viewable) }
        });
        if next.is_some() {
            shown.set(next);
        }
    };
    let arrows = window_event_listener(leptos::ev::keydown, move |event| {
        if shown.get_untracked().is_some() && !browser::is_typing(&event) {
            match event.key().as_str() {
                "ArrowRight" => step(true),
                "ArrowLeft" => step(false),
                _ => {}
            }
        }
    });
    on_cleanup(move || arrows.remove());
    let title = Words::from(move || {
        let name = current.get().map_or_else(String::new, |item| item.name);
        let at = shown.get().map_or(0, |at| at + 1);
        format!("{at} / {} · {name}", items.with(Vec::len))
    });
    let body: ChildrenFn = Arc::new(move || {
        let media = move || current.get().map(large);
        let href = Signal::derive(move || current.get().map_or_else(String::new, |item| item.url));
        view! {
            <div class="ui-lightbox">
                <IconButton glyph=Glyph::ChevronLeft label=say::PREVIOUS on_click=move |()| step(false)/>
                <div class="ui-lightbox__stage">{media}</div>
                <IconButton glyph=Glyph::ChevronRight label=say::NEXT on_click=move |()| step(true)/>
            </div>
            <div class="ui-lightbox__tools">
                <LinkButton href icon=Glyph::Download download="">{say::DOWNLOAD}</LinkButton>
            </div>
        }
        .into_any()
    });
    let show = Callback::new(move |at| shown.set(Some(at)));
    let tiles = move || {
        items.with(|items| {
            if items.is_empty() {
                let title = empty.unwrap_or_else(|| say::NONE.into());
                view! { <EmptyState title icon=Glyph::Image/> }.into_any()
            } else {
                let tiles = items.iter().enumerate().map(|(at, item)| tile(at, item, show)).collect_view();
                view! { <ul class="ui-evidence">{tiles}</ul> }.into_any()
            }
        })
    };
    view! {
        {tiles}
        {modal(ModalParts { open, title, kind: ModalKind::Lightbox, footer: None, body })}
    }
    .into_any()
}
