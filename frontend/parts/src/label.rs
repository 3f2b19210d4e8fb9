//! The label that comes back with the goods: address, number as barcode and QR code, goods without prices; for a sheet of
//! paper, a label printer's roll, and as the printer's own language.

use leptos::prelude::*;
use ui::{Button, Choice, Glyph, Segmented, Text, text};

use crate::said::read;

mod code128;
mod plate;
mod qr;
mod raster;
mod zpl;

pub use code128::*;
pub use plate::*;
pub use qr::Qr;

use raster::Paragraph;

const PAPER: Text = text("纸张", "Paper");
const CUT: Text = text("沿线剪下，上半张贴在包裹外面", "Cut here: the upper part goes on the outside");
const INSIDE: Text = text("下半张放进包裹", "This part goes inside the parcel");
const GOODS: Text = text("寄回商品", "Goods sent back");
const COUNT: Text = text("数量", "Quantity");
const TO: Text = text("收件", "To");
const ORDER: Text = text("订单", "Order");
const NUMBER: Text = text("退换货单", "Return");

/// What stands on a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelData {
    /// The case's number: what both codes say.
    pub number: String,
    /// The shop's name.
    pub shop: domain::Text,
    /// The order's number.
    pub order_number: Option<String>,
    /// To whom.
    pub name: String,
    /// Their phone.
    pub phone: String,
    /// Where, in the language of those who bring it.
    pub address: String,
    /// What to know.
    pub notes: domain::Text,
    /// Goods and how many.
    pub lines: Vec<(String, i64)>,
}

impl LabelData {
    /// The label's words for a printer that draws no Chinese.
    fn paragraphs(&self) -> Vec<Paragraph> {
        let line = |text: String, size: f64, heavy: bool| Paragraph { text, size, heavy };
        let mut all = vec![
            line(format!("{} {}", self.name, self.phone), 40.0, true),
            line(self.address.clone(), 36.0, false),
            line(String::new(), 12.0, false),
            line(format!("{} {} · {}", NUMBER.get(), self.number, read(&self.shop)), 32.0, true),
        ];
        if let Some(order) = &self.order_number {
            all.push(line(format!("{} {order}", ORDER.get()), 26.0, false));
        }
        all.extend(self.lines.iter().take(8).map(|(goods, count)| line(format!("□ {goods} × {count}"), 26.0, false)));
        let notes = read(&self.notes);
        if !notes.is_empty() {
            all.push(line(notes, 26.0, false));
        }
        all
    }
}

/// A text as a QR code; nothing when it is too long for one.
#[component]
pub fn QrCode(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    Qr::of(&text).map(|qr| {
        let (modules, width) = qr.path();
        view! {
            <svg class="qr" viewBox=format!("0 0 {width} {width}") shape-rendering="crispEdges" role="img" aria-label=text>
                <path d=modules/>
            </svg>
        }
    })
}

fn address(label: &LabelData) -> AnyView {
    view! {
        <section class="label__to">
            <p class="label__small">{TO}</p>
            <p class="label__name">{label.name.clone()} " " {label.phone.clone()}</p>
            <p class="label__address">{label.address.clone()}</p>
        </section>
    }
    .into_any()
}

fn number(label: &LabelData) -> AnyView {
    let order = label.order_number.clone().map(|order| view! { <p class="label__small">{ORDER} " " {order}</p> });
    view! {
        <section class="label__codes">
            <div class="label__bars">
                <Barcode text=label.number.clone()/>
                <p class="label__number">{label.number.clone()}</p>
                <p class="label__small">{read(&label.shop)}</p>
                {order}
            </div>
            <QrCode text=label.number.clone()/>
        </section>
    }
    .into_any()
}

fn goods(label: &LabelData) -> AnyView {
    let rows = label.lines.iter().cloned().map(|(goods, count)| {
        view! { <tr><td class="label__box"></td><td>{goods}</td><td class="u-end">{count}</td></tr> }
    });
    let notes = read(&label.notes);
    view! {
        <table class="label__goods">
            <thead><tr><th></th><th>{GOODS}</th><th class="u-end">{COUNT}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        {(!notes.is_empty()).then(|| view! { <p class="label__notes">{notes}</p> })}
    }
    .into_any()
}

/// On a sheet: what goes outside, a line to cut, what goes inside. On a roll: all of it in one.
fn paper(label: &LabelData, roll: bool) -> AnyView {
    if roll {
        return view! {
            <article class="label label--roll" data-test="return-label">
                {address(label)} {number(label)} {goods(label)}
            </article>
        }
        .into_any();
    }
    view! {
        <article class="label label--sheet" data-test="return-label">
            <div class="label__part">{address(label)} {number(label)}</div>
            <p class="label__cut">{CUT}</p>
            <div class="label__part">
                <p class="label__small">{INSIDE}</p>
                {number(label)} {goods(label)}
            </div>
        </article>
    }
    .into_any()
}

fn print() {
    // A browser that refuses to print says so itself.
    let _ = window().print();
}

fn save_zpl(label: &LabelData) {
    let words = raster::draw(&label.paragraphs(), zpl::WIDTH_DOTS - 2 * zpl::MARGIN_DOTS);
    match words {
        Some(words) => crate::files::save_text(&format!("{}.zpl", label.number), &zpl::document(&label.number, &words)),
        None => ui::toast(ui::State::Bad, text("这个浏览器不能生成打印文件", "This browser cannot make the file")),
    }
}

/// The label as it will be printed, with the choice of paper and the ways to a printer.
#[component]
pub fn ReturnLabel(
    /// What stands on it.
    #[prop(into)]
    label: Signal<LabelData>,
) -> impl IntoView {
    let size = RwSignal::new("sheet".to_owned());
    let options = Signal::derive(|| {
        vec![
            Choice::new("sheet", text("A4 纸", "A4 sheet")),
            Choice::new("roll", text("100 × 150 标签", "100 × 150 mm")),
        ]
    });
    let shown = move || label.with(|label| paper(label, size.with(|size| size == "roll")));
    view! {
        <div class="label-desk">
            <div class="label-desk__tools u-screen-only">
                <Segmented value=size options label=PAPER/>
                <Button icon=Glyph::Printer on_click=move |()| print() attr:data-test="label-print">{text("打印", "Print")}</Button>
                <Button icon=Glyph::Download on_click=move |()| label.with_untracked(save_zpl) attr:data-test="label-zpl">
                    {text("ZPL 文件", "ZPL file")}
                </Button>
            </div>
            <div class="label-desk__paper">{shown}</div>
        </div>
    }
    .into_any()
}
