//! `--role`, `--shop` and `--warehouse`: which roles, and where they hold.

use domain::Text;
use operations::Error;
use operations::definitions::Definitions;
use operations::error::Refusal;
use operations::person::RoleRow;
use serde::{Deserialize, Serialize};

/// Where a role holds.
#[derive(Clone, Debug, Default, clap::Args, Serialize, Deserialize)]
pub(crate) struct Scope {
    /// Only in the shop of this code.
    #[arg(long, value_name = "CODE")]
    pub(crate) shop: Option<String>,
    /// Only in the warehouse of this code.
    #[arg(long, value_name = "CODE")]
    pub(crate) warehouse: Option<String>,
}

/// The roles named, by id or by title in either language, in the scope.
pub(crate) fn roles(definitions: &Definitions, names: &[String], scope: &Scope) -> Result<Vec<RoleRow>, Error> {
    let shop_id = match &scope.shop {
        Some(code) => Some(definitions.masters.shop_by_code(code).ok_or_else(|| unknown("shop", "店铺", code))?.id),
        None => None,
    };
    let warehouses = definitions.masters.warehouses();
    let warehouse_id = match &scope.warehouse {
        Some(code) => {
            let found = warehouses.iter().find(|warehouse| warehouse.code == *code);
            Some(found.ok_or_else(|| unknown("warehouse", "仓库", code))?.id)
        }
        None => None,
    };
    let row = |name: &String| RoleRow { role: role_id(definitions, name), shop_id, warehouse_id };
    Ok(names.iter().map(row).collect())
}

/// The id of a role named by id or title; a name that is neither stays as it is, to be refused with a suggestion.
fn role_id(definitions: &Definitions, name: &str) -> String {
    let Ok(current) = definitions.current() else { return name.to_owned() };
    let roles = &current.template.template().roles;
    let by_id = roles.iter().find(|role| role.id == name);
    let titled = |title: &Text| title.zh == name || title.en.eq_ignore_ascii_case(name);
    let found = by_id.or_else(|| roles.iter().find(|role| titled(&role.title)));
    found.map_or_else(|| name.to_owned(), |role| role.id.clone())
}

fn unknown(what: &'static str, what_zh: &str, code: &str) -> Error {
    Error::invalid(
        Refusal::new(
            "unknown_scope",
            format!("没有代码为 `{code}` 的{what_zh}"),
            format!("there is no {what} `{code}`"),
        )
        .at(what),
    )
}
