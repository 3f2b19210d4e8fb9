//! Plays random histories: each step is judged by the model, run by the product, and both are compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use operations::Error;
use support::World;

use crate::act::{Cmd, Done, command, run};
use crate::compare::{bind, case_of, glance, look_at_all};
use crate::model::{Model, Who};
use crate::race;
use crate::random::Random;
use crate::steps::{Step, choose};

/// Steps of one history.
const STEPS: usize = 160;
/// Histories that one merchant lives through.
const HISTORIES: usize = 60;
/// Everything is compared after so many steps, and at the end.
const LOOK_EVERY: usize = 20;
/// Replays spent on making a failure shorter.
const SHORTENINGS: usize = 400;

/// What was done over all histories.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) steps: usize,
    pub(crate) allowed: usize,
    pub(crate) refused: usize,
    pub(crate) replayed: usize,
    pub(crate) raced: usize,
    pub(crate) closed: usize,
    /// How often each verb went through.
    pub(crate) verbs: BTreeMap<&'static str, usize>,
    /// How often each reason refused one.
    pub(crate) reasons: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.allowed += other.allowed;
        self.refused += other.refused;
        self.replayed += other.replayed;
        self.raced += other.raced;
        self.closed += other.closed;
        for (from, to) in [(&other.verbs, &mut self.verbs), (&other.reasons, &mut self.reasons)] {
            for (name, count) in from {
                *to.entry(name).or_default() += count;
            }
        }
    }
}

/// Plays histories until `steps` are done.
///
/// # Panics
/// At the first difference, with the seed and a shortened history.
pub(crate) fn play(seed: u64, steps: usize) -> Tally {
    let mut tally = Tally::default();
    let mut round: u64 = 0;
    while tally.steps < steps {
        let mut game = Game::new();
        for _ in 0..HISTORIES {
            if tally.steps >= steps {
                break;
            }
            round += 1;
            let seed = seed.wrapping_mul(1_000_003).wrapping_add(round);
            game.begin(&format!("H{round}"));
            if let Err(failure) = game.history(seed, &mut tally) {
                panic!("{}", game.shortened(seed, &failure));
            }
        }
        let faults = game.world.read(store::ledger::faults);
        assert!(faults.is_empty(), "seed {seed}, round {round}: {faults:?}");
    }
    tally
}

/// One merchant with the model of the history that is played.
pub(crate) struct Game {
    pub(crate) world: World,
    pub(crate) model: Model,
    pub(crate) tag: String,
    played: Vec<Step>,
    answers: Vec<(Who, Cmd, String, Done)>,
}

