//! "Did you mean": the nearest known name to one that is not known.

/// Longest name compared, in characters; longer ones get no suggestion.
const MAX_NAME_CHARS: usize = 64;

/// The candidate with the smallest edit distance to `name`, when it is near enough to be a slip: at most a third of
/// the name's length, at least one. The first of equals wins, so that the answer is deterministic.
#[must_use]
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted: Vec<char> = name.to_lowercase().chars().take(MAX_NAME_CHARS + 1).collect();
    if wanted.is_empty() || wanted.len() > MAX_NAME_CHARS {
        return None;
    }
    let bound = (wanted.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.to_lowercase().chars().take(MAX_NAME_CHARS + 1).collect();
        if letters.is_empty() || letters.len().abs_diff(wanted.len()) > bound {
            continue;
        }
        let distance = distance(&wanted, &letters);
        if distance <= bound && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one into the other.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut left_previous = None;
    for (row, &left_char) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        let mut right_previous = None;
        for (column, &right_char) in right.iter().enumerate() {
            let cell = |cells: &[usize], at: usize| cells.get(at).copied().unwrap_or(usize::MAX - 1);
            let replaced = cell(&last, column) + usize::from(left_char != right_char);
            let mut least = replaced.min(cell(&last, column + 1) + 1).min(cell(&line, column) + 1);
            if left_previous == Some(right_char) && right_previous == Some(left_char) {
                let swapped = column.checked_sub(1).map_or(usize::MAX - 1, |earlier| cell(&before_last, earlier));
                least = least.min(swapped.saturating_add(1));
            }
            line.push(least);
            right_previous = Some(right_char);
        }
        before_last = std::mem::replace(&mut last, line);
        left_previous = Some(left_char);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, candidates: &[&str], expect: Option<&str>) {
        assert_eq!(closest(name, candidates.iter().copied()), expect);
    }

    #[test]
    fn slips_find_their_name_and_strangers_do_not() {
        check("refnd", &["reason", "refund"], Some("refund"));
        check("refudn", &["reason", "refund"], Some("refund"));
        check("Refund", &["refund"], Some("refund"));
        check("qty", &["quantity"], None);
        check("求合", &["求和", "计数"], Some("求和"));
        check("", &["a"], None);
        check(&"x".repeat(65), &["x"], None);
        check("cat", &["car", "cap"], Some("car"));
    }
}
