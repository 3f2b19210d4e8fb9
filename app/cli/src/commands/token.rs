//! `token`: bearer tokens of other systems.

use clap::Subcommand;
use domain::Timestamp;
use operations::token::read::{self, Token as Found};
use operations::token::{add, revoke};
use operations::{Actor, Error, secret};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::admin::Place;
use crate::commands::scope::{self, Scope};
use crate::fault::Outcome;
use crate::folder::IfMissing;
use crate::output::Output;

const DAY_MS: i64 = 86_400_000;

/// `token …`
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Token {
    /// Make a token and print it, and nothing else.
    Add(Add),
    /// List tokens, never their secrets.
    List,
    /// End a token.
    Revoke(Named),
}

/// `token add …`
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Add {
    /// What it is for.
    name: String,
    /// A role by id or title; may be given several times. Without one the token has every role of the template.
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    #[command(flatten)]
    scope: Scope,
    /// The token ends after so many days; never otherwise.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    days: Option<u16>,
}

/// A token by name.
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Named {
    /// What it is for.
    name: String,
}

/// The same as data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Verb {
    Add(Add),
    List,
    Revoke(Named),
}

impl Token {
    /// A token may be made before the server ever ran.
    pub(crate) fn if_missing(&self) -> IfMissing {
        if matches!(self, Self::Add(_)) { IfMissing::Create } else { IfMissing::Refuse }
    }

    pub(crate) fn prepare(self) -> Verb {
        match self {
            Self::Add(add) => Verb::Add(add),
            Self::List => Verb::List,
            Self::Revoke(named) => Verb::Revoke(named),
        }
    }
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    let done = match verb {
        Verb::Add(add) => add_token(place, add),
        Verb::List => list(place),
        Verb::Revoke(named) => revoke_token(place, &named.name),
    };
    done.map_err(|error| place.fault(&error))
}

fn add_token(place: &Place, add: &Add) -> Result<Output, Error> {
    let definitions = place.app.definitions();
    let names = match add.roles.is_empty() {
        true => definitions.current()?.template.template().roles.iter().map(|role| role.id.clone()).collect(),
        false => add.roles.clone(),
    };
    let secret = secret::generate(secret::BEARER_PREFIX)?;
    let command = add::AddToken {
        name: add.name.clone(),
        token_hash: secret::hash(&secret).ok_or_else(|| Error::internal("a new token cannot be hashed"))?,
        roles: scope::roles(&definitions, &names, &add.scope)?,
        expires_at: add.days.map(|days| ends_after(place.app.now(), days)),
    };
    let added = place.app.run_blocking(Place::call("token.add"), move |tx, ctx| add::add(tx, ctx, &command))?;
    let token = place.app.read(|conn| read::find(conn, &Actor::system(), added.value.id))?;
    let mut json = view(&token);
    if let Json::Object(fields) = &mut json {
        fields.insert("secret".to_owned(), Json::String(secret.clone()));
    }
    Ok(Output::new(secret, json))
}

fn ends_after(now: Timestamp, days: u16) -> Timestamp {
    now.plus_ms(i64::from(days) * DAY_MS)
}

fn list(place: &Place) -> Result<Output, Error> {
    let (mut text, mut all, mut after) = (String::new(), Vec::new(), None);
    loop {
        let page = place.app.read(|conn| read::page(conn, &Actor::system(), after, 200))?;
        let Some(last) = page.last() else { break };
        after = Some(last.row.id);
        for token in &page {
            let roles: Vec<&str> = token.roles.iter().map(|role| role.role.as_str()).collect();
            let over = if token.row.revoked_at.is_some() { " (revoked)" } else { "" };
            text.push_str(&format!("{}{over}: {}\n", token.row.name, roles.join(", ")));
            all.push(view(token));
        }
    }
    Ok(Output::new(text, Json::Array(all)))
}

fn revoke_token(place: &Place, name: &str) -> Result<Output, Error> {
    let id = place.app.read(|conn| read::find_by_name(conn, &Actor::system(), name))?.row.id;
    place.app.run_blocking(Place::call("token.revoke"), move |tx, ctx| revoke::revoke(tx, ctx, id))?;
    Ok(Output::new(format!("revoked {name}"), json!({ "id": id })))
}

fn view(token: &Found) -> Json {
    let roles: Vec<Json> = token
        .roles
        .iter()
        .map(|role| json!({ "role": role.role, "shop_id": role.shop_id, "warehouse_id": role.warehouse_id }))
        .collect();
    let row = &token.row;
    json!({
        "id": row.id, "name": row.name, "roles": roles, "created_at": row.created_at, "expires_at": row.expires_at,
        "revoked_at": row.revoked_at,
    })
}
