//! Who acts: a person, a token, a customer, a rule or the system, with rights and their scope.

use domain::{DeviceId, Lang, OrderId, Permission, PersonId, RmaId, ShiftId, ShopId, TokenId, WarehouseId};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A signed-in person.
    Person(PersonId),
    /// Another system with a bearer token.
    Token(TokenId),
    /// A customer with a token for one case, or none yet.
    Customer(Option<RmaId>),
    /// The program itself: timers, deliveries, the command line on the server's own socket.
    System,
}

/// One role with its scope. `None` means all shops or all warehouses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role's id in the template.
    pub role: String,
    /// Only this shop.
    pub shop: Option<ShopId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// What the role may do, one bit per `Permission`.
    pub permissions: u64,
}

/// The station an operator acts at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AtStation {
    /// The station.
    pub device: DeviceId,
    /// Where it stands.
    pub warehouse: WarehouseId,
    /// The operator's stay at it.
    pub shift: ShiftId,
}

/// Who acts, with the rights as they were when the request began.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub kind: ActorKind,
    /// Shown on timelines.
    pub name: String,
    /// The reader's language.
    pub lang: Lang,
    /// Roles in scope.
    pub grants: Vec<Grant>,
    /// The order that a customer has proven; nobody else has one.
    pub order: Option<OrderId>,
    /// The station, for an operator signed in by badge and PIN: `grants` are narrowed to it.
    pub station: Option<AtStation>,
}

/// The bit of a permission in `Grant::permissions`.
#[must_use]
pub const fn permission_bit(permission: Permission) -> u64 {
    1 << (permission as u32)
}

/// Whose files are that came with the link to a case.
#[must_use]
pub fn uploader_of_case(rma: RmaId) -> String {
    format!("customer:case:{rma}")
}

/// Whose files are that came with the proof of an order.
#[must_use]
pub fn uploader_of_order(order: OrderId) -> String {
    format!("customer:order:{order}")
}

impl Actor {
    /// The program itself: everything is allowed, everywhere.
    #[must_use]
    pub fn system() -> Self {
        let all = Grant { role: String::new(), shop: None, warehouse: None, permissions: u64::MAX };
        Self {
            kind: ActorKind::System,
            name: "system".to_owned(),
            lang: Lang::Zh,
            grants: vec![all],
            order: None,
            station: None,
        }
    }
    /// A customer on the portal: no staff right at all.
    #[must_use]
    pub fn customer(rma: Option<RmaId>, lang: Lang) -> Self {
        Self {
            kind: ActorKind::Customer(rma),
            name: "customer".to_owned(),
            lang,
            grants: Vec::new(),
            order: None,
            station: None,
        }
    }
    /// A customer who has proven an order.
    #[must_use]
    pub fn buyer(order: OrderId, lang: Lang) -> Self {
        Self { order: Some(order), ..Self::customer(None, lang) }
    }
    /// The person's id, when a person acts.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self.kind {
            ActorKind::Person(person) => Some(person),
            _ => None,
        }
    }
    /// Whether some role grants `permission` at this shop and warehouse. A place that is not known yet (`None`)
    /// is only covered by a role without that restriction.
    #[must_use]
    pub fn may(&self, permission: Permission, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> bool {
        self.grants.iter().any(|grant| {
            grant.permissions & permission_bit(permission) != 0
                && (grant.shop.is_none() || grant.shop == shop)
                && (grant.warehouse.is_none() || grant.warehouse == warehouse)
        })
    }
    /// Whether some role grants `permission` anywhere.
    #[must_use]
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| grant.permissions & permission_bit(permission) != 0)
    }
    /// Whether the actor holds `role` at this shop and warehouse.
    #[must_use]
    pub fn holds(&self, role: &str, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> bool {
        self.grants.iter().any(|grant| {
            grant.role == role
                && (grant.shop.is_none() || shop.is_none() || grant.shop == shop)
                && (grant.warehouse.is_none() || warehouse.is_none() || grant.warehouse == warehouse)
        })
    }
    /// Who wrote, filed or uploaded, as rows name them: `person:12`; customers are one.
    #[must_use]
    pub fn author(&self) -> String {
        match self.stored() {
            (kind @ "customer", _) => kind.to_owned(),
            (kind, id) => format!("{kind}:{id}"),
        }
    }
    /// Whose a file is until it belongs to a case. Customers are told apart by what they have proven: one must not take
    /// another's file.
    #[must_use]
    pub fn uploader(&self) -> String {
        match (self.kind, self.order) {
            (ActorKind::Customer(Some(rma)), _) => uploader_of_case(rma),
            (ActorKind::Customer(None), Some(order)) => uploader_of_order(order),
            _ => self.author(),
        }
    }
    /// The words `event.actor_kind` and idempotency keys are stored under, with the id.
    #[must_use]
    pub fn stored(&self) -> (&'static str, i64) {
        match self.kind {
            ActorKind::Person(person) => ("person", person.get()),
            ActorKind::Token(token) => ("token", token.get()),
            ActorKind::Customer(rma) => ("customer", rma.map_or(0, RmaId::get)),
            ActorKind::System => ("system", 0),
        }
    }
}
