//! The judgement of a case before it is filed: the same checks, nothing written.

use domain::LineKind;
use domain::state::Verdict;
use engine::policy::Judgement;
use store::Conn;

use super::file::{FileRma, prepare};
use super::judge::strictest;
use crate::actor::{Actor, ActorKind};
use crate::app::App;
use crate::context::{Ctx, Place};
use crate::error::Error;

/// A line's judgement.
#[derive(Clone, Debug)]
pub struct PreviewLine {
    /// The article's name.
    pub goods: String,
    /// What is asked for.
    pub kind: LineKind,
    /// How many.
    pub quantity: i64,
    /// The judgement.
    pub judgement: Judgement,
}

/// Judges without writing.
///
/// # Errors
/// As filing.
pub fn preview(app: &App, actor: &Actor, cmd: &FileRma) -> Result<(Verdict, Vec<PreviewLine>), Error> {
    let definitions = app.definitions();
    app.read(|conn: &Conn| {
        let ctx = Ctx::new(actor, app.now(), &definitions, app.ids());
        let shop = definitions.masters.shop(cmd.shop)?;
        if !matches!(actor.kind, ActorKind::Customer(_)) {
            let place = Place { shop: Some(shop.id), warehouse: shop.warehouse_id };
            ctx.require(domain::Permission::RmaFile, place)?;
        }
        let prepared = prepare(conn, &ctx, cmd)?;
        let verdict = strictest(&prepared.lines);
        let lines = prepared.lines.into_iter().map(|line| PreviewLine {
            goods: line.sku_name,
            kind: line.asked.kind,
            quantity: line.asked.quantity,
            judgement: line.judgement,
        });
        Ok((verdict, lines.collect()))
    })
}
