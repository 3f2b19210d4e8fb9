//! A case with what belongs to it, read once per command.

use std::sync::Arc;

use domain::RmaId;
use engine::flow::{CompiledFlow, CoreWork, Decision, DecisionKind, History, Voter};
use store::Conn;
use store::rma::RmaRow;

use crate::context::{Ctx, Place};
use crate::definitions::Release;
use crate::error::Error;

/// A case and the release it runs on.
pub(crate) struct Loaded {
    pub(crate) rma: RmaRow,
    pub(crate) release: Arc<Release>,
}

impl Loaded {
    /// Reads a case.
    ///
    /// # Errors
    /// `NotFound`.
    pub(crate) fn read(conn: &Conn, ctx: &Ctx<'_>, id: RmaId) -> Result<Self, Error> {
        let rma = store::rma::find(conn, id)?.ok_or(Error::NotFound("rma"))?;
        let release = ctx.definitions.release(conn, rma.release_id)?;
        Ok(Self { rma, release })
    }
    /// Where it is, for rights.
    pub(crate) const fn place(&self) -> Place {
        Place { shop: Some(self.rma.shop_id), warehouse: self.rma.warehouse_id }
    }
    /// The flow it runs on.
    pub(crate) fn flow(&self) -> Result<&CompiledFlow, Error> {
        self.release.template.case_flow().ok_or_else(|| Error::internal("the release has no flow for cases"))
    }
}

/// A case's decisions as the flow reads them.
pub(crate) fn history(conn: &Conn, id: RmaId, core: CoreWork) -> Result<History, Error> {
    let rows = store::decision::of_rma(conn, id)?;
    let mut decisions = Vec::with_capacity(rows.len());
    for row in rows {
        let target = (!row.detail.is_empty()).then_some(row.detail.as_str());
        let kind = DecisionKind::parse(&row.decision, target)
            .ok_or_else(|| Error::internal(format!("decision {} cannot be read", row.id)))?;
        decisions.push(Decision { node: row.node, round: row.round, person: row.person_id, kind });
    }
    let voters = store::decision::voters(conn, id)?;
    let voters = voters.into_iter().map(|(node, round, person)| Voter { node, round, person }).collect();
    Ok(History { decisions, voters, core })
}
