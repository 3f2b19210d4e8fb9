//! The lists, all in one order by age, and how many are in each: the same question answers both, so that a number is the
//! length of the list behind it.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use domain::state::ParcelState;
use domain::{CarrierId, ParcelId, PersonId, RmaId, ShopId, TaskId, Text, Timestamp, WarehouseId};
use store::Conn;
use store::exception::{Found, Kind, Narrowed, Source, Subject};
pub use store::parcel::ParcelCase;
use store::rma::RmaRow;
use store::scope::RowScope;

use super::settings::{Cutoffs, Settings};
use crate::actor::Actor;
use crate::error::Error;
use crate::person::names::Names;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only at this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only of this shop.
    pub shop: Option<ShopId>,
    /// Only of this person; `Some(None)` is nobody's.
    pub owner: Option<Option<PersonId>>,
    /// Only of this age, counted from the youngest.
    pub age: Option<usize>,
}

/// A place in the order of all lists: as old as this, in this list, behind this row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    since: Timestamp,
    source: usize,
    id: i64,
}

impl Display for After {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}.{}.{}", self.since.ms(), self.source, self.id)
    }
}

impl FromStr for After {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().and_then(|part| part.parse::<i64>().ok()).ok_or(());
        let (since, source, id) = (next()?, next()?, next()?);
        let source = usize::try_from(source).ok().filter(|source| *source < Source::ALL.len()).ok_or(())?;
        Ok(Self { since: Timestamp::from_ms(since), source, id })
    }
}

impl After {
    // Where the page of a list begins: lists that come before this one are through with what is as old.
    fn of(self, source: usize) -> Found {
        let id = if source == self.source { self.id } else { i64::MAX };
        let earlier = if source > self.source { 1 } else { 0 };
        Found { id, since: Timestamp::from_ms(self.since.ms().saturating_sub(earlier)) }
    }
}

/// Something that stands still or does not fit.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its place in the order.
    pub at: After,
    /// What is wrong.
    pub kind: Kind,
    /// What it is.
    pub subject: Subject,
    /// The row's id.
    pub id: i64,
    /// Since when.
    pub since: Timestamp,
    /// The parcel's waybill.
    pub waybill: Option<String>,
    /// Where the parcel stands.
    pub state: Option<ParcelState>,
    /// Who brings it.
    pub carrier: Option<CarrierId>,
    /// Where.
    pub warehouse: Option<WarehouseId>,
    /// Its cases, of shops that the reader reaches.
    pub cases: Vec<ParcelCase>,
    /// What the case is about, or the to-do.
    pub words: Option<Text>,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// When somebody wants to look again.
    pub next_follow_up_at: Option<Timestamp>,
    /// What somebody wrote on it.
    pub note: String,
    /// Weighed, in grams.
    pub weight_grams: Option<i64>,
    /// What it should weigh, in grams.
    pub expected_grams: Option<i64>,
}

/// A page with the names of the persons in it.
#[derive(Clone, Debug, Default)]
pub struct Items {
    /// Oldest first.
    pub items: Vec<Item>,
    /// Whose they are.
    pub names: Names,
}

/// How many of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What is wrong.
    pub kind: Kind,
    /// By age, the youngest first.
    pub ages: Vec<i64>,
}

// A list narrowed to what is asked for; `None` when it has no part in the answer.
fn narrowed<'s>(
    asked: &Asked,
    settings: &Settings,
    now: Timestamp,
    source: Source,
    scope: &'s RowScope,
) -> Option<Narrowed<'s>> {
    if *scope == RowScope::Nothing || asked.kind.is_some_and(|kind| kind != source.kind) {
        return None;
    }
    let (from, until) = match asked.age {
        Some(age) => settings.age(now, age),
        None => (Timestamp::from_ms(i64::MIN), now),
    };
    let until = until.min(cutoff(settings.cutoffs(now), now, source.kind));
    let Asked { warehouse, shop, owner, .. } = *asked;
    Some(Narrowed { scope, warehouse, shop, owner, from, until })
}

const fn cutoff(cutoffs: Cutoffs, now: Timestamp, kind: Kind) -> Timestamp {
    match kind {
        Kind::Silent => cutoffs.silent,
        Kind::Unopened => cutoffs.unopened,
        Kind::Uncounted => cutoffs.uncounted,
        Kind::Unidentified | Kind::WeightGap | Kind::CarrierSigned | Kind::FollowUp | Kind::Conflict => now,
    }
}

