//! Platforms' cases as staff see them, the nearest deadline first.

use domain::{Currency, ExternalCaseId, Permission, RmaId, ShopId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::external_case::{ExternalCaseRow, NO_DEADLINE, PageQuery};

use super::status::ExternalStatus;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};
use crate::gate::{Sight, sight};

const PAGE_MAX: u32 = 200;

/// A platform's case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalCaseView {
    /// Its id.
    pub id: ExternalCaseId,
    /// Whose.
    pub shop_id: ShopId,
    /// The platform's code.
    pub platform: String,
    /// The platform's number.
    pub number: String,
    /// Our case, when linked.
    pub rma_id: Option<RmaId>,
    /// Our case's number, when linked.
    pub rma_number: Option<String>,
    /// The order it is about, or empty.
    pub order_number: String,
    /// The platform's own status.
    pub raw_status: String,
    /// What it means.
    pub status: ExternalStatus,
    /// The platform's own kind, or empty.
    pub kind: String,
    /// What the buyer asks for, in minor units.
    pub amount_minor: Option<i64>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// The platform's deadline, in natural hours.
    pub due_at: Option<Timestamp>,
    /// Why it contradicts ours, a code.
    pub conflict: Option<String>,
    /// The platform's version.
    pub source_version: i64,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// Which are wanted.
#[derive(Clone, Debug, Default)]
pub struct ExternalCaseQuery {
    /// Only this shop.
    pub shop: Option<ShopId>,
    /// Only those not linked yet.
    pub unlinked: bool,
    /// Only those in conflict.
    pub conflict: bool,
    /// What the page before ended with.
    pub after: Option<String>,
    /// Rows wanted, 1 to 200.
    pub limit: u32,
}

/// A page of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalCasePage {
    /// The cases.
    pub items: Vec<ExternalCaseView>,
    /// What the next page begins after; none on the last page.
    pub next: Option<String>,
}

/// A page, the nearest deadline first.
///
/// # Errors
/// `Forbidden`; `Invalid` for a page mark that is none.
pub fn list(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    query: &ExternalCaseQuery,
) -> Result<ExternalCasePage, Error> {
    if !actor.may_somewhere(Permission::RmaView) {
        return Err(Error::Forbidden(Permission::RmaView));
    }
    let limit = query.limit.clamp(1, PAGE_MAX) as usize;
    let mut after = query.after.as_deref().map(mark).transpose()?;
    let mut items: Vec<ExternalCaseView> = Vec::new();
    // Rows of shops out of scope are passed over; what is open at once is few thousands.
    loop {
        let page_query = PageQuery { shop: query.shop, unlinked: query.unlinked, conflict: query.conflict, after };
        let rows = store::external_case::page(conn, &page_query, PAGE_MAX)?;
        let last = rows.len() < PAGE_MAX as usize;
        for row in rows {
            if items.len() == limit {
                let next = items.last().map(next_mark);
                return Ok(ExternalCasePage { items, next });
            }
            after = Some(position(&row));
            if actor.may(Permission::RmaView, Some(row.shop_id), None) {
                let at = (Some(row.shop_id), None);
                let prices = sight(definitions, actor, Permission::RmaView, at, "rma.refund") == Sight::Whole;
                items.push(view(conn, row, prices)?);
            }
        }
        if last {
            return Ok(ExternalCasePage { items, next: None });
        }
    }
}

// `prices`: whether the reader sees what is refunded.
fn view(conn: &Conn, row: ExternalCaseRow, prices: bool) -> Result<ExternalCaseView, Error> {
    let case = match row.rma_id {
        Some(rma) => store::rma::find(conn, rma)?,
        None => None,
    };
    Ok(ExternalCaseView {
        id: row.id,
        shop_id: row.shop_id,
        platform: row.platform,
        number: row.number,
        rma_id: row.rma_id,
        rma_number: case.map(|case| case.number),
        order_number: row.order_number,
        raw_status: row.raw_status,
        status: ExternalStatus::parse(&row.mapped_status).unwrap_or(ExternalStatus::Unknown),
        kind: row.kind,
        amount_minor: row.amount_minor.filter(|_| prices),
        currency: row.currency.filter(|_| prices),
        due_at: row.due_at,
        conflict: row.conflict,
        source_version: row.source_version,
        seen_at: row.seen_at,
    })
}

fn position(row: &ExternalCaseRow) -> (i64, ExternalCaseId) {
    (row.due_at.map_or(NO_DEADLINE, Timestamp::ms), row.id)
}

fn next_mark(view: &ExternalCaseView) -> String {
    format!("{}:{}", view.due_at.map_or(NO_DEADLINE, Timestamp::ms), view.id)
}

fn mark(text: &str) -> Result<(i64, ExternalCaseId), Error> {
    let parsed = text.split_once(':').and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    parsed.ok_or_else(|| {
        let refusal = Refusal::new("wrong_page_mark", "翻页标记无效", "the page mark is not one of ours");
        Error::invalid(refusal.at("after"))
    })
}
