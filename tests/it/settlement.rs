//! Money: every basis with its cap, four eyes, what is held and given back, invoices, the books.

use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, CaseState, DispositionKind, MoneyState, SettlementState};
use domain::{LineKind, RmaId};
use operations::external_case::{ExternalCaseFacts, put};
use operations::ledger::claim::{Claim, claim};
use operations::ledger::recover::{Ending, Recover, recover};
use operations::settlement::invoice::{InvoiceReversed, reversed};
use operations::settlement::mark_done::{MarkDone, mark_done};
use operations::settlement::preview::{Ask, preview};
use operations::settlement::propose::{Propose, propose};
use support::hands::{goods, part};
use support::{Sold, World, refused, words};

fn case(world: &World, kind: LineKind, quantity: i64) -> RmaId {
    world.agreed(&world.order(&Sold::default()), &[(0, kind, quantity)])
}

fn owed(world: &World, rma: RmaId) -> i64 {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    entries.iter().filter(|entry| entry.kind == "receivable").map(|entry| entry.amount_minor).sum()
}

#[test]
fn money_follows_what_was_counted_and_not_what_was_announced() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let line = world.line(rma, 0);
    let early = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 1)]);
    assert_eq!(words(early), "on this basis, goods and tax may still be refunded up to 0.00 CNY");
    world.accept(rma, line, 2);
    let over = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 6_001)]);
    assert_eq!(words(over), "on this basis, goods and tax may still be refunded up to 60.00 CNY");
    let first = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 2_500)]).unwrap();
    let over = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 3_501)]);
    assert_eq!(refused(over), "exceeds_basis");
    // Several settlements a case; a cancelled one gives everything back.
    world.cancel(first.settlement).unwrap();
    world.propose(rma, Basis::Counted, "manual", vec![goods(line, 6_000)]).unwrap();
    // The schema refuses what the verb would have let through.
    let forced = world.system(move |tx, _| Ok(store::rma_line::add_settled(tx, line, 1, 1)?));
    assert_eq!(refused(forced), "exceeds_accepted");
    let forced = world.system(move |tx, _| Ok(store::rma_line::add_settled(tx, line, 3_001, 0)?));
    assert_eq!(refused(forced), "exceeds_share");
}

#[test]
fn something_more_that_is_keyed_undoes_no_refund() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("CUP", 1, 3_000), ("BOX", 1, 3_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 1), (1, LineKind::Exchange, 1)]);
    let line = world.line(rma, 0);
    world.accept(rma, line, 1);
    world.accept(rma, world.line(rma, 1), 1);
    let paid = world.lines(rma)[0].share_goods_minor;
    world.refund_by_hand(rma, line, paid);
    let settled_at = world.rma(rma).settled_at;
    assert!(settled_at.is_some());
    let rounds = || {
        let rows = world.read(|conn| store::decision::of_rma(conn, rma));
        rows.iter().filter(|row| row.node == "settle").map(|row| row.decision.clone()).collect::<Vec<_>>()
    };
    assert_eq!(rounds(), ["core_done"]);
    world.clock.advance_ms(support::DAY_MS);
    let extra = vec![part(None, ComponentKind::Compensation, 500)];
    let keyed = world.propose(rma, Basis::Compensation, "manual", extra).unwrap();
    assert_eq!((world.rma(rma).settled_at, world.rma(rma).money_state), (settled_at, MoneyState::Approved));
    world.cancel(keyed.settlement).unwrap();
    assert_eq!((world.rma(rma).settled_at, rounds()), (settled_at, vec!["core_done".to_owned()]));
}

