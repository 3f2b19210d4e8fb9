//! One window that goes from address to address and notes what is wrong there.

use serde_json::{Value, json};

use super::ground::{Ground, Person};
use super::look::{LOOKS, Look, NARROW, WIDE};
use super::{shots, words};
use crate::browser::Browser;

/// Rides along with every page.
const PROBE: &str = include_str!("probe.js");
/// Tab, as the driver names it.
const TAB: char = '\u{e004}';

/// After an address of the portal: what its reader then types to prove that the order is theirs.
pub(super) const PROOF: &str = "#tail=";

/// Something wrong.
pub(super) struct Finding {
    pub(super) address: String,
    /// In which look, or while what was done.
    pub(super) look: String,
    pub(super) what: String,
}

/// A window of somebody who may open everything.
pub(super) struct Lap {
    page: Browser,
    address: String,
    look: String,
    /// What is wrong, in the order it was found.
    pub(super) found: Vec<Finding>,
}

impl Lap {
    /// Opens a window and signs in.
    pub(super) fn begin(ground: &Ground, who: &Person) -> Self {
        let page = Browser::open(ground.url(), "zh-CN", WIDE);
        ride_along(&page);
        let lap = Self { page, address: String::new(), look: String::new(), found: Vec::new() };
        lap.width(WIDE);
        lap.page.go("/desk/sign-in");
        lap.page.type_into("input[autocomplete=username]", &who.name);
        lap.page.type_into("input[type=password]", crate::shop::PASSWORD);
        lap.page.click("[data-test=sign-in]");
        lap.page.waits_for("[data-test=user-menu]");
        lap.page.warnings();
        lap
    }

    /// The last words of what the page at `address` leads to below itself.
    pub(super) fn links(mut self, address: &str) -> Vec<String> {
        self.open(address);
        let own = format!("{address}/");
        let links = "return [...document.querySelectorAll('main a[href]')].map(link => new URL(link.href).pathname)";
        let links = self.page.evaluate(links);
        let below = links.as_array().into_iter().flatten().filter_map(|link| link.as_str()?.strip_prefix(&own));
        below.map(str::to_owned).collect()
    }

    /// The whole round: reads that fail, then every look, wide and narrow, then the keyboard.
    pub(super) fn looks_at(&mut self, address: &str) {
        self.fails_at(address);
        self.open(address);
        for look in LOOKS {
            self.take(look);
            for width in [WIDE, NARROW] {
                self.width(width);
                self.look = format!("{} {} {width}", look.lang, look.theme);
                self.settles();
                self.asks_of_words();
                self.asks("return __sweep.sideways()");
                if width == look.axe_width {
                    self.asks("return __sweep.axe()");
                }
                self.keeps_a_picture();
            }
            self.width(WIDE);
        }
        for width in [WIDE, NARROW] {
            self.width(width);
            self.look = format!("keyboard {width}");
            self.walks();
        }
        self.width(WIDE);
        self.listens();
    }

    /// A shop without anything: each page says what will stand there.
    pub(super) fn finds_nothing_at(&mut self, address: &str) {
        self.open(address);
        for look in [LOOKS[0], LOOKS[3]] {
            self.take(look);
            self.look = format!("empty {}", look.lang);
            self.settles();
            self.asks("return __sweep.empty()");
            self.asks_of_words();
            self.keeps_a_picture();
        }
        self.listens();
    }

    /// Every read of the page's own is refused with 500: the page says so, and trying again brings it.
    fn fails_at(&mut self, address: &str) {
        self.page.evaluate("sessionStorage.setItem('sweep.fault', '1')");
        self.open(address);
        "reads fail".clone_into(&mut self.look);
        self.asks("return __sweep.fault()");
        self.keeps_a_picture();
        "tried again".clone_into(&mut self.look);
        self.page.evaluate("sessionStorage.removeItem('sweep.fault'); __sweep.again()");
        self.settles();
        self.asks("return __sweep.mended()");
    }

