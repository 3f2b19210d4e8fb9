//! A camera in the place of a gun: a film of a label stands for the lens, the rest is the browser's own way from the camera
//! to the code.

use serde_json::{Value, json};
use support::Client;

use crate::browser::Browser;
use crate::parcel::{filed, until};
use crate::seat::Seat;
use crate::shop::{Sale, Shop};
use crate::station::{Post, kept};
use crate::sweep::ride_along;

pub(crate) mod film;

use film::Film;

const OPEN: &str = "[data-test=camera][data-state=open]";
/// Notes every camera that a page opens, and gives it a light.
const WATCHED: &str = r"
    window.tracks = []; window.lights = [];
    const ask = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (wanted) {
        window.wanted = wanted.video.facingMode.ideal;
        const stream = await ask.call(this, wanted);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
    MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
    MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => { window.lights.push(advanced[0].torch); };
";

fn watches(page: &Browser) {
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCHED }));
}

fn is_off(page: &Browser) {
    until(page, "return window.tracks.length > 0 && window.tracks.every(track => track.readyState === 'ended')");
}

fn turns(page: &Browser, hidden: bool) {
    page.evaluate(&format!(
        "Object.defineProperty(document, 'hidden', {{ get: () => {hidden}, configurable: true }});
         document.dispatchEvent(new Event('visibilitychange'))"
    ));
}

/// Waits until the camera has shown so many more frames.
fn looks_on(page: &Browser, frames: u32) {
    let shown = "document.querySelector('.camera__video').getVideoPlaybackQuality().totalVideoFrames";
    let before = page.evaluate(&format!("return {shown}"));
    until(page, &format!("return {shown} >= {before} + {frames}"));
}

/// A phone's window with this film for a camera.
fn phone(shop: &Shop, lang: &str, switches: &[String]) -> Browser {
    let page = Browser::open_with(&shop.server.url, lang, 500, switches);
    let metrics = json!({ "width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": true });
    page.devtools("Emulation.setDeviceMetricsOverride", &metrics);
    ride_along(&page);
    page
}

/// Nothing that keeps people out, and nothing sideways.
#[track_caller]
fn is_for_everybody(page: &Browser) {
    assert_eq!(page.evaluate("return __sweep.axe()"), json!([]));
    assert_eq!(page.evaluate("return __sweep.sideways()"), json!([]));
}

