//! A station at the dock and the bench: enrolled once, opened by badge and PIN, worked with a gun and keys alone. Nothing
//! scanned is lost or told twice, whatever the network does.

use serde_json::{Value, json};
use support::picture::noise_png;

use crate::browser::Browser;
use crate::keys::{fire, strike};
use crate::seat::Seat;
use crate::shop::{Sale, Shop};

const PIN: &str = "2580";
const ESCAPE: char = '\u{e00c}';
const F3: char = '\u{e033}';
const F6: char = '\u{e036}';
const F7: char = '\u{e037}';
const F8: char = '\u{e038}';
const F9: char = '\u{e039}';
const F10: char = '\u{e03a}';

/// Asks the API from within the page, as the page itself does: status and body.
fn ask(page: &Browser, method: &str, path: &str, body: &Value) -> (u64, Value) {
    let script = format!(
        "const own = new XMLHttpRequest(); own.open('GET', '/api/session', false); own.send();
         const token = own.status === 200 ? JSON.parse(own.responseText).session.csrf_token : '';
         const call = new XMLHttpRequest(); call.open('{method}', '{path}', false);
         call.setRequestHeader('content-type', 'application/json');
         call.setRequestHeader('x-csrf-token', token);
         call.setRequestHeader('idempotency-key', crypto.randomUUID());
         call.send({body} === null ? null : JSON.stringify({body}));
         return [call.status, call.responseText];"
    );
    let answer = page.evaluate(&script);
    let text = answer[1].as_str().unwrap_or_default();
    (answer[0].as_u64().expect("a status"), serde_json::from_str(text).unwrap_or(Value::Null))
}

/// Gives somebody a badge, the PIN and roles; the badge's code.
fn badge(page: &Browser, who: &str, roles: &[&str]) -> String {
    let (_, persons) = ask(page, "GET", "/api/persons?limit=200", &Value::Null);
    let all = persons["items"].as_array().expect("people");
    let person = all.iter().find(|person| person["name"] == who).unwrap_or_else(|| panic!("no `{who}`"));
    let id = person["id"].as_str().expect("an id");
    for role in roles {
        ask(page, "POST", &format!("/api/persons/{id}/roles"), &json!({ "role": role }));
    }
    let (status, pin) = ask(page, "PUT", &format!("/api/persons/{id}/pin"), &json!({ "pin": PIN }));
    assert!((200..300).contains(&status), "{pin}");
    let (status, badge) = ask(page, "POST", &format!("/api/persons/{id}/badge"), &Value::Null);
    assert_eq!(status, 201, "{badge}");
    badge["code"].as_str().expect("a code").to_owned()
}

/// A station with two people who have badges.
pub(crate) struct Post {
    pub(crate) page: Browser,
    pub(crate) clerk: String,
    other: String,
}

impl Post {
    /// Makes a browser a station through its own screen.
    pub(crate) fn enrol(shop: &Shop, lang: &str) -> Self {
        Self::enrol_at(shop, lang, Browser::open(&shop.server.url, lang, 1360))
    }

    /// Makes this window a station.
    pub(crate) fn enrol_at(shop: &Shop, lang: &str, window: Browser) -> Self {
        let admin = Seat::take(shop, "system_admin", lang);
        let clerk = badge(&admin.browser, "warehouse_clerk", &["inspector"]);
        let other = badge(&admin.browser, "inspector", &["warehouse_clerk"]);
        admin.leaves();
        let Seat { browser: page } = Seat::take_at(window, "business_admin");
        page.go("/desk/station");
        page.type_into("[data-test=station-enrol] input", &format!("Dock {lang}"));
        page.click("[data-test=station-enrol-send]");
        page.waits_for("[data-test=station-lock]");
        Self { page, clerk, other }
    }

    /// Badge, PIN, Enter: no field, no mouse.
    pub(crate) fn opens(&self, badge: &str) {
        fire(&self.page, &format!("{badge}\r"), 10);
        self.proves();
    }

    /// PIN and Enter, once the badge is read.
    pub(crate) fn proves(&self) {
        self.page.waits_for("[data-test=station-pin]");
        strike(&self.page, &format!("{PIN}\r"), 90);
        self.page.waits_without("[data-test=station-lock]");
        self.page.waits_for("[data-test=station-operator]");
    }

    fn press(&self, key: char) {
        strike(&self.page, &key.to_string(), 0);
    }

    fn cut(&self, offline: bool) {
        self.page.devtools("Network.enable", &json!({}));
        let line = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.page.devtools("Network.emulateNetworkConditions", &line);
    }

