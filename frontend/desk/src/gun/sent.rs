//! Scans of guns that send past the keyboard, brought to the pages that wait for scans, and what happens to those guns.

use parts::hid::port::{self, Happened};
use ui::{State, say, text, toast};

fn named(name: String) -> String {
    if name.is_empty() { "HID-POS".to_owned() } else { name }
}

/// Opens the guns that were granted before and hears them; `scanned` takes what they read.
pub(super) fn start(scanned: impl Fn(String) + 'static) {
    port::start(move |happened| match happened {
        Happened::Scanned(read) => scanned(read.text),
        Happened::Connected(name) => {
            let name = named(name);
            toast(State::Good, move || say!("扫描枪已连接：{name}", "Gun connected: {name}"));
        }
        Happened::Gone(name) => {
            super::sound::refused();
            let name = named(name);
            toast(State::Bad, move || {
                say!("扫描枪已断开：{name}。插好后自动接上", "Gun gone: {name}. It is opened again once plugged in")
            });
        }
        Happened::Failed(name) => {
            let name = named(name);
            toast(State::Bad, move || {
                say!(
                    "打不开扫描枪：{name}。请关掉占用它的程序，拔下再插",
                    "Cannot open the gun {name}: close what uses it, then plug it in again"
                )
            });
        }
        Happened::Unreadable(_) => {
            super::sound::refused();
            let words = text(
                "扫描枪发来的内容读不出，请确认它在 HID-POS 模式，再扫一次",
                "The gun sent what cannot be read: check that it is in HID-POS mode and scan again",
            );
            toast(State::Bad, words);
        }
    });
}
