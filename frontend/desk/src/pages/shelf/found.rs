//! What is known of a parked parcel, and the cases it may belong to.

use contract::filing::DOWNLOAD;
use contract::station::{SUGGEST, SuggestionView};
use contract::warehouse::{GET, MATCH, ParcelOnBench, ParcelView};
use domain::{ParcelId, Permission, RmaId};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::said::read;
use parts::session::use_session;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, CopyText, DescriptionList, EmptyState, ErrorState, Evidence, EvidenceGallery,
    EvidenceKind, Fact, Glyph, Icon, LinkButton, Notice, Skeleton, State, Text, TimeStamp, say, text, toast,
};

use super::PLACE;
use super::entry::{age, name};
use crate::go::case_address;
use crate::pages::receiving::matching::matching;

const PHOTOS: Text = text("照片", "Photos");
const NO_PHOTO: Text = text("没有照片", "No photos");
const LIKELY: Text = text("可能属于", "It may belong to");
const OTHER: Text = text("都不是？自己找", "None of them? Look for it");
const TIE: Text = text("归入这张单", "Match");

fn facts(parcel: &ParcelView) -> Vec<Fact> {
    let mut facts = Vec::new();
    if !parcel.phone_tail.is_empty() {
        facts.push(Fact::words(text("面单上的手机尾号", "Phone tail on the label"), parcel.phone_tail.clone()));
    }
    let plate = Signal::stored(parcel.plate.clone());
    facts.push(Fact::new(text("箱号", "Licence plate"), move || view! { <CopyText value=plate/> }));
    if let Some(at) = parcel.signed_at.map(domain::Timestamp::ms) {
        let who = parcel.signed_by.as_ref().map(|who| who.name.clone()).unwrap_or_default();
        facts.push(Fact::new(text("签收", "Signed for"), move || view! { <TimeStamp at_ms=at/> " " {who.clone()} }));
    }
    if let Some(grams) = parcel.weight_grams {
        facts.push(Fact::words(text("重量", "Weight"), format!("{grams} g")));
    }
    if parcel.damaged {
        facts.push(Fact::words(text("外包装", "Outside"), text("破损", "damaged")));
    }
    if !parcel.note.is_empty() {
        facts.push(Fact::words(text("备注", "Note"), parcel.note.clone()).wide());
    }
    facts
}

fn photos(view: &ParcelOnBench) -> Vec<Evidence> {
    let piece = |(at, photo): (usize, &contract::station::ParcelPhoto)| {
        let kind = match photo.media_type.split('/').next() {
            Some("image") => EvidenceKind::Image,
            Some("video") => EvidenceKind::Video,
            _ => EvidenceKind::File,
        };
        let name = format!("{} {}", PHOTOS.get(), at + 1);
        Evidence { kind, url: DOWNLOAD.address(&[&photo.id]), thumbnail_url: String::new(), name }
    };
    view.photos.iter().enumerate().map(piece).collect()
}

fn likely(one: SuggestionView, tie: Callback<RmaId>, busy: Signal<bool>, may: bool) -> AnyView {
    let rma = one.rma;
    let reasons = one.reasons.clone();
    let why = move || {
        let line = |reason: &contract::station::SuggestionReason| {
            let words = read(&reason.text);
            view! { <li><span class="shelf__points">"+" {reason.points}</span> {words}</li> }
        };
        reasons.iter().map(line).collect_view()
    };
    let button = may.then(|| {
        let kind = ButtonKind::Primary;
        view! { <Button kind busy on_click=move |()| tie.run(rma) attr:data-test="shelf-tie">{TIE}</Button> }
    });
    let score = one.score;
    let heard = move || say!("相似度 {score} 分，满分 100", "score {score} of 100");
    view! {
        <li class="shelf__likely" data-test="shelf-likely">
            <span class="shelf__score" role="img" aria-label=heard title=heard>{score}</span>
            <div class="shelf__words">
                <a class="bench__number" href=case_address(rma)>{one.number.clone()}</a>
                <p class="u-soft">{one.goods.join(" · ")}</p>
                <ul class="shelf__why">{why}</ul>
            </div>
            {button}
        </li>
    }
    .into_any()
}