#[test]
fn three_announced_two_came_one_is_the_carriers_refund_for_exactly_one() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("CUP", 3, 2_999)], freight_minor: 2, ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    let line = world.line(rma, 0);
    let share = world.lines(rma)[0].share_goods_minor;
    let group = world.receive(rma, line, 2);
    let broken = world.inspect(group, Some(1), "grade_damaged", Bearer::Carrier).unwrap();
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    world.dispose(broken.unit_group, DispositionKind::Scrap).unwrap();
    world.dispose(group, DispositionKind::Restock).unwrap();
    world.waive(line, 1, "never arrived, the customer agrees").unwrap();
    let one = domain::allocate::share_of_units(share, 3, 0, 1);
    assert_eq!(refused(world.propose(rma, Basis::Counted, "manual", vec![goods(line, one + 1)])), "exceeds_basis");
    world.refund_by_hand(rma, line, one);
    let row = world.rma(rma);
    assert_eq!((row.state, row.money_state, row.refund_minor), (CaseState::Closed, MoneyState::Settled, one));
    assert_eq!(owed(&world, rma), domain::allocate::share_of_units(share, 3, 2, 1));
    assert!(world.read(store::ledger::faults).is_empty());
    let order = world.read(|conn| store::order::find(conn, order.id)).unwrap();
    assert_eq!(order.held_minor, one);
}

#[test]
fn each_basis_has_its_own_cap() {
    let world = World::new();
    // Waived: the customer keeps the goods.
    let rma = case(&world, LineKind::ShippedRefund, 2);
    let line = world.line(rma, 0);
    assert_eq!(refused(world.propose(rma, Basis::Counted, "manual", vec![goods(line, 1)])), "exceeds_basis");
    assert_eq!(refused(world.propose(rma, Basis::Waived, "manual", vec![goods(line, 6_001)])), "exceeds_basis");
    world.propose(rma, Basis::Waived, "manual", vec![goods(line, 6_000)]).unwrap();
    // Advanced: before the goods are here, less what was refused or written off.
    let rma = case(&world, LineKind::AdvanceRefund, 3);
    let line = world.line(rma, 0);
    let group = world.receive(rma, line, 1);
    world.inspect(group, None, "grade_damaged", Bearer::Customer).unwrap();
    assert_eq!(refused(world.propose(rma, Basis::Advanced, "manual", vec![goods(line, 6_001)])), "exceeds_basis");
    world.propose(rma, Basis::Advanced, "manual", vec![goods(line, 6_000)]).unwrap();
    // Compensation pays for no goods and has its own budget.
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    assert_eq!(refused(world.propose(rma, Basis::Compensation, "manual", vec![goods(line, 1)])), "exceeds_basis");
    let extra = |minor| vec![part(None, ComponentKind::Compensation, minor)];
    let over = world.propose(rma, Basis::Compensation, "manual", extra(20_001));
    assert_eq!(words(over), "of the budget for compensation, this is left: 200.00 CNY");
    world.propose(rma, Basis::Compensation, "manual", extra(5_000)).unwrap();
    let over = world.propose(rma, Basis::Compensation, "manual", extra(15_001));
    assert_eq!(words(over), "of the budget for compensation, this is left: 150.00 CNY");
}

#[test]
fn only_what_never_left_is_refunded_as_unshipped() {
    let world = World::new();
    let order = world.order(&Sold { shipped: Some(0), ..Sold::default() });
    let (first, second) = (
        world.agreed(&order, &[(0, LineKind::UnshippedRefund, 2)]),
        world.agreed(&order, &[(0, LineKind::UnshippedRefund, 1)]),
    );
    let (line, other) = (world.line(first, 0), world.line(second, 0));
    // Two units leave after all: one is left, whoever settles first has it.
    let order_line = order.lines[0];
    world
        .system(move |tx, _| {
            let row = store::order::line::find(tx, order_line)?.unwrap();
            Ok(store::order::line::update(tx, &store::order::line::LineRow { shipped: 2, ..row })?)
        })
        .unwrap();
    let over = world.propose(first, Basis::Unshipped, "manual", vec![goods(line, 3_001)]);
    assert_eq!(refused(over), "exceeds_basis");
    world.propose(second, Basis::Unshipped, "manual", vec![goods(other, 3_000)]).unwrap();
    assert_eq!(refused(world.propose(first, Basis::Unshipped, "manual", vec![goods(line, 1)])), "exceeds_basis");
}

