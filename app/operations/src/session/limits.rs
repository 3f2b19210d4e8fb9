//! How long people stay signed in: what the template in force says, and what holds before there is one.

use engine::value::Duration;

use crate::definitions::Definitions;

/// Without a template, a session not used for so long is over.
const IDLE_MS: i64 = 12 * 3_600_000;
/// Without a template, a session is over after so long, however much it is used.
const LONGEST_MS: i64 = 7 * 24 * 3_600_000;
/// Never shorter: a slip in a template must not lock everybody out.
const SHORTEST_MS: i64 = 5 * 60_000;

/// Without a template, an operator's session not used for so long is over: a PIN is weaker than a password.
const OPERATOR_IDLE_MS: i64 = 4 * 3_600_000;
/// An operator's session is over after so long in any case: longer than any shift.
const OPERATOR_LONGEST_MS: i64 = 16 * 3_600_000;

/// Limits of a session, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Without being used.
    pub idle_ms: i64,
    /// In any case.
    pub longest_ms: i64,
}

/// The limits in force.
#[must_use]
pub fn limits(definitions: &Definitions) -> Limits {
    let Ok(current) = definitions.current() else {
        return Limits { idle_ms: IDLE_MS, longest_ms: LONGEST_MS };
    };
    let sessions = &current.template.template().settings.sessions;
    Limits { idle_ms: natural_ms(&sessions.idle, IDLE_MS), longest_ms: natural_ms(&sessions.longest, LONGEST_MS) }
}

/// The limits of operators' sessions in force.
#[must_use]
pub fn operator_limits(definitions: &Definitions) -> Limits {
    let longest_ms = OPERATOR_LONGEST_MS.min(limits(definitions).longest_ms);
    let set = definitions.current().ok().and_then(|current| current.template.template().settings.sessions.operator);
    let idle_ms = set.map_or(OPERATOR_IDLE_MS, |idle| natural_ms(&idle, OPERATOR_IDLE_MS)).min(longest_ms);
    Limits { idle_ms, longest_ms }
}

// Working time has no meaning for a session: a person may work whenever.
fn natural_ms(duration: &Duration, otherwise: i64) -> i64 {
    let minutes = duration.unit.natural_minutes().and_then(|unit| unit.checked_mul(duration.amount));
    minutes.and_then(|minutes| minutes.checked_mul(60_000)).unwrap_or(otherwise).max(SHORTEST_MS)
}

#[cfg(test)]
mod tests {
    use engine::value::DurationUnit;

    use super::*;

    #[track_caller]
    fn check(amount: i64, unit: DurationUnit, expect_ms: i64) {
        assert_eq!(natural_ms(&Duration { amount, unit }, 77_000_000), expect_ms);
    }

    #[test]
    fn limits_are_natural_time_and_never_too_short() {
        check(12, DurationUnit::Hours, 43_200_000);
        check(7, DurationUnit::Days, 604_800_000);
        check(0, DurationUnit::Minutes, SHORTEST_MS);
        check(-3, DurationUnit::Days, SHORTEST_MS);
        check(4, DurationUnit::WorkingHours, 77_000_000);
        check(i64::MAX, DurationUnit::Days, 77_000_000);
    }
}
