//! Scans of guns that type, wherever the focus is: one listener at the window, ahead of every other, asks [`parts::gun`]
//! about each key. Pages wait for scans with [`on_scan`]; while none does, all keys are the browser's.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::time::Duration;

use contract::gun::GunSettings;
use leptos::prelude::*;
use parts::gun::{Answer, Gun, Held, Press, Settings};
use parts::hid::{Heard, Once};
use ui::{State, say, toast};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlElement, KeyboardEvent};

mod field;
mod keys;
mod sent;
pub(crate) mod sound;

use field::Before;
pub(crate) use field::is_page_covered;
pub(crate) use keys::{on_key, press_key};

/// The browser's number of a key that an input method takes.
const TAKEN_BY_INPUT_METHOD: u32 = 229;
/// While the page is busy keys wait, and are heard one by one after it. A scan is not over for so long after a key was
/// heard, in ms, whenever the key came; and a clock that is as late as this waits once more.
const SETTLE_MS: f64 = 40.0;
/// How long the field that an input method was in stays without the focus after the last key, in ms.
const REST_MS: u64 = 200;

type Told = Rc<dyn Fn(String)>;

/// A page that waits for scans.
#[derive(Clone)]
struct Waiting {
    id: u32,
    used: Told,
    unused: Told,
}

/// What hangs between the window and the pages.
#[derive(Default)]
struct Wire {
    gun: Gun,
    /// The newest last: it is the one in front.
    waiting: Vec<Waiting>,
    next_id: u32,
    /// When the last key was heard, in ms: later than it came.
    heard_ms: f64,
    /// Keys kept from the page that are still down.
    kept: HashSet<String>,
    /// Fields that the keys since the last pause have reached, as they were before.
    reached: Vec<Before>,
    /// One of these keys went through an input method.
    by_input_method: bool,
    /// The field that had to give up the focus, for a while.
    left: Option<Before>,
    ticking: bool,
    /// What was heard lately, by which way.
    once: Once,
}

thread_local! {
    static WIRE: RefCell<Wire> = RefCell::default();
}

impl Wire {
    /// What becomes of a key; `None`: no page waits for scans, or a secret is typed.
    fn ask(&mut self, event: &KeyboardEvent, focused: Option<&HtmlElement>) -> Option<Answer> {
        if self.waiting.is_empty() || focused.is_some_and(field::is_secret) {
            self.gun.forget();
            self.reached.clear();
            return None;
        }
        self.heard_ms = now_ms();
        let on = |name| event.get_modifier_state(name);
        let (code, key) = (event.code(), event.key());
        let (composing, key_code) = (event.is_composing(), event.key_code());
        let answer = self.gun.press(&Press {
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
            repeat: event.repeat(),
            composing,
            editable: focused.is_some(),
            at_ms: event.time_stamp(),
        });
        if answer.begins {
            self.reached.clear();
            self.by_input_method = false;
        }
        self.by_input_method |= composing || key_code == TAKEN_BY_INPUT_METHOD;
        if answer.swallow {
            self.kept.insert(code);
        } else if let Some(focused) = focused
            && self.reached.iter().all(|before| before.element != *focused)
        {
            self.reached.push(Before::of(focused));
        }
        Some(answer)
    }

    /// When the clock is to tick, in ms; `None` while no scan is coming in.
    fn due_ms(&self) -> Option<f64> {
        Some(self.gun.due_ms()?.max(self.heard_ms + SETTLE_MS))
    }
}

/// Catches scans from now on; once, before any other listener.
pub(crate) fn provide() {
    sent::start(|code| hear(Heard::Sent, code));
    listen("keydown", |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>().filter(|event| event.is_trusted()) {
            pressed(event);
        }
    });
    listen("keyup", |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if WIRE.with_borrow_mut(|wire| wire.kept.remove(&event.code())) {
            keep(event);
        }
    });
}

fn listen(name: &'static str, hear: impl Fn(Event) + 'static) {
    let hear = Closure::<dyn Fn(Event)>::new(hear);
    let function = hear.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool(name, function, true);
    // For as long as the window lives.
    hear.forget();
}

/// Calls `used` with every scan, until the owner is gone, or `unused` while a sheet lies over the page. The page that
/// came last is the one in front.
pub(crate) fn on_scan(used: impl Fn(String) + 'static, unused: impl Fn(String) + 'static) {
    let id = WIRE.with_borrow_mut(|wire| {
        wire.next_id = wire.next_id.wrapping_add(1);
        let id = wire.next_id;
        wire.waiting.push(Waiting { id, used: Rc::new(used), unused: Rc::new(unused) });
        id
    });
    on_cleanup(move || WIRE.with_borrow_mut(|wire| wire.waiting.retain(|other| other.id != id)));
}

