//! Statements of payment channels: read as Alipay and WeChat Pay write them, matched to the minor unit, never twice; what is
//! matched and what is not add up to the statement.

use std::collections::BTreeMap;

use domain::settlement::Basis;
use domain::state::{PayoutState, SettlementState};
use domain::{LineKind, PayoutId, SettlementId};
use operations::Error;
use operations::import::source::Source;
use operations::payout::answer::{Answered, Outcome, answer};
use operations::payout::begin::{Begin, begin};
use operations::statement::again::{Again, again};
use operations::statement::confirm::{Confirm, confirm};
use operations::statement::file::{File, read};
use operations::statement::note::{NoteLine, note};
use operations::statement::part::{Part, part};
use operations::statement::read::{self as seen, LineRow, Standing};
use operations::statement::take_in::{TakeIn, TakenIn, take_in};
use serde_json::json;
use store::payout::PayoutRow;
use support::hands::goods;
use support::{Harness, Sold, World, refused};

const GENERIC: &str = "date,amount,reference,our_reference,note\n";

fn parsed(world: &World, bytes: &[u8]) -> Result<File, Error> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let source = Source::open(file.path())?;
    read(&source, &world.app.definitions().masters, world.shop, &BTreeMap::new())
}

fn taken(world: &World, bytes: &[u8]) -> Result<TakenIn, Error> {
    let cmd = TakeIn { shop: world.shop, file_name: "bill.csv".to_owned(), file: parsed(world, bytes)? };
    world.by("finance", move |tx, ctx| take_in(tx, ctx, &cmd))
}

fn standing(world: &World, taken: TakenIn) -> Standing {
    let finance = world.person("finance");
    world.app.read(|conn| seen::find(conn, &finance, taken.statement)).unwrap()
}

fn lines(world: &World, taken: TakenIn) -> Vec<LineRow> {
    let finance = world.person("finance");
    world.app.read(|conn| seen::lines(conn, &finance, taken.statement, None, (None, 200))).unwrap()
}

fn by_hand(world: &World, minor: i64, proof: &str) -> PayoutId {
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ShippedRefund, 3)]);
    let keyed = world.propose(rma, Basis::Waived, "manual", vec![goods(world.line(rma, 0), minor)]).unwrap();
    world.pay_by_hand(keyed.settlement, proof).unwrap()
}

fn original(world: &World, minor: i64) -> (SettlementId, PayoutRow) {
    let rma = world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ShippedRefund, 3)]);
    let keyed = world.propose(rma, Basis::Waived, "original", vec![goods(world.line(rma, 0), minor)]).unwrap();
    world.pay(keyed.settlement).unwrap();
    let row = world.read(|conn| store::payout::of_settlement(conn, keyed.settlement)).remove(0);
    (keyed.settlement, row)
}

fn lost(world: &World, payout: PayoutId) {
    world.system(move |tx, ctx| begin(tx, ctx, &Begin { payout })).unwrap();
    let outcome = Outcome::Unknown { detail: "time-out".to_owned() };
    let cmd = Answered { payout, outcome, started_at: world.app.now() };
    assert_eq!(world.system(move |tx, ctx| answer(tx, ctx, &cmd)).unwrap(), PayoutState::Unknown);
}

/// What is matched and what is not is what the statement paid out, and what it says of itself is what its lines say.
#[track_caller]
fn adds_up(world: &World, taken: TakenIn) {
    let found = standing(world, taken);
    let out: Vec<_> = found.sums.iter().filter(|sum| sum.state != "other").collect();
    let counted = (out.iter().map(|sum| sum.count).sum::<i64>(), out.iter().map(|sum| sum.sum_minor).sum::<i64>());
    assert_eq!(counted, (found.row.out_count, found.row.out_minor));
    let all = lines(world, taken);
    let sum = |direction: &str| {
        let some = all.iter().filter(|line| line.direction == direction);
        some.fold((0, 0), |(count, sum), line| (count + 1, sum + line.amount_minor))
    };
    assert_eq!(sum("out"), (found.row.out_count, found.row.out_minor));
    assert_eq!(sum("in"), (found.row.in_count, found.row.in_minor));
    for line in all.iter().filter(|line| line.state == "matched") {
        assert_eq!(line.payout_minor, Some(line.amount_minor), "matched to the minor unit");
    }
}