fn suggestions(id: ParcelId, placed: Callback<()>) -> AnyView {
    let session = use_session();
    let found = Fetch::<Vec<SuggestionView>>::new(move || api::read(&SUGGEST, &[&id]));
    let submit = Submit::new();
    let tie = Callback::new(move |rma: RmaId| {
        submit.run(
            move |key| api::act::<serde_json::Value>(&MATCH, &[&id, &rma], key),
            move |_| {
                toast(State::Good, text("已归入", "Matched"));
                placed.run(());
            },
        );
    });
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    let list = move || {
        let may = session.may(Permission::ParcelReceive);
        match (found.get(), found.problem().get()) {
            (Some(all), _) if all.is_empty() => {
                let title = text("没有相似的单据", "No return is alike");
                let hint = text(
                    "登记手机尾号，或在工作站扫描箱内商品，就能找得更准",
                    "The phone's tail, or scanning what is in it at a station, makes more of them fit",
                );
                view! { <EmptyState title hint icon=Glyph::Search/> }.into_any()
            }
            (Some(all), _) => {
                let rows = all.into_iter().map(|one| likely(one, tie, submit.busy(), may)).collect_view();
                view! { <ol class="shelf__likelies">{rows}</ol> }.into_any()
            }
            (None, Some(problem)) => {
                view! { <ErrorState hint=problem.words() on_retry=move |()| found.reload()/> }.into_any()
            }
            (None, None) => view! { <Skeleton lines=4/> }.into_any(),
        }
    };
    let search = move || {
        let may = session.may(Permission::ParcelReceive);
        may.then(|| view! { <Card title=OTHER>{matching(id, placed)}</Card> })
    };
    view! { <Card title=LIKELY><div class="u-stack-8">{wrong}{list}</div></Card> {search} }.into_any()
}

fn head(parcel: &ParcelView) -> AnyView {
    let open = format!("/desk/receiving/{}", parcel.id);
    view! {
        <header class="shelf__head">
            <a class="shelf__back" href=PLACE.href aria-label=move || text("返回列表", "Back to the list").get()>
                <Icon glyph=Glyph::ArrowLeft/>
            </a>
            <h2 class="shelf__title">{name(parcel)}</h2>
            {age(parcel)}
            <LinkButton href=open>{text("打开包裹", "Open the parcel")}</LinkButton>
        </header>
    }
    .into_any()
}

/// The pane.
pub(super) fn found(id: ParcelId, placed: Callback<()>) -> AnyView {
    let fetch =
        Fetch::<ParcelOnBench>::new(move || api::read(&GET, &[&id])).follow(|heard| heard.touches_any("parcels:"));
    let there = fetch.is_there();
    (move || {
        if let Some(first) = there.get().then(|| fetch.get_untracked()).flatten() {
            let view = Memo::new(move |_| fetch.get().unwrap_or_else(|| first.clone()));
            let own = Signal::derive(move || view.with(|view| facts(&view.parcel)));
            let items = Signal::derive(move || view.with(photos));
            let any = Memo::new(move |_| items.with(|items| !items.is_empty()));
            let gallery = move || match any.get() {
                true => view! { <EvidenceGallery items/> }.into_any(),
                false => view! { <p class="u-soft">{NO_PHOTO}</p> }.into_any(),
            };
            return view! {
                {move || view.with(|view| head(&view.parcel))}
                <DescriptionList facts=own/>
                {gallery}
                {suggestions(id, placed)}
            }
            .into_any();
        }
        match fetch.problem().get() {
            Some(problem) if problem.is_missing() => {
                let title = text("没有这个包裹", "No such parcel");
                view! { <EmptyState title icon=Glyph::Search/> }.into_any()
            }
            Some(problem) => view! { <ErrorState hint=problem.words() on_retry=move |()| fetch.reload()/> }.into_any(),
            None => view! { <Skeleton lines=8/> }.into_any(),
        }
    })
    .into_any()
}
