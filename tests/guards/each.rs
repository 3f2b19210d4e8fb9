//! One guard at a time, where a verb holds it: each test fails when that guard is taken out. Guards of the schema have
//! theirs in `store`; where both hold the same, the verb is known by its words.

use std::sync::Arc;

use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, CaseState, DispositionKind, PayoutState, Reception, SettlementState};
use domain::{LineKind, PayoutId, RmaId, SettlementId};
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, begin};
use operations::payout::retry::{Retry, retry};
use operations::rma::decide::{Choice, Decide, decide};
use operations::rma::withdraw::{Withdraw, withdraw};
use operations::settlement::pay::{Pay, pay};
use operations::settlement::propose::{Propose, propose};
use operations::warehouse::announce::{Announce, announce};
use operations::warehouse::correct::{Correct, correct};
use operations::warehouse::count::{Count, CountedUnits, count};
use operations::warehouse::sign::{Sign, sign};
use operations::{Actor, ActorKind, Error};
use support::hands::{goods, part, units};
use support::{Sold, World, refused, words};

fn case(world: &World, kind: LineKind, quantity: i64) -> RmaId {
    world.agreed(&world.order(&Sold::default()), &[(0, kind, quantity)])
}

fn owed(world: &World, rma: RmaId) -> i64 {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    entries.iter().filter(|entry| entry.kind == "receivable").map(|entry| entry.amount_minor).sum()
}

fn fix(world: &World, disposition: domain::DispositionId, kind: DispositionKind) -> Result<(), Error> {
    let cmd = Correct { disposition, kind, reason: "wrong".to_owned() };
    world.by("inspector", move |tx, ctx| correct(tx, ctx, &cmd)).map(|_| ())
}

fn tell(world: &World, payout: PayoutId, outcome: Outcome) -> PayoutState {
    world.system(move |tx, ctx| begin(tx, ctx, &Begin { payout })).unwrap();
    let cmd = Answered { payout, outcome, started_at: world.app.now() };
    world.system(move |tx, ctx| answer(tx, ctx, &cmd)).unwrap()
}

fn paying(world: &World, sold: &Sold, minor: i64) -> (SettlementId, PayoutId) {
    let rma = world.agreed(&world.order(sold), &[(0, LineKind::ShippedRefund, sold.lines[0].1)]);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), minor)]).unwrap();
    (keyed.settlement, world.pay(keyed.settlement).unwrap().payouts[0])
}

// Q3, G1, G2 --------------------------------------------------------------------------------------------------------

#[test]
fn goods_that_nobody_can_name_are_not_sent_back() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let stray = CountedUnits { reception: Reception::WrongItem, ..units(world.line(rma, 0), 1) };
    let cmd = Count { parcel: None, warehouse: Some(world.warehouse), units: vec![stray], at: None };
    let group = world.by("clerk", move |tx, ctx| count(tx, ctx, &cmd)).unwrap()[0].unit_group;
    world.inspect(group, None, "grade_swapped", Bearer::Customer).unwrap();
    assert_eq!(refused(world.dispose(group, DispositionKind::SendBack)), "article_unknown");
    world.dispose(group, DispositionKind::Scrap).unwrap();
}

#[test]
fn the_judgement_goes_with_units_disposed_of_apart() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let group = world.receive(rma, world.line(rma, 0), 2);
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    let cmd = operations::warehouse::dispose::Dispose {
        unit_group: group,
        quantity: Some(1),
        kind: DispositionKind::Defective,
    };
    let apart = world.by("inspector", move |tx, ctx| operations::warehouse::dispose::dispose(tx, ctx, &cmd)).unwrap();
    assert_ne!(apart.unit_group, group);
    assert_eq!(refused(fix(&world, apart.disposition, DispositionKind::SendBack)), "accepted_goods_stay");
    fix(&world, apart.disposition, DispositionKind::Restock).unwrap();
}

