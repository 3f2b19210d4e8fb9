//! What verbs record. Each event is hashed into the chain; its payload stands apart so that it can be erased.

use domain::{EventKind, RmaId, ShopId, WarehouseId};
use serde_json::Value as Json;

/// An event before it is written.
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The case it belongs to.
    pub rma: Option<RmaId>,
    /// What else it is about: the table's name and the row.
    pub subject: (&'static str, i64),
    /// Where.
    pub shop: Option<ShopId>,
    /// Where.
    pub warehouse: Option<WarehouseId>,
    /// At which flow node; rules may listen to one.
    pub node: Option<String>,
    /// Details; ids and field names, personal values only here.
    pub payload: Json,
}

impl Event {
    /// An event of a kind, about nothing yet.
    #[must_use]
    pub const fn new(kind: EventKind) -> Self {
        Self { kind, rma: None, subject: ("", 0), shop: None, warehouse: None, node: None, payload: Json::Null }
    }
    /// On a case.
    #[must_use]
    pub const fn rma(mut self, rma: RmaId) -> Self {
        self.rma = Some(rma);
        self
    }
    /// About a row.
    #[must_use]
    pub const fn about(mut self, table: &'static str, id: i64) -> Self {
        self.subject = (table, id);
        self
    }
    /// At a shop and warehouse.
    #[must_use]
    pub const fn at(mut self, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> Self {
        self.shop = shop;
        self.warehouse = warehouse;
        self
    }
    /// At a flow node.
    #[must_use]
    pub fn node(mut self, node: &str) -> Self {
        self.node = Some(node.to_owned());
        self
    }
    /// With details.
    #[must_use]
    pub fn with(mut self, payload: Json) -> Self {
        self.payload = payload;
        self
    }
}