#[test]
fn a_station_without_a_gun_reads_badge_and_parcels_with_its_camera() {
    let (shop, film) = (Shop::open(&[]), Film::new());
    let page = Browser::open_with(&shop.server.url, "zh-CN", 1360, &film.switches());
    watches(&page);
    let post = Post::enrol_at(&shop, "zh-CN", page);
    let page = &post.page;
    film.shows_qr_code(&post.clerk);
    page.click("[data-test=lock-camera]");
    post.proves();
    page.waits_without("[data-test=camera]");
    is_off(page);
    assert_eq!(page.evaluate("return window.wanted"), "environment");

    // A label that stays in view is one pull, however often it is read.
    film.shows_bar_code("SF1234567890123");
    page.click("[data-test=station-camera]");
    page.waits_for("[data-test=station-sign][data-rows='1']");
    looks_on(page, 30);
    post.is_heard(1);
    assert_eq!(kept(&shop), ["SF1234567890123"]);

    // Nobody looks: the camera is off, and on again when somebody does.
    turns(page, true);
    is_off(page);
    turns(page, false);
    until(page, "return window.tracks.some(track => track.readyState === 'live')");
    page.click("[data-test=camera-light]");
    until(page, "return JSON.stringify(window.lights) === '[true]'");
    page.press("body", "\u{e00c}");
    page.waits_without("[data-test=camera]");
    is_off(page);

    // One that leaves and comes back is another.
    film.shows_bar_code_now_and_then("SF7654321098765");
    page.click("[data-test=station-camera]");
    page.waits_for("[data-test=station-sign][data-rows='3']");
    page.click("[data-test=camera-close]");
    page.waits_without("[data-test=camera]");
    post.is_heard(3);
    assert_eq!(kept(&shop), ["SF1234567890123", "SF7654321098765", "SF7654321098765"]);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

/// The waybill of a case's one parcel.
fn waybill(shop: &Shop, token: &str) -> Value {
    let customer: Client = shop.server.client().with("x-case-token", token);
    customer.get("/api/portal/case").expect(200)["parcels"][0]["waybill"].clone()
}

#[test]
fn a_customer_fills_numbers_in_with_a_phones_camera() {
    let sale = |number| Sale { number, units: 1, price_minor: 5_000, paid_minor: 5_000 };
    let (shop, film) = (Shop::open(&[sale("CAMZH0001"), sale("CAMEN0001")]), Film::new());
    for (order, lang) in [("CAMZH0001", "zh-CN"), ("CAMEN0001", "en-US")] {
        let page = phone(&shop, lang, &film.switches());
        watches(&page);
        film.shows_qr_code(order);
        page.go("/portal");
        page.click("[data-test=scan-number]");
        let number = "document.querySelector('[data-test=portal-order] input').value";
        until(&page, &format!("return {number} === '{order}'"));
        page.waits_without("dialog[open]");
        is_off(&page);

        let (_, token) = filed(&shop, order, 1);
        page.go(&format!("/portal/case#{token}"));
        // A page's address is no number: the sheet says so and goes on looking.
        film.shows_qr_code("https://example.com/track/1");
        page.click("[data-test=scan-number]");
        page.waits_for("[data-test=scan-sheet] .ui-notice");
        page.waits_for(OPEN);
        is_for_everybody(&page);
        page.press("dialog[open]", "\u{e00c}");
        page.waits_without("dialog[open]");
        is_off(&page);
        let way = format!("SF{order}");
        film.shows_bar_code(&way);
        page.press("[data-test=scan-number]", "\u{e007}");
        until(&page, &format!("return document.querySelector('[data-test=portal-waybill] input').value === '{way}'"));
        page.waits_without("dialog[open]");
        let focused = page.evaluate("return document.activeElement.dataset.test");
        assert_eq!(focused, "scan-number", "the keyboard is where it was");
        page.click("[data-test=portal-tracking]");
        page.waits_for("[data-test=portal-parcel]");
        assert_eq!(waybill(&shop, &token), json!(way));
        assert_eq!(page.complaints(), Vec::<String>::new());
    }
}

/// Opens the camera beside the order's number.
#[track_caller]
fn says(page: &Browser, why: &str, words: &str) {
    page.go("/portal");
    page.click("[data-test=scan-number]");
    page.waits_for(&format!("[data-test=camera-trouble][data-why={why}]"));
    page.sees(words);
    page.waits_for("[data-test=camera-again]");
    is_for_everybody(page);
}

#[test]
fn where_there_is_no_camera_the_page_says_why_and_what_to_do() {
    let shop = Shop::open(&[]);
    let film = Film::new();
    for (lang, absent, refused, insecure) in [
        ("zh-CN", "没有找到相机", "没有得到使用相机的许可", "这个页面不是通过 https 打开的"),
        ("en-US", "No camera found", "The camera was not allowed", "This page did not come over https"),
    ] {
        let page = phone(&shop, lang, &["--use-fake-ui-for-media-stream".to_owned()]);
        says(&page, "absent", absent);
        let page = phone(&shop, lang, &film.switches()[..1]);
        let denied = json!({ "permission": { "name": "camera" }, "setting": "denied", "origin": shop.server.url });
        page.devtools("Browser.setPermission", &denied);
        says(&page, "refused", refused);
        let without = "Object.defineProperty(window, 'isSecureContext', { get: () => false })";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": without }));
        says(&page, "insecure", insecure);
    }
}

#[test]
fn a_desk_without_a_gun_scans_into_the_box_for_codes() {
    let (shop, film) = (Shop::open(&[]), Film::new());
    film.shows_bar_code("E2ECAM0001");
    let window = Browser::open_with(&shop.server.url, "en-US", 1360, &film.switches());
    let clerk = Seat::take_at(window, "warehouse_clerk");
    let page = &clerk.browser;
    watches(page);
    page.go("/desk/receiving");
    page.click("[data-test=code-camera]");
    page.waits_for(".scans > .scan:nth-child(1):last-child");
    page.waits_without(".scan.is-paused");
    assert_eq!(kept(&shop), ["E2ECAM0001"]);
    // Another page: the camera goes with this one.
    page.click("nav a[href='/desk/exceptions']");
    is_off(page);
    clerk.leaves();
}
