//! The warehouse, verb by verb: what is signed, counted, inspected and disposed of, and what is refused with which words.

use std::sync::Arc;

use domain::state::{Bearer, Bucket, CaseState, DispositionKind, GoodsState, ParcelState, Reception};
use domain::{LineKind, RmaId};
use operations::warehouse::convert::{Convert, convert};
use operations::warehouse::correct::{Correct, correct};
use operations::warehouse::count::{Count, CountedUnits, count};
use operations::warehouse::dispose::{Dispose, dispose};
use operations::warehouse::identify::Identified;
use operations::warehouse::inspect::{Inspect, inspect};
use operations::warehouse::matching::{Match, assign, unassign};
use operations::warehouse::recount::{Recount, recount};
use operations::warehouse::scan::{Followed, Scan, ScanMode, Scanned, scan};
use operations::warehouse::sign::{Sign, SignedAs, sign};
use support::hands::{goods, units};
use support::{DAY_MS, NOW, Sold, TEMPLATE, World, refused, words};

fn case(world: &World, kind: LineKind, quantity: i64) -> RmaId {
    world.agreed(&world.order(&Sold::default()), &[(0, kind, quantity)])
}

#[test]
fn a_waybill_is_announced_once_and_its_reuse_is_flagged() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let parcel = world.announce(rma, " sf 100 1 ").unwrap();
    assert_eq!(world.announce(rma, "SF1001").unwrap(), parcel);
    let row = world.read(|conn| store::parcel::find(conn, parcel)).unwrap();
    assert_eq!((row.waybill.as_str(), row.reused), ("SF1001", false));
    let other = case(&world, LineKind::ReturnRefund, 1);
    let again = world.announce(other, "SF1001").unwrap();
    assert_ne!(again, parcel);
    assert!(world.read(|conn| store::parcel::find(conn, again)).unwrap().reused);
    assert_eq!(refused(world.announce(rma, " \n ")), "waybill_malformed");
    assert_eq!(world.rma(rma).goods_state, GoodsState::InTransit);
    let keeps = case(&world, LineKind::ShippedRefund, 1);
    assert_eq!(refused(world.announce(keeps, "SF9")), "no_goods_expected");
}

#[test]
fn a_stack_is_signed_and_every_label_is_told() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    world.announce(rma, "SF1").unwrap();
    let sold = world.order(&Sold { waybill: Some("OUT77"), ..Sold::default() });
    let refused_case = world.agreed(&sold, &[(0, LineKind::Refused, 3)]);
    let stack = Sign {
        warehouse: world.warehouse,
        carrier: Some(world.carrier),
        waybills: ["sf1", "out77", "NOBODY1", "SF1"].map(str::to_owned).to_vec(),
        at: None,
    };
    let again = stack.clone();
    let signed = world.by("clerk", move |tx, ctx| sign(tx, ctx, &stack)).unwrap();
    let told: Vec<_> = signed.iter().map(|one| (one.waybill.as_str(), one.signed_as, one.cases.clone())).collect();
    assert_eq!(
        told,
        [
            ("SF1", SignedAs::Known, vec![rma]),
            ("OUT77", SignedAs::OutboundBack, vec![refused_case]),
            ("NOBODY1", SignedAs::Unknown, vec![]),
        ]
    );
    let second = world.by("clerk", move |tx, ctx| sign(tx, ctx, &again)).unwrap();
    assert!(second.iter().all(|one| one.signed_as == SignedAs::SignedBefore));
    assert_eq!(world.rma(rma).goods_state, GoodsState::Arrived);
}

#[test]
fn a_parcel_is_opened_only_after_it_was_signed() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let parcel = world.announce(rma, "SF1").unwrap();
    assert_eq!(refused(world.count(parcel, vec![units(world.line(rma, 0), 1)])), "sign_first");
    let open = operations::warehouse::open::Open { parcel, at: None };
    let early = world.by("clerk", move |tx, ctx| operations::warehouse::open::open(tx, ctx, &open));
    assert_eq!(refused(early), "sign_first");
    // The schema says the same to whoever forgets to ask.
    let forced = world.system(move |tx, ctx| Ok(store::parcel::open(tx, parcel, ctx.now, None)?));
    assert_eq!(refused(forced), "sign_first");
}

