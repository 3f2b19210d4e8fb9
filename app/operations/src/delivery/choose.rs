//! By which channel a message leaves, and what keeps it back: rest, quiet hours, limits.

use domain::{ShopId, Timestamp};
use engine::channel::{ChannelKind, ChannelSettings, ends_ms};
use store::channel::ChannelRow;
use store::outbox::OutboxRow;
use store::{Conn, Tx};

use crate::channel::settings;
use crate::context::Ctx;
use crate::error::Error;

/// The window of a limit, in ms.
const MINUTE_MS: i64 = 60_000;
const SECOND_MS: i64 = 1_000;

/// A channel that was chosen.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub(super) row: ChannelRow,
    pub(super) kind: ChannelKind,
    pub(super) settings: ChannelSettings,
}

/// What keeps a message back, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) why: &'static str,
    pub(super) until: Timestamp,
}

/// The channel of a message. A trial names its own; a robot for the role goes before a robot for everybody.
pub(super) fn channel(conn: &Conn, message: &OutboxRow) -> Result<Option<Chosen>, Error> {
    let trial = message.audience == "trial";
    let mut best: Option<Chosen> = None;
    for row in store::channel::all(conn)? {
        let wanted = if trial { message.channel_id == Some(row.id) } else { row.active };
        let (kind, settings) = settings(&row)?;
        if !wanted || kind.means() != message.channel {
            continue;
        }
        let own = settings.roles.contains(&message.role);
        if trial || !kind.is_robot() || own {
            return Ok(Some(Chosen { row, kind, settings }));
        }
        if settings.roles.is_empty() && best.is_none() {
            best = Some(Chosen { row, kind, settings });
        }
    }
    Ok(best)
}

/// What keeps a message back now.
pub(super) fn held(tx: &Tx<'_>, ctx: &Ctx<'_>, message: &OutboxRow, chosen: &Chosen) -> Result<Option<Held>, Error> {
    let trial = message.audience == "trial";
    if chosen.row.rests_until > ctx.now && !trial {
        return Ok(Some(Held { why: "rest", until: chosen.row.rests_until }));
    }
    if !message.urgent
        && let Some(until) = quiet_until(ctx, message, &chosen.settings)
    {
        return Ok(Some(Held { why: "quiet", until }));
    }
    let left = store::channel::left_since(tx, chosen.row.id, ctx.now.plus_ms(-MINUTE_MS))?;
    let limits = [(chosen.settings.per_minute, MINUTE_MS), (chosen.kind.per_second(), SECOND_MS)];
    Ok(limits
        .iter()
        .filter_map(|(most, window_ms)| full_until(&left, ctx.now, *most, *window_ms))
        .max()
        .map(|until| Held { why: "rate", until }))
}

fn quiet_until(ctx: &Ctx<'_>, message: &OutboxRow, settings: &ChannelSettings) -> Option<Timestamp> {
    let hours = match message.audience.as_str() {
        "customer" => settings.quiet_customer,
        "staff" => settings.quiet_staff,
        _ => return None,
    };
    let shop = ShopId::from_raw(message.shop_id);
    let offset = ctx.definitions.masters.offset_minutes(shop, ctx.now);
    ends_ms(hours, ctx.now, offset, ctx.definitions.calendar(shop))
}

/// When there is room again, if there is none: `left` is when others left, oldest first.
fn full_until(left: &[Timestamp], now: Timestamp, most: u32, window_ms: i64) -> Option<Timestamp> {
    let most = usize::try_from(most).ok().filter(|most| *most > 0)?;
    let since = now.plus_ms(-window_ms);
    let within: Vec<Timestamp> = left.iter().copied().filter(|at| *at > since).collect();
    let first = within.len().checked_sub(most)?;
    within.get(first).map(|at| at.plus_ms(window_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &[i64], now: i64, most: u32, expect: Option<i64>) {
        let left: Vec<_> = left.iter().copied().map(Timestamp::from_ms).collect();
        let until = full_until(&left, Timestamp::from_ms(now), most, MINUTE_MS);
        assert_eq!(until.map(Timestamp::ms), expect);
    }

    #[test]
    fn a_window_slides() {
        check(&[], 0, 2, None);
        check(&[100_000], 100_001, 2, None);
        check(&[100_000, 101_000], 102_000, 2, Some(160_000));
        check(&[100_000, 101_000], 160_000, 2, None);
        check(&[100_000, 101_000, 102_000], 103_000, 2, Some(161_000));
        check(&[100_000, 101_000], 102_000, 0, None);
    }
}
