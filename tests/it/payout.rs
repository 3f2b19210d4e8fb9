//! Money that moves: keys on the disk before anything is sent, answers that are lost, late, doubled or refused, payments
//! by hand; and the gateway's own ledger, which equals ours after kills at any point.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use domain::settlement::Basis;
use domain::state::{CaseState, MoneyState, PayoutState, SettlementState};
use domain::{LineKind, PayoutId, RmaId, SettlementId};
use jobs::{Config, Endpoint, Gateway, Jobs, pay_due};
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, Sending, begin};
use operations::payout::by_hand::{PaidByHand, by_hand};
use operations::payout::query::{Query, query};
use operations::payout::retry::{Retry, retry};
use operations::payout::stop::{Stop, stop};
use store::payout::PayoutRow;
use support::hands::goods;
use support::{Binary, PaymentProcess, Sold, World, refused};

/// A case whose refund is approved and goes back to its payments.
fn approved(world: &World, sold: &Sold, minor: i64) -> (RmaId, SettlementId) {
    let quantity = sold.lines[0].1;
    let rma = world.agreed(&world.order(sold), &[(0, LineKind::ShippedRefund, quantity)]);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), minor)]).unwrap();
    assert_eq!(keyed.state, SettlementState::Approved);
    (rma, keyed.settlement)
}

fn payouts(world: &World, settlement: SettlementId) -> Vec<PayoutRow> {
    world.read(|conn| store::payout::of_settlement(conn, settlement))
}

fn claim(world: &World, payout: PayoutId) -> Option<Sending> {
    world.system(move |tx, ctx| begin(tx, ctx, &Begin { payout })).unwrap()
}

fn tell(world: &World, payout: PayoutId, outcome: Outcome) -> PayoutState {
    let cmd = Answered { payout, outcome, started_at: world.app.now() };
    world.system(move |tx, ctx| answer(tx, ctx, &cmd)).unwrap()
}

fn done() -> Outcome {
    Outcome::Done { gateway_id: "G1".to_owned() }
}

fn lost() -> Outcome {
    Outcome::Unknown { detail: "connection reset".to_owned() }
}

fn no() -> Outcome {
    Outcome::Refused { reason: "account closed".to_owned() }
}

#[test]
fn the_key_is_on_the_disk_before_anything_is_sent() {
    let mut world = World::new();
    let (rma, settlement) = approved(&world, &Sold::default(), 9_000);
    let paying = world.pay(settlement).unwrap();
    world.restart();
    let row = payouts(&world, settlement).remove(0);
    assert_eq!((row.state, row.key.as_str()), (PayoutState::Requested, format!("po-{}", paying.payouts[0]).as_str()));
    let sending = claim(&world, row.id).unwrap();
    assert_eq!((sending.key.as_str(), sending.amount_minor), (row.key.as_str(), 9_000));
    // Nobody claims it twice, and nobody pays the settlement twice.
    assert_eq!(claim(&world, row.id), None);
    assert_eq!(refused(world.pay(settlement)), "already_executing");
    let twin = PayoutRow { id: PayoutId::from_raw(1), key: "other".to_owned(), ..row.clone() };
    assert_eq!(refused(world.system(move |tx, _| Ok(store::payout::insert(tx, &twin)?))), "payout_under_way");
    assert_eq!(tell(&world, row.id, done()), PayoutState::Done);
    assert_eq!(world.rma(rma).state, CaseState::Closed);
    // The answer comes twice.
    assert_eq!(tell(&world, row.id, no()), PayoutState::Done);
    assert_eq!(payouts(&world, settlement)[0].state, PayoutState::Done);
}

