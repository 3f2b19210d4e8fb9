//! 64 clients at one thing that only one of them can have: the last unit, a refund, a four-eyes approval, a payment.
//! Each time one wins and every other is told plainly why not.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use serde_json::json;
use support::{Answer, Client};

use crate::Length;
use crate::shop::{Order, Shop, agree, durable, sign_in};

const CLIENTS: usize = 64;
const ROUNDS: usize = 20;

/// The signed-in people of a round.
struct People {
    system: Client,
    agent: Client,
    finance: Client,
    second: Client,
    cfo: Client,
}

pub(crate) fn run(length: Length) {
    let rounds = if length == Length::Full { ROUNDS } else { 1 };
    let shop = Shop::found();
    let served = shop.binary.serve(&[]);
    println!("   {CLIENTS} clients, {rounds} rounds of each race; doctor: {}", durable(&shop.binary));
    let people = People {
        system: served.client().with_bearer(&shop.token),
        agent: sign_in(&served.url, "agent"),
        finance: sign_in(&served.url, "finance"),
        second: sign_in(&served.url, "finance2"),
        cfo: sign_in(&served.url, "cfo"),
    };
    for round in 0..rounds {
        last_unit(&shop, &people, round);
        let case = refund_of(&shop, &people, 600_000);
        let settlement = one_refund(&people, &case, round);
        four_eyes(&people, &settlement, round);
        one_payment(&people, &settlement, round);
    }
    let (_, code) = served.stop();
    assert_eq!(code, 0);
    shop.binary.run(&["doctor", "--deep", "--json"]).expect(0);
    println!("   the last unit, one refund, one four-eyes approval, one payment: one winner in every round");
}

fn last_unit(shop: &Shop, people: &People, round: usize) {
    let order = shop.order(&people.system, &people.agent, 3, 25_900);
    order.file(&people.agent, "return_refund", "other_reason", 2).expect(201);
    let clients = vec![&people.agent; CLIENTS];
    let answers = race(&clients, &format!("unit-{round}"), |client| last(&order, client));
    won_once(&answers, 201, &["exceeds_ordered", "exceeds_shipped"]);
}

fn last(order: &Order, client: &Client) -> Answer {
    order.file(client, "return_refund", "other_reason", 1)
}

// A case above the limit whose approvals are through: what is left is its money.
fn refund_of(shop: &Shop, people: &People, price_minor: i64) -> (String, String) {
    let order = shop.order(&people.system, &people.agent, 1, price_minor);
    let filed = order.file(&people.agent, "shipped_refund", "not_received", 1).expect(201);
    let case = filed["id"].as_str().expect("an id").to_owned();
    agree(&people.agent, &case, "first_review").expect(200);
    agree(&people.cfo, &case, "cfo_approval").expect(200);
    let view = people.finance.get(&format!("/api/rmas/{case}")).expect(200);
    (case, view["lines"][0]["id"].as_str().expect("a line").to_owned())
}

fn one_refund(people: &People, case: &(String, String), round: usize) -> String {
    let (case, line) = case;
    let body = json!({
        "basis": "waived",
        "means": "original",
        "components": [{ "line": line, "kind": "goods", "amount_minor": 600_000, "bearer": "shop" }],
    });
    let path = format!("/api/rmas/{case}/settlements");
    let answers = race(&vec![&people.finance; CLIENTS], &format!("refund-{round}"), |client| client.post(&path, &body));
    let winner = won_once(&answers, 201, &[]);
    winner.body["id"].as_str().expect("an id").to_owned()
}

fn four_eyes(people: &People, settlement: &str, round: usize) {
    let path = format!("/api/settlements/{settlement}/approval");
    // Who keyed it is refused before, while and after.
    let own = people.finance.clone().with_key(&format!("own-{round}")).post(&path, &json!({}));
    assert!((400..500).contains(&own.status), "who keyed it approved it: {}", own.text);
    let clients: Vec<&Client> = (0..CLIENTS)
        .map(|at| match at % 4 {
            0 => &people.finance,
            1 => &people.cfo,
            _ => &people.second,
        })
        .collect();
    let answers = race(&clients, &format!("approval-{round}"), |client| client.post(&path, &json!({})));
    won_once(&answers, 200, &[]);
    let view = people.finance.get(&format!("/api/settlements/{settlement}")).expect(200);
    assert_ne!(view["approved_by"]["id"], view["proposed_by"]["id"]);
}

fn one_payment(people: &People, settlement: &str, round: usize) {
    let path = format!("/api/settlements/{settlement}/payment");
    let answers =
        race(&vec![&people.second; CLIENTS], &format!("payment-{round}"), |client| client.post(&path, &json!({})));
    won_once(&answers, 200, &["already_executing"]);
    let view = people.finance.get(&format!("/api/settlements/{settlement}")).expect(200);
    assert_eq!(view["payouts"].as_array().map(Vec::len), Some(1), "{view}");
}

// All at once, each under a key of its own.
fn race(clients: &[&Client], name: &str, act: impl Fn(&Client) -> Answer + Sync) -> Vec<Answer> {
    let start = Barrier::new(clients.len());
    let (start, act) = (&start, &act);
    thread::scope(|scope| {
        let running: Vec<_> = clients
            .iter()
            .enumerate()
            .map(|(at, client)| {
                let client = (*client).clone().with_key(&format!("{name}-{at}"));
                scope.spawn(move || {
                    start.wait();
                    act(&client)
                })
            })
            .collect();
        running.into_iter().map(|one| one.join().expect("a client ends")).collect()
    })
}

// One winner; every other got a refusal with a code and words, one of `codes` where those are known.
fn won_once<'a>(answers: &'a [Answer], status: u16, codes: &[&str]) -> &'a Answer {
    let winners: Vec<&Answer> = answers.iter().filter(|answer| answer.status == status).collect();
    assert_eq!(winners.len(), 1, "{:?}", tally(answers));
    for answer in answers.iter().filter(|answer| answer.status != status) {
        // A form refuses with a code of its own for each field.
        let field = answer.body["fields"][0]["code"].as_str();
        let code = field.or(answer.body["code"].as_str()).unwrap_or_default();
        assert!(matches!(answer.status, 403 | 409 | 422), "{} {}", answer.status, answer.text);
        assert!(!code.is_empty() && (codes.is_empty() || codes.contains(&code)), "{}", answer.text);
        assert!(answer.body["message"].as_str().is_some_and(|words| !words.is_empty()), "{}", answer.text);
    }
    winners[0]
}

fn tally(answers: &[Answer]) -> BTreeMap<(u16, String), usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
        *tally.entry((answer.status, code)).or_insert(0) += 1;
    }
    tally
}
