//! How this installation's guns are set: one document for all of them.

use domain::{EventKind, Permission};
use store::{Conn, Tx};

use crate::context::{Ctx, Place};
use crate::error::Error;
use crate::event::Event;

const KEY: &str = "guns";

/// The document as it was saved, if it ever was.
///
/// # Errors
/// The store's.
pub fn read(conn: &Conn) -> Result<Option<String>, Error> {
    Ok(store::instance::get(conn, KEY)?)
}

/// Saves a document that was checked where its form is known.
///
/// # Errors
/// `Forbidden`.
pub fn save(tx: &Tx<'_>, ctx: &mut Ctx<'_>, document: &str) -> Result<(), Error> {
    ctx.require(Permission::MasterEdit, Place::default())?;
    store::instance::put(tx, KEY, document)?;
    ctx.record(Event::new(EventKind::MasterChanged).about("instance", 0).with(serde_json::json!({ "key": KEY })));
    ctx.topic("master:guns");
    Ok(())
}
