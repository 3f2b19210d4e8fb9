//! The exceptions desk: what gets into each list and when, that every number is the length of the list behind it, who sees
//! and does what, and that nothing is told that a warehouse may not know.

use std::sync::Arc;

use domain::tracking::TrackingState;
use domain::{LineKind, ParcelId, PersonId, RmaId, SkuId, Text, Timestamp, WarehouseId};
use operations::Actor;
use operations::exception::act::{LookAgain, Own, Settle, Which, look_again, own, settle};
use operations::exception::list::{self, After, Asked, Item};
use operations::exception::settings::{self, Settings};
use operations::exception::{Kind, Subject};
use operations::tracking::add::{Add, add};
use operations::warehouse::matching::{Match, assign};
use operations::warehouse::open::{Open, open};
use operations::warehouse::weigh::{Weigh, Weighed, weigh};
use support::hands::units;
use support::{DAY_MS, Harness, NOW, Sold, World, refused, words};

const HOUR_MS: i64 = DAY_MS / 24;

fn case(world: &World, quantity: i64) -> RmaId {
    world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, quantity)])
}

fn later(world: &World, ms: i64) {
    world.clock.set(Timestamp::from_ms(world.app.now().ms() + ms));
}

/// The whole list, page by page of `limit`.
fn listed(world: &World, actor: &Actor, asked: &Asked, limit: u32) -> Vec<Item> {
    let (now, mut all, mut after) = (world.app.now(), Vec::new(), None::<After>);
    loop {
        let page = world.app.read(|conn| list::page(conn, actor, now, asked, after, limit)).unwrap();
        let Some(last) = page.items.last() else { return all };
        // As it crosses HTTP.
        after = Some(last.at.to_string().parse().unwrap());
        all.extend(page.items);
    }
}

/// Kinds and waybills or case numbers, oldest first.
fn told(world: &World, who: &str) -> Vec<(Kind, String)> {
    let items = listed(world, &world.person(who), &Asked::default(), 50);
    items.into_iter().map(|item| (item.kind, item.waybill.unwrap_or_else(|| item.cases[0].number.clone()))).collect()
}

fn number(world: &World, rma: RmaId) -> String {
    world.rma(rma).number
}

/// Every count is the length of its list, for every filter; pages of any size hold the same.
#[track_caller]
fn numbers_are_lists(world: &World, actor: &Actor, asked: &Asked) {
    let now = world.app.now();
    let counts = world.app.read(|conn| list::counts(conn, actor, now, asked)).unwrap();
    let mut total = 0;
    for count in &counts {
        let of_kind = Asked { kind: Some(count.kind), ..asked.clone() };
        let all: i64 = count.ages.iter().sum();
        assert_eq!(listed(world, actor, &of_kind, 50).len() as i64, all, "{:?}", count.kind);
        total += all;
        for (age, expect) in count.ages.iter().enumerate() {
            let of_age = Asked { age: Some(age), ..of_kind.clone() };
            assert_eq!(listed(world, actor, &of_age, 1).len() as i64, *expect, "{:?} {age}", count.kind);
        }
    }
    let whole = listed(world, actor, asked, 50);
    assert_eq!(whole.len() as i64, total);
    assert!(whole.is_sorted_by_key(|item| item.since));
    let by_ones: Vec<_> = listed(world, actor, asked, 1).iter().map(|item| item.at).collect();
    assert_eq!(by_ones, whole.iter().map(|item| item.at).collect::<Vec<_>>());
}

fn open_parcel(world: &World, parcel: ParcelId) {
    world.by("clerk", move |tx, ctx| open(tx, ctx, &Open { parcel, at: None })).unwrap();
}

fn weigh_it(world: &World, parcel: ParcelId, grams: i64) -> Weighed {
    world.by("clerk", move |tx, ctx| weigh(tx, ctx, &Weigh { parcel, grams })).unwrap()
}

/// An article's weight, set as the master data page does.
fn weighs(world: &World, code: &str, grams: i64) {
    let known = world.read(|conn| store::sku::by_code(conn, code)).unwrap();
    world
        .system(move |tx, _| {
            let row = store::sku::SkuRow { weight_grams: Some(grams), ..known.clone() };
            Ok(store::sku::update(tx, &row)?)
        })
        .unwrap();
}

fn which(kind: Kind, parcel: ParcelId) -> Which {
    Which { kind, subject: Subject::Parcel, id: parcel.get() }
}

