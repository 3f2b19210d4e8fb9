//! The generator's data: it comes in whole, the answers are the generator's, and a run that was cut off and run again
//! leaves what one run does.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Money, RmaId};
use operations::import::source::Source;
use operations::import::{self, Mapping, Options, StartImport, Target};
use operations::{Actor, Call};
use serde_json::Value;
use support::World;

use super::fixture::{FILES, Fixture};
use super::{counts, dump, try_import};

fn options() -> Options {
    Options { create_shops: true, ..Options::default() }
}

fn fill(world: &World, fixture: &Fixture) {
    for (target, name) in FILES {
        let view = try_import(world, &fixture.path(name), *target, false, &Mapping::default(), &options()).unwrap();
        let rows = Fixture::expected()["counts"][name].as_i64().unwrap();
        assert_eq!(counts(&view), (rows, 0, 0, 0), "{name}");
        assert_eq!(view.bytes_done, view.bytes_total);
    }
}

#[test]
fn the_answers_are_the_generator_s() {
    let world = World::new();
    let fixture = Fixture::unpacked();
    fill(&world, &fixture);
    let expected = Fixture::expected();
    let told = Answers::of(&world);
    assert_eq!(told.by_reason, rows(&expected["by_reason"]));
    assert_eq!(told.by_month, rows(&expected["by_month"]));
    assert_eq!(told.by_channel, rows(&expected["by_channel"]));
    assert_eq!(told.by_category, rows(&expected["by_category"]));
    assert_eq!(told.lag_days, rows(&expected["lag_days"]));
    // Once more, and nothing is new.
    for (target, name) in FILES {
        let view = try_import(&world, &fixture.path(name), *target, false, &Mapping::default(), &options()).unwrap();
        assert_eq!((view.rows_new, view.rows_changed, view.rows_bad), (0, 0, 0), "{name}");
    }
    assert_eq!(Answers::of(&world).by_reason, rows(&expected["by_reason"]));
}

/// Key → the other columns, as text.
type Table = BTreeMap<String, Vec<String>>;

struct Answers {
    by_reason: Table,
    by_month: Table,
    by_channel: Table,
    by_category: Table,
    lag_days: Table,
}

impl Answers {
    fn of(world: &World) -> Self {
        let mut reasons: BTreeMap<String, [i64; 3]> = BTreeMap::new();
        let mut months: BTreeMap<String, [i64; 2]> = BTreeMap::new();
        let mut channels: BTreeMap<String, [i64; 4]> = BTreeMap::new();
        let mut categories: BTreeMap<String, [i64; 2]> = BTreeMap::new();
        let mut lags: BTreeMap<String, i64> = BTreeMap::new();
        let definitions = world.app.definitions();
        for number in 1.. {
            let Some(id) = world.read(|conn| store::rma::by_number(conn, &format!("R{number}"))) else { break };
            let case = world.rma(id);
            let shop = definitions.masters.shop(case.shop_id).unwrap().code.clone();
            let order = world.read(|conn| store::order::find(conn, case.order_id.unwrap())).unwrap();
            let ordered_on = definitions.masters.local_date(case.shop_id, order.ordered_at);
            for line in lines(world, id) {
                let refund = line.figures.refund_goods_minor;
                let reason = line.reason_id.map(|id| world.read(|conn| dump::reason(conn, id)));
                add(reasons.entry(reason.unwrap_or_default()).or_default(), [1, line.quantity, refund]);
                add(months.entry(case.local_date.to_string()[..7].to_owned()).or_default(), [1, refund]);
                let figures = &line.figures;
                let paid = [1, figures.cash_minor, figures.charge_minor, figures.credit_minor];
                add(channels.entry(shop.clone()).or_default(), paid);
                let sku = world.read(|conn| store::sku::find(conn, line.sku_id.unwrap())).unwrap();
                add(categories.entry(sku.category).or_default(), [1, refund]);
                *lags.entry(bucket(case.local_date.days() - ordered_on.days())).or_default() += 1;
            }
        }
        let text = |(key, [count, quantity, money]): (String, [i64; 3])| {
            (key, vec![count.to_string(), quantity.to_string(), decimal(money)])
        };
        let pair = |(key, [count, money]): (String, [i64; 2])| (key, vec![count.to_string(), decimal(money)]);
        let means = |(key, [count, cash, charge, credit]): (String, [i64; 4])| {
            (key, vec![count.to_string(), decimal(cash), decimal(charge), decimal(credit)])
        };
        Self {
            by_reason: reasons.into_iter().map(text).collect(),
            by_month: months.into_iter().map(pair).collect(),
            by_channel: channels.into_iter().map(means).collect(),
            by_category: categories.into_iter().map(pair).collect(),
            lag_days: lags.into_iter().map(|(key, count)| (key, vec![count.to_string()])).collect(),
        }
    }
}

