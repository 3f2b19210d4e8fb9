//! The clock with the time in hand: warnings and passed deadlines once each, late after downtime, paused while the
//! customer is asked; the clocks of parcels and settlements; means against their lines.

use domain::settlement::Basis;
use domain::{LineKind, RmaId, Timestamp};
use operations::rma::answer::{GiveInfo, give_info};
use operations::rma::decide::{Choice, Decide, decide};
use operations::timer::fire::{Fire, fire};
use operations::timer::mean;
use operations::warehouse::sign::{Sign, sign};
use serde_json::json;
use support::hands::goods;
use support::{NOW, Sold, TEMPLATE, World};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The delivered template; Saturday 2026-11-28 is made up from 09:00 to 11:30. Every other working day has 09:00-12:00
/// and 13:30-18:30: eight hours.
fn world() -> World {
    let made_up = "days:\n      2026-11-28: {title: {zh: 调休上班, en: Make-up day}, frames: [\"09:00-11:30\"]}";
    assert!(TEMPLATE.contains("    days: # holidays"), "the template keeps its days");
    World::with_template(&TEMPLATE.replace("days: # holidays", &format!("{made_up} # holidays")))
}

/// So many days after Monday 2026-11-23 at a time on the shop's wall. `NOW` is 10:00 of day 0.
fn at(day: i64, hour: i64, minute: i64) -> Timestamp {
    NOW.plus_ms(day * 24 * HOUR_MS + (hour - 10) * HOUR_MS + minute * MINUTE_MS)
}

const FRIDAY: i64 = 4;
const SATURDAY: i64 = 5;
const MONDAY: i64 = 7;
const TUESDAY: i64 = 8;

/// Fires what is due, as the jobs do, until nothing is.
fn tick(world: &World) -> u32 {
    let mut all = 0;
    loop {
        let fired = world.system(|tx, ctx| fire(tx, ctx, &Fire { limit: 3 })).unwrap().fired;
        if fired == 0 {
            return all;
        }
        all += fired;
    }
}

/// Warnings and passed deadlines of a case: what, when it was told, and how many minutes late if that was late.
fn told(world: &World, rma: RmaId) -> Vec<(String, Timestamp, Option<i64>)> {
    let events = world.read(|conn| store::event::of_rma(conn, rma));
    let events = events.into_iter().filter(|(event, _)| event.kind.starts_with("deadline."));
    let mut all: Vec<_> = events
        .map(|(event, body)| {
            let body: serde_json::Value = serde_json::from_str(&body.unwrap()).unwrap();
            (event.id, (event.kind, event.at, body["late_ms"].as_i64().map(|ms| ms / MINUTE_MS)))
        })
        .collect();
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().map(|(_, told)| told).collect()
}

fn filed(world: &World) -> RmaId {
    let order = world.order(&Sold::default());
    world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap()
}

fn notices(world: &World, person: &str, rma: Option<RmaId>) -> usize {
    let id = world.person_id(person);
    let all = world.read(|conn| store::notice::page(conn, id, None, 100));
    all.iter().filter(|notice| notice.rma_id == rma).count()
}

