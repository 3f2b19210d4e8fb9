//! A demo shop in a process of its own, with orders that came in from a file, as another system hands them over.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;
use serde_json::Value;
use support::{Binary, Client, Served};

/// Everybody's password in the demo; the accounts have the names of their roles.
pub(crate) const PASSWORD: &str = "returndesk-demo";
/// Last digits of the phone on every order.
const PHONE: &str = "13800001234";
/// Shanghai's.
const OFFSET_MINUTES: i32 = 480;

/// What was sold: order number, units, price of a unit in minor units, what was paid for all of them. Sales with one number
/// that follow each other are the lines of one order.
#[derive(Clone, Copy)]
pub(crate) struct Sale {
    pub(crate) number: &'static str,
    pub(crate) units: i64,
    pub(crate) price_minor: i64,
    pub(crate) paid_minor: i64,
}

/// The shop.
pub(crate) struct Shop {
    dir: tempfile::TempDir,
    pub(crate) server: Served,
    /// A system that reads what an agent may read.
    pub(crate) reader: Client,
}

impl Shop {
    /// A demo shop on a free port into which `sales` are imported, each delivered two days ago.
    pub(crate) fn open(sales: &[Sale]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let binary = Binary::on(&dir.path().join("data"));
        binary.run(&["demo", "--seed", "7", "--cases", "12"]).expect(0);
        let token = binary.run(&["token", "add", "reader", "--role", "after_sales_lead"]).expect(0);
        if !sales.is_empty() {
            import(&binary, dir.path(), "products", "sku,name,category,list_price\nE2E-1,保温杯 Flask,Home,100.00\n");
            import(&binary, dir.path(), "orders", &orders(sales));
            import(&binary, dir.path(), "order_lines", &lines(sales));
        }
        let server = binary.serve(&[]);
        let reader = server.client().with_bearer(token.trim());
        Self { dir, server, reader }
    }

    /// Every scan that the server keeps: what the gun read, by whom and in which state of doubt, in order of its text.
    pub(crate) fn scans(&self) -> Vec<(String, String)> {
        let path = self.dir.path().join("data").join(store::DATABASE_FILE);
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = rusqlite::Connection::open_with_flags(path, flags).expect("the server's database");
        let sql = "SELECT s.raw, coalesce(p.display_name, '') FROM scan AS s \
                   LEFT JOIN person AS p ON p.id = s.operator_id ORDER BY s.raw, s.id";
        let mut statement = database.prepare(sql).expect("the table of scans");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("its rows");
        rows.map(|row| row.expect("a row")).collect()
    }

    /// A case as the server tells it.
    pub(crate) fn case(&self, id: &str) -> Value {
        self.reader.get(&format!("/api/rmas/{id}")).expect(200)
    }
}

fn import(binary: &Binary, dir: &Path, target: &str, text: &str) {
    let path = dir.join(format!("{target}.csv"));
    std::fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("a path");
    let mut args = vec!["import", path, "--target", target, "--json"];
    if target == "orders" {
        args.extend(["--set", "channel=A"]);
    }
    let done = binary.run(&args).json(0);
    assert_eq!((&done["state"], done["rows_bad"].as_i64()), (&Value::from("done"), Some(0)), "{done}");
}

fn by_order(sales: &[Sale]) -> impl Iterator<Item = &[Sale]> {
    sales.chunk_by(|one, next| one.number == next.number)
}

fn orders(sales: &[Sale]) -> String {
    let mut text = "订单号,下单时间,发货时间,签收时间,实付金额,收件人,手机\n".to_owned();
    for lines in by_order(sales) {
        let (ordered, shipped, delivered) = (days_ago(6), days_ago(5), days_ago(2));
        let paid = decimal(lines.iter().map(|sale| sale.paid_minor).sum());
        text += &format!("{},{ordered},{shipped},{delivered},{paid},张三,{PHONE}\n", lines[0].number);
    }
    text
}

fn lines(sales: &[Sale]) -> String {
    let mut text = "order_no,line_no,sku,quantity,unit_price,discount,tax,shipping,paid\n".to_owned();
    for (sale, line) in by_order(sales).flat_map(|lines| lines.iter().zip(1..)) {
        let discount = decimal(sale.units * sale.price_minor - sale.paid_minor);
        let (price, paid) = (decimal(sale.price_minor), decimal(sale.paid_minor));
        text += &format!("{},{line},E2E-1,{},{price},{discount},0,0,{paid}\n", sale.number, sale.units);
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "the server under test is a process that reads the machine's clock")]
fn days_ago(days: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_millis();
    let now = Timestamp::from_ms(i64::try_from(now).expect("a time"));
    let (year, month, day) = now.local_date(OFFSET_MINUTES).plus_days(-days).ymd();
    format!("{year}-{month:02}-{day:02} 10:00:00")
}

fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}
