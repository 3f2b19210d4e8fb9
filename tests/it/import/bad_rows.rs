//! Each way a row can be bad is named; the good ones around it come in; corrected, the bad ones do too.

use std::path::PathBuf;

use operations::Actor;
use operations::import::{self, Mapping, Target};
use support::World;

use super::{Files, LINES, ORDERS, PRODUCTS, counts, imported, problems, try_import, usual};

struct Shop {
    world: World,
    files: Files,
}

impl Shop {
    fn new() -> Self {
        let (world, files) = (World::new(), Files::new());
        imported(&world, &files.put("products.csv", PRODUCTS), Target::Products);
        imported(&world, &files.put("orders.csv", ORDERS), Target::Orders);
        Self { world, files }
    }

    /// Imports rows under a header; the first and the last row are good.
    #[track_caller]
    fn check(&self, target: Target, header: &str, rows: &[&str], expect: &[(i64, &str, &str)]) {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        let path = self.files.put("rows.csv", &text);
        let view = imported(&self.world, &path, target);
        let found = problems(&self.world, &view);
        let found: Vec<_> = found.iter().map(|(row, field, code)| (*row, field.as_str(), code.as_str())).collect();
        assert_eq!(found, expect, "{text}");
        let mut bad: Vec<i64> = expect.iter().map(|(row, ..)| *row).collect();
        bad.dedup();
        assert_eq!(view.rows_bad, i64::try_from(bad.len()).unwrap());
        assert_eq!(view.rows_new, view.rows_read - view.rows_bad, "the good rows came in");
    }
}

#[test]
fn bad_order_lines_are_named() {
    Shop::new().check(
        Target::OrderLines,
        "order_no,line_no,sku,quantity,unit_price,tax,shipping,paid",
        &[
            "O1,1,S1,1,1,0,0,1",
            "O1,1,S1,1,1,0,0,1",
            "O9,1,S1,1,1,0,0,1",
            "O1,2,S9,1,1,0,0,1",
            "O1,3,S1,0,1,0,0,1",
            "O1,4,S1,1.5,1,0,0,1",
            "O1,5,S1,1,-1,0,0,1",
            "O1,6,S1,1,one,0,0,1",
            "O1,7,S1,1,1,2,3,4",
            "O1,8,S1,1,1,0,0",
            "O1,9,S1,1,1,0,0,1,extra",
            ",10,S1,1,1,0,0,1",
            "O1,,S1,,1,0,0,1",
            "O1,12,S1,1,1,0,0,1.005",
            "O1,13,\"S1,1,1,0,0,1",
            "O2,1,S2,1,1,0,0,1",
        ],
        &[
            (2, "line_no", "duplicate_key"),
            (3, "order_no", "unknown_order"),
            (4, "sku", "unknown_sku"),
            (5, "quantity", "out_of_range"),
            (6, "quantity", "not_a_number"),
            (7, "unit_price", "negative_money"),
            (8, "unit_price", "not_an_amount"),
            (9, "paid", "money_does_not_sum"),
            (10, "", "ragged_row"),
            (11, "", "ragged_row"),
            (12, "order_no", "required"),
            (13, "line_no", "required"),
            (13, "quantity", "required"),
            (14, "paid", "not_an_amount"),
            (15, "", "unclosed_quote"),
        ],
    );
}

#[test]
fn bad_orders_are_named() {
    Shop::new().check(
        Target::Orders,
        "order_no,channel,ordered_at,paid_total,currency",
        &[
            "N1,A,2026-01-01,1,CNY",
            "N2,A,2026-02-29,1,CNY",
            "N3,A,2026-13-01 10:00,1,CNY",
            "N4,A,2026-01-01 25:00,1,CNY",
            "N5,A,,1,CNY",
            "N6,nowhere,2026-01-01,1,CNY",
            "N7,A,2026-01-01,-1,CNY",
            "N8,A,2026-01-01,1,yuan",
            "N1,A,2026-01-01,2,CNY",
            "N9,,2026-01-01,1,CNY",
        ],
        &[
            (2, "ordered_at", "impossible_date"),
            (3, "ordered_at", "impossible_date"),
            (4, "ordered_at", "impossible_date"),
            (5, "ordered_at", "required"),
            (6, "channel", "unknown_shop"),
            (7, "paid_total", "negative_money"),
            (8, "currency", "unknown_word"),
            (9, "order_no", "duplicate_key"),
        ],
    );
}