#[test]
fn a_lost_answer_is_asked_about_and_never_sent_under_another_key() {
    let world = World::new();
    let (rma, settlement) = approved(&world, &Sold::default(), 9_000);
    let id = world.pay(settlement).unwrap().payouts[0];
    claim(&world, id).unwrap();
    assert_eq!(tell(&world, id, lost()), PayoutState::Unknown);
    assert_eq!(world.rma(rma).money_state, MoneyState::Unknown);
    assert_eq!(refused(world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout: id }))), "not_refused");
    let cmd = PaidByHand { settlement, instead_of: Some(id), proof: "t1".to_owned() };
    assert_eq!(refused(world.by("finance", move |tx, ctx| by_hand(tx, ctx, &cmd))), "not_refused");
    assert_eq!(refused(world.cancel(settlement)), "outcome_unknown");
    assert_eq!(claim(&world, id), None);
    world.by("finance", move |tx, ctx| query(tx, ctx, &Query { payout: id })).unwrap();
    let due = world.app.read(|conn| operations::payout::read::due(conn, world.app.now(), 10)).unwrap();
    assert_eq!((due.send, due.query), (Vec::new(), vec![id]));
    // The gateway does not know the key: the same one goes out again.
    let key = payouts(&world, settlement)[0].key.clone();
    assert_eq!(tell(&world, id, Outcome::NotKnown), PayoutState::Requested);
    assert_eq!(claim(&world, id).unwrap().key, key);
    assert_eq!(tell(&world, id, done()), PayoutState::Done);
    assert_eq!(payouts(&world, settlement).len(), 1);
    let attempts = world.read(|conn| store::payout::attempts(conn, id));
    assert_eq!(attempts.iter().map(|one| one.outcome.as_str()).collect::<Vec<_>>(), ["unknown", "failed", "ok"]);
}

#[test]
fn a_refund_is_shared_over_the_payments_to_the_cent() {
    let world = World::new();
    let sold = Sold { tenders: vec![("wechat", 5_000), ("alipay", 4_000)], ..Sold::default() };
    let (rma, settlement) = approved(&world, &sold, 1_001);
    let paying = world.pay(settlement).unwrap();
    let parts: Vec<i64> = payouts(&world, settlement).iter().map(|row| row.amount_minor).collect();
    assert_eq!(parts, [556, 445]);
    for id in &paying.payouts {
        claim(&world, *id).unwrap();
    }
    tell(&world, paying.payouts[0], done());
    assert_eq!(world.read(|conn| store::settlement::find(conn, settlement)).unwrap().state, SettlementState::Executing);
    // A refused part frees its payment, is tried again under a new key, and the settlement waits for it.
    tell(&world, paying.payouts[1], no());
    assert_eq!(world.rma(rma).money_state, MoneyState::Failed);
    let order = world.rma(rma).order_id.unwrap();
    let left = || {
        world.read(|conn| store::order::tenders(conn, order)).iter().map(|one| one.refunded_minor).collect::<Vec<_>>()
    };
    assert_eq!(left(), [556, 0]);
    assert_eq!(refused(world.cancel(settlement)), "money_moved");
    let failed = paying.payouts[1];
    let again = world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout: failed })).unwrap();
    assert_eq!(
        refused(world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout: failed }))),
        "payout_under_way"
    );
    assert_eq!(left(), [556, 445]);
    claim(&world, again).unwrap();
    tell(&world, again, no());
    let proof = |proof: &str| {
        let cmd = PaidByHand { settlement, instead_of: Some(again), proof: proof.to_owned() };
        world.by("finance", move |tx, ctx| by_hand(tx, ctx, &cmd))
    };
    assert_eq!(refused(proof("  ")), "proof_needed");
    proof("bank transfer 88").unwrap();
    let row = payouts(&world, settlement).pop().unwrap();
    assert_eq!((row.state, row.paid_by), (PayoutState::Manual, Some(world.person_id("finance"))));
    assert_eq!(world.read(|conn| store::settlement::find(conn, settlement)).unwrap().state, SettlementState::Settled);
}