#[test]
fn damage_stays_owed_for_units_disposed_of_apart() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let group = world.receive(rma, world.line(rma, 0), 3);
    world.inspect(group, None, "grade_damaged", Bearer::Carrier).unwrap();
    assert_eq!(owed(&world, rma), 9_000);
    let cmd =
        operations::warehouse::dispose::Dispose { unit_group: group, quantity: Some(1), kind: DispositionKind::Scrap };
    world.by("inspector", move |tx, ctx| operations::warehouse::dispose::dispose(tx, ctx, &cmd)).unwrap();
    // A second look at the other two finds them whole: the one that is gone stays owed.
    world.inspect_again(group, None, "grade_new", Bearer::Customer, "cleaned").unwrap();
    assert_eq!(owed(&world, rma), 3_000);
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn a_second_disposition_hears_that_it_may_be_corrected() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let group = world.accept(rma, world.line(rma, 0), 1);
    let again = world.dispose(group, DispositionKind::Restock).unwrap_err();
    assert!(matches!(&again, Error::Conflict(refusal) if refusal.help.is_some()), "{again:?}");
    let look = world.inspect_again(group, None, "grade_new", Bearer::Customer, "again");
    assert_eq!(refused(look), "already_dispositioned");
}

#[test]
fn goods_that_have_left_stay_disposed_of() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let group = world.receive(rma, world.line(rma, 0), 1);
    world.inspect(group, None, "grade_damaged", Bearer::Customer).unwrap();
    let done = world.dispose(group, DispositionKind::SendBack).unwrap();
    let out = world.read(|conn| store::outbound::of_rma(conn, rma)).remove(0);
    let cmd = operations::outbound::ship::Ship { outbound: out.id, carrier: None, waybill: "B1".to_owned(), at: None };
    world.by("clerk", move |tx, ctx| operations::outbound::ship::ship(tx, ctx, &cmd)).unwrap();
    assert_eq!(refused(fix(&world, done.disposition, DispositionKind::Scrap)), "goods_have_left");
}

#[test]
fn a_closed_case_sends_nothing_any_more() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let group = world.receive(rma, world.line(rma, 0), 1);
    world.inspect(group, None, "grade_damaged", Bearer::Customer).unwrap();
    let done = world.dispose(group, DispositionKind::Scrap).unwrap();
    assert_eq!(world.rma(rma).state, CaseState::Closed);
    assert_eq!(refused(fix(&world, done.disposition, DispositionKind::SendBack)), "case_is_over");
    fix(&world, done.disposition, DispositionKind::Defective).unwrap();
}

#[test]
fn nothing_is_counted_before_it_is_agreed() {
    let world = World::new();
    let rma = world.filed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let stray = CountedUnits { reception: Reception::Undeclared, ..units(world.line(rma, 0), 1) };
    let cmd = Count { parcel: None, warehouse: Some(world.warehouse), units: vec![stray], at: None };
    assert_eq!(refused(world.by("clerk", move |tx, ctx| count(tx, ctx, &cmd))), "not_agreed");
}

#[test]
fn a_parcel_is_not_signed_before_it_was_announced() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let parcel = world.announce(rma, "SF1").unwrap();
    let early = world.app.now().plus_ms(-60_000);
    let cmd = Sign { warehouse: world.warehouse, carrier: None, waybills: vec!["SF1".to_owned()], at: Some(early) };
    world.by("clerk", move |tx, ctx| sign(tx, ctx, &cmd)).unwrap();
    let row = world.read(|conn| store::parcel::find(conn, parcel)).unwrap();
    assert!(row.signed_at >= row.announced_at, "{row:?}");
}

// M2, M3, M5, M6 ----------------------------------------------------------------------------------------------------

#[test]
fn goods_are_kept_only_on_lines_that_say_so() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let kept = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 1)]);
    assert_eq!(refused(kept), "exceeds_basis");
}

#[test]
fn one_line_does_not_use_up_anothers_share() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("SHIRT", 1, 3_000), ("CUP", 1, 900)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1), (1, LineKind::ShippedRefund, 1)]);
    let over = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 1), 901)]);
    assert_eq!(refused(over), "exceeds_line");
}

#[test]
fn what_a_shop_gives_in_a_month_is_bounded() {
    let world = World::with_template(&support::TEMPLATE.replace("per_month: 20000.00 CNY", "per_month: 250.00 CNY"));
    let give = |minor| {
        let rma = case(&world, LineKind::ShippedRefund, 3);
        let extra = vec![part(None, ComponentKind::Compensation, minor), goods(world.line(rma, 0), 1)];
        world.propose(rma, Basis::Waived, "manual", extra).map(|keyed| keyed.settlement)
    };
    give(5_000).unwrap();
    give(8_000).unwrap();
    give(8_000).unwrap();
    assert_eq!(words(give(4_001)), "of the budget for compensation, this is left: 40.00 CNY");
}

