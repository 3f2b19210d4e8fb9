//! The facts of a case as expressions and messages see them: of a case that is stored, or of one that is being filed.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use domain::state::{Origin, Verdict};
use domain::{Lang, Money, ShopId, Text, Timestamp, WarehouseId};
use engine::expr::Scope;
use engine::facts::{Fact, Facts};
use engine::value::Value;
use store::Conn;
use store::case_facts::{LineFacts, OrderFacts};
use store::rma::RmaRow;

use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::masters::Masters;

/// What the facts of a case are made of.
pub(crate) struct CaseInput<'a> {
    pub(crate) masters: &'a Masters,
    pub(crate) actor: &'a Actor,
    pub(crate) now: Timestamp,
    pub(crate) shop: ShopId,
    pub(crate) warehouse: Option<WarehouseId>,
    pub(crate) origin: Origin,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) refund: Money,
    pub(crate) order: Option<&'a OrderFacts>,
    /// When the goods in question arrived, if their shipment says so.
    pub(crate) delivered_at: Option<Timestamp>,
    pub(crate) lines: &'a [LineFacts],
    pub(crate) buyer_tags: &'a [String],
    pub(crate) photos: i64,
    pub(crate) form: BTreeMap<String, Value>,
    /// The language of names and addresses.
    pub(crate) lang: Lang,
}

/// Works all facts out that follow from lines, order, buyer and place.
pub(crate) fn facts(input: CaseInput<'_>) -> Facts {
    let offset_minutes = input.masters.offset_minutes(input.shop, input.now);
    let mut facts = Facts::at(input.now, offset_minutes);
    put_lines(&mut facts, &input);
    put_order(&mut facts, &input, offset_minutes);
    put_place(&mut facts, &input);
    facts.set(Fact::Origin, input.origin.as_str());
    facts.set(Fact::Verdict, input.verdict.map(Verdict::as_str));
    facts.set(Fact::Refund, input.refund);
    facts.set(Fact::BuyerTags, Value::texts(input.buyer_tags.iter().cloned()));
    facts.set(Fact::HasPhotos, input.photos > 0);
    let roles = input.actor.grants.iter().map(|grant| grant.role.clone());
    facts.set(Fact::ActorRoles, Value::texts(roles));
    facts.set(Fact::ActorName, input.actor.name.as_str());
    facts.form = input.form;
    facts
}

fn put_lines(facts: &mut Facts, input: &CaseInput<'_>) {
    let mut kinds: Vec<&str> = Vec::new();
    let mut categories: Vec<&str> = Vec::new();
    for line in input.lines {
        if !kinds.contains(&line.kind.as_str()) {
            kinds.push(line.kind.as_str());
        }
        if !categories.contains(&line.category.as_str()) {
            categories.push(&line.category);
        }
    }
    let only = |all: &[&str]| match all {
        [one] => Value::from(*one),
        _ => Value::Blank,
    };
    facts.set(Fact::Kind, only(&kinds));
    facts.set(Fact::Category, only(&categories));
    facts.set(Fact::Kinds, Value::texts(kinds));
    facts.set(Fact::Categories, Value::texts(categories));
    let reason = input.lines.first().and_then(|line| line.reason_id).and_then(|id| input.masters.reason(id));
    let group = reason.and_then(|reason| reason.parent_id).and_then(|id| input.masters.reason(id));
    let path = [group, reason].into_iter().flatten();
    facts.set(Fact::ReasonPath, Value::texts(path.clone().map(|step| step.code.clone())));
    facts.set(Fact::Reason, reason.map(|reason| reason.code.as_str()));
    for step in path {
        facts.name("reason", step.code.clone(), step.name.clone());
    }
    facts.set(Fact::Resalable, input.lines.iter().all(|line| line.resalable));
    facts.set(Fact::Quantity, input.lines.iter().map(|line| line.quantity).sum::<i64>());
    facts.set(Fact::LineCount, i64::try_from(input.lines.len()).unwrap_or(i64::MAX));
}

fn put_order(facts: &mut Facts, input: &CaseInput<'_>, offset: i32) {
    let today = input.now.local_date(offset);
    let order = input.order;
    let delivered_at = input.delivered_at.or_else(|| order.and_then(|order| order.delivered_at));
    let shipped_at = order.and_then(|order| order.shipped_at);
    let ordered_at = order.map(|order| order.ordered_at);
    let mut day = |on: Fact, since: Fact, at: Option<Timestamp>| {
        let date = at.map(|at| at.local_date(offset));
        facts.set(on, date);
        facts.set(since, date.map(|date| today.days() - date.days()));
    };
    day(Fact::OrderedOn, Fact::DaysSinceOrder, ordered_at);
    day(Fact::ShippedOn, Fact::DaysSinceShipping, shipped_at);
    day(Fact::DeliveredOn, Fact::DaysSinceDelivery, delivered_at);
    facts.set(Fact::Shipped, shipped_at.is_some());
    facts.set(Fact::Delivered, delivered_at.is_some());
    facts.set(Fact::OrderNumbers, Value::texts(order.map(|order| order.number.clone())));
}

fn put_place(facts: &mut Facts, input: &CaseInput<'_>) {
    let lang = input.lang;
    if let Ok(shop) = input.masters.shop(input.shop) {
        facts.set(Fact::Shop, shop.code.as_str());
        facts.set(Fact::Platform, shop.platform.as_str());
        facts.set(Fact::ShopTitle, shop.name.get(lang));
        facts.name("shop", shop.code.clone(), shop.name.clone());
    }
    if let Some(warehouse) = input.warehouse.and_then(|id| input.masters.warehouse(id)) {
        facts.set(Fact::Warehouse, warehouse.code.as_str());
        facts.set(Fact::WarehouseTitle, warehouse.name.get(lang));
        facts.set(Fact::ReturnAddress, warehouse.address.get(lang));
        facts.set(Fact::ReturnContact, warehouse.contact_name.as_str());
        facts.set(Fact::ReturnPhone, warehouse.contact_phone.as_str());
        facts.set(Fact::ReturnNotes, warehouse.notes.get(lang));
    }
}