#[test]
fn a_payment_takes_back_no_more_than_it_gave() {
    let world = World::new();
    let sold = Sold { tenders: vec![("wechat", 2_000)], ..Sold::default() };
    let (_, settlement) = approved(&world, &sold, 2_001);
    assert_eq!(refused(world.pay(settlement)), "exceeds_tender");
    let tender = world.read(|conn| {
        let row = store::settlement::find(conn, settlement)?.unwrap();
        store::order::tenders(conn, row.order_id.unwrap())
    })[0]
        .id;
    let forced = world.system(move |tx, _| Ok(store::order::add_tender_refunded(tx, tender, 2_001)?));
    assert_eq!(refused(forced), "exceeds_tender");
}

#[test]
fn store_credit_grows_in_the_transaction_that_pays() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 3)]);
    let keyed = world.propose(rma, Basis::Waived, "credit", vec![goods(world.line(rma, 0), 9_000)]).unwrap();
    assert_eq!(world.pay(keyed.settlement).unwrap().state, SettlementState::Settled);
    let customer = world.rma(rma).customer_id.unwrap();
    let credit =
        world.app.read(|conn| operations::ledger::read::credit_minor(conn, customer, domain::Currency::CNY)).unwrap();
    assert_eq!((credit, world.rma(rma).state), (9_000, CaseState::Closed));
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn a_payout_that_never_left_may_be_stopped() {
    let world = World::new();
    let (_, settlement) = approved(&world, &Sold { tenders: vec![("wechat", 9_000)], ..Sold::default() }, 9_000);
    let id = world.pay(settlement).unwrap().payouts[0];
    let halt = move |world: &World| world.by("finance", move |tx, ctx| stop(tx, ctx, &Stop { payout: id }));
    halt(&world).unwrap();
    assert_eq!(refused(halt(&world)), "already_sent");
    world.cancel(settlement).unwrap();
    let (_, settlement) = approved(&world, &Sold::default(), 9_000);
    let id = world.pay(settlement).unwrap().payouts[0];
    claim(&world, id).unwrap();
    assert_eq!(refused(world.by("finance", move |tx, ctx| stop(tx, ctx, &Stop { payout: id }))), "already_sent");
    assert_eq!(tell(&world, id, Outcome::NotSent { detail: "no route".to_owned() }), PayoutState::Requested);
    assert_eq!(refused(world.by("finance", move |tx, ctx| stop(tx, ctx, &Stop { payout: id }))), "already_sent");
}

