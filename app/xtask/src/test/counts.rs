//! Reading how many tests passed and failed from the closing lines of cargo's and nextest's runners.

/// Sums over the runners of one test run.
#[derive(Default, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed, timed out or could not start.
    pub(crate) failed: usize,
    /// Runners that reported a failed test.
    pub(crate) stages_with_failed: usize,
}

impl Counts {
    /// Adds what `line` says, if it is a closing line.
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim_start();
        let parts = if let Some(result) = line.strip_prefix("test result: ") {
            result.split_once(". ").map_or("", |(_, counts)| counts)
        } else if line.starts_with("Summary [") {
            line.split_once(" run: ").map_or("", |(_, counts)| counts)
        } else {
            ""
        };
        for part in parts.split([',', ';']) {
            let mut words = part.split_whitespace();
            let (Some(count), Some(word)) = (words.next().and_then(|word| word.parse::<usize>().ok()), words.next())
            else {
                continue;
            };
            match word {
                "passed" => self.passed += count,
                "failed" | "timed" | "exec" => self.failed += count,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], passed: usize, failed: usize) {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.read(line));
        assert_eq!((counts.passed, counts.failed), (passed, failed));
    }

    #[test]
    fn cargos_runner() {
        let good = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s";
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        check(&["running 15 tests", good, bad], 13, 2);
    }

    #[test]
    fn nextest() {
        check(&["     Summary [   0.5s] 12 tests run: 12 passed (1 slow), 3 skipped"], 12, 0);
        check(&["     Summary [   0.5s] 1 test run: 1 passed, 0 skipped"], 1, 0);
        check(
            &["     Summary [   0.5s] 9/12 tests run: 5 passed, 2 failed, 1 timed out, 1 exec failed, 0 skipped"],
            5,
            4,
        );
    }

    #[test]
    fn a_test_that_prints_about_tests_is_not_counted() {
        check(&["3 passed, 1 failed", "the Summary [x] 3 tests run: 3 passed"], 0, 0);
    }
}
