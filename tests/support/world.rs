//! A small merchant in a folder of its own: the shipped template, one shop, one warehouse, a person of every role, and a
//! clock that stands still until it is moved. Commands run as they do in the product: through `App::run`.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    CarrierId, Currency, GradeId, LineKind, OrderId, OrderLineId, PersonId, RmaId, RmaLineId, ShopId, Text, Timestamp,
    WarehouseId,
};
use engine::value::Value;
use operations::clock::ManualClock;
use operations::order::facts::{ContactFacts, LineFacts, OrderFacts, ShipmentFacts, ShipmentLineFacts, TenderFacts};
use operations::{Actor, ActorKind, App, Call, Ctx, Error, Grant};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{OpenOptions, Store, Tx};
use tempfile::TempDir;

/// The shipped returns template.
pub const TEMPLATE: &str = include_str!("../../app/templates/returns.yaml");
/// Monday 2026-11-23, 10:00 in the shop.
pub const NOW: Timestamp = Timestamp::from_ms(1_795_399_200_000);
/// How long a test may read, in ms: whole dumps, on a machine that is busy.
const READ_MS: u32 = 60_000;
/// A day.
pub const DAY_MS: i64 = 86_400_000;

const PEOPLE: &[(&str, &str)] = &[
    ("agent", "agent"),
    ("lead", "after_sales_lead"),
    ("clerk", "warehouse_clerk"),
    ("inspector", "inspector"),
    ("finance", "finance"),
    ("finance2", "finance"),
    ("cfo", "cfo"),
];

/// The merchant.
pub struct World {
    /// The application.
    pub app: App,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// The shop `A`.
    pub shop: ShopId,
    /// The warehouse `W`.
    pub warehouse: WarehouseId,
    /// The carrier `SF`.
    pub carrier: CarrierId,
    people: HashMap<&'static str, Arc<Actor>>,
    count: AtomicI64,
    dir: TempDir,
}

/// An order to put.
#[derive(Clone, Debug)]
pub struct Sold {
    /// Article, quantity, unit price in minor units.
    pub lines: Vec<(&'static str, i64, i64)>,
    /// Of each line, how many have left; all when absent.
    pub shipped: Option<i64>,
    /// Outbound freight, minor units.
    pub freight_minor: i64,
    /// Means of payment; none leaves the payment unnamed.
    pub tenders: Vec<(&'static str, i64)>,
    /// none, ordinary or special.
    pub invoice: &'static str,
    /// Serials shipped on the first line.
    pub serials: Vec<&'static str>,
    /// The waybill it left under.
    pub waybill: Option<&'static str>,
}

impl Default for Sold {
    fn default() -> Self {
        Self {
            lines: vec![("SHIRT", 3, 3_000)],
            shipped: None,
            freight_minor: 0,
            tenders: Vec::new(),
            invoice: "none",
            serials: Vec::new(),
            waybill: None,
        }
    }
}

/// An order that was put.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Its lines, in order.
    pub lines: Vec<OrderLineId>,
    /// The waybill it left under.
    pub waybill: String,
}

impl World {
    /// Opens the merchant.
    ///
    /// # Panics
    /// When anything of it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        Self::with_template(TEMPLATE)
    }