#[test]
fn freight_is_refunded_once_per_order() {
    let world = World::new();
    let order = world.order(&Sold { freight_minor: 1_200, ..Sold::default() });
    let first = world.agreed(&order, &[(0, LineKind::ReturnRefund, 1)]);
    let second = world.agreed(&order, &[(0, LineKind::ReturnRefund, 1)]);
    let freight = |minor| vec![part(None, ComponentKind::OutboundFreight, minor)];
    let keyed = world.propose(first, Basis::Counted, "manual", freight(1_200)).unwrap();
    let again = world.propose(second, Basis::Counted, "manual", freight(1));
    assert_eq!(words(again), "of the order's outbound freight, this may still be refunded: 0.00 CNY");
    world.cancel(keyed.settlement).unwrap();
    world.propose(second, Basis::Counted, "manual", freight(1_200)).unwrap();
    let id = order.id;
    assert_eq!(refused(world.system(move |tx, _| Ok(store::order::add_held(tx, id, 0, 1)?))), "freight_refunded");
}

#[test]
fn the_sum_of_all_cases_stays_within_what_was_paid() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 3)]);
    let other = world.agreed(&order, &[(0, LineKind::Compensation, 1)]);
    let line = world.line(rma, 0);
    world.propose(rma, Basis::Waived, "manual", vec![goods(line, 9_000)]).unwrap();
    let over = world.propose(other, Basis::Compensation, "manual", vec![part(None, ComponentKind::Compensation, 1)]);
    assert_eq!(words(over), "of what was paid for the order, this may still be refunded: 0.00 CNY");
    let id = order.id;
    assert_eq!(refused(world.system(move |tx, _| Ok(store::order::add_held(tx, id, 1, 0)?))), "exceeds_captured");
}

#[test]
fn what_is_withheld_never_exceeds_the_refund_and_is_never_charged() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    world.accept(rma, line, 1);
    let parts = |withheld: i64| vec![goods(line, 3_000), part(Some(line), ComponentKind::Fee, -withheld)];
    let below = world.propose(rma, Basis::Counted, "manual", parts(3_001));
    assert_eq!(refused(below), "net_negative");
    let wrong = vec![goods(line, 3_000), part(Some(line), ComponentKind::Deduction, 5)];
    assert_eq!(refused(world.propose(rma, Basis::Counted, "manual", wrong)), "wrong_sign");
    assert_eq!(refused(world.propose(rma, Basis::Counted, "manual", Vec::new())), "empty");
    // What goes beyond is owed, and only a person ends it.
    let book = |amount_minor| {
        let cmd = Claim {
            rma,
            bearer: Bearer::Customer,
            carrier: None,
            supplier: None,
            amount_minor,
            reason: "missing gift".to_owned(),
        };
        world.by("finance", move |tx, ctx| claim(tx, ctx, &cmd))
    };
    assert_eq!(refused(book(0)), "not_positive");
    book(500).unwrap();
    assert_eq!(owed(&world, rma), 500);
    let account = world.read(|conn| store::ledger::accounts(conn, "receivable"))[0].id;
    let end = |amount_minor, ending| {
        let cmd = Recover { rma, account, amount_minor, ending, reason: "transfer 7".to_owned() };
        world.by("finance", move |tx, ctx| recover(tx, ctx, &cmd))
    };
    assert_eq!(words(end(501, Ending::Paid)), "on this case, this account still owes 5.00 CNY");
    end(300, Ending::Paid).unwrap();
    end(200, Ending::WrittenOff).unwrap();
    assert_eq!(owed(&world, rma), 0);
    // A net of zero is settled without money.
    let keyed = world.propose(rma, Basis::Counted, "manual", parts(3_000)).unwrap();
    assert_eq!(keyed.net_minor, 0);
    assert_eq!(world.pay(keyed.settlement).unwrap().state, SettlementState::Settled);
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn above_the_limit_four_eyes_look() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("RING", 2, 400_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 2)]);
    let line = world.line(rma, 0);
    let small = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 300_000)]).unwrap();
    assert_eq!((small.needs_second, small.state), (false, SettlementState::Approved));
    // Nobody has begun to pay it.
    assert_eq!(world.rma(rma).money_state, MoneyState::Approved);
    let paid = || {
        let (finance, definitions) = (world.person("finance"), world.app.definitions());
        let now = world.app.now();
        world.app.read(|conn| operations::rma::view::view(conn, &definitions, &finance, now, rma)).unwrap().paid
    };
    assert_eq!(paid(), [(line, 0)]);
    // Small ones add up: the second one of the same case is seen by another.
    let large = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 250_000)]).unwrap();
    assert_eq!((large.needs_second, large.state), (true, SettlementState::Proposed));
    assert_eq!(world.rma(rma).money_state, MoneyState::Proposed);
    assert_eq!(refused(world.pay_by_hand(large.settlement, "t")), "not_by_hand");
    assert_eq!(refused(world.approve("finance", large.settlement)), "four_eyes");
    assert_eq!(refused(world.approve("clerk", large.settlement)), "forbidden");
    world.approve("finance2", large.settlement).unwrap();
    assert_eq!(refused(world.approve("cfo", large.settlement)), "already_approved");
    // The schema says the same.
    let (person, now) = (world.person_id("finance"), support::NOW);
    let third = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 250_000)]).unwrap();
    let forced = world.system(move |tx, _| Ok(store::settlement::approve(tx, third.settlement, person, now)?));
    assert_eq!(refused(forced), "four_eyes");
    world.pay_by_hand(small.settlement, "t").unwrap();
    assert_eq!(paid(), [(line, 300_000)]);
}