impl Game {
    pub(crate) fn new() -> Self {
        Self {
            world: World::new(),
            model: Model::default(),
            tag: String::new(),
            played: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// Another history of the same merchant, the next day.
    pub(crate) fn begin(&mut self, tag: &str) {
        let extras_by_month = std::mem::take(&mut self.model.extras_by_month);
        self.model = Model { extras_by_month, ..Model::default() };
        self.world.clock.advance_ms(support::DAY_MS / 2);
        self.tag = tag.to_owned();
        self.played.clear();
        self.answers.clear();
    }

    fn history(&mut self, seed: u64, tally: &mut Tally) -> Result<(), String> {
        let mut random = Random::new(seed);
        for number in 0..STEPS {
            self.tick();
            if !self.model.cases.is_empty() && random.one_in(30) {
                tally.raced += race::race(self, &mut random)?;
            } else {
                let step = choose(&mut random, &self.model, &self.tag);
                let key = random.one_in(3).then(|| format!("{}-{number}", self.tag));
                self.played.push(step.clone());
                match self.step(&step, key.as_deref())? {
                    Ok(verb) => {
                        tally.allowed += 1;
                        *tally.verbs.entry(verb).or_default() += 1;
                    }
                    Err(reason) => {
                        tally.refused += 1;
                        *tally.reasons.entry(reason).or_default() += 1;
                    }
                }
            }
            tally.steps += 1;
            if random.one_in(12) {
                tally.replayed += self.replay(&mut random)?;
                tally.steps += 1;
            }
            if number % LOOK_EVERY == LOOK_EVERY - 1 || number + 1 == STEPS {
                look_at_all(&self.world, &self.model)?;
            }
        }
        let closed = |case: &&crate::model::Case| case.state == domain::state::CaseState::Closed;
        tally.closed += self.model.cases.iter().filter(closed).count();
        Ok(())
    }

    /// Keeps steps that were run elsewhere, for a replay.
    pub(crate) fn remember(&mut self, steps: impl Iterator<Item = Step>) {
        self.played.extend(steps);
    }

    fn tick(&mut self) {
        self.world.clock.advance_ms(1_000);
        let (year, month, _) = self.world.app.now().local_date(480).ymd();
        self.model.month = i64::from(year) * 12 + i64::from(month);
    }

    /// Runs a step and compares; gives the verb that went through, or why it was refused.
    fn step(&mut self, step: &Step, key: Option<&str>) -> Result<Result<&'static str, &'static str>, String> {
        let why = self.model.judge(step);
        let cmd = command(&self.world, &self.model, &self.tag, step);
        let verb = cmd.name();
        let before = self.events();
        let result = run(&self.world, step.who, cmd.clone(), key);
        let answer = match result {
            Ok((_, true)) => return Err(format!("{step:?} was answered as one given before")),
            Ok((done, false)) if why.is_empty() => {
                self.model.apply(step, &done).map_err(|differs| format!("{step:?}\n{differs}"))?;
                bind(&self.world, &mut self.model)?;
                if let Some(key) = key {
                    self.answers.push((step.who, cmd, key.to_owned(), done));
                }
                Ok(verb)
            }
            Ok((done, _)) => return Err(format!("{step:?} must be refused ({why:?}) and was done: {done:?}")),
            Err(error) => {
                self.refused(step, &why, &error, &before)?;
                Err(error.code())
            }
        };
        if let Some(case) = case_of(&self.model, step) {
            glance(&self.world, &self.model, case).map_err(|differs| format!("after {step:?}\n{differs}"))?;
        }
        Ok(answer)
    }

    // A refusal has a reason the model knows, and leaves no trace.
    fn refused(&self, step: &Step, why: &[&'static str], error: &Error, before: &[u8]) -> Result<(), String> {
        if why.is_empty() {
            return Err(format!("{step:?} is allowed and was refused: {error:?}"));
        }
        if !why.contains(&error.code()) {
            return Err(format!("{step:?} was refused for another reason than {why:?}: {error:?}"));
        }
        let after = self.events();
        if after == *before { Ok(()) } else { Err(format!("{step:?} was refused and left an event")) }
    }

    // The end of the chain of events: every change has one.
    fn events(&self) -> Vec<u8> {
        self.world.read(store::event::last_hash)
    }

    // The same key gives the same answer and changes nothing.
    fn replay(&mut self, random: &mut Random) -> Result<usize, String> {
        if self.answers.is_empty() {
            return Ok(0);
        }
        let (who, cmd, key, done) = &self.answers[random.below(self.answers.len())];
        let before = self.events();
        match run(&self.world, *who, cmd.clone(), Some(key)) {
            Ok((again, true)) if again == *done && self.events() == before => Ok(1),
            other => Err(format!("the key {key} was answered by {done:?}, then by {other:?}")),
        }
    }

    /// Plays given steps on a new merchant; gives the failure and how many were played.
    fn again(steps: &[Step], tag: &str) -> Option<(usize, String)> {
        let mut game = Self::new();
        game.begin(tag);
        for (number, step) in steps.iter().enumerate() {
            game.tick();
            if !game.model.knows(step) {
                continue;
            }
            let result = game.step(step, None).and_then(|_| look_at_all(&game.world, &game.model));
            if let Err(failure) = result {
                return Some((number + 1, failure));
            }
        }
        None
    }

    // Leaves out one step after the other as long as the history still fails.
    fn shortened(&self, seed: u64, failure: &str) -> String {
        let mut text = format!("seed of the history: {seed} ({})\n{failure}\n", self.tag);
        let mut steps = self.played.clone();
        let Some((played, _)) = Self::again(&steps, &self.tag) else {
            let _ =
                writeln!(text, "the same steps alone, one after the other, do not fail: it needs the races or keys");
            return text;
        };
        steps.truncate(played);
        let mut failure = failure.to_owned();
        let mut budget = SHORTENINGS;
        let mut index = steps.len();
        while index > 0 && budget > 0 {
            index -= 1;
            budget -= 1;
            let mut fewer = steps.clone();
            fewer.remove(index);
            if let Some((played, shorter)) = Self::again(&fewer, &self.tag) {
                fewer.truncate(played);
                index = index.min(fewer.len());
                (steps, failure) = (fewer, shorter);
            }
        }
        let _ = writeln!(text, "shortened to {} steps:", steps.len());
        for step in &steps {
            let _ = writeln!(text, "  {step:?}");
        }
        let _ = writeln!(text, "{failure}");
        text
    }
}