/// A page over all lists, oldest first.
///
/// # Errors
/// The store's.
pub fn page(
    conn: &Conn,
    actor: &Actor,
    now: Timestamp,
    asked: &Asked,
    after: Option<After>,
    limit: u32,
) -> Result<Items, Error> {
    let settings = super::settings::read(conn)?;
    let mut found = Vec::new();
    for (at, source) in Source::ALL.into_iter().enumerate() {
        let scope = super::rows(actor, source);
        let Some(narrowed) = narrowed(asked, &settings, now, source, &scope) else { continue };
        let rows = store::exception::page(conn, source, &narrowed, after.map(|after| after.of(at)), limit)?;
        found.extend(rows.into_iter().map(|row| (After { since: row.since, source: at, id: row.id }, source)));
    }
    found.sort_unstable_by_key(|(at, _)| (at.since, at.source, at.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut items = Vec::with_capacity(found.len());
    for (at, source) in found {
        items.extend(item(conn, actor, at, source)?);
    }
    let names = Names::read(conn, items.iter().filter_map(|item| item.owner))?;
    Ok(Items { items, names })
}

/// How many there are of each kind and age. Kinds that the actor sees nothing of are left out.
///
/// # Errors
/// The store's.
pub fn counts(conn: &Conn, actor: &Actor, now: Timestamp, asked: &Asked) -> Result<Vec<Count>, Error> {
    let settings = super::settings::read(conn)?;
    let mut counts = Vec::new();
    for kind in Kind::ALL {
        let mut ages = vec![0; settings.ages()];
        let mut seen = false;
        for source in Source::ALL.into_iter().filter(|source| source.kind == kind) {
            let scope = super::rows(actor, source);
            for (age, count) in ages.iter_mut().enumerate() {
                let asked = Asked { kind: Some(kind), age: Some(age), ..asked.clone() };
                let Some(narrowed) = narrowed(&asked, &settings, now, source, &scope) else { continue };
                seen = true;
                *count += store::exception::count(conn, source, &narrowed)?;
            }
        }
        if seen {
            counts.push(Count { kind, ages });
        }
    }
    Ok(counts)
}

fn item(conn: &Conn, actor: &Actor, at: After, source: Source) -> Result<Option<Item>, Error> {
    match source.subject {
        Subject::Parcel => of_parcel(conn, actor, at, source),
        Subject::Rma => {
            let rma = store::rma::find(conn, RmaId::from_raw(at.id))?;
            Ok(rma.map(|rma| of_case(at, source, &rma)))
        }
        Subject::Task => {
            let Some(task) = store::task::find(conn, TaskId::from_raw(at.id))? else { return Ok(None) };
            let rma = task.rma_id.map(|rma| store::rma::find(conn, rma)).transpose()?.flatten();
            Ok(rma.map(|rma| Item { words: Some(task.title), owner: task.assignee_id, ..of_case(at, source, &rma) }))
        }
    }
}

fn of_parcel(conn: &Conn, actor: &Actor, at: After, source: Source) -> Result<Option<Item>, Error> {
    let id = ParcelId::from_raw(at.id);
    let Some(parcel) = store::parcel::find(conn, id)? else { return Ok(None) };
    let scope = super::rows(actor, source);
    let mut cases = store::parcel::cases(conn, id)?;
    cases.retain(|case| scope.touches(Some(case.shop_id), parcel.warehouse_id));
    let facts = store::exception::facts(conn, id)?;
    Ok(Some(Item {
        at,
        kind: source.kind,
        subject: source.subject,
        id: at.id,
        since: at.since,
        waybill: Some(parcel.waybill),
        state: Some(parcel.state),
        carrier: parcel.carrier_id,
        warehouse: parcel.warehouse_id,
        cases,
        words: None,
        owner: parcel.owner_id,
        next_follow_up_at: parcel.next_follow_up_at,
        note: parcel.note,
        weight_grams: parcel.weight_grams,
        expected_grams: facts.expected_grams,
    }))
}

fn of_case(at: After, source: Source, rma: &RmaRow) -> Item {
    let case = ParcelCase { rma_id: rma.id, number: rma.number.clone(), state: rma.state, shop_id: rma.shop_id };
    Item {
        at,
        kind: source.kind,
        subject: source.subject,
        id: at.id,
        since: at.since,
        waybill: None,
        state: None,
        carrier: None,
        warehouse: rma.warehouse_id,
        cases: vec![case],
        words: Some(Text::new(rma.summary.clone(), rma.summary.clone())),
        owner: rma.owner_id,
        next_follow_up_at: rma.next_follow_up_at,
        note: String::new(),
        weight_grams: None,
        expected_grams: None,
    }
}

/// Whom the actor can give something to: persons whose role has to do with it, at a place that the actor reaches.
///
/// # Errors
/// The store's.
pub fn colleagues(
    conn: &Conn,
    definitions: &crate::definitions::Definitions,
    actor: &Actor,
) -> Result<Vec<(PersonId, String)>, Error> {
    let release = definitions.current()?;
    let roles = &release.template.template().roles;
    let fits = |permissions: &[domain::Permission]| super::SEE.iter().any(|one| permissions.contains(one));
    let roles: Vec<&str> = roles.iter().filter(|role| fits(&role.permissions)).map(|role| role.id.as_str()).collect();
    let scope = crate::gate::rows_any(actor, &super::SEE);
    Ok(store::exception::colleagues(conn, &scope, &roles)?)
}
