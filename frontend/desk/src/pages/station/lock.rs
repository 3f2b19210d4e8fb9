//! Nobody works here: a badge, a PIN, Enter. Also in front of somebody's work when the next one takes over.

use contract::station::{CLOSE_OPERATOR, OPEN_OPERATOR, OpenOperator, OperatorView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::{self, Key};
use parts::said::said;
use parts::submit::Submit;
use ui::{Button, Glyph, Icon, LangSwitch, State, Text, ThemeSwitch, say, text};

use super::post::{Post, Stage};
use super::unsent::line;
use crate::camera::camera;
use crate::gun::{on_key, on_scan, sound};

/// Most digits of a PIN.
const MAX_DIGITS: usize = 8;
/// Fewest.
const MIN_DIGITS: usize = 4;
const SCAN: Text = text("请扫工牌", "Scan your badge");
const PIN: Text = text("输入 PIN，按回车", "Type your PIN, then Enter");
const OTHER: Text = text("换人：请扫工牌", "Next operator: scan your badge");

/// A badge and the digits so far. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct BadgeAndPin {
    pub(super) badge: RwSignal<Option<String>>,
    pub(super) pin: RwSignal<String>,
    pub(super) wrong: RwSignal<Option<String>>,
}

impl BadgeAndPin {
    pub(super) fn new() -> Self {
        Self { badge: RwSignal::new(None), pin: RwSignal::default(), wrong: RwSignal::new(None) }
    }

    pub(super) fn scanned(self, code: String) {
        sound::result(State::Good);
        self.wrong.set(None);
        self.pin.set(String::new());
        self.badge.set(Some(code));
    }

    /// A key; whether it was used. `send` is called with badge and PIN when both are there.
    pub(super) fn key(self, name: &str, send: impl FnOnce(String, String)) -> bool {
        let Some(badge) = self.badge.get_untracked() else { return false };
        match name {
            "Backspace" => self.pin.update(|pin| {
                pin.pop();
            }),
            "Escape" => self.badge.set(None),
            "Enter" => {
                let pin = self.pin.get_untracked();
                if pin.len() >= MIN_DIGITS {
                    send(badge, pin);
                }
            }
            digit if digit.len() == 1 && digit.as_bytes().iter().all(u8::is_ascii_digit) => self.pin.update(|pin| {
                if pin.len() < MAX_DIGITS {
                    pin.push_str(digit);
                }
            }),
            _ => return false,
        }
        true
    }

    /// It was refused: from the badge again.
    pub(super) fn refuse(self, words: String) {
        sound::result(State::Bad);
        self.pin.try_set(String::new());
        self.badge.try_set(None);
        self.wrong.try_set(Some(words));
    }

    /// The digits as dots.
    pub(super) fn dots(self) -> AnyView {
        let count = Memo::new(move |_| self.pin.with(String::len));
        let dots = move || {
            let least = count.get().max(MIN_DIGITS);
            (0..least).map(|at| view! { <span class="lock__dot" class:is-full=at < count.get()></span> }).collect_view()
        };
        let told = move || {
            let count = count.get();
            say!("已输入 {count} 位", "{count} digits")
        };
        view! { <p class="lock__dots" role="img" aria-label=told data-test="station-pin">{dots}</p> }.into_any()
    }
}

/// Keys on the screen, for hands without a keyboard.
pub(super) fn pad(press: impl Fn(&'static str) + Copy + Send + Sync + 'static) -> AnyView {
    let keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "Backspace", "0", "Enter"];
    let face = |name: &'static str| match name {
        "Backspace" => "⌫",
        "Enter" => "↵",
        digit => digit,
    };
    let button = move |name: &'static str| {
        view! {
            <button type="button" class="lock__key" aria-label=name on:click=move |_| press(name)>{face(name)}</button>
        }
    };
    view! { <div class="lock__pad">{keys.into_iter().map(button).collect_view()}</div> }.into_any()
}

fn open(post: Post, own: BadgeAndPin, submit: Submit, badge: String, pin: String) {
    let body = OpenOperator { badge, pin };
    submit.renew();
    submit.run(
        move |key| async move { api::send::<OperatorView, _>(&OPEN_OPERATOR, &[], &body, key).await },
        move |operator| {
            spawn_local(async move {
                post.session.begin(operator.caller);
                if let Err(problem) = post.meta.ask().await {
                    own.refuse(problem.words_in_full());
                    return;
                }
                sound::result(State::Good);
                post.begin(operator.shift);
                post.stage.try_set(Stage::Open);
            });
        },
    );
}

