//! The warehouse: signing, counting, inspecting, disposing.

use domain::LineKind;
use support::{Sold, World};

#[test]
fn smoke() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.agreed(&order, &[(0, LineKind::ReturnRefund, 3)]);
    assert_eq!(world.rma(rma).state, domain::state::CaseState::InProgress);
}
