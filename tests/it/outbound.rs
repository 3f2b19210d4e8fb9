//! What goes out again: opened by what was accepted or agreed, shipped, delivered, waived; and what each means for the
//! case and the order line.

use domain::kind::OutboundKind;
use domain::state::{Bearer, Bucket, CaseState, DispositionKind, OutboundState};
use domain::{LineKind, OutboundOrderId, RmaId, RmaLineId};
use operations::outbound::deliver::{Deliver, deliver};
use operations::outbound::ship::{Ship, ship};
use operations::outbound::substitute::{Substitute, substitute};
use operations::outbound::waive::{WaiveOutbound, waive};
use operations::rma::view::{Action, view as case_page};
use operations::rma::withdraw::{Withdraw, withdraw};
use operations::warehouse::convert::{Convert, convert};
use operations::warehouse::correct::{Correct, correct};
use support::{Sold, World, refused};

fn orders(world: &World, rma: RmaId) -> Vec<store::outbound::OutboundRow> {
    world.read(|conn| store::outbound::of_rma(conn, rma))
}

fn send(world: &World, outbound: OutboundOrderId, waybill: &str) -> Result<OutboundOrderId, operations::Error> {
    let cmd = Ship { outbound, carrier: Some(world.carrier), waybill: waybill.to_owned(), at: None };
    world.by("clerk", move |tx, ctx| ship(tx, ctx, &cmd))
}

fn arrive(world: &World, outbound: OutboundOrderId) -> Result<OutboundOrderId, operations::Error> {
    world.by("clerk", move |tx, ctx| deliver(tx, ctx, &Deliver { outbound, at: None }))
}

#[test]
fn an_exchange_goes_out_for_what_was_accepted_and_the_case_waits_for_it() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::Exchange, 2)]);
    let line = world.line(rma, 0);
    assert!(orders(&world, rma).is_empty());
    world.accept(rma, line, 1);
    let first = orders(&world, rma);
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].kind, first[0].state), (OutboundKind::Exchange, OutboundState::Open));
    world.accept(rma, line, 1);
    let both = orders(&world, rma);
    assert_eq!(both.len(), 2);
    assert_eq!(refused(send(&world, both[0].id, "  ")), "waybill_malformed");
    assert_eq!(refused(arrive(&world, both[0].id)), "not_shipped");
    for (order, waybill) in both.iter().zip(["EX1", "EX2"]) {
        send(&world, order.id, waybill).unwrap();
        assert_eq!(send(&world, order.id, waybill).unwrap(), order.id);
        assert_eq!(refused(send(&world, order.id, "OTHER")), "not_open");
        assert_eq!(world.rma(rma).state, CaseState::InProgress);
        arrive(&world, order.id).unwrap();
    }
    assert_eq!(world.rma(rma).state, CaseState::Closed);
    // The schema keeps a shipped order from losing its waybill.
    let another = world.agreed(&order, &[(0, LineKind::Exchange, 1)]);
    world.accept(another, world.line(another, 0), 1);
    let id = orders(&world, another)[0].id;
    let forced = world.system(move |tx, ctx| Ok(store::outbound::ship(tx, id, None, "", ctx.now)?));
    assert_eq!(refused(forced), "waybill_needed");
    let forced = world.system(move |tx, _| Ok(store::outbound::waive(tx, id, "")?));
    assert_eq!(refused(forced), "reason_needed");
}

#[test]
fn a_delivered_unit_is_claimable_again_for_its_own_money() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("CUP", 3, 2_999)], freight_minor: 2, ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::Exchange, 3)]);
    assert_eq!(refused(world.filed(&order, &[(0, LineKind::ReturnRefund, 1)])), "form_refuses");
    let paid = world.lines(rma)[0].share_goods_minor;
    world.accept(rma, world.line(rma, 0), 3);
    let outbound = orders(&world, rma)[0].id;
    send(&world, outbound, "EX1").unwrap();
    assert_eq!(refused(world.filed(&order, &[(0, LineKind::ReturnRefund, 1)])), "form_refuses");
    arrive(&world, outbound).unwrap();
    let again = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    assert_eq!(world.lines(again)[0].share_goods_minor, paid);
    assert_eq!(refused(world.filed(&order, &[(0, LineKind::ReturnRefund, 1)])), "form_refuses");
}

