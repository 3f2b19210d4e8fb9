//! Look-ups while a file is read, on reading connections: shops, articles, orders. Memory is bounded: caches begin anew
//! when they are full, and the rows of one order stand together in most files.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Currency, OrderId, ShopId, SkuId, Text};
use jiff::tz::TimeZone;
use store::Lane;
use store::master::ShopRow;

use super::driver::undone;
use super::mapping::{Options, PERMISSION};
use super::problem::Problem;
use crate::actor::Actor;
use crate::app::App;
use crate::error::{Error, Refusal};
use crate::master::shop::{SaveShop, save};
use crate::run::Call;

/// Shops that one run makes at most: more are a column that holds something else.
const NEW_SHOPS_MAX: usize = 200;
/// Articles remembered at most: about 10 MiB.
const SKUS_MAX: usize = 65_536;

/// A shop as rows need it.
#[derive(Clone, Debug)]
pub(super) struct ShopRef {
    pub(super) id: ShopId,
    pub(super) code: Arc<str>,
    pub(super) currency: Currency,
    pub(super) zone: TimeZone,
    /// Whether a dry run would make it: nothing of it can be there yet.
    pub(super) is_planned: bool,
}

/// The shops that a dry run would make. Its slices make them as they begin and take them back with all the rest, so that
/// their rows are tried as they would be.
#[derive(Clone, Debug, Default)]
pub(super) struct PlannedShops(Arc<Mutex<Vec<ShopRow>>>);

impl PlannedShops {
    /// Those known so far, at most `NEW_SHOPS_MAX`.
    pub(super) fn all(&self) -> Vec<ShopRow> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An article as rows need it.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkuRef {
    pub(super) id: SkuId,
    pub(super) is_bundle: bool,
}

/// An order as rows need it.
#[derive(Clone, Debug)]
pub(super) struct OrderRef {
    pub(super) id: OrderId,
    pub(super) shop: ShopRef,
    pub(super) currency: Currency,
    pub(super) is_shipped: bool,
    /// Whether another system keeps it through the API: files do not change it.
    pub(super) is_kept: bool,
}

pub(super) type Looked<T> = Result<Result<T, Problem>, Error>;

/// The order asked for last, by number and shop, and what came of it: lines of one order stand together.
type LastOrder = ((String, Option<ShopId>), Result<Arc<OrderRef>, Problem>);

pub(super) struct Resolver {
    app: App,
    actor: Arc<Actor>,
    options: Options,
    /// Where shops that would be made are noted; none when they are made.
    planned: Option<PlannedShops>,
    zone: TimeZone,
    /// Shops made or planned by this run.
    made: usize,
    shops: HashMap<String, Result<ShopRef, Problem>>,
    skus: HashMap<String, Option<SkuRef>>,
    last_order: Option<LastOrder>,
}

impl Resolver {
    pub(super) fn new(app: &App, actor: &Arc<Actor>, options: &Options, planned: Option<PlannedShops>) -> Self {
        Self {
            app: app.clone(),
            actor: Arc::clone(actor),
            options: options.clone(),
            planned,
            zone: TimeZone::get(&options.zone).unwrap_or(TimeZone::UTC),
            made: 0,
            shops: HashMap::new(),
            skus: HashMap::new(),
            last_order: None,
        }
    }

    /// The currency of amounts that belong to no shop.
    pub(super) const fn currency(&self) -> Currency {
        self.options.currency
    }

    /// The shop that a row names, or the one given for all rows; none when neither is there.
    pub(super) fn optional_shop(&mut self, named: &str) -> Looked<Option<ShopRef>> {
        let name = if named.is_empty() { self.options.shop.clone().unwrap_or_default() } else { named.to_owned() };
        if name.is_empty() {
            return Ok(Ok(None));
        }
        if let Some(known) = self.shops.get(&name) {
            return Ok(known.clone().map(Some));
        }
        let found = self.look_up_shop(&name)?;
        self.shops.insert(name, found.clone());
        Ok(found.map(Some))
    }

    /// The same where a shop is needed.
    pub(super) fn shop(&mut self, named: &str) -> Looked<ShopRef> {
        Ok(self.optional_shop(named)?.and_then(|shop| shop.ok_or_else(Problem::no_shop)))
    }

