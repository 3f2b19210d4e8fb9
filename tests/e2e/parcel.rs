//! The customer's side of the parcel, on a phone: the label whose codes a gun reads, the waybill that names its carrier and
//! is put right.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::Client;

use crate::browser::Browser;
use crate::shop::{Sale, Shop};

const PATIENCE: Duration = Duration::from_secs(30);
const PHONE_PIXELS: u32 = 360;

fn shop(numbers: [&'static str; 2]) -> Shop {
    let sale = |number| Sale { number, units: 2, price_minor: 5_000, paid_minor: 10_000 };
    Shop::open(&numbers.map(sale))
}

fn proven(shop: &Shop, order: &str) -> Client {
    shop.server.client().with("x-order-proof", &format!("shop=A&number={order}&phone_tail=1234"))
}

/// Files a return that is agreed at once: the case's number and the token of its link.
pub(crate) fn filed(shop: &Shop, order: &str, quantity: i64) -> (String, String) {
    let customer = proven(shop, order);
    let offered = customer.get("/api/portal/order").expect(200);
    let body = json!({ "answers": {
        "order": order, "customer": { "name": "张三", "phone": "13800001234" },
        "goods": [{ "line": offered["context"]["lines"][0]["line"], "kind": "return_refund", "quantity": quantity }],
        "reason": "dislike", "return_phone": "13800001234",
    } });
    let filed = customer.post("/api/portal/rmas", &body).expect(201);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&filed["number"]), text(&filed["link"]["token"]))
}

/// Waits until the page says so of itself.
#[track_caller]
pub(crate) fn until(page: &Browser, script: &str) {
    let started = Instant::now();
    while page.evaluate(script) != Value::Bool(true) {
        assert!(started.elapsed() < PATIENCE, "never: {script}");
    }
}

