//! Taking a file in: sniffed, capped, on the disk before its row.

use domain::{AttachmentId, Permission};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::attachment::AttachmentRow;

use super::sniff::sniff;
use crate::actor::ActorKind;
use crate::app::App;
use crate::context::Ctx;
use crate::error::{Error, Refusal};

/// Longest name kept, in characters.
const MAX_NAME_CHARS: usize = 120;

/// A content that is on the disk.
#[derive(Clone, Debug)]
pub struct Stored {
    hash: String,
    size_bytes: i64,
    media_type: &'static str,
    name: String,
}

/// A file's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Its id.
    pub id: AttachmentId,
    /// Sniffed media type.
    pub media_type: String,
    /// Bytes.
    pub size_bytes: i64,
}

/// Checks a content against the template's limits and writes it to the disk. Before the writer, outside any transaction.
///
/// # Errors
/// `Invalid` for a type or a size the template does not allow; `DiskFull`.
pub fn store(app: &App, content: &[u8], name: &str) -> Result<Stored, Error> {
    let definitions = app.definitions();
    let limits = &definitions.current()?.template.template().settings.uploads;
    let max_bytes = u64::from(limits.max_megabytes) * 1_048_576;
    if content.is_empty() {
        return Err(Error::invalid(Refusal::new("file_empty", "文件是空的", "the file is empty").at("file")));
    }
    if content.len() as u64 > max_bytes {
        let (zh, en) = (
            format!("文件最大 {} MB", limits.max_megabytes),
            format!("a file has at most {} MB", limits.max_megabytes),
        );
        return Err(Error::invalid(Refusal::new("file_too_large", zh, en).at("file")));
    }
    let media_type = sniff(content).filter(|found| limits.types.iter().any(|allowed| allowed == found));
    let media_type = media_type.ok_or_else(|| {
        let list = limits.types.join(", ");
        let refusal = Refusal::new("file_type", "不支持这种文件", "this type of file is not taken");
        Error::invalid(refusal.help(format!("可以上传：{list}"), format!("these are taken: {list}")).at("file"))
    })?;
    let hash = store::files::put(app.store().dir(), content).map_err(|error| match error.kind() {
        std::io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::internal(error.to_string()),
    })?;
    let size_bytes = i64::try_from(content.len()).unwrap_or(i64::MAX);
    Ok(Stored { hash, size_bytes, media_type, name: name.chars().take(MAX_NAME_CHARS).collect() })
}

/// Writes the row of a stored content. Whoever may write on cases, or a customer on the portal.
///
/// # Errors
/// `Forbidden`.
pub fn add(tx: &Tx<'_>, ctx: &mut Ctx<'_>, stored: &Stored) -> Result<Added, Error> {
    let writes = [
        Permission::RmaFile,
        Permission::RmaNote,
        Permission::Inspect,
        Permission::ParcelReceive,
        Permission::ParcelSign,
        Permission::OrderImport,
    ];
    let may = writes.iter().any(|permission| ctx.actor.may_somewhere(*permission));
    if !may && !matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        return Err(Error::Forbidden(Permission::RmaNote));
    }
    let uploaded_by = ctx.actor.author();
    let row = AttachmentRow {
        id: AttachmentId::from_raw(ctx.id()),
        hash: stored.hash.clone(),
        size_bytes: stored.size_bytes,
        media_type: stored.media_type.to_owned(),
        name: stored.name.clone(),
        uploaded_by,
        at: ctx.now,
    };
    store::attachment::insert(tx, &row)?;
    Ok(Added { id: row.id, media_type: row.media_type, size_bytes: row.size_bytes })
}
