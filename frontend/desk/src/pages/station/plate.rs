//! Printing the licence plate of a parcel from the station: on the paper of the browser's printer, or as a file for a label
//! printer. The label stands in the page only while it is printed, so that other papers come out whole.

use std::time::Duration;

use domain::{ParcelId, Plated};
use leptos::prelude::*;
use parts::label::{PlateData, plate_paper};
use ui::{State, say};

use super::post::Post;

/// The plate of a parcel.
pub(super) fn of(parcel: ParcelId, waybill: &str, cases: Vec<String>) -> PlateData {
    PlateData { plate: Plated::Parcel(parcel).plate(), waybill: waybill.to_owned(), cases }
}

/// What is being printed; a part of the screen that only paper shows.
pub(super) fn paper(printing: RwSignal<Option<PlateData>>) -> AnyView {
    Effect::new(move |_| {
        if printing.with(Option::is_some) {
            let print = move || {
                // A browser that refuses to print says so itself.
                let _ = window().print();
                printing.try_set(None);
            };
            // The label is in the page by then.
            set_timeout(print, Duration::from_millis(50));
        }
    });
    let label = move || printing.with(|plate| plate.as_ref().map(plate_paper));
    view! { <div class="u-print-only">{label}</div> }.into_any()
}

/// `P` prints, `Z` saves the printer's file; whether the key was one of them. `plate` is what lies in front.
pub(super) fn pressed(
    post: Post,
    printing: RwSignal<Option<PlateData>>,
    name: &str,
    plate: impl FnOnce() -> Option<PlateData>,
) -> bool {
    if name != "p" && name != "z" {
        return false;
    }
    let Some(plate) = plate() else {
        let words = untrack(|| say!("还没有箱号", "No plate yet"));
        let hint = untrack(|| say!("包裹上传后才有箱号", "A parcel has its plate once it is uploaded"));
        post.say(State::Attention, words, hint);
        return true;
    };
    if name == "z" {
        plate.save();
    }
    let words = untrack(|| {
        if name == "z" {
            say!("已存为 ZPL 文件", "Saved as a ZPL file")
        } else {
            say!("打印箱号", "Printing the plate")
        }
    });
    post.show(State::Good, plate.plate.clone(), words);
    if name == "p" {
        printing.set(Some(plate));
    }
    true
}
