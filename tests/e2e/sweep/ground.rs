//! The shop that is swept: people who may open everything, and a record for every address that asks for one.

use serde_json::{Value, json};
use support::{Binary, Client, Served};

use super::lap::{Lap, PROOF};
use super::routes;
use super::shift;
use crate::shop::PASSWORD;

/// Somebody with every role, and so a language of their own.
pub(super) struct Person {
    pub(super) name: String,
}

/// A shop in a process of its own.
pub(super) struct Ground {
    // Kept until the end.
    _dir: tempfile::TempDir,
    server: Served,
    reader: Client,
    pub(super) people: Vec<Person>,
}

impl Ground {
    /// A shop in the middle of its work, and `hands` people.
    pub(super) fn busy(hands: usize) -> Self {
        Self::open(hands, &["demo", "--seed", "1", "--cases", "60"])
    }

    /// A shop just founded.
    pub(super) fn empty(hands: usize) -> Self {
        Self::open(hands, &["init"])
    }

    fn open(hands: usize, begin: &[&str]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let binary = Binary::on(&dir.path().join("data"));
        binary.run(begin).expect(0);
        let articles = dir.path().join("products.csv");
        std::fs::write(&articles, "sku,name,category,list_price\nSWEEP-1,保温杯 Flask,Home,100.00\n,坏行 Bad,Home,x\n")
            .expect("a file");
        if begin.contains(&"demo") {
            // One of its rows is bad: what is said of it is swept, too. The command tells so by its exit code.
            let _ = binary.run(&["import", articles.to_str().expect("a path"), "--target", "products", "--json"]);
        }
        let admin = binary.run(&["token", "add", "roles", "--role", "system_admin"]).expect(0);
        let server = binary.serve(&[]);
        let roles = server.client().with_bearer(admin.trim()).get("/api/roles").expect(200);
        let roles: Vec<String> = texts(&roles, "id");
        let each: Vec<&str> = roles.iter().flat_map(|role| ["--role", role.as_str()]).collect();
        let people = (0..hands).map(|hand| Person { name: format!("sweep{hand}") }).collect::<Vec<_>>();
        for Person { name } in &people {
            let mut add = vec!["user", "add", name.as_str(), "--password-stdin"];
            add.extend(&each);
            binary.run_with(&add, &format!("{PASSWORD}\n")).expect(0);
        }
        let mut add = vec!["token", "add", "reader"];
        add.extend(&each);
        let token = binary.run(&add).expect(0);
        let reader = server.client().with_bearer(token.trim());
        Self { _dir: dir, server, reader, people }
    }

    pub(super) fn url(&self) -> &str {
        &self.server.url
    }

    /// Every address of both apps, with records where one is asked for.
    pub(super) fn addresses(&self) -> Vec<String> {
        routes::patterns().iter().flat_map(|pattern| self.records(pattern)).collect()
    }

    /// The addresses that ask for no record.
    pub(super) fn plain_addresses(&self) -> Vec<String> {
        routes::patterns().into_iter().filter(|pattern| !pattern.contains(':')).collect()
    }

