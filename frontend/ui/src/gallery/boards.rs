//! Numbers, rankings, progress.

use leptos::prelude::*;

use super::Specimen;
use crate::{
    Bar, BarList, Card, Progress, Stat, State, Trend,
    locale::{Words, big_number, integer, lang, text},
};

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-stack">
            {stats()}
            <div class="u-grid">
                {ranking()}
                {progress()}
            </div>
        </div>
    }
    .into_any()
}

fn stats() -> impl IntoView {
    let trend = |up, state, words: Words| Signal::stored(Some(Trend { up, state, words }));
    view! {
        <Specimen name="Stat">
            <div class="u-grid u-grow">
                <Stat label=text("今日借出", "Lent today") value="1,284" trend=trend(true, State::Good, text("比昨天多 12.3%", "12.3% more than yesterday").into()) href="#boards"/>
                <Stat label=text("超期", "Overdue") value="17" unit=text("件", "items") trend=trend(true, State::Bad, text("比上周多 5 件", "5 more than last week").into()) href="#boards"/>
                <Stat label=text("平均用时", "Mean time") value=text("1 小时 20 分", "1 h 20 min") trend=trend(false, State::Good, "8%".into()) note=text("近 30 天", "last 30 days")/>
                <Stat label=text("总价值", "Total value") value=move || format!("¥{}", big_number(lang(), 123_456_789)) note=text("截至 14:30", "as of 14:30")/>
            </div>
        </Specimen>
    }
}

fn ranking() -> impl IntoView {
    let bar = |label, count: i64| Bar::new(label, count, integer(count)).href("#boards");
    let bars = Signal::stored(vec![
        bar(text("尺寸不合适", "Does not fit"), 1_284),
        bar(text("与描述不符", "Not as described"), 622),
        bar(text("运输途中损坏", "Damaged on the way"), 97),
        bar(text("其他", "Other"), 3),
    ]);
    view! { <Card title=text("原因", "Reasons")><BarList bars/></Card> }
}

fn progress() -> impl IntoView {
    view! {
        <Card title=text("进度", "Progress")>
            <div class="u-stack">
                <Progress label=text("导入", "Import") done=3_200_000 total=Some(4_800_000) note=text("行 · 约 20 秒", "rows · about 20 s")/>
                <Progress label=text("备份", "Backup") done=120 total=None note=text("页", "pages")/>
                <Progress label=text("已完成", "Done") done=50 total=Some(50)/>
            </div>
        </Card>
    }
}