#[test]
fn more_than_announced_is_never_counted_on_the_line() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let line = world.line(rma, 0);
    let parcel = world.announce(rma, "SF1").unwrap();
    world.sign("SF1").unwrap();
    let over = world.count(parcel, vec![units(line, 3)]);
    assert_eq!(words(over), "more was counted than the line still waits for: 2");
    let beside = CountedUnits { reception: Reception::Undeclared, ..units(line, 1) };
    let counted = world.count(parcel, vec![units(line, 2), beside]).unwrap();
    let lines = world.lines(rma);
    assert_eq!((lines[0].received, lines.len()), (2, 2));
    assert_eq!((lines[1].undeclared, lines[1].received, lines[1].approved), (true, 1, 0));
    assert_eq!((counted[1].line, lines[1].sku_id), (lines[1].id, lines[0].sku_id));
    // The schema refuses it too.
    let forced = world.system(move |tx, _| Ok(store::rma_line::add_received(tx, line, 1)?));
    assert_eq!(refused(forced), "exceeds_announced");
}

/// Nodes and rounds of a case's to-dos.
fn todos(world: &World, rma: RmaId) -> Vec<(String, u32)> {
    let tasks = world.read(|conn| store::task::open_of_rma(conn, rma));
    let mut todos: Vec<_> = tasks.into_iter().map(|task| (task.node, task.round)).collect();
    todos.sort();
    todos
}

#[test]
fn goods_that_nobody_announced_come_back_to_the_inspectors() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    world.accept(rma, line, 1);
    assert_eq!(todos(&world, rma), [("settle".to_owned(), 1)]);
    // A second parcel, when all that was announced is here and judged: the step's usual to-do comes from a rule on the
    // receipt, which is over.
    let parcel = world.announce(rma, "SF2").unwrap();
    world.sign("SF2").unwrap();
    let beside = CountedUnits { reception: Reception::Undeclared, ..units(line, 1) };
    let counted = world.count(parcel, vec![beside]).unwrap();
    assert_eq!(todos(&world, rma), [("inspect".to_owned(), 2), ("settle".to_owned(), 1)]);
    world.inspect(counted[0].unit_group, None, "grade_used", Bearer::Customer).unwrap();
    world.dispose(counted[0].unit_group, DispositionKind::SendBack).unwrap();
    assert!(!todos(&world, rma).contains(&("inspect".to_owned(), 2)));
}

#[test]
fn goods_are_not_received_before_they_left_or_were_claimed() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    let at = |days: i64| Some(NOW.plus_ms(-days * DAY_MS));
    let count_at = |at| {
        let cmd = Count { parcel: None, warehouse: Some(world.warehouse), units: vec![units(line, 1)], at };
        world.by("clerk", move |tx, ctx| count(tx, ctx, &cmd))
    };
    assert_eq!(refused(count_at(at(10))), "received_before_dispatch");
    assert_eq!(refused(count_at(at(1))), "received_before_filing");
    assert_eq!(refused(count_at(at(-1))), "in_the_future");
    assert_eq!(count_at(None).unwrap().len(), 1);
    // The dock's clock may be behind: the receipt moves to the announcement, it is not refused.
    let other = case(&world, LineKind::ReturnRefund, 1);
    let parcel = world.announce(other, "SF2").unwrap();
    let early = Sign { warehouse: world.warehouse, carrier: None, waybills: vec!["SF2".to_owned()], at: at(1) };
    world.by("clerk", move |tx, ctx| sign(tx, ctx, &early)).unwrap();
    let row = world.read(|conn| store::parcel::find(conn, parcel)).unwrap();
    assert_eq!((row.state, row.signed_at), (ParcelState::Signed, row.announced_at));
}

#[test]
fn a_line_of_another_case_is_not_counted_from_this_parcel() {
    let world = World::new();
    let (rma, other) = (case(&world, LineKind::ReturnRefund, 1), case(&world, LineKind::ReturnRefund, 1));
    let parcel = world.announce(rma, "SF1").unwrap();
    world.sign("SF1").unwrap();
    let foreign = units(world.line(other, 0), 1);
    assert_eq!(refused(world.count(parcel, vec![foreign.clone()])), "parcel_of_another_case");
    let tie = Match { parcel, rma: other };
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &tie)).unwrap();
    world.count(parcel, vec![units(world.line(rma, 0), 1), foreign]).unwrap();
    assert_eq!(refused(world.by("clerk", move |tx, ctx| unassign(tx, ctx, &tie))), "already_counted");
    // Several parcels a case: the second brings nothing more.
    world.announce(rma, "SF2").unwrap();
    let second = world.sign("SF2").unwrap();
    assert_eq!(refused(world.count(second.parcel, vec![units(world.line(rma, 0), 1)])), "exceeds_announced");
}

