//! Imports: real-shaped data, encodings, bad rows, runs that are cut off, over HTTP and by the binary.

mod bad_rows;
mod dump;
mod fixture;
mod real;
mod served;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use operations::import::source::Source;
use operations::import::{self, ImportView, Mapping, Options, StartImport, Target};
use operations::{Actor, Call, Error};
use support::World;
use tempfile::TempDir;

/// Files to import and where they lie.
struct Files {
    dir: TempDir,
}

impl Files {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }
    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// How a file is imported unless a test says otherwise: rows without a shop belong to `A`.
fn usual() -> Options {
    Options { shop: Some("A".to_owned()), ..Options::default() }
}

fn try_import(
    world: &World,
    path: &Path,
    target: Target,
    dry: bool,
    mapping: &Mapping,
    options: &Options,
) -> Result<ImportView, Error> {
    let source = Source::open(path)?;
    let cmd = StartImport {
        target,
        file_name: path.display().to_string(),
        dry,
        mapping: mapping.clone(),
        options: options.clone(),
    };
    let started = import::start(&world.app, Call::system("import.start"), &source, &cmd)?;
    import::run(&world.app, &Arc::new(Actor::system()), started.value.id, &source)
}

fn imported(world: &World, path: &Path, target: Target) -> ImportView {
    try_import(world, path, target, false, &Mapping::default(), &usual()).unwrap()
}

/// New, changed, same, bad.
fn counts(view: &ImportView) -> (i64, i64, i64, i64) {
    assert_eq!(view.rows_read, view.rows_new + view.rows_changed + view.rows_same + view.rows_bad);
    (view.rows_new, view.rows_changed, view.rows_same, view.rows_bad)
}

/// Row, field and code of each problem.
fn problems(world: &World, view: &ImportView) -> Vec<(i64, String, String)> {
    let page = world.app.read(|conn| import::bad_rows(conn, &Actor::system(), view.id, None, 200)).unwrap();
    page.items.into_iter().map(|row| (row.row, row.field, row.code)).collect()
}

const PRODUCTS: &str = "sku,name,category,list_price,barcode\nS1,上衣,衣服,100.00,690001\nS2,帽子,配饰,50.00,\n";
const ORDERS: &str = "订单号,下单时间,发货时间,签收时间,实付金额,收件人,手机\n\
    O1,2026-10-01 10:00:00,2026-10-02 09:00:00,2026-10-04 12:00:00,\"1,250.00\",张三,13800000042\n\
    O2,2026/10/3 8:05,,,50,李四,13900000043\n";
const LINES: &str = "order_no,line_no,sku,quantity,unit_price,discount,tax,shipping,paid\n\
    O1,1,S1,10,120.00,0,40.00,10.00,1200.00\nO1,2,S2,1,50.00,0,0,0,50.00\nO2,1,S2,1,50,0,0,0,50\n";

fn order(world: &World, number: &str) -> store::order::OrderRow {
    world.read(|conn| store::order::by_number(conn, world.shop, number)).unwrap()
}

