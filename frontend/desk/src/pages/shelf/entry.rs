//! A parcel on the shelf: its photo, what its label says, since when it lies there.

use contract::filing::DOWNLOAD;
use contract::warehouse::ParcelView;
use domain::ParcelId;
use leptos::prelude::*;
use ui::{Glyph, Icon, State, StateChip, clock, locale, say, text};

/// How long it lies there, with the moment it was parked for whoever points at it.
pub(super) fn age(parcel: &ParcelView) -> Option<AnyView> {
    let since_ms = parcel.parked_at?.ms();
    let words = move || locale::short_duration(locale::lang(), clock::now_ms() - since_ms);
    let at = move || locale::date_time(since_ms, locale::zone_minutes());
    Some(view! { <time class="shelf__age" title=at>{words}</time> }.into_any())
}

/// What to call it: a parcel without a readable label goes by its plate.
pub(super) fn name(parcel: &ParcelView) -> AnyView {
    if parcel.waybill == parcel.plate {
        let plate = parcel.plate.clone();
        return view! { {text("没有面单", "No label")} " · " {plate} }.into_any();
    }
    view! { {parcel.waybill.clone()} }.into_any()
}

fn thumbnail(parcel: &ParcelView) -> AnyView {
    let photo = parcel.photo.as_ref().filter(|photo| photo.media_type.starts_with("image/"));
    match photo {
        Some(photo) => {
            let src = DOWNLOAD.address(&[&photo.id]);
            view! { <img class="shelf__photo" src=src alt="" loading="lazy"/> }.into_any()
        }
        None => view! { <span class="shelf__photo"><Icon glyph=Glyph::Image/></span> }.into_any(),
    }
}

/// The row, which leads to its signs.
pub(super) fn entry(parcel: ParcelView, chosen: Memo<Option<ParcelId>>) -> AnyView {
    let id = parcel.id;
    let current = move || (chosen.get() == Some(id)).then_some("true");
    let tail = (!parcel.phone_tail.is_empty()).then(|| {
        let tail = parcel.phone_tail.clone();
        view! { <span>{move || say!("手机尾号 {tail}", "phone …{tail}")}</span> }
    });
    let damaged = parcel.damaged.then(|| {
        let label = text("外包装破损", "Damaged");
        view! { <StateChip state=State::Bad label/> }
    });
    let note = (!parcel.note.is_empty()).then(|| view! { <span class="shelf__note">{parcel.note.clone()}</span> });
    view! {
        <li>
            <a class="shelf__row" href=super::address(id) aria-current=current data-test="shelf-row">
                {thumbnail(&parcel)}
                <span class="shelf__words">
                    <b class="shelf__name">{name(&parcel)}</b>
                    <span class="shelf__facts">{damaged}{tail}{note}</span>
                </span>
                {age(&parcel)}
            </a>
        </li>
    }
    .into_any()
}
