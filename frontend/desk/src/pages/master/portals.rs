//! Where each shop's customers open the portal: the link to pass on, the frame for the shop's own site, who may frame it.

use contract::master::{SAVE_SHOP_PORTAL, SHOP_PORTALS, SavedRow, ShopPortal};
use leptos::prelude::*;
use parts::api;
use parts::fetch::Fetch;
use parts::meta::use_meta;
use parts::said::said;
use parts::submit::Submit;
use ui::{
    Button, ButtonKind, Card, CopyText, ErrorState, Field, Glyph, LinkButton, Notice, PageHeader, Skeleton, State,
    Text, TextArea, TextInput, Words, text, toast,
};

use super::List;

pub(super) mod poster;

pub(super) const PORTALS: List = List {
    key: "portals",
    title: text("顾客入口", "Customers' portal"),
    hint: text("退换货链接、嵌入商城网页、对外网址", "The link, the frame for a shop's site, the public address"),
    icon: Glyph::Globe,
    draw: page,
};

const URL_HINT: Text = text(
    "顾客能打开的网址，例如 https://return.example.com。短信里的链接也用它；不填则用当前网址。",
    "The address customers can open, such as https://return.example.com; messages use it too. Left empty: this one.",
);
const ORIGINS_HINT: Text = text(
    "每行一个网站，例如 https://shop.example.com。只有这些网站可以嵌入；不填则都不可以。",
    "One site a line, such as https://shop.example.com. Only these may show it in a frame; none when empty.",
);
const ORDER_HINT: Text = text(
    "链接后加 &order=订单号，顾客打开时订单号已填好。",
    "Add &order=NUMBER to the link and the order number is filled in.",
);

fn base(url: &str) -> String {
    let own = || window().location().origin().unwrap_or_default();
    if url.trim().is_empty() { own() } else { url.trim().trim_end_matches('/').to_owned() }
}

/// The portal of one shop. A shop's code may hold what means something else in an address.
fn link(base: &str, code: &str) -> String {
    let code = String::from(js_sys::encode_uri_component(code));
    format!("{base}/portal?shop={code}")
}

/// The frame with the few lines that fit its height to what is in it.
fn snippet(base: &str, code: &str) -> String {
    format!(
        r#"<iframe id="returndesk" src="{base}/portal?shop={code}&embed=1" allow="camera" style="width:100%;border:0" height="720" title="退换货"></iframe>
<script>
addEventListener("message", function (event) {{
  if (event.origin === "{base}" && event.data && event.data.type === "returndesk:height") {{
    document.getElementById("returndesk").height = event.data.height;
  }}
}});
</script>"#
    )
}

fn of_shop(row: ShopPortal, code: String, title: Words, all: Fetch<Vec<ShopPortal>>) -> AnyView {
    let (url, origins) = (RwSignal::new(row.url.clone()), RwSignal::new(row.embed_origins.join("\n")));
    let submit = Submit::new();
    let (id, version) = (row.shop.map(|shop| shop.to_string()).unwrap_or_default(), row.version);
    let send = move |()| {
        let id = id.clone();
        let lines = origins.with_untracked(|origins| origins.lines().map(str::to_owned).collect());
        let body = ShopPortal { shop: None, version, url: url.get_untracked(), embed_origins: lines };
        submit.run(
            move |key| async move { api::send::<SavedRow, _>(&SAVE_SHOP_PORTAL, &[&id], &body, key).await },
            move |_| {
                toast(State::Good, text("已保存", "Saved"));
                all.reload();
            },
        );
    };
    let saved = base(&row.url);
    let link = link(&saved, &code);
    let poster = row.shop.map(|shop| {
        view! {
            <LinkButton href=format!("/desk/master/portals/{shop}") icon=Glyph::Printer attr:data-test="portal-poster">
                {text("海报", "Poster")}
            </LinkButton>
        }
    });
    let frame = (!row.embed_origins.is_empty()).then(|| {
        view! {
            <div class="u-stack-8">
                <h3>{text("嵌入代码", "Code for the frame")}</h3>
                <div class="master__snippet"><CopyText value=Signal::stored(snippet(&saved, &code))/></div>
            </div>
        }
    });
    let wrong = move || submit.words_in_full().get().map(|words| view! { <Notice state=State::Bad title=words/> });
    view! {
        <Card title>
            <div class="u-stack" data-test="shop-portal">
                <div class="u-stack-8">
                    <h3>{text("链接", "The link")}</h3>
                    <p class="master__snippet"><CopyText value=Signal::stored(link.clone())/></p>
                    <p class="u-soft u-small">{ORDER_HINT}</p>
                    <div class="u-row">
                        <LinkButton href=link icon=Glyph::External>{text("打开看看", "Open it")}</LinkButton>
                        {poster}
                    </div>
                </div>
                {frame}
                <Field label=text("对外网址", "Public address") hint=URL_HINT>
                    <TextInput value=url attr:data-test="portal-url"/>
                </Field>
                <Field label=text("可以嵌入的网站", "Sites that may frame it") hint=ORIGINS_HINT>
                    <TextArea value=origins rows=3 attr:data-test="portal-origins"/>
                </Field>
                {wrong}
                <div class="u-row">
                    <Button kind=ButtonKind::Primary busy=submit.busy() on_click=send attr:data-test="save-portal">{text("保存", "Save")}</Button>
                </div>
            </div>
        </Card>
    }
    .into_any()
}

fn page() -> AnyView {
    let meta = use_meta();
    let all = Fetch::<Vec<ShopPortal>>::new(|| api::read(&SHOP_PORTALS, &[]));
    let cards = move || match (all.get(), all.problem().get()) {
        (Some(rows), _) => {
            let shops = meta.with(|view| view.shops.clone());
            let card = |row: ShopPortal| {
                let shop = shops.iter().find(|shop| Some(shop.id) == row.shop)?;
                Some(of_shop(row, shop.code.clone(), said(&shop.title), all))
            };
            rows.into_iter().filter_map(card).collect_view().into_any()
        }
        (None, Some(problem)) => {
            view! { <ErrorState hint=problem.words() on_retry=move |()| all.reload()/> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=6/> }.into_any(),
    };
    view! {
        <PageHeader title=PORTALS.title/>
        <div class="u-stack master__portals">{cards}</div>
    }
    .into_any()
}