#[test]
fn a_reship_goes_out_at_once_and_a_repair_when_it_is_mended() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Reship, 2)]);
    let reship = orders(&world, rma);
    assert_eq!((reship.len(), reship[0].kind), (1, OutboundKind::Reship));
    let lines = world.read(|conn| store::outbound::lines(conn, reship[0].id));
    assert_eq!(lines[0].quantity, 2);

    let repair = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Repair, 1)]);
    let group = world.receive(repair, world.line(repair, 0), 1);
    world.inspect(group, None, "grade_repair", Bearer::Customer).unwrap();
    assert!(orders(&world, repair).is_empty());
    world.dispose(group, DispositionKind::Repair).unwrap();
    let outbound = orders(&world, repair);
    assert_eq!((outbound.len(), outbound[0].kind), (1, OutboundKind::RepairReturn));
    send(&world, outbound[0].id, "RP1").unwrap();
    arrive(&world, outbound[0].id).unwrap();
    assert_eq!(world.rma(repair).state, CaseState::Closed);
}

#[test]
fn what_is_not_sent_is_waived_with_a_right_and_a_reason() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 1)]);
    world.accept(rma, world.line(rma, 0), 1);
    let outbound = orders(&world, rma)[0].id;
    let drop = |name: &str, reason: &str| {
        let cmd = WaiveOutbound { outbound, reason: reason.to_owned() };
        world.by(name, move |tx, ctx| waive(tx, ctx, &cmd))
    };
    assert_eq!(refused(drop("lead", " ")), "reason_needed");
    assert_eq!(refused(drop("clerk", "x")), "forbidden");
    drop("lead", "the customer wants nothing any more").unwrap();
    assert_eq!(refused(drop("lead", "again")), "not_open");
    assert_eq!(world.rma(rma).state, CaseState::Closed);
}

#[test]
fn an_exchange_that_cannot_be_sent_is_refunded_by_one_command() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 2)]);
    let line = world.line(rma, 0);
    world.accept(rma, line, 2);
    let to_refund = || {
        let cmd = Convert { line, kind: LineKind::ReturnRefund, reason: "sold out, the customer agrees".to_owned() };
        world.by("lead", move |tx, ctx| convert(tx, ctx, &cmd))
    };
    to_refund().unwrap();
    assert!(orders(&world, rma).iter().all(|order| order.state == OutboundState::Waived));
    assert_eq!(world.rma(rma).state, CaseState::InProgress);
    // Nothing was due on an exchange, so its settlement was done; now finance has a to-do again.
    assert_eq!(world.rma(rma).settled_at, None);
    let todos = world.read(|conn| store::task::open_of_rma(conn, rma));
    let todos: Vec<_> = todos.iter().map(|task| (task.node.as_str(), task.round)).collect();
    assert_eq!(todos, [("settle", 2)]);
    let (definitions, finance) = (world.app.definitions(), world.person("finance"));
    let page = world.app.read(|conn| case_page(conn, &definitions, &finance, world.app.now(), rma)).unwrap();
    assert!(page.actions.contains(&Action::Settle));
    world.refund_by_hand(rma, line, 6_000);
    assert_eq!(world.rma(rma).state, CaseState::Closed);
    // What has left stays an exchange.
    let sent = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 1)]);
    let line = world.line(sent, 0);
    world.accept(sent, line, 1);
    send(&world, orders(&world, sent)[0].id, "EX1").unwrap();
    let cmd = Convert { line, kind: LineKind::ReturnRefund, reason: "x".to_owned() };
    assert_eq!(refused(world.by("lead", move |tx, ctx| convert(tx, ctx, &cmd))), "goods_have_left");
}

#[test]
fn another_variant_may_go_out_while_the_order_is_open() {
    let world = World::new();
    let other = world.order(&Sold { lines: vec![("SHIRT-L", 1, 3_000)], ..Sold::default() });
    let sku = world.read(|conn| store::order::line::of_order(conn, other.id))[0].sku_id;
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 1)]);
    world.accept(rma, world.line(rma, 0), 1);
    let outbound = orders(&world, rma)[0].id;
    let line = world.read(|conn| store::outbound::lines(conn, outbound))[0].id;
    let swap = move |world: &World| {
        let cmd = Substitute { outbound, line, sku };
        world.by("clerk", move |tx, ctx| substitute(tx, ctx, &cmd))
    };
    swap(&world).unwrap();
    assert_eq!(world.read(|conn| store::outbound::slip_lines(conn, outbound))[0].sku_code, "SHIRT-L");
    send(&world, outbound, "EX1").unwrap();
    assert_eq!(refused(swap(&world)), "not_open");
}

