//! What was counted on this page and not yet told: by line, and goods that fit no line.

use std::collections::BTreeMap;

use contract::warehouse::CountedUnits;
use domain::state::Reception;
use domain::{RmaId, RmaLineId, SkuId};
use leptos::prelude::*;
use parts::submit::Submit;

/// One unit by its serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Serial {
    pub(super) code: String,
    /// Another unit than was shipped, and the person says so.
    pub(super) swapped: bool,
}

/// What was counted of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineDraft {
    pub(super) arrived: i64,
    pub(super) missing: i64,
    pub(super) serials: Vec<Serial>,
    pub(super) lot: String,
    /// `YYYY-MM-DD`, or empty.
    pub(super) expires: String,
}

impl LineDraft {
    /// Units that are here.
    pub(super) fn here(&self) -> i64 {
        if self.serials.is_empty() { self.arrived } else { i64::try_from(self.serials.len()).unwrap_or(i64::MAX) }
    }
}

/// Goods that fit no line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extra {
    pub(super) id: u32,
    pub(super) rma: RmaId,
    /// The article; `None` when nobody knows it.
    pub(super) sku: Option<(SkuId, String)>,
    pub(super) quantity: i64,
    /// The line they came instead of.
    pub(super) instead_of: Option<RmaLineId>,
}

/// Where a counted group stands on the page, so that its refusal stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Line(RmaLineId),
    Extra(u32),
}

/// Everything counted and not yet told. Copy freely.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) lines: RwSignal<BTreeMap<RmaLineId, LineDraft>>,
    pub(super) extras: RwSignal<Vec<Extra>>,
    pub(super) submit: Submit,
    sent: StoredValue<Vec<Spot>>,
    next: StoredValue<u32>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self {
            lines: RwSignal::default(),
            extras: RwSignal::default(),
            submit: Submit::new(),
            sent: StoredValue::default(),
            next: StoredValue::new(0),
        }
    }

    pub(super) fn line(self, id: RmaLineId) -> LineDraft {
        self.lines.with(|lines| lines.get(&id).cloned().unwrap_or_default())
    }

    pub(super) fn change(self, id: RmaLineId, change: impl FnOnce(&mut LineDraft)) {
        self.lines.update(|lines| change(lines.entry(id).or_default()));
    }

    pub(super) fn add_extra(
        self,
        rma: RmaId,
        sku: Option<(SkuId, String)>,
        instead_of: Option<RmaLineId>,
        quantity: i64,
    ) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.extras.update(|extras| {
            let same = |extra: &&mut Extra| extra.rma == rma && extra.sku == sku && extra.instead_of == instead_of;
            match extras.iter_mut().find(same) {
                // The gun read one more of the same.
                Some(extra) if extra.sku.is_some() => extra.quantity += quantity,
                _ => extras.push(Extra { id, rma, sku, quantity, instead_of }),
            }
        });
    }

    pub(super) fn change_extra(self, id: u32, change: impl FnOnce(&mut Extra)) {
        self.extras.update(|extras| {
            if let Some(extra) = extras.iter_mut().find(|extra| extra.id == id) {
                change(extra);
            }
        });
    }

    pub(super) fn drop_extra(self, id: u32) {
        self.extras.update(|extras| extras.retain(|extra| extra.id != id));
    }

    /// Units that are here.
    pub(super) fn total(self) -> i64 {
        let own: i64 = self.lines.with(|lines| lines.values().map(LineDraft::here).sum());
        own + self.extras.with(|extras| extras.iter().map(|extra| extra.quantity).sum::<i64>())
    }

    /// Nothing to tell.
    pub(super) fn is_empty(self) -> bool {
        self.total() == 0 && self.lines.with(|lines| lines.values().all(|line| line.missing == 0))
    }

    pub(super) fn clear(self) {
        self.lines.try_set(BTreeMap::new());
        self.extras.try_set(Vec::new());
    }

    /// The groups as the server takes them.
    pub(super) fn units(self) -> Vec<CountedUnits> {
        let (lines, extras) = (self.lines.get_untracked(), self.extras.get_untracked());
        let (units, spots) = groups(&lines, &extras).into_iter().unzip();
        self.sent.set_value(spots);
        units
    }

    /// What the server says of one place.
    pub(super) fn error(self, spot: Spot) -> Signal<Option<String>> {
        let problem = self.submit.problem();
        Signal::derive(move || {
            let places = self.sent.with_value(|sent| {
                let at = sent.iter().enumerate().filter(|(_, other)| **other == spot);
                at.map(|(at, _)| format!("units[{at}]")).collect::<Vec<_>>()
            });
            problem.with(|problem| {
                let fields = &problem.as_ref()?.body.fields;
                let own = fields.iter().find(|field| places.iter().any(|place| field.field.starts_with(place)));
                own.map(|field| field.message.clone())
            })
        })
    }
}

