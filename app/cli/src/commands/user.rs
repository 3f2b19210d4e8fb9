//! `user`: persons who sign in.

use clap::Subcommand;
use domain::{Lang, PersonId};
use operations::password;
use operations::person::read::Person;
use operations::person::{add, change, grant_role, read, revoke_role, set_password};
use operations::{Actor, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::admin::Place;
use crate::commands::scope::{self, Scope};
use crate::commands::stdin;
use crate::fault::{Fault, Outcome};
use crate::folder::IfMissing;
use crate::output::Output;

/// `user …`
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum User {
    /// Add a person.
    Add(Add),
    /// List persons.
    List,
    /// Set a person's password and end their sessions.
    Passwd(Passwd),
    /// Keep a person from signing in and end their sessions.
    Disable(Named),
    /// Let a person sign in again.
    Enable(Named),
    /// Give and take roles.
    #[command(subcommand)]
    Role(Role),
}

/// `user add …`
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Add {
    /// The sign-in name.
    name: String,
    /// A role by id or title; may be given several times.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    roles: Vec<String>,
    #[command(flatten)]
    scope: Scope,
    /// The name others see; the sign-in name otherwise.
    #[arg(long, value_name = "NAME")]
    display_name: Option<String>,
    /// The language they read: zh or en.
    #[arg(long, value_name = "LANG", default_value = "zh", value_parser = read_lang)]
    lang: Lang,
    /// Read the password from the first line of standard input; without it the person cannot sign in yet.
    #[arg(long)]
    password_stdin: bool,
}

/// `user passwd …`
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Passwd {
    /// The sign-in name.
    name: String,
    /// Read the password from the first line of standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// Somebody by name.
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct Named {
    /// The sign-in name.
    name: String,
}

/// `user role …`
#[derive(Clone, Debug, Subcommand, Serialize, Deserialize)]
pub(crate) enum Role {
    /// Give a role.
    Add(RoleOf),
    /// Take a role away.
    Remove(RoleOf),
}

/// A role of somebody.
#[derive(Clone, Debug, clap::Args, Serialize, Deserialize)]
pub(crate) struct RoleOf {
    /// The sign-in name.
    name: String,
    /// The role by id or title.
    role: String,
    #[command(flatten)]
    scope: Scope,
}

/// The same as data, with passwords hashed: they never cross the socket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Verb {
    Add { add: Add, password_hash: Option<String> },
    List,
    Passwd { name: String, password_hash: String },
    Active { name: String, active: bool },
    Role(Role),
}

impl User {
    /// The first person may be added before the server ever ran.
    pub(crate) fn if_missing(&self) -> IfMissing {
        if matches!(self, Self::Add(_)) { IfMissing::Create } else { IfMissing::Refuse }
    }

    /// Reads what only the caller can read.
    pub(crate) fn prepare(self, lang: Lang) -> Result<Verb, Fault> {
        Ok(match self {
            Self::Add(add) => {
                let password_hash = if add.password_stdin { Some(password_from_stdin(&add.name, lang)?) } else { None };
                Verb::Add { add, password_hash }
            }
            Self::List => Verb::List,
            Self::Passwd(Passwd { name, .. }) => {
                Verb::Passwd { password_hash: password_from_stdin(&name, lang)?, name }
            }
            Self::Disable(Named { name }) => Verb::Active { name, active: false },
            Self::Enable(Named { name }) => Verb::Active { name, active: true },
            Self::Role(role) => Verb::Role(role),
        })
    }
}

/// Does it where the folder is open.
pub(crate) fn perform(place: &Place, verb: &Verb) -> Outcome {
    let done = match verb {
        Verb::Add { add, password_hash } => add_person(place, add, password_hash.clone()),
        Verb::List => list(place),
        Verb::Passwd { name, password_hash } => set_password_of(place, name, password_hash),
        Verb::Active { name, active } => set_active(place, name, *active),
        Verb::Role(role) => change_role(place, role),
    };
    done.map_err(|error| place.fault(&error))
}

fn add_person(place: &Place, add: &Add, password_hash: Option<String>) -> Result<Output, Error> {
    let command = add::AddPerson {
        name: add.name.clone(),
        display_name: add.display_name.clone(),
        lang: add.lang,
        roles: scope::roles(&place.app.definitions(), &add.roles, &add.scope)?,
        password_hash,
    };
    let added = place.app.run_blocking(Place::call("person.add"), move |tx, ctx| add::add(tx, ctx, &command))?;
    let person = place.app.read(|conn| read::find(conn, &Actor::system(), added.value.id))?;
    Ok(Output::new(format!("added {}", line(&person)), view(&person)))
}

fn list(place: &Place) -> Result<Output, Error> {
    let (mut text, mut all, mut after) = (String::new(), Vec::new(), None);
    loop {
        let page = place.app.read(|conn| read::page(conn, &Actor::system(), after, 200))?;
        let Some(last) = page.last() else { break };
        after = Some(last.row.id);
        for person in &page {
            text.push_str(&line(person));
            text.push('\n');
            all.push(view(person));
        }
    }
    Ok(Output::new(text, Json::Array(all)))
}

fn set_password_of(place: &Place, name: &str, password_hash: &str) -> Result<Output, Error> {
    let command = set_password::SetPassword { id: id_of(place, name)?, password_hash: password_hash.to_owned() };
    let id = command.id;
    let call = Place::call("person.set_password");
    place.app.run_blocking(call, move |tx, ctx| set_password::set_password(tx, ctx, &command))?;
    Ok(Output::new(format!("password of {name} set, sessions ended"), json!({ "id": id })))
}

fn set_active(place: &Place, name: &str, active: bool) -> Result<Output, Error> {
    let id = id_of(place, name)?;
    let command = change::ChangePerson { id, version: None, display_name: None, lang: None, active: Some(active) };
    place.app.run_blocking(Place::call("person.change"), move |tx, ctx| change::change(tx, ctx, &command))?;
    let word = if active { "enabled" } else { "disabled" };
    Ok(Output::new(format!("{word} {name}"), json!({ "id": id, "active": active })))
}

fn change_role(place: &Place, role: &Role) -> Result<Output, Error> {
    let (Role::Add(of) | Role::Remove(of)) = role;
    let id = id_of(place, &of.name)?;
    let rows = scope::roles(&place.app.definitions(), std::slice::from_ref(&of.role), &of.scope)?;
    let Some(row) = rows.into_iter().next() else { return Err(Error::NotFound("role")) };
    match role {
        Role::Add(_) => {
            let command = grant_role::GrantRole { id, role: row };
            let call = Place::call("person.grant_role");
            place.app.run_blocking(call, move |tx, ctx| grant_role::grant_role(tx, ctx, &command))?;
        }
        Role::Remove(_) => {
            let command = revoke_role::RevokeRole { id, role: row };
            let call = Place::call("person.revoke_role");
            place.app.run_blocking(call, move |tx, ctx| revoke_role::revoke_role(tx, ctx, &command))?;
        }
    }
    let person = place.app.read(|conn| read::find(conn, &Actor::system(), id))?;
    Ok(Output::new(line(&person), view(&person)))
}

fn id_of(place: &Place, name: &str) -> Result<PersonId, Error> {
    Ok(place.app.read(|conn| read::find_by_name(conn, &Actor::system(), name))?.row.id)
}

fn line(person: &Person) -> String {
    let roles: Vec<&str> = person.roles.iter().map(|role| role.role.as_str()).collect();
    let off = if person.row.active { "" } else { " (disabled)" };
    format!("{}{off}: {}", person.row.name, roles.join(", "))
}

fn view(person: &Person) -> Json {
    let roles: Vec<Json> = person
        .roles
        .iter()
        .map(|role| json!({ "role": role.role, "shop_id": role.shop_id, "warehouse_id": role.warehouse_id }))
        .collect();
    let row = &person.row;
    json!({
        "id": row.id, "name": row.name, "display_name": row.display_name, "lang": row.lang, "active": row.active,
        "roles": roles,
    })
}

fn password_from_stdin(name: &str, lang: Lang) -> Result<String, Fault> {
    let typed = stdin::first_line("password")?;
    password::check_new(name, &typed, "password").map_err(|error| Fault::of(&error, lang))?;
    password::hash(&typed).map_err(|error| Fault::of(&error, lang))
}

fn read_lang(code: &str) -> Result<Lang, String> {
    let known = [Lang::Zh, Lang::En].into_iter().find(|lang| lang.code() == code);
    known.ok_or_else(|| "zh or en".to_owned())
}