#[test]
fn bad_returns_are_named() {
    let shop = Shop::new();
    imported(&shop.world, &shop.files.put("lines.csv", LINES), Target::OrderLines);
    shop.check(
        Target::Returns,
        "return_no,order_no,line_no,sku,quantity,requested_at,refund_goods,kind",
        &[
            "R1,O1,1,S1,1,2026-10-09,1,退货退款",
            "R2,O1,9,S1,1,2026-10-09,1,",
            "R3,O1,1,S2,1,2026-10-09,1,",
            "R4,O1,1,S1,1,2026-10-32,1,",
            "R5,O1,1,S1,1,2026-10-09,-1,",
            "R6,O1,1,S1,1,2026-10-09,1,送货",
            "R7,O1,1,S1,99,2026-10-09,99999,换货",
        ],
        &[
            (2, "line_no", "unknown_line"),
            (3, "sku", "sku_differs"),
            (4, "requested_at", "impossible_date"),
            (5, "refund_goods", "negative_money"),
            (6, "kind", "unknown_word"),
        ],
    );
}

#[test]
fn undecodable_rows_cost_themselves_only() {
    let shop = Shop::new();
    let good: String = (10..40).map(|number| format!("P{number},商品,1\n")).collect();
    let path =
        shop.files.put("rows.csv", [b"sku,name,list_price\nB1,\xFF\xFE,1\n".as_slice(), good.as_bytes()].concat());
    let view = imported(&shop.world, &path, Target::Products);
    assert_eq!(counts(&view), (30, 0, 0, 1));
    assert_eq!(problems(&shop.world, &view), [(1, String::new(), "encoding".to_owned())]);
}

#[test]
fn numbers_that_excel_shortened_are_named() {
    let shop = Shop::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["order_no", "ordered_at", "paid_total"]) {
        sheet.write(0, column, header).unwrap();
    }
    sheet.write(1, 0, 2_026_100_112_345_678_901.0_f64).unwrap();
    sheet.write(2, 0, "2026100112345678901").unwrap();
    for row in [1, 2] {
        sheet.write(row, 1, "2026-10-01").unwrap();
        sheet.write(row, 2, 9.9).unwrap();
    }
    let path = shop.files.dir.path().join("book.xlsx");
    book.save(&path).unwrap();
    let view = imported(&shop.world, &path, Target::Orders);
    assert_eq!(counts(&view), (1, 0, 0, 1));
    assert_eq!(problems(&shop.world, &view), [(1, "order_no".to_owned(), "number_precision".to_owned())]);
}

#[test]
fn corrected_rows_come_in_with_the_file_that_named_them() {
    let shop = Shop::new();
    let text = "order_no;line_no;sku;quantity;unit_price;备注\nO1;1;S1;1;1;\"说 \"\"好\"\"; 很好\"\nO1;2;S9;0;1;x\nO1;3;S2;1;1;y\n";
    let view = imported(&shop.world, &shop.files.put("rows.csv", text), Target::OrderLines);
    assert_eq!(counts(&view), (2, 0, 0, 1));
    let (csv, next) = shop.world.app.read(|conn| import::bad_rows_csv(conn, &Actor::system(), view.id, 0)).unwrap();
    assert_eq!(next, None);
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 2, "{csv}");
    assert!(lines[0].starts_with("order_no,line_no,sku,quantity,unit_price,备注,import_row,"), "{}", lines[0]);
    assert!(lines[1].starts_with("O1,2,S9,0,1,x,2,"), "{}", lines[1]);
    assert!(lines[1].contains("quantity") && lines[1].contains("sku"), "{}", lines[1]);
    let corrected = csv.replace("O1,2,S9,0,1", "O1,2,S1,4,1");
    let view = imported(&shop.world, &shop.files.put("again.csv", corrected), Target::OrderLines);
    assert_eq!(counts(&view), (1, 0, 0, 0));
}

#[test]
fn a_file_that_is_not_one_is_refused_as_a_whole() {
    let (world, files) = (World::new(), Files::new());
    let refused = |path: PathBuf| {
        let view = try_import(&world, &path, Target::Products, true, &Mapping::default(), &usual());
        support::refused(view.map(|view| view.id))
    };
    assert_eq!(refused(files.put("empty.csv", "")), "empty_file");
    assert_eq!(refused(files.put("blank.csv", "\n\n")), "no_header");
    assert_eq!(refused(files.put("odd.csv", "a,b\n1,2\n")), "mapping_incomplete");
    assert_eq!(refused(files.put("zip.xlsx", b"PK\x03\x04 not a workbook")), "not_a_workbook");
}
