//! When something is due by a shop's working time, when somebody is warned, and how a clock stops and goes on.

use domain::{RmaId, ShopId, TaskId, TimerId, Timestamp};
use engine::calendar::{Calendar, CalendarError, add, add_working_ms, before, working_ms_between};
use engine::value::Duration;
use store::Tx;
use store::clock_pause::Stopped;
use store::task::TaskRow;

use super::{DEADLINE, NEAR};
use crate::context::Ctx;
use crate::definitions::Definitions;
use crate::error::{Error, Refusal};

/// A deadline and its warning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Due {
    /// By when.
    pub(crate) due_at: Option<Timestamp>,
    /// From when on that is near.
    pub(crate) warn_at: Option<Timestamp>,
    /// When the warning fell due, if it was given before a pause.
    pub(crate) warned_at: Option<Timestamp>,
    /// When the deadline passed, if it did before a pause.
    pub(crate) breached_at: Option<Timestamp>,
}

/// When something that begins at `from` is due by the shop's calendar, else by the template's.
///
/// # Errors
/// `NotFound` for the shop; `Conflict` when the calendar has no working time within reach.
pub(crate) fn due_at(
    definitions: &Definitions,
    shop: ShopId,
    from: Timestamp,
    after: &Duration,
) -> Result<Timestamp, Error> {
    add(calendar(definitions, shop)?, from, *after).map_err(empty)
}

/// A clock that starts at `from`. A warning that would come at once says nothing that the to-do itself does not say.
pub(crate) fn start(
    definitions: &Definitions,
    shop: ShopId,
    from: Timestamp,
    deadline: Option<&Duration>,
    warn_before: Option<&Duration>,
) -> Result<Due, Error> {
    let Some(deadline) = deadline else { return Ok(Due::default()) };
    let due_at = due_at(definitions, shop, from, deadline)?;
    let warn_at = match warn_before {
        Some(earlier) => Some(before(calendar(definitions, shop)?, due_at, *earlier).map_err(empty)?),
        None => None,
    };
    Ok(Due { due_at: Some(due_at), warn_at: warn_at.filter(|warn| *warn > from), ..Due::default() })
}

/// What a step's clock showed when the customer was asked, if it runs at all.
pub(crate) fn stop(ctx: &Ctx<'_>, task: &TaskRow) -> Option<Stopped> {
    Some(Stopped {
        from_at: ctx.now,
        due_at: task.due_at?,
        warn_at: task.warn_at,
        warned_at: task.warned_at,
        breached_at: task.breached_at,
    })
}

/// A clock that goes on at `now` with what was left when it stopped, in the unit it counts in. One that had run out stays
/// out: nobody is told twice.
pub(crate) fn resume(
    definitions: &Definitions,
    shop: ShopId,
    now: Timestamp,
    stopped: &Stopped,
    deadline: Option<&Duration>,
) -> Result<Due, Error> {
    let Some(deadline) = deadline else { return Ok(Due::default()) };
    let told = Due {
        due_at: Some(stopped.due_at),
        warn_at: stopped.warn_at,
        warned_at: stopped.warned_at,
        breached_at: stopped.breached_at,
    };
    if stopped.breached_at.is_some() {
        return Ok(told);
    }
    let calendar = calendar(definitions, shop)?;
    let natural = deadline.unit.natural_minutes().is_some();
    let moved = |was: Timestamp| -> Result<Timestamp, CalendarError> {
        if natural {
            return Ok(now.plus_ms((was.ms() - stopped.from_at.ms()).max(0)));
        }
        add_working_ms(calendar, now, working_ms_between(calendar, stopped.from_at, was)?)
    };
    let due_at = moved(stopped.due_at).map_err(empty)?;
    let warn_at = match stopped.warn_at {
        Some(warn) if stopped.warned_at.is_none() => Some(moved(warn).map_err(empty)?),
        given => given,
    };
    Ok(Due { due_at: Some(due_at), warn_at, ..told })
}

/// Sets the timers of a to-do's clock.
pub(crate) fn set(tx: &Tx<'_>, ctx: &Ctx<'_>, rma: RmaId, task: TaskId, due: &Due) -> Result<(), Error> {
    let near = due.warn_at.filter(|_| due.warned_at.is_none() && due.breached_at.is_none());
    let late = due.due_at.filter(|_| due.breached_at.is_none());
    for (at, kind) in [(near, NEAR), (late, DEADLINE)] {
        let Some(at) = at else { continue };
        store::task::set_timer(tx, TimerId::from_raw(ctx.id()), at, kind, Some(rma), Some(task))?;
    }
    Ok(())
}

fn calendar(definitions: &Definitions, shop: ShopId) -> Result<&Calendar, Error> {
    definitions.calendar(shop).ok_or(Error::NotFound("shop"))
}

fn empty(_: CalendarError) -> Error {
    Error::conflict(Refusal::new(
        "calendar_is_empty",
        "工作日历在可预见的时间内没有工作时间，请联系业务管理员检查日历",
        "the working calendar has no working time within reach; ask the business admin to check it",
    ))
}