    /// Pulls the trigger once a code, one behind the other, as fast as a gun types. One by one: in a burst a busy driver
    /// would fall behind the stamps of its own keys, and a scan would seem to pause.
    pub(crate) fn scans(&self, codes: &[String]) {
        codes.iter().for_each(|code| fire(&self.page, &format!("{code}\r"), 8));
    }

    /// Pulls this page shows.
    fn rows(&self) -> usize {
        let rows = self.page.evaluate("return document.querySelector('[data-test=station-sign]').dataset.rows");
        rows.as_str().and_then(|rows| rows.parse().ok()).expect("a number of rows")
    }

    /// Waits until `rows` pulls are kept on this page, and the server has heard all of them.
    pub(crate) fn is_heard(&self, rows: usize) {
        if rows > 0 {
            self.page.waits_for(&format!("[data-test=station-sign][data-rows='{rows}']"));
        }
        // As long as it goes on, however slow the machine is.
        loop {
            let count = self.page.evaluate("return document.querySelector('[data-test=station-unsent]').dataset.count");
            let count = count.as_str().expect("a count").to_owned();
            if count == "0" {
                return;
            }
            self.page.waits_for(&format!("[data-test=station-unsent]:not([data-count='{count}'])"));
        }
    }

    /// Opens a parcel at the bench and finds its one unit as it was sold: two scans and two keys.
    pub(crate) fn finds_clean(&self, waybill: &str, sku: &str) {
        self.press(F3);
        self.page.waits_for("[data-test=station-bench]");
        fire(&self.page, &format!("{waybill}\r"), 10);
        self.page.waits_for("[data-test=station-line-goods]");
        fire(&self.page, &format!("{sku}\r"), 10);
        self.page.waits_for("[data-test=station-current]");
        strike(&self.page, "2", 0);
        self.page.waits_for("[data-test=station-grade][aria-pressed=true]");
        self.press(F9);
        self.page.waits_without("[data-test=station-current]");
        self.said("good");
        self.is_heard(0);
    }

    fn said(&self, state: &str) {
        self.page.waits_for(&format!("[data-test=station-said][data-state={state}]"));
    }
}

fn codes(start: &str, count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{start}{at:05}")).collect()
}

pub(crate) fn kept(shop: &Shop) -> Vec<String> {
    shop.scans().into_iter().map(|(raw, _)| raw).collect()
}

#[test]
fn three_hundred_scans_at_gun_speed_are_on_the_server_once_each() {
    let shop = Shop::open(&[]);
    let post = Post::enrol(&shop, "zh-CN");
    post.opens(&post.clerk);
    let focused = post.page.evaluate("return document.activeElement === document.body");
    assert_eq!(focused, json!(true), "nothing editable holds the focus");
    let mut sent = codes("E2ESTA", 298);
    // The same parcel under the gun twice is two pulls.
    sent.extend([sent[3].clone(), sent[200].clone()]);
    post.scans(&sent);
    post.is_heard(sent.len());
    sent.sort_unstable();
    assert_eq!(kept(&shop), sent, "what was sent, once each");
    assert_eq!(post.page.complaints(), Vec::<String>::new());
}

#[test]
fn a_cut_line_and_a_reload_lose_nothing_and_tell_nothing_twice() {
    let shop = Shop::open(&[]);
    let post = Post::enrol(&shop, "en-US");
    post.opens(&post.clerk);
    let sent = codes("E2ECUT", 300);
    let (before, during) = sent.split_at(100);
    let (during, after) = during.split_at(100);
    post.scans(before);
    post.cut(true);
    post.scans(during);
    post.page.waits_for("[data-test=station-sign][data-rows='200']");
    post.page.waits_for("[data-test=station-line][data-line=down]");
    // The page goes with what it has not told, and comes back when the line does.
    post.page.evaluate("location.href = 'about:blank'");
    post.cut(false);
    post.page.go("/desk/station");
    post.page.waits_for("[data-test=station-sign]");
    post.scans(after);
    post.is_heard(after.len());
    assert_eq!(kept(&shop), sent, "what was sent, once each");
}

