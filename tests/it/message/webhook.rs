//! Calls to other systems: signed, under one key, tried again, never where they must not go.

use std::collections::BTreeSet;

use connectors::message::hmac_hex;
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
use jobs::Post;
use operations::delivery::finish::MAX_TRIES;
use support::{Receiver, World};

use super::{change, channel, check, post, row, tries, wait, write};

fn webhook(world: &World, url: &str) -> domain::ChannelId {
    let settings =
        ChannelSettings { url: url.to_owned(), inside: true, ..ChannelSettings::usual(ChannelKind::Webhook) };
    let secret = ChannelSecret { secret: "shared".to_owned(), ..ChannelSecret::default() };
    channel(world, ChannelKind::Webhook, settings, secret)
}

#[test]
fn a_call_is_signed_and_tried_again_under_the_same_id() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|heard, before| {
        let at = heard.header("x-returndesk-timestamp");
        let expect = format!("sha256={}", hmac_hex(b"shared", format!("{at}.{}", heard.text).as_bytes()));
        if heard.header("x-returndesk-signature") != expect {
            return (401, String::new());
        }
        if before < 2 { (500, String::new()) } else { (204, String::new()) }
    });
    webhook(&world, &receiver.url);
    let id = write(&world, "webhook", "x");
    post(&world, &sender);
    check(&world, id, "pending", "http.500");
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 1, "it waits before it comes again");
    for _ in 0..2 {
        wait(&world, 30_000);
        post(&world, &sender);
    }
    check(&world, id, "sent", "");
    let ids: BTreeSet<_> = receiver.heard().iter().map(|heard| heard.header("x-returndesk-id").to_owned()).collect();
    assert_eq!((receiver.heard().len(), ids.len()), (3, 1));
    let stamps: BTreeSet<_> =
        receiver.heard().iter().map(|heard| heard.header("x-returndesk-timestamp").to_owned()).collect();
    assert_eq!(stamps.len(), 3, "each try is signed at its own time");
}

#[test]
fn what_nobody_answers_is_given_up_and_a_person_sends_it_again() {
    let (world, sender) = (World::new(), Post::default());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let id = webhook(&world, &format!("http://{closed}"));
    let message = write(&world, "webhook", "x");
    for _ in 0..MAX_TRIES {
        post(&world, &sender);
        wait(&world, 86_400_000);
    }
    check(&world, message, "dead", "connect");
    assert_eq!(tries(&world, message).len(), MAX_TRIES as usize);
    let receiver = Receiver::start(|_, _| (200, String::new()));
    let url = receiver.url.clone();
    change(&world, id, move |settings, _| settings.url = url);
    let again = world.system(move |tx, ctx| {
        let all = operations::delivery::retry::RetryAll { kind: ChannelKind::Webhook, channel: None };
        operations::delivery::retry::retry_all(tx, ctx, &all)
    });
    assert_eq!(again.unwrap().count, 1);
    post(&world, &sender);
    check(&world, message, "sent", "");
    assert_eq!(receiver.heard()[0].header("idempotency-key"), row(&world, message).key);
}

#[test]
fn redirects_are_not_followed_and_the_own_network_is_not_called_unasked() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, _| (302, String::new()));
    let id = webhook(&world, &receiver.url);
    let moved = write(&world, "webhook", "x");
    post(&world, &sender);
    check(&world, moved, "failed", "redirect");
    assert_eq!(receiver.heard().len(), 1);
    let port = receiver.url.rsplit(':').next().unwrap().to_owned();
    for host in ["127.0.0.1", "[::1]", "localhost", "10.0.0.1"] {
        let url = format!("https://{host}:{port}/");
        change(&world, id, move |settings, _| {
            settings.inside = false;
            settings.url = url;
        });
        let inside = write(&world, "webhook", "x");
        post(&world, &sender);
        check(&world, inside, "failed", "inside");
    }
    assert_eq!(receiver.heard().len(), 1);
}

