//! Drawer, palette, panes and bars.

use leptos::prelude::*;

use super::Specimen;
use crate::{
    ActionBar, Button, ButtonKind, Card, Command, CommandPalette, Drawer, DueTime, EmptyState, Field, SplitView, State,
    TextArea, TextInput, clock,
    icon::Glyph,
    locale::{text, vocabulary},
    toast,
};

pub(super) fn content() -> AnyView {
    view! {
        <div class="u-stack">
            {drawers()}
            {panes()}
        </div>
    }
    .into_any()
}

fn drawers() -> impl IntoView {
    let (narrow, wide, palette) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let query = RwSignal::new(String::new());
    let (name, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let footer = move || {
        view! {
            <Button on_click=move |()| narrow.set(false)>{vocabulary::CANCEL}</Button>
            <Button kind=ButtonKind::Primary on_click=move |()| narrow.set(false)>{text("保存", "Save")}</Button>
        }
    };
    let commands = Signal::stored(vec![
        Command::new("home", text("打开工作台", "Open the desk"), Glyph::Home).hint("/desk").keys("G H"),
        Command::new("new", text("登记借用", "Record a loan"), Glyph::Plus),
        Command::new("theme", text("切换深浅色", "Change appearance"), Glyph::Moon),
    ]);
    view! {
        <Specimen name="Drawer · CommandPalette">
            <Button on_click=move |()| narrow.set(true)>{text("抽屉", "Drawer")}</Button>
            <Button on_click=move |()| wide.set(true)>{text("宽抽屉", "Wide drawer")}</Button>
            <Button keys="⌘K" on_click=move |()| palette.set(true)>{text("命令面板", "Command palette")}</Button>
        </Specimen>
        <Drawer open=narrow title=text("新的借用", "New loan") footer>
            <div class="u-stack">
                <Field label=text("姓名", "Name") required=true><TextInput value=name autofocus=true/></Field>
                <Field label=text("说明", "Description")><TextArea value=note/></Field>
            </div>
        </Drawer>
        <Drawer open=wide title=text("明细", "Details") wide=true>
            <EmptyState title=text("没有明细", "No details") hint=text("这里放得下一张表。", "There is room for a table here.")/>
        </Drawer>
        <CommandPalette shortcut=false open=palette query commands on_choose=|id: String| toast(State::Paused, id)/>
    }
}

fn panes() -> impl IntoView {
    let chosen = RwSignal::new(false);
    let list = move || {
        view! {
            <Card title=text("列表", "List")>
                <Button on_click=move |()| chosen.set(true)>{text("选一项", "Choose one")}</Button>
            </Card>
        }
    };
    let detail = move || {
        let due_ms = untrack(clock::now_ms) + 4_800_000;
        view! {
            <Card title="EQ-2041">
                <p>{text("选中的内容；窄屏时盖住列表。", "The chosen thing; covers the list on a narrow screen.")}</p>
                <ActionBar note=move || view! { <DueTime due_ms/> }>
                    <Button kind=ButtonKind::Primary keys="A">{text("同意", "Agree")}</Button>
                    <Button kind=ButtonKind::Danger keys="R">{text("拒绝", "Refuse")}</Button>
                    <Button on_click=move |()| chosen.set(false)>{vocabulary::BACK}</Button>
                </ActionBar>
            </Card>
        }
    };
    view! { <Specimen name="SplitView · ActionBar"><SplitView chosen list detail/></Specimen> }
}