#[test]
fn an_extra_is_for_a_line_of_its_own_case() {
    let world = World::new();
    let (rma, other) = (case(&world, LineKind::ShippedRefund, 1), case(&world, LineKind::ShippedRefund, 1));
    let foreign = vec![part(Some(world.line(other, 0)), ComponentKind::Compensation, 1)];
    assert_eq!(refused(world.propose(rma, Basis::Compensation, "manual", foreign)), "no_such_line");
}

#[test]
fn the_original_payments_say_what_they_take_back() {
    let world = World::new();
    let sold = Sold { tenders: vec![("wechat", 2_000)], ..Sold::default() };
    let rma = world.agreed(&world.order(&sold), &[(0, LineKind::ShippedRefund, 3)]);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), 2_001)]).unwrap();
    assert_eq!(words(world.pay(keyed.settlement)), "the original payments can take back 20.00 CNY only");
}

#[test]
fn a_special_invoice_blocks_sending_too() {
    let world = World::new();
    let order = world.order(&Sold { invoice: "special", ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1)]);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), 1)]).unwrap();
    assert_eq!(refused(world.pay(keyed.settlement)), "invoice_not_back");
}

// M4 ----------------------------------------------------------------------------------------------------------------

#[test]
fn money_that_may_have_moved_stays_unknown() {
    let world = World::new();
    let (_, payout) = paying(&world, &Sold::default(), 9_000);
    assert_eq!(tell(&world, payout, Outcome::Unknown { detail: "reset".to_owned() }), PayoutState::Unknown);
    // Asked about, and the gateway was not reached: that says nothing about the first try.
    assert_eq!(tell(&world, payout, Outcome::NotSent { detail: "no route".to_owned() }), PayoutState::Unknown);
}

#[test]
fn a_payout_that_was_replaced_is_not_tried_again() {
    let world = World::new();
    let (_, payout) = paying(&world, &Sold::default(), 9_000);
    tell(&world, payout, Outcome::Refused { reason: "closed".to_owned() });
    let again = || world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout }));
    again().unwrap();
    assert_eq!(words(again()), "this part of the settlement is being paid or is paid");
}

#[test]
fn a_payout_that_was_replaced_is_not_paid_by_hand() {
    let world = World::new();
    let (settlement, payout) = paying(&world, &Sold::default(), 9_000);
    tell(&world, payout, Outcome::Refused { reason: "closed".to_owned() });
    world.by("finance", move |tx, ctx| retry(tx, ctx, &Retry { payout })).unwrap();
    let cmd = operations::payout::by_hand::PaidByHand {
        settlement,
        instead_of: Some(payout),
        proof: "transfer 1".to_owned(),
    };
    let twice = world.by("finance", move |tx, ctx| operations::payout::by_hand::by_hand(tx, ctx, &cmd));
    assert_eq!(words(twice), "this part of the settlement is being paid or is paid");
}

// A2, S1 ------------------------------------------------------------------------------------------------------------

#[test]
fn who_keyed_it_hears_who_may_approve_it() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("RING", 1, 600_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1)]);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 600_000)]).unwrap();
    let own = world.approve("finance", keyed.settlement).unwrap_err();
    assert!(matches!(&own, Error::Conflict(refusal) if refusal.help.is_some()), "{own:?}");
}

#[test]
fn a_refund_is_not_booked_before_it_is_approved() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("RING", 1, 600_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 1)]);
    let cmd = Propose {
        rma,
        order: None,
        basis: Basis::PlatformDecided,
        means: "platform".to_owned(),
        components: vec![goods(world.line(rma, 0), 600_000)],
        platform_number: "P1".to_owned(),
        note: String::new(),
    };
    let keyed = world.by("finance", move |tx, ctx| propose(tx, ctx, &cmd)).unwrap();
    assert_eq!(keyed.state, SettlementState::Proposed);
    assert_eq!(refused(world.pay(keyed.settlement)), "not_approved");
}

