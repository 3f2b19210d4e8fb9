//! What people of the small merchant do all day, each in one line.

use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, DispositionKind, Reception};
use domain::{ParcelId, RmaId, RmaLineId, SettlementId, UnitGroupId};
use operations::Error;
use operations::payout::by_hand::{PaidByHand, by_hand};
use operations::settlement::approve::{ApproveSettlement, approve};
use operations::settlement::cancel::{CancelSettlement, cancel};
use operations::settlement::pay::{Pay, Paying, pay};
use operations::settlement::propose::{NewComponent, Propose, Proposed, propose};
use operations::warehouse::announce::{Announce, announce};
use operations::warehouse::count::{Count, Counted, CountedUnits, count};
use operations::warehouse::dispose::{Dispose, Disposed, dispose};
use operations::warehouse::inspect::{Inspect, Inspected, inspect};
use operations::warehouse::sign::{Sign, Signed, sign};
use operations::warehouse::waive::{WaiveGoods, waive};

use crate::World;

/// Announced units of a line.
#[must_use]
pub fn units(line: RmaLineId, quantity: i64) -> CountedUnits {
    CountedUnits {
        line: Some(line),
        rma: None,
        sku: None,
        quantity,
        reception: Reception::AsAnnounced,
        serial: None,
        swapped: false,
        lot: None,
        expires_on: None,
    }
}

/// Goods of a line, borne by the shop.
#[must_use]
pub fn goods(line: RmaLineId, amount_minor: i64) -> NewComponent {
    part(Some(line), ComponentKind::Goods, amount_minor)
}

/// A component, borne by the shop when it is paid and by the customer when it is withheld.
#[must_use]
pub fn part(line: Option<RmaLineId>, kind: ComponentKind, amount_minor: i64) -> NewComponent {
    let bearer = if amount_minor < 0 { Bearer::Customer } else { Bearer::Shop };
    NewComponent { line, kind, amount_minor, bearer, supplier: None, carrier: None, note: String::new() }
}