    /// The addresses of a pattern.
    ///
    /// # Panics
    /// When nobody has said yet which records a new pattern opens, or when the demo has none.
    fn records(&self, pattern: &str) -> Vec<String> {
        if !pattern.contains(':') {
            let plain = pattern.to_owned();
            return if pattern == "/portal" { vec![plain, self.proven()] } else { vec![plain] };
        }
        let values = match pattern {
            "/desk/rmas/:id" => self.one_of_each("/api/rmas?limit=200", "state"),
            "/desk/receiving/:id" => self.one_of_each("/api/parcels?limit=200", "state"),
            "/desk/receiving/cases/:id"
            | "/desk/inspecting/:id"
            | "/desk/settling/:id"
            | "/desk/outbound/cases/:id" => {
                self.one_of_each("/api/rmas?limit=200", "state").into_iter().take(2).collect()
            }
            "/desk/hand-overs/:id" => vec![self.a_sheet()],
            "/desk/outbound/:id" => self.one_of_each("/api/outbound-orders?limit=200", "state"),
            "/desk/orders/:id" => self.ids("/api/orders?limit=1"),
            "/desk/customers/:id" => self.ids("/api/customers?limit=1"),
            "/desk/imports/:id" => self.ids("/api/imports?limit=1"),
            "/desk/statements/:id" => self.a_statement(),
            "/desk/boards/:id" => texts(&self.reader.get("/api/meta").expect(200)["boards"], "id"),
            "/desk/boards/:id/:component" => self.components(),
            "/desk/tasks/:id" => self.a_done_task(),
            "/desk/records/:form" => self.forms(),
            "/desk/records/:form/:id" => self.a_record(),
            "/desk/master/portals/:shop" => self.linked_from("/desk/master/portals"),
            "/desk/master/:list" => self.linked_from("/desk/master"),
            "/portal/case#:token" => self.customers_links(),
            _ => panic!("`{pattern}` is new: say here which records it opens"),
        };
        assert!(!values.is_empty(), "the demo has no record for `{pattern}`");
        values.iter().map(|value| fill(pattern, value)).collect()
    }

    /// What the entries of a page lead to, as its readers see them: the last word of each.
    fn linked_from(&self, address: &str) -> Vec<String> {
        let lap = Lap::begin(self, &self.people[0]);
        lap.links(address)
    }

    /// The first row of each board that has something behind it, as `board/component?row`.
    fn components(&self) -> Vec<String> {
        let boards = texts(&self.reader.get("/api/meta").expect(200)["boards"], "id");
        let first = |board: &String| {
            let shown = self.reader.get(&format!("/api/boards/{board}")).expect(200);
            let behind = |one: &Value| {
                let row = one["rows"].as_array()?.iter().find_map(|row| row["behind"].as_str())?;
                Some(format!("{board}/{}?{row}", one["id"].as_str()?))
            };
            shown["components"].as_array()?.iter().find_map(behind)
        };
        boards.iter().filter_map(first).collect()
    }

    fn a_sheet(&self) -> String {
        let [first, second, ..] = self.people.as_slice() else { panic!("a shift is handed from one to another") };
        shift::handed_over(&self.reader, self.server.client(), [&first.name, &second.name])
    }

    /// A to-do that somebody did: one that waits leads on to its case, which is among the others.
    fn a_done_task(&self) -> Vec<String> {
        let mut agent = self.server.client();
        agent.sign_in("agent", PASSWORD).expect(201);
        let done = agent.get("/api/inbox?tab=done&limit=1").expect(200);
        texts(&done, "id")
    }

    fn forms(&self) -> Vec<String> {
        let forms = self.reader.get("/api/forms").expect(200);
        items(&forms).iter().filter_map(|form| form["form"]["id"].as_str()).map(str::to_owned).collect()
    }

    /// A record of each of the merchant's own forms, as `form/id`.
    fn a_record(&self) -> Vec<String> {
        let forms = self.reader.get("/api/forms").expect(200);
        let record = |form: &Value| {
            let id = form["form"]["id"].as_str().expect("a form's id").to_owned();
            let fields = items(&form["form"]["fields"]);
            let needed = fields.iter().filter(|field| field["required"] == json!(true));
            let answers: serde_json::Map<String, Value> =
                needed.map(|field| (field["id"].as_str().unwrap_or_default().to_owned(), answer(field))).collect();
            let made =
                self.reader.post(&format!("/api/forms/{id}/records"), &json!({ "answers": answers })).expect(201);
            format!("{id}/{}", made["id"].as_str().expect("a record's id"))
        };
        items(&forms).iter().map(record).collect()
    }

