//! A place to try a gun: what it sends key by key, how fast, what is read of it, and what to change.

use std::time::Duration;

use contract::gun::GunSettings;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use parts::gun::advice::{Advice, Stroke, Trial, judge};
use parts::gun::{Gun, Held, Press, Settings};
use ui::{Card, Glyph, Icon, Kbd, State, Text, say, text};

/// The browser's number of a key that an input method takes.
const TAKEN_BY_INPUT_METHOD: u32 = 229;
/// Silence after which a trial is over, in ms: longer than any pause that may be set.
const OVER_MS: u64 = 1_100;
/// Most keys that are shown of one trial.
const SHOWN_KEYS: usize = 200;

/// A trial that is over: what it tells, its keys, what was read of them.
type Tried = (Trial, Vec<Stroke>, Vec<String>);

/// What is being tried. Copy freely.
#[derive(Clone, Copy)]
struct Trying {
    draft: RwSignal<GunSettings>,
    gun: StoredValue<Gun, LocalStorage>,
    strokes: RwSignal<Vec<Stroke>>,
    read: RwSignal<Vec<String>>,
    done: RwSignal<Option<Tried>>,
    /// Counts the keys: the clock that was set for an earlier one means nothing any more.
    heard: StoredValue<u64>,
}

impl Trying {
    fn new(draft: RwSignal<GunSettings>) -> Self {
        Self {
            draft,
            gun: StoredValue::new_local(Gun::new(Settings::default())),
            strokes: RwSignal::default(),
            read: RwSignal::default(),
            done: RwSignal::default(),
            heard: StoredValue::new(0),
        }
    }

    fn press(self, event: &KeyboardEvent) {
        // The way out by keyboard stays open.
        if event.key() == "Escape" || event.repeat() {
            return;
        }
        let first = self.strokes.with_untracked(Vec::is_empty);
        // A gun's Tab follows its code; one that comes first is a person's who goes on.
        if first && event.key() == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if first {
            let settings = self.draft.with_untracked(|draft| Settings::from(draft));
            self.gun.update_value(|gun| *gun = Gun::new(settings));
        }
        let on = |name: &str| event.get_modifier_state(name);
        let (code, key, key_code) = (event.code(), event.key(), event.key_code());
        let press = Press {
            code: &code,
            key: &key,
            key_code,
            held: Held {
                shift: event.shift_key(),
                ctrl: event.ctrl_key(),
                alt: event.alt_key(),
                meta: event.meta_key(),
                alt_graph: on("AltGraph"),
                caps: on("CapsLock"),
            },
            repeat: false,
            composing: event.is_composing(),
            editable: false,
            at_ms: event.time_stamp(),
        };
        let scan = self.gun.try_update_value(|gun| gun.press(&press).scan).flatten();
        self.read.update(|read| read.extend(scan));
        let stroke = Stroke {
            by_input_method: event.is_composing() || key_code == TAKEN_BY_INPUT_METHOD,
            at_ms: event.time_stamp(),
            caps: on("CapsLock"),
            alt: event.alt_key() && !on("AltGraph"),
            key,
        };
        self.strokes.update(|strokes| strokes.push(stroke));
        self.wait();
    }

    fn wait(self) {
        self.heard.update_value(|heard| *heard += 1);
        let mine = self.heard.get_value();
        let look = move || {
            if self.heard.try_get_value() == Some(mine) {
                self.finish();
            }
        };
        set_timeout(look, Duration::from_millis(OVER_MS));
    }

    fn finish(self) {
        let last = self.gun.try_update_value(|gun| gun.tick(f64::MAX)).flatten();
        let mut read = self.read.get_untracked();
        read.extend(last);
        let strokes = self.strokes.get_untracked();
        let trial = self.draft.with_untracked(|draft| judge(&strokes, read.first().map(String::as_str), draft));
        self.strokes.set(Vec::new());
        self.read.set(Vec::new());
        self.done.set(Some((trial, strokes, read)));
    }
}

fn words(advice: Advice) -> (State, Text) {
    match advice {
        Advice::Fine => (State::Good, text("这把枪设得正好", "This gun is set just right")),
        Advice::Short => {
            (State::Bad, text("键太少：像是手打的，或条码太短", "Too few keys: typed by hand, or the code is short"))
        }
        Advice::Slow => (
            State::Bad,
            text(
                "太慢：把枪的“字符间延时”设为 5–15 毫秒",
                "Too slow: set the gun's delay between characters to 5 to 15 ms",
            ),
        ),
        Advice::NearlySlow => (
            State::Attention,
            text(
                "偏慢：电脑忙时可能断开，建议把字符间延时调小",
                "Nearly too slow: a busy machine may cut a scan in two; shorten the delay",
            ),
        ),
        Advice::NoEnd => (
            State::Attention,
            text(
                "没有结束键：请让枪在末尾加回车，否则连扫要停顿",
                "No key ends it: let the gun add Enter, else two scans need a pause",
            ),
        ),
        Advice::WrongEnd => {
            (State::Bad, text("结束键与右边设的不同", "It ends with another key than the one that is set"))
        }
        Advice::InputMethod => (
            State::Waiting,
            text(
                "输入法开着：按物理键读取，不影响扫码",
                "An input method is on: the physical keys are read, scans are safe",
            ),
        ),
        Advice::CapsLock => (State::Waiting, text("大写锁定开着：不影响扫码", "Caps Lock is on: scans are safe")),
        Advice::AltNumbers => (
            State::Bad,
            text(
                "枪用 Alt + 数字键盘发送，读不了：请关掉“ALT 模式”",
                "The gun types with Alt and the number pad, which cannot be read: switch that off",
            ),
        ),
        Advice::Mark => (
            State::Attention,
            text(
                "带有码制标识（如 ]C1）：把它加进要去掉的前缀",
                "It sends the mark of the code's kind, such as ]C1: add it to the prefixes",
            ),
        ),
    }
}