#[test]
fn an_unknown_parcel_is_matched_later() {
    let world = World::new();
    let signed = world.sign("NOBODY1").unwrap();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let tie = Match { parcel: signed.parcel, rma };
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &tie)).unwrap();
    world.by("clerk", move |tx, ctx| unassign(tx, ctx, &tie)).unwrap();
    // Announcing what the dock has signed ties it as well.
    assert_eq!(world.announce(rma, "nobody1").unwrap(), signed.parcel);
    world.count(signed.parcel, vec![units(world.line(rma, 0), 1)]).unwrap();
    assert_eq!(world.lines(rma)[0].received, 1);
}

#[test]
fn a_serial_was_shipped_on_the_order_or_is_flagged_and_is_in_one_return() {
    let world = World::new();
    let sold = Sold { serials: vec!["SN1", "SN2"], ..Sold::default() };
    let order = world.order(&sold);
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 2)]);
    let other = world.agreed(&order, &[(0, LineKind::ReturnRefund, 1)]);
    let (line, other_line) = (world.line(rma, 0), world.line(other, 0));
    let parcel = world.announce(rma, "SF1").unwrap();
    world.sign("SF1").unwrap();
    let with = |serial: &str, swapped| CountedUnits { serial: Some(serial.to_owned()), swapped, ..units(line, 1) };
    assert_eq!(refused(world.count(parcel, vec![with("SN9", false)])), "serial_not_shipped");
    let two = CountedUnits { quantity: 2, ..with("SN1", false) };
    assert_eq!(refused(world.count(parcel, vec![two])), "serial_is_one");
    world.count(parcel, vec![with("sn1", false), with("SN9", true)]).unwrap();
    let swapped: Vec<bool> =
        world.read(|conn| store::unit_group::of_rma(conn, rma)).iter().map(|group| group.swapped).collect();
    assert_eq!(swapped, [false, true]);
    let tie = Match { parcel, rma: other };
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &tie)).unwrap();
    let twice = CountedUnits { line: Some(other_line), ..with("SN1", false) };
    assert_eq!(refused(world.count(parcel, vec![twice])), "serial_in_return");
}

#[test]
fn a_miscount_is_taken_back_before_inspection() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let group = world.receive(rma, world.line(rma, 0), 3);
    let back = |quantity, reason: &str| {
        let cmd = Recount { unit_group: group, quantity: Some(quantity), reason: reason.to_owned() };
        world.by("clerk", move |tx, ctx| recount(tx, ctx, &cmd))
    };
    assert_eq!(refused(back(1, " ")), "reason_needed");
    assert_eq!(refused(back(4, "x")), "exceeds_group");
    let gone = back(1, "counted wrong").unwrap();
    assert_eq!(world.lines(rma)[0].received, 2);
    let moves = world.read(|conn| store::stock_move::balance(conn, world.warehouse));
    assert_eq!(
        moves.iter().map(|(_, bucket, quantity)| (*bucket, *quantity)).collect::<Vec<_>>(),
        [(Bucket::Pending, 2)]
    );
    assert_eq!(refused(world.inspect(gone, None, "grade_new", Bearer::Customer)), "not_here");
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    assert_eq!(refused(back(1, "too late")), "already_inspected");
}

#[test]
fn inspection_splits_a_group_and_caps_follow_what_is_accepted() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let line = world.line(rma, 0);
    let group = world.receive(rma, line, 3);
    let good = world.inspect(group, Some(2), "grade_new", Bearer::Customer).unwrap();
    assert_ne!(good.unit_group, group);
    assert_eq!((good.cap_counted_minor, good.suggested_deduction_minor), (6_000, 0));
    let used = world.inspect(group, None, "grade_used", Bearer::Customer).unwrap();
    assert_eq!((used.cap_counted_minor, used.suggested_deduction_minor), (9_000, 600));
    let row = &world.lines(rma)[0];
    assert_eq!((row.accepted, row.refused, row.cap_counted_minor), (3, 0, 9_000));
    // A second look needs a note, covers the whole group and lowers the cap again.
    assert_eq!(refused(world.inspect(group, None, "grade_damaged", Bearer::Customer)), "reason_needed");
    let again = world.inspect_again(group, None, "grade_damaged", Bearer::Customer, "seam open").unwrap();
    assert_eq!((again.accepted, again.cap_counted_minor), (false, 6_000));
    // The schema keeps inspected within received.
    let forced = world.system(move |tx, _| Ok(store::rma_line::add_inspected(tx, line, 1, 0, 0)?));
    assert_eq!(refused(forced), "exceeds_received");
}

