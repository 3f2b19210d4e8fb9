//! Imports over HTTP and by the binary.

use serde_json::Value;
use support::{Binary, Client, Harness};

use super::{LINES, ORDERS, PRODUCTS};

fn finished(client: &Client, id: &str) -> Value {
    loop {
        let view = client.get(&format!("/api/imports/{id}")).expect(200);
        if view["state"] != "running" {
            return view;
        }
        std::thread::yield_now();
    }
}

fn send(client: &Client, path: &str, body: &str) -> Value {
    let started = client.send("POST", path, Some(body.to_owned())).expect(201);
    finished(client, started["id"].as_str().unwrap())
}

#[test]
fn a_file_is_uploaded_tried_out_imported_and_its_bad_rows_are_handed_back() {
    let harness = Harness::start();
    harness.shop("A");
    let client = harness.person_client("admin", &["business_admin"]);
    let text = format!("{PRODUCTS}S3,坏,,abc,\n");
    let looked = client.send("POST", "/api/import-files?target=products", Some(text)).expect(201);
    assert_eq!(
        (looked["encoding"].as_str(), looked["mapping"]["columns"]["sku"].as_str()),
        (Some("UTF-8"), Some("sku"))
    );
    assert_eq!(looked["rows"].as_array().map(Vec::len), Some(3));
    let file = looked["file"].as_str().unwrap();
    let tried = send(&client, &format!("/api/imports?target=products&file={file}&dry=true&name=p.csv"), "");
    assert_eq!(
        (tried["rows_new"].as_i64(), tried["rows_bad"].as_i64(), tried["dry"].as_bool()),
        (Some(2), Some(1), Some(true))
    );
    // What a dry run was told is enough to do the same for real.
    let said = &tried["options"];
    assert_eq!((said["zone"].as_str(), said["currency"].as_str()), (Some("Asia/Shanghai"), Some("CNY")));
    assert_eq!((said["create_shops"].as_bool(), said.get("shop")), (Some(false), None));
    assert_eq!(client.get("/api/skus").expect(200)["items"], serde_json::json!([]));
    let done = send(&client, &format!("/api/imports?target=products&file={file}"), "");
    assert_eq!((done["rows_new"].as_i64(), done["state"].as_str()), (Some(2), Some("done")));
    assert_eq!(done["bytes_done"], done["bytes_total"]);
    assert_eq!(client.get("/api/skus").expect(200)["items"].as_array().map(Vec::len), Some(2));
    let id = done["id"].as_str().unwrap();
    let bad = client.get(&format!("/api/imports/{id}/bad-rows")).expect(200);
    assert_eq!((bad["items"][0]["row"].as_i64(), bad["items"][0]["code"].as_str()), (Some(3), Some("not_an_amount")));
    let csv = client.get(&format!("/api/imports/{id}/bad-rows.csv"));
    assert!(csv.text.contains("S3,坏,,abc,,3,"), "{}", csv.text);
    assert_eq!(client.get("/api/imports").expect(200)["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_body_may_be_the_file_and_a_key_makes_it_once() {
    let harness = Harness::start();
    harness.shop("A");
    let client = harness.token("ERP", &["operations"]).with_key("import-1");
    let path = "/api/imports?target=orders&shop=A";
    let first = client.send("POST", path, Some(ORDERS.to_owned())).expect(201);
    let again = client.send("POST", path, Some(ORDERS.to_owned()));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(201)["id"], first["id"]);
    assert_eq!(finished(&client, first["id"].as_str().unwrap())["rows_new"], 2);
    let other = client.send("POST", path, Some(ORDERS.replace("O2", "O3")));
    other.refused(409, "key_reused");
}

#[test]
fn who_may_not_import_does_not() {
    let harness = Harness::start();
    let agent = harness.person_client("agent", &["agent"]);
    agent.send("POST", "/api/imports?target=orders", Some(ORDERS.to_owned())).refused(403, "forbidden");
    agent.get("/api/imports").refused(403, "forbidden");
    let client = harness.person_client("admin", &["business_admin"]);
    client.send("POST", "/api/imports?target=nothing", Some(String::new())).refused(422, "unknown_target");
    client.send("POST", "/api/imports?target=orders&file=0123", Some(String::new())).refused(404, "not_found");
    let refused = client.send("POST", "/api/imports?target=orders", Some("a,b\n1,2\n".to_owned()));
    let body = refused.refused(422, "mapping_incomplete");
    assert_eq!(body["fields"][0]["code"], "missing_column");
}

#[test]
fn the_binary_imports_with_and_without_a_server() {
    let data = tempfile::tempdir().unwrap();
    let files = super::Files::new();
    let binary = Binary::on(data.path());
    let (products, orders) = (files.put("products.csv", PRODUCTS), files.put("orders.csv", ORDERS));
    let lines = files.put("lines.csv", format!("{LINES}O9,1,S1,1,1,0,0,0,1\n"));
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let done = binary.run(&["import", &text(&products), "--target", "products", "--json"]).json(0);
    assert_eq!((done["rows_new"].as_i64(), done["state"].as_str()), (Some(2), Some("done")));
    let served = binary.serve(&[]);
    let args = ["import", &text(&orders), "--target", "orders", "--set", "channel=S1", "--create-shops", "--json"];
    assert_eq!(binary.run(&args).json(0)["rows_new"], 2);
    let bad = files.dir.path().join("bad.csv");
    let args = ["import", &text(&lines), "--target", "order_lines", "--bad-rows", &text(&bad), "--json"];
    let done = binary.run(&args).json(3);
    assert_eq!((done["rows_new"].as_i64(), done["rows_bad"].as_i64()), (Some(3), Some(1)));
    assert!(std::fs::read_to_string(bad).unwrap().contains("O9,1,S1"));
    let (_, code) = served.stop();
    assert_eq!(code, 0);
    binary.run(&["import", &text(&orders), "--target", "nothing"]).expect(2);
}
