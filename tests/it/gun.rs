//! How guns are set: kept as it was saved, checked by the same code as in the browser.

use serde_json::json;
use support::Harness;

#[test]
fn guns_are_set_by_those_who_may_and_read_by_all() {
    let harness = Harness::start();
    let clerk = harness.person_client("wanda", &["warehouse_clerk"]);
    let admin = harness.person_client("bea", &["business_admin"]);
    let set = clerk.get("/api/gun-settings").expect(200);
    assert_eq!((set["min_keys"].as_i64(), set["end"].as_str()), (Some(6), Some("either")));
    let wanted = json!({ "prefixes": ["]C1", "]C10"], "end": "enter", "min_keys": 8 });
    clerk.put("/api/gun-settings", &wanted).refused(403, "forbidden");
    admin.put("/api/gun-settings", &wanted).expect(204);
    let set = clerk.get("/api/gun-settings").expect(200);
    assert_eq!(set["prefixes"], json!(["]C10", "]C1"]));
    assert_eq!((set["min_keys"].as_i64(), set["end"].as_str()), (Some(8), Some("enter")));
    let refused = admin.put("/api/gun-settings", &json!({ "min_keys": 1, "suffixes": ["a b"] }));
    let body = refused.refused(422, "settings_refused");
    let fields: Vec<_> = body["fields"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["min_keys", "suffixes"]);
    admin.put("/api/gun-settings", &json!({ "unknown": 1 })).refused(400, "unknown_field");
}