impl World {
    /// The agent gives a case a return waybill.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn announce(&self, rma: RmaId, waybill: &str) -> Result<ParcelId, Error> {
        let cmd = Announce { rma, carrier: Some(self.carrier), waybill: waybill.to_owned() };
        self.by("agent", move |tx, ctx| announce(tx, ctx, &cmd)).map(|announced| announced.parcel)
    }

    /// The clerk signs a waybill.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn sign(&self, waybill: &str) -> Result<Signed, Error> {
        let cmd = Sign { warehouse: self.warehouse, carrier: None, waybills: vec![waybill.to_owned()], at: None };
        self.by("clerk", move |tx, ctx| sign(tx, ctx, &cmd)).map(|mut signed| signed.remove(0))
    }

    /// The clerk counts what is in a parcel.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn count(&self, parcel: ParcelId, units: Vec<CountedUnits>) -> Result<Vec<Counted>, Error> {
        let cmd = Count { parcel: Some(parcel), warehouse: None, units, at: None };
        self.by("clerk", move |tx, ctx| count(tx, ctx, &cmd))
    }

    /// Announces, signs and counts announced units of one line of a case.
    ///
    /// # Panics
    /// When anything of it is refused.
    pub fn receive(&self, rma: RmaId, line: RmaLineId, quantity: i64) -> UnitGroupId {
        let waybill = format!("IN{}", self.next());
        let parcel = self.announce(rma, &waybill).unwrap();
        self.sign(&waybill).unwrap();
        self.count(parcel, vec![units(line, quantity)]).unwrap()[0].unit_group
    }

    /// The inspector grades units of a group.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn inspect(
        &self,
        group: UnitGroupId,
        quantity: Option<i64>,
        grade: &str,
        liability: Bearer,
    ) -> Result<Inspected, Error> {
        self.inspect_again(group, quantity, grade, liability, "")
    }

    /// The inspector grades units of a group, with a note.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn inspect_again(
        &self,
        group: UnitGroupId,
        quantity: Option<i64>,
        grade: &str,
        liability: Bearer,
        note: &str,
    ) -> Result<Inspected, Error> {
        let cmd = Inspect {
            unit_group: group,
            quantity,
            grade: self.grade(grade),
            accepted: None,
            liability,
            checklist: String::new(),
            answers: serde_json::Map::new(),
            attachments: Vec::new(),
            note: note.to_owned(),
            seconds_spent: 20,
        };
        self.by("inspector", move |tx, ctx| inspect(tx, ctx, &cmd))
    }

    /// The inspector disposes of a group.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn dispose(&self, group: UnitGroupId, kind: DispositionKind) -> Result<Disposed, Error> {
        let cmd = Dispose { unit_group: group, quantity: None, kind };
        self.by("inspector", move |tx, ctx| dispose(tx, ctx, &cmd))
    }

    /// The lead writes missing goods off.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn waive(&self, line: RmaLineId, quantity: i64, reason: &str) -> Result<RmaLineId, Error> {
        let cmd = WaiveGoods { line, quantity, reason: reason.to_owned() };
        self.by("lead", move |tx, ctx| waive(tx, ctx, &cmd))
    }

    /// Receives, accepts and restocks units of one line: what the counted basis pays for.
    ///
    /// # Panics
    /// When anything of it is refused.
    pub fn accept(&self, rma: RmaId, line: RmaLineId, quantity: i64) -> UnitGroupId {
        let group = self.receive(rma, line, quantity);
        self.inspect(group, None, "grade_new", Bearer::Customer).unwrap();
        self.dispose(group, DispositionKind::Restock).unwrap();
        group
    }

    /// Finance keys a settlement by a means.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn propose(
        &self,
        rma: RmaId,
        basis: Basis,
        means: &str,
        components: Vec<NewComponent>,
    ) -> Result<Proposed, Error> {
        let cmd = Propose {
            rma,
            order: None,
            basis,
            means: means.to_owned(),
            components,
            platform_number: String::new(),
            note: String::new(),
        };
        self.by("finance", move |tx, ctx| propose(tx, ctx, &cmd))
    }

    /// A person approves a settlement.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn approve(&self, name: &str, settlement: SettlementId) -> Result<SettlementId, Error> {
        self.by(name, move |tx, ctx| approve(tx, ctx, &ApproveSettlement { settlement }))
    }

    /// Finance takes a settlement back.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn cancel(&self, settlement: SettlementId) -> Result<SettlementId, Error> {
        let cmd = CancelSettlement { settlement, reason: "keyed wrong".to_owned() };
        self.by("finance", move |tx, ctx| cancel(tx, ctx, &cmd))
    }

    /// Finance pays a settlement.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn pay(&self, settlement: SettlementId) -> Result<Paying, Error> {
        self.by("finance", move |tx, ctx| pay(tx, ctx, &Pay { settlement }))
    }

    /// Finance records a payment by hand.
    ///
    /// # Errors
    /// What the verb refuses.
    pub fn pay_by_hand(&self, settlement: SettlementId, proof: &str) -> Result<domain::PayoutId, Error> {
        let cmd = PaidByHand { settlement, instead_of: None, proof: proof.to_owned() };
        self.by("finance", move |tx, ctx| by_hand(tx, ctx, &cmd))
    }

    /// Keys goods on the counted basis and pays them by hand.
    ///
    /// # Panics
    /// When anything of it is refused.
    pub fn refund_by_hand(&self, rma: RmaId, line: RmaLineId, amount_minor: i64) -> SettlementId {
        let keyed = self.propose(rma, Basis::Counted, "manual", vec![goods(line, amount_minor)]).unwrap();
        if keyed.needs_second {
            self.approve("finance2", keyed.settlement).unwrap();
        }
        self.pay_by_hand(keyed.settlement, "transfer 1").unwrap();
        keyed.settlement
    }
}