    /// Opens the merchant on another template.
    ///
    /// # Panics
    /// When anything of it cannot be made.
    #[must_use]
    pub fn with_template(template: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new(NOW));
        let app = open(&dir, &clock);
        let mut world = Self {
            app,
            clock,
            shop: ShopId::from_raw(0),
            warehouse: WarehouseId::from_raw(0),
            carrier: CarrierId::from_raw(0),
            people: HashMap::new(),
            count: AtomicI64::new(0),
            dir,
        };
        let template = operations::template::apply::Apply { text: template.to_owned(), note: String::new() };
        world.system(move |tx, ctx| operations::template::apply::apply(tx, ctx, &template)).unwrap();
        world.place();
        for (name, role) in PEOPLE {
            let actor = world.hire(name, role, None, None);
            world.people.insert(name, actor);
        }
        world
    }

    fn place(&mut self) {
        use operations::master::{carrier, shop, warehouse};
        let save = warehouse::SaveWarehouse {
            id: None,
            version: 0,
            code: "W".to_owned(),
            name: Text::new("一号仓", "Warehouse one"),
            contact_name: "收货组".to_owned(),
            contact_phone: "02112345678".to_owned(),
            address: Text::new("上海市青浦区一号", "1 Qingpu, Shanghai"),
            notes: Text::default(),
            active: true,
        };
        let saved = self.system(move |tx, ctx| warehouse::save(tx, ctx, &save)).unwrap();
        self.warehouse = WarehouseId::from_raw(saved.id);
        let save = carrier::SaveCarrier {
            id: None,
            version: 0,
            code: "SF".to_owned(),
            name: Text::new("顺丰", "SF Express"),
            tracking_pattern: String::new(),
            check_digit: domain::tracking::CheckDigit::None,
            active: true,
        };
        self.carrier = CarrierId::from_raw(self.system(move |tx, ctx| carrier::save(tx, ctx, &save)).unwrap().id);
        let save = shop::SaveShop {
            id: None,
            version: 0,
            code: "A".to_owned(),
            name: Text::new("甲店", "Shop A"),
            platform: "own".to_owned(),
            currency: Currency::CNY,
            zone: "Asia/Shanghai".to_owned(),
            warehouse_id: Some(self.warehouse),
            calendar_id: None,
            active: true,
        };
        self.shop = ShopId::from_raw(self.system(move |tx, ctx| shop::save(tx, ctx, &save)).unwrap().id);
    }

    /// Adds a person with one role, everywhere or at one place.
    ///
    /// # Panics
    /// When the person cannot be added.
    pub fn hire(&self, name: &str, role: &str, shop: Option<ShopId>, warehouse: Option<WarehouseId>) -> Arc<Actor> {
        use operations::person::RoleRow;
        let row = RoleRow { role: role.to_owned(), shop_id: shop, warehouse_id: warehouse };
        let add = operations::person::add::AddPerson {
            name: name.to_owned(),
            display_name: None,
            password_hash: None,
            lang: domain::Lang::Zh,
            roles: vec![row],
        };
        let id = self.system(move |tx, ctx| operations::person::add::add(tx, ctx, &add)).unwrap().id;
        let permissions = self.app.definitions().permissions_of(role);
        Arc::new(Actor {
            kind: ActorKind::Person(id),
            name: name.to_owned(),
            lang: domain::Lang::Zh,
            grants: vec![Grant { role: role.to_owned(), shop, warehouse, permissions }],
            order: None,
            station: None,
        })
    }

    /// A person of the merchant: agent, lead, clerk, inspector, finance, finance2 or cfo.
    ///
    /// # Panics
    /// When there is no such person.
    #[must_use]
    pub fn person(&self, name: &str) -> Arc<Actor> {
        Arc::clone(self.people.get(name).unwrap_or_else(|| panic!("nobody is called {name}")))
    }

    /// A person's id.
    ///
    /// # Panics
    /// When there is no such person.
    #[must_use]
    pub fn person_id(&self, name: &str) -> PersonId {
        self.person(name).person().unwrap()
    }

    /// Runs a verb as the program itself.
    ///
    /// # Errors
    /// What the verb returns.
    pub fn system<T, F>(&self, verb: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        self.app.run_blocking(Call::system("test"), verb).map(|answer| answer.value)
    }

    /// Runs a verb as a person of the merchant.
    ///
    /// # Errors
    /// What the verb returns.
    pub fn by<T, F>(&self, name: &str, verb: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        self.run_as(self.person(name), verb)
    }

    /// Runs a verb as any actor.
    ///
    /// # Errors
    /// What the verb returns.
    pub fn run_as<T, F>(&self, actor: Arc<Actor>, verb: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        self.app.run_blocking(Call::new(actor, "test"), verb).map(|answer| answer.value)
    }

    /// Reads.
    ///
    /// # Panics
    /// When the store cannot.
    pub fn read<T>(&self, query: impl FnOnce(&store::Conn) -> Result<T, store::Error>) -> T {
        self.app.store().read(READ_MS, query).unwrap()
    }

    /// Closes the application and opens it again on the same folder, as after a kill.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub fn restart(&mut self) {
        self.app.store().clone().close();
        self.app = open(&self.dir, &self.clock);
    }

    /// Closes the application and hands over its folder.
    #[must_use]
    pub fn into_folder(self) -> TempDir {
        self.app.store().clone().close();
        self.dir
    }

    /// Puts an order that was delivered two days ago.
    ///
    /// # Panics
    /// When it is refused.
    pub fn order(&self, sold: &Sold) -> Order {
        let number = format!("T{:08}", self.next());
        let waybill = sold.waybill.map_or_else(|| format!("OUT{number}"), str::to_owned);
        let facts = self.facts(sold, &number, &waybill);
        let put = self.system(move |tx, ctx| operations::order::put::put(tx, ctx, &facts)).unwrap();
        let lines = self.read(|conn| store::order::line::of_order(conn, put.order_id));
        Order { id: put.order_id, number, lines: lines.into_iter().map(|line| line.id).collect(), waybill }
    }

    fn facts(&self, sold: &Sold, number: &str, waybill: &str) -> OrderFacts {
        let goods: i64 = sold.lines.iter().map(|(_, quantity, price)| quantity * price).sum();
        OrderFacts {
            shop: "A".to_owned(),
            number: number.to_owned(),
            source_version: 1,
            state: "paid".to_owned(),
            ordered_at: ago(5),
            paid_at: Some(ago(5)),
            shipped_at: None,
            delivered_at: None,
            currency: None,
            captured_minor: Some(goods + sold.freight_minor),
            tax_minor: None,
            freight_minor: Some(sold.freight_minor),
            invoice: sold.invoice.to_owned(),
            customer_no: Some("C1".to_owned()),
            contact: Some(ContactFacts {
                name: Some("张三".to_owned()),
                phone: Some("13800001111".to_owned()),
                address: Some("杭州市西湖区二号".to_owned()),
                ..ContactFacts::default()
            }),
            lines: (1_i64..)
                .zip(&sold.lines)
                .map(|(line_no, (sku, quantity, price))| LineFacts {
                    line_no,
                    sku: (*sku).to_owned(),
                    name: (*sku).to_owned(),
                    quantity: *quantity,
                    cancelled: 0,
                    shipped: None,
                    unit_price_minor: *price,
                    discount_minor: 0,
                    paid_minor: None,
                    tax_minor: None,
                    freight_minor: None,
                    is_gift: *price == 0,
                })
                .collect(),
            shipments: shipments(sold, waybill),
            tenders: sold
                .tenders
                .iter()
                .map(|(kind, amount_minor)| TenderFacts {
                    kind: (*kind).to_owned(),
                    reference: format!("PAY-{number}-{kind}"),
                    amount_minor: *amount_minor,
                })
                .collect(),
        }
    }

    /// Files a case on an order and agrees to it, whatever the flow asks: lines by their position, kind and quantity.
    ///
    /// # Panics
    /// When it is refused.
    pub fn agreed(&self, order: &Order, lines: &[(usize, LineKind, i64)]) -> RmaId {
        let rma = self.filed(order, lines).unwrap();
        self.agree(rma);
        rma
    }

    /// Files a case on an order.
    ///
    /// # Errors
    /// What filing refuses.
    pub fn filed(&self, order: &Order, lines: &[(usize, LineKind, i64)]) -> Result<RmaId, Error> {
        let rows = lines.iter().map(|(position, kind, quantity)| {
            let row = [
                ("line".to_owned(), Value::text(order.lines[*position].to_string())),
                ("kind".to_owned(), Value::text(kind.as_str())),
                ("quantity".to_owned(), Value::number(*quantity)),
            ];
            Value::Record(row.into_iter().collect())
        });
        let customer = [("name".to_owned(), Value::text("张三")), ("phone".to_owned(), Value::text("13800001111"))];
        let answers = [
            ("order".to_owned(), Value::text(order.number.as_str())),
            ("customer".to_owned(), Value::Record(customer.into_iter().collect())),
            ("goods".to_owned(), Value::List(rows.collect())),
            ("reason".to_owned(), Value::text("other_reason")),
            ("description".to_owned(), Value::text("测试")),
            ("return_phone".to_owned(), Value::text("13800001111")),
        ];
        let cmd = operations::rma::file::FileRma {
            shop: self.shop,
            answers: answers.into_iter().collect(),
            override_reason: Some("test".to_owned()),
            proven: None,
        };
        self.by("lead", move |tx, ctx| operations::rma::file::file(tx, ctx, &cmd)).map(|filed| filed.rma)
    }

    /// Agrees to every open approval of a case.
    ///
    /// # Panics
    /// When a step cannot be agreed to.
    pub fn agree(&self, rma: RmaId) {
        use operations::rma::decide::{Choice, Decide, decide};
        loop {
            let open = self.read(|conn| store::task::open_of_rma(conn, rma));
            let Some(task) = open.into_iter().find(|task| task.kind == "approve") else { break };
            let cmd =
                Decide { rma, node: task.node.clone(), round: task.round, choice: Choice::Agree, note: String::new() };
            let role = if task.role.is_empty() { "cfo" } else { task.role.as_str() };
            let name = PEOPLE.iter().find(|(_, has)| *has == role).map_or("agent", |(name, _)| *name);
            self.by(name, move |tx, ctx| decide(tx, ctx, &cmd)).unwrap();
        }
    }

    /// A number that was not given before.
    pub fn next(&self) -> i64 {
        self.count.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// A case's row.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn rma(&self, id: RmaId) -> store::rma::RmaRow {
        self.read(|conn| store::rma::find(conn, id)).unwrap()
    }

    /// A case's lines.
    #[must_use]
    pub fn lines(&self, id: RmaId) -> Vec<store::rma_line::RmaLineRow> {
        self.read(|conn| store::rma_line::of_rma(conn, id))
    }

    /// A case's line by its position from 0.
    #[must_use]
    pub fn line(&self, id: RmaId, position: usize) -> RmaLineId {
        self.lines(id)[position].id
    }

    /// A grade by its code.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn grade(&self, code: &str) -> GradeId {
        let definitions = self.app.definitions();
        let grade = definitions.masters.grades().iter().find(|grade| grade.code == code);
        grade.unwrap_or_else(|| panic!("no grade {code}")).id
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

