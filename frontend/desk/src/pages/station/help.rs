//! The keys of the job at hand, on a key.

use leptos::prelude::*;
use ui::{Button, ButtonKind, Text, text};

use super::bar::cover;
use super::post::{Job, Panel, Post};

const TITLE: Text = text("按键说明", "Keys");
const GUN: Text = text(
    "扫描枪随时可扫，不用先点哪里。工牌、运单号、单号、订单号、商品条码、序列号、箱唛都认。",
    "Scan at any time, nothing needs to be clicked first: badges, waybills, return and order numbers, barcodes, serials, plates.",
);

type Row = (&'static str, Text);

const EVERYWHERE: &[Row] = &[
    ("F1  ?", text("打开、关闭本说明", "This list")),
    ("F2 F3 F4", text("签收、拆检、只收货", "Sign, open & inspect, receive only")),
    (
        "C",
        text(
            "用相机扫码，给没有扫描枪的手机；再按一次关掉",
            "Scan with the camera, for phones without a gun; again to close it",
        ),
    ),
    ("F6", text("未上传和被退回的记录", "What is not uploaded, or was refused")),
    ("F7", text("交接班", "Hand over")),
    ("F10", text("换人、下班", "Switch operator, end of shift")),
    ("Esc", text("返回", "Back")),
];
const SIGN: &[Row] = &[
    ("D", text("刚扫的包裹外包装破损", "The parcel just scanned is damaged")),
    ("1250 ↵", text("称得 1250 克；也可按 F9", "It weighs 1250 g; F9 does the same")),
    ("P  Z", text("打印箱号；存为 ZPL 文件", "Print the licence plate; save its ZPL file")),
    ("F8", text("异常：拍照、手机尾号、备注、挂起", "Exception: photo, phone tail, note, park")),
];
const BENCH: &[Row] = &[
    ("1–9", text("等级；停在检查项上时是答案", "Grade; on a question, its answer")),
    ("90 ↵", text("刚扫的商品有 90 件", "90 of what was just scanned")),
    ("↑ ↓", text("上一项、下一项检查", "Question before, question after")),
    ("L", text("谁的责任", "Who is liable")),
    ("H", text("处置去向", "Where the goods go")),
    ("P", text("拍照", "Photo")),
    ("B", text("批号和到期日；带批号的二维码扫一次就行", "Lot and last day; a GS1 code says both in one scan")),
    ("N", text("备注，Esc 离开", "Note; Esc leaves it")),
    ("Backspace", text("撤销刚扫的一件", "Take the last unit back")),
    ("F8", text("异常：缺件、多件、错货", "Exception: missing, extra, wrong goods")),
    ("F9", text("完成，下一个包裹", "Finish, next parcel")),
];

fn list(rows: &'static [Row]) -> AnyView {
    let row = |(keys, words): &'static Row| view! { <dt><kbd class="ui-kbd">{*keys}</kbd></dt><dd>{*words}</dd> };
    view! { <dl class="help">{rows.iter().map(row).collect_view()}</dl> }.into_any()
}

/// The list.
pub(super) fn panel(post: Post) -> AnyView {
    cover(post);
    let own = move || list(if post.job.get() == Job::Sign { SIGN } else { BENCH });
    let job = move || post.job.get().title().get();
    view! {
        <section class="panel" data-test="station-panel-help" aria-label=move || TITLE.get()>
            <header class="panel__head">
                <h2>{TITLE}</h2>
                <Button kind=ButtonKind::Quiet keys="Esc" on_click=move |()| post.panel.set(Panel::None)>{text("关闭", "Close")}</Button>
            </header>
            <p>{GUN}</p>
            <div class="panel__columns">
                <div><h3>{job}</h3>{own}</div>
                <div><h3>{text("随时", "At any time")}</h3>{list(EVERYWHERE)}</div>
            </div>
        </section>
    }
    .into_any()
}
