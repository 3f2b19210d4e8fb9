//! The beginning of an upload: how large it will be is known, so what is too much is refused before a byte is sent.

use domain::{OrderId, Permission, RmaId, Timestamp, UploadId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::upload::UploadRow;

use super::{LASTS_MS, Owner};
use crate::actor::ActorKind;
use crate::attachment::add::may_add;
use crate::attachment::take::short_name;
use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::reach;

/// A file that will arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// Hash of the token that the sender made.
    pub token_hash: [u8; 32],
    /// The proven order, when a customer has no case yet.
    pub order: Option<OrderId>,
    /// The case it is meant for; a customer's own.
    pub rma: Option<RmaId>,
    /// The file's name.
    pub name: String,
    /// Bytes of the whole file.
    pub size_bytes: u64,
}

/// An upload that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Its id.
    pub id: UploadId,
    /// Until when it may arrive.
    pub expires_at: Timestamp,
}

/// Begins an upload, or finds the one that began under this token.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Invalid` for a file that is too large or a case that is full; `Conflict` when the token began
/// another file.
pub fn begin(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Begin) -> Result<Begun, Error> {
    may_add(ctx)?;
    let owner = owner(tx, ctx, cmd)?;
    let size_bytes = i64::try_from(cmd.size_bytes).unwrap_or(i64::MAX);
    if let Some(known) = store::upload::by_token(tx, &cmd.token_hash, ctx.now)? {
        if known.owner != owner {
            return Err(Error::NotFound("upload"));
        }
        if known.size_bytes != size_bytes {
            let refusal = Refusal::new("upload_differs", "续传的不是同一个文件", "this is not the file that was begun")
                .help("请移除后重新选择文件", "remove it and choose the file again");
            return Err(Error::conflict(refusal.at("size_bytes")));
        }
        return Ok(Begun { id: known.id, expires_at: known.expires_at });
    }
    // One that is over may lie there still.
    store::upload::delete_under(tx, &cmd.token_hash)?;
    check_room(tx, ctx, cmd, &owner, size_bytes)?;
    let row = UploadRow {
        id: UploadId::from_raw(ctx.id()),
        owner,
        rma_id: cmd.rma,
        name: short_name(&cmd.name),
        size_bytes,
        attachment_id: None,
        created_at: ctx.now,
        expires_at: ctx.now.plus_ms(LASTS_MS),
    };
    store::upload::insert(tx, &cmd.token_hash, &row)?;
    Ok(Begun { id: row.id, expires_at: row.expires_at })
}

/// Whose it is. A customer has a case or an order; staff name a case only where they may write on it.
pub(super) fn owner(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Begin) -> Result<String, Error> {
    if matches!(ctx.actor.kind, ActorKind::Customer(_)) {
        return match (cmd.rma, cmd.order) {
            (Some(rma), _) => Ok(Owner::Case(rma).text()),
            (None, Some(order)) => Ok(Owner::Order(order).text()),
            (None, None) => Err(Error::NotFound("upload")),
        };
    }
    if let Some(id) = cmd.rma {
        let rma = store::rma::find(tx, id)?.ok_or(Error::NotFound("rma"))?;
        let place = Place { shop: Some(rma.shop_id), warehouse: rma.warehouse_id };
        let sees = ctx.actor.may(Permission::RmaView, place.shop, place.warehouse);
        if !sees {
            reach::place(ctx, Permission::RmaNote, place, "rma")?;
        }
    }
    Ok(Owner::Staff(ctx.actor).text())
}

/// Refuses what is too much for one file, or for the case: the customer's files and the staff's count apart, so that neither
/// can keep the other from proving something.
pub(super) fn check_room(tx: &Tx<'_>, ctx: &Ctx<'_>, cmd: &Begin, owner: &str, size_bytes: i64) -> Result<(), Error> {
    let limits = ctx.definitions.current()?.template.template().settings.uploads.clone();
    let bytes = |megabytes: u32| i64::from(megabytes) * 1_048_576;
    if size_bytes > bytes(limits.max_megabytes) {
        let most = limits.max_megabytes;
        let refusal =
            Refusal::new("file_too_large", format!("单个文件最大 {most} MB"), format!("a file has at most {most} MB"))
                .help("视频可以截短或降低清晰度后再上传", "cut a video shorter or lower its quality, then upload it");
        return Err(Error::invalid(refusal.at("size_bytes")));
    }
    if size_bytes <= 0 {
        return Err(Error::invalid(Refusal::new("file_empty", "文件是空的", "the file is empty").at("size_bytes")));
    }
    let used = used(tx, ctx, cmd.rma, owner)?;
    if used.saturating_add(size_bytes) <= bytes(limits.max_case_megabytes) {
        return Ok(());
    }
    let (most, left) = (limits.max_case_megabytes, (bytes(limits.max_case_megabytes) - used).max(0) >> 20);
    let refusal = Refusal::new(
        "case_files_full",
        format!("一张单的文件合计最大 {most} MB，还剩 {left} MB"),
        format!("the files of a case have at most {most} MB together; {left} MB are left"),
    )
    .help("请移除不需要的文件，或上传较小的文件", "remove files that are not needed, or upload smaller ones");
    Err(Error::invalid(refusal.at("size_bytes")))
}

fn used(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: Option<RmaId>, owner: &str) -> Result<i64, Error> {
    let by_customer = matches!(ctx.actor.kind, ActorKind::Customer(_));
    let pending = match rma {
        Some(rma) if !by_customer => store::upload::pending_bytes_of_staff(tx, rma)?,
        // Staff who have named no case are held back by the size of a file only.
        None if !by_customer => return Ok(0),
        _ => store::upload::pending_bytes(tx, owner)?,
    };
    let linked = match rma {
        Some(rma) => store::upload::linked(tx, rma, by_customer)?.1,
        None => 0,
    };
    Ok(pending.saturating_add(linked))
}