#[test]
fn each_list_takes_what_stands_too_long_and_lets_go_of_what_moves_on() {
    let world = World::new();
    let rma = case(&world, 2);
    let parcel = world.announce(rma, "SF1").unwrap();
    later(&world, 1);
    world.sign("NOBODY1").unwrap();
    assert_eq!(told(&world, "clerk"), [(Kind::Unidentified, "NOBODY1".to_owned())]);
    // A millisecond less than five days is not too long.
    later(&world, 5 * DAY_MS - 2);
    assert_eq!(told(&world, "clerk").len(), 1);
    later(&world, 1);
    assert_eq!(told(&world, "clerk")[0], (Kind::Silent, "SF1".to_owned()));
    world.sign("SF1").unwrap();
    assert_eq!(told(&world, "clerk").len(), 1);
    later(&world, 24 * HOUR_MS);
    assert_eq!(told(&world, "clerk")[1], (Kind::Unopened, "SF1".to_owned()));
    open_parcel(&world, parcel);
    assert_eq!(told(&world, "clerk").len(), 1);
    later(&world, 24 * HOUR_MS);
    assert_eq!(told(&world, "clerk")[1], (Kind::Uncounted, "SF1".to_owned()));
    world.count(parcel, vec![units(world.line(rma, 0), 1)]).unwrap();
    assert_eq!(told(&world, "clerk"), [(Kind::Unidentified, "NOBODY1".to_owned())]);
    // Once it has a case it is one parcel like any other: signed days ago, so it should be open.
    let stranger = world.read(|conn| store::parcel::by_waybill(conn, "NOBODY1"))[0].id;
    let owner = case(&world, 1);
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &Match { parcel: stranger, rma: owner })).unwrap();
    assert_eq!(told(&world, "clerk"), [(Kind::Unopened, "NOBODY1".to_owned())]);
    numbers_are_lists(&world, &world.person("clerk"), &Asked::default());
}

#[test]
fn a_parcel_of_a_case_that_is_over_is_awaited_no_longer() {
    let world = World::new();
    let rma = case(&world, 1);
    world.announce(rma, "SF1").unwrap();
    later(&world, 6 * DAY_MS);
    assert_eq!(told(&world, "agent"), [(Kind::Silent, "SF1".to_owned())]);
    let withdraw = operations::rma::withdraw::Withdraw { rma, reason: "kept it".to_owned() };
    world.by("agent", move |tx, ctx| operations::rma::withdraw::withdraw(tx, ctx, &withdraw)).unwrap();
    assert_eq!(told(&world, "agent"), []);
    // It comes all the same: a to-do, for it contradicts what was agreed.
    world.sign("SF1").unwrap();
    assert_eq!(told(&world, "agent"), [(Kind::Conflict, number(&world, rma))]);
    let task = world.read(|conn| store::task::open_of_rma(conn, rma)).into_iter().find(|task| task.kind == "conflict");
    let item = Which { kind: Kind::Conflict, subject: Subject::Task, id: task.unwrap().id.get() };
    let cmd = Settle { items: vec![item], reason: "sent back to the customer".to_owned() };
    world.by("lead", move |tx, ctx| settle(tx, ctx, &cmd)).unwrap();
    assert_eq!(told(&world, "agent"), []);
}

#[test]
fn what_the_carrier_says_is_awaited_until_somebody_signs() {
    let world = World::new();
    let rma = case(&world, 1);
    let parcel = world.announce(rma, "SF1").unwrap();
    assert_eq!(told(&world, "agent"), []);
    let (place, text) = ("杭州".to_owned(), "已签收".to_owned());
    let heard = Add { parcel, at: None, state: TrackingState::Signed, place, text };
    world.by("agent", move |tx, ctx| add(tx, ctx, &heard)).unwrap();
    assert_eq!(told(&world, "agent"), [(Kind::CarrierSigned, "SF1".to_owned())]);
    world.sign("SF1").unwrap();
    assert_eq!(told(&world, "agent"), []);
}

