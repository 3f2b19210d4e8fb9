//! Finding an order by what its buyer knows: without the shop, by nickname, by the number of a request.

use serde_json::{Value, json};
use support::{Answer, Client, Harness};

use super::{PHONE, filed, proof_of, put_order_at, shop_with_order};

fn by(harness: &Harness, proof: &str) -> Answer {
    // English words, so that a test reads them.
    harness.anonymous().with("accept-language", "en").with("x-order-proof", proof).get("/api/portal/order")
}

#[track_caller]
fn finds(harness: &Harness, proof: &str) {
    let found = by(harness, proof).expect(200);
    assert_eq!((&found["number"], &found["shop"]["code"]), (&json!("ORDER1"), &json!("A")), "{proof}");
}

#[track_caller]
fn refused(harness: &Harness, proof: &str, code: &str, field: &str) -> Value {
    let refusal = by(harness, proof).refused(422, code);
    assert_eq!(refusal["fields"][0]["field"], field, "{refusal}");
    refusal
}

#[test]
fn an_order_is_found_by_what_its_buyer_knows() {
    let harness = Harness::start();
    shop_with_order(&harness);
    finds(&harness, "shop=A&number=ORDER1&phone_tail=1234");
    finds(&harness, "number=ORDER1&phone_tail=1234");
    finds(&harness, "number=%23order1&phone_tail=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94");
    finds(&harness, "number=ORDER1&nickname=%E5%BC%A0%E4%B8%89%E7%9A%84%E5%B0%8F%E5%BA%97");
    let (_, number) = filed(&harness);
    finds(&harness, &format!("number={number}&phone_tail=1234"));
    finds(&harness, &format!("number={}&phone_tail=1234", number.to_lowercase()));
}

#[test]
fn wrong_and_unknown_are_one_answer_and_what_cannot_be_right_names_its_field() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let proofs = [
        "number=NONE&phone_tail=1234",
        "number=ORDER1&phone_tail=9999",
        "shop=B&number=ORDER1&phone_tail=1234",
        "number=ORDER1&nickname=nobody",
        "number=ORDER1&phone_tail=9999&nickname=%E5%BC%A0%E4%B8%89%E7%9A%84%E5%B0%8F%E5%BA%97",
    ];
    let mut answers: Vec<Value> =
        proofs.iter().map(|proof| refused(&harness, proof, "no_such_order", "number")).collect();
    for answer in &mut answers {
        answer["request_id"] = Value::Null;
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    refused(&harness, "number=ORDER1&phone_tail=12a4", "not_four_digits", "phone_tail");
    refused(&harness, "number=ORDER1&phone_tail=123", "not_four_digits", "phone_tail");
    refused(&harness, "number=ORDER1", "proof_needed", "phone_tail");
    refused(&harness, "number=&phone_tail=1234", "number_needed", "number");
}

#[test]
fn the_shop_is_asked_for_only_where_the_number_does_not_say_it() {
    let harness = Harness::start();
    shop_with_order(&harness);
    harness.shop("B");
    let admin = harness.signed_in("admin");
    put_order_at(&admin, "B", "ORDER1", "13911119999", "王五");
    finds(&harness, "number=ORDER1&phone_tail=1234");
    put_order_at(&admin, "B", "SAME", PHONE, "张三");
    put_order_at(&admin, "A", "SAME", PHONE, "张三");
    refused(&harness, "number=SAME&phone_tail=1234", "shop_needed", "shop");
    let found = by(&harness, "shop=B&number=SAME&phone_tail=1234").expect(200);
    assert_eq!((&found["shop"]["code"], &found["cases"]), (&json!("B"), &json!([])));
}

#[test]
fn guessing_is_held_back_and_filling_in_a_form_is_not() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let buyer = proof_of(&harness, "ORDER1", "1234");
    for _ in 0..40 {
        buyer.get("/api/portal/order").expect(200);
    }
    let guess = |tail: u32, shop: &str| -> Client {
        harness.anonymous().with("x-order-proof", &format!("shop={shop}&number=ORDER1&phone_tail={tail:04}"))
    };
    let held = (0..30).map(|tail| guess(5_000 + tail, ["A", ""][tail as usize % 2]).get("/api/portal/order").status);
    let held: Vec<u16> = held.collect();
    assert!(held.contains(&429) && held.iter().filter(|status| **status == 422).count() <= 10, "{held:?}");
    buyer.get("/api/portal/order").expect(200);
}

#[test]
fn what_is_kept_of_a_buyer_is_not_told_to_them() {
    let harness = Harness::start();
    shop_with_order(&harness);
    let admin = harness.signed_in("admin");
    admin.put("/api/tags", &json!({ "code": "blocked", "name": { "zh": "黑名单", "en": "Blocked" } })).expect(204);
    let key = json!({ "kind": "phone", "value": PHONE, "tag": "blocked", "note": "x" });
    admin.put("/api/block-keys", &key).expect(204);
    let buyer = proof_of(&harness, "ORDER1", "1234");
    let judged = buyer.post("/api/portal/preview", &super::wanted(&buyer, "ORDER1", PHONE));
    assert_eq!(judged.status, 200, "{}", judged.text);
    assert_eq!(judged.body["verdict"], "review", "{}", judged.text);
    assert!(!judged.text.contains("黑名单") && !judged.text.contains("block list"), "{}", judged.text);
}
