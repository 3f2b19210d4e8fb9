//! Orders whose facts changed in a slice: what contradicts claims on them is raised before the slice is committed.

use domain::OrderId;
use store::Tx;

use crate::context::Ctx;
use crate::error::Error;
use crate::order::conflict;

/// Orders that changed, each once where they stand together.
#[derive(Default)]
pub(super) struct Touched(Vec<OrderId>);

impl Touched {
    pub(super) fn add(&mut self, order: OrderId) {
        if self.0.last() != Some(&order) {
            self.0.push(order);
        }
    }

    /// Raises what contradicts claims.
    pub(super) fn settle(self, tx: &Tx<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        for id in self.0 {
            let Some(order) = store::order::find(tx, id)? else { continue };
            let found = conflict::of(&order, &store::order::line::of_order(tx, id)?);
            conflict::settle(tx, ctx, &order, &found)?;
        }
        Ok(())
    }
}