#[test]
fn a_weight_is_held_against_what_should_be_in_it() {
    let world = World::new();
    let rma = case(&world, 2);
    let parcel = world.announce(rma, "SF1").unwrap();
    let early = world.by("clerk", move |tx, ctx| weigh(tx, ctx, &Weigh { parcel, grams: 900 }));
    assert_eq!(refused(early), "sign_first");
    world.sign("SF1").unwrap();
    // Nobody knows what a shirt weighs: nothing can be told.
    assert_eq!(weigh_it(&world, parcel, 100), Weighed { parcel, expected_grams: None, gap: false });
    weighs(&world, "SHIRT", 1_000);
    // Ten percent of two kilograms more is nothing yet.
    assert!(!weigh_it(&world, parcel, 2_200).gap);
    assert_eq!(weigh_it(&world, parcel, 2_201), Weighed { parcel, expected_grams: Some(2_000), gap: true });
    assert_eq!(told(&world, "clerk"), [(Kind::WeightGap, "SF1".to_owned())]);
    let item = &listed(&world, &world.person("clerk"), &Asked::default(), 9)[0];
    assert_eq!((item.weight_grams, item.expected_grams), (Some(2_201), Some(2_000)));
    let bad = world.by("clerk", move |tx, ctx| weigh(tx, ctx, &Weigh { parcel, grams: 0 }));
    assert_eq!(refused(bad), "weight_out_of_range");
    // A second parcel: nobody knows what is in which.
    world.announce(rma, "SF2").unwrap();
    assert_eq!(weigh_it(&world, parcel, 2_201), Weighed { parcel, expected_grams: None, gap: false });
}

#[test]
fn a_parcel_that_is_matched_is_judged_by_what_its_case_sends() {
    let world = World::new();
    let rma = case(&world, 1);
    weighs(&world, "SHIRT", 1_000);
    world.sign("NOBODY1").unwrap();
    let parcel = world.read(|conn| store::parcel::by_waybill(conn, "NOBODY1"))[0].id;
    assert!(!weigh_it(&world, parcel, 300).gap);
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &Match { parcel, rma })).unwrap();
    assert_eq!(told(&world, "clerk"), [(Kind::WeightGap, "NOBODY1".to_owned())]);
}

#[test]
fn things_are_given_away_looked_at_again_and_settled_in_one_go() {
    let world = World::new();
    for waybill in ["NOBODY1", "NOBODY2"] {
        world.sign(waybill).unwrap();
    }
    let parcels: Vec<_> =
        ["NOBODY1", "NOBODY2"].map(|waybill| world.read(|conn| store::parcel::by_waybill(conn, waybill))[0].id).into();
    let both: Vec<_> = parcels.iter().map(|parcel| which(Kind::Unidentified, *parcel)).collect();
    let clerk = world.person_id("clerk");
    let (items, owner) = (both.clone(), Some(clerk));
    let given = world.by("clerk", move |tx, ctx| own(tx, ctx, &Own { items: items.clone(), owner })).unwrap();
    assert_eq!(given.items, 2);
    let mine = Asked { owner: Some(Some(clerk)), ..Asked::default() };
    assert_eq!(listed(&world, &world.person("clerk"), &mine, 9).len(), 2);
    let nobodys = Asked { owner: Some(None), ..Asked::default() };
    assert_eq!(listed(&world, &world.person("clerk"), &nobodys, 9).len(), 0);
    let (items, at) = (both.clone(), Some(Timestamp::from_ms(NOW.ms() + DAY_MS)));
    let again = LookAgain { items, at, note: "asked the carrier".to_owned() };
    world.by("clerk", move |tx, ctx| look_again(tx, ctx, &again)).unwrap();
    let row = world.read(|conn| store::parcel::find(conn, parcels[0])).unwrap();
    assert_eq!((row.owner_id, row.next_follow_up_at, row.note.as_str()), (owner, at, "asked the carrier"));
    // When that day comes the parcels stand in two lists each.
    later(&world, 2 * DAY_MS);
    let kinds: Vec<_> = told(&world, "clerk").into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [Kind::Unidentified, Kind::Unidentified, Kind::FollowUp, Kind::FollowUp]);
    numbers_are_lists(&world, &world.person("clerk"), &mine);
    let mut items = both.clone();
    items.extend(parcels.iter().map(|parcel| which(Kind::FollowUp, *parcel)));
    let cmd = Settle { items, reason: "given back to the carrier".to_owned() };
    world.by("clerk", move |tx, ctx| settle(tx, ctx, &cmd)).unwrap();
    assert_eq!(told(&world, "clerk"), []);
    let row = world.read(|conn| store::parcel::find(conn, parcels[0])).unwrap();
    assert!(row.note.starts_with("asked the carrier\ngiven back to the carrier"), "{}", row.note);
    // It turns out to be somebody's: it is looked at anew.
    let (parcel, rma) = (parcels[0], case(&world, 1));
    world.by("clerk", move |tx, ctx| assign(tx, ctx, &Match { parcel, rma })).unwrap();
    assert_eq!(told(&world, "clerk"), [(Kind::Unopened, "NOBODY1".to_owned())]);
}

