//! What there is only one of, wanted by many at the same moment: one gets it, the others hear why not.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

use domain::LineKind;
use domain::settlement::Basis;
use domain::state::{PayoutState, SettlementState};
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, begin};
use operations::payout::retry::{Retry, retry};
use operations::rma::withdraw::{Withdraw, withdraw};
use operations::run::ClientKey;
use operations::{Call, Error};
use support::hands::goods;
use support::{Sold, World};

/// How many want it.
const MANY: usize = 16;
/// How often it is tried.
const ROUNDS: usize = 5;

/// Runs `wish` from many threads at once; gives how many got it, and why the others did not.
fn contest<T: Send>(wish: impl Fn(usize) -> Result<T, Error> + Sync) -> (Vec<T>, BTreeMap<&'static str, usize>) {
    let barrier = Barrier::new(MANY);
    let one = |number: usize| {
        barrier.wait();
        wish(number)
    };
    let results: Vec<Result<T, Error>> = thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = (0..MANY).map(|number| scope.spawn(move || one(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (mut won, mut why) = (Vec::new(), BTreeMap::new());
    for result in results {
        match result {
            Ok(value) => won.push(value),
            Err(error) => *why.entry(error.code()).or_default() += 1,
        }
    }
    (won, why)
}

fn all_but_one(code: &'static str) -> BTreeMap<&'static str, usize> {
    BTreeMap::from([(code, MANY - 1)])
}

#[test]
fn the_last_unit_is_claimed_by_one() {
    let world = World::new();
    for _ in 0..ROUNDS {
        let order = world.order(&Sold { lines: vec![("CUP", 1, 900)], ..Sold::default() });
        let (won, why) = contest(|_| world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]));
        assert_eq!((won.len(), why), (1, all_but_one("form_refuses")));
        let line = world.read(|conn| store::order::line::of_order(conn, order.id)).remove(0);
        assert_eq!((line.claimed, line.claimed_goods), (1, 1));
    }
}

#[test]
fn one_refund_is_keyed_for_what_is_there() {
    let world = World::new();
    for _ in 0..ROUNDS {
        let order = world.order(&Sold { lines: vec![("CUP", 1, 900)], ..Sold::default() });
        let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1)]);
        let line = world.line(rma, 0);
        let (won, why) = contest(|_| world.propose(rma, Basis::Waived, "original", vec![goods(line, 900)]));
        assert_eq!((won.len(), why), (1, all_but_one("exceeds_basis")));
        let held = world.read(|conn| store::order::find(conn, order.id)).unwrap().held_minor;
        assert_eq!((held, world.lines(rma)[0].settled_minor), (900, 900));
    }
}

#[test]
fn one_click_pays_and_one_worker_sends() {
    let world = World::new();
    for _ in 0..ROUNDS {
        let order = world.order(&Sold { tenders: vec![("wechat", 9_000)], ..Sold::default() });
        let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 3)]);
        let parts = vec![goods(world.line(rma, 0), 9_000)];
        let settlement = world.propose(rma, Basis::Waived, "original", parts).unwrap().settlement;
        let (won, why) = contest(|_| world.pay(settlement));
        assert_eq!((won.len(), why), (1, all_but_one("already_executing")));
        let payout = won[0].payouts[0];
        let (sent, _) = contest(|_| world.system(move |tx, ctx| begin(tx, ctx, &Begin { payout })));
        assert_eq!(sent.iter().flatten().count(), 1, "one worker has it");
        // The answer comes many times; the first counts.
        let said = |number: usize| match number % 2 {
            0 => Outcome::Done { gateway_id: "G1".to_owned() },
            _ => Outcome::Refused { reason: "no".to_owned() },
        };
        let (states, _) = contest(|number| {
            let cmd = Answered { payout, outcome: said(number), started_at: world.app.now() };
            world.system(move |tx, ctx| answer(tx, ctx, &cmd))
        });
        assert!(states.iter().all(|state| *state == states[0]), "{states:?}");
        if states[0] == PayoutState::Done {
            assert_eq!(
                world.read(|conn| store::settlement::find(conn, settlement)).unwrap().state,
                SettlementState::Settled
            );
            continue;
        }
        // Refused: many try again, one does.
        let (again, why) = contest(|_| world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout })));
        assert_eq!((again.len(), why), (1, all_but_one("payout_under_way")));
        let left = world.read(|conn| store::order::tenders(conn, order.id)).remove(0);
        assert_eq!(left.refunded_minor, 9_000);
    }
}

#[test]
fn one_second_person_approves() {
    let world = World::new();
    for _ in 0..ROUNDS {
        let order = world.order(&Sold { lines: vec![("RING", 1, 600_000)], ..Sold::default() });
        let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1)]);
        let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 600_000)]).unwrap();
        let settlement = keyed.settlement;
        let who = |number: usize| ["finance2", "cfo", "finance", "cfo"][number % 4];
        let (won, why) = contest(|number| world.approve(who(number), settlement));
        assert_eq!(won.len(), 1);
        assert!(why.keys().all(|code| ["already_approved", "four_eyes"].contains(code)), "{why:?}");
        let row = world.read(|conn| store::settlement::find(conn, settlement)).unwrap();
        assert_eq!(row.state, SettlementState::Approved);
        assert!(row.approved_by.is_some() && row.approved_by != Some(row.proposed_by));
    }
}

#[test]
fn one_key_does_one_thing_however_often_it_is_sent() {
    let world = World::new();
    for round in 0..ROUNDS {
        let order = world.order(&Sold::default());
        let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 3)]);
        let cmd = operations::settlement::propose::Propose {
            rma,
            order: None,
            basis: Basis::Waived,
            means: "manual".to_owned(),
            components: vec![goods(world.line(rma, 0), 100)],
            platform_number: String::new(),
            note: String::new(),
        };
        let key = ClientKey { key: format!("storm-{round}"), request_hash: [7; 32] };
        let (won, why) = contest(|_| {
            let mut call = Call::new(world.person("finance"), "settlement.propose");
            call.key = Some(key.clone());
            let cmd = cmd.clone();
            world.app.run_blocking(call, move |tx, ctx| operations::settlement::propose::propose(tx, ctx, &cmd))
        });
        assert_eq!((won.len(), why.len()), (MANY, 0));
        assert!(won.iter().all(|answer| answer.value.settlement == won[0].value.settlement));
        assert_eq!(won.iter().filter(|answer| !answer.replayed).count(), 1);
        assert_eq!(world.read(|conn| store::settlement::of_rma(conn, rma)).len(), 1);
    }
}

#[test]
fn a_case_is_withdrawn_or_its_parcel_arrives_but_not_both() {
    let world = World::new();
    for _ in 0..ROUNDS {
        let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 3)]);
        let line = world.line(rma, 0);
        let (won, _) = contest(|number| {
            if number % 2 == 0 {
                let cmd = Withdraw { rma, reason: "changed my mind".to_owned() };
                return world.by("agent", move |tx, ctx| withdraw(tx, ctx, &cmd)).map(|_| "withdrawn");
            }
            let cmd = operations::warehouse::count::Count {
                parcel: None,
                warehouse: Some(world.warehouse),
                units: vec![support::hands::units(line, 3)],
                at: None,
            };
            world.by("clerk", move |tx, ctx| operations::warehouse::count::count(tx, ctx, &cmd)).map(|_| "counted")
        });
        assert_eq!(won.len(), 1, "{won:?}");
        let row = &world.lines(rma)[0];
        let over = world.rma(rma).state.is_final();
        assert_eq!((over, row.received), if won[0] == "withdrawn" { (true, 0) } else { (false, 3) });
    }
}