#[test]
fn a_settlement_goes_on_from_where_it_stands_only() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 1)]).unwrap().settlement;
    let (person, now) = (world.person_id("cfo"), support::NOW);
    let approved = world.system(move |tx, _| Ok(store::settlement::approve(tx, keyed, person, now)?));
    assert!(!approved.unwrap(), "it is approved already");
    let (from, to) = (SettlementState::Executing, SettlementState::Cancelled);
    let moved = world.system(move |tx, _| Ok(store::settlement::advance(tx, keyed, from, to)?));
    assert!(!moved.unwrap(), "it is not being paid");
}

#[test]
fn each_step_is_decided_by_its_own_people_and_once() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("RING", 1, 600_000)], ..Sold::default() });
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let say = |who: &str, node: &str| {
        let cmd = Decide { rma, node: node.to_owned(), round: 1, choice: Choice::Agree, note: String::new() };
        world.by(who, move |tx, ctx| decide(tx, ctx, &cmd))
    };
    assert_eq!(refused(say("cfo", "first_review")), "forbidden");
    assert_eq!(refused(say("cfo", "cfo_approval")), "not_open");
    say("agent", "first_review").unwrap();
    assert_eq!(refused(say("agent", "first_review")), "already_decided");
    assert_eq!(refused(say("agent", "cfo_approval")), "forbidden");
    assert_eq!(world.rma(rma).state, CaseState::Submitted);
    say("cfo", "cfo_approval").unwrap();
    assert_eq!(world.rma(rma).state, CaseState::InProgress);
}

// S3, S4 ------------------------------------------------------------------------------------------------------------

fn take_back(world: &World, rma: RmaId) -> Result<RmaId, Error> {
    let cmd = Withdraw { rma, reason: "changed my mind".to_owned() };
    world.by("agent", move |tx, ctx| withdraw(tx, ctx, &cmd))
}

#[test]
fn a_case_is_not_withdrawn_over_money() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 1)]).unwrap();
    assert_eq!(refused(take_back(&world, rma)), "money_held");
    world.cancel(keyed.settlement).unwrap();
    take_back(&world, rma).unwrap();
    assert_eq!(refused(take_back(&world, rma)), "case_is_over");
}

#[test]
fn what_was_claimed_is_free_again_and_once() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 3)]).unwrap();
    assert_eq!(refused(world.filed(&order, &[(0, LineKind::ReturnRefund, 1)])), "form_refuses");
    take_back(&world, rma).unwrap();
    let line = world.read(|conn| store::order::line::of_order(conn, order.id)).remove(0);
    assert_eq!((line.claimed, line.claimed_goods, line.allocated_goods_minor), (0, 0, 0));
    world.filed(&order, &[(0, LineKind::ReturnRefund, 3)]).unwrap();
}

#[test]
fn a_case_does_not_close_over_open_money() {
    // Whatever the flow says: this one has no step for money, so it is through before the money is.
    let (before, rest) = support::TEMPLATE.split_once("      - core:\n          id: settle\n").unwrap();
    let (_, after) = rest.split_once("      - core:\n          id: ship_out\n").unwrap();
    let world = World::with_template(&format!("{before}      - core:\n          id: ship_out\n{after}"));
    let rma = case(&world, LineKind::Exchange, 1);
    world.accept(rma, world.line(rma, 0), 1);
    let out = world.read(|conn| store::outbound::of_rma(conn, rma)).remove(0).id;
    // Everything else is through when somebody keys a compensation.
    let extra = vec![part(None, ComponentKind::Compensation, 500)];
    let keyed = world.propose(rma, Basis::Compensation, "manual", extra).unwrap();
    let cmd = operations::outbound::ship::Ship { outbound: out, carrier: None, waybill: "B1".to_owned(), at: None };
    world.by("clerk", move |tx, ctx| operations::outbound::ship::ship(tx, ctx, &cmd)).unwrap();
    let cmd = operations::outbound::deliver::Deliver { outbound: out, at: None };
    world.by("clerk", move |tx, ctx| operations::outbound::deliver::deliver(tx, ctx, &cmd)).unwrap();
    assert_eq!(world.rma(rma).state, CaseState::InProgress);
    world.pay_by_hand(keyed.settlement, "transfer 1").unwrap();
    assert_eq!(world.rma(rma).state, CaseState::Closed);
}

// I2, A1 ------------------------------------------------------------------------------------------------------------

