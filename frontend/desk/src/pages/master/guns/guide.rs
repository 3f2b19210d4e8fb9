//! The sheet that hangs beside the station: how to set a gun, with codes to try it on.

use contract::gun::GunSettings;
use leptos::prelude::*;
use ui::{Text, say, text};

use super::end_name;
use parts::label::Barcode;

const STEPS: [(Text, Text); 5] = [
    (
        text("键盘布局", "Keyboard layout"),
        text("与电脑一致，或设为英语（美国）。", "That of the machine, or English (US)."),
    ),
    (text("字符间延时", "Delay between characters"), text("5–15 毫秒，不超过 30。", "5 to 15 ms, 30 at most.")),
    (
        text("GS1 分隔符", "GS1 separator"),
        text("发送为 Ctrl + ] 或 F8；直连模式不用设。", "As Control and ] or as F8; nothing to set past the keyboard."),
    ),
    (
        text("ALT 模式", "ALT mode"),
        text("关闭：用 Alt + 数字键盘发送的码读不了。", "Off: codes typed with Alt and the number pad cannot be read."),
    ),
    (
        text("更可靠：HID-POS 模式", "Safer: HID-POS mode"),
        text(
            "扫说明书里的“HID-POS”（有的写 USB OEM、POS HID）模式码，再到“基础数据 › 扫描枪”点“连接一把枪”。需要 Chrome 或 Edge，且用 https 打开。",
            "Scan the code for HID-POS (also called POS HID) in the manual, then press Connect a gun under Master data, Guns. Needs Chrome or Edge, and https.",
        ),
    ),
];
/// Codes to try: short enough for every gun, long enough for a scan.
const SAMPLES: [&str; 2] = ["RD-TEST-0123456789", "rd/test+ABC-xyz_42"];

/// The sheet.
pub(super) fn guide(draft: RwSignal<GunSettings>) -> AnyView {
    let step = |(title, words): &'static (Text, Text)| {
        view! { <li class="guide__step"><b>{*title}</b><span>{*words}</span></li> }
    };
    let end = move || {
        let end = draft.with(|draft| end_name(draft.end)).get();
        say!("末尾发送：{end}。", "Sent at the end: {end}.")
    };
    let prefixes = move || {
        let all: Vec<String> = draft.with(|draft| draft.prefixes.iter().chain(&draft.suffixes).cloned().collect());
        if all.is_empty() {
            say!("不要加前缀和后缀。", "No prefix and no suffix.")
        } else {
            let all = all.join("  ");
            say!("前后缀只用：{all}。", "No prefix or suffix but: {all}.")
        }
    };
    let sample = |code: &'static str| view! { <figure class="guide__sample" translate="no"><Barcode text=code/><figcaption>{code}</figcaption></figure> };
    view! {
        <article class="guide" data-test="gun-guide">
            <h2 class="guide__title">{text("怎样设扫描枪", "How to set a gun")}</h2>
            <ol class="guide__steps">
                <li class="guide__step"><b>{text("结束键", "End")}</b><span>{end}</span></li>
                <li class="guide__step"><b>{text("前后缀", "Prefix and suffix")}</b><span>{prefixes}</span></li>
                {STEPS.iter().map(step).collect_view()}
            </ol>
            <h3 class="guide__heading">{text("设好后扫这两个码试试，读出的应与下面的字一样", "Then scan these: what is read is what stands below them")}</h3>
            <div class="guide__samples">{SAMPLES.map(sample).collect_view()}</div>
        </article>
    }
    .into_any()
}