fn lines(world: &World, id: RmaId) -> Vec<store::import::history::KnownLine> {
    world.read(|conn| store::import::history::known_lines(conn, id))
}

fn add<const N: usize>(sums: &mut [i64; N], parts: [i64; N]) {
    sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
}

fn bucket(days: i64) -> String {
    match days {
        ..=30 => "0-30",
        31..=60 => "31-60",
        61..=90 => "61-90",
        91..=120 => "91-120",
        _ => "121+",
    }
    .to_owned()
}

fn decimal(minor: i64) -> String {
    Money::new(minor, domain::Currency::CNY).to_decimal_text()
}

fn rows(expected: &Value) -> Table {
    let row = |row: &Value| {
        let mut cells = row.as_array().unwrap().iter().map(|cell| match cell {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        });
        (cells.next().unwrap(), cells.collect())
    };
    expected.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_run_that_is_cut_off_and_run_again_leaves_what_one_run_does() {
    let fixture = Fixture::unpacked();
    let whole = World::new();
    fill(&whole, &fixture);
    let mut broken = World::new();
    for (target, name) in FILES {
        cut_off(&mut broken, &fixture, *target, name);
        let view = try_import(&broken, &fixture.path(name), *target, false, &Mapping::default(), &options()).unwrap();
        assert_eq!((view.rows_changed, view.rows_bad), (0, 0), "{name}");
        assert!(view.rows_same > 0 && view.rows_new > 0, "{name} was cut off in the middle: {view:?}");
    }
    let (whole, broken) = (dump::orders(&whole), dump::orders(&broken));
    assert_eq!(whole.len(), broken.len());
    for (one, other) in whole.iter().zip(&broken) {
        assert_eq!(one, other);
    }
}

// Runs in small transactions until somewhere in the middle, then the process goes away.
fn cut_off(world: &mut World, fixture: &Fixture, target: Target, name: &str) {
    let rows = Fixture::expected()["counts"][name].as_i64().unwrap();
    let slice = u32::try_from(rows / 40).unwrap().max(2);
    let source = Source::open(&fixture.path(name)).unwrap();
    let options = Options { rows_per_command: Some(slice), ..options() };
    let cmd = StartImport { target, file_name: name.to_owned(), dry: false, mapping: Mapping::default(), options };
    let id = import::start(&world.app, Call::system("import.start"), &source, &cmd).unwrap().value.id;
    std::thread::scope(|scope| {
        let running = scope.spawn(|| import::run(&world.app, &Arc::new(Actor::system()), id, &source));
        let read = || world.read(|conn| store::import::find(conn, id)).unwrap().counts.read;
        while read() < rows / 3 && !running.is_finished() {
            std::thread::yield_now();
        }
        // A store that lets go of its file stops the run wherever it is.
        world.app.store().clone().close();
        assert!(running.join().unwrap().is_err(), "{name} ended before it could be cut off");
    });
    world.restart();
    assert_eq!(import::end_interrupted(&world.app).unwrap(), 1);
    let state = world.read(|conn| store::import::find(conn, id)).unwrap();
    assert_eq!(state.state, "stopped");
    assert!(state.counts.read < rows && state.bytes_done < state.bytes_total, "{state:?}");
}
