//! The search box: what it finds, and that nobody finds by it what they may not see.

use domain::ShopId;
use operations::template::apply::{Apply, apply};
use serde_json::{Value, json};
use support::{Client, Floor, START_MS, TEMPLATE, text};

const PHONE: &str = "13955557788";
const NAME: &str = "欧阳静";

/// One record of each kind at a shop, tied together, and all that it may be searched by.
struct Known {
    case: String,
    searched_by: Vec<(&'static str, String)>,
}

fn record(floor: &Floor, shop: ShopId, code: &str) -> Known {
    let order = format!("LEAK-{code}-1");
    let body = json!({
        "source_version": 1, "ordered_at": START_MS - 500_000_000, "paid_at": START_MS - 500_000_000,
        "shipped_at": START_MS - 400_000_000, "delivered_at": START_MS - 200_000_000,
        "customer_no": format!("CUST-{code}-1"),
        "contact": { "name": NAME, "phone": PHONE, "address": "宁波市海曙区三号", "email": "jing@leak.example" },
        "lines": [{ "line_no": 1, "sku": "LEAKCOAT", "quantity": 1, "shipped": 1, "unit_price_minor": 98_765 }],
        "shipments": [{ "waybill": format!("SFOUT{code}"), "state": "delivered", "shipped_at": START_MS - 400_000_000 }],
    });
    floor.erp().put(&format!("/api/orders/{code}/{order}"), &body).expect(200);
    let agent = floor.by("agent");
    let offered = agent.get(&format!("/api/filing/orders/{shop}/{order}")).expect(200);
    let answers = json!({
        "order": order, "customer": { "name": NAME, "phone": PHONE },
        "goods": [{ "line": offered["lines"][0]["line"], "kind": "return_refund", "quantity": 1 }],
        "reason": "other_reason", "description": "说明", "return_phone": PHONE,
    });
    let filed = agent.post("/api/rmas", &json!({ "shop": shop, "answers": answers })).expect(201);
    let case = text(&filed["id"]);
    floor.agree(&case);
    let back = format!("SFBACK{code}");
    let waybill = json!({ "carrier": floor.carrier, "waybill": back });
    agent.post(&format!("/api/rmas/{case}/parcels"), &waybill).expect(201);
    let number = floor.case(&case)["head"]["number"].as_str().unwrap().to_owned();
    let searched_by = vec![
        ("case number", number),
        ("order number", order.clone()),
        ("beginning of an order number", order[..order.len() - 2].to_owned()),
        ("customer number", format!("CUST-{code}-1")),
        ("beginning of a customer number", format!("CUST-{code}")),
        ("outbound waybill", format!("SFOUT{code}")),
        ("return waybill", back),
        ("phone", PHONE.to_owned()),
        ("phone tail", PHONE[7..].to_owned()),
        ("name", NAME.to_owned()),
        ("part of a name", "欧阳".to_owned()),
        ("article", "LEAKCOAT".to_owned()),
    ];
    Known { case, searched_by }
}

fn search(client: &Client, text: &str) -> (u16, Value) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let escaped: String = text
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    let answer = client.get(&format!("/api/search?q={escaped}"));
    let status = answer.status;
    (status, if status == 200 { answer.expect(200) } else { Value::Null })
}

fn count(found: &Value, kind: &str) -> usize {
    found[kind].as_array().map_or(0, Vec::len)
}

fn exact(found: &Value) -> Vec<&str> {
    found["exact"].as_array().into_iter().flatten().filter_map(|hit| hit["kind"].as_str()).collect()
}

#[test]
fn leak_nobody_finds_what_only_another_shop_knows() {
    let floor = Floor::open();
    let elsewhere = floor.harness.shop("B");
    let known = record(&floor, elsewhere, "B");
    for role in floor.harness.roles() {
        floor.harness.person_at(&format!("a_{role}"), &[(&role, Some(floor.shop), None)]);
        floor.harness.person_at(&format!("w_{role}"), &[(&role, Some(floor.shop), Some(floor.warehouse))]);
        for name in [format!("a_{role}"), format!("w_{role}")] {
            let client = floor.harness.signed_in(&name);
            for (what, value) in &known.searched_by {
                let (status, found) = search(&client, value);
                assert!(status == 200 || status == 403, "{name} by {what}: {status}");
                for kind in ["rmas", "orders", "customers"] {
                    assert_eq!(count(&found, kind), 0, "{name} finds {kind} by the {what}: {found}");
                }
                assert!(exact(&found).iter().all(|kind| *kind == "sku"), "{name} by {what}: {found}");
                let said = found.to_string();
                for secret in ["LEAK-B", "CUST-B", "SFOUTB", "SFBACKB", NAME, PHONE, "jing@", known.case.as_str()] {
                    assert!(!said.contains(secret), "{name} reads {secret} by the {what}: {said}");
                }
            }
        }
    }
}