fn states(world: &World, taken: TakenIn) -> Vec<(String, String)> {
    lines(world, taken).into_iter().map(|line| (line.state, line.why)).collect()
}

fn said(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(state, why)| ((*state).to_owned(), (*why).to_owned())).collect()
}

#[test]
fn lines_find_their_payouts_by_reference_then_perhaps_by_amount() {
    let world = World::new();
    by_hand(&world, 3_000, "T-1");
    let near = by_hand(&world, 4_500, "cash");
    let other = by_hand(&world, 700, "T-3");
    by_hand(&world, 999, "nowhere");
    let bill = format!(
        "{GENERIC}2026-11-23 10:00:00,-30.00,T-1,,\n2026-11-23 11:00:00,-45.00,X-2,,\n2026-11-23 11:30:00,-8.00,T-3,,\n\
         2026-11-23 12:00:00,-1.23,X-4,,\n2026-11-23 12:00:00,88.00,X-5,,sale\n"
    );
    let bill = taken(&world, bill.as_bytes()).unwrap();
    let expected =
        [("matched", "reference"), ("suggested", "amount"), ("different", "amount"), ("open", ""), ("other", "")];
    assert_eq!(states(&world, bill), said(&expected));
    adds_up(&world, bill);
    let found = standing(&world, bill);
    assert_eq!((found.row.out_minor, found.row.in_minor), (3_000 + 4_500 + 800 + 123, 8_800));
    // The one of 700 is named by a line that differs: it is with us and the statement does not have it as it is.
    assert_eq!(found.missing, (2, 999 + 700));

    let rows = lines(&world, bill);
    let match_with = |line: usize, payout: PayoutId| {
        let cmd = Confirm { line: rows[line].id, payout };
        world.by("finance", move |tx, ctx| confirm(tx, ctx, &cmd))
    };
    assert_eq!(refused(match_with(2, other)), "amount_differs");
    assert_eq!(refused(match_with(4, other)), "line_not_open");
    match_with(1, near).unwrap();
    assert_eq!(refused(match_with(1, near)), "line_not_open");
    assert_eq!(refused(match_with(3, near)), "payout_matched");
    adds_up(&world, bill);

    let line = rows[1].id;
    let apart = |reason: &str| {
        let cmd = Part { line, reason: reason.to_owned() };
        world.by("finance", move |tx, ctx| part(tx, ctx, &cmd))
    };
    assert_eq!(refused(apart(" ")), "reason_needed");
    apart("another case").unwrap();
    assert_eq!(refused(apart("again")), "line_not_matched");
    // What a person took apart is not put together by itself.
    let once_more = Again { statement: bill.statement };
    world.by("finance", move |tx, ctx| again(tx, ctx, &once_more)).unwrap();
    assert_eq!(states(&world, bill)[1], ("open".to_owned(), "parted".to_owned()));
    let noted = NoteLine { line, note: "asked the bank".to_owned() };
    world.by("finance", move |tx, ctx| note(tx, ctx, &noted)).unwrap();
    assert_eq!(lines(&world, bill)[1].note, "asked the bank");
    adds_up(&world, bill);
}