fn advice_line(advice: Advice) -> impl IntoView {
    let (state, words) = words(advice);
    let glyph = match state {
        State::Good => Glyph::CheckCircle,
        State::Bad => Glyph::CrossCircle,
        State::Attention => Glyph::Alert,
        State::Waiting | State::Paused => Glyph::Info,
    };
    view! { <li class=format!("trial__advice {}", state.class())><Icon glyph/><span>{words}</span></li> }
}

fn shown_key(key: &str) -> String {
    match key {
        " " => "␣".to_owned(),
        "\u{1d}" => "GS".to_owned(),
        key => key.to_owned(),
    }
}

fn keys(strokes: &[Stroke]) -> AnyView {
    let mut before = None::<f64>;
    let one = |stroke: &Stroke| {
        let gap = before.map(|before| stroke.at_ms - before);
        before = Some(stroke.at_ms);
        let gap = gap.map(|gap| view! { <span class="trial__gap">{format!("{gap:.0}")}</span> });
        view! { <li class="trial__key">{gap}<Kbd keys=shown_key(&stroke.key)/></li> }
    };
    strokes.iter().take(SHOWN_KEYS).map(one).collect_view().into_any()
}

fn outcome(trial: &Trial, strokes: &[Stroke], read: &[String]) -> AnyView {
    let code = read.first().map(|code| code.replace('\u{1d}', "␝"));
    let read = match code {
        Some(code) => view! { <p class="trial__read" data-test="trial-read">{code}</p> }.into_any(),
        None => {
            view! { <p class="u-soft" data-test="trial-read">{text("没有认出扫描", "No scan was told")}</p> }.into_any()
        }
    };
    let (count, gaps) = (trial.keys, trial.gaps_ms);
    let pace = move || {
        let keys = say!("{count} 个键", "{count} keys");
        match gaps {
            Some((low, usual, high)) => {
                say!(
                    "{keys}，间隔 {low:.0}–{high:.0} 毫秒，多为 {usual:.0}",
                    "{keys}, {low:.0} to {high:.0} ms apart, mostly {usual:.0}"
                )
            }
            None => keys,
        }
    };
    let advice = trial.advice.iter().copied().map(advice_line).collect_view();
    view! {
        <div class="u-stack-8" data-test="trial-outcome">
            {read}
            <p class="u-soft" data-test="trial-pace">{pace}</p>
            <ul class="trial__advices">{advice}</ul>
            <details>
                <summary>{text("逐键与间隔（毫秒）", "Key by key, with the pauses in ms")}</summary>
                <ol class="trial__keys">{keys(strokes)}</ol>
            </details>
        </div>
    }
    .into_any()
}

/// The place.
pub(super) fn trial(draft: RwSignal<GunSettings>) -> AnyView {
    let trying = Trying::new(draft);
    let (node, inside) = (NodeRef::<Div>::new(), RwSignal::new(false));
    let invite = move || {
        let coming = trying.strokes.with(Vec::len);
        if coming > 0 {
            return say!("正在收：{coming} 键", "Coming in: {coming} keys");
        }
        if inside.get() {
            say!("现在扫一个条码", "Scan a code now")
        } else {
            say!("点这里，然后扫一个条码", "Press here, then scan a code")
        }
    };
    let result =
        move || trying.done.with(|done| done.as_ref().map(|(trial, strokes, read)| outcome(trial, strokes, read)));
    view! {
        <Card title=text("试扫", "Try a gun")>
            <div class="u-stack">
                <div
                    node_ref=node
                    class="trial__place"
                    class:is-on=move || inside.get()
                    tabindex="0"
                    role="application"
                    aria-label=move || text("试扫区", "Place to try a gun").get()
                    data-test="trial"
                    on:focus=move |_| inside.set(true)
                    on:blur=move |_| inside.set(false)
                    on:keydown=move |event| trying.press(&event)
                >
                    <Icon glyph=Glyph::Scan/>
                    <span>{invite}</span>
                </div>
                {result}
            </div>
        </Card>
    }
    .into_any()
}
