//! Messages: through the outbox to receivers that check signatures, limits and keys, and refuse as the real ones do.

mod http;
mod mail;
mod quiet;
mod robot;
mod sms;
mod webhook;

use domain::{ChannelId, OutboxId, Timestamp};
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings};
use jobs::Post;
use operations::channel::save::{SaveChannel, save};
use serde_json::json;
use store::outbox::{AttemptRow, OutboxRow};
use support::World;

/// Sets a channel up as the page would.
fn channel(world: &World, kind: ChannelKind, settings: ChannelSettings, secret: ChannelSecret) -> ChannelId {
    let text = serde_json::to_string(&secret).unwrap();
    let sealed = Some(world.app.sealer().unwrap().seal(kind.as_str(), &text).unwrap());
    let name = kind.as_str().to_owned();
    let command = SaveChannel { id: None, version: 0, kind, name, active: true, settings, secret, sealed };
    world.system(move |tx, ctx| save(tx, ctx, &command)).unwrap().id
}

/// Changes a channel that is set up.
fn change(world: &World, id: ChannelId, change: impl FnOnce(&mut ChannelSettings, &mut ChannelSecret)) {
    let row = world.read(|conn| store::channel::find(conn, id)).unwrap();
    let kind = ChannelKind::parse(&row.kind).unwrap();
    let sealer = world.app.sealer().unwrap();
    let opened = sealer.open(kind.as_str(), &row.secret.unwrap()).unwrap();
    let mut secret: ChannelSecret = serde_json::from_str(&opened).unwrap();
    let mut settings: ChannelSettings = serde_json::from_str(&row.settings).unwrap();
    change(&mut settings, &mut secret);
    let sealed = Some(sealer.seal(kind.as_str(), &serde_json::to_string(&secret).unwrap()).unwrap());
    let (name, version) = (row.name, row.version);
    let command = SaveChannel { id: Some(id), version, kind, name, active: true, settings, secret, sealed };
    world.system(move |tx, ctx| save(tx, ctx, &command)).unwrap();
}

/// A message as a rule writes it, for staff.
fn write(world: &World, means: &str, words: &str) -> OutboxId {
    write_with(world, means, words, |_| {})
}

fn write_with(world: &World, means: &str, words: &str, change: fn(&mut OutboxRow)) -> OutboxId {
    let (means, words, shop) = (means.to_owned(), words.to_owned(), world.shop.get());
    let put = world.system(move |tx, ctx| {
        let id = OutboxId::from_raw(ctx.id());
        let body = json!({
            "message": "task_overdue", "subject": {"zh": "超时提醒", "en": "Overdue"}, "body": {"zh": words, "en": words},
        });
        let mut row = OutboxRow {
            id,
            key: format!("test:{id}"),
            channel: means.clone(),
            channel_id: None,
            audience: "staff".to_owned(),
            shop_id: shop,
            role: String::new(),
            urgent: false,
            held: String::new(),
            event_id: None,
            firing_id: None,
            rma_id: None,
            contact_id: None,
            person_id: None,
            body: body.to_string(),
            not_before: ctx.now,
            next_attempt_at: ctx.now,
            state: "pending".to_owned(),
            attempts: 0,
            created_at: ctx.now,
        };
        change(&mut row);
        store::outbox::put(tx, &row)?;
        Ok(id)
    });
    put.unwrap()
}

/// Works through what is due now.
fn post(world: &World, post: &Post) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(post.round(&world.app)).unwrap();
}

fn wait(world: &World, ms: i64) {
    world.clock.set(Timestamp::from_ms(world.app.now().ms() + ms));
}

fn row(world: &World, id: OutboxId) -> OutboxRow {
    world.read(|conn| store::outbox::find(conn, id)).unwrap()
}

fn tries(world: &World, id: OutboxId) -> Vec<AttemptRow> {
    world.read(|conn| store::outbox::attempts(conn, id))
}

/// Where a message stands and why its last try ended as it did.
fn stands(world: &World, id: OutboxId) -> (String, String) {
    let code = tries(world, id).first().map(|one| one.code.clone()).unwrap_or_default();
    (row(world, id).state, code)
}

#[track_caller]
fn check(world: &World, id: OutboxId, state: &str, code: &str) {
    assert_eq!(stands(world, id), (state.to_owned(), code.to_owned()), "{:?}", tries(world, id));
}

#[test]
fn erasing_a_person_takes_what_was_caught_for_them() {
    let world = World::new();
    let contact = domain::ContactId::from_raw(7);
    let own =
        store::contact::ContactRow { name: Some("张三".to_owned()), ..store::contact::ContactRow::empty(contact) };
    world.system(move |tx, _| Ok(store::contact::insert(tx, &own)?)).unwrap();
    let theirs = write_with(&world, "sms", "to them", |row| row.contact_id = Some(domain::ContactId::from_raw(7)));
    let others = write(&world, "sms", "to somebody else");
    for (id, outbox) in [(1, theirs), (2, others)] {
        let caught = store::caught_message::CaughtRow {
            id: domain::EffectId::from_raw(id),
            outbox_id: outbox,
            channel: "sms".to_owned(),
            receiver: "13800000042".to_owned(),
            subject: String::new(),
            text: "张三，您好".to_owned(),
            raw: "{}".to_owned(),
            at: world.app.now(),
        };
        world.system(move |tx, _| Ok(store::caught_message::insert(tx, &caught)?)).unwrap();
    }
    world.system(move |tx, ctx| operations::master::customer::erase(tx, ctx, contact)).unwrap();
    let left = world.read(|conn| store::caught_message::page(conn, None, 10));
    assert_eq!(left.iter().map(|row| row.outbox_id).collect::<Vec<_>>(), [others]);
}
