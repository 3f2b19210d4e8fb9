//! What every part of the station's screen shares: which station it is, who works, what waits to be heard, and what was
//! just said.

use contract::Route;
use contract::station::{ShiftView, StationView};
use contract::warehouse::{SCAN, ScanMode, ScanRequest};
use domain::{ParcelId, Permission, Timestamp, WarehouseId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::api::Key;
use parts::meta::Meta;
use parts::queue::{Entry, Queue};
use parts::session::Session;
use serde::Serialize;
use ui::{State, Text, say, text};

use crate::gun::sound;

/// Where the screen is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Asking what this browser is.
    Waiting,
    /// The server did not answer.
    Failed(String),
    /// The browser keeps nothing.
    NoShelf,
    /// No station yet.
    Enrol,
    /// Nobody works here.
    Locked,
    /// Somebody works here; another is about to.
    Switch,
    /// Somebody works here.
    Open,
}

/// What is done with what is scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Job {
    Sign,
    Inspect,
    Receive,
}

impl Job {
    pub(super) const ALL: [Self; 3] = [Self::Sign, Self::Inspect, Self::Receive];

    pub(super) fn title(self) -> Text {
        match self {
            Self::Sign => text("签收", "Sign"),
            Self::Inspect => text("拆检", "Open & inspect"),
            Self::Receive => text("只收货", "Receive only"),
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Sign => "F2",
            Self::Inspect => "F3",
            Self::Receive => "F4",
        }
    }

    /// Whether it is offered to somebody who holds what `may` says.
    pub(super) fn is_for(self, may: impl Fn(Permission) -> bool) -> bool {
        match self {
            Self::Sign => may(Permission::ParcelSign),
            Self::Inspect => may(Permission::Inspect),
            Self::Receive => may(Permission::ParcelReceive),
        }
    }
}

/// What lies over the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Panel {
    None,
    Help,
    Unsent,
    HandOver,
}

/// What the last scan or key came to, said, shown and sounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) state: State,
    pub(super) words: String,
    pub(super) detail: String,
}

/// The shared things. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Post {
    pub(super) stage: RwSignal<Stage>,
    pub(super) station: RwSignal<Option<StationView>>,
    pub(super) shift: RwSignal<Option<ShiftView>>,
    pub(super) queue: Queue,
    pub(super) session: Session,
    pub(super) meta: Meta,
    pub(super) job: RwSignal<Job>,
    pub(super) panel: RwSignal<Panel>,
    /// Scans come from the camera too.
    pub(super) seeing: RwSignal<bool>,
    pub(super) said: RwSignal<Option<Said>>,
    /// How far the server's clock is ahead of this one, in ms.
    ahead_ms: StoredValue<i64>,
}

impl Post {
    pub(super) fn new(session: Session, meta: Meta, queue: Queue) -> Self {
        Self {
            stage: RwSignal::new(Stage::Waiting),
            station: RwSignal::new(None),
            shift: RwSignal::new(None),
            queue,
            session,
            meta,
            job: RwSignal::new(Job::Sign),
            panel: RwSignal::new(Panel::None),
            seeing: RwSignal::new(false),
            said: RwSignal::new(None),
            ahead_ms: StoredValue::new(0),
        }
    }

    pub(super) fn note_clock(self, server: Timestamp) {
        self.ahead_ms.try_set_value(server.ms() - js_sys::Date::now() as i64);
    }

    /// Now by the server's clock, to the millisecond.
    pub(super) fn now(self) -> Timestamp {
        Timestamp::from_ms(js_sys::Date::now() as i64 + self.ahead_ms.get_value())
    }

    /// Somebody works here from now on.
    pub(super) fn begin(self, shift: ShiftView) {
        let other = self.shift.with_untracked(|own| own.as_ref().map(|own| own.operator.id)) != Some(shift.operator.id);
        if other {
            let may = |permission| untrack(|| self.session.may(permission));
            let first = Job::ALL.into_iter().find(|job| job.is_for(may));
            self.job.try_set(first.unwrap_or(Job::Sign));
            self.panel.try_set(Panel::None);
            self.said.try_set(None);
        }
        let person = shift.operator.id.to_string();
        self.shift.try_set(Some(shift));
        self.queue.serve(Some(person));
    }

    /// Nobody works here any more.
    pub(super) fn end(self) {
        self.queue.serve(None);
        self.session.end();
        self.shift.set(None);
        self.stage.set(Stage::Locked);
    }

    pub(super) fn may(self, permission: Permission) -> bool {
        self.session.may(permission)
    }

    pub(super) fn warehouse(self) -> Option<WarehouseId> {
        self.station.with_untracked(|station| station.as_ref()?.warehouse.as_ref().map(|one| one.id))
    }

    /// Says what came of something, so that it is heard and seen.
    pub(super) fn say(self, state: State, words: impl Into<String>, detail: impl Into<String>) {
        sound::result(state);
        self.show(state, words, detail);
    }

    /// The same without a sound.
    pub(super) fn show(self, state: State, words: impl Into<String>, detail: impl Into<String>) {
        self.said.try_set(Some(Said { state, words: words.into(), detail: detail.into() }));
    }

    /// Something to tell the server, of this operator and now.
    pub(super) fn entry(self, route: &Route, path: Vec<String>, body: &impl Serialize, about: &str) -> Entry {
        let shift = self.shift.get_untracked();
        let (person, person_name, shift) = shift
            .map(|shift| (shift.operator.id.to_string(), shift.operator.name, shift.id.to_string()))
            .unwrap_or_default();
        Entry {
            key: Key::new().as_str().to_owned(),
            operation: route.operation.to_owned(),
            path,
            body: serde_json::to_value(body).unwrap_or_default(),
            about: about.to_owned(),
            person,
            person_name,
            shift,
            at_ms: self.now().ms(),
            refused: None,
        }
    }

    /// A pull of the trigger.
    pub(super) fn scan(self, mode: ScanMode, code: &str, parcel: Option<ParcelId>) -> Option<Entry> {
        let warehouse = self.warehouse()?;
        let key = Key::new();
        let request = ScanRequest {
            client_key: key.as_str().to_owned(),
            device: None,
            shift: self
                .shift
                .with_untracked(|shift| shift.as_ref().map(|shift| shift.id.to_string()).unwrap_or_default()),
            warehouse,
            mode,
            raw: code.to_owned(),
            quantity: 1,
            parcel,
            scanned_at: self.now(),
        };
        let entry = self.entry(&SCAN, Vec::new(), &request, code);
        Some(Entry { key: key.as_str().to_owned(), ..entry })
    }

    /// Keeps entries in the browser, in order, then calls `then`; a browser that keeps nothing is said loudly.
    pub(super) fn put(self, entries: Vec<Entry>, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            for entry in entries {
                if self.queue.put(entry, None).await.is_err() {
                    self.unkept();
                    return;
                }
            }
            then();
        });
    }

    pub(super) fn unkept(self) {
        untrack(|| {
            self.say(
                State::Bad,
                say!("没有保存下来", "Not kept"),
                say!(
                    "这台电脑的磁盘可能满了；请停止扫描并通知管理员",
                    "The disk may be full: stop scanning and call an admin"
                ),
            );
        });
    }
}

/// Gives the focus to a field that was asked for by a key, once it stands on the page.
pub(super) fn focus_soon(css: &'static str) {
    request_animation_frame(move || {
        let field = document().query_selector(css).ok().flatten();
        if let Some(field) = field.and_then(|field| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(field).ok())
        {
            let _ = field.focus();
        }
    });
}