#[test]
fn all_or_none_and_the_words_say_what_is_wrong() {
    let world = World::new();
    world.sign("NOBODY1").unwrap();
    let parcel = world.read(|conn| store::parcel::by_waybill(conn, "NOBODY1"))[0].id;
    let good = which(Kind::Unidentified, parcel);
    let gone = which(Kind::Unidentified, ParcelId::from_raw(7));
    let settle_all = |items: Vec<Which>, reason: &str| {
        let cmd = Settle { items, reason: reason.to_owned() };
        world.by("clerk", move |tx, ctx| settle(tx, ctx, &cmd))
    };
    assert_eq!(refused(settle_all(vec![good, gone], "x")), "not_found");
    assert_eq!(told(&world, "clerk").len(), 1);
    assert_eq!(refused(settle_all(vec![good], "  ")), "reason_needed");
    assert_eq!(refused(settle_all(vec![], "x")), "items_out_of_range");
    assert_eq!(refused(settle_all(vec![good; 101], "x")), "items_out_of_range");
    let cmd = Own { items: vec![good], owner: Some(PersonId::from_raw(7)) };
    assert_eq!(refused(world.by("clerk", move |tx, ctx| own(tx, ctx, &cmd))), "no_such_person");
    let cmd = LookAgain { items: vec![good], at: Some(NOW), note: String::new() };
    let past = world.by("clerk", move |tx, ctx| look_again(tx, ctx, &cmd));
    assert_eq!(words(past), "look again at a time that is still to come");
}

fn second_warehouse(world: &World) -> WarehouseId {
    let save = operations::master::warehouse::SaveWarehouse {
        id: None,
        version: 0,
        code: "W2".to_owned(),
        name: Text::new("外包仓", "Outsourced"),
        contact_name: "收货组".to_owned(),
        contact_phone: "02112345678".to_owned(),
        address: Text::new("昆山一号", "1 Kunshan"),
        notes: Text::default(),
        active: true,
    };
    let saved = world.system(move |tx, ctx| operations::master::warehouse::save(tx, ctx, &save)).unwrap();
    WarehouseId::from_raw(saved.id)
}

#[test]
fn another_warehouse_sees_nothing_and_does_nothing() {
    let world = World::new();
    let other = second_warehouse(&world);
    let (away, here) = (
        world.hire("away", "warehouse_clerk", None, Some(other)),
        world.hire("here", "warehouse_clerk", None, Some(world.warehouse)),
    );
    let rma = case(&world, 1);
    world.announce(rma, "SF1").unwrap();
    world.sign("NOBODY1").unwrap();
    let cmd = operations::rma::follow_up::FollowUp { rma, at: Some(NOW) };
    world.by("agent", move |tx, ctx| operations::rma::follow_up::follow_up(tx, ctx, &cmd)).unwrap();
    later(&world, 6 * DAY_MS);
    assert_eq!(listed(&world, &here, &Asked::default(), 9).len(), 3);
    numbers_are_lists(&world, &here, &Asked::default());
    assert_eq!(listed(&world, &away, &Asked::default(), 9).len(), 0);
    let now = world.app.now();
    let counts = world.app.read(|conn| list::counts(conn, &away, now, &Asked::default())).unwrap();
    assert!(counts.iter().all(|count| count.ages.iter().all(|age| *age == 0)), "{counts:?}");
    let parcel = world.read(|conn| store::parcel::by_waybill(conn, "NOBODY1"))[0].id;
    let act = move |actor: &Arc<Actor>| {
        let cmd = Settle { items: vec![which(Kind::Unidentified, parcel)], reason: "x".to_owned() };
        world.run_as(Arc::clone(actor), move |tx, ctx| settle(tx, ctx, &cmd))
    };
    assert_eq!(refused(act(&away)), "not_found");
    act(&here).unwrap();
}

#[test]
fn parcels_that_are_here_are_not_for_those_who_only_see_cases() {
    let world = World::new();
    let rma = case(&world, 1);
    world.announce(rma, "SF1").unwrap();
    world.sign("NOBODY1").unwrap();
    later(&world, 6 * DAY_MS);
    // The agent may follow up what is awaited, and hears nothing of what lies in the warehouse.
    assert_eq!(told(&world, "agent"), [(Kind::Silent, "SF1".to_owned())]);
    let [awaited, here] =
        ["SF1", "NOBODY1"].map(|waybill| world.read(|conn| store::parcel::by_waybill(conn, waybill))[0].id);
    let agent = world.person_id("agent");
    let take = |item: Which| {
        let cmd = Own { items: vec![item], owner: Some(agent) };
        world.by("agent", move |tx, ctx| own(tx, ctx, &cmd))
    };
    take(which(Kind::Silent, awaited)).unwrap();
    assert_eq!(refused(take(which(Kind::Unidentified, here))), "forbidden");
    // Nor by another name.
    assert_eq!(refused(take(which(Kind::Silent, here))), "forbidden");
}