/// What is stored of a case and its surroundings, as far as facts speak of it; of no language yet.
pub(crate) struct Stored {
    lines: Vec<LineFacts>,
    order: Option<OrderFacts>,
    buyer_tags: Vec<String>,
    photos: i64,
    form: BTreeMap<String, Value>,
}

impl Stored {
    /// Reads it.
    pub(crate) fn read(conn: &Conn, definitions: &Definitions, rma: &RmaRow) -> Result<Self, Error> {
        let release = definitions.release(conn, rma.release_id)?;
        Ok(Self {
            lines: store::case_facts::lines(conn, rma.id)?,
            order: match rma.order_id {
                Some(id) => store::case_facts::order(conn, id)?,
                None => None,
            },
            buyer_tags: store::case_facts::buyer_tags(conn, rma.customer_id, rma.contact_id)?,
            photos: store::attachment::count_of_rma(conn, rma.id)?,
            form: super::answers::all(conn, &release, rma)?.into_iter().collect(),
        })
    }

    /// The facts, with names and addresses in a language.
    pub(crate) fn facts(&self, masters: &Masters, actor: &Actor, now: Timestamp, rma: &RmaRow, lang: Lang) -> Facts {
        let mut facts = facts(CaseInput {
            masters,
            actor,
            now,
            shop: rma.shop_id,
            warehouse: rma.warehouse_id,
            origin: rma.origin,
            verdict: Some(rma.verdict),
            refund: Money::new(rma.refund_minor, rma.currency),
            order: self.order.as_ref(),
            delivered_at: None,
            lines: &self.lines,
            buyer_tags: &self.buyer_tags,
            photos: self.photos,
            form: self.form.clone(),
            lang,
        });
        for fact in OF_THE_ROW {
            facts.set(*fact, of_row(rma, *fact));
        }
        facts.set(Fact::Link, link(masters, rma));
        facts
    }
}

// Leads to the portal with the case's number filled in: what proves it stays with the customer, so that a message that
// goes astray opens nothing.
fn link(masters: &Masters, rma: &RmaRow) -> Value {
    let url = masters.portal(rma.shop_id).url;
    if url.is_empty() { Value::Blank } else { format!("{url}/portal?order={}", rma.number).into() }
}

/// The facts that a case's own row answers: reading nothing else decides most conditions of flows.
const OF_THE_ROW: &[Fact] = &[
    Fact::Number,
    Fact::State,
    Fact::GoodsState,
    Fact::MoneyState,
    Fact::GoodsReceived,
    Fact::Node,
    Fact::Origin,
    Fact::Verdict,
    Fact::Refund,
];

fn of_row(rma: &RmaRow, fact: Fact) -> Value {
    match fact {
        Fact::Number => rma.number.as_str().into(),
        Fact::State => rma.state.as_str().into(),
        Fact::GoodsState => rma.goods_state.as_str().into(),
        Fact::MoneyState => rma.money_state.as_str().into(),
        Fact::GoodsReceived => rma.received_at.is_some().into(),
        Fact::Node => rma.stage.as_str().into(),
        Fact::Origin => rma.origin.as_str().into(),
        Fact::Verdict => rma.verdict.as_str().into(),
        Fact::Refund => Money::new(rma.refund_minor, rma.currency).into(),
        _ => Value::Blank,
    }
}

/// Facts of a stored case, read when first asked for: most commands never ask.
pub(crate) struct LazyFacts<'a> {
    conn: &'a Conn,
    definitions: &'a Definitions,
    actor: &'a Actor,
    now: Timestamp,
    rma: &'a RmaRow,
    facts: OnceCell<Option<Facts>>,
    failure: OnceCell<Error>,
}

impl<'a> LazyFacts<'a> {
    /// Nothing is read yet.
    pub(crate) const fn new(
        conn: &'a Conn,
        definitions: &'a Definitions,
        actor: &'a Actor,
        now: Timestamp,
        rma: &'a RmaRow,
    ) -> Self {
        Self { conn, definitions, actor, now, rma, facts: OnceCell::new(), failure: OnceCell::new() }
    }

    /// What went wrong while reading; an expression cannot carry it.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn finish(self) -> Result<(), Error> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    fn facts(&self) -> Option<&Facts> {
        let read = || match Stored::read(self.conn, self.definitions, self.rma) {
            Ok(stored) => {
                let masters = &self.definitions.masters;
                Some(stored.facts(masters, self.actor, self.now, self.rma, self.actor.lang))
            }
            Err(error) => {
                // Only the first failure matters; the cell is empty until then.
                let _ = self.failure.set(error);
                None
            }
        };
        self.facts.get_or_init(read).as_ref()
    }
}

impl Scope for LazyFacts<'_> {
    fn get(&self, path: &str) -> Option<Cow<'_, Value>> {
        match Fact::parse(path).filter(|fact| OF_THE_ROW.contains(fact)) {
            Some(fact) => Some(Cow::Owned(of_row(self.rma, fact))),
            None => self.facts()?.get(path),
        }
    }
    fn offset_minutes(&self) -> i32 {
        self.definitions.masters.offset_minutes(self.rma.shop_id, self.now)
    }
    fn title(&self, what: &str, code: &str) -> Option<Text> {
        self.facts()?.title(what, code)
    }
}
