//! A parcel that is no plain one: damaged, without an owner, without a label. What is seen of it is told by keys, and goes
//! up behind the scan it is about.

use contract::filing::UPLOAD;
use contract::station::{PARK, ParkRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use parts::queue::answer_of;
use serde_json::{Value, json};
use ui::{Bind, Button, ButtonKind, Glyph, Icon, State, Text, TextArea, say, text};

use super::bar::cover;
use super::photo::{Shots, picker};
use super::post::{Post, focus_soon};
use super::sign::{Dock, Outcome, Row};
use crate::gun::{on_key, on_scan};

/// Digits of a phone's tail.
const MAX_TAIL: usize = 11;
/// Fewest that help.
const MIN_TAIL: usize = 4;

/// What is seen of a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The scan it is about; none for a parcel whose label cannot be read.
    pub(super) scan: Option<String>,
    pub(super) code: String,
    pub(super) damaged: bool,
    pub(super) parked: bool,
    pub(super) tail: String,
    pub(super) note: String,
}

impl Seen {
    /// Of a scanned parcel; one that nobody announced goes to the shelf unless somebody says otherwise.
    pub(super) fn of(row: &Row) -> Self {
        use contract::warehouse::SignedAs::Unknown;
        let unknown = matches!(row.outcome, Outcome::Signed { signed_as: Unknown, .. });
        Self {
            scan: Some(row.key.clone()),
            code: row.code.clone(),
            damaged: row.damaged,
            parked: unknown,
            ..Self::default()
        }
    }

    /// Of a parcel whose label cannot be read.
    pub(super) fn nameless() -> Self {
        Self { parked: true, ..Self::default() }
    }
}

/// The body of what is told; the parcel of a scan that is not heard yet stands in it as that scan's answer.
fn body(post: Post, seen: &Seen, row: Option<&Row>, photos: &[String]) -> Value {
    let request = ParkRequest {
        warehouse: post.warehouse().filter(|_| seen.scan.is_none()),
        phone_tail: Some(seen.tail.clone()).filter(|tail| tail.len() >= MIN_TAIL),
        note: Some(seen.note.trim().to_owned()).filter(|note| !note.is_empty()),
        damaged: seen.damaged.then_some(true),
        parked: seen.parked,
        at: Some(post.now()),
        ..ParkRequest::default()
    };
    let mut body = serde_json::to_value(&request).unwrap_or_default();
    let parcel = match (row.map(|row| &row.outcome), &seen.scan) {
        (Some(Outcome::Signed { parcel, .. }), _) => Some(parcel.to_string()),
        (_, Some(scan)) => Some(answer_of(scan, "/effect/signed/parcel")),
        _ => None,
    };
    if let (Value::Object(body), Some(parcel)) = (&mut body, parcel) {
        body.insert("parcel".to_owned(), json!(parcel));
    }
    if let (Value::Object(body), false) = (&mut body, photos.is_empty()) {
        body.insert("attachments".to_owned(), json!(photos));
    }
    body
}

/// Keeps what was seen, to be told behind the scan.
pub(super) fn send(dock: Dock, row: &Row, seen: Seen) {
    keep(dock, Some(row.clone()), seen, None);
}

fn keep(dock: Dock, row: Option<Row>, seen: Seen, shots: Option<Shots>) {
    let post = dock.post;
    let name = if seen.code.is_empty() {
        untrack(|| say!("没有面单的包裹", "Parcel without a label"))
    } else {
        seen.code.clone()
    };
    // The panel is gone, and its photos with it, before the first of them is kept.
    let files = shots.map(Shots::take).unwrap_or_default();
    spawn_local(async move {
        let mut photos = Vec::new();
        for file in files {
            let entry = post.entry(&UPLOAD, Vec::new(), &Value::Null, &name);
            let key = entry.key.clone();
            if post.queue.put(entry, Some(file.into())).await.is_err() {
                return post.unkept();
            }
            photos.push(answer_of(&key, "/id"));
        }
        let body = body(post, &seen, row.as_ref(), &photos);
        let entry = post.entry(&PARK, Vec::new(), &body, &name);
        if post.queue.put(entry, None).await.is_err() {
            return post.unkept();
        }
        if let Some(row) = row {
            dock.rows.try_update(|rows| {
                if let Some(own) = rows.iter_mut().find(|own| own.key == row.key) {
                    own.damaged |= seen.damaged;
                    own.parked |= seen.parked;
                }
            });
        }
        let words = untrack(|| match (seen.parked, seen.damaged) {
            (true, _) => say!("已挂起，等人认领", "Parked until somebody knows it"),
            (false, true) => say!("已记下：外包装破损", "Noted: damaged"),
            (false, false) => say!("已记下", "Noted"),
        });
        post.say(State::Good, name, words);
    });
}

/// One line of the panel: its key, its name, what stands there.
fn line(
    name: &'static str,
    label: Text,
    value: impl Fn() -> AnyView + Send + Sync + 'static,
    press: Callback<()>,
) -> AnyView {
    view! {
        <button type="button" class="panel__line" on:click=move |_| press.run(())>
            <kbd class="ui-kbd">{name}</kbd>
            <span class="panel__label">{label}</span>
            <span class="panel__value">{value}</span>
        </button>
    }
    .into_any()
}

