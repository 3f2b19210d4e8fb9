//! In which order fields are computed, and where they depend on themselves.

use std::collections::BTreeMap;

use super::definition::Field;
use crate::expr::Formula;

/// Fields by place: each after all it reads, and those that read themselves, in a round.
pub(super) struct Order {
    pub(super) places: Vec<usize>,
    /// Each round as places, from a field to the one that reads the first again.
    pub(super) rounds: Vec<Vec<usize>>,
}

/// What decides a field's value and whether it is shown. What only judges it (`required`, validators, bounds) is run
/// when all values are there and needs no order.
pub(super) fn formulas(field: &Field) -> impl Iterator<Item = (&'static str, &Formula)> {
    [
        ("visible_when", &field.visible_when),
        ("read_only_when", &field.read_only_when),
        ("prefill", &field.prefill),
        ("formula", &field.formula),
    ]
    .into_iter()
    .filter_map(|(name, formula)| formula.as_ref().map(|formula| (name, formula)))
}

/// The order of a form's or a sub-table's fields.
pub(super) fn order(fields: &[Field]) -> Order {
    let places: BTreeMap<&str, usize> = fields.iter().enumerate().map(|(at, field)| (field.id.as_str(), at)).collect();
    let reads: Vec<Vec<usize>> = fields
        .iter()
        .map(|field| {
            let own = formulas(field).chain(field.columns.iter().flat_map(formulas));
            let mut found: Vec<usize> = own
                .flat_map(|(_, formula)| formula.references())
                .filter_map(|name| places.get(front(name)).copied())
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    let mut walk = Walk {
        reads: &reads,
        marks: vec![Mark::New; fields.len()],
        path: Vec::new(),
        order: Order { places: Vec::new(), rounds: Vec::new() },
    };
    for place in 0..fields.len() {
        walk.visit(place);
    }
    walk.order
}

/// The field that a dotted name begins with.
pub(super) fn front(name: &str) -> &str {
    name.split_once('.').map_or(name, |(front, _)| front)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

struct Walk<'r> {
    reads: &'r [Vec<usize>],
    marks: Vec<Mark>,
    path: Vec<usize>,
    order: Order,
}

impl Walk<'_> {
    /// Depth is bounded by the number of fields.
    fn visit(&mut self, place: usize) {
        match self.marks.get(place).copied() {
            Some(Mark::New) => {}
            Some(Mark::Open) => {
                let from = self.path.iter().position(|open| *open == place).unwrap_or(0);
                self.order.rounds.push(self.path.iter().skip(from).copied().collect());
                return;
            }
            _ => return,
        }
        self.mark(place, Mark::Open);
        self.path.push(place);
        for read in self.reads.get(place).map_or(&[][..], Vec::as_slice) {
            self.visit(*read);
        }
        self.path.pop();
        self.mark(place, Mark::Done);
        self.order.places.push(place);
    }

    fn mark(&mut self, place: usize, mark: Mark) {
        if let Some(slot) = self.marks.get_mut(place) {
            *slot = mark;
        }
    }
}