#[test]
fn a_refused_exchange_comes_back_under_its_own_waybill() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 1)]);
    world.accept(rma, world.line(rma, 0), 1);
    send(&world, orders(&world, rma)[0].id, "EX9").unwrap();
    let signed = world.sign("EX9").unwrap();
    assert_eq!((signed.signed_as, signed.cases), (operations::warehouse::sign::SignedAs::OutboundBack, vec![rma]));
}

fn take_back(world: &World, rma: RmaId) -> Result<RmaId, operations::Error> {
    let cmd = Withdraw { rma, reason: "changed my mind".to_owned() };
    world.by("agent", move |tx, ctx| withdraw(tx, ctx, &cmd))
}

/// Whether the case's page and its customer's page offer to take it back.
fn may_take_back(world: &World, rma: RmaId) -> (bool, bool) {
    let (definitions, agent) = (world.app.definitions(), world.person("agent"));
    let page = world.app.read(|conn| case_page(conn, &definitions, &agent, world.app.now(), rma)).unwrap();
    let customer = operations::portal::case::view(&world.app, &agent, rma).unwrap();
    (page.actions.contains(&Action::Withdraw), customer.may_withdraw)
}

#[test]
fn a_case_is_taken_back_only_while_nothing_has_left() {
    let world = World::new();
    let order = world.order(&Sold { lines: vec![("CUP", 1, 3_000)], ..Sold::default() });
    let rma = world.agreed(&order, &[(0, LineKind::Reship, 1)]);
    let outbound = orders(&world, rma)[0].id;
    assert_eq!(may_take_back(&world, rma), (true, true));
    take_back(&world, rma).unwrap();
    // What was waiting to go does not go any more, and the unit is claimable once.
    let gone = orders(&world, rma).remove(0);
    assert_eq!((gone.state, gone.waived_reason.as_str()), (OutboundState::Waived, "changed my mind"));
    assert_eq!(refused(send(&world, outbound, "RS1")), "not_open");
    let again = world.agreed(&order, &[(0, LineKind::Reship, 1)]);
    assert_eq!(refused(world.filed(&order, &[(0, LineKind::ReturnRefund, 1)])), "form_refuses");
    send(&world, orders(&world, again)[0].id, "RS2").unwrap();
    assert_eq!(may_take_back(&world, again), (false, false));
    assert_eq!(refused(take_back(&world, again)), "goods_have_left");
    // Arrived, or lost on its way: it has left all the same.
    for (waybill, lost) in [("RS3", false), ("RS4", true)] {
        let two = world.order(&Sold { lines: vec![("CUP", 1, 3_000), ("POT", 1, 3_000)], ..Sold::default() });
        let rma = world.agreed(&two, &[(0, LineKind::Reship, 1), (1, LineKind::ReturnRefund, 1)]);
        let outbound = orders(&world, rma)[0].id;
        send(&world, outbound, waybill).unwrap();
        if lost {
            let cmd = WaiveOutbound { outbound, reason: "lost".to_owned() };
            world.by("lead", move |tx, ctx| waive(tx, ctx, &cmd)).unwrap();
        } else {
            arrive(&world, outbound).unwrap();
        }
        assert_eq!(may_take_back(&world, rma), (false, false));
        assert_eq!(refused(take_back(&world, rma)), "goods_have_left");
    }
}

#[test]
fn a_second_look_calls_the_exchange_back() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Exchange, 3)]);
    let line = world.line(rma, 0);
    let group = world.receive(rma, line, 3);
    let look =
        |group, quantity, grade: &str| world.inspect_again(group, quantity, grade, Bearer::Customer, "looked again");
    let first = look(group, Some(1), "grade_new").unwrap().unit_group;
    look(group, None, "grade_new").unwrap();
    let going = || -> Vec<(OutboundState, i64)> {
        let quantity =
            |id| -> i64 { world.read(|conn| store::outbound::lines(conn, id)).iter().map(|line| line.quantity).sum() };
        orders(&world, rma).iter().map(|order| (order.state, quantity(order.id))).collect()
    };
    assert_eq!(going(), [(OutboundState::Open, 1), (OutboundState::Open, 2)]);
    look(first, None, "grade_damaged").unwrap();
    assert_eq!(going(), [(OutboundState::Waived, 0), (OutboundState::Open, 2)]);
    assert_eq!(orders(&world, rma)[0].waived_reason, "looked again");
    // Accepted after all, it goes out again.
    look(first, None, "grade_new").unwrap();
    assert_eq!(going(), [(OutboundState::Waived, 0), (OutboundState::Open, 2), (OutboundState::Open, 1)]);
    // What has left stays accepted; what another order still holds is called back in its place.
    send(&world, orders(&world, rma)[1].id, "EX1").unwrap();
    assert_eq!(refused(look(group, None, "grade_damaged")), "goods_have_left");
    assert_eq!(world.lines(rma)[0].accepted, 3);
    look(first, None, "grade_damaged").unwrap();
    assert_eq!(going(), [(OutboundState::Waived, 0), (OutboundState::Shipped, 2), (OutboundState::Waived, 0)]);
}

