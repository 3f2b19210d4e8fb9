//! Whether there is a template in force, and somebody who can manage persons; whether the clock went back.

use domain::Permission;
use operations::person::read;
use operations::{Actor, actor::permission_bit};

use crate::admin::Place;
use crate::doctor::{Check, Pen, Status};

/// A last event later than this is more than two clocks apart.
const AHEAD_MS: i64 = 5 * 60_000;

pub(super) fn checks(place: &Place, pen: &Pen) -> Vec<Check> {
    vec![template(place, pen), manager(place, pen), clock(place, pen)]
}

fn template(place: &Place, pen: &Pen) -> Check {
    match place.app.definitions().current() {
        Ok(release) => {
            let hash: String = release.template.hash().chars().take(12).collect();
            pen.ok("template.in_force", format!("模板版本 {hash}"), format!("template {hash} is in force"))
        }
        Err(error) => pen.failed("template.in_force", &error),
    }
}

fn manager(place: &Place, pen: &Pen) -> Check {
    let id = "persons.manager";
    let definitions = place.app.definitions();
    let mut after = None;
    loop {
        let page = match place.app.read(|conn| read::page(conn, &Actor::system(), after, 200)) {
            Ok(page) => page,
            Err(error) => return pen.failed(id, &error),
        };
        let manages = |role: &operations::person::RoleRow| {
            role.shop_id.is_none()
                && role.warehouse_id.is_none()
                && definitions.permissions_of(&role.role) & permission_bit(Permission::PersonManage) != 0
        };
        if page.iter().any(|person| person.row.active && person.roles.iter().any(manages)) {
            return pen.ok(id, "有人可以管理人员", "somebody can manage persons");
        }
        let Some(last) = page.last() else { break };
        after = Some(last.row.id);
    }
    let check = pen.check(id, Status::Warning, "没有人可以管理人员", "nobody can manage persons");
    let help = "returndesk user add NAME --role ROLE --password-stdin";
    pen.remedy(check, help, help)
}

fn clock(place: &Place, pen: &Pen) -> Check {
    let id = "clock.order";
    let last = match place.app.read(|conn| Ok(store::event::last_at(conn)?)) {
        Ok(last) => last,
        Err(error) => return pen.failed(id, &error),
    };
    let ahead_ms = last.map_or(0, |last| last.ms() - place.app.now().ms());
    if ahead_ms <= AHEAD_MS {
        return pen.ok(id, "系统时间正常", "the clock goes forward");
    }
    let minutes = ahead_ms / 60_000;
    let zh = format!("系统时间比最后一条记录早 {minutes} 分钟");
    let en = format!("the clock is {minutes} minutes before the last event");
    pen.remedy(pen.check(id, Status::Error, zh, en), "请校准系统时间", "set the machine's clock")
}
