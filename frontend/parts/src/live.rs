//! The live stream: topics of what changed. Who shows one of them fetches anew; nothing is taken from the stream itself.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use contract::event::{RESYNC, STREAM, TOPICS};
use js_sys::{Array, Function};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

#[wasm_bindgen(module = "/src/live.js")]
extern "C" {
    /// Opens the stream, or shares the one that another tab holds; gives back what ends it.
    fn listen(address: &str, topics: &str, resync: &str, hear: &Closure<dyn FnMut(JsValue)>) -> Function;
}

/// What was heard at once.
pub struct Heard {
    /// `None`: some were missed, anything may have changed.
    topics: Option<HashSet<String>>,
}

impl Heard {
    /// Whether a topic such as `rma:17` may have changed.
    pub fn touches(&self, topic: &str) -> bool {
        self.topics.as_ref().is_none_or(|topics| topics.contains(topic))
    }

    /// Whether a topic that begins so may have changed: `queue:` for any shop's queue.
    pub fn touches_any(&self, start: &str) -> bool {
        self.topics.as_ref().is_none_or(|topics| topics.iter().any(|topic| topic.starts_with(start)))
    }
}

type Listener = Rc<dyn Fn(&Heard)>;
/// What ends the stream, and what hears it.
type Stream = (Function, Closure<dyn FnMut(JsValue)>);

thread_local! {
    static LISTENERS: RefCell<Vec<(u32, Listener)>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
    static OPEN: RefCell<Option<Stream>> = const { RefCell::new(None) };
}

/// Begins to listen; once is enough for the page.
pub fn start() {
    OPEN.with_borrow_mut(|open| {
        if open.is_none() {
            let hear = Closure::new(|data| tell(&read(&data)));
            let end = listen(STREAM.path, TOPICS, RESYNC, &hear);
            *open = Some((end, hear));
        }
    });
}

/// Ends listening: nobody is signed in any more.
pub fn stop() {
    if let Some((end, _hear)) = OPEN.take() {
        let _ = end.call0(&JsValue::NULL);
    }
}

/// Calls `listener` with whatever is heard, until the owner is gone.
pub fn on_heard(listener: Rc<dyn Fn(&Heard)>) {
    let id = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    LISTENERS.with_borrow_mut(|all| all.push((id, listener)));
    on_cleanup(move || LISTENERS.with_borrow_mut(|all| all.retain(|(other, _)| *other != id)));
}

fn tell(heard: &Heard) {
    // Listeners may come and go while they are called.
    let all: Vec<Listener> = LISTENERS.with_borrow(|all| all.iter().map(|(_, listener)| Rc::clone(listener)).collect());
    for listener in all {
        listener(heard);
    }
}

fn read(data: &JsValue) -> Heard {
    let topics =
        Array::is_array(data).then(|| Array::from(data).iter().filter_map(|topic| topic.as_string()).collect());
    Heard { topics }
}
