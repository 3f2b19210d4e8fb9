//! Money: what each basis admits, what is left of every cap, and what the books must say.

use domain::LineKind;
use domain::settlement::{Basis, ComponentKind};
use domain::state::{Bearer, SettlementState};

use super::{EXTRAS_PER_CASE, EXTRAS_PER_MONTH, FOUR_EYES, Ix, Model, Part, comes_back, is_extra, is_goods, pays};

impl Model {
    /// Units that a basis pays for on a line.
    pub(crate) fn units(&self, line: Ix, basis: Basis) -> i64 {
        let row = &self.lines[line];
        let Some(sold) = row.sold else { return 0 };
        match basis {
            Basis::Counted if comes_back(row.kind) && pays(row.kind) => row.accepted,
            Basis::Advanced if comes_back(row.kind) && pays(row.kind) => {
                (row.approved - row.refused - row.waived).max(0)
            }
            Basis::Waived if row.kind == LineKind::ShippedRefund => row.approved,
            Basis::PlatformDecided if pays(row.kind) => row.requested,
            Basis::Unshipped if row.kind == LineKind::UnshippedRefund => {
                let others = self.lines.iter().enumerate().filter(|(other, one)| {
                    *other != line && one.sold == Some(sold) && one.kind == row.kind && one.held > 0
                });
                let taken: i64 = others.map(|(_, one)| one.approved).sum();
                let stayed = self.sold[sold].ordered - self.sold[sold].shipped;
                row.approved.min((stayed - taken).max(0))
            }
            _ => 0,
        }
    }

    /// What a basis may still pay on a line: money of every basis uses the same share up.
    pub(crate) fn room(&self, line: Ix, basis: Basis) -> i64 {
        (self.front_sum(line, self.units(line, basis)) - self.lines[line].held).max(0)
    }

    pub(crate) fn basis_room(&self, case: Ix, basis: Basis) -> i64 {
        if basis == Basis::PlatformDecided {
            return self.captured_room(case);
        }
        self.cases[case].lines.iter().map(|line| self.room(*line, basis)).sum()
    }

    pub(crate) fn captured_room(&self, case: Ix) -> i64 {
        let order = &self.orders[self.cases[case].order];
        (order.captured - order.held).max(0)
    }

    pub(crate) fn freight_room(&self, case: Ix) -> i64 {
        let order = &self.orders[self.cases[case].order];
        (order.freight - order.freight_held).max(0)
    }

    /// What may still be given without goods: on the case and in the month.
    pub(crate) fn extras_room(&self, case: Ix) -> i64 {
        let alive = self.settlements_of(case).filter(|(_, one)| one.state != SettlementState::Cancelled);
        let given: i64 = alive.map(|(_, one)| extras(&one.parts)).sum();
        let month = self.extras_by_month.get(&self.month).copied().unwrap_or(0);
        (EXTRAS_PER_CASE - given).min(EXTRAS_PER_MONTH - month).max(0)
    }

    /// Four eyes: what one person alone has settled on the case counts along.
    pub(crate) fn needs_second(&self, case: Ix, net: i64) -> bool {
        let alone =
            self.settlements_of(case).filter(|(_, one)| one.state != SettlementState::Cancelled && !one.needs_second);
        net > 0 && alone.map(|(_, one)| one.net).sum::<i64>() + net >= FOUR_EYES
    }

    /// Holds what a settlement is for, or gives it back with `sign` -1.
    pub(crate) fn hold(&mut self, settlement: Ix, sign: i64) {
        let one = self.settlements[settlement].clone();
        let order = self.cases[one.case].order;
        self.orders[order].held += sign * one.net;
        for part in &one.parts {
            if part.kind == ComponentKind::OutboundFreight {
                self.orders[order].freight_held += sign * part.amount;
            }
            if let Some(line) = part.line.filter(|_| is_goods(part.kind)) {
                self.lines[line].held += sign * part.amount;
                self.lines[line].held_counted += if one.basis == Basis::Counted { sign * part.amount } else { 0 };
            }
        }
        *self.extras_by_month.entry(one.month).or_default() += sign * extras(&one.parts);
    }

    /// An amount shared over weights by largest remainder, the earlier first on a tie.
    pub(crate) fn shares(total: i64, weights: &[i64]) -> Vec<i64> {
        let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        let exact = |weight: &i64| i128::from(total) * i128::from(*weight);
        let mut shares: Vec<i64> =
            weights.iter().map(|weight| i64::try_from(exact(weight) / sum.max(1)).unwrap()).collect();
        let mut by_rest: Vec<usize> = (0..weights.len()).collect();
        by_rest.sort_by_key(|index| (-(exact(&weights[*index]) % sum.max(1)), *index));
        let left = usize::try_from(total - shares.iter().sum::<i64>()).unwrap();
        for index in by_rest.into_iter().take(left) {
            shares[index] += 1;
        }
        shares
    }

    /// What the books of a case must say: refunded, given as credit, owed by others.
    pub(crate) fn books(&self, case: Ix) -> (i64, i64, i64) {
        let paid: Vec<_> = self.settlements_of(case).filter(|(_, one)| one.state == SettlementState::Settled).collect();
        let refunded = paid.iter().map(|(_, one)| one.net).sum();
        let mut owed: i64 = self.groups_of(case).map(|(_, group)| group.owed).sum();
        for (_, one) in &paid {
            let outside = |part: &&Part| {
                let counted = one.basis == Basis::Counted && is_goods(part.kind);
                part.amount > 0 && !counted && !matches!(part.bearer, Bearer::Customer | Bearer::Shop)
            };
            owed += one.parts.iter().filter(outside).map(|part| part.amount).sum::<i64>();
        }
        for line in self.cases[case].lines.iter().filter(|_| !paid.is_empty()) {
            let row = &self.lines[*line];
            let ahead = |basis| match basis {
                Basis::Advanced => true,
                Basis::Waived | Basis::PlatformDecided => row.kind == LineKind::AdvanceRefund,
                _ => false,
            };
            let parts = paid.iter().filter(|(_, one)| ahead(one.basis)).flat_map(|(_, one)| &one.parts);
            let sum: i64 =
                parts.filter(|part| part.line == Some(*line) && is_goods(part.kind)).map(|part| part.amount).sum();
            owed += (sum - self.front_sum(*line, row.accepted + row.waived)).max(0);
        }
        (refunded, self.credit(case), owed)
    }

    fn credit(&self, case: Ix) -> i64 {
        let order = &self.orders[self.cases[case].order];
        let into_credit = |settlement: Ix, tender: Option<Ix>| {
            self.settlements[settlement].means == "credit"
                || tender.is_some_and(|tender| order.tenders[tender].is_credit)
        };
        let mine = self.payouts.iter().filter(|one| self.settlements[one.settlement].case == case);
        let credited =
            mine.filter(|one| one.state == domain::state::PayoutState::Done && into_credit(one.settlement, one.tender));
        credited.map(|one| one.amount).sum()
    }
}

pub(crate) fn extras(parts: &[Part]) -> i64 {
    parts.iter().filter(|part| is_extra(part.kind)).map(|part| part.amount).sum()
}