fn leave(post: Post) {
    spawn_local(async move {
        match api::act::<serde_json::Value>(&CLOSE_OPERATOR, &[], Key::new()).await {
            Err(problem) if problem.status != 401 => {
                let words = untrack(|| say!("没有退出", "Not signed off"));
                post.say(State::Bad, words, problem.words_in_full());
                post.stage.try_set(Stage::Open);
            }
            _ => post.end(),
        }
    });
}

/// The camera, for a machine without a gun; one badge is all it is for.
fn eye(seeing: RwSignal<bool>, has_badge: Memo<bool>) -> AnyView {
    let button = move || {
        let offers = !has_badge.get() && !seeing.get();
        offers.then(|| {
            view! {
                <Button icon=Glyph::Camera on_click=move |()| seeing.set(true) attr:data-test="lock-camera">
                    {text("用相机扫工牌", "Scan it with the camera")}
                </Button>
            }
        })
    };
    view! {
        {button}
        <div class="lock__camera">{camera(seeing)}</div>
    }
    .into_any()
}

/// The way to the desk, while nobody works here.
fn to_desk() -> AnyView {
    view! { <a class="lock__desk" href="/desk">{text("用密码登录工作台", "Sign in to the desk with a password")}</a> }
        .into_any()
}

/// Which station it is.
fn place(post: Post) -> AnyView {
    let place = move || {
        post.station.with(|station| {
            let station = station.as_ref()?;
            let warehouse = station.warehouse.as_ref().map(|one| said(&one.title).get());
            Some(view! { <p class="lock__place"><b>{station.name.clone()}</b> " · " {warehouse}</p> })
        })
    };
    view! { {place} }.into_any()
}

/// The screen.
pub(super) fn lock(post: Post) -> AnyView {
    let own = BadgeAndPin::new();
    let submit = Submit::new();
    let switching = post.stage.with_untracked(|stage| *stage == Stage::Switch);
    Effect::new(move |_| {
        if let Some(problem) = submit.problem().get() {
            untrack(|| own.refuse(problem.words_in_full()));
        }
    });
    let press = move |name: &str| {
        if submit.busy().get_untracked() {
            return true;
        }
        if own.key(name, |badge, pin| open(post, own, submit, badge, pin)) {
            return true;
        }
        match name {
            "Escape" if switching => post.stage.set(Stage::Open),
            "End" | "e" if switching => leave(post),
            _ => {}
        }
        // Nothing behind the lock hears a key.
        true
    };
    let seeing = RwSignal::new(false);
    let scanned = move |code| {
        seeing.set(false);
        own.scanned(code);
    };
    on_scan(scanned, |_| {});
    on_key(press);
    let has_badge = Memo::new(move |_| own.badge.with(Option::is_some));
    let ask = move || match (has_badge.get(), switching) {
        (true, _) => PIN.get(),
        (false, true) => OTHER.get(),
        (false, false) => SCAN.get(),
    };
    let wrong = move || {
        own.wrong.get().map(|words| {
            view! { <p class="lock__wrong is-bad" role="alert" data-test="station-refused"><Icon glyph=Glyph::CrossCircle/>{words}</p> }
        })
    };
    let digits = move || {
        has_badge.get().then(|| {
            view! { {own.dots()} {pad(move |name| { press(name); })} }
        })
    };
    let hint = switching.then(|| {
        view! { <p class="lock__hint">{text("Esc 返回 · E 下班退出", "Esc back · E end of shift")}</p> }
    });
    let desk = (!switching).then(to_desk);
    view! {
        <main class="lock" data-test="station-lock">
            <div class="door__tools"><LangSwitch/><ThemeSwitch/></div>
            <header class="lock__head">{place(post)} {line(post)}</header>
            <div class="lock__ask">
                <span class="lock__sign" aria-hidden="true"><Icon glyph=Glyph::Lock/></span>
                <h1>{ask}</h1>
                {digits}
                {eye(seeing, has_badge)}
                {wrong}
            </div>
            <footer class="lock__foot">{hint} {desk}</footer>
        </main>
    }
    .into_any()
}