#[test]
fn what_goes_back_to_the_customer_is_not_refunded_as_well() {
    let world = World::new();
    let to_refund = |line: RmaLineId| {
        let cmd = Convert { line, kind: LineKind::ReturnRefund, reason: "cannot be mended".to_owned() };
        world.by("lead", move |tx, ctx| convert(tx, ctx, &cmd))
    };
    for kind in [DispositionKind::Repair, DispositionKind::SendBack] {
        let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Repair, 1)]);
        let line = world.line(rma, 0);
        let group = world.receive(rma, line, 1);
        world.inspect(group, None, "grade_repair", Bearer::Customer).unwrap();
        let wrong = world.dispose(group, kind).unwrap().disposition;
        assert_eq!(refused(to_refund(line)), "goods_go_back");
        assert_eq!(orders(&world, rma)[0].state, OutboundState::Open);
        // Corrected first, it stays here and is refunded.
        let cmd = Correct { disposition: wrong, kind: DispositionKind::Scrap, reason: "cannot be mended".to_owned() };
        world.by("inspector", move |tx, ctx| correct(tx, ctx, &cmd)).unwrap();
        to_refund(line).unwrap();
        assert!(orders(&world, rma).iter().all(|order| order.state == OutboundState::Waived));
        world.refund_by_hand(rma, line, 3_000);
        assert_eq!(world.rma(rma).state, CaseState::Closed);
    }
    // Sent and not arrived: the unit is the customer's, so the line stays a repair.
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::Repair, 2)]);
    let group = world.receive(rma, world.line(rma, 0), 1);
    world.inspect(group, None, "grade_repair", Bearer::Customer).unwrap();
    world.dispose(group, DispositionKind::SendBack).unwrap();
    send(&world, orders(&world, rma)[0].id, "RP7").unwrap();
    assert_eq!(refused(to_refund(world.line(rma, 0))), "goods_go_back");
}

#[test]
fn what_the_customer_declines_may_be_disposed_of_otherwise() {
    let world = World::new();
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 3)]);
    let group = world.receive(rma, world.line(rma, 0), 2);
    world.inspect(group, None, "grade_damaged", Bearer::Customer).unwrap();
    let mut disposed = world.dispose(group, DispositionKind::SendBack).unwrap().disposition;
    let decline = |outbound| {
        let cmd = WaiveOutbound { outbound, reason: "the customer does not want it".to_owned() };
        world.by("lead", move |tx, ctx| waive(tx, ctx, &cmd)).unwrap();
    };
    let fix = |disposition, kind| {
        let cmd = Correct { disposition, kind, reason: "declined".to_owned() };
        world.by("inspector", move |tx, ctx| correct(tx, ctx, &cmd))
    };
    let declined = orders(&world, rma)[0].id;
    decline(declined);
    disposed = fix(disposed, DispositionKind::Scrap).unwrap();
    let balance = world.read(|conn| store::stock_move::balance(conn, world.warehouse));
    assert_eq!(balance.iter().map(|row| (row.1, row.2)).collect::<Vec<_>>(), [(Bucket::Scrap, 2)]);
    // The customer wants it after all: another order sends it.
    disposed = fix(disposed, DispositionKind::SendBack).unwrap();
    let again = orders(&world, rma);
    assert_eq!((again.len(), again[1].state), (2, OutboundState::Open));
    // What left and was lost has left.
    send(&world, again[1].id, "BK1").unwrap();
    decline(again[1].id);
    assert_eq!(refused(fix(disposed, DispositionKind::Scrap)), "goods_have_left");
}
