//! Fields and everything one fills in.

use leptos::prelude::*;

use super::Specimen;
use crate::{
    Button, ButtonKind, Card, CheckGroup, Checkbox, Choice, DateInput, Field, FileDrop, InputKind, MoneyInput,
    NumberInput, QuantityStepper, RadioGroup, Select, State, Steps, Switch, TextArea, TextInput, Upload,
    icon::Glyph,
    locale::{Words, text},
    toast,
};

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-columns">
            <div class="u-stack">
                {texts()}
                {numbers()}
            </div>
            <div class="u-stack">
                {choices()}
                {files()}
            </div>
        </div>
        {wizard()}
    }
    .into_any()
}

fn texts() -> impl IntoView {
    let name = RwSignal::new("林晓雨".to_owned());
    let code = RwSignal::new(String::new());
    let wrong = RwSignal::new("DD 20-77".to_owned());
    let note = RwSignal::new("镜头盖上有一道划痕，包装完好。\nA scratch on the lens cap.".to_owned());
    let fixed = RwSignal::new("EQ-2041".to_owned());
    let problem = Signal::derive(move || {
        wrong
            .with(|wrong| wrong.contains(' '))
            .then(|| crate::say!("单号里不能有空格，去掉后再试", "No spaces in a number; remove them and try again"))
    });
    view! {
        <Card title=text("文字", "Text")>
            <div class="u-stack">
            <div class="u-grid">
                <Field label=text("姓名", "Name") required=true><TextInput value=name/></Field>
                <Field label=text("查找", "Look up") hint=text("输入或扫描", "Type or scan")>
                    <TextInput value=code kind=InputKind::Search icon=Glyph::Scan placeholder=text("例如 EQ-2041", "e.g. EQ-2041")/>
                </Field>
                <Field label=text("单号", "Number") error=problem required=true><TextInput value=wrong/></Field>
                <Field label=text("只读", "Read only")><TextInput value=fixed read_only=true/></Field>
                <Field label=text("不可用", "Not available")><TextInput value=fixed disabled=true/></Field>
                <Field label=text("日期", "Date")><DateInput value=RwSignal::new("2026-03-15".to_owned())/></Field>
            </div>
            <Field label=text("说明", "Description") hint=text("写清楚看到了什么", "Say what was seen")>
                <TextArea value=note max_length=60/>
            </Field>
            </div>
        </Card>
    }
}

fn numbers() -> impl IntoView {
    let amount = RwSignal::new(Some(123_450));
    let weight = RwSignal::new(Some(1_250));
    let count = RwSignal::new(1_i64);
    view! {
        <Card title=text("数字与金额", "Numbers and money")>
            <div class="u-grid">
                <Field label=text("金额", "Amount") hint=text("最多 ¥5,000.00", "¥5,000.00 at most")>
                    <MoneyInput value=amount currency="CNY".to_owned() max=500_000/>
                </Field>
                <Field label=text("重量", "Weight")><NumberInput value=weight digits=3 min=0 unit="kg"/></Field>
                <Field label=text("数量", "Quantity")><QuantityStepper value=count min=0 max=3/></Field>
            </div>
        </Card>
    }
}

fn choices() -> impl IntoView {
    let why = RwSignal::new("small".to_owned());
    let extras = RwSignal::new(vec!["bag".to_owned()]);
    let place = RwSignal::new(String::new());
    let (agreed, mail, quiet) = (RwSignal::new(true), RwSignal::new(true), RwSignal::new(false));
    let reasons = Signal::stored(vec![
        Choice::new("small", text("太小", "Too small")).hint(text("比标签上的尺码小", "Smaller than its label says")),
        Choice::new("large", text("太大", "Too large")),
        Choice::new("other", text("其他", "Something else")).disabled(true),
    ]);
    let things = Signal::stored(vec![
        Choice::new("bag", text("包", "Bag")),
        Choice::new("strap", text("背带", "Strap")),
        Choice::new("manual", text("说明书", "Manual")),
    ]);
    let places = Signal::stored(vec![
        Choice::new("north", text("北区仓库", "North store")),
        Choice::new("south", text("南区仓库", "South store")),
    ]);
    view! {
        <Card title=text("选择", "Choices")>
            <div class="u-stack">
                <Field label=text("地点", "Place") required=true error=Signal::derive(move || place.with(String::is_empty).then(|| crate::say!("请选择地点", "Choose a place")))>
                    <Select value=place options=places placeholder=text("请选择", "Choose")/>
                </Field>
                <Field label=text("原因", "Reason") group=true><RadioGroup value=why options=reasons/></Field>
                <Field label=text("配件", "Extras") group=true><CheckGroup value=extras options=things inline=true/></Field>
                <div class="u-stack-4">
                    <Checkbox checked=agreed label=text("我已核对", "I have checked this")/>
                    <Checkbox checked=quiet mixed=true label=text("部分选中", "Some of it")/>
                    <Checkbox checked=agreed disabled=true label=text("不可更改", "Cannot be changed")/>
                    <Switch on=mail label=text("邮件提醒", "Mail me") hint=text("每天一封", "Once a day")/>
                    <Switch on=quiet label=text("夜间静音", "Quiet at night")/>
                </div>
            </div>
        </Card>
    }
}

fn files() -> impl IntoView {
    let uploads = RwSignal::new(vec![
        Upload {
            key: "1".to_owned(),
            name: "正面.jpg".to_owned(),
            size_bytes: 2_345_678,
            arrived_permille: 1000,
            error: None,
        },
        Upload {
            key: "2".to_owned(),
            name: "a-very-long-file-name-from-a-telephone-20260315.mp4".to_owned(),
            size_bytes: 48_000_000,
            arrived_permille: 420,
            error: None,
        },
        Upload {
            key: "3".to_owned(),
            name: "背面.jpg".to_owned(),
            size_bytes: 1_200_000,
            arrived_permille: 100,
            error: Some("连接中断，点右侧重试 · connection lost, try again".to_owned()),
        },
    ]);
    let took = |files: Vec<web_sys::File>| toast(State::Good, files.len().to_string());
    view! {
        <Card title=text("文件", "Files")>
            <FileDrop
                label=text("拖入或点选照片、视频", "Drop or pick photos and videos")
                hint=text("每个不超过 50 MB", "50 MB each at most")
                accept="image/*,video/*"
                multiple=true
                camera=true
                size_bytes_max=50_000_000_u64
                on_files=took
                uploads
                on_remove=move |key: String| uploads.update(|uploads| uploads.retain(|upload| upload.key != key))
                on_retry=|_: String| ()
            />
        </Card>
    }
}

fn wizard() -> impl IntoView {
    let at = RwSignal::new(2_usize);
    let names: Vec<Words> =
        [text("订单", "Order"), text("商品", "Goods"), text("原因", "Reason"), text("确认", "Confirm")]
            .map(Words::from)
            .to_vec();
    let last = names.len() - 1;
    view! {
        <Specimen name="Steps">
            <div class="u-stack u-narrow">
                <Steps steps=names current=at on_go=move |step| at.set(step) label=text("进度", "Progress")/>
                <div class="u-row u-between">
                    <Button on_click=move |()| at.update(|at| *at = at.saturating_sub(1))>{text("上一步", "Back")}</Button>
                    <Button kind=ButtonKind::Primary on_click=move |()| at.update(|at| *at = (*at + 1).min(last))>{text("下一步", "Next")}</Button>
                </div>
            </div>
        </Specimen>
    }
}