/// The code of a refusal; panics when it was none.
///
/// # Panics
/// When the command went through.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Err(error) => error.code(),
        Ok(value) => panic!("not refused: {value:?}"),
    }
}

/// The words of a refusal, in English.
///
/// # Panics
/// When the command went through, or was refused without words.
#[track_caller]
pub fn words<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Conflict(refusal) | Error::Invalid(refusal)) => refusal.message.en,
        other => panic!("no words: {other:?}"),
    }
}

fn open(dir: &TempDir, clock: &Arc<ManualClock>) -> App {
    let store = Store::open(dir.path(), &OpenOptions { create: true, ..OpenOptions::default() }).unwrap();
    App::start(store, Arc::<ManualClock>::clone(clock)).unwrap()
}

/// `days` before the world's now.
const fn ago(days: i64) -> Timestamp {
    NOW.plus_ms(-days * DAY_MS)
}

// One parcel with everything that left; none when nothing did.
fn shipments(sold: &Sold, waybill: &str) -> Vec<ShipmentFacts> {
    if sold.shipped == Some(0) {
        return Vec::new();
    }
    let serials = |line_no: i64| if line_no == 1 { sold.serials.as_slice() } else { &[] };
    let line = |(line_no, (_, quantity, _)): (i64, &(&str, i64, i64))| ShipmentLineFacts {
        line_no,
        quantity: sold.shipped.unwrap_or(*quantity),
        serials: serials(line_no).iter().map(|serial| (*serial).to_owned()).collect(),
    };
    vec![ShipmentFacts {
        waybill: waybill.to_owned(),
        carrier: None,
        state: "delivered".to_owned(),
        shipped_at: ago(4),
        delivered_at: Some(ago(2)),
        lines: (1_i64..).zip(&sold.lines).map(line).collect(),
    }]
}