#[test]
fn leak_a_customer_of_both_shops_brings_nothing_of_the_other_along() {
    let floor = Floor::open();
    let elsewhere = floor.harness.shop("B");
    let there = record(&floor, elsewhere, "B");
    // The same person bought here too, under the same phone and name.
    let here = record(&floor, floor.shop, "A");
    floor.harness.person_at("narrow", &[("agent", Some(floor.shop), None)]);
    let narrow = floor.harness.signed_in("narrow");
    for (what, value) in here.searched_by.iter().chain(&there.searched_by) {
        let (_, found) = search(&narrow, value);
        let said = found.to_string();
        for secret in ["LEAK-B", "CUST-B", there.case.as_str()] {
            assert!(!said.contains(secret), "by the {what} {value}: {said}");
        }
        assert!(count(&found, "rmas") <= 1 && count(&found, "orders") <= 1 && count(&found, "customers") <= 1);
    }
    let (_, found) = search(&narrow, &PHONE[7..]);
    assert_eq!((count(&found, "rmas"), count(&found, "orders"), count(&found, "customers")), (1, 1, 1), "{found}");
}

#[test]
fn leak_no_role_reads_or_finds_by_what_its_mask_hides() {
    let floor = Floor::open();
    // Beside the delivered masks: somebody who sees no names, and somebody who sees no phones at all.
    let template = TEMPLATE
        .replace(
            "masks: {contact.phone: masked, contact.address: hidden}",
            "masks: {contact.phone: hidden, contact.address: hidden}",
        )
        .replace(
            "      contact.address: hidden\n      order.price: hidden",
            "      contact.name: hidden\n      contact.address: hidden\n      order.price: hidden",
        );
    assert_ne!(template, TEMPLATE);
    let command = Apply { text: template, note: String::new() };
    floor.harness.run("template.apply", move |tx, ctx| apply(tx, ctx, &command)).expect("the template");
    let known = record(&floor, floor.shop, "A");
    let definitions = floor.harness.app().definitions();
    for role in floor.harness.roles() {
        let masks = definitions.current().unwrap().template.role(&role).unwrap().masks.clone();
        let masked = |field: &str| masks.get(field).map(|mask| format!("{mask:?}")).unwrap_or_default();
        let client = floor.harness.person_client(&format!("p_{role}"), &[&role]);
        for (what, value) in &known.searched_by {
            let (status, found) = search(&client, value);
            if status == 403 {
                continue;
            }
            let said = found.to_string();
            // No phone, mail or address is in any answer; a name only for those who see names, money for those who see it.
            for secret in [PHONE, "jing@", "宁波"] {
                assert!(!said.contains(secret), "{role} reads {secret} by the {what}: {said}");
            }
            if !masked("contact.name").is_empty() {
                assert!(!said.contains(NAME), "{role} reads the name by the {what}: {said}");
            }
            if !masked("rma.refund").is_empty() {
                assert!(!said.contains("98765"), "{role} reads the money by the {what}: {said}");
            }
            let persons = ["rmas", "orders", "customers"].map(|kind| count(&found, kind)).iter().sum::<usize>();
            let hidden_by = match *what {
                "phone" => !masked("contact.phone").is_empty(),
                "phone tail" => masked("contact.phone") == "Hidden",
                "name" | "part of a name" => !masked("contact.name").is_empty(),
                _ => false,
            };
            assert!(!(hidden_by && persons > 0), "{role} finds by the {what} that its mask hides: {said}");
        }
    }
    let finds =
        |role: &str, value: &str| count(&search(&floor.harness.signed_in(&format!("p_{role}")), value).1, "rmas");
    assert_eq!((finds("agent", &PHONE[7..]), finds("agent", PHONE)), (1, 0), "the tail is what a masked phone shows");
    assert_eq!((finds("finance", &PHONE[7..]), finds("finance", NAME)), (0, 1));
    assert_eq!((finds("inspector", NAME), finds("inspector", "SFBACKA")), (0, 1));
}

#[test]
fn everything_is_found_by_what_a_person_has_in_hand() {
    let floor = Floor::open();
    let known = record(&floor, floor.shop, "A");
    let agent = floor.by("agent");
    for (what, value) in &known.searched_by {
        let (_, found) = search(agent, value);
        if *what == "phone" {
            continue;
        }
        let is_customer = what.ends_with("customer number");
        assert_eq!(count(&found, "rmas"), usize::from(!is_customer), "{what}: {found}");
        let of_exact = match *what {
            "case number" | "return waybill" => vec!["rma"],
            "order number" => vec!["order"],
            "customer number" => vec!["customer"],
            "article" => vec!["sku"],
            _ => vec![],
        };
        assert_eq!(exact(&found), of_exact, "{what}: {found}");
    }
    let (_, found) = search(agent, "欧阳");
    assert_eq!(found["customers"][0]["customer_no"], "CUST-A-1", "{found}");
    // Who opens no orders still finds a case by the order's number, which its page names.
    let (_, found) = search(floor.by("clerk"), "LEAK-A-1");
    assert_eq!((count(&found, "rmas"), count(&found, "orders"), count(&found, "customers")), (1, 0, 0));
    let (_, found) = search(agent, "leakc");
    assert_eq!(count(&found, "skus"), 1, "an article by a part of its name or code: {found}");
    assert_eq!(search(agent, "L").1, json!({"customers": [], "exact": [], "orders": [], "rmas": [], "skus": []}));
}
