//! What differs between two texts, line by line, with a few lines around each difference.

/// Lines around a difference.
const AROUND: usize = 2;
/// Pairs of lines compared at most; beyond that everything between counts as changed.
const PAIRS_MAX: usize = 4_000_000;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Same,
    Gone,
    Added,
}

/// A line of the comparison with its number in the text it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) fate: Fate,
    pub(super) number: usize,
    pub(super) text: String,
}

/// The differences, each a run of lines.
pub(super) fn diff(old: &str, new: &str) -> Vec<Vec<Line>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let middle = compare(&old, &new, head, tail);
    if middle.is_empty() {
        return Vec::new();
    }
    let line = |fate, at: usize, text: &str| Line { fate, number: at + 1, text: text.to_owned() };
    let mut all = Vec::with_capacity(middle.len() + 2 * AROUND);
    let before = head.saturating_sub(AROUND);
    all.extend(new.iter().enumerate().take(head).skip(before).map(|(at, text)| line(Fate::Same, at, text)));
    all.extend(middle.into_iter().filter_map(|(fate, at)| {
        let text = if fate == Fate::Gone { old.get(at) } else { new.get(at) };
        text.map(|text| line(fate, at, text))
    }));
    let after = new.len() - tail;
    all.extend(new.iter().enumerate().skip(after).take(AROUND).map(|(at, text)| line(Fate::Same, at, text)));
    runs(all)
}

// The longest common subsequence of what is left when equal ends are taken away.
fn compare(old: &[&str], new: &[&str], head: usize, tail: usize) -> Vec<(Fate, usize)> {
    let (olds, news) = (old.len() - tail - head, new.len() - tail - head);
    if olds.saturating_mul(news) > PAIRS_MAX {
        let gone = (0..olds).map(|at| (Fate::Gone, head + at));
        return gone.chain((0..news).map(|at| (Fate::Added, head + at))).collect();
    }
    let width = news + 1;
    let mut best = vec![0_u32; (olds + 1) * width];
    let same = |i: usize, j: usize| old.get(head + i) == new.get(head + j);
    let get = |best: &[u32], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    for i in (0..olds).rev() {
        for j in (0..news).rev() {
            let value =
                if same(i, j) { get(&best, i + 1, j + 1) + 1 } else { get(&best, i + 1, j).max(get(&best, i, j + 1)) };
            if let Some(cell) = best.get_mut(i * width + j) {
                *cell = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut path = Vec::new();
    while i < olds || j < news {
        if i < olds && j < news && same(i, j) {
            path.push((Fate::Same, head + j));
            (i, j) = (i + 1, j + 1);
        } else if j >= news || (i < olds && get(&best, i + 1, j) >= get(&best, i, j + 1)) {
            path.push((Fate::Gone, head + i));
            i += 1;
        } else {
            path.push((Fate::Added, head + j));
            j += 1;
        }
    }
    path
}

// Drops what is equal and far from every difference.
fn runs(all: Vec<Line>) -> Vec<Vec<Line>> {
    let changed: Vec<usize> =
        all.iter().enumerate().filter(|(_, line)| line.fate != Fate::Same).map(|(at, _)| at).collect();
    let near = |at: usize| {
        let next = changed.partition_point(|change| *change + AROUND < at);
        changed.get(next).is_some_and(|change| *change <= at + AROUND)
    };
    let mut runs: Vec<Vec<Line>> = Vec::new();
    let mut last = None;
    for (at, line) in all.into_iter().enumerate().filter(|(at, _)| near(*at)) {
        match runs.last_mut() {
            Some(run) if last == at.checked_sub(1) => run.push(line),
            _ => runs.push(vec![line]),
        }
        last = Some(at);
    }
    runs
}

/// Where a line begins and ends, in the units a browser counts text in.
pub(super) fn span(text: &str, number: usize) -> (u32, u32) {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let mut begin = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at + 1 == number {
            return (begin, begin + units(line.trim_end_matches('\n')));
        }
        begin += units(line);
    }
    (begin, begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expect: &[&str]) {
        let said: Vec<String> = diff(old, new)
            .iter()
            .map(|run| {
                let sign = |line: &Line| match line.fate {
                    Fate::Same => ' ',
                    Fate::Gone => '-',
                    Fate::Added => '+',
                };
                run.iter().map(|line| format!("{}{}", sign(line), line.text)).collect::<Vec<_>>().join("|")
            })
            .collect();
        assert_eq!(said, expect);
    }

    #[test]
    fn differences_stand_with_what_is_around_them() {
        check("a\nb\nc", "a\nb\nc", &[]);
        check("a\nb\nc\nd\ne\nf", "a\nb\nC\nd\ne\nf", &[" a| b|-c|+C| d| e"]);
        check("", "a", &["+a"]);
        check("a", "", &["-a"]);
        let old = "1\nx\n2\n3\n4\n5\n6\n7\ny";
        check(old, "1\n2\n3\n4\n5\n6\n7\nz", &[" 1|-x| 2| 3", " 6| 7|-y|+z"]);
    }

    #[test]
    fn numbers_are_of_the_text_a_line_stands_in() {
        let runs = diff("a\nb", "a\nc\nb");
        assert_eq!(
            runs.first().and_then(|run| run.get(1)).map(|line| (line.number, line.fate)),
            Some((2, Fate::Added))
        );
    }

    #[test]
    fn a_line_is_found_in_units_of_the_browser() {
        assert_eq!(span("ab\n店😀\nc", 2), (3, 6));
        assert_eq!(span("ab\n店😀\nc", 3), (7, 8));
        assert_eq!(span("ab", 9), (2, 2));
    }
}