#[test]
fn each_warning_and_breach_once_over_a_weekend_a_downtime_and_a_clock_that_goes_back() {
    let mut world = world();
    world.clock.set(at(FRIDAY, 13, 30));
    let early = filed(&world);
    // Four working hours from Friday 13:30, all in the afternoon's frame: 17:30. Warned one working hour before: 16:30.
    assert_eq!(world.rma(early).due_at, Some(at(FRIDAY, 17, 30)));
    assert_eq!(world.rma(early).warn_at, Some(at(FRIDAY, 16, 30)));
    world.clock.set(at(FRIDAY, 16, 29));
    assert_eq!(tick(&world), 0);
    world.clock.set(at(FRIDAY, 16, 30));
    assert_eq!(tick(&world), 1);
    world.clock.set(at(FRIDAY, 17, 30));
    let over = filed(&world);
    // Friday 17:30 to 18:30 is one hour. The make-up Saturday's 09:00 to 11:30 are two and a half: three and a half.
    // Sunday has none. The last half hour is Monday's 09:00 to 09:30.
    assert_eq!(world.rma(over).due_at, Some(at(MONDAY, 9, 30)));
    // One working hour before: Monday's half hour, and the half hour that ends with Saturday's frame at 11:30.
    assert_eq!(world.rma(over).warn_at, Some(at(SATURDAY, 11, 0)));
    assert_eq!(tick(&world), 1, "the early one's deadline, to the minute");
    let early_told = vec![
        ("deadline.near".to_owned(), at(FRIDAY, 16, 30), None),
        ("deadline.passed".to_owned(), at(FRIDAY, 17, 30), None),
    ];
    assert_eq!(told(&world, early), early_told);

    // Three days down: from Friday 17:30 to Monday 17:30.
    world.restart();
    world.clock.set(at(MONDAY, 17, 30));
    assert_eq!(tick(&world), 2);
    // Warned for Saturday 11:00: two days, six hours and a half late. Due on Monday 09:30: eight hours late.
    let over_told = vec![
        ("deadline.near".to_owned(), at(MONDAY, 17, 30), Some(54 * 60 + 30)),
        ("deadline.passed".to_owned(), at(MONDAY, 17, 30), Some(8 * 60)),
    ];
    assert_eq!(told(&world, over), over_told);
    let task = world.read(|conn| store::task::open_of_rma(conn, over)).remove(0);
    assert_eq!((task.warned_at, task.breached_at), (Some(at(SATURDAY, 11, 0)), Some(at(MONDAY, 9, 30))), "true times");

    // The machine's clock goes back one hour, and a case is filed in the hour that comes twice.
    world.clock.set(at(MONDAY, 16, 30));
    assert_eq!(tick(&world), 0);
    let again = filed(&world);
    // 16:30 to 18:30 are two hours; Tuesday's 09:00 to 11:00 the other two. Warned at 10:00.
    assert_eq!(world.rma(again).due_at, Some(at(TUESDAY, 11, 0)));
    for minutes in (0..=120).step_by(15) {
        world.clock.set(at(MONDAY, 16, 30).plus_ms(minutes * MINUTE_MS));
        assert_eq!(tick(&world), 0, "{minutes} minutes on");
    }
    world.clock.set(at(TUESDAY, 10, 0));
    assert_eq!(tick(&world), 1);
    world.clock.set(at(TUESDAY, 11, 0));
    assert_eq!(tick(&world), 1);
    let again_told = vec![
        ("deadline.near".to_owned(), at(TUESDAY, 10, 0), None),
        ("deadline.passed".to_owned(), at(TUESDAY, 11, 0), None),
    ];
    for (rma, expect) in [(early, early_told), (over, over_told), (again, again_told)] {
        assert_eq!(told(&world, rma), expect);
        // Who works on it hears both, the manager only of what passed.
        assert_eq!((notices(&world, "agent", Some(rma)), notices(&world, "lead", Some(rma))), (2, 1));
        assert_eq!(notices(&world, "clerk", Some(rma)), 0);
    }
}

fn review(world: &World, rma: RmaId, choice: Choice) {
    let task = world.read(|conn| store::task::open_of_rma(conn, rma)).remove(0);
    let cmd = Decide { rma, node: task.node, round: task.round, choice, note: "请补充照片".to_owned() };
    world.by("agent", move |tx, ctx| decide(tx, ctx, &cmd)).unwrap();
}

fn answered(world: &World, rma: RmaId) {
    let cmd = GiveInfo { rma, text: "已补充".to_owned(), attachments: Vec::new() };
    world.by("agent", move |tx, ctx| give_info(tx, ctx, &cmd)).unwrap();
}

#[test]
fn waiting_for_the_customer_stops_the_clock() {
    let world = world();
    // Monday 10:00: 10-12 two hours, 13:30-15:30 the other two. Warned at 14:30.
    let rma = filed(&world);
    assert_eq!((world.rma(rma).due_at, world.rma(rma).warn_at), (Some(at(0, 15, 30)), Some(at(0, 14, 30))));
    // Asked at 11:00, after one hour: three are left, two until the warning.
    world.clock.set(at(0, 11, 0));
    review(&world, rma, Choice::AskInfo);
    assert_eq!((world.rma(rma).due_at, world.rma(rma).warn_at), (None, None), "nothing runs");
    world.clock.set(at(1, 10, 0));
    assert_eq!(tick(&world), 0, "a day later nobody is late");
    // Answered on Tuesday 13:00: 13:30-16:30 are the three hours, 15:30 the warning.
    world.clock.set(at(1, 13, 0));
    answered(&world, rma);
    assert_eq!((world.rma(rma).due_at, world.rma(rma).warn_at), (Some(at(1, 16, 30)), Some(at(1, 15, 30))));
    // Asked again after the warning, at 16:00: half an hour is left and no second warning comes.
    world.clock.set(at(1, 15, 30));
    assert_eq!(tick(&world), 1);
    world.clock.set(at(1, 16, 0));
    review(&world, rma, Choice::AskInfo);
    world.clock.set(at(2, 9, 0));
    answered(&world, rma);
    assert_eq!(world.rma(rma).due_at, Some(at(2, 9, 30)));
    world.clock.set(at(2, 9, 30));
    assert_eq!(tick(&world), 1);
    // Asked once more when it is late already: it stays late since then, and nobody is told twice.
    world.clock.set(at(2, 10, 0));
    review(&world, rma, Choice::AskInfo);
    world.clock.set(at(2, 11, 0));
    answered(&world, rma);
    let task = world.read(|conn| store::task::open_of_rma(conn, rma)).remove(0);
    assert_eq!((task.due_at, task.breached_at), (Some(at(2, 9, 30)), Some(at(2, 9, 30))));
    world.clock.set(at(9, 11, 0));
    assert_eq!(tick(&world), 0);
    let told: Vec<String> = told(&world, rma).into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(told, ["deadline.near", "deadline.passed"]);
}

