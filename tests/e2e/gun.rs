//! A clerk at the dock with a gun that types: every scan is heard once, wherever the focus is, and a person's typing is
//! left alone.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::keys::{compose, fire, strike};
use crate::seat::Seat;
use crate::shop::Shop;

/// What nobody but this test writes on a parcel.
const OURS: &str = "E2EGUN";
const FIELD: &str = "[data-test=code-box] input";

fn texts(value: &Value) -> Vec<String> {
    let all = value.as_array().into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// A clerk at the dock, and what was scanned there.
struct Dock {
    seat: Seat,
    sent: Vec<String>,
}

impl Dock {
    fn page(&self) -> &Browser {
        &self.seat.browser
    }

    /// The next waybill, with capitals and digits.
    fn next(&mut self) -> String {
        let code = format!("{OURS}{:04}", self.sent.len());
        self.sent.push(code.clone());
        code
    }

    /// Waits until each scan has led to something.
    fn settles(&self) {
        self.page().waits_for(&format!(".scans > .scan:nth-child({}):last-child", self.sent.len()));
        self.page().waits_without(".scan.is-paused");
    }

    /// Fires; `keys` are what the gun adds. The page takes it for one scan.
    fn fires(&mut self, gap_ms: u32, keys: &str) {
        let code = self.next();
        fire(self.page(), &format!("{code}{keys}"), gap_ms);
        self.settles();
    }

    fn field(&self) -> Value {
        self.page().evaluate(&format!("return document.querySelector('{FIELD}').value"))
    }

    /// Whether the page has the focus itself, and no field of it.
    fn nothing_is_in_focus(&self) -> bool {
        self.page().evaluate("return document.activeElement === document.body") == json!(true)
    }

    /// The codes in the page's log, and the parcels that the server signed for, in order of their names.
    fn kept(&self) -> (Vec<String>, Vec<String>) {
        let log = "return [...document.querySelectorAll('.scan__code')].map(code => code.textContent)";
        let signed = "const ask = new XMLHttpRequest(); \
                      ask.open('GET', '/api/parcels?without_case=true&limit=200', false); ask.send(); \
                      return JSON.parse(ask.responseText).items.map(parcel => parcel.waybill)";
        let [mut log, mut signed] = [log, signed].map(|script| texts(&self.page().evaluate(script)));
        signed.retain(|waybill| waybill.starts_with(OURS));
        log.sort_unstable();
        signed.sort_unstable();
        (log, signed)
    }

    /// How often the page has told the server of a scan.
    fn told(&self) -> Value {
        let calls = "return performance.getEntriesByType('resource') \
                     .filter(call => new URL(call.name).pathname === '/api/scans').length";
        self.page().evaluate(calls)
    }
}

fn dock(shop: &Shop, lang: &str) -> Dock {
    let seat = Seat::take(shop, "warehouse_clerk", lang);
    seat.browser.go("/desk/receiving");
    seat.browser.waits_for(FIELD);
    Dock { seat, sent: Vec::new() }
}

#[test]
fn a_gun_is_heard_once_wherever_the_focus_is() {
    let shop = Shop::open(&[]);
    let mut dock = dock(&shop, "zh-CN");
    assert!(dock.nothing_is_in_focus(), "no field takes the focus by itself");
    for gap_ms in [5, 12, 30] {
        for keys in ["\r", "", "\u{1d}\r"] {
            dock.fires(gap_ms, keys);
        }
    }
    assert!(dock.nothing_is_in_focus());

    // Somebody is writing in a field: it keeps what it holds, and its caret.
    dock.page().press(FIELD, "note");
    dock.page().press(FIELD, "\u{e012}");
    let caret = "const field = document.activeElement; return [field.value, field.selectionStart, field.selectionEnd]";
    for keys in ["\r", ""] {
        dock.fires(12, keys);
        assert_eq!(dock.page().evaluate(caret), json!(["note", 3, 3]));
    }
    // What was marked is not typed over.
    dock.page().press(FIELD, "\u{e009}a\u{e000}");
    dock.fires(5, "\r");
    assert_eq!(dock.page().evaluate(caret), json!(["note", 0, 4]));

    // Two at one pull of the trigger.
    let (first, second) = (dock.next(), dock.next());
    fire(dock.page(), &format!("{first}\r{second}\r"), 8);
    dock.settles();
    assert_eq!(dock.field(), "note");

    // A Chinese input method is on: it gets the first keys, and nothing of them stays.
    let composed = dock.next();
    compose(dock.page(), &composed);
    dock.settles();
    dock.page().waits_for(&format!("{FIELD}:focus"));
    assert_eq!(dock.field(), "note");

    let mut sent = dock.sent.clone();
    sent.sort_unstable();
    assert_eq!(dock.kept(), (sent.clone(), sent.clone()), "in the log and on the server, once each");
    assert_eq!(dock.told(), json!(sent.len()));
    dock.seat.leaves();
}

#[test]
fn a_persons_typing_is_no_scan_and_a_covered_page_takes_none() {
    let shop = Shop::open(&[]);
    let mut dock = dock(&shop, "en-US");
    dock.page().click(FIELD);
    let words = "Box 7, ask the buyer 13800001234";
    strike(dock.page(), words, 55);
    assert_eq!(dock.field(), words);
    dock.page().press(FIELD, "\u{e009}a\u{e000}\u{e017}");
    // By hand: a code that is typed and entered is looked up like one that is scanned.
    let typed = dock.next();
    strike(dock.page(), &format!("{typed}\r"), 55);
    dock.settles();
    assert_eq!(dock.field(), "");

    // A sheet lies over the page: the scan is kept, said, and not acted upon until somebody wants it.
    dock.page().press("body", "\u{e009}k\u{e000}");
    dock.page().waits_for("dialog[open] input:focus");
    dock.fires(12, "\r");
    let asked = "return document.querySelector('dialog[open] input').value";
    assert_eq!(dock.page().evaluate(asked), "");
    dock.page().waits_for(".ui-toast.is-attention");
    assert_eq!((dock.kept().1.len(), dock.told()), (1, json!(1)), "nothing happened behind the sheet");
    dock.page().press("dialog[open] input", "\u{e00c}");
    dock.page().waits_without("dialog[open]");
    dock.page().click(".scans > .scan:first-child button");
    dock.settles();
    dock.page().waits_for(".scans > .scan.is-last [data-test=scan-open]");
    let mut sent = dock.sent.clone();
    sent.sort_unstable();
    assert_eq!(dock.kept(), (sent.clone(), sent));

    // Looking for the case of a parcel: that field is there for a code, and takes the next one.
    dock.page().click("[data-test=scan-open]");
    dock.page().click("[data-test=match] input");
    fire(dock.page(), "NOSUCHORDER7\r", 12);
    dock.page().waits_without("[data-test=match] input:focus");
    let looked = dock.page().evaluate("return document.querySelector('[data-test=match] input').value");
    assert_eq!(looked, "NOSUCHORDER7");
    dock.seat.leaves();
}