#[test]
fn what_was_refunded_as_accepted_cannot_be_refused_any_more() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let line = world.line(rma, 0);
    let group = world.receive(rma, line, 2);
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    world.refund_by_hand(rma, line, 6_000);
    let late = world.inspect_again(group, None, "grade_damaged", Bearer::Customer, "oh");
    assert_eq!(refused(late), "already_refunded");
}

#[test]
fn stock_moves_once_and_only_by_a_disposition() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let group = world.receive(rma, world.line(rma, 0), 2);
    assert_eq!(refused(world.dispose(group, DispositionKind::Restock)), "inspect_first");
    world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    let done = world.dispose(group, DispositionKind::Restock).unwrap();
    assert_eq!(refused(world.dispose(group, DispositionKind::Restock)), "already_dispositioned");
    let balance = || {
        let rows = world.read(|conn| store::stock_move::balance(conn, world.warehouse));
        rows.into_iter().map(|(_, bucket, quantity)| (bucket, quantity)).collect::<Vec<_>>()
    };
    assert_eq!(balance(), [(Bucket::Good, 2)]);
    // Corrected by another row, once; the first stays.
    let fix = |disposition, kind| {
        let cmd = Correct { disposition, kind, reason: "scratched".to_owned() };
        world.by("inspector", move |tx, ctx| correct(tx, ctx, &cmd))
    };
    let second = fix(done.disposition, DispositionKind::Defective).unwrap();
    assert_eq!(balance(), [(Bucket::Defective, 2)]);
    assert_eq!(refused(fix(done.disposition, DispositionKind::Scrap)), "already_corrected");
    fix(second, DispositionKind::Scrap).unwrap();
    assert_eq!(balance(), [(Bucket::Scrap, 2)]);
    assert_eq!(world.read(|conn| store::disposition::of_rma(conn, rma)).len(), 3);
}

#[test]
fn the_schema_moves_no_stock_without_a_disposition_and_disposes_once() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let line = world.line(rma, 0);
    let group = world.accept(rma, line, 1);
    let moves = world.read(|conn| store::stock_move::of_group(conn, group));
    let bare = store::stock_move::StockMoveRow {
        id: domain::StockMoveId::from_raw(1),
        bucket: Bucket::Good,
        disposition_id: None,
        ..moves[0].clone()
    };
    let forced = world.system(move |tx, _| Ok(store::stock_move::insert(tx, &bare)?));
    assert_eq!(refused(forced), "stock_needs_disposition");
    let again = world.read(|conn| store::disposition::of_rma(conn, rma)).remove(0);
    let again = store::disposition::DispositionRow { id: domain::DispositionId::from_raw(1), ..again };
    let forced = world.system(move |tx, _| Ok(store::disposition::insert(tx, &again)?));
    assert_eq!(refused(forced), "already_dispositioned");
    let forced = world.system(move |tx, _| Ok(store::rma_line::add_dispositioned(tx, line, 1)?));
    assert_eq!(refused(forced), "already_dispositioned");
}

#[test]
fn accepted_goods_are_not_sent_back_and_only_repairs_are_repaired() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let group = world.receive(rma, world.line(rma, 0), 2);
    world.inspect(group, Some(1), "grade_new", Bearer::Customer).unwrap();
    let accepted = world.read(|conn| store::unit_group::of_rma(conn, rma))[1].id;
    assert_eq!(refused(world.dispose(accepted, DispositionKind::SendBack)), "accepted_goods_stay");
    assert_eq!(refused(world.dispose(accepted, DispositionKind::Repair)), "not_a_repair");
    world.inspect(group, None, "grade_swapped", Bearer::Customer).unwrap();
    world.dispose(group, DispositionKind::SendBack).unwrap();
    let outbound = world.read(|conn| store::outbound::of_rma(conn, rma));
    assert_eq!(outbound.len(), 1);
    assert_eq!(outbound[0].kind, domain::kind::OutboundKind::SendBack);
    // Called back while it has not left: the disposition is corrected, nothing goes out.
    let wrong = world.read(|conn| store::disposition::of_rma(conn, rma)).remove(0);
    let cmd = Correct { disposition: wrong.id, kind: DispositionKind::Scrap, reason: "customer agreed".to_owned() };
    world.by("inspector", move |tx, ctx| correct(tx, ctx, &cmd)).unwrap();
    let work = world.read(|conn| store::case_work(conn, rma));
    assert_eq!((work.outbound_open, work.outbound_quantity(world.line(rma, 0))), (0, 0));
}

