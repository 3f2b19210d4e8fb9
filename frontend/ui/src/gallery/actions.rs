//! Buttons, menus, tabs, filters.

use leptos::prelude::*;

use super::Specimen;
use crate::{
    Badge, Button, ButtonKind, Choice, Dialog, FilterBar, FilterChip, IconButton, Kbd, LinkButton, Menu, MenuItem,
    Popover, SavedViews, Segmented, Select, State, Tab, Tabs, Trigger, icon::Glyph, locale::text, toast,
    toast_with_undo,
};

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-stack">
            {buttons()}
            {menus()}
            {tabs()}
            {filters()}
        </div>
    }
    .into_any()
}

fn buttons() -> impl IntoView {
    let starred = RwSignal::new(true);
    view! {
        <Specimen name="Button">
            <Button kind=ButtonKind::Primary keys="A" on_click=|()| toast(State::Good, text("已同意", "Agreed"))>{text("同意", "Agree")}</Button>
            <Button>{text("转交", "Hand over")}</Button>
            <Button icon=Glyph::Download>{text("导出", "Export")}</Button>
            <Button kind=ButtonKind::Quiet icon=Glyph::Edit>{text("编辑", "Edit")}</Button>
            <Button kind=ButtonKind::Danger keys="R">{text("拒绝", "Refuse")}</Button>
            <Button kind=ButtonKind::Primary busy=true>{text("正在提交", "Sending")}</Button>
            <Button busy=true>{text("正在导出", "Exporting")}</Button>
            <Button kind=ButtonKind::Primary disabled=true hint=text("请先选择一项", "Choose one first")>{text("提交", "Submit")}</Button>
            <Button disabled=true>{text("不可用", "Not now")}</Button>
            <LinkButton href="#actions" icon=Glyph::External>{text("打开页面", "Open the page")}</LinkButton>
        </Specimen>
        <Specimen name="IconButton · Badge · Kbd">
            <IconButton glyph=Glyph::Printer label=text("打印", "Print") on_click=|()| ()/>
            <IconButton glyph=Glyph::Flag label=text("标记", "Flag") pressed=starred on_click=move |()| starred.update(|on| *on = !*on)/>
            <IconButton glyph=Glyph::Trash label=text("删除", "Delete") disabled=true on_click=|()| ()/>
            <Badge count=3/>
            <Badge count=12 state=State::Waiting/>
            <Badge count=1234 state=State::Bad/>
            <Kbd keys="⌘K"/>
            <Kbd keys="F9"/>
        </Specimen>
    }
}

fn menus() -> impl IntoView {
    let asking = RwSignal::new(false);
    let undo = move || {
        toast_with_undo(text("已归档 3 项", "3 items archived"), || {
            toast(State::Paused, text("已恢复", "Brought back"))
        })
    };
    let items = Signal::stored(vec![
        MenuItem::new(text("归档", "Archive"), undo).icon(Glyph::Box),
        MenuItem::link(text("查看记录", "See the record"), "#display").icon(Glyph::Clock),
        MenuItem::new(text("打印", "Print"), || ())
            .icon(Glyph::Printer)
            .disabled(text("没有可打印的内容", "There is nothing to print")),
        MenuItem::new(text("删除", "Delete"), move || asking.set(true)).icon(Glyph::Trash).danger(),
    ]);
    view! {
        <Specimen name="Menu · Popover · Dialog · Toast">
            <Menu items/>
            <Popover label=text("筛选", "Filter") icon=Some(Glyph::Filter)>
                <p>{text("任何内容", "Anything")}</p>
            </Popover>
            <Menu items trigger=Trigger::Square label=text("更多操作", "More actions")/>
            <Button on_click=move |()| undo()>{text("可撤销的提示", "News with undo")}</Button>
            <Button on_click=|()| toast(State::Bad, text("没有保存成功：单号已存在。换一个单号再试。", "Not saved: this number is taken. Try another one."))>
                {text("出错的提示", "Bad news")}
            </Button>
        </Specimen>
        <Dialog
            open=asking
            title=text("删除这 3 项？", "Delete these 3 items?")
            confirm=text("删除", "Delete")
            danger=true
            on_confirm=move |()| {
                asking.set(false);
                toast(State::Good, text("已删除", "Deleted"));
            }
        >
            <p>{text("删除后 30 天内可以在回收站找回。", "They can be brought back from the bin within 30 days.")}</p>
        </Dialog>
    }
}

fn tabs() -> impl IntoView {
    let part = RwSignal::new("todo".to_owned());
    let tabs = Signal::stored(vec![
        Tab::new("todo", text("待办", "To do")).count(12).urgent(),
        Tab::new("done", text("已办", "Done")),
        Tab::new("mine", text("我发起的", "Started by me")).count(3),
        Tab::new("copied", text("抄送我的", "Copied to me")).count(1024),
    ]);
    let span = RwSignal::new("week".to_owned());
    let spans = Signal::stored(vec![
        Choice::new("day", text("日", "Day")),
        Choice::new("week", text("周", "Week")),
        Choice::new("month", text("月", "Month")),
    ]);
    view! {
        <Specimen name="Tabs">
            <Tabs value=part tabs label=text("任务", "Tasks")>
                <p class="u-soft">{move || part.get()}</p>
            </Tabs>
        </Specimen>
        <Specimen name="Segmented">
            <Segmented value=span options=spans label=text("时间范围", "Time span")/>
        </Specimen>
    }
}

fn filters() -> impl IntoView {
    let query = RwSignal::new(String::new());
    let place = RwSignal::new(String::new());
    let saved = RwSignal::new("late".to_owned());
    let places = Signal::stored(vec![
        Choice::new("north", text("北区仓库", "North store")),
        Choice::new("south", text("南区仓库", "South store")),
    ]);
    let chips = Signal::derive(move || {
        let chip = (!place.with(String::is_empty)).then(|| {
            FilterChip::new(move || crate::say!("地点：{}", "Place: {}", place.get()), move || place.set(String::new()))
        });
        let searched = (!query.with(String::is_empty))
            .then(|| FilterChip::new(move || query.get(), move || query.set(String::new())));
        chip.into_iter()
            .chain(searched)
            .chain([FilterChip::new(text("状态：待确认", "State: to confirm"), || ())])
            .collect()
    });
    let clear = move |()| {
        place.set(String::new());
        query.set(String::new());
    };
    let views = Signal::stored(vec![
        Choice::new("all", text("全部", "All")),
        Choice::new("late", text("今天到期", "Due today")),
        Choice::new("mine", text("我负责的", "Mine")),
    ]);
    view! {
        <Specimen name="FilterBar · SearchBox · SavedViews">
            <div class="u-stack-8 u-grow">
                <SavedViews value=saved views label=text("视图", "Views") on_save=|()| () save_label=text("保存视图", "Save view")/>
                <FilterBar
                    search=query
                    placeholder=text("单号、姓名、电话后四位", "Number, name, end of phone")
                    chips
                    on_clear=clear
                    tools=|| view! { <Button icon=Glyph::Download>{text("导出", "Export")}</Button> }
                >
                    <Select value=place options=places label=text("地点", "Place") placeholder=text("全部地点", "All places")/>
                </FilterBar>
            </div>
        </Specimen>
    }
}
