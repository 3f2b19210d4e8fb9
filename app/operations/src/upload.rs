//! Files that arrive in pieces: begun under a token that the sender made, continued where they broke off, kept when whole.
//!
//! Invariant: only whoever began an upload goes on with it, and a customer links only files of uploads begun with the proof of
//! the case's order or the link to the case.

pub mod append;
pub mod begin;
pub mod clean;
mod finish;
pub mod read;
pub mod take;

use std::path::PathBuf;

use domain::{OrderId, RmaId, UploadId};
use store::Conn;

pub use append::{Lane, Lanes};
pub use finish::finish;
pub use store::upload::UploadRow;

use crate::actor::Actor;
use crate::app::App;
use crate::error::Error;

/// How long a file may take to arrive, and be linked to a case after that.
pub const LASTS_MS: i64 = 2 * 86_400_000;
/// Folder of part files within the data folder.
const FOLDER: &str = "uploads";

/// Whose upload it is.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// Somebody of the staff, or another system.
    Staff(&'a Actor),
    /// A customer who proved an order.
    Order(OrderId),
    /// A customer with the link to a case.
    Case(RmaId),
}

impl Owner<'_> {
    /// As it is stored.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Staff(actor) => actor.author(),
            Self::Order(order) => format!("order:{order}"),
            Self::Case(rma) => format!("case:{rma}"),
        }
    }
}

/// Where the part file of an upload lies.
pub(crate) fn part(app: &App, id: UploadId) -> PathBuf {
    app.store().dir().join(FOLDER).join(format!("{id}.part"))
}

/// Whether a customer's file came from an upload of this case or of its order.
pub(crate) fn is_customers_own(
    conn: &Conn,
    attachment: domain::AttachmentId,
    rma: RmaId,
    order: Option<OrderId>,
) -> Result<bool, Error> {
    let Some(owner) = store::upload::owner_of(conn, attachment)? else { return Ok(false) };
    Ok(owner == Owner::Case(rma).text() || order.is_some_and(|order| owner == Owner::Order(order).text()))
}
