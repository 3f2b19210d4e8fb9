//! Looks once more for the payouts of lines that found none: payments by hand are often recorded after the bill came.

use domain::{StatementId, StatementLineId};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::judge::judge;
use super::{WORK, tell};
use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::reach;

/// Lines read at once.
const AT_ONCE: u32 = 500;

/// Matches a statement once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The statement.
    pub statement: StatementId,
}

/// Judges all lines that are not matched once more; what a person took apart stays so.
///
/// # Errors
/// `NotFound`, `Forbidden`.
pub fn again(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Again) -> Result<StatementId, Error> {
    let row = store::statement::find(tx, cmd.statement)?.ok_or(Error::NotFound("statement"))?;
    reach::place(ctx, WORK, Place { shop: Some(row.shop_id), warehouse: None }, "statement")?;
    let mut after: Option<StatementLineId> = None;
    loop {
        let lines = store::statement::lines(tx, row.id, None, after, AT_ONCE)?;
        for line in &lines {
            judge(tx, ctx, line)?;
        }
        after = lines.last().map(|line| line.id);
        if after.is_none() {
            break;
        }
    }
    tell(ctx);
    Ok(row.id)
}
