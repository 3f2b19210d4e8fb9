//! The way to guns past the keyboard: which are connected, why none can be, and what they read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

use super::report::{Read, Reader};

#[wasm_bindgen(module = "/src/hid/port.js")]
extern "C" {
    #[wasm_bindgen(js_name = obstacle)]
    fn obstacle_here() -> String;
    #[wasm_bindgen(js_name = start)]
    fn start_hearing(hear: &Closure<dyn FnMut(String, String, Uint8Array, f64)>);
    #[wasm_bindgen(js_name = names)]
    fn open_names() -> Array;
    #[wasm_bindgen(catch, js_name = grant)]
    async fn ask_for_gun() -> Result<JsValue, JsValue>;
}

/// Why guns cannot be reached past the keyboard on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The page did not come by a connection the browser trusts.
    Insecure,
    /// The page lies in a frame that does not allow it, or a rule of the company forbids it.
    Forbidden,
    /// The browser has no such thing.
    Unsupported,
}

/// What became of asking the person for a gun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// A gun is connected.
    Gun,
    /// What was chosen is no gun in this mode.
    NoGun,
    /// Nothing was chosen.
    Nothing,
    /// The browser refused to ask.
    Refused,
}

/// What happens to guns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// One is connected, by its name.
    Connected(String),
    /// One was unplugged.
    Gone(String),
    /// One cannot be opened: another program has it.
    Failed(String),
    /// One sent what cannot be read.
    Unreadable(String),
    /// One read a code.
    Scanned(Read),
}

static NAMES: LazyLock<ArcRwSignal<Vec<String>>> = LazyLock::new(|| ArcRwSignal::new(Vec::new()));

thread_local! {
    static READERS: RefCell<HashMap<String, Reader>> = RefCell::default();
}

/// Why guns cannot be reached past the keyboard; `None` when they can.
pub fn obstacle() -> Option<Obstacle> {
    match obstacle_here().as_str() {
        "insecure" => Some(Obstacle::Insecure),
        "forbidden" => Some(Obstacle::Forbidden),
        "unsupported" => Some(Obstacle::Unsupported),
        _ => None,
    }
}

/// The names of the guns that are connected, followed by views.
pub fn connected() -> Vec<String> {
    NAMES.get()
}

fn read_names() {
    NAMES.set(open_names().iter().filter_map(|name| name.as_string()).collect());
}

fn understood(what: &str, name: String, report: &Uint8Array, at_ms: f64) -> Option<Happened> {
    let forget = || READERS.with_borrow_mut(|readers| readers.remove(&name));
    match what {
        "connected" => Some(Happened::Connected(name)),
        "gone" => {
            forget();
            Some(Happened::Gone(name))
        }
        "failed" => Some(Happened::Failed(name)),
        "report" => {
            let read = READERS
                .with_borrow_mut(|readers| readers.entry(name.clone()).or_default().take(&report.to_vec(), at_ms));
            match read {
                Ok(read) => read.map(Happened::Scanned),
                Err(_) => Some(Happened::Unreadable(name)),
            }
        }
        _ => None,
    }
}

/// Opens the guns that were granted before, and tells what happens to guns from now on.
pub fn start(mut hear: impl FnMut(Happened) + 'static) {
    let hear = Closure::<dyn FnMut(String, String, Uint8Array, f64)>::new(
        move |what: String, name: String, report: Uint8Array, at_ms: f64| {
            if what != "report" {
                read_names();
            }
            if let Some(happened) = understood(&what, name, &report, at_ms) {
                hear(happened);
            }
        },
    );
    start_hearing(&hear);
    // For as long as the window lives.
    hear.forget();
}

/// Asks the person for a gun; only a click or a key may do so.
pub async fn grant() -> Granted {
    let chosen = ask_for_gun().await;
    read_names();
    match chosen.map(|count| count.as_f64().unwrap_or(0.0)) {
        Ok(count) if count > 0.0 => Granted::Gun,
        Ok(count) if count < 0.0 => Granted::NoGun,
        Ok(_) => Granted::Nothing,
        Err(_) => Granted::Refused,
    }
}