fn fits(page: &Browser) {
    let wide = page.evaluate("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wide, 0, "the page scrolls sideways on a phone");
}

/// What a gun reads from a barcode of Code 128, set B: the widths of bars and gaps by the path that draws them.
fn scanned(path: &str) -> String {
    let bars: Vec<(u32, u32)> = path
        .split('M')
        .skip(1)
        .map(|bar| {
            let (at, rest) = bar.split_once(" 0h").expect("a bar");
            let (width, _) = rest.split_once('v').expect("a width");
            (at.parse().expect("a number"), width.parse().expect("a number"))
        })
        .collect();
    let mut modules = Vec::new();
    for (at, width) in &bars {
        modules.resize((*at - bars[0].0) as usize, false);
        modules.resize(modules.len() + *width as usize, true);
    }
    let widths = |symbol: &[bool]| symbol.chunk_by(|one, two| one == two).map(<[bool]>::len).collect::<Vec<_>>();
    // Start B, the letters, the check symbol, and the stop symbol of thirteen.
    let inner = &modules[11..modules.len() - 13];
    assert_eq!(widths(&modules[..11]), [2, 1, 1, 2, 1, 4], "start B");
    assert_eq!(widths(&modules[modules.len() - 13..]), [2, 3, 3, 1, 1, 1, 2], "stop");
    let values: Vec<usize> = inner.chunks_exact(11).map(|symbol| value(&widths(symbol))).collect();
    let (check, letters) = values.split_last().expect("a check symbol");
    let sum = letters.iter().enumerate().map(|(at, value)| value * (at + 1)).sum::<usize>() + 104;
    assert_eq!(sum % 103, *check, "the check symbol");
    letters.iter().map(|value| char::from(u8::try_from(value + 32).expect("a letter"))).collect()
}

/// The symbols that case numbers use, by the standard's table: digits, capitals, the dash.
fn value(widths: &[usize]) -> usize {
    const TABLE: [(&str, usize); 37] = [
        ("122132", 13),
        ("123122", 16),
        ("123221", 17),
        ("223211", 18),
        ("221132", 19),
        ("221231", 20),
        ("213212", 21),
        ("223112", 22),
        ("312131", 23),
        ("311222", 24),
        ("321122", 25),
        ("111323", 33),
        ("131123", 34),
        ("131321", 35),
        ("112313", 36),
        ("132113", 37),
        ("132311", 38),
        ("211313", 39),
        ("231113", 40),
        ("231311", 41),
        ("112133", 42),
        ("112331", 43),
        ("132131", 44),
        ("113123", 45),
        ("113321", 46),
        ("133121", 47),
        ("313121", 48),
        ("211331", 49),
        ("231131", 50),
        ("213113", 51),
        ("213311", 52),
        ("213131", 53),
        ("311123", 54),
        ("311321", 55),
        ("331121", 56),
        ("312113", 57),
        ("312311", 58),
    ];
    let text: String = widths.iter().map(usize::to_string).collect();
    let known = TABLE.iter().find(|(symbol, _)| *symbol == text).map(|(_, value)| *value);
    // Any other symbol still counts in the sum; numbers have none.
    known.unwrap_or_else(|| panic!("no letter of a number: {text}"))
}

#[test]
fn the_label_is_read_by_a_gun_and_the_waybill_finds_its_carrier() {
    let shop = shop(["LABELZH1", "LABELEN1"]);
    for (order, lang, carrier) in [("LABELZH1", "zh-CN", "中通快递"), ("LABELEN1", "en-US", "ZTO Express")] {
        let (number, token) = filed(&shop, order, 2);
        let page = Browser::open(&shop.server.url, lang, PHONE_PIXELS);
        page.go(&format!("/portal/case#{token}"));
        page.click("[data-test=portal-label]");
        page.waits_for("[data-test=return-label] .qr");
        let bars = page.evaluate("return document.querySelector('.label .barcode path').getAttribute('d')");
        assert_eq!(scanned(bars.as_str().expect("bars")), number);
        let modules = page.evaluate("return document.querySelector('.label .qr path').getAttribute('d')");
        assert_eq!(seen(modules.as_str().expect("modules")), number);
        fits(&page);
        page.click(".label-desk .ui-segmented__part:nth-child(2)");
        page.waits_for(".label--roll");
        fits(&page);
        // Typed wrong first: the number is one of the carrier's by its shape, and the choice follows it.
        page.type_into("[data-test=portal-waybill] input", "7531 2345 678901");
        until(&page, "return [...document.querySelectorAll('main select')].some(select => select.value === 'zto')");
        page.click("[data-test=portal-tracking]");
        page.waits_for("[data-test=portal-parcel]");
        page.sees(carrier);
        page.click("[data-test=portal-correct]");
        page.type_into("[data-test=portal-parcel] [data-test=portal-waybill] input", "75312345678902");
        page.click("[data-test=portal-parcel] [data-test=portal-tracking]");
        page.sees("75312345678902");
        page.waits_without("[data-test=portal-parcel] form");
        fits(&page);
        assert_eq!(page.complaints(), Vec::<String>::new());
    }
}

/// What a camera reads from a QR code of version 1 or 2 at level M, by the path that draws its black modules.
fn seen(path: &str) -> String {
    const FORMATS: [u32; 8] = [0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0];
    let mut black = std::collections::BTreeSet::new();
    for run in path.split('M').skip(1) {
        let (place, rest) = run.split_once('h').expect("a run");
        let (x, y) = place.split_once(' ').expect("a place");
        let number = |text: &str| text.parse::<usize>().expect("a number");
        let length = number(rest.split_once('v').expect("a length").0);
        black.extend((0..length).map(|step| (number(x) - 4 + step, number(y) - 4)));
    }
    let size = black.iter().map(|(x, _)| x + 1).max().expect("modules");
    let at = |x: usize, y: usize| black.contains(&(x, y));
    let beside = [
        (8, 0),
        (8, 1),
        (8, 2),
        (8, 3),
        (8, 4),
        (8, 5),
        (8, 7),
        (8, 8),
        (7, 8),
        (5, 8),
        (4, 8),
        (3, 8),
        (2, 8),
        (1, 8),
        (0, 8),
    ];
    let format = beside.iter().enumerate().fold(0, |sum, (bit, (x, y))| sum | u32::from(at(*x, *y)) << bit);
    let mask = FORMATS.iter().position(|known| *known == format).expect("a format of level M");
    let masked = |x: usize, y: usize| match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    };
    let drawn = |x: usize, y: usize| {
        let corner = (x < 9 || x >= size - 8) && y < 9 || x < 9 && y >= size - 8;
        corner || x == 6 || y == 6 || size > 21 && x.abs_diff(size - 7) < 3 && y.abs_diff(size - 7) < 3
    };
    let columns =
        (0..size / 2).map(|pair| if size - 1 - 2 * pair > 6 { size - 1 - 2 * pair } else { size - 2 - 2 * pair });
    let mut bits = Vec::new();
    for (pair, right) in columns.enumerate() {
        for step in 0..size {
            let y = if pair % 2 == 0 { size - 1 - step } else { step };
            let free = [right, right - 1].into_iter().filter(|x| !drawn(*x, y));
            bits.extend(free.map(|x| at(x, y) ^ masked(x, y)));
        }
    }
    let number = |bits: &[bool]| bits.iter().fold(0_u8, |sum, bit| sum << 1 | u8::from(*bit));
    assert_eq!(number(&bits[..4]), 4, "bytes");
    let length = usize::from(number(&bits[4..12]));
    let bytes = (0..length).map(|letter| number(&bits[12 + 8 * letter..20 + 8 * letter])).collect();
    String::from_utf8(bytes).expect("a text")
}
