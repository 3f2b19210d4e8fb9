//! What a list shows of a case: enough to decide which one to open.

use domain::state::CaseState;
use domain::{Currency, LineKind, ReasonId, ReleaseId, RmaId, ShopId, Timestamp, WarehouseId};

use crate::error::Error;
use crate::row::Row;

/// A case in short.
#[derive(Clone, Debug)]
pub struct CaseBrief {
    /// Its id.
    pub id: RmaId,
    /// Human number.
    pub number: String,
    /// Its goods in words.
    pub summary: String,
    /// Whose.
    pub shop_id: ShopId,
    /// Where its goods go.
    pub warehouse_id: Option<WarehouseId>,
    /// The release its stage's name comes from.
    pub release_id: ReleaseId,
    /// Inner lifecycle.
    pub state: CaseState,
    /// The flow node it stands at, or empty.
    pub stage: String,
    /// What is asked for, each kind once.
    pub kinds: Vec<LineKind>,
    /// The first line's reason.
    pub reason_id: Option<ReasonId>,
    /// The customer's name.
    pub customer: Option<String>,
    /// Minor units.
    pub refund_minor: i64,
    /// Of this.
    pub currency: Currency,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// Our earliest deadline.
    pub due_at: Option<Timestamp>,
    /// From when on that is near.
    pub warn_at: Option<Timestamp>,
    /// The platform's deadline.
    pub platform_due_at: Option<Timestamp>,
}

/// Columns of a brief; `rma` and [`BRIEF_FROM`] are joined.
pub(super) const BRIEF: &str = "rma.id AS case_id, rma.number, rma.summary, rma.shop_id AS case_shop_id, \
     rma.warehouse_id AS case_warehouse_id, rma.release_id, rma.state AS case_state, rma.stage, rma.reason_id, \
     rma.refund_minor, rma.currency, rma.filed_at, rma.due_at AS case_due_at, rma.warn_at AS case_warn_at, \
     rma.platform_due_at, contact.name AS customer, \
     (SELECT group_concat(DISTINCT rma_line.kind) FROM rma_line WHERE rma_line.rma_id = rma.id) AS kinds";
pub(super) const BRIEF_FROM: &str = "LEFT JOIN contact ON contact.id = rma.contact_id";

/// Reads a brief; `None` where there is no case.
pub(super) fn read(row: &Row<'_>) -> Result<Option<CaseBrief>, Error> {
    let Some(id) = row.get::<Option<RmaId>>("case_id")? else { return Ok(None) };
    let kinds: Option<String> = row.get("kinds")?;
    Ok(Some(CaseBrief {
        id,
        number: row.get("number")?,
        summary: row.get("summary")?,
        shop_id: row.get("case_shop_id")?,
        warehouse_id: row.get("case_warehouse_id")?,
        release_id: row.get("release_id")?,
        state: row.get("case_state")?,
        stage: row.get("stage")?,
        kinds: kinds.unwrap_or_default().split(',').filter_map(LineKind::parse).collect(),
        reason_id: row.get("reason_id")?,
        customer: row.get("customer")?,
        refund_minor: row.get("refund_minor")?,
        currency: row.get("currency")?,
        filed_at: row.get("filed_at")?,
        due_at: row.get("case_due_at")?,
        warn_at: row.get("case_warn_at")?,
        platform_due_at: row.get("platform_due_at")?,
    }))
}
