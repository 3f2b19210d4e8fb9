//! Real-shaped orders with years of returns: imported by the command line, read through a board over HTTP, and equal to
//! what the generator computed on the same rows.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use support::{Binary, PASSWORD};

/// Targets with their files, in the order in which they need each other.
const FILES: &[&str] = &["customers", "products", "orders", "order_lines", "returns"];

/// Key of a row → its figures.
type Table = BTreeMap<String, Vec<String>>;

/// `files` is a folder of the generator's; without one, the fixture of scale 0.01 is unpacked.
pub(crate) fn run(files: Option<&str>) {
    let unpacked = tempfile::tempdir().expect("a folder");
    let files = match files {
        Some(files) => Path::new(files),
        None => unpack(unpacked.path()),
    };
    let text = std::fs::read_to_string(files.join("expected.json")).expect("a folder with expected.json");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let dir = tempfile::tempdir_in(files.parent().expect("a folder above")).expect("a folder");
    let binary = Binary::on(&dir.path().join("data"));
    let _ = binary.run(&["init"]).expect(0);
    for name in FILES {
        let began = Instant::now();
        let path = files.join(format!("{name}.csv")).to_string_lossy().into_owned();
        let view = binary.run(&["import", &path, "--target", name, "--create-shops", "--json"]).json(0);
        assert_eq!((&view["rows_new"], &view["rows_bad"]), (&expected["counts"][name], &0.into()), "{name}: {view}");
        println!("   {name}: {} rows in {:.1} s", view["rows_new"], began.elapsed().as_secs_f64());
    }
    let add = ["user", "add", "reader", "--role", "operations", "--password-stdin"];
    let _ = binary.run_with(&add, &format!("{PASSWORD}\n")).expect(0);
    let served = binary.serve(&[]);
    let mut reader = served.client();
    reader.sign_in("reader", PASSWORD).expect(201);
    let began = Instant::now();
    let board = reader.get("/api/boards/history_board").expect(200);
    println!("   the board with its five components: {:.2} s", began.elapsed().as_secs_f64());
    compare(&board, &expected, "all_reasons", "by_reason", &[0, 0, 2]);
    compare(&board, &expected, "by_month", "by_month", &[0, 2]);
    compare(&board, &expected, "by_channel", "by_channel", &[0, 2, 2, 2]);
    compare(&board, &expected, "by_category", "by_category", &[0, 2]);
    compare(&board, &expected, "lag_days", "lag_days", &[0]);
    let (_, code) = served.stop();
    assert_eq!(code, 0);
    let returns = &expected["counts"]["returns"];
    println!("   five reports over {returns} return lines are what the generator computed, to the cent");
}

fn unpack(to: &Path) -> &Path {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/orders-0.01");
    for name in FILES {
        let packed = std::fs::read(from.join(format!("{name}.csv.zst"))).expect("a fixture");
        std::fs::write(to.join(format!("{name}.csv")), zstd::decode_all(packed.as_slice()).expect("zstd"))
            .expect("space");
    }
    std::fs::copy(from.join("expected.json"), to.join("expected.json")).expect("space");
    to
}

// `decimals` says of each figure how many decimals it is written with.
fn compare(board: &Value, expected: &Value, component: &str, name: &str, decimals: &[usize]) {
    let components = board["components"].as_array().expect("components");
    let found = components.iter().find(|one| one["id"] == component).unwrap_or_else(|| panic!("no {component}"));
    let told: Table = found["rows"].as_array().expect("rows").iter().map(|row| told(row, decimals)).collect();
    let wanted: Table = expected[name].as_array().expect("rows").iter().map(wanted).collect();
    assert_eq!(told, wanted, "{name}");
}

fn told(row: &Value, decimals: &[usize]) -> (String, Vec<String>) {
    let label = row["labels"][0]["en"].as_str().unwrap_or_default();
    let label = if label == "not given" { "" } else { label };
    let figures = row["figures"].as_array().expect("figures").iter().zip(decimals);
    let text = |(figure, decimals): (&Value, &usize)| {
        let whole = figure.as_f64().unwrap_or(0.0);
        if *decimals == 0 { format!("{whole:.0}") } else { format!("{:.2}", whole / 100.0) }
    };
    (label.to_owned(), figures.map(text).collect())
}

fn wanted(row: &Value) -> (String, Vec<String>) {
    let mut cells = row.as_array().expect("a row").iter().map(|cell| cell.as_str().unwrap_or_default().to_owned());
    (cells.next().expect("a key"), cells.collect())
}
