//! The camera as one more gun, for phones: a picture with a finder, its light, and why it cannot be where it cannot. What it
//! reads goes to the owner, once for each time a code comes into view. All but this view loads when it is first opened.

use std::time::Duration;

use leptos::{html, prelude::*};
use ui::{Button, ButtonKind, Glyph, IconButton, Notice, State, Text, say, text};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};

mod sight;
mod trouble;

pub use sight::Sight;
pub use trouble::Trouble;

const LABEL: Text = text("相机扫码", "Scanning with the camera");
const AIM: Text = text("把条形码放进框里", "Bring the code into the frame");
const STARTING: Text = text("正在打开相机", "Opening the camera");
const LIGHT: Text = text("补光灯", "Light");
const CLOSE: Text = text("关闭相机", "Close the camera");

/// What, the text, whether its kind of code proves it, and when in ms.
type Tell = Closure<dyn FnMut(String, String, bool, f64)>;

#[wasm_bindgen(module = "/src/camera/glue.js")]
extern "C" {
    fn open(video: &web_sys::HtmlVideoElement, finder: &web_sys::HtmlElement, tell: &Tell) -> JsValue;
    fn close(own: &JsValue);
    fn light(own: &JsValue, on: bool);
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Starting,
    /// Codes are read; whether it has a light.
    Open {
        has_light: bool,
    },
    Failed(Trouble),
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Open { .. } => "open",
            Self::Failed(_) => "failed",
        }
    }
}

/// The way to the browser's camera while it is open.
struct Link {
    own: JsValue,
    tell: Tell,
}

impl Link {
    fn cut(self) {
        close(&self.own);
        // It may be this very call that led here.
        set_timeout(move || drop(self.tell), Duration::ZERO);
    }
}

/// What is on screen. Copy freely.
#[derive(Clone, Copy)]
struct View {
    phase: RwSignal<Phase>,
    last: RwSignal<Option<String>>,
    link: StoredValue<Option<Link>, LocalStorage>,
    on_code: Callback<String>,
}

impl View {
    fn open(self, video: &web_sys::HtmlVideoElement, finder: &web_sys::HtmlElement) {
        let mut sight = Sight::default();
        let tell = Tell::new(move |what: String, read: String, sure: bool, at_ms: f64| match what.as_str() {
            "open" => {
                self.phase.try_set(Phase::Open { has_light: read == "light" });
            }
            "read" => {
                if sight.is_scan(&read, sure, at_ms) {
                    self.last.try_set(Some(read.clone()));
                    self.on_code.try_run(read);
                }
            }
            why => {
                self.phase.try_set(Phase::Failed(Trouble::from(why)));
            }
        });
        self.shut();
        let own = open(video, finder, &tell);
        self.link.set_value(Some(Link { own, tell }));
    }

    fn shut(self) {
        if let Some(link) = self.link.try_update_value(Option::take).flatten() {
            link.cut();
        }
    }

    fn light(self, on: bool) {
        self.link.with_value(|link| {
            if let Some(link) = link {
                light(&link.own, on);
            }
        });
    }
}

fn light_button(view: View) -> AnyView {
    let on = RwSignal::new(false);
    let press = move |()| {
        on.update(|on| *on = !*on);
        view.light(on.get_untracked());
    };
    view! {
        <IconButton glyph=Glyph::Sun label=LIGHT pressed=on on_click=press attr:data-test="camera-light"/>
    }
    .into_any()
}

fn trouble(why: Trouble, again: Callback<()>) -> AnyView {
    view! {
        <div class="camera__trouble" data-test="camera-trouble" data-why=why.name()>
            <Notice state=State::Attention title=why.title() action=move || view! {
                <Button icon=Glyph::Refresh on_click=again attr:data-test="camera-again">{text("重试", "Try again")}</Button>
            }>
                <p>{why.hint()}</p>
            </Notice>
        </div>
    }
    .into_any()
}

/// The camera, from when this is shown until it is gone: then it is off.
#[component]
pub fn Camera(
    /// Called with a code when it comes into view.
    #[prop(into)]
    on_code: Callback<String>,
    /// Called when its own cross is pressed; without, it has none.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
) -> impl IntoView {
    let (video, finder) = (NodeRef::<html::Video>::new(), NodeRef::<html::Div>::new());
    let view = View {
        phase: RwSignal::new(Phase::Starting),
        last: RwSignal::new(None),
        link: StoredValue::new_local(None),
        on_code,
    };
    let start = move || {
        if let (Some(video), Some(finder)) = (video.get(), finder.get()) {
            view.open(&video, &finder);
        }
    };
    Effect::new(move |_| start());
    on_cleanup(move || view.shut());
    let again = Callback::new(move |()| {
        view.phase.set(Phase::Starting);
        untrack(start);
    });
    let phase = Memo::new(move |_| view.phase.get());
    let failed = move || match phase.get() {
        Phase::Failed(why) => Some(trouble(why, again)),
        _ => None,
    };
    let words = move || match (phase.get(), view.last.get()) {
        (Phase::Starting, _) => STARTING.get().to_owned(),
        (Phase::Open { .. }, None) => AIM.get().to_owned(),
        (Phase::Open { .. }, Some(last)) => say!("已读取 {last}", "Read: {last}"),
        (Phase::Failed(_), _) => String::new(),
    };
    let has_light = move || phase.get() == Phase::Open { has_light: true };
    let cross = on_close.map(|on_close| {
        view! {
            <Button kind=ButtonKind::Quiet icon=Glyph::Close keys="Esc" on_click=on_close attr:data-test="camera-close">{CLOSE}</Button>
        }
    });
    view! {
        <section
            class="camera"
            class:has-read=move || view.last.with(Option::is_some)
            aria-label=move || LABEL.get()
            data-test="camera"
            data-state=move || phase.get().name()
        >
            <div class="camera__view" hidden=move || matches!(phase.get(), Phase::Failed(_))>
                <video node_ref=video class="camera__video" prop:muted=true playsinline=true aria-hidden="true"></video>
                <div node_ref=finder class="camera__finder"></div>
            </div>
            {failed}
            <div class="camera__foot">
                <p class="camera__words" aria-live="polite" data-test="camera-words">{words}</p>
                {move || has_light().then(|| light_button(view))}
                {cross}
            </div>
        </section>
    }
}
