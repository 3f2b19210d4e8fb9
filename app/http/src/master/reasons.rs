//! Reasons, what platforms call them, and grades.

use contract::master::{
    ADD_GRADE, ADD_REASON, CHANGE_GRADE, CHANGE_REASON, GRADES, Grade, REASON_MAPS, REASONS, Reason, ReasonMap,
    SAVE_REASON_MAP, SavedRow,
};
use domain::state::{Bearer, DispositionKind};
use domain::{GradeId, ReasonId};
use operations::Error;
use operations::master::{grade, reason, reason_map, require_staff};
use operations::masters::{GradeRow, ReasonRow};

use super::saved;
use crate::answer::{Reply, done, ok};
use crate::doc::Doc;
use crate::extract::{Caller, Id, Json, Key};
use crate::registry::Area;
use crate::state::Server;

pub(super) fn routes(area: &mut Area<'_>) {
    area.add(&REASONS, Doc::list::<Reason>(), reasons);
    area.add(&ADD_REASON, Doc::view::<SavedRow>(201).body::<Reason>(), add_reason);
    area.add(&CHANGE_REASON, Doc::view::<SavedRow>(200).body::<Reason>(), change_reason);
    area.add(&REASON_MAPS, Doc::list::<ReasonMap>(), reason_maps);
    area.add(&SAVE_REASON_MAP, Doc::nothing().body::<ReasonMap>(), save_reason_map);
    area.add(&GRADES, Doc::list::<Grade>(), grades);
    area.add(&ADD_GRADE, Doc::view::<SavedRow>(201).body::<Grade>(), add_grade);
    area.add(&CHANGE_GRADE, Doc::view::<SavedRow>(200).body::<Grade>(), change_grade);
}

async fn reasons(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &ReasonRow| {
        Ok(Reason {
            id: Some(row.id),
            version: row.version,
            code: row.code.clone(),
            parent_id: row.parent_id,
            name: row.name.clone(),
            evidence_required: row.evidence_required,
            liability: Bearer::parse(&row.liability).ok_or_else(|| unreadable("reason", &row.code))?,
            position: row.position,
            active: row.active,
        })
    };
    ok(&definitions.masters.reasons().iter().map(view).collect::<Result<Vec<_>, Error>>()?)
}

async fn add_reason(server: Server, caller: Caller, key: Key, row: Json<Reason>) -> Reply {
    save_reason(server, caller, key, None, row).await
}

async fn change_reason(server: Server, caller: Caller, key: Key, Id(id): Id<ReasonId>, row: Json<Reason>) -> Reply {
    save_reason(server, caller, key, Some(id), row).await
}

async fn save_reason(server: Server, caller: Caller, key: Key, id: Option<ReasonId>, Json(row): Json<Reason>) -> Reply {
    let command = reason::SaveReason {
        id,
        version: row.version,
        code: row.code,
        parent_id: row.parent_id,
        name: row.name,
        evidence_required: row.evidence_required,
        liability: row.liability,
        position: row.position,
        active: row.active,
    };
    let call = caller.call("reason.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| reason::save(tx, ctx, &command)).await?)
}

async fn reason_maps(server: Server, caller: Caller) -> Reply {
    let rows = server.app.read(|conn| reason_map::list(conn, caller.actor()))?;
    let view = |row: reason_map::MappedReason| ReasonMap {
        platform: row.platform,
        platform_code: row.platform_code,
        reason_id: Some(row.reason_id),
    };
    ok(&rows.into_iter().map(view).collect::<Vec<_>>())
}

async fn save_reason_map(server: Server, caller: Caller, key: Key, row: Json<ReasonMap>) -> Reply {
    let Json(row) = row;
    let call = caller.call("reason_map.save", &key);
    let answer = server
        .app
        .run(call, move |tx, ctx| reason_map::save(tx, ctx, &row.platform, &row.platform_code, row.reason_id))
        .await?;
    done(&answer)
}

async fn grades(server: Server, caller: Caller) -> Reply {
    require_staff(caller.actor())?;
    let definitions = server.app.definitions();
    let view = |row: &GradeRow| {
        Ok(Grade {
            id: Some(row.id),
            version: row.version,
            code: row.code.clone(),
            name: row.name.clone(),
            money_percent: row.money_percent,
            accepted: row.accepted,
            disposition: DispositionKind::parse(&row.disposition).ok_or_else(|| unreadable("grade", &row.code))?,
            position: row.position,
            active: row.active,
        })
    };
    ok(&definitions.masters.grades().iter().map(view).collect::<Result<Vec<_>, Error>>()?)
}

async fn add_grade(server: Server, caller: Caller, key: Key, row: Json<Grade>) -> Reply {
    save_grade(server, caller, key, None, row).await
}

async fn change_grade(server: Server, caller: Caller, key: Key, Id(id): Id<GradeId>, row: Json<Grade>) -> Reply {
    save_grade(server, caller, key, Some(id), row).await
}

async fn save_grade(server: Server, caller: Caller, key: Key, id: Option<GradeId>, Json(row): Json<Grade>) -> Reply {
    let command = grade::SaveGrade {
        id,
        version: row.version,
        code: row.code,
        name: row.name,
        money_percent: row.money_percent,
        accepted: row.accepted,
        disposition: row.disposition,
        position: row.position,
        active: row.active,
    };
    let call = caller.call("grade.save", &key);
    saved(id.is_none(), &server.app.run(call, move |tx, ctx| grade::save(tx, ctx, &command)).await?)
}

fn unreadable(what: &str, code: &str) -> Error {
    Error::internal(format!("{what} `{code}` holds a word that is not known"))
}