#[test]
fn missing_goods_are_waived_with_a_right_and_a_reason() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let line = world.line(rma, 0);
    world.accept(rma, line, 2);
    assert_eq!(refused(world.waive(line, 1, "  ")), "reason_needed");
    assert_eq!(words(world.waive(line, 2, "x")), "the line still waits for 1, no more can be written off");
    let cmd = operations::warehouse::waive::WaiveGoods { line, quantity: 1, reason: "lost".to_owned() };
    let clerk = world.by("clerk", move |tx, ctx| operations::warehouse::waive::waive(tx, ctx, &cmd));
    assert_eq!(refused(clerk), "forbidden");
    world.waive(line, 1, "the customer has lost it").unwrap();
    assert_eq!(world.rma(rma).goods_state, GoodsState::Dispositioned);
    // A missing unit is a fact of its parcel: it opens no work.
    let other = case(&world, LineKind::ReturnRefund, 2);
    let (other_line, parcel) = (world.line(other, 0), world.announce(other, "SF5").unwrap());
    world.sign("SF5").unwrap();
    let missing = CountedUnits { reception: Reception::Missing, ..units(other_line, 1) };
    world.count(parcel, vec![units(other_line, 1), missing]).unwrap();
    let work = world.read(|conn| store::case_work(conn, other));
    assert_eq!((work.uninspected, world.lines(other)[0].received), (1, 1));
}

fn pull(world: &World, key: &str, mode: ScanMode, raw: &str, parcel: Option<domain::ParcelId>) -> Scan {
    Scan {
        client_key: key.to_owned(),
        device: None,
        sent_by: None,
        doubt: None,
        shift: "早班".to_owned(),
        warehouse: world.warehouse,
        mode,
        raw: raw.to_owned(),
        quantity: 1,
        parcel,
        scanned_at: NOW,
    }
}

fn scanned(world: &World, key: &str, mode: ScanMode, raw: &str, parcel: Option<domain::ParcelId>) -> Scanned {
    let cmd = pull(world, key, mode, raw, parcel);
    world.by("clerk", move |tx, ctx| scan(tx, ctx, &cmd)).unwrap()
}

#[test]
fn a_scan_is_kept_once_whatever_follows() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 2);
    let parcel = world.announce(rma, "SF1").unwrap();
    let signed = scanned(&world, "k1", ScanMode::Dock, "]C1sf1\r", None);
    assert!(matches!(&signed.followed, Followed::Signed { signed } if signed.parcel == parcel), "{signed:?}");
    assert_eq!(scanned(&world, "k1", ScanMode::Dock, "]C1sf1\r", None), signed);
    let opened = scanned(&world, "k2", ScanMode::Bench, "SF1", None);
    assert_eq!(opened.followed, Followed::Opened { parcel });
    for key in ["k3", "k4"] {
        let counted = scanned(&world, key, ScanMode::Bench, "SHIRT", Some(parcel));
        assert!(matches!(counted.followed, Followed::Counted { .. }), "{counted:?}");
    }
    // The third is more than announced: counted all the same, on a line of its own.
    scanned(&world, "k5", ScanMode::Bench, "SHIRT", Some(parcel));
    let lines = world.lines(rma);
    assert_eq!((lines[0].received, lines[1].undeclared, lines[1].received), (2, true, 1));
    let nothing = scanned(&world, "k6", ScanMode::Bench, "????", Some(parcel));
    assert!(matches!(nothing.followed, Followed::Conflict { .. }));
    assert_eq!(nothing.identified, Identified::Nothing);
    let rows = world.read(|conn| store::scan::by_key(conn, "k6")).unwrap();
    assert_eq!(rows.raw, "????");
}

