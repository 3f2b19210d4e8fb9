//! Checks a role to be given: known to the template in force, its shop and warehouse known too.

use domain::{Permission, Text};
use engine::similar::closest;

use crate::actor::permission_bit;
use crate::definitions::Definitions;
use crate::error::{Error, FieldProblem, Refusal};
use crate::person::RoleRow;

/// Most roles of one person or token.
pub const MAX_ROLES: usize = 64;

/// Refuses roles that do not exist, each named; `field` is where the list stands in the request.
///
/// # Errors
/// `Invalid` with a place for each.
pub(crate) fn check_all(definitions: &Definitions, roles: &[RoleRow], field: &str) -> Result<(), Error> {
    check_count(roles.len(), field)?;
    let problems: Vec<(FieldProblem, Option<Text>)> = roles
        .iter()
        .enumerate()
        .filter_map(|(index, role)| problem(definitions, role, &format!("{field}[{index}]")))
        .collect();
    refuse(problems)
}

/// Refuses more roles than a person or token may hold.
///
/// # Errors
/// `Invalid` at `field`.
pub(crate) fn check_count(count: usize, field: &str) -> Result<(), Error> {
    if count <= MAX_ROLES {
        return Ok(());
    }
    let zh = format!("最多 {MAX_ROLES} 个角色");
    Err(Error::invalid(Refusal::new("too_many_roles", zh, format!("at most {MAX_ROLES} roles")).at(field)))
}

/// The ids of the roles that the template in force has.
pub(crate) fn ids(definitions: &Definitions) -> Vec<&str> {
    let current = definitions.current().ok();
    current
        .map(|release| release.template.template().roles.iter().map(|role| role.id.as_str()).collect())
        .unwrap_or_default()
}

/// Whether a role of the template in force grants `permission`.
pub(crate) fn grants(definitions: &Definitions, role: &str, permission: Permission) -> bool {
    definitions.permissions_of(role) & permission_bit(permission) != 0
}

/// Refuses one role that does not exist; its fields stand at the top of the request.
///
/// # Errors
/// `Invalid`.
pub(crate) fn check(definitions: &Definitions, role: &RoleRow) -> Result<(), Error> {
    refuse(problem(definitions, role, "").into_iter().collect())
}

fn refuse(problems: Vec<(FieldProblem, Option<Text>)>) -> Result<(), Error> {
    let Some((first, help)) = problems.first() else { return Ok(()) };
    let mut refusal = Refusal::new("unknown_role", first.message.zh.clone(), first.message.en.clone());
    if first.code != "unknown_role" {
        refusal.code = "unknown_scope";
    }
    refusal.help.clone_from(help);
    refusal.fields = problems.into_iter().map(|(problem, _)| problem).collect();
    Err(Error::invalid(refusal))
}

fn problem(definitions: &Definitions, role: &RoleRow, place: &str) -> Option<(FieldProblem, Option<Text>)> {
    let at = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    let problem = |field: String, code: &str, zh: String, en: String| FieldProblem {
        field,
        code: code.to_owned(),
        message: Text::new(zh, en),
    };
    if !definitions.role_exists(&role.role) {
        let zh = format!("当前模板里没有角色 `{}`", role.role);
        let en = format!("the template in force has no role `{}`", role.role);
        let known = ids(definitions);
        return Some((problem(at("role"), "unknown_role", zh, en), suggestion(&role.role, &known)));
    }
    let shop_known = role.shop_id.is_none_or(|id| definitions.masters.shop(id).is_ok());
    if !shop_known {
        let (zh, en) = ("没有这个店铺".to_owned(), "there is no such shop".to_owned());
        return Some((problem(at("shop_id"), "unknown_shop", zh, en), None));
    }
    let warehouse_known = role.warehouse_id.is_none_or(|id| definitions.masters.warehouse(id).is_some());
    if !warehouse_known {
        let (zh, en) = ("没有这个仓库".to_owned(), "there is no such warehouse".to_owned());
        return Some((problem(at("warehouse_id"), "unknown_warehouse", zh, en), None));
    }
    None
}

fn suggestion(role: &str, known: &[&str]) -> Option<Text> {
    if let Some(near) = closest(role, known.iter().copied()) {
        return Some(Text::new(format!("是不是 `{near}`？"), format!("did you mean `{near}`?")));
    }
    let list = known.join(", ");
    (!known.is_empty()).then(|| Text::new(format!("现有角色：{list}"), format!("known roles: {list}")))
}
