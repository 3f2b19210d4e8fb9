//! Who holds a role at a shop and a warehouse.

use domain::PersonId;

use crate::conn::Conn;
use crate::error::Error;
use crate::params::{named_params, sql};

/// The active persons who hold a role that reaches a shop and a warehouse; 0 asks for any.
///
/// # Errors
/// The store's.
pub fn of_role(conn: &Conn, role: &str, shop: i64, warehouse: i64) -> Result<Vec<PersonId>, Error> {
    let sql = sql!(
        "SELECT DISTINCT person_role.person_id FROM person_role
         JOIN person ON person.id = person_role.person_id AND person.active = 1
         WHERE person_role.role = :role
             AND (:shop = 0 OR person_role.shop_id IN (0, :shop))
             AND (:warehouse = 0 OR person_role.warehouse_id IN (0, :warehouse))
         ORDER BY person_role.person_id"
    );
    conn.all(sql, named_params! { ":role": role, ":shop": shop, ":warehouse": warehouse }, |row| row.get(0))
}
