//! The rows behind a figure, newest first, each with its case and what it adds to the figure.

use domain::{RmaId, Text, Timestamp};
use engine::report::{Column, GroupKey, Plan};
use rusqlite::types::Value as Col;

use super::build::Builder;
use super::column::{Join, Source};
use super::{Asked, Figure};
use crate::conn::{BuiltSql, Conn};
use crate::error::Error;
use crate::scope::RowScope;

/// A row behind a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct BehindRow {
    /// Its id among the rows of its dataset.
    pub id: i64,
    /// Its case; a parcel may have none.
    pub rma_id: Option<RmaId>,
    /// The case's number.
    pub number: Option<String>,
    /// What it is, for people.
    pub detail: Text,
    /// When it began.
    pub at: Option<Timestamp>,
    /// One a measure of the plan; a count has one for each row.
    pub figures: Vec<Figure>,
}

/// The rows behind the figures of one answered row of a plan, before the row `before`.
///
/// # Errors
/// The store's; `Deadline` when it took too long.
#[expect(clippy::too_many_arguments, reason = "what run takes, and which rows of it")]
pub fn behind(
    conn: &Conn,
    plan: &Plan,
    keys: &[GroupKey],
    currency: Option<&str>,
    scope: &RowScope,
    asked: &Asked,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<BehindRow>, Error> {
    let source = Source::of(plan.dataset);
    let mut builder = Builder::new(source, asked);
    let own = of(source);
    if let Some(join) = own.join {
        builder.joins.insert(join);
    }
    let number = match source {
        Source::Parcels => {
            "(SELECT rma.number FROM rma WHERE rma.id = (SELECT min(tied.rma_id) FROM parcel_rma AS tied \
                            WHERE tied.parcel_id = p.id))"
                .to_owned()
        }
        Source::Tasks => builder.column(Column::TaskCaseNumber),
        _ => "r.number".to_owned(),
    };
    let mut columns = vec![
        format!("{} AS row_id", own.id),
        format!("{} AS rma_id", own.case),
        format!("{number} AS number"),
        format!("{} AS detail_zh", own.detail_zh),
        format!("{} AS detail_en", own.detail_en),
        format!("{} AS at", own.at),
    ];
    for (at, measure) in plan.measures.iter().enumerate() {
        let value = match measure.column() {
            Some(column) => builder.measured(column),
            None => "1".to_owned(),
        };
        columns.push(format!("{value} AS m{at}"));
    }
    let filter = builder.condition(&plan.behind(keys, currency));
    let scope = builder.scope(scope);
    let before = builder.bind(Col::Integer(before.unwrap_or(i64::MAX)));
    let limit = builder.bind(Col::Integer(i64::from(limit)));
    let joins: String = builder.joins.iter().map(|join| format!(" {}", join.sql(source))).collect();
    let sql = BuiltSql::new(format!(
        "SELECT {} FROM {}{joins} WHERE {filter} AND {scope} AND {} < {before} ORDER BY {} DESC LIMIT {limit}",
        columns.join(", "),
        source.from(),
        own.id,
        own.id,
    ));
    let measures = plan.measures.len();
    conn.all(&sql, builder.params.as_slice(), |row| {
        let figures = (6..6 + measures).map(|at| Ok(super::read::figure(&row.get::<Col>(at)?)));
        Ok(BehindRow {
            id: row.get(0)?,
            rma_id: row.get(1)?,
            number: row.get(2)?,
            detail: Text { zh: row.get(3)?, en: row.get(4)? },
            at: row.get(5)?,
            figures: figures.collect::<Result<_, Error>>()?,
        })
    })
}

/// What of a row people read.
struct Own {
    id: &'static str,
    case: &'static str,
    detail_zh: &'static str,
    detail_en: &'static str,
    at: &'static str,
    join: Option<Join>,
}

fn of(source: Source) -> Own {
    let own = |id, case, detail_zh, detail_en, at, join| Own { id, case, detail_zh, detail_en, at, join };
    match source {
        Source::CaseLines | Source::LineTotals => own(
            "l.id",
            "l.rma_id",
            "coalesce(sku.code || ' ' || sku.name, '')",
            "coalesce(sku.code || ' ' || sku.name_en, '')",
            "r.filed_at",
            Some(Join::Sku),
        ),
        Source::Tasks => own("t.id", "t.rma_id", "t.title_zh", "t.title_en", "t.opened_at", None),
        Source::Settlements => own("s.id", "s.rma_id", "r.summary", "r.summary", "s.proposed_at", None),
        Source::Parcels => own(
            "p.id",
            "(SELECT min(tied.rma_id) FROM parcel_rma AS tied WHERE tied.parcel_id = p.id)",
            "p.waybill",
            "p.waybill",
            "coalesce(p.signed_at, p.announced_at)",
            None,
        ),
        Source::Cases | Source::CaseTotals => own("r.id", "r.id", "r.summary", "r.summary", "r.filed_at", None),
    }
}
