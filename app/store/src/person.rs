//! Persons who sign in, and the roles they hold in which shops and warehouses.

use domain::{Lang, PersonId, ShopId, TeamId, Timestamp, WarehouseId};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `person`, without the password's hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Its id.
    pub id: PersonId,
    /// The name typed at sign-in, unique.
    pub name: String,
    /// The name others see.
    pub display_name: String,
    /// The language they read.
    pub lang: Lang,
    /// Their team.
    pub team_id: Option<TeamId>,
    /// Whether they may sign in.
    pub active: bool,
    /// Since when they are known.
    pub created_at: Timestamp,
    /// Row version.
    pub version: i64,
}

/// A role held by a person or a token. `None` means all shops or all warehouses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleRow {
    /// The role's id in the template.
    pub role: String,
    /// Only this shop.
    pub shop_id: Option<ShopId>,
    /// Only this warehouse.
    pub warehouse_id: Option<WarehouseId>,
}

/// How a person is reached outside the desk: mail address and phone, each empty when there is none.
///
/// # Errors
/// The store's.
pub fn reach(conn: &Conn, id: PersonId) -> Result<Option<(String, String)>, Error> {
    conn.one(sql!("SELECT email, phone FROM person WHERE id = :id"), named_params! { ":id": id }, |row| {
        Ok((row.get("email")?, row.get("phone")?))
    })
}

/// Says how a person is reached; false when there is no such person.
///
/// # Errors
/// The store's.
pub fn set_reach(tx: &Tx<'_>, id: PersonId, email: &str, phone: &str) -> Result<bool, Error> {
    let sql = sql!("UPDATE person SET email = :email, phone = :phone WHERE id = :id");
    Ok(tx.exec(sql, named_params! { ":id": id, ":email": email, ":phone": phone })? == 1)
}

/// Adds a person.
///
/// # Errors
/// `Constraint` named `person.name` when the name is taken; the store's.
pub fn insert(tx: &Tx<'_>, person: &PersonRow, password_hash: Option<&str>) -> Result<(), Error> {
    tx.exec(
        sql!(include_str!("person/insert.sql")),
        named_params! {
            ":id": person.id, ":name": person.name, ":display_name": person.display_name,
            ":password_hash": password_hash, ":lang": person.lang.code(), ":team_id": person.team_id,
            ":active": person.active, ":created_at": person.created_at, ":version": person.version,
        },
    )
    .map(|_| ())
}

/// A person by id.
///
/// # Errors
/// The store's.
pub fn find(conn: &Conn, id: PersonId) -> Result<Option<PersonRow>, Error> {
    conn.one(sql!(include_str!("person/find.sql")), named_params! { ":id": id }, read)
}

/// A person by the name typed at sign-in.
///
/// # Errors
/// The store's.
pub fn by_name(conn: &Conn, name: &str) -> Result<Option<PersonRow>, Error> {
    conn.one(sql!(include_str!("person/by_name.sql")), named_params! { ":name": name }, read)
}

/// Persons after `after` by id, at most `limit`.
///
/// # Errors
/// The store's.
pub fn page(conn: &Conn, after: Option<PersonId>, limit: u32) -> Result<Vec<PersonRow>, Error> {
    let after = after.map_or(0, PersonId::get);
    conn.all(sql!(include_str!("person/page.sql")), named_params! { ":after": after, ":limit": limit }, read)
}

/// Whether anybody was ever added.
///
/// # Errors
/// The store's.
pub fn any(conn: &Conn) -> Result<bool, Error> {
    conn.exists(sql!("SELECT 1 FROM person LIMIT 1"), ())
}

/// The hash of the person's password; `None` when they cannot sign in with one.
///
/// # Errors
/// The store's.
pub fn password_hash(conn: &Conn, id: PersonId) -> Result<Option<String>, Error> {
    let sql = sql!("SELECT password_hash FROM person WHERE id = :id");
    Ok(conn.value::<Option<String>>(sql, named_params! { ":id": id })?.flatten())
}

/// Replaces the password's hash.
///
/// # Errors
/// The store's.
pub fn set_password_hash(tx: &Tx<'_>, id: PersonId, hash: &str) -> Result<(), Error> {
    let sql = sql!("UPDATE person SET password_hash = :hash, version = version + 1 WHERE id = :id");
    tx.exec(sql, named_params! { ":hash": hash, ":id": id }).map(|_| ())
}

