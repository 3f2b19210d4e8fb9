//! Canned answers as a case fills them, with no more of it than its page shows the reader.

use domain::canned::{self, CannedUse, Place};
use domain::{CannedAnswerId, Lang, Money, Permission, RmaId, Text, Timestamp};
use engine::value::{Value, say_money};
use store::Conn;
use store::rma::RmaRow;

use super::for_customer::writes_english;
use super::view::sees_prices;
use crate::actor::Actor;
use crate::definitions::Definitions;
use crate::error::Error;
use crate::gate::{Sight, sight};

/// Most articles named in a text.
const MAX_GOODS: usize = 3;

/// A canned answer, filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Its id.
    pub id: CannedAnswerId,
    /// What is typed to find it.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The words.
    pub text: Text,
    /// Places without a value that the reader may see; their names stand in brackets.
    pub missing: Vec<Place>,
}

/// The canned answers that fit a case and a use, filled; and whether its customer writes English.
///
/// # Errors
/// `NotFound`, also for a case out of the reader's scope.
pub fn of_case(
    conn: &Conn,
    definitions: &Definitions,
    actor: &Actor,
    now: Timestamp,
    id: RmaId,
    used: CannedUse,
) -> Result<(Vec<Filled>, bool), Error> {
    let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
    if !actor.may(Permission::RmaView, Some(rma.shop_id), rma.warehouse_id) {
        return Err(Error::NotFound("rma"));
    }
    let mut rows = store::canned_answer::all(conn)?;
    rows.retain(|row| row.active && row.is_for(used) && row.shop_id.is_none_or(|shop| shop == rma.shop_id));
    let values = Values::read(conn, definitions, actor, now, &rma)?;
    let filled = rows.into_iter().map(|row| {
        let (zh, mut missing) = canned::fill(&row.text.zh, Lang::Zh, |place| values.of(place, Lang::Zh));
        let (en, also) = canned::fill(&row.text.en, Lang::En, |place| values.of(place, Lang::En));
        missing.extend(also);
        missing.sort_unstable();
        missing.dedup();
        Filled { id: row.id, code: row.code, title: row.title, text: Text::new(zh, en), missing }
    });
    let filled = filled.collect();
    let notes = store::note::of_rma(conn, id)?;
    let own = notes.iter().filter(|note| note.author == "customer").map(|note| note.body.as_str());
    Ok((filled, writes_english(own)))
}

/// What a case has for each place, as far as the reader may see it whole: half a name is of no use to a customer.
struct Values {
    case: String,
    order: Option<String>,
    shop: Text,
    customer: Option<String>,
    goods: Text,
    refund: Option<Money>,
    deadline: Option<Timestamp>,
    offset_minutes: i32,
    address: Text,
}

impl Values {
    fn read(
        conn: &Conn,
        definitions: &Definitions,
        actor: &Actor,
        now: Timestamp,
        rma: &RmaRow,
    ) -> Result<Self, Error> {
        let masters = &definitions.masters;
        let place = (Some(rma.shop_id), rma.warehouse_id);
        let sees_name = sight(definitions, actor, Permission::RmaView, place, "contact.name") == Sight::Whole;
        let contact = match rma.contact_id.filter(|_| sees_name) {
            Some(id) => store::contact::find(conn, id)?,
            None => None,
        };
        let order = match rma.order_id {
            Some(id) => store::case_facts::order(conn, id)?,
            None => None,
        };
        let priced = sees_prices(definitions, actor, rma) && rma.refund_minor > 0;
        // A date that has passed is no promise any more.
        let deadline = rma.due_at.filter(|due| !rma.state.is_final() && *due > now);
        let warehouse = rma.warehouse_id.and_then(|id| masters.warehouse(id));
        Ok(Self {
            case: rma.number.clone(),
            order: order.map(|order| order.number),
            shop: masters.shop(rma.shop_id).map(|shop| shop.name.clone()).unwrap_or_default(),
            customer: contact.and_then(|contact| contact.name),
            goods: goods(conn, rma.id)?,
            refund: priced.then(|| Money::new(rma.refund_minor, rma.currency)),
            deadline,
            offset_minutes: masters.offset_minutes(rma.shop_id, now),
            address: warehouse.map(address).unwrap_or_default(),
        })
    }

    fn of(&self, place: Place, lang: Lang) -> Option<String> {
        match place {
            Place::Case => Some(self.case.clone()),
            Place::Order => self.order.clone(),
            Place::Shop => Some(self.shop.get(lang).to_owned()),
            Place::Customer => self.customer.clone(),
            Place::Goods => Some(self.goods.get(lang).to_owned()),
            Place::Refund => self.refund.map(say_money),
            Place::Deadline => self.deadline.map(|due| Value::DateTime(due).say(lang, self.offset_minutes)),
            Place::Address => Some(self.address.get(lang).to_owned()),
        }
    }
}

fn goods(conn: &Conn, id: RmaId) -> Result<Text, Error> {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for line in store::rma_line::of_rma(conn, id)?.iter().filter(|line| !line.undeclared).take(MAX_GOODS) {
        let Some(sku) = line.sku_id else { continue };
        if let Some(sku) = store::sku::find(conn, sku)? {
            let name = Text::new(sku.name, sku.name_en);
            zh.push(format!("{} ×{}", name.get(Lang::Zh), line.requested));
            en.push(format!("{} ×{}", name.get(Lang::En), line.requested));
        }
    }
    Ok(Text::new(zh.join("、"), en.join(", ")))
}

fn address(warehouse: &store::master::WarehouseRow) -> Text {
    let whole = |lang| {
        let parts = [warehouse.address.get(lang), &warehouse.contact_name, &warehouse.contact_phone];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    // A name and a phone alone are no address.
    if warehouse.address.get(Lang::Zh).is_empty() {
        return Text::default();
    }
    Text::new(whole(Lang::Zh), whole(Lang::En))
}