#[test]
fn a_parcel_of_a_withdrawn_case_is_signed_and_becomes_a_to_do() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    world.announce(rma, "SF1").unwrap();
    let cmd = operations::rma::withdraw::Withdraw { rma, reason: "changed mind".to_owned() };
    world.by("agent", move |tx, ctx| operations::rma::withdraw::withdraw(tx, ctx, &cmd)).unwrap();
    let signed = scanned(&world, "k1", ScanMode::Dock, "SF1", None);
    assert!(matches!(&signed.followed, Followed::Signed { signed } if signed.conflict), "{signed:?}");
    let tasks = world.read(|conn| store::task::open_of_rma(conn, rma));
    let seen: Vec<_> = tasks.iter().map(|task| (task.kind.as_str(), task.role.as_str())).collect();
    assert_eq!(seen, [("conflict", "after_sales_lead")], "like every conflict, for who may override");
    // Counting into it is refused, and the scan that tried is kept.
    let Followed::Signed { signed } = signed.followed else { panic!("not signed") };
    let tried = scanned(&world, "k2", ScanMode::Bench, "SHIRT", Some(signed.parcel));
    assert!(matches!(tried.followed, Followed::Conflict { .. }), "{tried:?}");
    assert!(world.read(|conn| store::scan::by_key(conn, "k2")).is_some());
    assert_eq!(world.rma(rma).state, CaseState::Withdrawn);
}

#[test]
fn a_case_with_goods_here_cannot_be_withdrawn() {
    let world = World::new();
    let rma = case(&world, LineKind::ReturnRefund, 1);
    world.receive(rma, world.line(rma, 0), 1);
    let cmd = operations::rma::withdraw::Withdraw { rma, reason: "x".to_owned() };
    let late = world.by("agent", move |tx, ctx| operations::rma::withdraw::withdraw(tx, ctx, &cmd));
    assert_eq!(refused(late), "goods_arrived");
}