#[test]
fn a_limit_in_another_currency_means_that_somebody_looks() {
    let template = support::TEMPLATE
        .replace("base_currency: CNY", "base_currency: USD")
        .replace("four_eyes_limit: 5000.00 CNY", "four_eyes_limit: 700.00 USD")
        .replace("{per_case: 200.00 CNY, per_month: 20000.00 CNY}", "{per_case: 30.00 USD, per_month: 3000.00 USD}");
    let world = World::with_template(&template);
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 1)]).unwrap();
    assert!(keyed.needs_second);
}

#[test]
fn a_special_invoice_blocks_paying_until_it_is_back() {
    let world = World::new();
    let order = world.order(&Sold { invoice: "special", ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ShippedRefund, 2)]);
    let line = world.line(rma, 0);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 2_000)]).unwrap();
    let second = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 1_000)]).unwrap();
    let work = world.read(|conn| store::invoice_work::of_rma(conn, rma));
    assert_eq!(work.iter().map(|one| one.amount_minor).collect::<Vec<_>>(), [3_000]);
    assert_eq!(refused(world.pay_by_hand(keyed.settlement, "t1")), "invoice_not_back");
    world.cancel(second.settlement).unwrap();
    assert_eq!(world.read(|conn| store::invoice_work::of_rma(conn, rma))[0].amount_minor, 2_000);
    let invoice = work[0].id;
    world
        .by("finance", move |tx, ctx| reversed(tx, ctx, &InvoiceReversed { invoice, number: "R1".to_owned() }))
        .unwrap();
    let twice =
        world.by("finance", move |tx, ctx| reversed(tx, ctx, &InvoiceReversed { invoice, number: "R2".to_owned() }));
    assert_eq!(refused(twice), "already_done");
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
}

#[test]
fn a_platforms_refund_is_booked_once_under_its_number() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    let book = |rma, line, number: &str, means: &str| {
        let cmd = Propose {
            rma,
            order: None,
            basis: Basis::PlatformDecided,
            means: means.to_owned(),
            components: vec![goods(line, 3_000)],
            platform_number: number.to_owned(),
            note: String::new(),
        };
        world.by("finance", move |tx, ctx| propose(tx, ctx, &cmd))
    };
    assert_eq!(refused(book(rma, line, "P1", "manual")), "means_not_of_basis");
    assert_eq!(refused(book(rma, line, " ", "platform")), "platform_number_needed");
    let keyed = book(rma, line, "P1", "platform").unwrap();
    assert_eq!(world.pay(keyed.settlement).unwrap().state, SettlementState::Settled);
    let other = case(&world, LineKind::ReturnRefund, 1);
    assert_eq!(refused(book(other, world.line(other, 0), "P1", "platform")), "platform_number_used");
    // The goods that come afterwards are paid already.
    world.accept(rma, line, 1);
    assert_eq!(world.rma(rma).state, CaseState::Closed);
}

