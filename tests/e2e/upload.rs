//! A customer's film on its way while the line goes, the page is loaded anew, or its reader goes back: chosen again, it goes
//! on where the server is, and what arrives is what was sent. A piece is held back by the page's own request, so that the
//! story stands still where it should, however fast the machine is.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::parcel::{filed, until};
use crate::portal::{finds, id_of, phone, sends};
use crate::shop::{Sale, Shop};

/// Notes where each piece begins; with `window.stops` the second one waits until `window.held` is called.
const WATCH: &str = r#"
    window.pieces = []; window.ended = 0; window.held = null; window.stops = STOPS;
    const { open, send, setRequestHeader } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, address, ...rest) {
        this.is_piece = method === 'PATCH' && address.includes('/uploads/');
        return open.call(this, method, address, ...rest);
    };
    XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
        if (this.is_piece && name.toLowerCase() === 'upload-offset') window.pieces.push(Number(value));
        return setRequestHeader.call(this, name, value);
    };
    XMLHttpRequest.prototype.send = function (body) {
        if (this.is_piece) this.addEventListener('loadend', () => setTimeout(() => { window.ended += 1; }));
        if (!this.is_piece || !window.stops || window.pieces.length !== 2) return send.call(this, body);
        window.held = () => send.call(this, body);
    };
"#;
const HELD: &str = "return window.held !== null";
const TOKENS: &str =
    "return JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('upload:')).sort())";
/// Two whole pieces and a half.
const FILM_BYTES: usize = 5_000_000;

fn film() -> tempfile::NamedTempFile {
    let mut film = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    film.extend(u32::try_from(FILM_BYTES).expect("a size").to_be_bytes());
    film.extend(b"mdat");
    film.extend((0..FILM_BYTES - 8).map(|at| u8::try_from(at % 251).expect("a byte")));
    let file = tempfile::Builder::new().suffix(".mp4").tempfile().expect("a file");
    std::fs::write(file.path(), film).expect("a film");
    file
}

fn watches(page: &Browser, stops: bool) {
    page.evaluate(&WATCH.replace("STOPS", if stops { "true" } else { "false" }));
}

fn chooses(page: &Browser, place: &str, film: &tempfile::NamedTempFile) {
    page.press(&format!("{place} input[type=file]"), film.path().to_str().expect("a path"));
}

fn line(page: &Browser, offline: bool) {
    let wanted = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.devtools("Network.enable", &json!({}));
    page.devtools("Network.emulateNetworkConditions", &wanted);
}

fn pieces(page: &Browser) -> Vec<u64> {
    let told = page.evaluate("return window.pieces");
    told.as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
}

fn sale(number: &'static str) -> Sale {
    Sale { number, units: 1, price_minor: 10_000, paid_minor: 9_990 }
}

/// The id of the film among what the server says of a case.
fn film_in(told: &Value) -> Option<&str> {
    match told {
        Value::Object(fields) if fields.get("media_type").is_some_and(|kind| kind == "video/mp4") => {
            fields["id"].as_str()
        }
        Value::Object(fields) => fields.values().find_map(film_in),
        Value::Array(items) => items.iter().find_map(film_in),
        _ => None,
    }
}

#[test]
fn a_film_goes_on_after_a_broken_line_and_after_a_reload() {
    let shop = Shop::open(&[sale("FILMZH01"), sale("FILMEN01")]);
    let film = film();
    for (order, lang, breaks) in [("FILMZH01", "zh-CN", true), ("FILMEN01", "en-US", false)] {
        let page = phone(&shop, lang);
        page.go(&format!("/portal?order={order}"));
        finds(&page, order, "1234");
        watches(&page, true);
        chooses(&page, "[data-test=portal-form]", &film);
        until(&page, HELD);
        let kept = page.evaluate(TOKENS);
        assert_ne!(kept, "[]", "the page keeps which upload is the film's");
        if breaks {
            line(&page, true);
            page.evaluate("window.held()");
            page.evaluate("location.href = 'about:blank'");
            line(&page, false);
        }
        page.go(&format!("/portal?order={order}"));
        assert_eq!(page.evaluate(TOKENS), kept, "a page that is loaded anew still knows");
        finds(&page, order, "1234");
        watches(&page, false);
        chooses(&page, "[data-test=portal-form]", &film);
        page.waits_for(".photo__size");
        assert!(pieces(&page)[0] > 0, "the first piece is not sent again: {:?}", pieces(&page));
        assert_eq!(page.evaluate(TOKENS), "[]", "what has arrived is over");
        let case = shop.case(&id_of(&shop, &sends(&page)));
        let id = film_in(&case).unwrap_or_else(|| panic!("no film in {case}"));
        let (status, _, bytes) = shop.reader.download(&format!("/api/attachments/{id}"));
        assert_eq!(status, 200);
        assert!(bytes == std::fs::read(film.path()).expect("the film"), "what arrived is what was sent");
    }
}

#[test]
fn a_film_goes_on_after_its_reader_went_back() {
    let shop = Shop::open(&[sale("BACKZH01")]);
    filed(&shop, "BACKZH01", 1);
    let film = film();
    let page = phone(&shop, "zh-CN");
    let opens = || {
        finds(&page, "BACKZH01", "1234");
        page.press("[data-test=portal-open-case]", "\u{e007}");
        page.waits_for("[data-test=portal-message]");
    };
    page.go("/portal?order=BACKZH01");
    opens();
    watches(&page, true);
    chooses(&page, "main", &film);
    until(&page, HELD);
    let kept = page.evaluate(TOKENS);
    page.evaluate("history.back()");
    page.waits_without("[data-test=portal-message]");
    // The page that sent it is gone, and nobody has taken it away.
    page.evaluate("window.held()");
    until(&page, "return window.ended === 2");
    page.go("/portal?order=BACKZH01");
    assert_eq!(page.evaluate(TOKENS), kept);
    opens();
    watches(&page, false);
    chooses(&page, "main", &film);
    page.waits_for(".ui-upload.is-good");
    assert!(pieces(&page)[0] > 0, "it goes on: {:?}", pieces(&page));
    assert_eq!(page.evaluate(TOKENS), "[]");
}
