//! What others owe: in goods for money that went ahead of them, and for damage.

use domain::settlement::Basis;
use domain::state::{Bearer, DispositionKind};
use domain::{LedgerAccountId, LineKind, RmaId};
use operations::ledger::recover::{Ending, Recover, recover};
use support::hands::goods;
use support::{Sold, World, refused};

fn owed(world: &World, rma: RmaId, bearer: &str) -> i64 {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    let mine = entries.iter().filter(|entry| entry.kind == "receivable" && entry.bearer == bearer);
    mine.map(|entry| entry.amount_minor).sum()
}

fn account(world: &World, rma: RmaId, bearer: &str) -> LedgerAccountId {
    let entries = world.read(|conn| store::ledger::of_rma(conn, rma));
    let mine = entries.iter().find(|entry| entry.kind == "receivable" && entry.bearer == bearer);
    mine.unwrap_or_else(|| panic!("{bearer} owes nothing")).account_id
}

fn came_in(world: &World, rma: RmaId, bearer: &str, amount_minor: i64) -> Result<RmaId, operations::Error> {
    let account = account(world, rma, bearer);
    let cmd = Recover { rma, account, amount_minor, ending: Ending::Paid, reason: "transfer 7".to_owned() };
    world.by("finance", move |tx, ctx| recover(tx, ctx, &cmd))
}

#[test]
fn what_a_carrier_pays_is_not_what_the_customer_gave_back() {
    let world = World::new();
    let carrier = format!("carrier:{}", world.carrier);
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::AdvanceRefund, 3)]);
    let line = world.line(rma, 0);
    let keyed = world.propose(rma, Basis::Advanced, "manual", vec![goods(line, 9_000)]).unwrap();
    world.pay_by_hand(keyed.settlement, "transfer 1").unwrap();
    assert_eq!(owed(&world, rma, "customer"), 9_000);
    let worn = world.receive(rma, line, 1);
    let liable = world.inspect(worn, None, "grade_used", Bearer::Carrier).unwrap().liability_minor;
    world.dispose(worn, DispositionKind::Defective).unwrap();
    assert_eq!((liable, owed(&world, rma, &carrier), owed(&world, rma, "customer")), (600, 600, 6_000));
    came_in(&world, rma, &carrier, 600).unwrap();
    assert_eq!((owed(&world, rma, &carrier), owed(&world, rma, "customer")), (0, 6_000));
    assert_eq!(refused(came_in(&world, rma, &carrier, 1)), "exceeds_owed");
    // What the customer pays in money is not owed in goods any more.
    came_in(&world, rma, "customer", 3_000).unwrap();
    assert_eq!(owed(&world, rma, "customer"), 3_000);
    world.accept(rma, line, 2);
    assert_eq!(owed(&world, rma, "customer"), 0);
    assert!(world.read(store::ledger::faults).is_empty());
}