#[test]
fn a_decision_ends_the_clock() {
    let world = world();
    let rma = filed(&world);
    review(&world, rma, Choice::Agree);
    world.clock.set(at(9, 11, 0));
    let kinds: Vec<String> = told(&world, rma).into_iter().map(|(kind, _, _)| kind).collect();
    assert!(kinds.is_empty(), "{kinds:?}");
    tick(&world);
    let nodes = world.read(|conn| store::event::of_rma(conn, rma));
    let nodes =
        nodes.into_iter().filter(|(event, _)| event.kind.starts_with("deadline.")).map(|(_, body)| body.unwrap());
    for body in nodes {
        assert!(!body.contains("first_review"), "{body}");
    }
}

#[test]
fn a_signed_parcel_is_watched_until_it_is_opened() {
    let world = world();
    let rma = world.agreed(&world.order(&Sold { waybill: None, ..Sold::default() }), &[(0, LineKind::ReturnRefund, 1)]);
    let announce = operations::warehouse::announce::Announce { rma, waybill: "SF900".to_owned(), carrier: None };
    world.by("lead", move |tx, ctx| operations::warehouse::announce::announce(tx, ctx, &announce)).unwrap();
    let cmd = Sign { warehouse: world.warehouse, carrier: None, waybills: vec!["SF900".to_owned()], at: None };
    world.by("clerk", move |tx, ctx| sign(tx, ctx, &cmd)).unwrap();
    // Signed on Monday 10:00: opened by the end of the next working day, Tuesday 18:30; warned two working hours before.
    let parcels = |world: &World| {
        let events = world.read(|conn| store::event::of_rma(conn, rma));
        let of_parcel = |(event, _): &(store::event::EventRow, Option<String>)| {
            event.subject == "parcel" && event.kind.starts_with("deadline.")
        };
        let mut found: Vec<_> = events.into_iter().filter(of_parcel).map(|(event, _)| (event.at, event.kind)).collect();
        found.sort();
        found
    };
    for minute in (0..=2 * 24 * 60).step_by(30) {
        world.clock.set(NOW.plus_ms(minute * MINUTE_MS));
        tick(&world);
    }
    let expect = [(at(1, 16, 30), "deadline.near".to_owned()), (at(1, 18, 30), "deadline.passed".to_owned())];
    assert_eq!(parcels(&world), expect);
}

#[test]
fn an_approved_settlement_is_watched_until_it_is_paid() {
    let world = world();
    let of_settlements = |world: &World, rma: RmaId| {
        let events = world.read(|conn| store::event::of_rma(conn, rma));
        let found = events.into_iter().map(|(event, _)| event);
        let mut found: Vec<_> = found
            .filter(|event| event.subject == "settlement" && event.kind.starts_with("deadline."))
            .map(|event| (event.at, event.kind))
            .collect();
        found.sort();
        found
    };
    let approved = |world: &World| {
        let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 1)]);
        let line = world.line(rma, 0);
        world.accept(rma, line, 1);
        let share = world.lines(rma)[0].share_goods_minor;
        let keyed = world.propose(rma, Basis::Counted, "manual", vec![goods(line, share)]).unwrap();
        (rma, keyed.settlement)
    };
    // Approved on Monday 10:00: paid by the end of the next working day, Tuesday 18:30; warned two working hours before.
    let (slow, settlement) = approved(&world);
    let (paid, one) = approved(&world);
    let row = world.read(|conn| store::settlement::find(conn, settlement)).unwrap();
    let clock = world.read(|conn| store::task::subject_clock(conn, ("settlement", settlement.get())));
    assert_eq!((row.approved_at, clock), (Some(NOW), Some((at(1, 18, 30), Some(at(1, 16, 30))))));
    world.pay_by_hand(one, "transfer 1").unwrap();
    for minute in (0..=3 * 24 * 60).step_by(30) {
        world.clock.set(NOW.plus_ms(minute * MINUTE_MS));
        tick(&world);
    }
    let expect = [(at(1, 16, 30), "deadline.near".to_owned()), (at(1, 18, 30), "deadline.passed".to_owned())];
    assert_eq!(of_settlements(&world, slow), expect, "once each");
    assert_eq!(of_settlements(&world, paid), [], "what is paid waits for nothing");
}

