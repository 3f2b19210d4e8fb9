//! Master data: versions, codes, the reason tree, calendars, barcodes, the block list, erasing.

use domain::{CalendarId, Currency, LineKind, ReasonId, SkuId, Text};
use operations::master::barcode::Barcode;
use operations::master::block_key::{BlockKind, SaveBlockKey};
use operations::master::{barcode, block_key, calendar, customer, holidays, rate, reason, sku, tag};
use serde_json::json;
use support::{Harness, Sold, World, refused};

fn sku_of(code: &str) -> sku::SaveSku {
    sku::SaveSku {
        id: None,
        version: 0,
        code: code.to_owned(),
        name: Text::new(code, ""),
        category: String::new(),
        brand: String::new(),
        unit: "pcs".to_owned(),
        list_price_minor: 100,
        resalable: true,
        has_serial: false,
        has_lot: false,
        supplier_id: None,
        weight_grams: None,
        active: true,
    }
}

#[test]
fn a_row_changes_only_when_its_version_stands() {
    let world = World::new();
    let save = |cmd: sku::SaveSku| world.system(move |tx, ctx| sku::save(tx, ctx, &cmd));
    let added = save(sku_of("S-1")).unwrap();
    let id = Some(SkuId::from_raw(added.id));
    let changed = save(sku::SaveSku { id, version: added.version, active: false, ..sku_of("S-1") }).unwrap();
    assert_eq!(changed.version, added.version + 1);
    assert_eq!(refused(save(sku::SaveSku { id, version: added.version, ..sku_of("S-1") })), "changed_meanwhile");
    assert_eq!(refused(save(sku_of("S-1"))), "code_taken");
    assert_eq!(refused(save(sku_of("a b"))), "invalid_fields");
    let row = world.read(|conn| store::sku::by_code(conn, "S-1")).unwrap();
    assert!(!row.active && row.name_en == "S-1", "an empty language is filled by the other");
}

#[test]
fn a_barcode_belongs_to_one_article() {
    let world = World::new();
    let first = world.system(|tx, ctx| sku::save(tx, ctx, &sku_of("S-1"))).unwrap();
    let second = world.system(|tx, ctx| sku::save(tx, ctx, &sku_of("S-2"))).unwrap();
    let give = |id: i64, quantity| {
        let row = Barcode { barcode: "690001".to_owned(), quantity, active: true };
        world.system(move |tx, ctx| barcode::save(tx, ctx, SkuId::from_raw(id), &row))
    };
    give(first.id, 1).unwrap();
    give(first.id, 12).unwrap();
    assert_eq!(refused(give(second.id, 1)), "barcode_taken");
    let found = world.read(|conn| store::sku::by_barcode(conn, "690001"));
    assert_eq!(found, Some((SkuId::from_raw(first.id), 12)));
}

#[test]
fn reasons_have_two_levels() {
    let world = World::new();
    let save = |code: &str, id: Option<i64>, version, parent: Option<i64>| {
        let cmd = reason::SaveReason {
            id: id.map(ReasonId::from_raw),
            version,
            code: code.to_owned(),
            parent_id: parent.map(ReasonId::from_raw),
            name: Text::new(code, code),
            evidence_required: false,
            liability: domain::state::Bearer::Shop,
            position: 0,
            active: true,
        };
        world.system(move |tx, ctx| reason::save(tx, ctx, &cmd))
    };
    let group = save("group", None, 0, None).unwrap();
    let leaf = save("leaf", None, 0, Some(group.id)).unwrap();
    assert_eq!(refused(save("deeper", None, 0, Some(leaf.id))), "invalid_fields");
    assert_eq!(refused(save("group", Some(group.id), group.version, Some(leaf.id))), "invalid_fields");
    assert!(world.app.definitions().masters.reason_by_code("leaf").is_some(), "the copy in memory is read anew");
}

