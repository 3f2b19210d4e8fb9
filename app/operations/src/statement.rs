//! Statements of payment channels: what a channel says it paid, matched line by line with the payouts we know of.

pub mod again;
pub mod confirm;
pub mod file;
pub mod headers;
mod judge;
pub mod note;
pub mod part;
pub mod read;
pub mod take_in;

use domain::{Permission, StatementLineId};
use store::statement::LineRow;
use store::{Conn, Tx};

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::reach;

/// Who works on statements.
const WORK: Permission = Permission::SettlementPay;

/// A line that the actor may work on.
fn reached(conn: &Conn, ctx: &Ctx<'_>, id: StatementLineId) -> Result<LineRow, Error> {
    let line = store::statement::line(conn, id)?.ok_or(Error::NotFound("statement_line"))?;
    reach::place(ctx, WORK, Place { shop: Some(line.shop_id), warehouse: None }, "statement_line")?;
    Ok(line)
}

/// Lets whoever looks at a statement know.
fn tell(ctx: &mut Ctx<'_>) {
    ctx.topic("statements");
}

/// Writes a verdict, or says that somebody was quicker.
fn write(tx: &Tx<'_>, line: &LineRow, found: &store::statement::Found<'_>) -> Result<(), Error> {
    if store::statement::judge(tx, line.id, &line.state, found)? {
        return Ok(());
    }
    let refusal = Refusal::new("line_changed", "这一行刚刚被他人处理", "somebody else has just worked on this line");
    Err(Error::conflict(refusal.help("请刷新后再看", "reload and look again")))
}
