//! States, money, times, people, evidence, what happened.

use leptos::prelude::*;

use super::Specimen;
use crate::{
    Avatar, Card, Change, CopyText, DescriptionList, Diff, DueTime, Duration, Evidence, EvidenceGallery, EvidenceKind,
    Explain, Fact, Money, Notice, Person, Sign, State, StateChip, TimeStamp, Timeline, TimelineEntry,
    button::Button,
    clock,
    locale::{Text, text},
};

const HOUR_MS: i64 = 3_600_000;

const STATE_WORDS: [Text; 5] = [
    text("审批中", "In review"),
    text("已完成", "Done"),
    text("即将到期", "Due soon"),
    text("已拒绝", "Refused"),
    text("已暂停", "On hold"),
];

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-stack">
            {small()}
            {notices()}
            <div class="u-columns">
                <div class="u-stack">{facts()}{evidence()}</div>
                <div class="u-stack">{timeline()}{diff()}</div>
            </div>
        </div>
    }
    .into_any()
}

fn small() -> impl IntoView {
    let now = untrack(clock::now_ms);
    let chips =
        State::ALL.into_iter().zip(STATE_WORDS).map(|(state, label)| view! { <StateChip state label/> }).collect_view();
    view! {
        <Specimen name="StateChip">{chips}</Specimen>
        <Specimen name="Money">
            <Money amount_minor=123_450 currency="CNY".to_owned()/>
            <Money amount_minor=-99_800 currency="CNY".to_owned()/>
            <Money amount_minor=99_800 currency="CNY".to_owned() sign=Sign::Always/>
            <Money amount_minor=1_234 currency="JPY".to_owned()/>
            <Money amount_minor=1_234_567 currency="USD".to_owned() strong=true/>
        </Specimen>
        <Specimen name="DueTime · Duration · TimeStamp">
            <DueTime due_ms=now + 26 * HOUR_MS explains=text("收到后 4 个工作小时，跨过周末", "Four working hours after arrival, across the weekend")/>
            <DueTime due_ms=now + HOUR_MS / 3/>
            <DueTime due_ms=now - 5 * HOUR_MS/>
            <Duration length_ms=80 * 60_000/>
            <TimeStamp at_ms=now - 30 * HOUR_MS/>
            <TimeStamp at_ms=now - 900 * HOUR_MS/>
        </Specimen>
        <Specimen name="Person · Avatar · CopyText · Explain">
            <Person name="林晓雨".to_owned() note=text("客服 · 旗舰店", "Service · Flagship")/>
            <Person name="Maximilian Featherstonehaugh".to_owned()/>
            <Avatar name="王建国".to_owned()/>
            <Avatar name=String::new()/>
            <CopyText value="SF1234567890123".to_owned()/>
            <Explain>
                <p>{text("由规则“大额复核”决定：", "Decided by the rule “Check large amounts”:")}</p>
                <ul>
                    <li>{text("金额 ¥6,200.00 大于 ¥5,000.00", "¥6,200.00 is more than ¥5,000.00")}</li>
                    <li>{text("类别属于“电子”", "The category is “electronics”")}</li>
                </ul>
            </Explain>
        </Specimen>
    }
}

fn notices() -> impl IntoView {
    view! {
        <Specimen name="Notice">
            <div class="u-stack-8 u-grow">
                <Notice title=text("草稿已保存在本机", "The draft is kept on this device")/>
                <Notice state=State::Good title=text("可以归还 · 剩 3 天", "Can be given back · 3 days left")/>
                <Notice
                    state=State::Attention
                    title=text("有 2 处需要处理才能发布", "2 things to fix before publishing")
                    action=|| view! { <Button>{text("查看", "See them")}</Button> }
                >
                    {text("“数量”在第 2 步被隐藏，但仍是必填。", "“Quantity” is hidden in step 2 but still required.")}
                </Notice>
                <Notice state=State::Bad title=text("对方没有应答，结果未知", "No answer; the outcome is unknown")>
                    {text("系统会继续查询，不会重复发送。", "We go on asking and never send it twice.")}
                </Notice>
            </div>
        </Specimen>
    }
}

fn facts() -> impl IntoView {
    let facts = Signal::stored(vec![
        Fact::words(text("借用人", "Borrower"), "林晓雨"),
        Fact::new(text("电话", "Phone"), || view! { <CopyText value="138****5678".to_owned()/> }),
        Fact::new(text("价值", "Value"), || view! { <Money amount_minor=1_298_000 currency="CNY".to_owned()/> }),
        Fact::words(text("地点", "Place"), text("北区仓库", "North store")),
        Fact::words(
            text("地址", "Address"),
            "浙江省杭州市余杭区仓前街道文一西路 969 号 3 号楼 2 层 · Building 3, second floor, 969 Wenyi West Road",
        )
        .wide(),
    ]);
    view! { <Card title=text("资料", "Details")><DescriptionList facts/></Card> }
}

/// A drawn stand-in for a photograph, so that the gallery needs no files.
fn picture(colour: &str) -> String {
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='640' height='480'%3E%3Crect width='640' height='480' fill='{colour}'/%3E%3Ccircle cx='320' cy='240' r='120' fill='white' opacity='.4'/%3E%3C/svg%3E"
    )
}

fn evidence() -> impl IntoView {
    let items = Signal::stored(vec![
        Evidence::image(picture("teal"), String::new(), "正面.jpg"),
        Evidence::image(picture("sienna"), String::new(), "背面.jpg"),
        Evidence::image("/nowhere.jpg", String::new(), "坏图.jpg"),
        Evidence {
            kind: EvidenceKind::Video,
            url: "/nowhere.mp4".to_owned(),
            thumbnail_url: picture("slategray"),
            name: "开箱.mp4".to_owned(),
        },
        Evidence {
            kind: EvidenceKind::File,
            url: "/nowhere.pdf".to_owned(),
            thumbnail_url: String::new(),
            name: "报告.pdf".to_owned(),
        },
    ]);
    view! {
        <Card title=text("凭证", "Evidence")><EvidenceGallery items/></Card>
    }
}

fn timeline() -> impl IntoView {
    let now = untrack(clock::now_ms);
    let entries = Signal::stored(vec![
        TimelineEntry::new(text("登记", "Recorded"), now - 30 * HOUR_MS).who("林晓雨").state(State::Good),
        TimelineEntry::new(text("同意", "Agreed"), now - 28 * HOUR_MS)
            .who("王建国")
            .took(text("用时 1 小时 20 分", "took 1 h 20 min"))
            .state(State::Good)
            .body(|| view! { <span>{text("已核实，同意。", "Checked, agreed.")}</span> }),
        TimelineEntry::new(text("退回补充", "Sent back for more"), now - 5 * HOUR_MS)
            .who("Ada Lovelace")
            .state(State::Attention),
        TimelineEntry::to_come(text("财务复核", "Finance checks")).who(text("财务组", "Finance")),
        TimelineEntry::to_come(text("完成", "Done")),
    ]);
    view! { <Card title=text("时间线", "Timeline")><Timeline entries/></Card> }
}

fn diff() -> impl IntoView {
    let changes = Signal::stored(vec![
        Change::new(text("数量", "Count"), "2".to_owned(), "3".to_owned()),
        Change::new(text("地点", "Place"), "北区仓库".to_owned(), "南区仓库".to_owned()),
        Change::new(text("备注", "Note"), None, "轻放 · handle with care".to_owned()),
    ]);
    view! { <Card title=text("变更", "Changes")><Diff changes/></Card> }
}