#[test]
fn a_payout_is_matched_once_and_a_second_payment_shows() {
    let world = World::new();
    by_hand(&world, 3_000, "T-1");
    let twice = format!("{GENERIC}2026-11-23 10:00:00,-30.00,T-1,,\n2026-11-23 10:05:00,-30.00,T-1,,\n");
    let bill = taken(&world, twice.as_bytes()).unwrap();
    assert_eq!(states(&world, bill), said(&[("matched", "reference"), ("different", "twice")]));
    adds_up(&world, bill);
    // The table itself refuses it too.
    let rows = lines(&world, bill);
    let (second, payout) = (rows[1].clone(), rows[0].payout_id);
    let forced = world.system(move |tx, _| {
        let found = store::statement::Found { state: "matched", why: "person", payout, by: (None, None) };
        Ok(store::statement::judge(tx, second.id, "different", &found)?)
    });
    assert!(forced.is_err(), "one line, one payout");
}

#[test]
fn a_file_again_changes_nothing_and_overlapping_days_do_not_double() {
    let world = World::new();
    let monday = "2026-11-23 10:00:00,-30.00,T-1,,\n2026-11-23 10:00:00,-5.00,,,\n2026-11-23 10:00:00,-5.00,,,\n";
    let first = taken(&world, format!("{GENERIC}{monday}").as_bytes()).unwrap();
    assert!(first.is_new);
    let again = taken(&world, format!("{GENERIC}{monday}").as_bytes()).unwrap();
    assert_eq!(again, TakenIn { statement: first.statement, is_new: false });
    let week = format!("{GENERIC}2026-11-22 09:00:00,-7.00,T-0,,\n{monday}2026-11-24 09:00:00,-9.00,T-9,,\n");
    let wider = taken(&world, week.as_bytes()).unwrap();
    let found = standing(&world, wider);
    assert_eq!((found.row.out_count, found.row.out_minor, found.row.known_count), (2, 1_600, 3));
    assert_eq!(standing(&world, first).row.out_minor, 4_000);
    adds_up(&world, first);
    adds_up(&world, wider);
}

#[test]
fn a_payout_whose_answer_was_lost_is_settled_by_its_line() {
    let world = World::new();
    let (settlement, payout) = original(&world, 9_000);
    let early = format!("{GENERIC}2026-11-23 10:00:00,-90.00,2026G1,{},\n", payout.key);
    lost(&world, payout.id);
    let bill = taken(&world, early.as_bytes()).unwrap();
    assert_eq!(states(&world, bill), said(&[("matched", "reference")]));
    let row = world.read(|conn| store::payout::find(conn, payout.id)).unwrap();
    assert_eq!((row.state, row.gateway_id.as_deref()), (PayoutState::Done, Some("2026G1")));
    let settled = world.read(|conn| store::settlement::find(conn, settlement)).unwrap();
    assert_eq!(settled.state, SettlementState::Settled);
}

#[test]
fn a_refund_that_the_channel_is_not_done_with_settles_nothing() {
    let world = World::new();
    let (_, payout) = original(&world, 9_000);
    lost(&world, payout.id);
    let head =
        "交易时间,微信订单号,商户订单号,交易状态,货币种类,微信退款单号,商户退款单号,退款状态,订单金额,申请退款金额\n";
    let row = |state: &str| {
        let key = &payout.key;
        format!("{head}`2026-11-23 10:00:00,`420,`A1,`REFUND,`CNY,`50300{state},`{key},`{state},`90.00,`90.00\n")
    };
    let bill = taken(&world, row("PROCESSING").as_bytes()).unwrap();
    assert_eq!(states(&world, bill), said(&[("different", "not_final")]));
    assert_eq!(world.read(|conn| store::payout::find(conn, payout.id)).unwrap().state, PayoutState::Unknown);
    let bill = taken(&world, row("SUCCESS").as_bytes()).unwrap();
    assert_eq!(states(&world, bill), said(&[("matched", "reference")]));
    assert_eq!(world.read(|conn| store::payout::find(conn, payout.id)).unwrap().state, PayoutState::Done);
}