#[test]
fn a_message_that_an_undo_stopped_never_leaves() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, _| (200, String::new()));
    webhook(&world, &receiver.url);
    let id = write(&world, "webhook", "x");
    world.system(move |tx, _| Ok(store::outbox::cancel(tx, id, None)?)).unwrap();
    wait(&world, 60_000);
    post(&world, &sender);
    assert!(receiver.heard().is_empty());
    check(&world, id, "cancelled", "");
    let late = write(&world, "webhook", "x");
    post(&world, &sender);
    check(&world, late, "sent", "");
}

#[test]
fn a_folder_from_elsewhere_asks_for_its_secrets_anew() {
    let mut world = World::new();
    let receiver = Receiver::start(|_, _| (200, String::new()));
    webhook(&world, &receiver.url);
    std::fs::remove_file(world.app.store().dir().join(operations::seal::KEY_FILE)).unwrap();
    world.restart();
    let id = write(&world, "webhook", "x");
    post(&world, &Post::default());
    check(&world, id, "failed", "secret");
    assert!(receiver.heard().is_empty());
}

#[test]
fn where_messages_are_caught_nothing_leaves_and_secrets_are_left_out() {
    let (world, sender) = (World::new(), Post::new(true));
    let receiver = Receiver::start(|_, _| (200, String::new()));
    webhook(&world, &receiver.url);
    let hook = write(&world, "webhook", "到货了");
    let robot = write(&world, "robot", "没有渠道也看得到");
    post(&world, &sender);
    assert!(receiver.heard().is_empty());
    check(&world, hook, "sent", "caught");
    check(&world, robot, "sent", "caught");
    let caught = world.read(|conn| store::caught_message::page(conn, None, 10));
    assert_eq!(caught.len(), 2);
    let kept = caught.iter().find(|one| one.channel == "webhook").unwrap();
    assert!(kept.raw.contains("到货了") && kept.raw.contains("X-ReturnDesk-Signature"), "{}", kept.raw);
    assert!(caught.iter().all(|one| !one.raw.contains("shared")));
}

#[test]
fn of_what_is_caught_nobody_sees_more_than_of_its_case() {
    use domain::LineKind;
    use operations::delivery::view::caught;
    use support::Sold;
    let (world, sender) = (World::new(), Post::new(true));
    // The rule of the delivered template tells the customer where to send the goods.
    world.agreed(&world.order(&Sold::default()), &[(0, LineKind::ReturnRefund, 1)]);
    wait(&world, 60_000);
    post(&world, &sender);
    let definitions = world.app.definitions();
    let shown = |role: &str| {
        let actor = world.hire(role, role, None, None);
        world.app.read(|conn| caught(conn, &actor, &definitions, None, 10)).unwrap().remove(0)
    };
    let business = shown("business_admin");
    assert_eq!(business.receiver, "138****1111");
    assert!(business.raw.contains("138****1111") && !business.raw.contains("13800001111"), "{}", business.raw);
    let system = shown("system_admin");
    assert_eq!((system.receiver.as_str(), system.text.as_str(), system.raw.as_str()), ("", "", ""));
}

#[test]
fn nobody_sends_again_what_is_being_sent() {
    use operations::delivery::begin::{Begin, CLAIM_MS, begin};
    use operations::delivery::retry::retry;
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, before| (if before == 0 { 500 } else { 200 }, String::new()));
    webhook(&world, &receiver.url);
    let id = write(&world, "webhook", "x");
    let claimed = world.system(move |tx, ctx| begin(tx, ctx, &Begin { outbox: id, catching: false })).unwrap();
    assert!(claimed.is_some());
    assert_eq!(support::refused(world.system(move |tx, ctx| retry(tx, ctx, id))), "not_waiting");
    // The sender died: after its claim the message goes out; what waits for its next try is not being sent.
    wait(&world, CLAIM_MS + 1);
    post(&world, &sender);
    check(&world, id, "pending", "http.500");
    world.system(move |tx, ctx| retry(tx, ctx, id)).unwrap();
    post(&world, &sender);
    check(&world, id, "sent", "");
}
