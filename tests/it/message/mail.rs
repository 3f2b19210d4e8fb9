//! Mail to a real server with TLS and accounts, and what it refuses.

use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings, Security};
use jobs::Post;
use support::{MailCatcher, World};

use super::{change, channel, check, post, wait, write};

fn settings(port: u16, security: Security, ca_pem: String) -> ChannelSettings {
    ChannelSettings {
        host: "localhost".to_owned(),
        port,
        security,
        user: "desk".to_owned(),
        from: "退换货 <returns@rd.test>".to_owned(),
        ca_pem,
        inside: true,
        ..ChannelSettings::default()
    }
}

fn password(word: &str) -> ChannelSecret {
    ChannelSecret { secret: word.to_owned(), ..ChannelSecret::default() }
}

/// A mail to finance at an address.
fn mail(world: &World, to: &'static str) -> domain::OutboxId {
    let person = world.person_id("finance");
    world.system(move |tx, _| Ok(store::person::set_reach(tx, person, to, "")?)).unwrap();
    let id = write(world, "email", "RT-1 已签收，请质检");
    world.system(move |tx, _| Ok(store::outbox::address(tx, id, person)?)).unwrap();
    id
}

#[test]
fn mail_goes_out_over_both_kinds_of_tls_and_each_refusal_is_told_apart() {
    let (world, sender, catcher) = (World::new(), Post::default(), MailCatcher::start());
    let starttls = settings(catcher.starttls, Security::Starttls, catcher.authority());
    let id = channel(&world, ChannelKind::Email, starttls, password("s3cret"));

    let good = mail(&world, "li.wei@example.test");
    post(&world, &sender);
    check(&world, good, "sent", "");
    let kept = catcher.kept();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains("To: li.wei@example.test"), "{}", kept[0]);
    assert!(
        kept[0].contains("@rd.test>") && kept[0].contains("Content-Type: text/plain; charset=utf-8"),
        "{}",
        kept[0]
    );

    let nobody = mail(&world, "reject@example.test");
    post(&world, &sender);
    check(&world, nobody, "failed", "smtp.refused");

    let later = mail(&world, "later@example.test");
    post(&world, &sender);
    check(&world, later, "pending", "smtp.later");

    // From the first byte on the other port.
    change(&world, id, |settings, _| {
        settings.port = catcher.tls;
        settings.security = Security::Tls;
    });
    let tls = mail(&world, "wang@example.test");
    post(&world, &sender);
    check(&world, tls, "sent", "");

    // A wrong password loses nothing: the channel rests, and what waits goes out once it is mended.
    change(&world, id, |_, secret| secret.secret = "wrong".to_owned());
    let locked = mail(&world, "zhao@example.test");
    post(&world, &sender);
    check(&world, locked, "pending", "smtp.auth");
    change(&world, id, |_, secret| secret.secret = "s3cret".to_owned());
    wait(&world, 10_000);
    post(&world, &sender);
    check(&world, locked, "sent", "");

    // Without its authority the server is a stranger.
    let before = catcher.kept().len();
    change(&world, id, |settings, _| settings.ca_pem = String::new());
    let stranger = mail(&world, "qian@example.test");
    post(&world, &sender);
    check(&world, stranger, "pending", "tls");
    assert_eq!(catcher.kept().len(), before);
}