fn yes_no(on: bool) -> AnyView {
    let words = if on { text("是", "Yes") } else { text("否", "No") };
    view! { <span class:is-on=on>{on.then(|| view! { <Icon glyph=Glyph::Check/> })}{words}</span> }.into_any()
}

/// What is being told of a parcel. Copy freely.
#[derive(Clone, Copy)]
struct Parking {
    dock: Dock,
    shots: Shots,
    /// Digits go to the phone's tail.
    typing: RwSignal<bool>,
    noting: RwSignal<bool>,
    pick: Callback<()>,
}

impl Parking {
    fn seen(self) -> Seen {
        self.dock.parking.get().unwrap_or_default()
    }

    fn change(self, change: impl FnOnce(&mut Seen)) {
        self.dock.parking.update(|seen| {
            if let Some(seen) = seen {
                change(seen);
            }
        });
    }

    fn close(self) {
        self.dock.parking.set(None);
    }

    fn save(self) {
        let Some(own) = self.dock.parking.get_untracked() else { return };
        let is_own = |row: &&Row| Some(&row.key) == own.scan.as_ref();
        let row = self.dock.rows.with_untracked(|rows| rows.iter().find(is_own).cloned());
        keep(self.dock, row, own, Some(self.shots));
        self.close();
    }

    /// A key while nothing is typed.
    fn act(self, name: &str) -> bool {
        match name {
            "1" => self.change(|seen| seen.damaged = !seen.damaged),
            "2" => self.typing.set(true),
            "3" | "p" => self.pick.run(()),
            "4" | "n" => {
                self.noting.set(true);
                focus_soon("[data-test=park-note] textarea");
            }
            // Without a label there is nothing to find it by but the shelf.
            "5" => self.change(|seen| seen.parked = !seen.parked || seen.scan.is_none()),
            "F9" | "Enter" => self.save(),
            "Escape" => self.close(),
            _ => return name.len() == 1,
        }
        true
    }

    fn key(self, name: &str) -> bool {
        if !self.typing.get_untracked() {
            return self.act(name);
        }
        match name {
            "Enter" | "Escape" => self.typing.set(false),
            "Backspace" => self.change(|seen| {
                seen.tail.pop();
            }),
            "F9" => self.save(),
            digit if digit.len() == 1 && digit.as_bytes().iter().all(u8::is_ascii_digit) => self.change(|seen| {
                if seen.tail.len() < MAX_TAIL {
                    seen.tail.push_str(digit);
                }
            }),
            _ => return false,
        }
        true
    }

    fn refuse_scan(self) {
        untrack(|| {
            self.dock.post.say(
                State::Attention,
                say!("没有使用", "Not used"),
                say!("先按 F9 保存或 Esc 放弃异常登记，再扫", "Save with F9 or leave with Esc first, then scan again"),
            );
        });
    }
}

fn lines(own: Parking) -> AnyView {
    let press = move |name: &'static str| {
        Callback::new(move |()| {
            own.act(name);
        })
    };
    let tail = move || {
        let (tail, typing) = (own.seen().tail, own.typing.get());
        view! { <span class="panel__typed" class:is-typing=typing>{tail}{typing.then_some("▏")}</span> }.into_any()
    };
    let note = move || {
        let note = own.seen().note;
        view! { <span>{note}</span> }.into_any()
    };
    let photos = move || {
        let count = own.shots.count();
        view! { <span>{say!("{count} 张", "{count}")}</span> }.into_any()
    };
    view! {
        <div class="panel__lines">
            {line("1", text("外包装破损", "Damaged"), move || yes_no(own.seen().damaged), press("1"))}
            {line("2", text("面单上的手机尾号", "Phone tail on the label"), tail, press("2"))}
            {line("3", text("拍照", "Photos"), photos, press("3"))}
            {line("4", text("备注", "Note"), note, press("4"))}
            {line("5", text("挂起，等人认领", "Park it"), move || yes_no(own.seen().parked), press("5"))}
        </div>
    }
    .into_any()
}

/// The panel.
pub(super) fn panel(dock: Dock) -> AnyView {
    let shots = Shots::new();
    let (pick, camera) = picker(shots);
    let own = Parking { dock, shots, typing: RwSignal::new(false), noting: RwSignal::new(false), pick };
    cover(dock.post);
    on_key(move |name| own.key(name));
    on_scan(move |_| own.refuse_scan(), |_| {});
    let title = move || match own.seen().code {
        code if code.is_empty() => say!("没有面单或看不清的包裹", "A parcel without a readable label"),
        code => say!("{code} 的异常", "Exception of {code}"),
    };
    let note = Bind::new(move || own.seen().note, move |note: String| own.change(|seen| seen.note = note));
    let note_field = move || {
        own.noting.get().then(|| {
            view! { <div class="panel__note" data-test="park-note"><TextArea value=note rows=2 max_length=500/></div> }
        })
    };
    view! {
        <section class="panel" data-test="station-park" aria-label=title>
            <header class="panel__head"><h2>{title}</h2></header>
            {lines(own)}
            {note_field}
            {camera}
            <footer class="panel__foot">
                <Button kind=ButtonKind::Primary keys="F9" on_click=move |()| own.save() attr:data-test="park-save">{text("保存", "Save")}</Button>
                <Button kind=ButtonKind::Quiet keys="Esc" on_click=move |()| own.close()>{text("放弃", "Leave it")}</Button>
            </footer>
        </section>
    }
    .into_any()
}
