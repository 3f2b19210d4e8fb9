//! Hours in which nobody is disturbed.

use domain::Timestamp;
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings, Quiet, QuietHours};
use jobs::Post;
use support::{NOW, Receiver, World};

use super::{channel, check, post, row, wait, write, write_with};

const HOUR_MS: i64 = 3_600_000;

#[test]
fn at_night_messages_wait_for_the_morning_but_urgent_ones_do_not() {
    let (world, sender) = (World::new(), Post::default());
    let receiver = Receiver::start(|_, _| (200, r#"{"errcode":0}"#.to_owned()));
    let night = QuietHours { quiet: Quiet::Between, from_minute: 21 * 60, to_minute: 8 * 60 + 30 };
    let settings = ChannelSettings { inside: true, quiet_staff: night, ..ChannelSettings::usual(ChannelKind::Wecom) };
    let secret = ChannelSecret { address: format!("{}/send?key=t", receiver.url), ..ChannelSecret::default() };
    channel(&world, ChannelKind::Wecom, settings, secret);
    // 10:00 in the shop; twelve hours later it is 22:00.
    wait(&world, 12 * HOUR_MS);
    let plain = write(&world, "robot", "明天再说");
    let urgent = write_with(&world, "robot", "打款结果未知", |row| row.urgent = true);
    post(&world, &sender);
    check(&world, urgent, "sent", "");
    assert_eq!((row(&world, plain).held.as_str(), row(&world, plain).attempts), ("quiet", 0));
    let morning = Timestamp::from_ms(NOW.ms() + 22 * HOUR_MS + HOUR_MS / 2);
    assert_eq!(row(&world, plain).next_attempt_at, morning);
    wait(&world, 10 * HOUR_MS);
    post(&world, &sender);
    assert_eq!(receiver.heard().len(), 1);
    world.clock.set(morning);
    post(&world, &sender);
    check(&world, plain, "sent", "");
}
