//! What a search found, as it crosses HTTP.

use contract::rma::{ExactHit, FoundCustomer, FoundKind, FoundOrder, FoundSku, OrderBrief, SearchResult};
use domain::Text;
use operations::definitions::Definitions;
use operations::order::search::OrderHit;
use operations::search::{Exact, Found};
use operations::{Actor, Conn, Error};

use crate::rma_view;

/// All of it.
pub(crate) fn found(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    found: Found,
) -> Result<SearchResult, Error> {
    Ok(SearchResult {
        rmas: rma_view::listed(conn, definitions, actor, found.cases)?,
        orders: found.orders.into_iter().map(order).collect(),
        customers: found
            .customers
            .into_iter()
            .map(|row| FoundCustomer { id: row.id, customer_no: row.customer_no, name: row.name })
            .collect(),
        skus: found
            .skus
            .into_iter()
            .map(|row| FoundSku { id: row.id, code: row.code, name: Text::new(row.name, row.name_en) })
            .collect(),
        exact: found.exact.into_iter().map(exact).collect(),
    })
}

fn order(hit: OrderHit) -> FoundOrder {
    let order = OrderBrief {
        id: hit.id,
        number: hit.number,
        ordered_at: hit.ordered_at,
        shipped_at: None,
        delivered_at: hit.delivered_at,
    };
    FoundOrder { shop: hit.shop_id, order }
}

fn exact(hit: Exact) -> ExactHit {
    let (kind, id) = match hit {
        Exact::Case(id) => (FoundKind::Rma, id.to_string()),
        Exact::Order(id) => (FoundKind::Order, id.to_string()),
        Exact::Customer(id) => (FoundKind::Customer, id.to_string()),
        Exact::Sku(id) => (FoundKind::Sku, id.to_string()),
    };
    ExactHit { kind, id }
}