#[test]
fn a_refused_command_leaves_nothing_behind() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let line = world.line(rma, 0);
    let before = world.read(store::event::last_hash);
    // The first group fits, the second does not.
    let cmd =
        Count { parcel: None, warehouse: Some(world.warehouse), units: vec![units(line, 1), units(line, 2)], at: None };
    assert_eq!(refused(world.by("clerk", move |tx, ctx| count(tx, ctx, &cmd))), "exceeds_announced");
    assert_eq!(world.lines(rma)[0].received, 0);
    assert!(world.read(|conn| store::unit_group::of_rma(conn, rma)).is_empty());
    assert_eq!(world.read(store::event::last_hash), before);
}

fn customer(own: RmaId) -> Arc<Actor> {
    let kind = ActorKind::Customer(Some(own));
    Arc::new(Actor {
        kind,
        name: String::new(),
        lang: domain::Lang::Zh,
        grants: Vec::new(),
        order: None,
        station: None,
    })
}

#[test]
fn a_customer_reaches_one_case() {
    let world = World::new();
    let (own, other) = (case(&world, LineKind::ReturnRefund, 1), case(&world, LineKind::ReturnRefund, 1));
    let tell = |rma: RmaId, waybill: &str| {
        let cmd = Announce { rma, carrier: None, waybill: waybill.to_owned() };
        world.run_as(customer(own), move |tx, ctx| announce(tx, ctx, &cmd)).map(|_| ())
    };
    assert_eq!(refused(tell(other, "SF1")), "not_found");
    tell(own, "SF1").unwrap();
    let leave = |rma: RmaId| {
        let cmd = Withdraw { rma, reason: "changed my mind".to_owned() };
        world.run_as(customer(own), move |tx, ctx| withdraw(tx, ctx, &cmd))
    };
    assert_eq!(refused(leave(other)), "not_found");
    leave(own).unwrap();
}

#[test]
fn staff_of_another_place_find_nothing() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), 1)]).unwrap();
    let mut elsewhere = (*world.person("finance")).clone();
    elsewhere.grants[0].shop = Some(domain::ShopId::from_raw(7));
    let cmd = Pay { settlement: keyed.settlement };
    assert_eq!(refused(world.run_as(elsewhere.into(), move |tx, ctx| pay(tx, ctx, &cmd))), "not_found");
    let cmd = Pay { settlement: keyed.settlement };
    assert_eq!(refused(world.by("clerk", move |tx, ctx| pay(tx, ctx, &cmd))), "forbidden");
}

#[test]
fn a_case_of_another_place_is_not_there() {
    use operations::rma::{answer, assign, follow_up, note};
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let tried = |actor: &Arc<Actor>| {
        let by = |verb: fn(&store::Tx<'_>, &mut operations::Ctx<'_>, RmaId) -> Result<(), Error>| {
            refused(world.run_as(Arc::clone(actor), move |tx, ctx| verb(tx, ctx, rma)))
        };
        [
            by(|tx, ctx, rma| {
                let cmd = note::WriteNote { rma, to_customer: false, text: "x".to_owned(), attachments: Vec::new() };
                note::write_note(tx, ctx, &cmd).map(|_| ())
            }),
            by(|tx, ctx, rma| {
                let cmd = serde_json::from_value(serde_json::json!({ "rma": rma, "text": "x" })).unwrap();
                answer::give_info(tx, ctx, &cmd).map(|_| ())
            }),
            by(|tx, ctx, rma| assign::assign(tx, ctx, &assign::Assign { rma, owner: None }).map(|_| ())),
            by(|tx, ctx, rma| follow_up::follow_up(tx, ctx, &follow_up::FollowUp { rma, at: None }).map(|_| ())),
            by(|tx, ctx, rma| withdraw(tx, ctx, &Withdraw { rma, reason: "x".to_owned() }).map(|_| ())),
        ]
    };
    let mut elsewhere = (*world.person("lead")).clone();
    elsewhere.grants[0].shop = Some(domain::ShopId::from_raw(7));
    assert_eq!(tried(&elsewhere.into()), ["not_found"; 5]);
    let mut powerless = (*world.person("lead")).clone();
    powerless.grants[0].permissions = 0;
    assert_eq!(tried(&powerless.into()), ["forbidden"; 5]);
}