#[test]
fn bills_are_read_as_the_channels_write_them() {
    let world = World::new();
    let alipay = "#支付宝业务明细查询\r\n#账号：[20880000]\r\n#-----------业务明细列表----------\r\n\
        支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,订单金额（元）,商家实收（元）,退款批次号/请求号,备注\r\n\
        20261123\t,A1\t,交易,上衣,2026-11-23 09:00:00,2026-11-23 09:00:05,90.00,90.00,,\r\n\
        20261123\t,A1\t,退款,上衣,2026-11-23 10:00:00,2026-11-23 10:00:09,-12.50,-12.00,R-77\t,不合适\r\n\
        #-----------业务明细列表结束-----------\r\n#交易合计：1笔\r\n";
    let wechat = "交易时间,微信订单号,商户订单号,交易状态,货币种类,微信退款单号,商户退款单号,退款金额,退款状态,商品名称,订单金额,申请退款金额\r\n\
        `2026-11-23 09:00:00,`420,`A1,`SUCCESS,`CNY,`0,`0,`0.00,`,`上衣,`90.00,`0.00\r\n\
        `2026-11-23 10:00:00,`420,`A1,`REFUND,`CNY,`50300,`R-77,`12.00,`SUCCESS,`上衣,`0.00,`12.50\r\n\
        总交易单数,应结订单总金额,退款总金额\r\n`2,`90.00,`12.50\r\n";
    let marked = [b"\xEF\xBB\xBF".as_slice(), alipay.as_bytes()].concat();
    for (bytes, layout) in [
        (encoding_rs::GBK.encode(alipay).0.into_owned(), "alipay"),
        (marked, "alipay"),
        (wechat.as_bytes().to_vec(), "wechat"),
        (encoding_rs::GBK.encode(wechat).0.into_owned(), "wechat"),
    ] {
        let file = parsed(&world, &bytes).unwrap();
        assert_eq!(file.layout, layout);
        assert!(file.problems.is_empty(), "{:?}", file.problems);
        let read: Vec<_> =
            file.lines.iter().map(|line| (line.is_out, line.amount_minor, line.our_reference.as_str())).collect();
        assert_eq!(read, [(false, 9_000, "A1"), (true, 1_250, "R-77")], "{layout}");
        let instant = support::NOW.ms();
        assert!((file.lines[1].at.ms() - instant).abs() < 10_000, "the shop's own clock");
    }
}