    fn asks_of_words(&mut self) {
        let wrong = self.page.asks("return __sweep.words(arguments[0])", &json!([words::KNOWN]));
        self.note(&wrong);
    }

    /// Tab from the top to the end and round again.
    fn walks(&mut self) {
        let wrong = walk(&self.page);
        self.note(&wrong);
    }

    fn open(&mut self, address: &str) {
        address.clone_into(&mut self.address);
        "opened".clone_into(&mut self.look);
        // An address that differs behind `#` alone would not be loaded anew.
        self.page.go("/api/health");
        self.page.go(address);
        self.settles();
        if let Some((_, tail)) = address.split_once(PROOF) {
            self.page.asks("return __sweep.prove(arguments[0])", &json!([tail]));
            self.settles();
        }
    }

    fn settles(&mut self) {
        let reason = self.page.evaluate("return __sweep.settled()");
        if !reason.is_null() {
            self.note(&json!([reason]));
        }
    }

    /// By the page's own switches; where it has none, by what they would have stored.
    fn take(&mut self, look: Look) {
        let wanted = json!([look.lang, look.theme]);
        if self.page.asks("return __sweep.look(...arguments)", &wanted) != json!(true) {
            let keep =
                "localStorage.setItem('ui.language', arguments[0]); localStorage.setItem('ui.theme', arguments[1])";
            self.page.asks(keep, &wanted);
            let address = self.address.clone();
            self.open(&address);
        }
        let has = "return [document.documentElement.lang.slice(0, 2), document.documentElement.dataset.theme]";
        let has = self.page.evaluate(has);
        if has != wanted {
            self.note(&json!([format!("cannot be brought to {wanted}, stays {has}")]));
        }
    }

    fn width(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
        self.page.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// What the console was told meanwhile.
    fn listens(&mut self) {
        "console".clone_into(&mut self.look);
        self.note(&json!(self.page.warnings()));
    }

    fn keeps_a_picture(&self) {
        shots::keep(&self.page, &self.address, &self.look);
    }

    fn asks(&mut self, script: &str) {
        let wrong = self.page.evaluate(script);
        self.note(&wrong);
    }

    fn note(&mut self, wrong: &Value) {
        let alone = [wrong.clone()];
        let all = wrong.as_array().map_or(alone.as_slice(), Vec::as_slice);
        for one in all {
            let what = one.as_str().map_or_else(|| one.to_string(), str::to_owned);
            self.found.push(Finding { address: self.address.clone(), look: self.look.clone(), what });
        }
    }
}

/// What is wrong with the way of the keyboard. A page that changed under the walk, as live lists do, is walked again.
pub(super) fn walk(page: &Browser) -> Value {
    let steady = |wrong: &Value| wrong.as_array().is_some_and(Vec::is_empty);
    let mut wrong = walk_once(page);
    for _ in 0..2 {
        if steady(&wrong) {
            break;
        }
        wrong = walk_once(page);
    }
    wrong
}

/// Presses Tab as often as there are stops, and some more.
pub(super) fn walk_once(page: &Browser) -> Value {
    let stops = page.evaluate("return __sweep.walk()").as_u64().expect("a count of stops");
    let key = |kind: &str| json!({ "type": kind, "value": TAB.to_string() });
    let keys: Vec<Value> = (0..stops + 6).flat_map(|_| [key("keyDown"), key("keyUp")]).collect();
    page.perform(&json!([{ "type": "key", "id": "keys", "actions": keys }]));
    page.evaluate("return __sweep.walked()")
}

/// Has the probe and axe run in every page before its own scripts, and nothing move.
pub(crate) fn ride_along(page: &Browser) {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../frontend/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe).expect("axe-core, which `cargo xtask web` installs");
    let script = format!("if (!location.pathname.startsWith('/api/')) {{ {axe}\n}}\n{PROBE}");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    page.devtools("Emulation.setEmulatedMedia", &still);
}
