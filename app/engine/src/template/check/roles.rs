//! Roles: one that creates the others, masks on fields that exist.

use domain::Permission;

use super::{Checker, What};

/// Fields that a role's mask can name; the gate knows exactly these.
pub const MASKABLE: &[&str] = &[
    "contact.name",
    "contact.phone",
    "contact.email",
    "contact.address",
    "contact.nickname",
    "order.price",
    "rma.refund",
];

pub(super) fn check(checker: &mut Checker) {
    let template = checker.template;
    for (number, role) in template.roles.iter().enumerate() {
        let path = format!("roles[{number}]");
        for field in role.masks.keys().filter(|field| !MASKABLE.contains(&field.as_str())) {
            checker.unknown(What::Field, field, format!("{path}.masks.{field}"), MASKABLE.iter().copied());
        }
        for (place, permission) in role.permissions.iter().enumerate() {
            if role.permissions.iter().take(place).any(|earlier| earlier == permission) {
                checker.warning(
                    "permission_twice",
                    format!("{path}.permissions[{place}]"),
                    ("权限重复", "the permission is there already"),
                    ("删除一个", "remove one"),
                );
            }
        }
        if role.bootstrap && !role.permissions.contains(&Permission::PersonManage) {
            checker.error(
                "role_lacks_permission",
                format!("{path}.permissions"),
                ("第一个账号的角色必须能管理人员", "the role of the first person must manage persons"),
                ("添加 person.manage", "add person.manage"),
            );
        }
    }
    if template.roles.iter().filter(|role| role.bootstrap).count() != 1 {
        checker.error(
            "bootstrap_role",
            "roles",
            ("应有且只有一个角色写 bootstrap: true", "exactly one role has `bootstrap: true`"),
            ("第一个账号使用这个角色", "the first person gets this role"),
        );
    }
}