#[test]
fn calendars_take_the_year_s_holidays_and_edits_stay() {
    let world = World::new();
    let frame = |weekday, from_minute, to_minute| calendar::FrameOfWeek { weekday, from_minute, to_minute };
    let save = |frames: Vec<calendar::FrameOfWeek>| {
        let cmd = calendar::SaveCalendar {
            id: None,
            version: 0,
            code: "C".to_owned(),
            name: Text::new("日历", ""),
            zone: "Asia/Shanghai".to_owned(),
            frames,
        };
        world.system(move |tx, ctx| calendar::save(tx, ctx, &cmd))
    };
    assert_eq!(refused(save(vec![frame(1, 540, 720), frame(1, 700, 800)])), "invalid_fields");
    assert_eq!(refused(save(vec![])), "invalid_fields");
    let saved = save(vec![frame(1, 540, 720), frame(1, 780, 1_080)]).unwrap();
    let id = CalendarId::from_raw(saved.id);
    let edited = "2026-10-01".parse().unwrap();
    let day = Some((2, Text::new("值班", "On duty")));
    world.system(move |tx, ctx| calendar::put_day(tx, ctx, id, edited, day.clone())).unwrap();
    let put = world.system(move |tx, ctx| holidays::put(tx, ctx, id, 2026)).unwrap();
    let known = world.read(store::master::calendars).into_iter().find(|row| row.id == id).unwrap();
    assert_eq!(known.days.len(), put + 1);
    let like = |date: &str| known.days.iter().find(|day| day.0.to_string() == date).map(|day| day.1);
    assert_eq!((like("2026-10-01"), like("2026-10-02"), like("2026-10-10")), (Some(2), Some(0), Some(1)));
    assert_eq!(refused(world.system(move |tx, ctx| holidays::put(tx, ctx, id, 1999))), "unknown_year");
}

#[test]
fn the_block_list_compares_values_in_their_normal_form() {
    let world = World::new();
    let tag = tag::Tag { code: "watch".to_owned(), name: Text::new("关注", "Watch") };
    world.system(move |tx, ctx| tag::save(tx, ctx, &tag)).unwrap();
    let save = |kind, value: &str, note: Option<&str>| {
        let cmd =
            SaveBlockKey { kind, value: value.to_owned(), tag: "watch".to_owned(), note: note.map(str::to_owned) };
        world.system(move |tx, ctx| block_key::save(tx, ctx, &cmd))
    };
    save(BlockKind::Phone, "+86 138-0000-0042", Some("often")).unwrap();
    assert_eq!(world.read(|conn| store::reference::list::blocked(conn, "phone", "13800000042")).len(), 1);
    assert_eq!(refused(save(BlockKind::Phone, "138****0042", Some(""))), "invalid_fields");
    save(BlockKind::Phone, "13800000042", None).unwrap();
    assert_eq!(refused(save(BlockKind::Phone, "13800000042", None)), "not_found");
}

#[test]
fn a_buyer_on_the_block_list_has_its_tag() {
    let world = World::new();
    let tag = tag::Tag { code: "watch".to_owned(), name: Text::new("关注", "Watch") };
    world.system(move |tx, ctx| tag::save(tx, ctx, &tag)).unwrap();
    for (kind, value) in [(BlockKind::Nickname, "Tea Lover"), (BlockKind::Address, "上海市，徐汇区 某路1号")]
    {
        let cmd = SaveBlockKey { kind, value: value.to_owned(), tag: "watch".to_owned(), note: Some(String::new()) };
        world.system(move |tx, ctx| block_key::save(tx, ctx, &cmd)).unwrap();
    }
    let contact = |nickname: Option<&str>, address: Option<&str>| {
        let row = store::contact::ContactRow {
            nickname: nickname.map(str::to_owned),
            address: address.map(str::to_owned),
            ..store::contact::ContactRow::empty(domain::ContactId::from_raw(world.next()))
        };
        let id = row.id;
        world.system(move |tx, _| Ok(store::contact::insert(tx, &row)?)).unwrap();
        world.read(|conn| store::case_facts::buyer_tags(conn, None, Some(id)))
    };
    assert_eq!(contact(Some("tealover"), None), ["watch"]);
    assert_eq!(contact(None, Some("上海市徐汇区某路1号")), ["watch"]);
    assert!(contact(Some("somebody"), Some("北京")).is_empty());
}

#[test]
fn erased_values_are_gone_and_found_no_more() {
    let world = World::new();
    let row = store::contact::ContactRow {
        name: Some("张三丰".to_owned()),
        phone: Some("13800000042".to_owned()),
        phone_tail: Some("0042".to_owned()),
        ..store::contact::ContactRow::empty(domain::ContactId::from_raw(7))
    };
    let id = row.id;
    world.system(move |tx, _| Ok(store::contact::insert(tx, &row)?)).unwrap();
    let key = store::contact::Key { kind: store::contact::KeyKind::Name, text: "三丰".to_owned() };
    assert_eq!(world.read(|conn| store::contact::with_key(conn, &key, 5)), [id]);
    world.system(move |tx, ctx| customer::erase(tx, ctx, id)).unwrap();
    assert!(world.read(|conn| store::contact::with_key(conn, &key, 5)).is_empty());
    let left = world.read(|conn| store::contact::find(conn, id)).unwrap();
    assert_eq!((left.name, left.phone, left.erased_at.is_some()), (None, None, true));
}

