//! Five people take a return of an imported order from filing to closed, in Chinese and again in English: below the
//! limit, above it, and one of which only part is refunded.

use serde_json::Value;

use crate::seat::{Finding, Seat};
use crate::shop::{Sale, Shop};

/// As sold: opened and resalable, nobody but the customer bears it.
const GOOD: Finding = Finding { package: 2, grade: 2, liable: 1, units: None, photo: false };

fn head(case: &Value, name: &str) -> String {
    case["head"][name].as_str().unwrap_or_default().to_owned()
}

/// The clerk signs, opens and counts the parcel; the inspector looks at what is in it.
fn goods_come(shop: &Shop, lang: &str, id: &str, order: &str, units: i64, findings: &[Finding]) {
    let clerk = Seat::take(shop, "warehouse_clerk", lang);
    clerk.receives(&format!("SF{order}"), units);
    clerk.leaves();
    let inspector = Seat::take(shop, "inspector", lang);
    findings.iter().for_each(|finding| inspector.inspects(id, finding));
    inspector.leaves();
}

fn nets(case: &Value) -> Vec<i64> {
    let all = case["settlements"].as_array().into_iter().flatten();
    all.map(|one| one["net"]["minor"].as_i64().expect("an amount")).collect()
}

#[test]
fn below_the_limit_four_people_close_a_return() {
    let sale = |number| Sale { number, units: 1, price_minor: 10_000, paid_minor: 9_990 };
    let shop = Shop::open(&[sale("BELOWZH1"), sale("BELOWEN1")]);
    for (order, lang) in [("BELOWZH1", "zh-CN"), ("BELOWEN1", "en-US")] {
        let agent = Seat::take(&shop, "agent", lang);
        let id = agent.files(order, 1);
        agent.announces(&id, &format!("SF{order}"));
        agent.leaves();
        goods_come(&shop, lang, &id, order, 1, &[GOOD]);
        let finance = Seat::take(&shop, "finance", lang);
        finance.proposes(&id);
        finance.pays(&id, "bank 1");
        finance.leaves();
        let case = shop.case(&id);
        assert_eq!((head(&case, "state").as_str(), nets(&case)), ("closed", vec![9_990]), "{case}");
    }
}

#[test]
fn above_the_limit_a_second_yes_and_four_eyes_are_needed() {
    let sale = |number| Sale { number, units: 1, price_minor: 699_900, paid_minor: 699_900 };
    let shop = Shop::open(&[sale("ABOVEZH1"), sale("ABOVEEN1")]);
    for (order, lang) in [("ABOVEZH1", "zh-CN"), ("ABOVEEN1", "en-US")] {
        let agent = Seat::take(&shop, "agent", lang);
        let id = agent.files(order, 1);
        assert_eq!(head(&shop.case(&id), "state"), "submitted", "the amount asks for somebody more");
        let chief = Seat::take(&shop, "cfo", lang);
        chief.agrees(&id);
        assert_eq!(head(&shop.case(&id), "state"), "in_progress");
        agent.announces(&id, &format!("SF{order}"));
        agent.leaves();
        goods_come(&shop, lang, &id, order, 1, &[GOOD]);
        let finance = Seat::take(&shop, "finance", lang);
        finance.proposes(&id);
        finance.browser.waits_for("[data-test=four-eyes]");
        chief.approves(&id);
        chief.leaves();
        finance.pays(&id, "bank 2");
        finance.leaves();
        let case = shop.case(&id);
        assert_eq!((head(&case, "state").as_str(), nets(&case)), ("closed", vec![699_900]), "{case}");
    }
}

#[test]
fn three_announced_two_received_one_damaged_pays_exactly_one() {
    // 100.00 for three: one of them is worth 33.33, two 66.66, and the last cent goes with the third.
    let sale = |number| Sale { number, units: 3, price_minor: 4_000, paid_minor: 10_000 };
    let shop = Shop::open(&[sale("PARTZH01"), sale("PARTEN01")]);
    for (order, lang) in [("PARTZH01", "zh-CN"), ("PARTEN01", "en-US")] {
        let agent = Seat::take(&shop, "agent", lang);
        let id = agent.files(order, 3);
        agent.announces(&id, &format!("SF{order}"));
        agent.leaves();
        // One is whole; the other was damaged, and the carrier is liable.
        let damaged = Finding { package: 3, grade: 6, liable: 3, units: None, photo: true };
        goods_come(&shop, lang, &id, order, 2, &[Finding { units: Some(1), ..GOOD }, damaged]);
        let finance = Seat::take(&shop, "finance", lang);
        finance.proposes(&id);
        finance.pays(&id, "bank 3");
        finance.leaves();
        let case = shop.case(&id);
        let line = &case["lines"][0];
        let counted = ["received", "accepted"].map(|name| line[name].as_i64());
        assert_eq!((nets(&case), counted), (vec![3_333], [Some(2), Some(1)]), "{case}");
        assert_eq!(head(&case, "state"), "in_progress", "the third may come next week");
        let goods = shop.reader.get(&format!("/api/rmas/{id}/goods")).expect(200);
        let liable = goods["groups"].as_array().into_iter().flatten().map(|group| &group["inspection"]["liability"]);
        let mut liable: Vec<&str> = liable.filter_map(Value::as_str).collect();
        liable.sort_unstable();
        assert_eq!(liable, ["carrier", "customer"], "{goods}");
    }
}
