//! Group robots that check signature, time and pace, and say no with HTTP 200.

use connectors::message::hmac_base64;
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
use jobs::Post;
use support::{Receiver, World};

use super::{change, channel, check, post, row, wait, write, write_with};

const SECRET: &str = "SECtest";

fn robot(world: &World, kind: ChannelKind, url: &str, secret: &str) -> domain::ChannelId {
    let path = match kind {
        ChannelKind::Dingtalk => "/robot/send?access_token=t0ken",
        ChannelKind::Wecom => "/cgi-bin/webhook/send?key=t0ken",
        _ => "/open-apis/bot/v2/hook/t0ken",
    };
    let secret = ChannelSecret { address: format!("{url}{path}"), secret: secret.to_owned() };
    let settings = ChannelSettings { inside: true, ..ChannelSettings::usual(kind) };
    channel(world, kind, settings, secret)
}

fn dingtalk() -> Receiver {
    Receiver::start(|heard, _| {
        let at = heard.query("timestamp");
        let sign = hmac_base64(SECRET.as_bytes(), format!("{at}\n{SECRET}").as_bytes());
        let body = if heard.query("access_token") != "t0ken" {
            r#"{"errcode":300001,"errmsg":"token is not exist"}"#
        } else if heard.query("sign") != sign {
            r#"{"errcode":310000,"errmsg":"sign not match"}"#
        } else {
            r#"{"errcode":0,"errmsg":"ok"}"#
        };
        (200, body.to_owned())
    })
}

#[test]
fn dingtalk_takes_what_is_signed_and_refuses_what_is_not() {
    let (world, receiver, sender) = (World::new(), dingtalk(), Post::default());
    let id = robot(&world, ChannelKind::Dingtalk, &receiver.url, SECRET);
    let good = write(&world, "robot", "请尽快处理");
    post(&world, &sender);
    check(&world, good, "sent", "");
    let heard = receiver.heard();
    assert_eq!(heard[0].query("timestamp"), world.app.now().ms().to_string());
    assert!(heard[0].text.contains("请尽快处理"), "{}", heard[0].text);
    change(&world, id, |_, secret| secret.secret = "SECother".to_owned());
    let bad = write(&world, "robot", "x");
    post(&world, &sender);
    check(&world, bad, "failed", "robot.sign");
    assert_eq!(receiver.heard().len(), 2);
}

#[test]
fn feishu_wants_seconds_and_the_key_the_other_way_round() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|heard, _| {
        let at = heard.body["timestamp"].as_str().unwrap_or_default().to_owned();
        let good = hmac_base64(format!("{at}\n{SECRET}").as_bytes(), b"") == heard.body["sign"].as_str().unwrap_or("");
        let good = good && at.len() == 10;
        let body = if good { r#"{"StatusCode":0}"# } else { r#"{"code":19021,"msg":"sign match fail"}"# };
        (200, body.to_owned())
    });
    let id = robot(&world, ChannelKind::Feishu, &receiver.url, SECRET);
    let good = write(&world, "robot", "x");
    post(&world, &sender);
    check(&world, good, "sent", "");
    change(&world, id, |_, secret| secret.secret = String::new());
    let bad = write(&world, "robot", "x");
    post(&world, &sender);
    check(&world, bad, "failed", "robot.sign");
}

#[test]
fn twenty_a_minute_leave_and_the_rest_waits_for_its_turn() {
    let (world, receiver, sender) = (World::new(), dingtalk(), Post::default());
    robot(&world, ChannelKind::Dingtalk, &receiver.url, SECRET);
    let all: Vec<_> = (0..25).map(|number| write(&world, "robot", &number.to_string())).collect();
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 20);
    let held = all.iter().filter(|id| row(&world, **id).held == "rate").count();
    assert_eq!(held, 5);
    wait(&world, 59_000);
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 20, "a window slides; it does not begin anew");
    wait(&world, 1_001);
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 25);
    assert!(all.iter().all(|id| row(&world, *id).state == "sent" && row(&world, *id).attempts == 1));
}

