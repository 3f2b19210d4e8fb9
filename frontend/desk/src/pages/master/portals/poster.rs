//! A poster for the counter, the parcel and the shop's door: whose it is, what it is for in both languages, the portal's
//! address as a QR code and in letters. On screen as it will be printed.

use contract::master::{SHOP_PORTALS, ShopPortal};
use domain::ShopId;
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::label::{Qr, QrCode};
use parts::meta::use_meta;
use ui::{
    Button, ButtonKind, Choice, EmptyState, ErrorState, Glyph, Lang, Notice, PageHeader, Segmented, Skeleton, State,
    Text, text,
};

use super::{base, link};

const TITLE: Text = text("海报", "Poster");
const PAPER: Text = text("纸张", "Paper");
const LOST: Text = text("没有这个店铺", "No such shop");
const PURPOSE: Text = text("退换货，扫码自助申请", "Returns & exchanges: scan to start");
const READY: Text =
    text("请准备好订单号和下单手机号的后四位", "Have your order number and the last four digits of your phone ready");
const OWN_MACHINE: Text = text("顾客打不开这个网址", "Customers cannot open this address");
const OWN_MACHINE_HINT: Text =
    text("它指这台电脑自己；请先填写对外网址", "It means this very machine; give the public address first");
const TOO_LONG: Text = text("网址太长，放不进二维码", "The address is too long for a QR code");
const TOO_LONG_HINT: Text = text("请用短一些的店铺编码或域名", "Use a shorter code for the shop or a shorter host");

/// Nobody else's machine has this address.
fn is_own_machine(url: &str) -> bool {
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    host == "localhost" || host.starts_with("127.") || url.contains("://[::1]")
}

/// A line in both languages, the Chinese one first; one where both say the same.
fn both(class: &'static str, zh: &str, en: &str) -> AnyView {
    let line = |lang: Lang, words: &str| {
        let words = words.to_owned();
        (!words.is_empty()).then(|| view! { <p class=class lang=lang.tag()>{words}</p> })
    };
    let other = (zh != en).then(|| line(Lang::En, en));
    view! { {line(Lang::Zh, zh)} {other} }.into_any()
}

fn words(class: &'static str, words: Text) -> AnyView {
    both(class, words.in_lang(Lang::Zh), words.in_lang(Lang::En))
}

fn paper(name: &domain::Text, url: String, size: &str) -> AnyView {
    view! {
        <article class=format!("poster poster--{size}") data-test="poster">
            <header>{both("poster__shop", &name.zh, &name.en)}</header>
            <div>{words("poster__purpose", PURPOSE)}</div>
            <QrCode text=url.clone()/>
            <p class="poster__url" translate="no">{url}</p>
            <footer>{words("poster__ready", READY)}</footer>
        </article>
    }
    .into_any()
}

fn warning(url: &str) -> Option<AnyView> {
    let (title, hint) = if Qr::of(url).is_none() {
        (TOO_LONG, TOO_LONG_HINT)
    } else if is_own_machine(url) {
        (OWN_MACHINE, OWN_MACHINE_HINT)
    } else {
        return None;
    };
    let notice = view! { <div class="u-screen-only"><Notice state=State::Attention title><p>{hint}</p></Notice></div> };
    Some(notice.into_any())
}

fn poster(name: domain::Text, url: String) -> AnyView {
    let size = RwSignal::new("a4".to_owned());
    let options =
        Signal::derive(|| vec![Choice::new("a4", text("A4 纸", "A4")), Choice::new("a5", text("A5 纸", "A5"))]);
    let print = move |()| {
        // A browser that refuses to print says so itself.
        let _ = window().print();
    };
    let warned = warning(&url);
    let shown = move || size.with(|size| paper(&name, url.clone(), size));
    view! {
        <div class="u-stack">
            {warned}
            <div class="u-row u-screen-only">
                <Segmented value=size options label=PAPER attr:data-test="poster-paper"/>
                <Button kind=ButtonKind::Primary icon=Glyph::Printer on_click=print attr:data-test="poster-print">
                    {text("打印", "Print")}
                </Button>
            </div>
            {shown}
        </div>
    }
    .into_any()
}

/// `/desk/master/portals/{shop}`.
pub(in super::super) fn page(shop: &str) -> AnyView {
    let id = shop.parse::<ShopId>().ok();
    let meta = use_meta();
    let all = Fetch::<Vec<ShopPortal>>::new(|| api::read(&SHOP_PORTALS, &[]));
    let body = move || match (all.get(), all.problem().get()) {
        (Some(rows), _) => {
            let row = rows.into_iter().find(|row| row.shop.is_some() && row.shop == id);
            let known = meta.with(|view| view.shops.iter().find(|one| Some(one.id) == id).cloned());
            match (row, known) {
                (Some(row), Some(known)) => poster(known.title, link(&base(&row.url), &known.code)),
                _ => view! { <EmptyState title=LOST icon=Glyph::Search/> }.into_any(),
            }
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| all.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=6/> }.into_any(),
    };
    view! {
        <PageHeader title=TITLE back="/desk/master/portals"/>
        {body}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::is_own_machine;

    #[track_caller]
    fn check(url: &str, expect: bool) {
        assert_eq!(is_own_machine(url), expect, "{url}");
    }

    #[test]
    fn a_machines_own_address_is_nobody_elses() {
        check("http://127.0.0.1:8080/portal", true);
        check("http://localhost/portal", true);
        check("http://[::1]:8080/portal", true);
        check("https://return.example.com/portal", false);
        check("http://192.168.1.20:8080/portal", false);
        check("https://localhost.example.com/portal", false);
    }
}
