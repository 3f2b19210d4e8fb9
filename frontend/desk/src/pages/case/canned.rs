//! Picking a ready text while writing: a list to type into, and the chosen text stands where the caret was.

use contract::rma::{CASE_CANNED_ANSWERS, CannedOfCase, CannedQuery, FilledAnswer};
use domain::RmaId;
use domain::canned::CannedUse;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use parts::api;
use parts::fetch::Fetch;
use parts::said::{read, said};
use ui::{Button, Command, CommandPalette, Glyph, Kbd, Lang, State, Text, say, text, toast};
use web_sys::HtmlTextAreaElement;

const PICK: Text = text("常用回复", "Canned answers");
const FIND: Text = text("名称、快捷码或内容", "Name, code or text");
/// A key that no input method needs while it composes.
const KEYS: &str = "Ctrl /";

/// The text in the customer's language: it is they who read it.
fn words(answer: &FilledAnswer, writes_english: bool) -> String {
    answer.text.get(if writes_english { domain::Lang::En } else { domain::Lang::Zh }).to_owned()
}

fn command(answer: &FilledAnswer, writes_english: bool) -> Command {
    let hint = format!("{} · {}", answer.code, words(answer, writes_english));
    Command::new(answer.id.to_string(), said(&answer.title), Glyph::Mail).hint(move || hint.clone())
}

/// Tells which places a person has to fill.
fn tell_missing(answer: &FilledAnswer) {
    if answer.missing.is_empty() {
        return;
    }
    let is_zh = ui::locale::lang_untracked() == Lang::Zh;
    let names: Vec<String> = answer.missing.iter().map(|place| untrack(|| read(&place.title()))).collect();
    let names = names.join(if is_zh { "、" } else { ", " });
    toast(State::Attention, move || say!("请自行补上：{names}", "Please fill in: {names}"));
}

/// Puts a text where the caret of an area stands, in place of what is selected; where the caret stands then, in UTF-16
/// units.
fn insert(whole: &str, at: (usize, usize), text: &str) -> (String, usize) {
    let units: Vec<u16> = whole.encode_utf16().collect();
    let (from, to) = (at.0.min(units.len()), at.1.clamp(at.0, units.len().max(at.0)).min(units.len()));
    let side = |part: Option<&[u16]>| String::from_utf16_lossy(part.unwrap_or_default());
    let end = from + text.encode_utf16().count();
    (format!("{}{text}{}", side(units.get(..from)), side(units.get(to..))), end)
}

fn area_in(around: NodeRef<Div>) -> Option<HtmlTextAreaElement> {
    around.get_untracked()?.query_selector("textarea").ok()??.dyn_into().ok()
}

fn selection(area: &HtmlTextAreaElement, length: usize) -> (usize, usize) {
    let place = |found: Option<u32>| found.and_then(|at| usize::try_from(at).ok()).unwrap_or(length);
    (place(area.selection_start().ok().flatten()), place(area.selection_end().ok().flatten()))
}

/// A text area with its ready texts: the button below it and a key open the list.
#[component]
pub(crate) fn WithCanned(
    /// On which case.
    id: RmaId,
    /// What for; none while what is written is nobody's answer.
    #[prop(into)]
    used: Signal<Option<CannedUse>>,
    /// What is written.
    words: RwSignal<String>,
    /// The text area.
    children: Children,
) -> impl IntoView {
    let around = NodeRef::<Div>::new();
    let (open, typed, asked) = (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(0_u32));
    let found = Fetch::<CannedOfCase>::when(move || {
        let used = used.get().filter(|_| asked.get() > 0)?;
        Some(api::read_with(&CASE_CANNED_ANSWERS, &[&id], &CannedQuery { used }))
    });
    let show = move || {
        typed.set(String::new());
        asked.update(|asked| *asked += 1);
        open.set(true);
    };
    let commands = Signal::derive(move || {
        found.with(|found| {
            let Some(found) = found else { return Vec::new() };
            found.items.iter().map(|answer| command(answer, found.writes_english)).collect::<Vec<_>>()
        })
    });
    let choose = move |chosen: String| {
        let picked = found.with(|found| {
            let found = found?;
            let answer = found.items.iter().find(|answer| answer.id.to_string() == chosen)?;
            Some((answer.clone(), self::words(answer, found.writes_english)))
        });
        let (Some((answer, text)), Some(area)) = (untrack(|| picked), area_in(around)) else { return };
        let before = words.get_untracked();
        let (whole, end) = insert(&before, selection(&area, before.encode_utf16().count()), &text);
        words.set(whole);
        tell_missing(&answer);
        // The sheet gives the keyboard back to where it was first.
        request_animation_frame(move || {
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            let _ = area.focus();
            let _ = area.set_selection_range(end, end);
        });
    };
    let key_down = move |event: leptos::ev::KeyboardEvent| {
        let is_it = (event.ctrl_key() || event.meta_key()) && event.key() == "/";
        if is_it && used.get_untracked().is_some() && !open.get_untracked() {
            event.prevent_default();
            show();
        }
    };
    let is_offered = Memo::new(move |_| used.get().is_some());
    let button = move || {
        is_offered.get().then(|| {
            view! {
                <div class="u-row">
                    <Button icon=Glyph::List on_click=move |()| show() attr:data-test="canned">{PICK}</Button>
                    <Kbd keys=KEYS/>
                </div>
            }
        })
    };
    view! {
        <div class="u-stack-8" node_ref=around on:keydown=key_down>
            {children()}
            {button}
        </div>
        <CommandPalette open query=typed commands on_choose=choose placeholder=FIND shortcut=false/>
    }
}

#[cfg(test)]
mod tests {
    use super::insert;

    #[test]
    fn a_text_stands_where_the_caret_was() {
        assert_eq!(insert("", (0, 0), "好"), ("好".to_owned(), 1));
        assert_eq!(insert("您好。再见", (3, 3), "已退款。"), ("您好。已退款。再见".to_owned(), 7));
        assert_eq!(insert("a😀b", (3, 3), "x"), ("a😀xb".to_owned(), 4));
        assert_eq!(insert("abc", (1, 2), "x"), ("axc".to_owned(), 2));
        assert_eq!(insert("abc", (9, 9), "x"), ("abcx".to_owned(), 4));
        assert_eq!(insert("abc", (2, 1), "x"), ("abxc".to_owned(), 3));
    }
}
