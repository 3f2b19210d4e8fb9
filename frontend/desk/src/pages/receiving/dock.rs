//! The dock: the box, what was just scanned, and the parcels.

use leptos::prelude::*;
use ui::{PageHeader, Text, text};

use super::PLACE;
use super::list::list;
use super::log::log;
use super::scan::Scanner;
use super::warehouse::{Here, choice};
use crate::code_box::CodeBox;
use crate::go::use_go;

/// What can be scanned here.
pub(super) const CODE: Text =
    text("扫描或输入运单号、退换货单号、订单号", "Scan or type a waybill, return or order number");

/// The page.
#[component]
pub(super) fn Dock() -> impl IntoView {
    let (here, go) = (Here::of_browser(), use_go());
    let scanner = Scanner::new(here, go);
    view! {
        <PageHeader title=PLACE.label actions=move || choice(here)/>
        <CodeBox
            label=CODE
            verb=text("签收", "Sign")
            on_code=move |code| scanner.take(code)
            on_unused=move |code| scanner.put_aside(code)
        />
        {log(scanner)}
        {list(here, go)}
    }
}
