//! Canned answers: ready texts with places that are filled from a case.

use domain::canned::CannedUse;
use domain::{CannedAnswerId, ShopId, Text};

use crate::conn::{Conn, Tx};
use crate::error::Error;
use crate::params::{named_params, sql};
use crate::row::Row;

/// A row of `canned_answer`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannedAnswerRow {
    /// Its id.
    pub id: CannedAnswerId,
    /// What is typed to find it.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// The words.
    pub text: Text,
    /// What it is picked for, at least one.
    pub uses: Vec<CannedUse>,
    /// Only for cases of this shop.
    pub shop_id: Option<ShopId>,
    /// Order in the list.
    pub position: i64,
    /// Whether it can still be picked.
    pub active: bool,
    /// Row version.
    pub version: i64,
}

impl CannedAnswerRow {
    /// Whether it is picked for this.
    #[must_use]
    pub fn is_for(&self, used: CannedUse) -> bool {
        self.uses.contains(&used)
    }
}

/// All canned answers in their order.
///
/// # Errors
/// The store's.
pub fn all(conn: &Conn) -> Result<Vec<CannedAnswerRow>, Error> {
    let sql = sql!(
        "SELECT id, code, title_zh, title_en, text_zh, text_en, for_answer, for_refusal, for_question, shop_id,
             position, active, version
         FROM canned_answer ORDER BY position, id"
    );
    conn.all(sql, (), read)
}

/// Writes a new canned answer.
///
/// # Errors
/// The store's; `canned_answer.code` when the code is taken.
pub fn insert(tx: &Tx<'_>, row: &CannedAnswerRow) -> Result<(), Error> {
    let sql = sql!(
        "INSERT INTO canned_answer (id, code, title_zh, title_en, text_zh, text_en, for_answer, for_refusal,
             for_question, shop_id, position, active)
         VALUES (:id, :code, :title_zh, :title_en, :text_zh, :text_en, :for_answer, :for_refusal, :for_question,
             :shop_id, :position, :active)"
    );
    let params = named_params! {
        ":id": row.id, ":code": row.code, ":title_zh": row.title.zh, ":title_en": row.title.en,
        ":text_zh": row.text.zh, ":text_en": row.text.en, ":for_answer": row.is_for(CannedUse::Answer),
        ":for_refusal": row.is_for(CannedUse::Refusal), ":for_question": row.is_for(CannedUse::Question),
        ":shop_id": row.shop_id, ":position": row.position, ":active": row.active,
    };
    tx.exec(sql, params).map(|_| ())
}

/// Replaces a canned answer's values when its version is still `row.version`; false when it is not.
///
/// # Errors
/// The store's; `canned_answer.code` when the code is taken.
pub fn update(tx: &Tx<'_>, row: &CannedAnswerRow) -> Result<bool, Error> {
    let sql = sql!(
        "UPDATE canned_answer SET code = :code, title_zh = :title_zh, title_en = :title_en, text_zh = :text_zh,
             text_en = :text_en, for_answer = :for_answer, for_refusal = :for_refusal, for_question = :for_question,
             shop_id = :shop_id, position = :position, active = :active, version = version + 1
         WHERE id = :id AND version = :version"
    );
    let params = named_params! {
        ":code": row.code, ":title_zh": row.title.zh, ":title_en": row.title.en, ":text_zh": row.text.zh,
        ":text_en": row.text.en, ":for_answer": row.is_for(CannedUse::Answer),
        ":for_refusal": row.is_for(CannedUse::Refusal), ":for_question": row.is_for(CannedUse::Question),
        ":shop_id": row.shop_id, ":position": row.position, ":active": row.active, ":id": row.id,
        ":version": row.version,
    };
    Ok(tx.exec(sql, params)? == 1)
}

fn read(row: &Row<'_>) -> Result<CannedAnswerRow, Error> {
    let named = [
        (CannedUse::Answer, row.get::<bool>("for_answer")?),
        (CannedUse::Refusal, row.get("for_refusal")?),
        (CannedUse::Question, row.get("for_question")?),
    ];
    Ok(CannedAnswerRow {
        id: row.get("id")?,
        code: row.get("code")?,
        title: Text::new(row.get::<String>("title_zh")?, row.get::<String>("title_en")?),
        text: Text::new(row.get::<String>("text_zh")?, row.get::<String>("text_en")?),
        uses: named.into_iter().filter(|(_, is_so)| *is_so).map(|(used, _)| used).collect(),
        shop_id: row.get("shop_id")?,
        position: row.get("position")?,
        active: row.get("active")?,
        version: row.get("version")?,
    })
}