/// Changes what others see and whether the person may sign in, if the row is still at `row.version`; the version
/// rises by one. `false` when somebody was faster.
///
/// # Errors
/// The store's.
pub fn update(tx: &Tx<'_>, row: &PersonRow) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(include_str!("person/update.sql")),
        named_params! {
            ":display_name": row.display_name, ":lang": row.lang.code(), ":team_id": row.team_id,
            ":active": row.active, ":id": row.id, ":version": row.version,
        },
    )?;
    Ok(changed == 1)
}

/// The roles a person holds, in a stable order.
///
/// # Errors
/// The store's.
pub fn roles(conn: &Conn, id: PersonId) -> Result<Vec<RoleRow>, Error> {
    let sql = sql!(
        "SELECT role, shop_id, warehouse_id FROM person_role WHERE person_id = :id
         ORDER BY role, shop_id, warehouse_id"
    );
    conn.all(sql, named_params! { ":id": id }, read_role)
}

/// Gives a role; `false` when the person holds it already.
///
/// # Errors
/// The store's.
pub fn grant(tx: &Tx<'_>, id: PersonId, role: &RoleRow) -> Result<bool, Error> {
    let sql = sql!(
        "INSERT INTO person_role (person_id, role, shop_id, warehouse_id)
         VALUES (:id, :role, :shop_id, :warehouse_id) ON CONFLICT DO NOTHING"
    );
    let (shop_id, warehouse_id) = stored_scope(role);
    let params = named_params! { ":id": id, ":role": role.role, ":shop_id": shop_id, ":warehouse_id": warehouse_id };
    Ok(tx.exec(sql, params)? == 1)
}

/// Takes a role away; `false` when the person did not hold it.
///
/// # Errors
/// The store's.
pub fn revoke(tx: &Tx<'_>, id: PersonId, role: &RoleRow) -> Result<bool, Error> {
    let sql = sql!(
        "DELETE FROM person_role
         WHERE person_id = :id AND role = :role AND shop_id = :shop_id AND warehouse_id = :warehouse_id"
    );
    let (shop_id, warehouse_id) = stored_scope(role);
    let params = named_params! { ":id": id, ":role": role.role, ":shop_id": shop_id, ":warehouse_id": warehouse_id };
    Ok(tx.exec(sql, params)? == 1)
}

/// Active persons who hold `role` everywhere, at most `limit`.
///
/// # Errors
/// The store's.
pub fn holders_everywhere(conn: &Conn, role: &str, limit: u32) -> Result<Vec<PersonId>, Error> {
    let sql = sql!(
        "SELECT person_role.person_id FROM person_role
         JOIN person ON person.id = person_role.person_id AND person.active = 1
         WHERE person_role.role = :role AND person_role.shop_id = 0 AND person_role.warehouse_id = 0
         LIMIT :limit"
    );
    conn.all(sql, named_params! { ":role": role, ":limit": limit }, |row| row.get(0))
}

/// Shop and warehouse as stored: 0 means all.
pub(crate) fn stored_scope(role: &RoleRow) -> (i64, i64) {
    (role.shop_id.map_or(0, ShopId::get), role.warehouse_id.map_or(0, WarehouseId::get))
}

pub(crate) fn read_role(row: &Row<'_>) -> Result<RoleRow, Error> {
    let shop: i64 = row.get("shop_id")?;
    let warehouse: i64 = row.get("warehouse_id")?;
    Ok(RoleRow {
        role: row.get("role")?,
        shop_id: (shop != 0).then(|| ShopId::from_raw(shop)),
        warehouse_id: (warehouse != 0).then(|| WarehouseId::from_raw(warehouse)),
    })
}

fn read(row: &Row<'_>) -> Result<PersonRow, Error> {
    Ok(PersonRow {
        id: row.get("id")?,
        name: row.get("name")?,
        display_name: row.get("display_name")?,
        lang: row.get_with("lang", |code: String| read_lang(&code))?,
        team_id: row.get("team_id")?,
        active: row.get("active")?,
        created_at: row.get("created_at")?,
        version: row.get("version")?,
    })
}

/// The stored code of a language.
pub(crate) fn read_lang(code: &str) -> Option<Lang> {
    [Lang::Zh, Lang::En].into_iter().find(|lang| lang.code() == code)
}
