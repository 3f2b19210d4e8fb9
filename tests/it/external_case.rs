//! Platforms' cases: versions, links, contradictions, the nearest deadline first (I1).

use domain::LineKind;
use operations::Actor;
use operations::external_case::{
    ExternalCaseFacts, ExternalCaseQuery, ExternalStatus, LinkExternalCase, PutExternalCase, link, list, put,
};
use operations::order::put::Outcome;
use support::{NOW, Sold, World};

fn facts(number: &str, source_version: i64, order: &str, raw_status: &str) -> ExternalCaseFacts {
    ExternalCaseFacts {
        shop: "A".to_owned(),
        number: number.to_owned(),
        source_version,
        order_number: order.to_owned(),
        raw_status: raw_status.to_owned(),
        mapped_status: None,
        kind: String::new(),
        amount_minor: Some(3_000),
        currency: None,
        due_at: Some(NOW.plus_ms(3_600_000)),
    }
}

fn run(world: &World, facts: ExternalCaseFacts) -> PutExternalCase {
    world.system(move |tx, ctx| put(tx, ctx, &facts)).unwrap()
}

#[test]
fn older_versions_are_ignored_and_the_deadline_follows() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let first = run(&world, facts("E-1", 5, &order.number, "WAIT_SELLER_AGREE"));
    assert_eq!((first.outcome, first.rma_id), (Outcome::Created, Some(rma)), "linked by its order");
    assert_eq!(world.rma(rma).platform_due_at, Some(NOW.plus_ms(3_600_000)));
    assert_eq!(run(&world, facts("E-1", 4, &order.number, "SUCCESS")).outcome, Outcome::Older);
    assert_eq!(run(&world, facts("E-1", 5, &order.number, "SUCCESS")).outcome, Outcome::Same);
    assert_eq!(run(&world, facts("E-1", 6, &order.number, "CLOSED")).outcome, Outcome::Updated);
    assert_eq!(world.rma(rma).platform_due_at, None, "the platform waits no more");
}

#[test]
fn a_contradiction_becomes_a_to_do_and_goes_when_it_is_over() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 1)]);
    let open = || {
        let tasks = world.read(|conn| store::task::open_of_rma(conn, rma));
        tasks.into_iter().filter(|task| task.kind == "conflict").count()
    };
    let closed = run(&world, facts("E-1", 1, &order.number, "CLOSED"));
    assert_eq!(closed.conflict.as_deref(), Some("platform_ended_ours_runs"));
    assert_eq!(open(), 1);
    let reopened = run(&world, facts("E-1", 2, &order.number, "WAIT_SELLER_CONFIRM_GOODS"));
    assert_eq!(reopened.conflict, None);
    assert_eq!(open(), 0);
}

#[test]
fn the_nearest_deadline_comes_first_and_pages_go_on() {
    let world = World::new();
    for (number, hours) in [("E-1", 9), ("E-2", 1), ("E-3", 5)] {
        let due_at = Some(NOW.plus_ms(hours * 3_600_000));
        run(&world, ExternalCaseFacts { due_at, ..facts(number, 1, "", "6") });
    }
    run(&world, ExternalCaseFacts { due_at: None, ..facts("E-4", 1, "", "6") });
    let page = |after: Option<String>| {
        let query = ExternalCaseQuery { limit: 3, after, ..ExternalCaseQuery::default() };
        world.app.read(|conn| list(conn, &world.app.definitions(), &Actor::system(), &query)).unwrap()
    };
    let first = page(None);
    let numbers = |items: &[operations::external_case::ExternalCaseView]| {
        items.iter().map(|case| case.number.clone()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&first.items), ["E-2", "E-3", "E-1"]);
    assert_eq!(numbers(&page(first.next).items), ["E-4"]);
    assert!(first.items.iter().all(|case| case.status == ExternalStatus::Unknown), "an unmapped code stays raw");
}

#[test]
fn staff_link_by_hand_within_one_shop() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let case = run(&world, facts("E-1", 1, "", "WAIT_SELLER_AGREE"));
    assert_eq!(case.rma_id, None);
    let cmd = LinkExternalCase { id: case.id, rma_id: Some(rma) };
    world.by("agent", move |tx, ctx| link(tx, ctx, &cmd)).unwrap();
    assert_eq!(world.rma(rma).platform_due_at, Some(NOW.plus_ms(3_600_000)));
    let undo = LinkExternalCase { id: case.id, rma_id: None };
    world.by("agent", move |tx, ctx| link(tx, ctx, &undo)).unwrap();
    assert_eq!(world.read(|conn| store::external_case::find(conn, case.id)).unwrap().rma_id, None);
}