fn group(reception: Reception, quantity: i64) -> CountedUnits {
    CountedUnits {
        line: None,
        rma: None,
        sku: None,
        quantity,
        reception,
        serial: None,
        swapped: false,
        lot: None,
        expires_on: None,
    }
}

fn groups(lines: &BTreeMap<RmaLineId, LineDraft>, extras: &[Extra]) -> Vec<(CountedUnits, Spot)> {
    let mut all = Vec::new();
    for (line, draft) in lines {
        let spot = Spot::Line(*line);
        let own = |units: CountedUnits| {
            let lot = Some(draft.lot.trim().to_owned()).filter(|lot| !lot.is_empty());
            CountedUnits { line: Some(*line), lot, expires_on: draft.expires.parse().ok(), ..units }
        };
        for serial in &draft.serials {
            let units = own(group(Reception::AsAnnounced, 1));
            let units = CountedUnits { serial: Some(serial.code.clone()), swapped: serial.swapped, ..units };
            all.push((units, spot));
        }
        if draft.serials.is_empty() && draft.arrived > 0 {
            all.push((own(group(Reception::AsAnnounced, draft.arrived)), spot));
        }
        if draft.missing > 0 {
            all.push((CountedUnits { line: Some(*line), ..group(Reception::Missing, draft.missing) }, spot));
        }
    }
    for extra in extras.iter().filter(|extra| extra.quantity > 0) {
        let reception = if extra.instead_of.is_some() { Reception::WrongItem } else { Reception::Undeclared };
        let sku = extra.sku.as_ref().map(|(id, _)| *id);
        let units =
            CountedUnits { line: extra.instead_of, rma: Some(extra.rma), sku, ..group(reception, extra.quantity) };
        all.push((units, Spot::Extra(extra.id)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_wrong_and_extra_goods_are_told_as_such() {
        let line = RmaLineId::from_raw(1);
        let rma = RmaId::from_raw(9);
        let short = LineDraft { arrived: 2, missing: 1, lot: " L1 ".to_owned(), ..LineDraft::default() };
        let wrong = Extra { id: 0, rma, sku: None, quantity: 1, instead_of: Some(line) };
        let more = Extra { id: 1, rma, sku: Some((SkuId::from_raw(5), "x".to_owned())), quantity: 3, instead_of: None };
        let none = Extra { id: 2, quantity: 0, ..more.clone() };
        let told = groups(&BTreeMap::from([(line, short)]), &[wrong, more, none]);
        let brief: Vec<_> =
            told.iter().map(|(units, spot)| (units.reception, units.quantity, units.line.is_some(), *spot)).collect();
        assert_eq!(
            brief,
            [
                (Reception::AsAnnounced, 2, true, Spot::Line(line)),
                (Reception::Missing, 1, true, Spot::Line(line)),
                (Reception::WrongItem, 1, true, Spot::Extra(0)),
                (Reception::Undeclared, 3, false, Spot::Extra(1)),
            ]
        );
        assert_eq!(told.first().and_then(|(units, _)| units.lot.as_deref()), Some("L1"));
    }

    #[test]
    fn each_serial_is_one_unit() {
        let serial = |code: &str, swapped| Serial { code: code.to_owned(), swapped };
        let draft = LineDraft { serials: vec![serial("A", false), serial("B", true)], ..LineDraft::default() };
        assert_eq!(draft.here(), 2);
        let told = groups(&BTreeMap::from([(RmaLineId::from_raw(1), draft)]), &[]);
        let brief: Vec<_> =
            told.iter().map(|(units, _)| (units.quantity, units.serial.clone(), units.swapped)).collect();
        assert_eq!(brief, [(1, Some("A".to_owned()), false), (1, Some("B".to_owned()), true)]);
    }
}
