//! Countersign arithmetic: decide as soon as the outcome cannot change.

use domain::PersonId;

use super::Mode;

/// What the votes of one round come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tally {
    Open,
    Passed,
    Rejected,
}

/// One vote of the current round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vote {
    pub(super) person: Option<PersonId>,
    pub(super) agrees: bool,
}

/// Counts the votes of one round. `asked` are the people asked, without duplicates.
///
/// With nobody recorded as asked, those who voted are everybody: the modes then act on the first answer.
pub(super) fn tally(mode: Mode, asked: &[PersonId], votes: &[Vote]) -> Tally {
    let agreed = votes.iter().filter(|vote| vote.agrees).count();
    let refused = votes.len() - agreed;
    let people = asked.len().max(votes.len());
    if votes.is_empty() {
        return Tally::Open;
    }
    match mode {
        Mode::Any => {
            if votes.first().is_some_and(|vote| vote.agrees) {
                Tally::Passed
            } else {
                Tally::Rejected
            }
        }
        Mode::AnyAgree if agreed > 0 => Tally::Passed,
        Mode::AnyAgree if refused >= people => Tally::Rejected,
        Mode::All | Mode::Sequential if refused > 0 => Tally::Rejected,
        Mode::All | Mode::Sequential if agreed >= people => Tally::Passed,
        Mode::Ratio { percent } => {
            let needed = needed(people, percent);
            if agreed >= needed {
                Tally::Passed
            } else if people - refused < needed {
                Tally::Rejected
            } else {
                Tally::Open
            }
        }
        _ => Tally::Open,
    }
}

/// How many of `people` must agree: the percentage rounded up to a whole person, at least one, at most all.
fn needed(people: usize, percent: u8) -> usize {
    (people * usize::from(percent)).div_ceil(100).clamp(1, people.max(1))
}

/// Whether this person's vote counts now.
pub(super) fn may_vote(mode: Mode, asked: &[PersonId], votes: &[Vote], person: Option<PersonId>) -> bool {
    if votes.iter().any(|vote| vote.person == person) {
        return false;
    }
    match mode {
        Mode::Any => true,
        _ if asked.is_empty() => true,
        Mode::Sequential => turn(asked, votes) == person,
        _ => person.is_some_and(|person| asked.contains(&person)),
    }
}

/// Whose turn it is in `Sequential`: the first of the people asked who has not voted.
pub(super) fn turn(asked: &[PersonId], votes: &[Vote]) -> Option<PersonId> {
    asked.iter().copied().find(|person| !votes.iter().any(|vote| vote.person == Some(*person)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mode: Mode, people: i64, votes: &str, expect: Tally) {
        let asked: Vec<PersonId> = (1..=people).map(PersonId::from_raw).collect();
        let votes: Vec<Vote> = votes
            .chars()
            .zip(1..)
            .map(|(letter, raw)| Vote { person: Some(PersonId::from_raw(raw)), agrees: letter == '+' })
            .collect();
        assert_eq!(tally(mode, &asked, &votes), expect, "{mode:?} {people} {votes:?}");
    }

    #[test]
    fn outcomes_are_decided_early_and_never_too_early() {
        check(Mode::Any, 3, "", Tally::Open);
        check(Mode::Any, 3, "+", Tally::Passed);
        check(Mode::Any, 3, "-+", Tally::Rejected);
        check(Mode::AnyAgree, 3, "--", Tally::Open);
        check(Mode::AnyAgree, 3, "--+", Tally::Passed);
        check(Mode::AnyAgree, 3, "---", Tally::Rejected);
        check(Mode::All, 3, "++", Tally::Open);
        check(Mode::All, 3, "+++", Tally::Passed);
        check(Mode::All, 3, "+-", Tally::Rejected);
        check(Mode::Sequential, 2, "+", Tally::Open);
        check(Mode::Sequential, 2, "++", Tally::Passed);
        // Ten people at 23 %: three are needed, and eight refusals leave only two.
        check(Mode::Ratio { percent: 23 }, 10, "++", Tally::Open);
        check(Mode::Ratio { percent: 23 }, 10, "+++", Tally::Passed);
        check(Mode::Ratio { percent: 23 }, 10, "-------", Tally::Open);
        check(Mode::Ratio { percent: 23 }, 10, "--------", Tally::Rejected);
        check(Mode::Ratio { percent: 100 }, 2, "-", Tally::Rejected);
        check(Mode::Ratio { percent: 0 }, 2, "-", Tally::Open);
        check(Mode::Ratio { percent: 0 }, 2, "+", Tally::Passed);
    }

    #[test]
    fn nobody_votes_twice_or_out_of_turn() {
        let [one, two, three] = [1, 2, 3].map(PersonId::from_raw);
        let voted = [Vote { person: Some(one), agrees: true }];
        assert!(!may_vote(Mode::All, &[one, two], &voted, Some(one)));
        assert!(may_vote(Mode::All, &[one, two], &voted, Some(two)));
        assert!(!may_vote(Mode::All, &[one, two], &voted, Some(three)));
        assert!(!may_vote(Mode::Sequential, &[one, two, three], &voted, Some(three)));
        assert!(may_vote(Mode::Sequential, &[one, two, three], &voted, Some(two)));
        assert_eq!(turn(&[one, two], &voted), Some(two));
    }
}