#[test]
fn a_workbook_is_read_and_a_number_that_lost_digits_is_named() {
    let world = World::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in
        ["账务流水号", "业务流水号", "商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）"].iter().enumerate()
    {
        sheet.write(0, column as u16, *header).unwrap();
    }
    sheet.write(1, 1, "2026112300001").unwrap();
    sheet.write(1, 3, "2026-11-23 10:00:00").unwrap();
    sheet.write(1, 5, -12.5).unwrap();
    sheet.write(2, 1, 1.234_567_890_123_456_7e17).unwrap();
    sheet.write(2, 3, "2026-11-23 10:00:00").unwrap();
    sheet.write(2, 5, -1.0).unwrap();
    let file = parsed(&world, &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(file.layout, "alipay");
    assert_eq!((file.lines.len(), file.lines[0].amount_minor, file.lines[0].is_out), (1, 1_250, true));
    assert_eq!((file.problems.len(), file.problems[0].field), (1, "channel_reference"));
    let cmd = TakeIn { shop: world.shop, file_name: "bill.xlsx".to_owned(), file };
    assert_eq!(refused(world.by("finance", move |tx, ctx| take_in(tx, ctx, &cmd))), "statement_malformed");
}

#[test]
fn a_file_that_is_no_statement_is_refused_with_what_it_needs() {
    let world = World::new();
    assert_eq!(refused(parsed(&world, b"a,b\n1,2\n")), "no_statement_header");
    let half =
        parsed(&world, format!("{GENERIC}2026-11-23,12.00,a,,\nyesterday,12.00,b,,\n2026-11-23,x,c,,\n").as_bytes());
    let half = half.unwrap();
    let fields: Vec<_> = half.problems.iter().map(|problem| (problem.row, problem.field)).collect();
    assert_eq!(fields, [(2, "at"), (3, "amount")]);
    // A list without direction and sign is a list of refunds.
    assert!(half.lines.iter().all(|line| line.is_out));
}

#[test]
fn every_mix_adds_up() {
    let world = World::new();
    let payouts: Vec<_> = (0..6_i64).map(|one| by_hand(&world, 1_000 + one % 3, &format!("P-{one}"))).collect();
    // Every line is any amount with any reference, on days that overlap: whatever is matched, it adds up.
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..12 {
        let mut bill = GENERIC.to_owned();
        for _ in 0..=next(8) {
            let sign = if next(5) == 0 { "" } else { "-" };
            let (day, amount, reference) = (20 + next(7), 1_000 + next(4), next(8));
            bill.push_str(&format!(
                "2026-11-{day} 10:00:00,{sign}{}.{:02},P-{reference},,\n",
                amount / 100,
                amount % 100
            ));
        }
        let bill = match taken(&world, bill.as_bytes()) {
            Ok(bill) => bill,
            Err(error) => panic!("{error:?}"),
        };
        adds_up(&world, bill);
    }
    for payout in payouts {
        let sql = "one payout, one line";
        let finance = world.person("finance");
        let page = world.app.read(|conn| seen::page(conn, &finance, None, 200)).unwrap();
        let count: usize = page
            .iter()
            .map(|one| lines(&world, TakenIn { statement: one.row.id, is_new: true }))
            .map(|all| all.iter().filter(|line| line.state == "matched" && line.payout_id == Some(payout)).count())
            .sum();
        assert!(count <= 1, "{sql}");
    }
}

#[test]
fn statements_are_finance_s_and_of_their_shops() {
    let harness = Harness::start();
    let (ours, theirs) = (harness.shop("A"), harness.shop("B"));
    harness.person_at("fay", &[("finance", Some(ours), None)]);
    let finance = harness.signed_in("fay");
    let bill = format!("{GENERIC}2026-11-23 10:00:00,-30.00,T-1,,\n");
    let looked = finance.upload(&format!("/api/statement-files?shop={ours}"), bill.as_bytes()).expect(201);
    assert_eq!((&looked["out"]["count"], &looked["bad"], &looked["layout"]), (&json!(1), &json!(0), &json!("generic")));
    let body =
        |shop: &dyn std::fmt::Display| json!({ "file": looked["file"], "name": "bill.csv", "shop": shop.to_string() });
    finance.post("/api/statements", &body(&theirs)).refused(404, "not_found");
    let made = finance.post("/api/statements", &body(&ours)).expect(201);
    let path = format!("/api/statements/{}", made["id"].as_str().unwrap());
    assert_eq!(finance.get(&path).expect(200)["open"]["count"], 1);
    assert_eq!(finance.post("/api/statements", &body(&ours)).expect(201)["is_new"], false);
    let line = finance.get(&format!("{path}/lines")).expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    finance.put(&format!("/api/statement-lines/{line}/note"), &json!({ "note": "asked" })).expect(200);
    harness.person_at("bob", &[("finance", Some(theirs), None)]);
    let other = harness.signed_in("bob");
    other.get(&path).refused(404, "not_found");
    other.get(&format!("{path}/lines")).refused(404, "not_found");
    other.get(&format!("{path}/missing")).refused(404, "not_found");
    other.put(&format!("/api/statement-lines/{line}/note"), &json!({ "note": "x" })).refused(404, "not_found");
    other.post(&format!("/api/statement-lines/{line}/parting"), &json!({ "reason": "x" })).refused(404, "not_found");
    assert_eq!(other.get("/api/statements").expect(200)["items"], json!([]));
    let clerk = harness.person_client("wanda", &["warehouse_clerk"]);
    for path in ["/api/statements", path.as_str()] {
        clerk.get(path).refused(403, "forbidden");
    }
    clerk.post("/api/statements", &body(&ours)).refused(403, "forbidden");
}