#[test]
fn another_badge_takes_over_and_wrong_pins_open_nothing() {
    let shop = Shop::open(&[]);
    let post = Post::enrol(&shop, "zh-CN");
    fire(&post.page, &format!("{}\r", post.clerk), 10);
    post.page.waits_for("[data-test=station-pin]");
    strike(&post.page, "1379\r", 90);
    post.page.waits_for("[data-test=station-refused]");
    post.opens(&post.clerk);
    post.scans(&codes("E2EONE", 1));
    post.is_heard(1);
    post.press(F10);
    post.page.waits_for("[data-test=station-lock]");
    post.opens(&post.other);
    post.scans(&codes("E2ETWO", 1));
    post.is_heard(1);
    let scans = shop.scans();
    let [(first, one), (second, two)] = scans.as_slice() else { panic!("{scans:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("E2EONE00000", "E2ETWO00000"));
    assert!(!one.is_empty() && !two.is_empty() && one != two, "each scan is its operator's: {scans:?}");
}

#[test]
fn a_clean_unit_takes_two_scans_and_two_keys() {
    let sale = |number| Sale { number, units: 1, price_minor: 10_000, paid_minor: 9_990 };
    let shop = Shop::open(&[sale("STAZH001"), sale("STAEN001")]);
    for (order, lang) in [("STAZH001", "zh-CN"), ("STAEN001", "en-US")] {
        let agent = Seat::take(&shop, "agent", lang);
        let id = agent.files(order, 1);
        agent.announces(&id, &format!("SF{order}"));
        agent.leaves();
        let post = Post::enrol(&shop, lang);
        post.opens(&post.clerk);
        post.finds_clean(&format!("SF{order}"), "E2E-1");
        let goods = shop.reader.get(&format!("/api/rmas/{id}/goods")).expect(200);
        let group = &goods["groups"][0];
        assert_eq!(group["inspection"]["accepted"], json!(true), "{goods}");
        assert_eq!(group["inspection"]["answers"]["complete"], json!(true), "{goods}");
        assert_eq!(group["dispositions"][0]["kind"], json!("restock"), "{goods}");
        post.press(F6);
        post.page.waits_for("[data-test=station-panel-unsent]");
        post.press(ESCAPE);
        post.page.waits_without("[data-test=station-panel-unsent]");
        let (_, here) = ask(&post.page, "GET", "/api/station", &Value::Null);
        assert_eq!(here["station"]["name"], json!(format!("Dock {lang}")));
    }
}

#[test]
fn photos_wait_for_the_line_and_the_next_badge_takes_over_with_a_sheet() {
    let shop = Shop::open(&[]);
    let post = Post::enrol(&shop, "zh-CN");
    post.opens(&post.clerk);
    post.cut(true);
    post.scans(&codes("E2EPIC", 1));
    post.page.waits_for("[data-test=station-sign][data-rows='1']");
    post.press(F8);
    post.page.waits_for("[data-test=station-park]");
    let folder = tempfile::tempdir().expect("a folder");
    let photo = folder.path().join("label.png");
    std::fs::write(&photo, noise_png(7, 1)).expect("a photo");
    post.page.press("[data-test=station-photo]", &photo.display().to_string());
    // The phone's tail, then onto the shelf: keys alone.
    strike(&post.page, "28766\r5", 90);
    post.press(F9);
    post.page.waits_without("[data-test=station-park]");
    post.cut(false);
    post.is_heard(1);
    let (_, shelf) = ask(&post.page, "GET", "/api/parcels?parked=true", &Value::Null);
    let parcel = &shelf["items"][0];
    assert_eq!((&parcel["waybill"], &parcel["phone_tail"]), (&json!("E2EPIC00000"), &json!("8766")), "{shelf}");
    assert_eq!(parcel["photo"]["media_type"], json!("image/png"), "{shelf}");

    post.press(F7);
    post.page.waits_for("[data-test=hand-over-sheet]");
    fire(&post.page, &format!("{}\r", post.other), 10);
    post.page.waits_for("[data-test=station-panel-hand-over] [data-test=station-pin]");
    strike(&post.page, &format!("{PIN}\r"), 90);
    post.page.waits_without("[data-test=station-panel-hand-over]");
    let (_, sheets) = ask(&post.page, "GET", "/api/hand-overs", &Value::Null);
    let sheet = &sheets["items"][0];
    assert_eq!((&sheet["counts"]["signed"], &sheet["counts"]["parked"]), (&json!(1), &json!(1)), "{sheets}");
    let (_, here) = ask(&post.page, "GET", "/api/station", &Value::Null);
    assert_eq!((&here["station"]["operator"], sheet["from"]["name"] == sheet["to"]["name"]), (&sheet["to"], false));
    let rows = post.rows();
    post.scans(&codes("E2ENEXT", 1));
    post.is_heard(rows + 1);
    assert_eq!(shop.scans().len(), 2);
}
