//! What lies on the bench and what was found of it so far. Pure: scans and keys change it, and finishing tells it.

use std::collections::BTreeMap;

use contract::warehouse::{GoodsLineView, GoodsView, GroupView, ParcelView};
use domain::state::{Bearer, DispositionKind, Reception};
use domain::{GradeId, LocalDate, RmaId, RmaLineId, SkuId, UnitGroupId};
use serde_json::Value;

/// What units are counted as, or which counted group they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// They came for a line.
    Line(RmaLineId),
    /// They were counted before and are inspected now.
    Group(UnitGroupId),
    /// Nobody announced them.
    Extra { sku: Option<SkuId>, instead_of: Option<RmaLineId> },
}

/// Lot and last day of use, as printed on goods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lot {
    pub(super) code: String,
    pub(super) expires_on: Option<LocalDate>,
    /// Somebody looked: nothing can be read.
    pub(super) unreadable: bool,
}

impl Lot {
    fn is_known(&self) -> bool {
        !self.code.is_empty() || self.expires_on.is_some()
    }
}

/// Like units with one finding.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Batch {
    pub(super) rma: RmaId,
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) category: String,
    pub(super) quantity: i64,
    /// As printed on them.
    pub(super) lot: Lot,
    /// One a unit, where units have serials.
    pub(super) serials: Vec<String>,
    pub(super) answers: BTreeMap<String, Value>,
    pub(super) grade: Option<GradeId>,
    pub(super) liability: Bearer,
    /// As the grade proposes when absent.
    pub(super) disposition: Option<DispositionKind>,
    /// Ids, or what stands for one until the photo is there.
    pub(super) photos: Vec<String>,
    pub(super) note: String,
    pub(super) began_ms: i64,
    pub(super) ended_ms: Option<i64>,
}

/// Where scanned goods may belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) rma: RmaId,
    /// The case's number.
    pub(super) number: String,
    pub(super) target: Target,
    pub(super) category: String,
}

/// What lies on the bench.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Hand {
    /// What was scanned.
    pub(super) code: String,
    pub(super) parcel: Option<ParcelView>,
    pub(super) cases: Vec<GoodsView>,
    pub(super) batches: Vec<Batch>,
    pub(super) missing: BTreeMap<RmaLineId, i64>,
}

/// What may be done with what is scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rights {
    pub(super) receives: bool,
    pub(super) inspects: bool,
}

fn is_of(line: &GoodsLineView, sku: SkuId) -> bool {
    line.sku.as_ref().is_some_and(|own| own.id == sku)
}

impl Hand {
    pub(super) fn lines(&self) -> impl Iterator<Item = (&GoodsView, &GoodsLineView)> {
        self.cases.iter().flat_map(|case| case.lines.iter().map(move |line| (case, line)))
    }

    pub(super) fn line(&self, id: RmaLineId) -> Option<&GoodsLineView> {
        self.lines().map(|(_, line)| line).find(|line| line.id == id)
    }

    fn groups(&self) -> impl Iterator<Item = (&GoodsView, &GroupView)> {
        self.cases.iter().flat_map(|case| case.groups.iter().map(move |group| (case, group)))
    }

    pub(super) fn group(&self, id: UnitGroupId) -> Option<&GroupView> {
        self.groups().map(|(_, group)| group).find(|group| group.id == id)
    }

    /// Units of a target counted or looked at on this bench.
    fn drafted(&self, target: &Target) -> i64 {
        self.batches.iter().filter(|batch| batch.target == *target).map(|batch| batch.quantity).sum()
    }

    /// Units of a line that came just now.
    pub(super) fn came(&self, line: RmaLineId) -> i64 {
        self.drafted(&Target::Line(line))
    }

    /// How many units more a target takes; `None`: any number.
    pub(super) fn room(&self, target: &Target) -> Option<i64> {
        match target {
            Target::Line(id) => {
                let missing = self.missing.get(id).copied().unwrap_or_default();
                Some(self.line(*id).map_or(0, |line| line.awaited) - self.drafted(target) - missing)
            }
            Target::Group(id) => Some(self.group(*id).map_or(0, |group| group.quantity) - self.drafted(target)),
            Target::Extra { .. } => None,
        }
    }

    fn place(case: &GoodsView, line: Option<&GoodsLineView>, target: Target) -> Place {
        let category = line.and_then(|line| line.sku.as_ref()).map(|sku| sku.category.clone()).unwrap_or_default();
        Place { rma: case.rma, number: case.number.clone(), target, category }
    }