#[test]
fn what_the_platform_has_refunded_is_booked_before_more_is_paid() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 2)]);
    let line = world.line(rma, 0);
    world.accept(rma, line, 2);
    let told = ExternalCaseFacts {
        shop: "A".to_owned(),
        number: "E-9".to_owned(),
        source_version: 1,
        order_number: order.number.clone(),
        raw_status: "SUCCESS".to_owned(),
        mapped_status: None,
        kind: String::new(),
        amount_minor: Some(3_000),
        currency: None,
        due_at: None,
    };
    world.system(move |tx, ctx| put(tx, ctx, &told)).unwrap();
    let again = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 6_000)]);
    assert_eq!(words(again), "the platform has refunded 30.00 CNY in its case E-9, and that is not booked yet");
    let booked = Propose {
        rma,
        order: None,
        basis: Basis::PlatformDecided,
        means: "platform".to_owned(),
        components: vec![goods(line, 3_000)],
        platform_number: "P9".to_owned(),
        note: String::new(),
    };
    let booked = world.by("finance", move |tx, ctx| propose(tx, ctx, &booked)).unwrap();
    world.pay(booked.settlement).unwrap();
    let over = world.propose(rma, Basis::Counted, "manual", vec![goods(line, 3_001)]);
    assert_eq!(words(over), "on this basis, goods and tax may still be refunded up to 30.00 CNY");
    world.refund_by_hand(rma, line, 3_000);
    assert_eq!(world.rma(rma).state, CaseState::Closed);
}

#[test]
fn an_advance_is_owed_in_goods_until_they_come() {
    let world = World::new();
    let rma = case(&world, LineKind::AdvanceRefund, 3);
    let line = world.line(rma, 0);
    let keyed = world.propose(rma, Basis::Advanced, "manual", vec![goods(line, 9_000)]).unwrap();
    assert_eq!(owed(&world, rma), 0);
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
    assert_eq!(owed(&world, rma), 9_000);
    world.accept(rma, line, 1);
    assert_eq!(owed(&world, rma), 6_000);
    let group = world.receive(rma, line, 1);
    world.inspect(group, None, "grade_damaged", Bearer::Customer).unwrap();
    world.dispose(group, DispositionKind::Scrap).unwrap();
    assert_eq!(owed(&world, rma), 6_000);
    // The customer pays for the damaged one; the last is written off with its goods.
    let account = world.read(|conn| store::ledger::accounts(conn, "receivable"))[0].id;
    let cmd = Recover { rma, account, amount_minor: 3_000, ending: Ending::Paid, reason: "t2".to_owned() };
    world.by("finance", move |tx, ctx| recover(tx, ctx, &cmd)).unwrap();
    world.waive(line, 1, "never sent").unwrap();
    assert_eq!(owed(&world, rma), 0);
    assert_eq!(world.rma(rma).state, CaseState::Closed);
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn others_bear_what_they_bear() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let line = world.line(rma, 0);
    let carrier = Some(world.carrier);
    let parts = vec![
        operations::settlement::propose::NewComponent { bearer: Bearer::Carrier, carrier, ..goods(line, 3_000) },
        part(None, ComponentKind::ReturnFreight, 800),
    ];
    let keyed = world.propose(rma, Basis::Waived, "manual", parts).unwrap();
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
    assert_eq!((keyed.net_minor, owed(&world, rma)), (3_800, 3_000));
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn the_books_refuse_a_one_sided_posting() {
    let world = World::new();
    let forced = world.system(|tx, ctx| {
        let key = store::ledger::AccountKey {
            kind: "recovery",
            customer_id: None,
            bearer: String::new(),
            currency: domain::Currency::CNY,
        };
        let account_id = store::ledger::account(tx, &key, domain::LedgerAccountId::from_raw(ctx.id()))?;
        let entry = |amount_minor| store::ledger::NewEntry {
            id: domain::LedgerEntryId::from_raw(ctx.id()),
            account_id,
            amount_minor,
        };
        let entries = [entry(100), entry(-99)];
        Ok(store::ledger::post(tx, 1, &entries, &store::ledger::About::default(), ctx.now)?)
    });
    assert_eq!(refused(forced), "books_do_not_balance");
}

#[test]
fn finance_may_say_that_nothing_more_is_paid() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 1);
    let line = world.line(rma, 0);
    let done = |reason: &str| {
        let cmd = MarkDone { line, reason: reason.to_owned() };
        world.by("finance", move |tx, ctx| mark_done(tx, ctx, &cmd))
    };
    assert_eq!(refused(done("")), "reason_needed");
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(line, 1_000)]).unwrap();
    assert_eq!(refused(done("agreed on less")), "settlement_open");
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
    assert_eq!(world.rma(rma).state, CaseState::InProgress);
    done("agreed on less").unwrap();
    let row = world.rma(rma);
    assert_eq!((row.state, row.refund_minor), (CaseState::Closed, 1_000));
}

