//! Which plans the kept totals answer: counts, quantities and refunds by what the totals are kept by, currencies apart.

use engine::report::{Bucket, Column, Dataset, Plan, Planned, Predicate};

use super::column::Source;
use crate::scope::RowScope;

/// The kept totals when they answer the plan exactly, else the tables.
pub(super) fn source(plan: &Plan, scope: &RowScope) -> Source {
    let rows = Source::of(plan.dataset);
    let totals = match plan.dataset {
        Dataset::Cases => Source::CaseTotals,
        // The totals of lines know no warehouse.
        Dataset::CaseLines if !narrows_warehouses(scope) => Source::LineTotals,
        _ => return rows,
    };
    let measured = plan.measures.iter().all(|measure| match measure {
        Planned::Count => true,
        Planned::Sum(column) => matches!(column, Column::LineQuantity | Column::LineRefund | Column::CaseRefund),
        Planned::Mean(_) | Planned::P90(_) | Planned::Share(_) => false,
    });
    let grouped =
        plan.groups.iter().all(|group| kept(group.column) || by_month(group.column) && group.bucket == Bucket::Month);
    if measured && grouped && filtered(&plan.filter) { totals } else { rows }
}

fn filtered(filter: &Predicate) -> bool {
    match filter {
        Predicate::Constant(_) => true,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().all(filtered),
        Predicate::Not(inner) => filtered(inner),
        Predicate::Compare { column, .. } | Predicate::Among { column, .. } | Predicate::Blank(column) => kept(*column),
        Predicate::InMonth { column, .. } => by_month(*column),
    }
}

const fn kept(column: Column) -> bool {
    matches!(
        column,
        Column::CaseState
            | Column::CaseStage
            | Column::CaseShop
            | Column::CasePlatform
            | Column::CaseWarehouse
            | Column::CaseOwner
            | Column::CaseCurrency
            | Column::LineShop
            | Column::LineChannel
            | Column::LineKind
            | Column::LineReason
            | Column::LineReasonGroup
            | Column::LineCurrency
    )
}

const fn by_month(column: Column) -> bool {
    matches!(column, Column::LineFiledDate)
}

fn narrows_warehouses(scope: &RowScope) -> bool {
    matches!(scope, RowScope::Places(places) if places.iter().any(|place| place.warehouse.is_some()))
}
