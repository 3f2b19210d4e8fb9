//! Sets a channel up or changes it; says where staff open the desk.

use domain::{ChannelId, EventKind, Permission, Timestamp};
use engine::channel::{ChannelKind, ChannelSecret, ChannelSettings, problems};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::channel::ChannelRow;

use super::DESK_URL;
use crate::context::{Ctx, Place};
use crate::error::{Error, FieldProblem, Refusal};
use crate::event::Event;

/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 60;

/// Sets a channel up or changes it.
#[derive(Clone, Debug, PartialEq)]
pub struct SaveChannel {
    /// Which; `None` for a new one.
    pub id: Option<ChannelId>,
    /// The version that was changed, 0 for a new one.
    pub version: i64,
    /// What stands at the other end; fixed once it is set up.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether anything leaves by it.
    pub active: bool,
    /// What it needs to know.
    pub settings: ChannelSettings,
    /// What was typed; empty keeps what stands.
    pub secret: ChannelSecret,
    /// The same, sealed; `None` keeps what stands.
    pub sealed: Option<Vec<u8>>,
}

/// What was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedChannel {
    /// Its id.
    pub id: ChannelId,
    /// Its new version.
    pub version: i64,
}

/// Saves a channel.
///
/// # Errors
/// `Forbidden`; `Invalid` with each field that does not fit; `Conflict` when somebody changed it meanwhile; `NotFound`.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &SaveChannel) -> Result<SavedChannel, Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    let before = match cmd.id {
        Some(id) => Some(store::channel::find(tx, id)?.ok_or(Error::NotFound("channel"))?),
        None => None,
    };
    let keeps = before.as_ref().is_some_and(|row| row.secret.is_some()) && cmd.sealed.is_none();
    check(tx, cmd, keeps)?;
    let id = cmd.id.unwrap_or_else(|| ChannelId::from_raw(ctx.id()));
    let row = ChannelRow {
        id,
        kind: before.as_ref().map_or_else(|| cmd.kind.as_str().to_owned(), |row| row.kind.clone()),
        name: cmd.name.trim().to_owned(),
        active: cmd.active,
        settings: serde_json::to_string(&cmd.settings).map_err(|error| Error::internal(error.to_string()))?,
        secret: cmd.sealed.clone(),
        rests_until: Timestamp::from_ms(0),
        last_ok_at: None,
        last_failed_at: None,
        last_code: String::new(),
        last_detail: String::new(),
        created_at: ctx.now,
        version: cmd.version,
    };
    match before {
        None => store::channel::insert(tx, &row)?,
        Some(_) if store::channel::update(tx, &row)? => {}
        Some(_) => return Err(changed_meanwhile()),
    }
    let payload = json!({ "name": row.name, "kind": row.kind, "active": row.active, "secret": cmd.sealed.is_some() });
    ctx.record(Event::new(EventKind::MasterChanged).about("channel", id.get()).with(payload));
    ctx.topic("messages");
    Ok(SavedChannel { id, version: if cmd.id.is_some() { cmd.version + 1 } else { 1 } })
}

fn check(tx: &Tx<'_>, cmd: &SaveChannel, keeps: bool) -> Result<(), Error> {
    let mut refusal = Refusal::new("channel_refused", "请修正标出的内容", "correct the marked fields");
    let found = problems(cmd.kind, &cmd.settings, &cmd.secret, keeps).into_iter();
    refusal.fields = found
        .map(|one| FieldProblem { field: one.field.to_owned(), code: one.code.to_owned(), message: one.message })
        .collect();
    let name = cmd.name.trim();
    let mut at_name = |code: &str, zh: &str, en: &str| {
        let message = domain::Text::new(zh, en);
        refusal.fields.push(FieldProblem { field: "name".to_owned(), code: code.to_owned(), message });
    };
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
        at_name("name_malformed", "填写 1 到 60 个字的名称", "a name of 1 to 60 characters");
    } else if store::channel::is_named(tx, name, cmd.id)? {
        at_name("name_taken", "已有同名渠道，换一个名称", "another channel has this name; choose another");
    }
    if refusal.fields.is_empty() { Ok(()) } else { Err(Error::invalid(refusal)) }
}

fn changed_meanwhile() -> Error {
    let refusal = Refusal::new("changed_meanwhile", "已有人修改了这个渠道", "somebody changed this channel meanwhile");
    Error::conflict(refusal.help("请刷新后重试", "reload and try again"))
}

/// Says where staff open the desk: `https://` and a host; empty takes links out of messages.
///
/// # Errors
/// `Forbidden`; `Invalid`.
pub fn set_desk_url(tx: &Tx<'_>, ctx: &mut Ctx<'_>, url: &str) -> Result<(), Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    let url = url.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ', '?', '#']));
    if !url.is_empty() && !fits {
        let refusal = Refusal::new(
            "address_malformed",
            "填写工作台的网址，例如 https://desk.example.com，不带路径",
            "the desk's address, such as https://desk.example.com, without a path",
        );
        return Err(Error::invalid(refusal.at("url")));
    }
    store::instance::put(tx, DESK_URL, url)?;
    ctx.record(Event::new(EventKind::MasterChanged).about("instance", 0).with(json!({ "key": DESK_URL })));
    ctx.topic("messages");
    Ok(())
}
