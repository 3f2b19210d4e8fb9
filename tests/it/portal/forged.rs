//! Strangers at every route of the portal: no token, a made-up one, another case's, one that is over, one that was taken
//! back, another order's proof. A new route is in here by standing in the table; its request is made from its schema.

use contract::portal::{CASE_TOKEN, ORDER_PROOF};
use contract::{Access, Method, Route};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use support::{Answer, Client, Harness};

use super::{proof_of, put_order, shop_with_order, wanted};

/// Answers that tell nothing and change nothing.
const CLOSED: [u16; 3] = [401, 404, 422];

/// The portal's routes that are not for everybody.
fn routes() -> Vec<&'static Route> {
    let areas = contract::route::AREAS.iter().filter(|(name, _)| *name == "portal");
    let routes: Vec<_> = areas.flat_map(|(_, routes)| routes.iter()).collect();
    let closed: Vec<_> = routes.iter().copied().filter(|route| route.access != Access::Public).collect();
    assert!(closed.len() >= 11, "the table has lost the portal");
    closed
}

/// A request that the route's schema allows, so that it is the door that refuses it and not its shape.
struct Requests(Value);

impl Requests {
    fn of(harness: &Harness) -> Self {
        Self(harness.anonymous().get("/api/openapi.json").expect(200))
    }

    fn body(&self, route: &Route) -> Option<String> {
        let described = &self.0["paths"][route.path][route.method.as_str().to_lowercase()];
        assert!(described.is_object(), "{} is not described", route.operation);
        let schema = &described["requestBody"]["content"]["application/json"]["schema"];
        (route.method != Method::Get).then(|| match schema.is_null() {
            true => "{}".to_owned(),
            false => self.sample(schema).to_string(),
        })
    }

    fn sample(&self, schema: &Value) -> Value {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.sample(&self.0["components"]["schemas"][name]);
        }
        // What may be left out is said as one of two types.
        let kinds = schema["type"].as_array().and_then(|kinds| kinds.iter().find(|kind| *kind != "null"));
        let kind = kinds.unwrap_or(&schema["type"]).as_str().unwrap_or("object");
        match kind {
            "string" => json!("1"),
            "integer" | "number" => json!(3),
            "boolean" => json!(true),
            "array" => json!([]),
            _ => {
                let fields = schema["properties"].as_object().cloned().unwrap_or_default();
                Value::Object(fields.iter().map(|(name, field)| (name.clone(), self.sample(field))).collect())
            }
        }
    }
}

fn call(client: &Client, requests: &Requests, route: &Route) -> Answer {
    let variables: Vec<&dyn std::fmt::Display> = route.variables().map(|_| &1 as &dyn std::fmt::Display).collect();
    client.send(route.method.as_str(), &route.address(&variables), requests.body(route))
}

