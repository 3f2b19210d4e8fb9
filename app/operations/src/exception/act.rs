//! What people do about it: give it to somebody, look again later, or say that nothing more is to be done. Several at
//! once, all or none, and the first that does not go says which it is.

use domain::{EventKind, ParcelId, Permission, PersonId, RmaId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use store::exception::{Kind, Subject};
use store::parcel::ParcelRow;
use store::task::TaskRow;

use crate::context::{Ctx, Place};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::rma::assign::Assign;
use crate::rma::follow_up::FollowUp;
use crate::rma::note::{WriteNote, write_note};
use crate::warehouse::follow_up::{keep, tell};
use crate::{reach, rma, warehouse};

/// Most in one go: a command may cause 500 events, and one thing makes up to two a case.
pub const MAX_ITEMS: usize = 100;
/// Most characters of a note.
const MAX_NOTE_CHARS: usize = 2_000;

/// One of the things, by the list it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// What is wrong.
    pub kind: Kind,
    /// What it is.
    pub subject: Subject,
    /// The row's id.
    pub id: i64,
}

/// Gives things to a person.
#[derive(Clone, Debug)]
pub struct Own {
    /// Which.
    pub items: Vec<Which>,
    /// To whom; nobody when absent.
    pub owner: Option<PersonId>,
}

/// Says when to look again.
#[derive(Clone, Debug)]
pub struct LookAgain {
    /// Which.
    pub items: Vec<Which>,
    /// When; never when absent.
    pub at: Option<Timestamp>,
    /// What to know about it; what stood there stays when empty.
    pub note: String,
}

/// Says that nothing more is to be done.
#[derive(Clone, Debug)]
pub struct Settle {
    /// Which.
    pub items: Vec<Which>,
    /// Why.
    pub reason: String,
}

/// How many were touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    /// So many.
    pub items: usize,
}

/// Gives each to a person or to nobody.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the list or the person.
pub fn own(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Own) -> Result<Touched, Error> {
    if let Some(owner) = cmd.owner
        && !store::person::find(tx, owner)?.is_some_and(|person| person.active)
    {
        let refusal = Refusal::new("no_such_person", "没有这个在职人员", "there is no such active person");
        return Err(Error::invalid(refusal.at("owner")));
    }
    each(ctx, &cmd.items, |ctx, which| match which.subject {
        Subject::Parcel => {
            let parcel = parcel(tx, ctx, which)?;
            keep(tx, ctx, &parcel, cmd.owner, parcel.next_follow_up_at, &parcel.note)
        }
        Subject::Rma => {
            let assign = Assign { rma: RmaId::from_raw(which.id), owner: cmd.owner };
            rma::assign::assign(tx, ctx, &assign).map(|_| ())
        }
        Subject::Task => {
            let task = conflict(tx, ctx, which)?;
            store::task::assign(tx, task.id, cmd.owner)?;
            for person in [task.assignee_id, cmd.owner].into_iter().flatten() {
                ctx.topic(format!("person:{person}"));
            }
            Ok(())
        }
    })
}

/// Says of each when to look again.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the list, a time that is over, or the note.
pub fn look_again(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &LookAgain) -> Result<Touched, Error> {
    if cmd.at.is_some_and(|at| at <= ctx.now) {
        let refusal = Refusal::new("in_the_past", "跟进时间应在现在之后", "look again at a time that is still to come");
        return Err(Error::invalid(refusal.at("at")));
    }
    let note = checked(&cmd.note, "note")?;
    each(ctx, &cmd.items, |ctx, which| match which.subject {
        Subject::Parcel => {
            let parcel = parcel(tx, ctx, which)?;
            let note = if note.is_empty() { parcel.note.clone() } else { note.to_owned() };
            keep(tx, ctx, &parcel, parcel.owner_id, cmd.at, &note)
        }
        Subject::Rma => case_again(tx, ctx, RmaId::from_raw(which.id), cmd.at, note),
        Subject::Task => {
            let task = conflict(tx, ctx, which)?;
            task.rma_id.map_or(Ok(()), |rma| case_again(tx, ctx, rma, cmd.at, note))
        }
    })
}

fn case_again(tx: &Tx<'_>, ctx: &mut Ctx<'_>, rma: RmaId, at: Option<Timestamp>, note: &str) -> Result<(), Error> {
    rma::follow_up::follow_up(tx, ctx, &FollowUp { rma, at })?;
    if !note.is_empty() {
        let note = WriteNote { rma, to_customer: false, text: note.to_owned(), attachments: Vec::new() };
        write_note(tx, ctx, &note)?;
    }
    Ok(())
}

/// Says of each that nothing more is to be done about it as it stands, and why. A parcel that moves on is looked at anew.
///
/// # Errors
/// `NotFound`, `Forbidden`; `Invalid` for the list or without a reason.
pub fn settle(tx: &Tx<'_>, ctx: &mut Ctx<'_>, cmd: &Settle) -> Result<Touched, Error> {
    let reason = checked(reach::reason(&cmd.reason, "reason")?, "reason")?;
    each(ctx, &cmd.items, |ctx, which| match (which.subject, which.kind) {
        (Subject::Parcel, Kind::FollowUp) => {
            let parcel = parcel(tx, ctx, which)?;
            keep(tx, ctx, &parcel, parcel.owner_id, None, &noted(&parcel.note, reason))
        }
        (Subject::Parcel, _) => set_aside(tx, ctx, which, reason),
        (Subject::Rma, _) => case_again(tx, ctx, RmaId::from_raw(which.id), None, reason),
        (Subject::Task, _) => end_conflict(tx, ctx, which, reason),
    })
}