// Polls a future so many times and then drops it: a process that dies at that point.
async fn killed_after(polls: u32, work: impl Future) {
    let mut work = pin!(work);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        work.as_mut().poll(context).map(drop)
    })
    .await;
}

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[test]
fn after_kills_at_any_point_the_gateways_ledger_equals_ours() {
    const CASES: usize = 40;
    const WORDS: [&str; 6] = ["accept", "refuse", "lose_before", "lose_after", "late", "twice"];
    let folder = tempfile::tempdir().unwrap();
    let mut process = PaymentProcess::start(env!("CARGO_BIN_EXE_payments"), folder.path());
    let gateway = || Gateway::new(Endpoint { url: process.url.clone(), token: None }).unwrap();
    let gateway = gateway();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut world = World::new();
    let mut dice = Dice(20_261_123);
    let sold = Sold { tenders: vec![("wechat", 5_000), ("alipay", 4_000)], ..Sold::default() };
    let mut settlements = Vec::new();
    for case in 0..CASES {
        let (_, settlement) = approved(&world, &sold, 1_000 + case as i64);
        world.pay(settlement).unwrap();
        settlements.push(settlement);
        let script: Vec<&str> = (0..dice.roll(4)).map(|_| WORDS[dice.roll(6) as usize]).collect();
        process.script(&script);
        let polls = dice.roll(40) as u32;
        runtime.block_on(killed_after(polls, pay_due(&world.app, &gateway)));
        if dice.roll(4) == 0 {
            process.kill();
        }
        if dice.roll(3) == 0 {
            world.restart();
        }
        world.clock.advance_ms(10_000);
    }
    // Quiet at last: every outcome becomes known, what was refused is tried again.
    process.script(&[]);
    for _ in 0..200 {
        world.clock.advance_ms(700_000);
        runtime.block_on(pay_due(&world.app, &gateway)).unwrap();
        let mut open = false;
        for settlement in &settlements {
            let rows = payouts(&world, *settlement);
            for row in rows.iter().filter(|row| row.state == PayoutState::Failed) {
                let replaced = rows.iter().any(|other| other.id > row.id && other.tender_id == row.tender_id);
                let payout = row.id;
                if !replaced {
                    world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout })).unwrap();
                }
            }
            open |= payouts(&world, *settlement)
                .iter()
                .any(|row| matches!(row.state, PayoutState::Requested | PayoutState::Sent | PayoutState::Unknown));
        }
        if !open {
            break;
        }
    }
    let mut ours: Vec<(String, i64)> = Vec::new();
    for (case, settlement) in settlements.iter().enumerate() {
        let paid: Vec<PayoutRow> =
            payouts(&world, *settlement).into_iter().filter(|row| row.state == PayoutState::Done).collect();
        assert_eq!(paid.iter().map(|row| row.amount_minor).sum::<i64>(), 1_000 + case as i64);
        ours.extend(paid.into_iter().map(|row| (row.key, row.amount_minor)));
        let row = world.read(|conn| store::settlement::find(conn, *settlement)).unwrap();
        assert_eq!(row.state, SettlementState::Settled);
    }
    let mut theirs: Vec<(String, i64)> =
        process.ledger().into_iter().filter(|row| row.1 == "done").map(|row| (row.0, row.2)).collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn a_payment_that_is_approved_is_sent_by_the_jobs() {
    let folder = tempfile::tempdir().unwrap();
    let process = PaymentProcess::start(env!("CARGO_BIN_EXE_payments"), folder.path());
    let world = World::new();
    let (_, settlement) = approved(&world, &Sold::default(), 9_000);
    let mut topics = world.app.subscribe();
    let payments = Some(Endpoint { url: process.url.clone(), token: None });
    let jobs = Jobs::start(world.app.clone(), Config { payments, ..Config::default() }).unwrap();
    world.pay(settlement).unwrap();
    while world.read(|conn| store::settlement::find(conn, settlement)).unwrap().state != SettlementState::Settled {
        topics.blocking_recv().unwrap();
    }
    jobs.stop();
    assert_eq!(process.ledger().len(), 1);
}

#[test]
fn a_served_folder_sends_what_was_approved_and_stops_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let process = PaymentProcess::start(env!("CARGO_BIN_EXE_payments"), folder.path());
    let world = World::new();
    let (_, settlement) = approved(&world, &Sold::default(), 9_000);
    world.pay(settlement).unwrap();
    let data = world.into_folder();
    let binary = Binary::on(data.path());
    let secret = binary.run(&["token", "add", "books", "--role", "finance"]).expect(0);
    let refused = binary.run(&["serve", "--listen", "127.0.0.1:0", "--payments-url", "http://pay.example"]);
    assert!(refused.code == 2 && refused.err.contains("without TLS"), "{}", refused.err);
    let served = binary.serve(&["--payments-url", &process.url]);
    let books = served.client().with_bearer(secret.trim());
    let state = || books.get(&format!("/api/settlements/{settlement}")).expect(200)["state"].clone();
    let began = std::time::Instant::now();
    while state() != "settled" {
        assert!(began.elapsed().as_secs() < 60, "nothing was sent");
    }
    let (said, code) = served.stop();
    assert!(code == 0 && said.contains("stopped"), "{code}: {said}");
    assert_eq!(process.ledger().iter().map(|row| row.2).collect::<Vec<_>>(), [9_000]);
}