#[test]
fn erasing_a_customer_reaches_orders_and_cases() {
    let world = World::new();
    let order = world.order(&Sold::default());
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let customer = world.rma(rma).customer_id.unwrap();
    let own = store::contact::ContactRow {
        name: Some("张三".to_owned()),
        ..store::contact::ContactRow::empty(domain::ContactId::from_raw(7))
    };
    let id = own.id;
    world
        .system(move |tx, _| {
            store::contact::insert(tx, &own)?;
            Ok(store::customer::set_contact(tx, customer, id)?)
        })
        .unwrap();
    let on_order = world.read(|conn| store::order::find(conn, order.id)).unwrap().contact_id.unwrap();
    let on_case = world.rma(rma).contact_id.unwrap();
    world.system(move |tx, ctx| customer::erase(tx, ctx, id)).unwrap();
    for contact in [id, on_order, on_case] {
        let left = world.read(|conn| store::contact::find(conn, contact)).unwrap();
        assert_eq!((left.name, left.phone, left.erased_at.is_some()), (None, None, true), "{contact}");
    }
}

#[test]
fn rates_are_looked_up_by_day() {
    let world = World::new();
    let usd: Currency = "USD".parse().unwrap();
    for (day, text) in [("2026-01-01", "7.1"), ("2026-06-01", "7.25")] {
        let row = rate::Rate {
            from_currency: usd,
            to_currency: Currency::CNY,
            local_date: day.parse().unwrap(),
            rate: text.to_owned(),
        };
        world.system(move |tx, ctx| rate::save(tx, ctx, &row)).unwrap();
    }
    let on = |day: &str| {
        let day = day.parse().unwrap();
        world.read(|conn| store::reference::list::rate_on(conn, usd, Currency::CNY, day)).map(|row| row.rate)
    };
    assert_eq!((on("2025-12-31"), on("2026-05-31"), on("2026-06-01")), (None, Some("7.1".into()), Some("7.25".into())));
}

#[test]
fn master_data_over_http() {
    let harness = Harness::start();
    let admin = harness.person_client("admin", &["business_admin"]);
    let shop = json!({ "code": "S1", "name": { "zh": "一店" }, "platform": "own", "currency": "CNY", "zone": "Asia/Shanghai" });
    let saved = admin.post("/api/shops", &shop).expect(201);
    let list = admin.get("/api/shops").expect(200);
    let mut row = list.as_array().unwrap().iter().find(|row| row["code"] == "S1").unwrap().clone();
    assert_eq!(row["id"], saved["id"]);
    row["name"]["en"] = json!("Shop one");
    let path = format!("/api/shops/{}", saved["id"].as_str().unwrap());
    assert_eq!(admin.put(&path, &row).expect(200)["version"], 2);
    admin.put(&path, &row).refused(409, "changed_meanwhile");
    row["zone"] = json!("Mars/Base");
    let refused = admin.put(&path, &row).refused(422, "invalid_fields");
    assert_eq!(refused["fields"][0]["field"], "zone");
    let agent = harness.person_client("agent", &["agent"]);
    agent.get("/api/shops").expect(200);
    agent.post("/api/shops", &shop).refused(403, "forbidden");
    agent.get("/api/block-keys").refused(403, "forbidden");
}

#[test]
fn the_block_list_is_searched_page_by_page() {
    let harness = Harness::start();
    let admin = harness.person_client("admin", &["business_admin"]);
    admin.put("/api/tags", &json!({ "code": "watch", "name": { "zh": "关注" } })).expect(204);
    for (kind, value) in [("phone", "138-0000-0042"), ("phone", "13900000042"), ("nickname", "Tester 0042")] {
        let entry = json!({ "kind": kind, "value": value, "tag": "watch", "note": "often" });
        admin.put("/api/block-keys", &entry).expect(204);
    }
    let values = |query: &str| -> Vec<String> {
        let page = admin.get(&format!("/api/block-keys?{query}")).expect(200);
        let items = page["items"].as_array().unwrap();
        items.iter().map(|row| row["value"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(values("value=0042").len(), 3);
    assert_eq!(values("value=138"), ["13800000042"]);
    let first = admin.get("/api/block-keys?value=0042&limit=2").expect(200);
    let after = first["next"].as_str().unwrap().replace('\n', "%0A").replace(' ', "%20");
    assert_eq!(values(&format!("value=0042&limit=2&after={after}")), ["13900000042"]);
}