fn set_aside(tx: &Tx<'_>, ctx: &mut Ctx<'_>, which: Which, reason: &str) -> Result<(), Error> {
    let parcel = parcel(tx, ctx, which)?;
    if !store::exception::set_aside(tx, parcel.id, ctx.now)? {
        return Ok(());
    }
    let note = noted(&parcel.note, reason);
    store::parcel::follow_up(tx, parcel.id, parcel.owner_id, parcel.next_follow_up_at, &note)?;
    let event = Event::new(EventKind::ExceptionSettled)
        .about("parcel", parcel.id.get())
        .with(json!({ "waybill": parcel.waybill, "kind": word(which.kind), "reason": reason }));
    tell(tx, ctx, &parcel, &event)
}

fn end_conflict(tx: &Tx<'_>, ctx: &mut Ctx<'_>, which: Which, reason: &str) -> Result<(), Error> {
    let task = conflict(tx, ctx, which)?;
    store::task::end(tx, task.id, "done", ctx.actor.person(), ctx.now)?;
    let event = Event::new(EventKind::ExceptionSettled)
        .about("task", task.id.get())
        .at(task.shop_id, task.warehouse_id)
        .with(json!({ "kind": word(which.kind), "reason": reason }));
    ctx.record(match task.rma_id {
        Some(rma) => event.rma(rma),
        None => event,
    });
    if let Some(person) = task.assignee_id {
        ctx.topic(format!("person:{person}"));
    }
    Ok(())
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Unidentified => "unidentified",
        Kind::Silent => "silent",
        Kind::Unopened => "unopened",
        Kind::Uncounted => "uncounted",
        Kind::WeightGap => "weight_gap",
        Kind::CarrierSigned => "carrier_signed",
        Kind::FollowUp => "follow_up",
        Kind::Conflict => "conflict",
    }
}

// What stood on a parcel, and the reason below it; the oldest words go when there are too many.
fn noted(note: &str, reason: &str) -> String {
    let all = if note.is_empty() { reason.to_owned() } else { format!("{note}\n{reason}") };
    let over = all.chars().count().saturating_sub(MAX_NOTE_CHARS);
    all.chars().skip(over).collect()
}

fn checked<'t>(text: &'t str, field: &str) -> Result<&'t str, Error> {
    let text = text.trim();
    if text.chars().count() <= MAX_NOTE_CHARS {
        return Ok(text);
    }
    let refusal = Refusal::new(
        "too_long",
        format!("最长 {MAX_NOTE_CHARS} 个字符"),
        format!("at most {MAX_NOTE_CHARS} characters"),
    );
    Err(Error::invalid(refusal.at(field)))
}

fn each(
    ctx: &mut Ctx<'_>,
    items: &[Which],
    mut act: impl FnMut(&mut Ctx<'_>, Which) -> Result<(), Error>,
) -> Result<Touched, Error> {
    if items.is_empty() || items.len() > MAX_ITEMS {
        let refusal = Refusal::new(
            "items_out_of_range",
            format!("一次处理 1 到 {MAX_ITEMS} 条"),
            format!("between 1 and {MAX_ITEMS} in one go"),
        );
        return Err(Error::invalid(refusal.at("items")));
    }
    for which in items {
        act(ctx, *which)?;
    }
    ctx.topic("master:exceptions");
    Ok(Touched { items: items.len() })
}

// Parcels that are here are for those who work with parcels; parcels that are awaited also for those who write on cases.
fn parcel(tx: &Tx<'_>, ctx: &Ctx<'_>, which: Which) -> Result<ParcelRow, Error> {
    let id = ParcelId::from_raw(which.id);
    let awaited = matches!(which.kind, Kind::Silent | Kind::CarrierSigned);
    let by: &[Permission] = if awaited {
        &[Permission::ParcelSign, Permission::ParcelReceive, Permission::RmaNote]
    } else {
        &[Permission::ParcelSign, Permission::ParcelReceive]
    };
    let mut refusal = Error::NotFound("parcel");
    for permission in by {
        match warehouse::parcel(tx, ctx, id, *permission, None) {
            // Whoever only writes on cases has no say once the parcel is here.
            Ok(parcel) if *permission == Permission::RmaNote && parcel.signed_at.is_some() => {}
            Ok(parcel) => return Ok(parcel),
            Err(Error::NotFound(_)) => {}
            Err(known) => refusal = known,
        }
    }
    Err(refusal)
}

fn conflict(tx: &Tx<'_>, ctx: &Ctx<'_>, which: Which) -> Result<TaskRow, Error> {
    let task = store::task::find(tx, TaskId::from_raw(which.id))?.filter(|task| task.kind == "conflict");
    let task = task.ok_or(Error::NotFound("task"))?;
    let case = task.rma_id.map(|rma| store::rma::find(tx, rma)).transpose()?.flatten();
    let case = case.ok_or(Error::NotFound("task"))?;
    let place = Place { shop: Some(case.shop_id), warehouse: case.warehouse_id };
    reach::place(ctx, Permission::RmaDecide, place, "task")?;
    if task.state != "open" {
        return Err(Error::conflict(Refusal::new("not_open", "该任务已结束", "this task is over")));
    }
    Ok(task)
}