    /// Where `quantity` units of an article may belong: lines that wait for it, then groups that wait to be inspected.
    pub(super) fn places(&self, sku: SkuId, quantity: i64, rights: Rights) -> Vec<Place> {
        let has_room = |place: &Place| self.room(&place.target).is_none_or(|room| room >= quantity);
        let mut all = Vec::new();
        if rights.receives {
            let lines = self.lines().filter(|(_, line)| is_of(line, sku) && line.awaited > 0);
            all.extend(lines.map(|(case, line)| Self::place(case, Some(line), Target::Line(line.id))));
        }
        if rights.inspects {
            let waits = |group: &GroupView| group.inspection.is_none() && group.reception != Reception::Missing;
            let of_sku = |group: &GroupView| self.line(group.line).is_some_and(|line| is_of(line, sku));
            let groups = self.groups().filter(|(_, group)| waits(group) && of_sku(group));
            all.extend(groups.map(|(case, group)| Self::place(case, self.line(group.line), Target::Group(group.id))));
        }
        all.retain(has_room);
        all
    }

    /// Where goods that nobody announced stand, one a case: beside a line of theirs where there is one.
    pub(super) fn beside(&self, sku: Option<SkuId>) -> Vec<Place> {
        let one = |case: &GoodsView| {
            let line = case.lines.iter().find(|line| sku.is_some_and(|sku| is_of(line, sku)));
            Self::place(case, line, Target::Extra { sku, instead_of: None })
        };
        self.cases.iter().map(one).collect()
    }

    /// Lines that wait for units told apart by serial.
    pub(super) fn wait_for_serial(&self, sku: Option<SkuId>) -> Option<Place> {
        let fits = |line: &GoodsLineView| {
            let own = line.sku.as_ref();
            own.is_some_and(|own| own.has_serial && sku.is_none_or(|sku| own.id == sku))
                && self.room(&Target::Line(line.id)).is_some_and(|room| room > 0)
        };
        self.lines()
            .find(|(_, line)| fits(line))
            .map(|(case, line)| Self::place(case, Some(line), Target::Line(line.id)))
    }

    /// Adds units: to the last batch while it has no grade and no other lot, else to one of their own.
    pub(super) fn add(&mut self, place: Place, name: &str, (quantity, lot): (i64, Lot), now_ms: i64) {
        if let Some(last) = self.batches.last_mut() {
            let same_lot = !lot.is_known() || !last.lot.is_known() || last.lot == lot;
            if last.rma == place.rma && last.target == place.target && last.grade.is_none() && same_lot {
                last.quantity += quantity;
                if lot.is_known() {
                    last.lot = lot;
                }
                return;
            }
            last.ended_ms.get_or_insert(now_ms);
        }
        // Whoever brought it damaged answers for it, unless the inspector says otherwise.
        let damaged = self.parcel.as_ref().is_some_and(|parcel| parcel.damaged);
        let Place { rma, target, category, .. } = place;
        self.batches.push(Batch {
            rma,
            target,
            name: name.to_owned(),
            category,
            quantity,
            lot,
            serials: Vec::new(),
            answers: BTreeMap::new(),
            grade: None,
            liability: if damaged { Bearer::Carrier } else { Bearer::Customer },
            disposition: None,
            photos: Vec::new(),
            note: String::new(),
            began_ms: now_ms,
            ended_ms: None,
        });
    }

    /// Adds one unit by its serial; false when it lies here already.
    pub(super) fn add_serial(&mut self, place: Place, name: &str, (serial, lot): (&str, Lot), now_ms: i64) -> bool {
        let serial = serial.trim().to_uppercase();
        if self.batches.iter().any(|batch| batch.serials.contains(&serial)) {
            return false;
        }
        self.add(place, name, (1, lot), now_ms);
        if let Some(last) = self.batches.last_mut() {
            last.serials.push(serial);
        }
        true
    }

    /// Takes the last unit back.
    pub(super) fn take_back(&mut self) -> Option<String> {
        let last = self.batches.last_mut()?;
        let name = last.name.clone();
        last.quantity -= 1;
        last.serials.truncate(usize::try_from(last.quantity).unwrap_or_default());
        if last.quantity <= 0 {
            self.batches.pop();
        }
        Some(name)
    }

    /// Sets how many units the last batch has; the most it may have when that is more.
    pub(super) fn set_quantity(&mut self, quantity: i64) -> Result<(), i64> {
        let Some(last) = self.batches.last() else { return Err(0) };
        let most = self.room(&last.target).map(|room| room + last.quantity);
        if let Some(most) = most.filter(|most| quantity > *most) {
            return Err(most);
        }
        if let Some(last) = self.batches.last_mut().filter(|last| last.serials.is_empty() && quantity > 0) {
            last.quantity = quantity;
        }
        Ok(())
    }