#[test]
fn a_damaged_unit_is_owed_by_its_carrier_to_the_cent() {
    let world = World::new();
    // 89.99 for three: 29.99, 30.00, 30.00.
    let order = world.order(&Sold { lines: vec![("CUP", 3, 3_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    let line = world.line(rma, 0);
    let share = world.lines(rma)[0].share_goods_minor + world.lines(rma)[0].share_tax_minor;
    let group = world.receive(rma, line, 2);
    let broken = world.inspect(group, Some(1), "grade_damaged", Bearer::Carrier).unwrap();
    let sound = world.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
    assert_eq!(broken.liability_minor + sound.cap_counted_minor + share / 3, share);
    let owed = || {
        let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
        entries.iter().filter(|entry| entry.kind == "receivable").map(|entry| entry.amount_minor).sum::<i64>()
    };
    assert_eq!(owed(), broken.liability_minor);
    let bearer = world.read(|conn| store::ledger::of_rma(conn, rma))[0].bearer.clone();
    assert_eq!(bearer, format!("carrier:{}", world.carrier));
    // A second look that blames nobody outside takes it back.
    world.inspect_again(broken.unit_group, None, "grade_damaged", Bearer::Customer, "wear").unwrap();
    assert_eq!(owed(), 0);
    assert!(world.read(store::ledger::faults).is_empty());
}

#[test]
fn a_refund_without_return_becomes_an_advance_when_the_goods_come() {
    let world = World::new();
    let rma = case(&world, LineKind::ShippedRefund, 2);
    let line = world.line(rma, 0);
    let keyed = world.propose(rma, domain::settlement::Basis::Waived, "manual", vec![goods(line, 3_000)]).unwrap();
    world.pay_by_hand(keyed.settlement, "t1").unwrap();
    let to = |kind, reason: &str| {
        let cmd = Convert { line, kind, reason: reason.to_owned() };
        world.by("lead", move |tx, ctx| convert(tx, ctx, &cmd))
    };
    assert_eq!(refused(to(LineKind::AdvanceRefund, "")), "reason_needed");
    assert_eq!(refused(to(LineKind::ReturnRefund, "paid already")), "cannot_convert");
    to(LineKind::AdvanceRefund, "the customer sends it back").unwrap();
    let owed = || {
        let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
        entries.iter().filter(|entry| entry.kind == "receivable").map(|entry| entry.amount_minor).sum::<i64>()
    };
    assert_eq!(owed(), 3_000);
    world.accept(rma, line, 1);
    assert_eq!(owed(), 0);
    // The accepted unit is paid already: nothing more on the counted basis.
    let twice = world.propose(rma, domain::settlement::Basis::Counted, "manual", vec![goods(line, 1)]);
    assert_eq!(refused(twice), "exceeds_basis");
    assert_eq!(world.lines(rma)[0].kind, LineKind::AdvanceRefund);
}

#[test]
fn goods_are_handled_where_they_lie() {
    let world = World::new();
    let elsewhere = second_warehouse(&world);
    let there = |name: &str, role: &str| world.hire(name, role, None, Some(elsewhere));
    let (clerk, inspector) = (there("clerk_b", "warehouse_clerk"), there("inspector_b", "inspector"));
    // An unknown parcel is matched where it lies.
    let cmd = Sign { warehouse: elsewhere, carrier: None, waybills: vec!["NOBODY1".to_owned()], at: None };
    let unknown = world.run_as(Arc::clone(&clerk), move |tx, ctx| sign(tx, ctx, &cmd)).unwrap()[0].parcel;
    let tie = Match { parcel: unknown, rma: case(&world, LineKind::ReturnRefund, 1) };
    world.run_as(Arc::clone(&clerk), move |tx, ctx| assign(tx, ctx, &tie)).unwrap();
    world.run_as(Arc::clone(&clerk), move |tx, ctx| unassign(tx, ctx, &tie)).unwrap();
    // Addressed to the case's warehouse, one arrives at another.
    let rma = case(&world, LineKind::ReturnRefund, 3);
    let line = world.line(rma, 0);
    world.announce(rma, "SF1").unwrap();
    let cmd = Sign { warehouse: elsewhere, carrier: None, waybills: vec!["SF1".to_owned()], at: None };
    let parcel = world.run_as(Arc::clone(&clerk), move |tx, ctx| sign(tx, ctx, &cmd)).unwrap()[0].parcel;
    let cmd = Count { parcel: Some(parcel), warehouse: None, units: vec![units(line, 3)], at: None };
    let at_home = cmd.clone();
    let group = world.run_as(Arc::clone(&clerk), move |tx, ctx| count(tx, ctx, &cmd)).unwrap()[0].unit_group;
    let back = Recount { unit_group: group, quantity: Some(1), reason: "miscounted".to_owned() };
    world.run_as(clerk, move |tx, ctx| recount(tx, ctx, &back)).unwrap();
    let look = Inspect {
        unit_group: group,
        quantity: None,
        grade: world.grade("grade_new"),
        accepted: None,
        liability: Bearer::Customer,
        checklist: String::new(),
        answers: serde_json::Map::new(),
        attachments: Vec::new(),
        note: String::new(),
        seconds_spent: 20,
    };
    world.run_as(Arc::clone(&inspector), move |tx, ctx| inspect(tx, ctx, &look)).unwrap();
    let seen = |actor: &operations::Actor| {
        world.app.read(|conn| operations::warehouse::read::goods(conn, actor, rma)).map(|case| case.groups.len())
    };
    assert_eq!(seen(&inspector).unwrap(), 2);
    let cmd = Dispose { unit_group: group, quantity: None, kind: DispositionKind::Restock };
    let done = world.run_as(Arc::clone(&inspector), move |tx, ctx| dispose(tx, ctx, &cmd)).unwrap().disposition;
    let cmd = Correct { disposition: done, kind: DispositionKind::Defective, reason: "scratched".to_owned() };
    let again = cmd.clone();
    world.run_as(inspector, move |tx, ctx| correct(tx, ctx, &cmd)).unwrap();
    // Who works at the case's warehouse only has no hand on what lies elsewhere.
    let home = |name: &str, role: &str| world.hire(name, role, None, Some(world.warehouse));
    let counted = world.run_as(home("clerk_a", "warehouse_clerk"), move |tx, ctx| count(tx, ctx, &at_home));
    assert_eq!(refused(counted), "not_found");
    let corrected = world.run_as(home("inspector_a", "inspector"), move |tx, ctx| correct(tx, ctx, &again));
    assert_eq!(refused(corrected), "not_found");
}

#[test]
fn a_scan_that_its_person_may_not_follow_is_kept() {
    let world = World::new();
    let elsewhere = second_warehouse(&world);
    let rma = case(&world, LineKind::ReturnRefund, 1);
    let parcel = world.announce(rma, "SF1").unwrap();
    world.sign("SF1").unwrap();
    // A clerk there, something else here, where the parcel lies.
    let mut both = (*world.hire("both", "warehouse_clerk", None, Some(elsewhere))).clone();
    let inspector = world.hire("both_here", "inspector", None, Some(world.warehouse));
    both.grants.extend(inspector.grants.iter().cloned());
    let cmd = Scan { warehouse: elsewhere, ..pull(&world, "k1", ScanMode::Bench, "SHIRT", Some(parcel)) };
    let kept = world.run_as(both.into(), move |tx, ctx| scan(tx, ctx, &cmd)).unwrap();
    assert!(matches!(&kept.followed, Followed::Conflict { code, .. } if code == "forbidden"), "{kept:?}");
    assert_eq!(world.read(|conn| store::scan::by_key(conn, "k1")).unwrap().raw, "SHIRT");
    assert_eq!(world.lines(rma)[0].received, 0);
}

fn second_warehouse(world: &World) -> domain::WarehouseId {
    use operations::master::warehouse::{SaveWarehouse, save};
    let cmd = SaveWarehouse {
        id: None,
        version: 0,
        code: "W2".to_owned(),
        name: domain::Text::new("二号仓", "Warehouse two"),
        contact_name: String::new(),
        contact_phone: String::new(),
        address: domain::Text::new("上海市嘉定区二号", "2 Jiading, Shanghai"),
        notes: domain::Text::default(),
        active: true,
    };
    domain::WarehouseId::from_raw(world.system(move |tx, ctx| save(tx, ctx, &cmd)).unwrap().id)
}

#[test]
fn a_parcel_opened_before_anybody_announced_it_is_the_announced_one() {
    let world = World::new();
    let signed = world.sign("NOBODY1").unwrap();
    let open = |parcel| {
        let cmd = operations::warehouse::open::Open { parcel, at: None };
        world.by("clerk", move |tx, ctx| operations::warehouse::open::open(tx, ctx, &cmd)).unwrap()
    };
    open(signed.parcel);
    let rma = case(&world, LineKind::ReturnRefund, 1);
    assert_eq!(world.announce(rma, "nobody1").unwrap(), signed.parcel);
    assert_eq!(world.read(|conn| store::parcel::of_rma(conn, rma)).len(), 1);
    world.count(signed.parcel, vec![units(world.line(rma, 0), 1)]).unwrap();
    assert_eq!(world.lines(rma)[0].received, 1);
    // One that was opened long ago is another parcel: the carrier uses the number again.
    let old = world.sign("NOBODY2").unwrap();
    open(old.parcel);
    world.clock.advance_ms(40 * DAY_MS);
    let later = case(&world, LineKind::ReturnRefund, 1);
    let fresh = world.announce(later, "NOBODY2").unwrap();
    assert_ne!(fresh, old.parcel);
    assert!(world.read(|conn| store::parcel::find(conn, fresh)).unwrap().reused);
}

#[test]
fn a_full_stack_of_agreed_parcels_is_signed() {
    let world = World::new();
    let waybills: Vec<String> =
        (0..operations::warehouse::sign::MAX_STACK).map(|number| format!("ST{number}")).collect();
    for waybill in &waybills {
        world.announce(case(&world, LineKind::ReturnRefund, 1), waybill).unwrap();
    }
    let stack = |waybills: Vec<String>| {
        let cmd = Sign { warehouse: world.warehouse, carrier: None, waybills, at: None };
        world.by("clerk", move |tx, ctx| sign(tx, ctx, &cmd))
    };
    let over = stack(waybills.iter().cloned().chain(["ONE-MORE".to_owned()]).collect());
    assert_eq!(refused(over), "stack_out_of_range");
    let signed = stack(waybills).unwrap();
    assert!(signed.iter().all(|one| one.signed_as == SignedAs::Known && one.cases.len() == 1));
}

#[test]
fn a_template_with_one_checklist_for_everything_has_it_answered() {
    let template = TEMPLATE;
    let from = template.find("\n  - id: apparel\n").expect("lists of categories");
    let after = template[from + 1..].find("\n").map(|_| &template[from + 1..]).expect("more");
    let mut at = from + 1;
    for line in after.lines() {
        if !line.is_empty() && !line.starts_with(' ') && !line.starts_with('#') {
            break;
        }
        at += line.len() + 1;
    }
    let world = World::with_template(&format!("{}\n{}", &template[..from], &template[at..]));
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 1)]);
    let group = world.receive(rma, world.line(rma, 0), 1);
    assert_eq!(refused(world.inspect(group, None, "grade_new", Bearer::Customer)), "checklist_incomplete");
    let answers = serde_json::json!({ "right_item": "yes", "complete": "yes" });
    let cmd = Inspect {
        unit_group: group,
        quantity: None,
        grade: world.grade("grade_new"),
        accepted: None,
        liability: Bearer::Customer,
        checklist: String::new(),
        answers: answers.as_object().cloned().unwrap_or_default(),
        attachments: Vec::new(),
        note: String::new(),
        seconds_spent: 20,
    };
    world.by("inspector", move |tx, ctx| inspect(tx, ctx, &cmd)).unwrap();
}