#[test]
fn orders_and_lines_come_in_and_again_they_are_the_same() {
    let world = World::new();
    let files = Files::new();
    let all = [
        (files.put("products.csv", PRODUCTS), Target::Products, 2),
        (files.put("orders.csv", ORDERS), Target::Orders, 2),
        (files.put("lines.csv", LINES), Target::OrderLines, 3),
    ];
    for (path, target, rows) in &all {
        assert_eq!(counts(&imported(&world, path, *target)), (*rows, 0, 0, 0), "{target:?}");
    }
    for (path, target, rows) in &all {
        assert_eq!(counts(&imported(&world, path, *target)), (0, 0, *rows, 0), "{target:?}");
    }
    let first = order(&world, "O1");
    // Shop time is Shanghai's.
    assert_eq!(first.ordered_at.ms(), 1_790_820_000_000);
    assert_eq!((first.captured_minor, first.freight_minor), (125_000, 1_000));
    let lines = world.read(|conn| store::order::line::of_order(conn, first.id));
    let paid = |line: &store::order::LineRow| (line.paid_goods_minor, line.paid_tax_minor, line.paid_freight_minor);
    assert_eq!(lines.iter().map(paid).collect::<Vec<_>>(), [(115_000, 4_000, 1_000), (5_000, 0, 0)]);
    assert_eq!(lines.iter().map(|line| line.shipped).collect::<Vec<_>>(), [10, 1]);
    let second = world.read(|conn| store::order::line::of_order(conn, order(&world, "O2").id));
    assert_eq!(second.iter().map(|line| line.shipped).collect::<Vec<_>>(), [0]);
    let contact = world.read(|conn| store::contact::find(conn, first.contact_id.unwrap())).unwrap();
    assert_eq!((contact.name.as_deref(), contact.phone_tail.as_deref()), (Some("张三"), Some("0042")));
    let changed = files.put("lines.csv", LINES.replace("O1,2,S2,1,50.00", "O1,2,S2,2,25.00"));
    assert_eq!(counts(&imported(&world, &changed, Target::OrderLines)), (0, 1, 2, 0));
}

#[test]
fn every_encoding_separator_and_a_workbook_say_the_same() {
    let plain = ORDERS;
    let utf16 = |order: fn(u16) -> [u8; 2]| plain.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let tabs = plain.replace("\"1,250.00\"", "1250.00").replace(',', "\t");
    let files = Files::new();
    let all = [
        files.put("utf8.csv", plain),
        files.put("bom.csv", [b"\xEF\xBB\xBF", plain.as_bytes()].concat()),
        files.put("gb.csv", encoding_rs::GB18030.encode(plain).0),
        files.put("le.csv", [b"\xFF\xFE".as_slice(), &utf16(u16::to_le_bytes)].concat()),
        files.put("be.csv", [b"\xFE\xFF".as_slice(), &utf16(u16::to_be_bytes)].concat()),
        files.put("tabs.txt", tabs),
        files.put("crlf.csv", plain.replace('\n', "\r\n")),
        workbook(&files, "book.xlsx"),
    ];
    let mut told = Vec::new();
    for path in &all {
        let world = World::new();
        assert_eq!(counts(&imported(&world, path, Target::Orders)), (2, 0, 0, 0), "{}", path.display());
        told.push(dump::orders(&world));
    }
    for (path, told_by) in all.iter().zip(&told) {
        assert_eq!(told_by, &told[0], "{}", path.display());
    }
}

