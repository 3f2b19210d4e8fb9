//! Guns past the keyboard: which are connected, how to connect one, and why it cannot be done here.

use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::hid::port::{self, Granted, Obstacle};
use ui::{Button, Card, Glyph, Icon, Notice, State, Text, text};

fn reason(obstacle: Obstacle) -> (Text, Text) {
    match obstacle {
        Obstacle::Insecure => (
            text("本页不是可信的 https 连接", "This page did not come by a trusted https connection"),
            text(
                "请让管理员装好证书后用 https 打开，或在本机用 localhost",
                "Have a certificate installed and open it by https, or use localhost on the machine itself",
            ),
        ),
        Obstacle::Forbidden => (
            text("本页所在的框架或公司策略不允许", "The frame around this page, or a rule of the company, forbids it"),
            text(
                "请在单独的窗口打开退换台，或让管理员放行 HID",
                "Open the desk in a window of its own, or have HID allowed",
            ),
        ),
        Obstacle::Unsupported => (
            text("这个浏览器不支持", "This browser cannot do it"),
            text(
                "请用 Chrome 或 Edge 桌面版；键盘模式的枪在任何浏览器都能用",
                "Use Chrome or Edge on a computer; guns set as keyboards work in every browser",
            ),
        ),
    }
}

fn answer(granted: Granted) -> Option<(State, Text)> {
    match granted {
        Granted::Gun => None,
        Granted::NoGun => Some((
            State::Attention,
            text(
                "选的设备不是 HID-POS 模式：请扫说明书里的“HID-POS / USB OEM”模式码后再连",
                "What was chosen is not in HID-POS mode: scan that mode's code in the gun's manual, then connect again",
            ),
        )),
        Granted::Nothing => Some((
            State::Attention,
            text(
                "没有选择设备。列表为空说明枪还在键盘模式：请先扫说明书里的 HID-POS 模式码",
                "Nothing was chosen. An empty list means that the gun is still a keyboard: scan the HID-POS code in its manual first",
            ),
        )),
        Granted::Refused => Some((
            State::Bad,
            text("浏览器没有打开选择窗口，请再点一次", "The browser did not ask; press the button again"),
        )),
    }
}

fn names() -> AnyView {
    let line = |name: String| {
        let name = if name.is_empty() { "HID-POS".to_owned() } else { name };
        view! { <li class="guns__one is-good"><Icon glyph=Glyph::CheckCircle/><span>{name}</span></li> }
    };
    let none = text("没有直连的枪", "No gun is connected this way");
    let list = move || {
        let names = port::connected();
        if names.is_empty() {
            return view! { <p class="u-soft">{none}</p> }.into_any();
        }
        view! { <ul class="guns__list" data-test="hid-names">{names.into_iter().map(line).collect_view()}</ul> }
            .into_any()
    };
    list.into_any()
}

/// The card.
pub(super) fn connect() -> AnyView {
    let said = RwSignal::new(None::<(State, Text)>);
    let busy = RwSignal::new(false);
    let ask = move |()| {
        busy.set(true);
        said.set(None);
        spawn_local(async move {
            let granted = port::grant().await;
            busy.try_set(false);
            said.try_set(answer(granted));
        });
    };
    let body = match port::obstacle() {
        Some(obstacle) => {
            let (title, hint) = reason(obstacle);
            view! {
                <div data-test="hid-obstacle">
                    <Notice state=State::Attention title><p>{hint}</p></Notice>
                </div>
            }
            .into_any()
        }
        None => view! {
            {names()}
            {move || said.get().map(|(state, title)| view! { <Notice state title/> })}
            <div>
                <Button icon=Glyph::Link busy on_click=ask attr:data-test="hid-connect">
                    {text("连接一把枪", "Connect a gun")}
                </Button>
            </div>
        }
        .into_any(),
    };
    let about = text(
        "枪设为 HID-POS 模式后，扫码不经过键盘：输入法、大写锁定、光标都碰不到它，GS1 分隔符也不会丢。连过一次，下次打开自动接上。",
        "In HID-POS mode a gun sends past the keyboard: no input method, Caps Lock or focus can touch a scan, and GS1 separators are kept. Once connected it is opened by itself the next time.",
    );
    view! {
        <Card title=text("USB 直连（HID-POS）", "Past the keyboard (HID-POS)")>
            <div class="u-stack-8">
                <p class="u-soft">{about}</p>
                {body}
            </div>
        </Card>
    }
    .into_any()
}