#[test]
fn a_robot_that_is_told_to_slow_down_rests_ten_minutes() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, before| {
        let body = if before == 0 { r#"{"errcode":130101,"errmsg":"send too fast"}"# } else { r#"{"errcode":0}"# };
        (200, body.to_owned())
    });
    robot(&world, ChannelKind::Dingtalk, &receiver.url, "");
    let first = write(&world, "robot", "x");
    post(&world, &sender);
    check(&world, first, "pending", "robot.rate");
    let second = write(&world, "robot", "y");
    wait(&world, 60_000);
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 1, "nothing is sent to a robot that rests");
    assert_eq!(row(&world, second).held, "rest");
    wait(&world, 541_000);
    post(&world, &sender);
    check(&world, first, "sent", "");
    check(&world, second, "sent", "");
    assert_eq!((row(&world, first).attempts, row(&world, second).attempts), (2, 1));
}

#[test]
fn a_robot_cannot_tell_a_twin_so_a_lost_answer_waits_for_a_person() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, _| (502, "bad gateway".to_owned()));
    robot(&world, ChannelKind::Wecom, &receiver.url, "");
    let id = write(&world, "robot", "x");
    post(&world, &sender);
    check(&world, id, "unknown", "http.502");
    wait(&world, 86_400_000);
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 1);
    world.system(move |tx, ctx| operations::delivery::retry::retry(tx, ctx, id)).unwrap();
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 2);
}

#[test]
fn a_role_with_a_group_of_its_own_is_told_there() {
    let (world, sender) = (World::new(), Post::default());
    let everybody = Receiver::start(|_, _| (200, r#"{"errcode":0}"#.to_owned()));
    let finance = Receiver::start(|_, _| (200, r#"{"errcode":0}"#.to_owned()));
    robot(&world, ChannelKind::Wecom, &everybody.url, "");
    let own = robot(&world, ChannelKind::Dingtalk, &finance.url, "");
    change(&world, own, |settings, _| settings.roles = vec!["finance".to_owned()]);
    write_with(&world, "robot", "打款", |row| row.role = "finance".to_owned());
    write_with(&world, "robot", "质检", |row| row.role = "inspector".to_owned());
    post(&world, &sender);
    assert!(finance.heard()[0].text.contains("打款") && everybody.heard()[0].text.contains("质检"));
    assert_eq!((finance.heard().len(), everybody.heard().len()), (1, 1));
}

#[test]
fn the_link_leads_to_the_role_s_own_to_do() {
    use domain::LineKind;
    use support::Sold;
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, _| (200, r#"{"errcode":0}"#.to_owned()));
    robot(&world, ChannelKind::Dingtalk, &receiver.url, "");
    world.system(|tx, ctx| operations::channel::save::set_desk_url(tx, ctx, "https://desk.example/")).unwrap();
    let order = world.order(&Sold { lines: vec![("TV", 1, 900_000)], ..Sold::default() });
    let rma = world.filed(&order, &[(0, LineKind::ReturnRefund, 1)]).unwrap();
    let open = world.read(|conn| store::task::open_of_rma(conn, rma));
    let task = open.iter().find(|task| !task.role.is_empty()).unwrap().clone();
    let body = r#"{"subject":{"zh":"s","en":"s"},"body":{"zh":"b","en":"b"}}"#.to_owned();
    let role = task.role.clone();
    let template = world.read(|conn| store::outbox::find(conn, write(&world, "robot", "x"))).unwrap();
    world
        .system(move |tx, ctx| {
            let id = domain::OutboxId::from_raw(ctx.id());
            let row = store::outbox::OutboxRow {
                id,
                key: "linked".to_owned(),
                rma_id: Some(rma),
                role: role.clone(),
                body: body.clone(),
                ..template.clone()
            };
            store::outbox::put(tx, &row)?;
            Ok(())
        })
        .unwrap();
    post(&world, &sender);
    let expect = format!("https://desk.example/desk/tasks/{}", task.id);
    let linked = receiver.heard().into_iter().find(|heard| heard.body["msgtype"] == "link").unwrap();
    assert_eq!(linked.body["link"]["messageUrl"], expect);
}