    /// Units that are here and those still awaited.
    pub(super) fn totals(&self) -> (i64, i64) {
        let here = self.batches.iter().map(|batch| batch.quantity).sum();
        let awaited: i64 = self.lines().map(|(_, line)| line.awaited).sum();
        let came: i64 = self.lines().map(|(_, line)| self.came(line.id)).sum();
        let missing: i64 = self.missing.values().sum();
        (here, (awaited - came - missing).max(0))
    }
}

#[cfg(test)]
mod tests {
    use contract::warehouse::GoodsSku;
    use domain::state::CaseState;
    use domain::{LineKind, ShopId};

    use super::*;

    const BOTH: Rights = Rights { receives: true, inspects: true };

    fn line(id: i64, sku: i64, awaited: i64) -> GoodsLineView {
        GoodsLineView {
            id: RmaLineId::from_raw(id),
            kind: LineKind::ReturnRefund,
            undeclared: false,
            sku: Some(GoodsSku {
                id: SkuId::from_raw(sku),
                code: format!("S{sku}"),
                name: format!("Goods {sku}"),
                category: "Home".to_owned(),
                has_serial: false,
                has_lot: false,
            }),
            approved: awaited,
            received: 0,
            waived: 0,
            awaited,
            accepted: 0,
            refused: 0,
            dispositioned: 0,
        }
    }

    fn case(id: i64, lines: Vec<GoodsLineView>) -> GoodsView {
        GoodsView {
            rma: RmaId::from_raw(id),
            number: format!("RT-{id}"),
            shop: ShopId::from_raw(1),
            state: CaseState::InProgress,
            lines,
            groups: Vec::new(),
        }
    }

    fn hand(cases: Vec<GoodsView>) -> Hand {
        Hand { code: String::new(), parcel: None, cases, batches: Vec::new(), missing: BTreeMap::new() }
    }

    fn scan(hand: &mut Hand, sku: i64) {
        let place = hand.places(SkuId::from_raw(sku), 1, BOTH).into_iter().next();
        if let Some(place) = place {
            hand.add(place, "x", (1, Lot::default()), 0);
        }
    }

    #[test]
    fn one_finding_covers_the_units_scanned_before_it() {
        let mut hand = hand(vec![case(1, vec![line(1, 7, 3)])]);
        scan(&mut hand, 7);
        scan(&mut hand, 7);
        hand.batches.iter_mut().for_each(|batch| batch.grade = Some(GradeId::from_raw(1)));
        scan(&mut hand, 7);
        assert_eq!(hand.batches.iter().map(|batch| batch.quantity).collect::<Vec<_>>(), [2, 1]);
        assert!(hand.places(SkuId::from_raw(7), 1, BOTH).is_empty(), "the line is full");
        assert_eq!(hand.totals(), (3, 0));
        assert_eq!(hand.take_back().as_deref(), Some("x"));
        assert_eq!(hand.totals(), (2, 1));
    }

    #[test]
    fn units_of_another_lot_are_another_batch() {
        let mut hand = hand(vec![case(1, vec![line(1, 7, 4)])]);
        for lot in ["", "A", "A", "B"] {
            let place = hand.places(SkuId::from_raw(7), 1, BOTH).into_iter().next();
            let lot = Lot { code: lot.to_owned(), ..Lot::default() };
            if let Some(place) = place {
                hand.add(place, "x", (1, lot), 0);
            }
        }
        let all: Vec<_> = hand.batches.iter().map(|batch| (batch.quantity, batch.lot.code.as_str())).collect();
        assert_eq!(all, [(3, "A"), (1, "B")]);
    }

    #[test]
    fn a_number_keyed_is_no_more_than_the_line_waits_for() {
        let mut hand = hand(vec![case(1, vec![line(1, 7, 90)])]);
        scan(&mut hand, 7);
        assert_eq!(hand.set_quantity(91), Err(90));
        assert_eq!(hand.set_quantity(90), Ok(()));
        assert_eq!(hand.came(RmaLineId::from_raw(1)), 90);
    }

    #[test]
    fn two_cases_that_wait_for_the_same_are_both_offered() {
        let hand = hand(vec![case(1, vec![line(1, 7, 1)]), case(2, vec![line(2, 7, 1), line(3, 8, 1)])]);
        let numbers =
            |sku| hand.places(SkuId::from_raw(sku), 1, BOTH).into_iter().map(|place| place.number).collect::<Vec<_>>();
        assert_eq!(numbers(7), ["RT-1", "RT-2"]);
        assert_eq!(numbers(8), ["RT-2"]);
        assert_eq!(hand.beside(None).len(), 2);
    }

    #[test]
    fn who_may_not_receive_looks_at_what_was_counted_only() {
        let hand = hand(vec![case(1, vec![line(1, 7, 1)])]);
        let rights = Rights { receives: false, inspects: true };
        assert!(hand.places(SkuId::from_raw(7), 1, rights).is_empty());
    }
}