#[test]
fn a_settlement_is_on_its_own_case_and_its_own_order() {
    let world = World::new();
    let (rma, other) = (case(&world, LineKind::ShippedRefund, 1), case(&world, LineKind::ShippedRefund, 1));
    let foreign = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(other, 0), 1)]);
    assert_eq!(refused(foreign), "no_such_line");
    let unnamed = world.propose(rma, Basis::Waived, "manual", vec![part(None, ComponentKind::Goods, 1)]);
    assert_eq!(refused(unnamed), "line_needed");
    let order = world.rma(other).order_id;
    let cmd = Propose {
        rma,
        order,
        basis: Basis::Waived,
        means: "manual".to_owned(),
        components: vec![goods(world.line(rma, 0), 1)],
        platform_number: String::new(),
        note: String::new(),
    };
    assert_eq!(refused(world.by("finance", move |tx, ctx| propose(tx, ctx, &cmd))), "no_such_order");
    // Not before it is agreed, not by whoever does not key settlements, not outside one's shops.
    let filed = world.filed(&world.order(&Sold::default()), &[(0, LineKind::ShippedRefund, 1)]).unwrap();
    let early = world.propose(filed, Basis::Waived, "manual", vec![goods(world.line(filed, 0), 1)]);
    assert_eq!(refused(early), "not_agreed");
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), 1)]).unwrap();
    let mut elsewhere = (*world.person("finance")).clone();
    elsewhere.grants[0].shop = Some(domain::ShopId::from_raw(7));
    let cmd = operations::settlement::pay::Pay { settlement: keyed.settlement };
    let unknown = world.run_as(elsewhere.into(), move |tx, ctx| operations::settlement::pay::pay(tx, ctx, &cmd));
    assert_eq!(refused(unknown), "not_found");
}

#[test]
fn the_preview_says_what_may_be_paid_and_why() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("CUP", 3, 2_999)], freight_minor: 500, ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    let line = world.line(rma, 0);
    let group = world.receive(rma, line, 2);
    world.inspect(group, Some(1), "grade_used", Bearer::Customer).unwrap();
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    let ask = Ask { rma, order: None, basis: Basis::Counted, components: Vec::new() };
    let definitions = world.app.definitions();
    let finance = world.person("finance");
    let shown = world.app.read(|conn| preview(conn, &finance, &definitions, world.app.now(), &ask)).unwrap();
    let cap = world.lines(rma)[0].cap_counted_minor;
    assert_eq!((shown.lines[0].admitted, shown.lines[0].cap_minor, shown.lines[0].room_minor), (2, cap, cap));
    assert_eq!(shown.lines[0].why.en, "3 requested, 2 accepted");
    assert_eq!(shown.caps.freight_paid_minor, 500);
    let withheld: i64 = shown.suggestion.iter().map(|part| part.amount_minor).filter(|minor| *minor < 0).sum();
    assert!(withheld < 0);
    assert_eq!(shown.net.clone().unwrap(), cap + withheld);
    // Where the deduction comes from: the grade of the one unit, its factor, who is liable.
    let used = definitions.masters.grades().iter().find(|grade| grade.code == "grade_used").unwrap();
    let [source] = shown.withheld.as_slice() else { panic!("{:?}", shown.withheld) };
    assert_eq!((source.line, source.quantity, source.liability), (line, 1, Bearer::Customer));
    assert_eq!((&source.grade, source.money_percent), (&used.name, used.money_percent));
    assert_eq!((source.share_minor, source.withheld_minor), (2_999, -withheld));
    // Keying the suggestion as it stands is accepted.
    world.propose(rma, Basis::Counted, "manual", shown.suggestion).unwrap();
    let clerk = world.person("clerk");
    let hidden = world.app.read(|conn| preview(conn, &clerk, &definitions, world.app.now(), &ask));
    assert_eq!(hidden.map(|_| ()).unwrap_err().code(), "not_found");
}
