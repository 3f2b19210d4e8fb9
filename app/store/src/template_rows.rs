//! Reference rows that a template brings: reasons with their platform codes, grades, and canned answers. Rows that an admin has changed
//! since keep the admin's words only when the template says nothing new.

use domain::canned::CannedUse;
use engine::template::{CannedAnswer, Grade, Reason};

use crate::conn::Tx;
use crate::error::Error;
use crate::params::{named_params, sql};

/// Writes a reason under its code; the row's id.
///
/// # Errors
/// The store's.
pub fn put_reason(tx: &Tx<'_>, new_id: i64, parent: Option<i64>, position: i64, reason: &Reason) -> Result<i64, Error> {
    let sql = sql!(
        "INSERT INTO reason (id, code, parent_id, name_zh, name_en, evidence_required, liability, position)
         VALUES (:id, :code, :parent_id, :name_zh, :name_en, :evidence_required, :liability, :position)
         ON CONFLICT (code) DO UPDATE SET parent_id = excluded.parent_id, name_zh = excluded.name_zh,
             name_en = excluded.name_en, evidence_required = excluded.evidence_required,
             liability = excluded.liability, position = excluded.position, version = version + 1
         RETURNING id"
    );
    let params = named_params! {
        ":id": new_id, ":code": reason.id, ":parent_id": parent, ":name_zh": reason.title.zh,
        ":name_en": reason.title.en, ":evidence_required": reason.evidence, ":liability": reason.liability,
        ":position": position,
    };
    let id = tx.value::<i64>(sql, params)?.unwrap_or(new_id);
    let map = sql!(
        "INSERT INTO reason_map (platform, platform_code, reason_id) VALUES (:platform, :code, :reason_id)
         ON CONFLICT DO UPDATE SET reason_id = excluded.reason_id"
    );
    for (platform, codes) in &reason.platforms {
        for code in codes {
            tx.exec(map, named_params! { ":platform": platform, ":code": code, ":reason_id": id })?;
        }
    }
    Ok(id)
}

/// Writes a grade under its code.
///
/// # Errors
/// The store's.
pub fn put_grade(tx: &Tx<'_>, new_id: i64, position: i64, grade: &Grade) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO grade (id, code, name_zh, name_en, money_percent, accepted, disposition, position)
         VALUES (:id, :code, :name_zh, :name_en, :money_percent, :accepted, :disposition, :position)
         ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
             money_percent = excluded.money_percent, accepted = excluded.accepted,
             disposition = excluded.disposition, position = excluded.position, version = version + 1"
    );
    let params = named_params! {
        ":id": new_id, ":code": grade.id, ":name_zh": grade.title.zh, ":name_en": grade.title.en,
        ":money_percent": i64::from(grade.money_percent), ":accepted": grade.accepted,
        ":disposition": grade.disposition, ":position": position,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Writes a canned answer under its code, unless there is one: the merchant's words stay.
///
/// # Errors
/// The store's.
pub fn put_canned_answer(tx: &Tx<'_>, new_id: i64, position: i64, answer: &CannedAnswer) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO canned_answer (id, code, title_zh, title_en, text_zh, text_en, for_answer, for_refusal,
             for_question, position)
         VALUES (:id, :code, :title_zh, :title_en, :text_zh, :text_en, :for_answer, :for_refusal, :for_question,
             :position)
         ON CONFLICT (code) DO NOTHING"
    );
    let is_for = |used| answer.uses.contains(&used);
    let params = named_params! {
        ":id": new_id, ":code": answer.id, ":title_zh": answer.title.zh, ":title_en": answer.title.en,
        ":text_zh": answer.text.zh, ":text_en": answer.text.en, ":for_answer": is_for(CannedUse::Answer),
        ":for_refusal": is_for(CannedUse::Refusal), ":for_question": is_for(CannedUse::Question),
        ":position": position,
    };
    tx.exec(sql, params).map(|_| ())
}
