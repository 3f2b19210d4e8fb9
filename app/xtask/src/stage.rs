//! A run is a list of stages: each is announced with what it costs, timed, and listed at the end.

use std::time::{Duration, Instant};

use anyhow::Result;

/// The stages of one run so far.
#[derive(Default)]
pub(crate) struct Stages {
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    took: Duration,
    ok: bool,
}

impl Stages {
    /// Runs a stage that the rest cannot do without.
    pub(crate) fn need<T>(&mut self, name: &'static str, cost: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n── {name} · {cost}");
        let started = Instant::now();
        let result = work();
        self.note(name, started.elapsed(), result.is_ok());
        result
    }

    /// Runs a stage whose failure is told at once and counted, while the rest goes on.
    pub(crate) fn check(&mut self, name: &'static str, cost: &str, work: impl FnOnce() -> Result<()>) {
        if let Err(error) = self.need(name, cost, work) {
            println!("   {name} failed: {error:#}");
        }
    }

    /// How many stages failed.
    pub(crate) fn failed(&self) -> usize {
        self.done.iter().filter(|stage| !stage.ok).count()
    }

    /// One line a stage, and their sum.
    pub(crate) fn table(&self) -> String {
        let mut table = String::from("\n── time\n");
        for stage in &self.done {
            let verdict = if stage.ok { "" } else { "  FAILED" };
            table.push_str(&format!("   {:<14}{:>8.1} s{verdict}\n", stage.name, stage.took.as_secs_f64()));
        }
        let total: Duration = self.done.iter().map(|stage| stage.took).sum();
        table.push_str(&format!("   {:<14}{:>8.1} s\n", "all", total.as_secs_f64()));
        table
    }

    fn note(&mut self, name: &'static str, took: Duration, ok: bool) {
        println!("   {name}: {:.1} s", took.as_secs_f64());
        self.done.push(Done { name, took, ok });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_is_counted_and_named() {
        let mut stages = Stages::default();
        stages.check("good", "nothing", || Ok(()));
        stages.check("bad", "nothing", || anyhow::bail!("broken"));
        assert_eq!(stages.failed(), 1);
        let table = stages.table();
        let line = |name: &str| table.lines().find(|line| line.contains(name)).map(|line| line.ends_with("FAILED"));
        assert_eq!((line("good"), line("bad")), (Some(false), Some(true)));
    }
}
