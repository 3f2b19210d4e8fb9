//! Channels: set up, changed, tried. A secret goes in and never comes out.

use contract::master::SavedRow;
use contract::message::{
    ADD_CHANNEL, CHANNELS, ChannelRequest, ChannelView, MessageSettings, SAVE_CHANNEL, SAVE_SETTINGS, SETTINGS,
    TRY_CHANNEL, TrialRequest, TrialView,
};
use domain::ChannelId;
use operations::channel::read::{self, Channel};
use operations::channel::save::{SaveChannel, save, set_desk_url};
use operations::channel::trial::{Try, send};
use operations::delivery::explain::explain;

use crate::answer::{Reply, changed, created, done, ok};
use crate::doc::Doc;
use crate::error::Failure;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&CHANNELS, Doc::list::<ChannelView>(), list);
    area.add(&ADD_CHANNEL, Doc::view::<SavedRow>(201).body::<ChannelRequest>(), add);
    area.add(&SAVE_CHANNEL, Doc::view::<SavedRow>(200).body::<ChannelRequest>(), change);
    area.add(&TRY_CHANNEL, Doc::view::<TrialView>(201).body::<TrialRequest>(), trial);
    area.add(&SETTINGS, Doc::view::<MessageSettings>(200), settings);
    area.add(&SAVE_SETTINGS, Doc::nothing().body::<MessageSettings>(), save_settings);
}

async fn list(server: Server, caller: Caller) -> Reply {
    let now = server.app.now();
    let rows = server.app.read(|conn| read::list(conn, caller.actor()))?;
    ok(&rows.into_iter().map(|row| view(row, now)).collect::<Vec<_>>())
}

fn view(row: Channel, now: domain::Timestamp) -> ChannelView {
    // What went wrong before it went well again is past.
    let failing = row.last_failed_at.filter(|failed| row.last_ok_at.is_none_or(|ok| ok < *failed));
    let why = failing.map(|_| explain(&row.last_code));
    let (last_reason, last_remedy) = why.unzip();
    ChannelView {
        id: row.id,
        kind: row.kind,
        name: row.name,
        active: row.active,
        settings: row.settings,
        has_secret: row.has_secret,
        rests_until: Some(row.rests_until).filter(|until| *until > now),
        last_ok_at: row.last_ok_at,
        last_failed_at: row.last_failed_at,
        last_reason,
        last_remedy,
        last_detail: row.last_detail,
        version: row.version,
    }
}

fn command(server: &Server, id: Option<ChannelId>, wanted: ChannelRequest) -> Result<SaveChannel, Failure> {
    let ChannelRequest { version, kind, name, active, settings, mut secret } = wanted;
    secret.address = secret.address.trim().to_owned();
    secret.secret = secret.secret.trim().to_owned();
    let typed = !secret.address.is_empty() || !secret.secret.is_empty();
    let sealed = match typed {
        true => {
            let text =
                serde_json::to_string(&secret).map_err(|error| operations::Error::internal(error.to_string()))?;
            Some(server.app.sealer()?.seal(kind.as_str(), &text)?)
        }
        false => None,
    };
    Ok(SaveChannel { id, version, kind, name, active, settings, secret, sealed })
}

async fn add(server: Server, caller: Caller, key: Key, Json(wanted): Json<ChannelRequest>) -> Reply {
    let command = command(&server, None, wanted)?;
    let call = caller.call("channel.add", &key);
    let answer = server.app.run(call, move |tx, ctx| save(tx, ctx, &command)).await?;
    created(&answer, &SavedRow { id: answer.value.id.to_string(), version: answer.value.version })
}

async fn change(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ChannelId>,
    Json(wanted): Json<ChannelRequest>,
) -> Reply {
    let command = command(&server, Some(id), wanted)?;
    let call = caller.call("channel.save", &key);
    let answer = server.app.run(call, move |tx, ctx| save(tx, ctx, &command)).await?;
    changed(&answer, &SavedRow { id: answer.value.id.to_string(), version: answer.value.version })
}

async fn trial(
    server: Server,
    caller: Caller,
    key: Key,
    Id(id): Id<ChannelId>,
    Json(wanted): Json<TrialRequest>,
) -> Reply {
    let command = Try { channel: id, to: wanted.to, template: wanted.template };
    let call = caller.call("channel.try", &key);
    let answer = server.app.run(call, move |tx, ctx| send(tx, ctx, &command)).await?;
    created(&answer, &TrialView { message: answer.value.outbox })
}

async fn settings(server: Server, _: Caller) -> Reply {
    let desk_url = server.app.read(read::desk_url)?;
    ok(&MessageSettings { desk_url, catching: server.app.is_catching() })
}

async fn save_settings(server: Server, caller: Caller, key: Key, Json(wanted): Json<MessageSettings>) -> Reply {
    let call = caller.call("message.settings", &key);
    done(&server.app.run(call, move |tx, ctx| set_desk_url(tx, ctx, &wanted.desk_url)).await?)
}
