//! Boards: every figure of every component opens the rows behind it, and they are as many and add up to as much.

use engine::report::Measure;
use serde_json::{Value, json};
use support::{Floor, text};

fn fires(floor: &Floor) {
    use operations::timer::fire::{Fire, fire};
    let fired = || floor.harness.run("timer.fire", |tx, ctx| fire(tx, ctx, &Fire { limit: 25 })).unwrap().fired;
    while fired() > 0 {}
}

/// A day's work: filed and late, agreed too late, on its way, arrived, counted, inspected, paid.
fn busy() -> Floor {
    let floor = Floor::open();
    let pass = |minutes: i64| floor.harness.clock().advance_ms(minutes * 60_000);
    floor.order("T1000001", "SHIRT", 3, 10_000);
    let _unread = floor.file("T1000001", "return_refund", 1);
    floor.order("T1000006", "SHIRT", 1, 5_000);
    let late = floor.file("T1000006", "return_refund", 1);
    // Monday 10:00: four working hours are over at 15:30.
    pass(5 * 60 + 45);
    fires(&floor);
    floor.agree(&late);
    for (number, quantity, price) in [("T1000002", 3, 10_000), ("T1000003", 1, 7_000), ("T1000004", 2, 600_000)] {
        let id = floor.agreed(number, "return_refund", quantity, price);
        pass(60);
        if number == "T1000002" {
            continue;
        }
        let group = floor.counted(&id, &format!("SF{number}"), quantity);
        floor.inspected(&group, quantity, "grade_new", "customer", "restock");
        let keyed = floor.proposed(&id, "manual");
        let path = format!("/api/settlements/{}", text(&keyed["id"]));
        if keyed["state"] == "proposed" {
            floor.by("finance2").post(&format!("{path}/approval"), &json!({})).expect(200);
        }
        pass(30);
        if number == "T1000003" {
            floor.by("finance").post(&format!("{path}/manual-payments"), &json!({ "proof": "cash" })).expect(200);
        }
    }
    let waiting = floor.agreed("T1000005", "return_refund", 1, 4_200);
    let _unopened = floor.signed(&waiting, "SF5");
    floor
}

/// All rows behind a figure, page by page, and what the list says of them.
fn behind(floor: &Floor, path: &str) -> (Value, Vec<Value>) {
    let reader = floor.by("lead");
    let first = reader.get(&format!("{path}&limit=2")).expect(200);
    let mut items = first["items"].as_array().unwrap().clone();
    let mut next = first["next"].as_str().map(str::to_owned);
    while let Some(after) = next {
        let page = reader.get(&format!("{path}&limit=2&after={after}")).expect(200);
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        next = page["next"].as_str().map(str::to_owned);
    }
    (first, items)
}

/// What the rows of a list come to, reckoned from what each of them adds.
fn reckoned(measure: &Measure, values: &[Option<f64>]) -> Option<f64> {
    let mut there: Vec<f64> = values.iter().copied().flatten().collect();
    let mean = |there: &[f64]| (!there.is_empty()).then(|| there.iter().sum::<f64>() / there.len() as f64);
    match measure {
        Measure::Count => Some(values.len() as f64),
        Measure::Sum(_) => Some(there.iter().sum()),
        Measure::Mean(_) => mean(&there),
        Measure::Share(_) => mean(&there).map(|share| share * 100.0),
        Measure::P90(_) => {
            there.sort_by(f64::total_cmp);
            there.get(((9 * there.len()).div_ceil(10)).max(1) - 1).copied()
        }
    }
}

#[test]
fn every_figure_opens_rows_that_add_up_to_it() {
    let floor = busy();
    let definitions = floor.harness.app().definitions();
    let boards = definitions.current().unwrap().template.template().boards.clone();
    let mut opened = 0;
    for board in &boards {
        let view = floor.by("lead").get(&format!("/api/boards/{}", board.id)).expect(200);
        let shown = view["components"].as_array().unwrap();
        assert_eq!(shown.len(), board.components.len());
        for (component, shown) in board.components.iter().zip(shown) {
            for row in shown["rows"].as_array().unwrap() {
                let what = format!("{} {} {row}", board.id, component.id);
                let query = row["behind"].as_str().unwrap_or_else(|| panic!("{what} opens nothing"));
                let path = format!("/api/boards/{}/components/{}/rows?{query}", board.id, component.id);
                let (list, items) = behind(&floor, &path);
                assert_eq!(list["count"].as_u64().unwrap() as usize, items.len(), "{what}");
                assert_eq!(list["labels"], row["labels"], "{what}");
                for (at, measure) in component.measures.iter().enumerate() {
                    let values: Vec<Option<f64>> = items.iter().map(|item| item["figures"][at].as_f64()).collect();
                    let (figure, listed) = (row["figures"][at].as_f64(), list["figures"][at].as_f64());
                    assert_eq!(figure, listed, "{what}");
                    let near = match (figure, reckoned(measure, &values)) {
                        (Some(one), Some(other)) => (one - other).abs() < 1e-6,
                        (one, other) => one == other,
                    };
                    assert!(near, "{what}: {figure:?} is not {:?}", reckoned(measure, &values));
                }
                opened += items.len();
            }
        }
    }
    assert!(opened > 60, "only {opened} rows stand behind the boards");
}

#[test]
fn the_owners_board_has_what_was_asked_for() {
    let floor = busy();
    let view = floor.by("lead").get("/api/boards/owner_board").expect(200);
    let figure = |id: &str, at: usize| {
        let component = view["components"].as_array().unwrap().iter().find(|one| one["id"] == id);
        component.unwrap_or_else(|| panic!("no {id}"))["rows"][0]["figures"][at].clone()
    };
    assert_eq!((figure("to_review", 0), figure("to_receive", 0)), (json!(1.0), json!(3.0)));
    // Three shirts at 100, the coat of 6,000 twice, 42 and 50: what is agreed and not yet paid.
    assert_eq!(figure("to_refund", 0), json!(1_239_200.0));
    // One payment, half an hour after it was approved.
    assert_eq!((figure("payment_hours", 0), figure("payment_hours", 1)), (json!(0.5), json!(0.5)));
    assert_eq!(figure("overdue", 0), json!(1.0), "the case that nobody has looked at");
    assert!(figure("on_time", 0).as_f64().is_some_and(|share| share > 50.0 && share < 100.0), "one was late");
    let rows =
        view["components"].as_array().unwrap().iter().find(|one| one["id"] == "by_person").unwrap()["rows"].clone();
    let agent = rows.as_array().unwrap().iter().find(|row| row["labels"][0]["en"] == "agent");
    let agent = agent.unwrap_or_else(|| panic!("no agent in {rows}"));
    assert_eq!(
        (&agent["figures"][0], &agent["figures"][1]),
        (&json!(5.0), &json!(1.0)),
        "five decided, one of them late"
    );
}

#[test]
fn a_row_that_is_not_there_names_nothing() {
    let floor = busy();
    let lead = floor.by("lead");
    assert_eq!(lead.get("/api/boards/owner_board/components/nothing/rows?row=[]").status, 404);
    assert_eq!(lead.get("/api/boards/nothing/components/new_today/rows?row=[]").status, 404);
    assert_eq!(lead.get("/api/boards/owner_board/components/by_stage/rows?row=[]").status, 404);
    assert_eq!(lead.get("/api/boards/owner_board/components/by_stage/rows?row=nonsense").status, 404);
    assert_eq!(floor.by("clerk").get("/api/boards/owner_board/components/new_today/rows?row=[]").status, 403);
}