#[test]
fn filters_narrow_the_lists_and_the_numbers_alike() {
    let world = World::new();
    let other = second_warehouse(&world);
    for at in 0..4 {
        let rma = case(&world, 1);
        world.announce(rma, &format!("SF{at}")).unwrap();
        world.sign(&format!("NOBODY{at}")).unwrap();
        // Ages on both sides of each border, and two of the same age in different lists.
        later(&world, DAY_MS + i64::from(at == 2));
    }
    later(&world, 4 * DAY_MS);
    let lead = world.hire("boss", "operations", None, None);
    let clerk = world.person("clerk");
    for actor in [&lead, &clerk] {
        for warehouse in [None, Some(world.warehouse), Some(other)] {
            for shop in [None, Some(world.shop)] {
                for owner in [None, Some(None)] {
                    numbers_are_lists(&world, actor, &Asked { warehouse, shop, owner, ..Asked::default() });
                }
            }
        }
    }
    let elsewhere = Asked { warehouse: Some(other), ..Asked::default() };
    assert_eq!(listed(&world, &clerk, &elsewhere, 9).len(), 0);
    // What has no case belongs to no shop.
    let of_shop = Asked { shop: Some(world.shop), ..Asked::default() };
    assert!(listed(&world, &clerk, &of_shop, 9).iter().all(|item| item.kind != Kind::Unidentified));
}

#[test]
fn what_is_too_long_is_set_on_a_page() {
    let world = World::new();
    let rma = case(&world, 1);
    world.announce(rma, "SF1").unwrap();
    later(&world, 2 * DAY_MS);
    assert_eq!(told(&world, "agent"), []);
    let known: Settings = world.app.read(settings::read).unwrap();
    let save = |change: fn(&mut Settings)| {
        let mut wanted = known.clone();
        change(&mut wanted);
        world.system(move |tx, ctx| settings::save(tx, ctx, &wanted))
    };
    save(|settings| settings.silent_days = 2).unwrap();
    assert_eq!(told(&world, "agent"), [(Kind::Silent, "SF1".to_owned())]);
    assert_eq!(refused(save(|settings| settings.unopened_hours = 0)), "settings_refused");
    assert_eq!(refused(save(|settings| settings.age_days = vec![1, 1, 7])), "settings_refused");
    assert_eq!(refused(save(|settings| settings.age_days = vec![1, 3])), "settings_refused");
    let wanted = known.clone();
    let forbidden = world.by("agent", move |tx, ctx| settings::save(tx, ctx, &wanted));
    assert_eq!(refused(forbidden), "forbidden");
}

#[test]
fn nothing_that_a_warehouse_may_not_know_crosses_http() {
    let harness = Harness::start();
    let clerk = harness.person_client("wanda", &["warehouse_clerk"]);
    let page = clerk.get("/api/exceptions").expect(200);
    assert_eq!(page["items"].as_array().map(Vec::len), Some(0));
    let counts = clerk.get("/api/exceptions/counts").expect(200);
    assert_eq!((counts["total"].as_i64(), counts["kinds"].as_array().map(Vec::len)), (Some(0), Some(8)));
    clerk.get("/api/exceptions?age=x").refused(400, "wrong_type");
    clerk.get("/api/exceptions?owner=somebody").refused(422, "malformed");
    clerk.get("/api/exceptions?after=x").refused(400, "malformed_after");
    let people = clerk.get("/api/exceptions/people").expect(200);
    assert!(people.as_array().is_some_and(|people| people.iter().any(|one| one["name"] == "wanda")), "{people}");
    let view = include_str!("../../app/contract/src/exception.rs");
    // The view has no such field at all; a new one would have to be thought about here.
    for field in ["phone", "price", "minor", "Money", "address", "email"] {
        let shown = view.lines().filter(|line| !line.trim_start().starts_with("//"));
        assert!(shown.into_iter().all(|line| !line.contains(field)), "{field}");
    }
}

#[test]
fn an_article_keeps_its_weight() {
    let world = World::new();
    world.order(&Sold::default());
    weighs(&world, "SHIRT", 250);
    let id: SkuId = world.read(|conn| store::sku::by_code(conn, "SHIRT")).unwrap().id;
    assert_eq!(world.read(|conn| store::sku::find(conn, id)).unwrap().weight_grams, Some(250));
}