    fn look_up_shop(&mut self, name: &str) -> Looked<ShopRef> {
        let definitions = self.app.definitions();
        let masters = &definitions.masters;
        let named = |shop: &&store::master::ShopRow| shop.name.zh == name || shop.name.en == name;
        let found = masters.shop_by_code(name).or_else(|| masters.shops().iter().find(named));
        let (shop, is_planned) = match found {
            Some(shop) => (shop.clone(), false),
            None if self.options.create_shops && self.made >= NEW_SHOPS_MAX => {
                return Ok(Err(Problem::too_many_shops(name, NEW_SHOPS_MAX)));
            }
            None if self.options.create_shops => match self.make_shop(name) {
                Ok(shop) => (shop, self.planned.is_some()),
                Err(Error::Invalid(refusal) | Error::Conflict(refusal)) => {
                    return Ok(Err(Problem::unusable_shop(name, &refusal)));
                }
                Err(error) => return Err(error),
            },
            None => return Ok(Err(Problem::unknown_shop(name))),
        };
        if !self.actor.may(PERMISSION, Some(shop.id), None) {
            return Ok(Err(Problem::forbidden()));
        }
        let zone = TimeZone::get(&shop.zone).unwrap_or_else(|_| self.zone.clone());
        Ok(Ok(ShopRef { id: shop.id, code: shop.code.into(), currency: shop.currency, zone, is_planned }))
    }

    fn make_shop(&mut self, name: &str) -> Result<ShopRow, Error> {
        // Later files name it by its name; a code has no spaces.
        let code = name.split_whitespace().collect::<Vec<_>>().join("-");
        if let Some(planned) = &self.planned {
            let planned = planned.all();
            if let Some(known) = planned.iter().find(|shop| shop.code == name || shop.name.zh == name) {
                return Ok(known.clone());
            }
            if planned.iter().any(|shop| shop.code == code) {
                return Err(Error::conflict(Refusal::new("code_taken", "编码已被使用", "the code is taken")));
            }
        }
        let new = SaveShop {
            id: None,
            version: 0,
            code,
            name: Text::new(name, name),
            platform: "own".to_owned(),
            currency: self.options.currency,
            zone: self.options.zone.clone(),
            warehouse_id: None,
            calendar_id: None,
            active: true,
        };
        let call = Call { actor: Arc::clone(&self.actor), verb: "master.shop", key: None, lane: Lane::Bulk };
        let dry = self.planned.is_some();
        let shop = {
            let new = new.clone();
            self.app.run_blocking(call, move |tx, ctx| {
                if dry { undone(tx, ctx, |tx, ctx| Ok(save(tx, ctx, &new)?.id)) } else { Ok(save(tx, ctx, &new)?.id) }
            })?
        };
        self.made += 1;
        let id = ShopId::from_raw(shop.value);
        let Some(planned) = &self.planned else { return self.app.definitions().masters.shop(id).cloned() };
        let shop = ShopRow {
            id,
            code: new.code,
            name: new.name,
            platform: new.platform,
            currency: new.currency,
            zone: new.zone,
            warehouse_id: None,
            calendar_id: None,
            active: true,
            version: 1,
        };
        planned.0.lock().unwrap_or_else(PoisonError::into_inner).push(shop.clone());
        Ok(shop)
    }

    /// The article with a code, if there is one.
    pub(super) fn optional_sku(&mut self, code: &str) -> Result<Option<SkuRef>, Error> {
        if let Some(known) = self.skus.get(code) {
            return Ok(*known);
        }
        let found = self.app.read(|conn| {
            let Some(id) = store::sku::id_of_code(conn, code)? else { return Ok(None) };
            Ok(Some(SkuRef { id, is_bundle: !store::sku::parts(conn, id)?.is_empty() }))
        })?;
        if self.skus.len() >= SKUS_MAX {
            self.skus.clear();
        }
        self.skus.insert(code.to_owned(), found);
        Ok(found)
    }

    /// The order with a number, at the shop if one is named.
    pub(super) fn order(&mut self, number: &str, shop: Option<&ShopRef>) -> Looked<Arc<OrderRef>> {
        let shop_id = shop.map(|shop| shop.id);
        if let Some(((last_number, last_shop), found)) = &self.last_order
            && last_number == number
            && *last_shop == shop_id
        {
            return Ok(found.clone());
        }
        let found = self.look_up_order(number, shop_id)?.map(Arc::new);
        self.last_order = Some(((number.to_owned(), shop_id), found.clone()));
        Ok(found)
    }

    fn look_up_order(&mut self, number: &str, shop: Option<ShopId>) -> Looked<OrderRef> {
        let row = self.app.read(|conn| {
            if let Some(shop) = shop {
                return Ok(store::order::by_number(conn, shop, number)?.ok_or_else(|| Problem::unknown_order(number)));
            }
            match store::order::ids_by_number(conn, number)?.as_slice() {
                [] => Ok(Err(Problem::unknown_order(number))),
                [one] => Ok(store::order::find(conn, *one)?.ok_or_else(|| Problem::unknown_order(number))),
                _ => Ok(Err(Problem::ambiguous_order(number))),
            }
        })?;
        let row = match row {
            Ok(row) => row,
            Err(problem) => return Ok(Err(problem)),
        };
        let code = self.app.definitions().masters.shop(row.shop_id)?.code.clone();
        Ok(self.shop(&code)?.map(|shop| OrderRef {
            id: row.id,
            shop,
            currency: row.currency,
            is_shipped: row.shipped_at.is_some(),
            is_kept: row.source_version > 0,
        }))
    }
}