fn keep(event: &KeyboardEvent) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

fn pressed(event: &KeyboardEvent) {
    let focused = field::focused();
    let Some(answer) = WIRE.with_borrow_mut(|wire| wire.ask(event, focused.as_ref())) else {
        if keys::heard(event, None, focused.is_some()) {
            keep(event);
        }
        return;
    };
    if keys::heard(event, Some(&answer), focused.is_some()) || answer.swallow {
        keep(event);
    }
    if answer.caught {
        take_back();
    }
    if let Some(code) = answer.scan {
        hear(Heard::Typed, code);
    }
    tick_when_due();
}

/// Takes out of the fields what of a scan has slipped in. An input method cannot be told to stop but by taking the focus
/// away: what it composes goes with it.
fn take_back() {
    let (reached, stop) = WIRE.with_borrow_mut(|wire| (std::mem::take(&mut wire.reached), wire.by_input_method));
    let focused = field::focused().filter(|_| stop);
    if let Some(before) = reached.iter().find(|before| Some(&before.element) == focused.as_ref()) {
        let _ = before.element.blur();
        let first = WIRE.with_borrow_mut(|wire| wire.left.replace(before.clone()).is_none());
        if first {
            give_back_later();
        }
    }
    reached.iter().for_each(Before::restore);
}

/// Gives the focus back to the field that had to leave it, once the gun is silent.
fn give_back_later() {
    let give_back = || {
        if WIRE.with_borrow(|wire| wire.gun.due_ms().is_some()) {
            return give_back_later();
        }
        let Some(left) = WIRE.with_borrow_mut(|wire| wire.left.take()) else { return };
        // What an input method wrote late goes too.
        left.restore();
        let free = document().active_element().is_none_or(|now| now.tag_name() == "BODY");
        if free && left.element.is_connected() {
            let _ = left.element.focus();
        }
    };
    set_timeout(give_back, Duration::from_millis(REST_MS));
}

fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Lets the clock tick when the scan that is coming in would be over.
fn tick_when_due() {
    let due_ms = WIRE.with_borrow_mut(|wire| {
        let due_ms = wire.due_ms().filter(|_| !wire.ticking)?;
        wire.ticking = true;
        Some(due_ms)
    });
    if let Some(due_ms) = due_ms {
        tick_at(due_ms);
    }
}

fn tick_at(at_ms: f64) {
    let tick = move || {
        let now_ms = now_ms();
        if now_ms - at_ms > SETTLE_MS {
            return tick_at(now_ms + SETTLE_MS);
        }
        let code = WIRE.with_borrow_mut(|wire| {
            wire.ticking = false;
            let is_due = wire.due_ms().is_some_and(|due_ms| due_ms <= now_ms);
            is_due.then(|| wire.gun.tick(now_ms)).flatten()
        });
        if let Some(code) = code {
            hear(Heard::Typed, code);
        }
        tick_when_due();
    };
    set_timeout(tick, Duration::from_secs_f64((at_ms - now_ms()).max(0.0) / 1_000.0));
}

/// Writes the code into the field that has asked for one, which gives up the focus: the next scan is the page's again.
fn write_into_field(code: &str) -> bool {
    let left = WIRE.with_borrow(|wire| wire.left.as_ref().map(|left| left.element.clone()));
    let Some(own) = left.or_else(field::focused).filter(field::takes_scan) else { return false };
    WIRE.with_borrow_mut(|wire| wire.left = None);
    field::write(&own, code);
    let _ = own.blur();
    true
}

/// Guns are set so from now on.
pub(crate) fn set(settings: &GunSettings) {
    WIRE.with_borrow_mut(|wire| wire.gun.set(Settings::from(settings)));
}

/// A camera has read a code.
pub(crate) fn seen(code: String) {
    hear(Heard::Seen, code);
}

/// Brings a scan to whoever waits for it, unless the same gun has brought it by its other way.
fn hear(way: Heard, code: String) {
    if WIRE.with_borrow_mut(|wire| wire.once.is_new(way, &code, now_ms())) {
        deliver(code);
    }
}

fn deliver(code: String) {
    if write_into_field(&code) {
        return;
    }
    let waiting = WIRE.with_borrow(|wire| wire.waiting.last().cloned());
    let covered = is_page_covered();
    match waiting {
        Some(waiting) if !covered => (waiting.used)(code),
        waiting => {
            sound::refused();
            let shown = code.clone();
            toast(State::Attention, move || say!("没有使用：{shown}", "Not used: {shown}"));
            if let Some(waiting) = waiting {
                (waiting.unused)(code);
            }
        }
    }
}