fn workbook(files: &Files, name: &str) -> PathBuf {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let headers = ["订单号", "下单时间", "发货时间", "签收时间", "实付金额", "收件人", "手机"];
    for (column, header) in (0..).zip(headers) {
        sheet.write(0, column, header).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let at = |text: &str| rust_xlsxwriter::ExcelDateTime::parse_from_str(text).unwrap();
    sheet.write(1, 0, "O1").unwrap();
    sheet.write_with_format(1, 1, at("2026-10-01T10:00:00"), &date).unwrap();
    sheet.write_with_format(1, 2, at("2026-10-02T09:00:00"), &date).unwrap();
    sheet.write_with_format(1, 3, at("2026-10-04T12:00:00"), &date).unwrap();
    sheet.write(1, 4, 1_250.0).unwrap();
    sheet.write(1, 5, "张三").unwrap();
    sheet.write(1, 6, 13_800_000_042_f64).unwrap();
    for (column, text) in (0..).zip(["O2", "2026/10/3 8:05", "", "", "50", "李四", "13900000043"]) {
        sheet.write(2, column, text).unwrap();
    }
    let path = files.dir.path().join(name);
    book.save(&path).unwrap();
    path
}

#[test]
fn a_dry_run_says_what_would_come_and_writes_nothing() {
    let world = World::new();
    let files = Files::new();
    let path = files.put("products.csv", format!("{PRODUCTS}S3,,,-1.00,\nS1,twice,,1,\n"));
    let tried = try_import(&world, &path, Target::Products, true, &Mapping::default(), &usual()).unwrap();
    assert_eq!(counts(&tried), (2, 0, 0, 2));
    let expect = [(3, "list_price", "negative_money"), (4, "sku", "duplicate_key")];
    let expect: Vec<_> =
        expect.iter().map(|(row, field, code)| (*row, (*field).to_owned(), (*code).to_owned())).collect();
    assert_eq!(problems(&world, &tried), expect);
    assert_eq!(world.read(|conn| store::sku::id_of_code(conn, "S1")), None);
    assert_eq!(counts(&imported(&world, &path, Target::Products)), (2, 0, 0, 2));
}

#[test]
fn a_mapping_is_remembered_for_files_with_the_same_columns() {
    let world = World::new();
    let files = Files::new();
    let path = files.put("odd.csv", "bezeichnung,nummer\n上衣,S1\n");
    let nothing = Mapping::default();
    let missing = try_import(&world, &path, Target::Products, true, &nothing, &usual());
    assert_eq!(support::refused(missing.map(|view| view.id)), "mapping_incomplete");
    let mut said = Mapping::default();
    said.columns.insert("sku".to_owned(), "nummer".to_owned());
    said.columns.insert("name".to_owned(), "bezeichnung".to_owned());
    said.constants.insert("category".to_owned(), "衣服".to_owned());
    assert_eq!(counts(&try_import(&world, &path, Target::Products, false, &said, &usual()).unwrap()), (1, 0, 0, 0));
    let again = files.put("odd2.csv", "Bezeichnung,NUMMER\n帽子,S2\n");
    let other_case = try_import(&world, &again, Target::Products, false, &nothing, &usual());
    assert_eq!(support::refused(other_case.map(|view| view.id)), "mapping_incomplete");
    let again = files.put("odd2.csv", "bezeichnung,nummer\n帽子,S2\n");
    assert_eq!(counts(&try_import(&world, &again, Target::Products, false, &nothing, &usual()).unwrap()), (1, 0, 0, 0));
    let row = world.read(|conn| store::sku::by_code(conn, "S2")).unwrap();
    assert_eq!((row.name.as_str(), row.category.as_str()), ("帽子", "衣服"));
}

#[test]
fn channels_are_shops_by_words_or_made_when_asked() {
    let world = World::new();
    let files = Files::new();
    let path =
        files.put("orders.csv", "order_no,channel,ordered_at,paid_total\nO1,web,2026-10-01,1\nO2,store,2026-10-01,1\n");
    let none = Options { shop: None, ..usual() };
    let refused = try_import(&world, &path, Target::Orders, false, &Mapping::default(), &none).unwrap();
    assert_eq!(problems(&world, &refused).len(), 2);
    let mut said = Mapping::default();
    said.words.entry("channel".to_owned()).or_default().insert("web".to_owned(), "A".to_owned());
    let making = Options { create_shops: true, ..none };
    // A dry run sees the shop that would be made, and behind it what is really wrong.
    let worse = files.put(
        "worse.csv",
        "order_no,channel,ordered_at,paid_total\nO1,web,2026-10-01,1\nO2,store,2026-10-01,1\nO3,store,2026-13-01,1\n",
    );
    let dry = try_import(&world, &worse, Target::Orders, true, &said, &making).unwrap();
    assert_eq!(counts(&dry), (2, 0, 0, 1));
    assert_eq!(problems(&world, &dry), [(3, "ordered_at".to_owned(), "impossible_date".to_owned())]);
    let cases = files.put("cases.csv", "退款编号,店铺,订单编号,退款状态\nP1,store,O1,WAIT\n");
    let dry = try_import(&world, &cases, Target::ExternalCases, true, &said, &making).unwrap();
    assert_eq!((counts(&dry), problems(&world, &dry)), ((1, 0, 0, 0), Vec::new()));
    assert!(world.app.definitions().masters.shop_by_code("store").is_none());
    let view = try_import(&world, &path, Target::Orders, false, &said, &making).unwrap();
    assert_eq!(counts(&view), (2, 0, 0, 0));
    assert_eq!(order(&world, "O1").shop_id, world.shop);
    let made = world.app.definitions().masters.shop_by_code("store").map(|shop| shop.id).unwrap();
    assert!(world.read(|conn| store::order::by_number(conn, made, "O2")).is_some());
    // A channel's name with spaces is a shop's name; one that is no name at all spoils its rows, not the file.
    let named = format!(
        "order_no,channel,ordered_at,paid_total\nO4,天猫 旗舰店,2026-10-01,1\nO5,{},2026-10-01,1\n",
        "x".repeat(300)
    );
    let named = files.put("named.csv", named);
    for dry in [true, false, false] {
        let view = try_import(&world, &named, Target::Orders, dry, &said, &making).unwrap();
        assert_eq!(problems(&world, &view), [(2, "channel".to_owned(), "unusable_shop".to_owned())]);
    }
    assert!(world.app.definitions().masters.shop_by_code("天猫-旗舰店").is_some());
    // Two names that would give one code: both ways refuse the second one's rows and nothing else.
    let twins = "order_no,channel,ordered_at,paid_total\nO6,京东 自营,2026-10-01,1\nO7,京东\u{3000}自营,2026-10-01,1\n";
    let twins = files.put("twins.csv", twins);
    for dry in [true, false] {
        let view = try_import(&world, &twins, Target::Orders, dry, &said, &making).unwrap();
        assert_eq!(problems(&world, &view), [(2, "channel".to_owned(), "unusable_shop".to_owned())]);
    }
    // A column that holds no shops is not made into thousands of them.
    let rows = (0..250).map(|row| format!("P{row},X{row},2026-10-01,1\n")).collect::<String>();
    let wrong = files.put("wrong.csv", format!("order_no,channel,ordered_at,paid_total\n{rows}"));
    let view = try_import(&world, &wrong, Target::Orders, true, &said, &making).unwrap();
    assert_eq!(counts(&view), (200, 0, 0, 50));
}

#[test]
fn history_consumes_quantity_and_money_and_does_not_change() {
    let world = World::new();
    let files = Files::new();
    imported(&world, &files.put("products.csv", PRODUCTS), Target::Products);
    imported(&world, &files.put("orders.csv", ORDERS), Target::Orders);
    imported(&world, &files.put("lines.csv", LINES), Target::OrderLines);
    let history = "return_no,order_no,line_no,sku,quantity,reason,requested_at,refund_goods,refund_tax\n\
        R1,O1,1,S1,4,尺码不合,2026-09-01 10:00:00,9999.00,1.00\nR1,O1,2,S2,1,,2026-09-01 10:00:00,50,0\n\
        R2,O9,1,S2,1,,2026-09-02,5,0\n";
    let path = files.put("returns.csv", history);
    assert_eq!(counts(&imported(&world, &path, Target::Returns)), (3, 0, 0, 0));
    assert_eq!(counts(&imported(&world, &path, Target::Returns)), (0, 0, 3, 0));
    let first = order(&world, "O1");
    let lines = world.read(|conn| store::order::line::of_order(conn, first.id));
    // 4 of 10 units take 4/10 of what was paid with them; what is left is for the other six.
    assert_eq!((lines[0].claimed_imported, lines[0].allocated_goods_minor, lines[0].claimed), (4, 46_000, 0));
    assert_eq!(lines[0].budget().remaining(domain::LineKind::ReturnRefund), 6);
    assert_eq!(first.held_imported_minor, 999_900 + 100 + 5_000);
    let cases = world.read(|conn| store::order::cases(conn, first.id, 10));
    assert_eq!(cases.len(), 1);
    let case = world.rma(cases[0].rma_id);
    assert_eq!((case.number.as_str(), case.refund_minor), ("R1", 1_004_900));
    assert_eq!(case.state, domain::state::CaseState::Closed);
    assert_eq!(case.local_date.to_string(), "2026-09-01");
    let rows = world.lines(case.id);
    assert!(rows[0].reason_id.is_some() && rows[1].reason_id.is_none(), "no reason stays none");
    assert_eq!(world.read(|conn| store::rma::by_number(conn, "R2")).map(|id| world.rma(id).order_id), Some(None));
    // The same line of a return with another figure or article is refused, and so is a row that came before.
    let more = history.replace("50,0\n", "51,0\n") + "R1,O1,2,S1,1,,2026-09-03,1,0\nR1,O1,2,S2,1,,2026-09-01,51,0\n";
    let view = imported(&world, &files.put("more.csv", more), Target::Returns);
    let found = problems(&world, &view);
    let codes: Vec<_> = found.iter().map(|(row, _, code)| (*row, code.as_str())).collect();
    assert_eq!(codes, [(2, "history_differs"), (4, "history_differs"), (5, "duplicate_key")]);
}

#[test]
fn open_cases_of_platforms_come_in_with_their_links() {
    use domain::LineKind;
    let world = World::new();
    let files = Files::new();
    let order = world.order(&support::Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let text = format!(
        "退款编号,订单编号,退款状态,退款金额,超时时间\nE1,{},WAIT_SELLER_AGREE,30,2026-11-24 10:00\n",
        order.number
    );
    let path = files.put("cases.csv", &text);
    assert_eq!(counts(&imported(&world, &path, Target::ExternalCases)), (1, 0, 0, 0));
    assert_eq!(counts(&imported(&world, &path, Target::ExternalCases)), (0, 0, 1, 0));
    assert!(world.rma(rma).platform_due_at.is_some());
    let changed = files.put("cases.csv", text.replace("WAIT_SELLER_AGREE", "CLOSED"));
    assert_eq!(counts(&imported(&world, &changed, Target::ExternalCases)), (0, 1, 0, 0));
    assert_eq!(world.rma(rma).platform_due_at, None);
}

#[test]
fn shipments_say_how_much_of_each_line_left() {
    let world = World::new();
    let files = Files::new();
    imported(&world, &files.put("products.csv", PRODUCTS), Target::Products);
    let orders = ORDERS.replace("2026-10-02 09:00:00,2026-10-04 12:00:00", ",");
    imported(&world, &files.put("orders.csv", orders), Target::Orders);
    imported(&world, &files.put("lines.csv", LINES), Target::OrderLines);
    let text = "order_no,waybill,shipped_at,delivered_at,line_no,quantity\nO1,SF1,2026-10-02,2026-10-04,1,6\n\
        O1,SF2,2026-10-05,,1,3\nO2,SF3,2026-10-05,,,\nO1,SF2,2026-10-05,,7,1\n";
    let path = files.put("shipments.csv", text);
    let view = imported(&world, &path, Target::Shipments);
    assert_eq!(counts(&view), (3, 0, 0, 1));
    assert_eq!(problems(&world, &view), [(4, "line_no".to_owned(), "unknown_line".to_owned())]);
    let first = order(&world, "O1");
    let lines = world.read(|conn| store::order::line::of_order(conn, first.id));
    assert_eq!(lines.iter().map(|line| line.shipped).collect::<Vec<_>>(), [9, 0]);
    assert_eq!((first.shipped_at.is_some(), first.delivered_at), (true, None), "not all of it has arrived");
    assert_eq!(world.read(|conn| store::order::line::of_order(conn, order(&world, "O2").id))[0].shipped, 1);
    assert_eq!(counts(&imported(&world, &path, Target::Shipments)), (0, 0, 3, 1));
}