    /// A statement with a line of every sort that needs no payout.
    fn a_statement(&self) -> Vec<String> {
        let shops = self.reader.get("/api/meta").expect(200)["shops"].clone();
        let shop = shops[0]["id"].as_str().expect("a shop").to_owned();
        let bill = "date,amount,reference,note\n2026-11-20 10:00:00,-30.00,T1,\n2026-11-20 11:00:00,88.00,T2,\n";
        let looked = self.reader.upload(&format!("/api/statement-files?shop={shop}"), bill.as_bytes()).expect(201);
        let wanted = json!({ "file": looked["file"], "name": "bill.csv", "shop": shop });
        let made = self.reader.post("/api/statements", &wanted).expect(201);
        vec![made["id"].as_str().expect("a statement's id").to_owned()]
    }

    /// Tokens of customers' links, one for a case in each state.
    fn customers_links(&self) -> Vec<String> {
        let ids = self.one_of_each("/api/rmas?limit=200", "state");
        ids.iter().filter_map(|id| self.customers_link(id)).collect()
    }

    /// Where the order of a case is asked for, with the proof that opens it.
    fn proven(&self) -> String {
        let ids = self.ids("/api/rmas?limit=200");
        let (number, tail) = ids.iter().find_map(|id| self.known_to_buyer(id)).expect("a case with a phone");
        format!("/portal?order={number}{PROOF}{tail}")
    }

    /// The number of a case, and the end of its buyer's phone.
    fn known_to_buyer(&self, id: &str) -> Option<(String, String)> {
        let case = self.reader.get(&format!("/api/rmas/{id}")).expect(200);
        let phone = case["contact"]["phone"].as_str()?;
        let tail = phone.get(phone.len().checked_sub(4)?..)?;
        Some((case["head"]["number"].as_str()?.to_owned(), tail.to_owned()))
    }

    fn customers_link(&self, id: &str) -> Option<String> {
        let (number, tail) = self.known_to_buyer(id)?;
        let proof = format!("number={number}&phone_tail={tail}");
        let buyer = self.server.client().with("x-order-proof", &proof);
        let link = buyer.post("/api/portal/links", &json!({ "number": number }));
        link.body["token"].as_str().map(str::to_owned)
    }

    fn ids(&self, path: &str) -> Vec<String> {
        texts(&self.reader.get(path).expect(200), "id")
    }

    /// The first record in each state.
    fn one_of_each(&self, path: &str, state: &str) -> Vec<String> {
        let found = self.reader.get(path).expect(200);
        let mut seen = Vec::new();
        let mut ids = Vec::new();
        for item in items(&found) {
            if !seen.contains(&&item[state]) {
                seen.push(&item[state]);
                ids.push(item["id"].as_str().unwrap_or_default().to_owned());
            }
        }
        ids
    }
}

fn items(found: &Value) -> &[Value] {
    let list = if found.is_array() { found } else { &found["items"] };
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn texts(found: &Value, name: &str) -> Vec<String> {
    items(found).iter().filter_map(|item| item[name].as_str()).map(str::to_owned).collect()
}

/// The pattern with its parameter, or its two, in place.
fn fill(pattern: &str, value: &str) -> String {
    // What is left of the value belongs to the last parameter.
    let mut values = value.splitn(pattern.matches(':').count(), '/');
    let parts = pattern.split('/').map(|part| match part.split_once(':') {
        Some((before, _)) => format!("{before}{}", values.next().unwrap_or_default()),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What a required field of a form takes.
fn answer(field: &Value) -> Value {
    let first = || field["options"][0]["id"].clone();
    match field["type"].as_str().unwrap_or_default() {
        "date" => json!("2026-03-02"),
        "money" => json!({ "$money": { "minor": 12_000, "currency": "CNY" } }),
        "choice" => first(),
        "multi_choice" => json!([first()]),
        "number" => json!({ "$number": "1" }),
        "bool" => json!(true),
        _ => json!("华东供应商 East"),
    }
}