#[test]
fn a_mean_past_its_line_warns_once_and_is_taken_back() {
    let world = world();
    let looked = |world: &World| {
        let changes = mean::look(&world.app).unwrap();
        for change in changes.clone() {
            world.system(move |tx, ctx| mean::note(tx, ctx, &change)).unwrap();
        }
        changes.into_iter().map(|change| (change.line, change.past, change.counted)).collect::<Vec<_>>()
    };
    // Nine cases of thirty hours say nothing yet; the line of the template is 24 hours over at least ten.
    let slow: Vec<RmaId> = (0..10).map(|_| filed(&world)).collect();
    world.clock.advance_ms(30 * HOUR_MS);
    for rma in &slow[..9] {
        world.agree(*rma);
    }
    assert_eq!(looked(&world), []);
    world.agree(slow[9]);
    assert_eq!(looked(&world), [("review_hours".to_owned(), true, 10)]);
    assert_eq!(looked(&world), [], "once a crossing");
    assert_eq!((notices(&world, "lead", None), notices(&world, "finance", None)), (1, 0));
    let warnings = mean::warnings(&world.app).unwrap();
    assert_eq!((warnings.len(), warnings[0].mean_ms, warnings[0].above_ms), (1, 30 * HOUR_MS, 24 * HOUR_MS));
    // Ten more at once: the mean is fifteen hours.
    for _ in 0..10 {
        world.agree(filed(&world));
    }
    assert_eq!(looked(&world), [("review_hours".to_owned(), false, 20)]);
    assert_eq!(mean::warnings(&world.app).unwrap(), []);
    assert_eq!(notices(&world, "lead", None), 1);
    // Crossing again is a warning again.
    let slow: Vec<RmaId> = (0..20).map(|_| filed(&world)).collect();
    world.clock.advance_ms(60 * HOUR_MS);
    for rma in slow {
        world.agree(rma);
    }
    assert_eq!(looked(&world), [("review_hours".to_owned(), true, 40)]);
    assert_eq!(notices(&world, "lead", None), 2);
}

#[test]
fn a_page_changes_deadlines_lines_and_who_is_told() {
    let floor = support::Floor::open();
    let admin = floor.harness.person_client("admin", &["business_admin"]);
    floor.by("lead").get("/api/template/clocks").refused(403, "forbidden");
    let mut set = admin.get("/api/template/clocks").expect(200);
    assert_eq!((&set["near"], &set["late"]), (&json!(["assignee"]), &json!(["assignee", "after_sales_lead"])));
    let steps: Vec<&str> = set["steps"].as_array().unwrap().iter().map(|step| step["id"].as_str().unwrap()).collect();
    assert_eq!(
        steps,
        ["first_review", "cfo_approval", "receive", "inspect", "settle", "ship_out", "@parcel", "@settlement"]
    );
    set["steps"][0]["deadline"] = json!("2 working_hours");
    set["steps"][0]["warn_before"] = json!("30 minutes");
    set["steps"][6].as_object_mut().unwrap().retain(|name, _| name == "id");
    set["near"] = json!(["assignee", "operations"]);
    set["late"] = json!(["after_sales_lead"]);
    let line = json!({ "node": "settle", "above": "8 hours", "window": "14 days", "at_least": 5, "tell": ["cfo"] });
    set["lines"].as_array_mut().unwrap().push(line);
    let stale = set.clone();
    assert_eq!(admin.put("/api/template/clocks", &set).expect(200)["changed"], true);
    admin.put("/api/template/clocks", &stale).refused(409, "changed_meanwhile");

    let mut read = admin.get("/api/template/clocks").expect(200);
    assert_eq!((&read["near"], &read["late"]), (&json!(["assignee", "operations"]), &json!(["after_sales_lead"])));
    assert_eq!(read["steps"][0]["deadline"], "2 working_hours");
    assert_eq!(read["steps"][6].get("deadline"), None);
    assert_eq!(
        (&read["lines"][3]["id"], &read["lines"][3]["title"]["zh"]),
        (&json!("mean_settle"), &json!("“结算”的平均用时"))
    );
    // A case that is filed now has it: Monday 10:00 to 12:00, warned at 11:30.
    floor.order("T2000001", "SHIRT", 1, 10_000);
    let id = floor.file("T2000001", "return_refund", 1);
    let case = floor.case(&id);
    assert_eq!((&case["head"]["due_at"], &case["head"]["warn_at"]), (&json!(at(0, 12, 0)), &json!(at(0, 11, 30))));

    read["steps"][0]["warn_before"] = json!("2 working_hours");
    let refused = admin.put("/api/template/clocks", &read).refused(422, "template_has_mistakes");
    assert!(refused["fields"][0]["field"].as_str().unwrap().ends_with("approve.warn_before"), "{refused}");
}