/// Every row of every table, as text.
fn everything(harness: &Harness) -> Vec<String> {
    let path = harness.dir().join(store::DATABASE_FILE);
    let raw = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut tables = raw.prepare(names).unwrap();
    let tables = tables.query_map((), |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect::<Vec<_>>();
    let mut all = Vec::new();
    for table in tables {
        let mut columns = raw.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid").unwrap();
        let columns = columns.query_map([&table], |row| row.get::<_, String>(0)).unwrap();
        let columns: Vec<String> = columns.map(|name| format!("\"{}\"", name.unwrap())).collect();
        let mut rows = raw.prepare(&format!("SELECT {} FROM \"{table}\"", columns.join(", "))).unwrap();
        let width = columns.len();
        let row = |row: &rusqlite::Row<'_>| {
            let values = (0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            Ok(format!("{table}: {}", values.collect::<Vec<_>>().join(" | ")))
        };
        all.extend(rows.query_map((), row).unwrap().map(Result::unwrap));
    }
    assert!(all.len() > 100, "nothing was read");
    all
}

/// Two buyers, each with an order and a case.
struct Two {
    harness: Harness,
    /// The first one's token and number.
    token: String,
    number: String,
    /// The other's token.
    other: String,
    other_number: String,
}

const OTHER_PHONE: &str = "13900005678";

impl Two {
    fn start() -> Self {
        let harness = Harness::start();
        shop_with_order(&harness);
        put_order(&harness.signed_in("admin"), "ORDER2", OTHER_PHONE, "李四");
        let filed = |client: Client, order: &str, phone: &str| {
            let filed = client.post("/api/portal/rmas", &wanted(&client, order, phone)).expect(201);
            let text = |value: &Value| value.as_str().expect("a text").to_owned();
            (text(&filed["link"]["token"]), text(&filed["number"]))
        };
        let (token, number) = filed(proof_of(&harness, "ORDER1", "1234"), "ORDER1", super::PHONE);
        let (other, other_number) = filed(proof_of(&harness, "ORDER2", "5678"), "ORDER2", OTHER_PHONE);
        Self { harness, token, number, other, other_number }
    }

    fn raw(&self) -> Connection {
        Connection::open(self.harness.dir().join(store::DATABASE_FILE)).unwrap()
    }
}

/// What must not be in an answer to somebody who has proven nothing.
fn leaks(two: &Two, answer: &Answer) -> bool {
    [&two.number, &two.other_number, super::PHONE, OTHER_PHONE, "张三", "李四"]
        .iter()
        .any(|text| answer.text.contains(*text))
}

#[track_caller]
fn all_closed(two: &Two, who: &str, client: &Client) {
    let requests = Requests::of(&two.harness);
    let before = everything(&two.harness);
    for route in routes() {
        let answer = call(client, &requests, route);
        let case = format!("{who}: {} → {} {}", route.operation, answer.status, answer.text);
        assert!(CLOSED.contains(&answer.status), "{case}");
        assert!(!leaks(two, &answer), "{case}");
    }
    assert_eq!(before, everything(&two.harness), "{who}");
}

#[test]
fn the_right_token_is_what_the_requests_lack() {
    let two = Two::start();
    let requests = Requests::of(&two.harness);
    let client = proof_of(&two.harness, "ORDER1", "1234").with(CASE_TOKEN, &two.token);
    for route in routes() {
        let answer = call(&client, &requests, route);
        let case = format!("{} → {} {}", route.operation, answer.status, answer.text);
        assert!(answer.status < 500 && ![401, 403, 404, 405].contains(&answer.status), "{case}");
        assert!(
            !["missing_field", "unknown_field", "wrong_type"].iter().any(|code| answer.body["code"] == **code),
            "{case}"
        );
    }
}

#[test]
fn nobody_and_the_made_up_get_nowhere() {
    let two = Two::start();
    all_closed(&two, "nobody", &two.harness.anonymous());
    let tokens =
        ["x", "", &"A".repeat(43), &"A".repeat(4_000), &two.token[..42], &two.token.to_lowercase(), "' OR 1=1 --"];
    for token in tokens {
        all_closed(&two, &format!("token {token}"), &two.harness.anonymous().with(CASE_TOKEN, token));
    }
    let proofs = [
        "x",
        "number=",
        "number=ORDER1",
        "number=ORDER1&phone_tail=",
        "number=ORDER1&phone_tail=12a4",
        "number=%00&phone_tail=1234",
    ];
    for proof in proofs {
        // Tries at one number are limited: each begins on a server of its own.
        let two = Two::start();
        all_closed(&two, &format!("proof {proof}"), &two.harness.anonymous().with(ORDER_PROOF, proof));
    }
}

#[test]
fn anothers_proof_opens_nothing_of_this_order() {
    for proof in ["phone_tail=5678", "phone_tail=0000", "nickname=x", "shop=A&phone_tail=5678"] {
        let two = Two::start();
        let client = two.harness.anonymous().with(ORDER_PROOF, &format!("number=ORDER1&{proof}"));
        all_closed(&two, proof, &client);
    }
}

#[test]
fn a_link_that_is_over_or_taken_back_is_none() {
    let two = Two::start();
    two.raw()
        .execute(
            "UPDATE portal_token SET revoked_at = created_at WHERE rma_id = (SELECT id FROM rma WHERE number = ?1)",
            [&two.other_number],
        )
        .unwrap();
    all_closed(&two, "taken back", &two.harness.anonymous().with(CASE_TOKEN, &two.other));
    two.raw().execute("UPDATE portal_token SET expires_at = created_at + 1", ()).unwrap();
    two.harness.clock().advance_ms(1);
    all_closed(&two, "over", &two.harness.anonymous().with(CASE_TOKEN, &two.token));
}

#[test]
fn a_token_opens_its_own_case_alone() {
    let two = Two::start();
    let requests = Requests::of(&two.harness);
    let rows = |number: &str| -> Vec<String> {
        let all = everything(&two.harness);
        let id: i64 = two.raw().query_row("SELECT id FROM rma WHERE number = ?1", [number], |row| row.get(0)).unwrap();
        // Which of its rows name the case.
        all.into_iter().filter(|row| row.contains(&id.to_string()) && !row.starts_with("event")).collect()
    };
    let before = rows(&two.number);
    // A proof of the other's order goes along: it opens no more than its own.
    let client = proof_of(&two.harness, "ORDER2", "5678").with(CASE_TOKEN, &two.other);
    for route in routes() {
        let answer = call(&client, &requests, route);
        assert!(
            !answer.text.contains(&two.number) && !answer.text.contains("张三"),
            "{}: {}",
            route.operation,
            answer.text
        );
    }
    assert_eq!(before, rows(&two.number));
}

#[test]
fn forged_ids_are_refused_and_change_nothing() {
    let two = Two::start();
    let harness = &two.harness;
    let first = harness.anonymous().with(CASE_TOKEN, &two.token);
    let other = harness.anonymous().with(CASE_TOKEN, &two.other);
    let png = include_bytes!("dot.png");
    let upload = |client: &Client| {
        client.upload("/api/portal/attachments", png).expect(201)["id"].as_str().expect("an id").to_owned()
    };
    let of_case = upload(&first);
    let of_order = upload(&proof_of(harness, "ORDER1", "1234"));
    let taken = upload(&first);
    first.post("/api/portal/case/messages", &json!({ "text": "看图", "attachments": [taken] })).expect(200);
    let foreign_line =
        proof_of(harness, "ORDER1", "1234").get("/api/portal/order").expect(200)["context"]["lines"][0]["line"].clone();
    let before = everything(harness);
    // Files: another customer's that is free, another's that belongs to a case, none at all.
    for id in [of_case.as_str(), &of_order, &taken, "9", "-1", "0"] {
        let body = json!({ "text": "x", "attachments": [id] });
        other.post("/api/portal/case/messages", &body).refused(422, "no_such_file");
        let mut filing = wanted(&proof_of(harness, "ORDER2", "5678"), "ORDER2", OTHER_PHONE);
        filing["answers"]["photos"] = json!([id]);
        let answer = proof_of(harness, "ORDER2", "5678").post("/api/portal/rmas", &filing);
        assert_eq!(answer.status, 422, "{id}: {}", answer.text);
    }
    // A line of another order; the number of another's order in the form; another's case number.
    let buyer = proof_of(harness, "ORDER2", "5678");
    for route in ["/api/portal/preview", "/api/portal/rmas"] {
        let mut filing = wanted(&buyer, "ORDER2", OTHER_PHONE);
        filing["answers"]["goods"][0]["line"] = foreign_line.clone();
        let answer = buyer.post(route, &filing);
        assert_eq!(answer.status, 422, "{route}: {}", answer.text);
        let mut filing = wanted(&buyer, "ORDER2", OTHER_PHONE);
        filing["answers"]["order"] = json!("ORDER1");
        filing["answers"]["goods"][0]["line"] = foreign_line.clone();
        assert_eq!(buyer.post(route, &filing).status, 422, "{route}");
    }
    buyer.post("/api/portal/links", &json!({ "number": two.number })).refused(422, "no_such_order");
    assert_eq!(before, everything(harness));
    // What is one's own goes through.
    first.post("/api/portal/case/messages", &json!({ "text": "", "attachments": [of_case, of_order] })).expect(200);
}
