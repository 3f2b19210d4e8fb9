//! A shift that was handed over, so that its sheet can be opened.

use serde_json::{Value, json};
use support::Client;

const PIN: &str = "4826";

/// Enrols a station and hands its shift from one person to another; the id of the sheet.
pub(super) fn handed_over(admin: &Client, anonymous: Client, people: [&str; 2]) -> String {
    let warehouses = admin.get("/api/warehouses").expect(200);
    let warehouse = warehouses[0]["id"].as_str().expect("a warehouse");
    let enrolled = admin.post("/api/stations", &json!({ "name": "Sweep 拆检", "warehouse": warehouse }));
    let mut station = anonymous;
    station.adopt_station(&enrolled);
    enrolled.expect(201);
    let [from, to] = people.map(|name| badge(admin, name));
    let opened = station.post("/api/station/operator", &json!({ "badge": from, "pin": PIN }));
    station.adopt(&opened);
    opened.expect(201);
    let body = json!({ "badge": to, "pin": PIN, "note": "两件未拆 Two left" });
    let handed = station.with_key("sweep-hand-over").post("/api/station/hand-over", &body).expect(201);
    handed["hand_over"]["id"].as_str().expect("a sheet's id").to_owned()
}

/// Gives a person a badge and the PIN; the badge's code.
fn badge(admin: &Client, name: &str) -> String {
    let list = admin.get("/api/persons?limit=200").expect(200);
    let found = list["items"].as_array().and_then(|items| items.iter().find(|person| person["name"] == name));
    let id = found.unwrap_or(&Value::Null)["id"].as_str().expect("the person");
    let issued = admin.post(&format!("/api/persons/{id}/badge"), &json!({})).expect(201);
    assert_eq!(admin.put(&format!("/api/persons/{id}/pin"), &json!({ "pin": PIN })).status, 204);
    issued["code"].as_str().expect("a code").to_owned()
}
