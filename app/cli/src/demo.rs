//! A living shop of 90 days, made by the real verbs under a clock that is moved: whatever the demo shows, the product did.
//!
//! Deterministic: the same seed and size give the same shop. Persons and texts are demo data.

mod catalog;
mod decide;
mod goods;
mod life;
mod money;
mod odd;
mod orders;
mod random;
mod world;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use domain::Timestamp;
use operations::clock::ManualClock;
use operations::{Actor, Answer, App, Call, Ctx, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Tx;

use life::Life;
use random::Random;
use world::World;

/// Days of history.
const DAYS: i64 = 90;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// What the demo made.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Made {
    /// Sign-in names with the roles' names.
    pub(crate) persons: Vec<(String, String)>,
    /// The password of all of them.
    pub(crate) password: &'static str,
    /// Cases filed.
    pub(crate) cases: usize,
}

/// Everything the demo's parts share.
pub(crate) struct Demo {
    app: App,
    clock: Arc<ManualClock>,
    random: Random,
    world: World,
    end: Timestamp,
}

/// The password of every demo account.
pub(crate) const PASSWORD: &str = "returndesk-demo";

/// Fills an empty instance. `end` is the instant the demo's present is at.
///
/// # Errors
/// What a verb refuses: the demo then has a mistake.
pub(crate) fn make(
    app: &App,
    clock: &Arc<ManualClock>,
    seed: u64,
    cases: usize,
    end: Timestamp,
) -> Result<Made, Error> {
    let start = end.plus_ms(-DAYS * DAY_MS);
    clock.set(start);
    let mut random = Random::new(seed);
    let world = world::found(app, &mut random)?;
    let mut demo = Demo { app: app.clone(), clock: Arc::clone(clock), random, world, end };
    let lives = demo.plan(start, cases);
    demo.run(lives, end)?;
    clock.set(end);
    odd::add(&demo)?;
    let persons = demo.world.people.iter().map(|person| (person.name.clone(), person.title.clone())).collect();
    Ok(Made { persons, password: PASSWORD, cases })
}

impl Demo {
    /// Runs a verb as an actor, waiting for it.
    fn act<T, F>(&self, actor: &Arc<Actor>, verb: &'static str, command: F) -> Result<T, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&Tx<'_>, &mut Ctx<'_>) -> Result<T, Error> + Send + 'static,
    {
        let Answer { value, .. } = self.app.run_blocking(Call::new(Arc::clone(actor), verb), command)?;
        Ok(value)
    }

    /// Whether the present of the run is within the last days of the demo.
    fn is_recent(&self) -> bool {
        self.end.ms() - self.app.now().ms() < 9 * DAY_MS
    }

    // More cases towards the end, as in a shop that grows; within working hours mostly.
    fn plan(&mut self, start: Timestamp, cases: usize) -> Vec<(Timestamp, Life)> {
        let mut lives = Vec::with_capacity(cases);
        for number in 0..cases {
            let share = (number as f64 / cases.max(1) as f64).sqrt();
            let day = (share * (DAYS - 1) as f64) as i64;
            let minute = 60 + self.random.below(13 * 60) as i64;
            let at = start.plus_ms(day * DAY_MS + minute * 60_000);
            lives.push((at, Life::new(number)));
        }
        lives
    }

    // One step of one case at a time, in the order of time, until the present.
    fn run(&mut self, lives: Vec<(Timestamp, Life)>, end: Timestamp) -> Result<(), Error> {
        let mut queue: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
        let mut all: Vec<Life> = Vec::with_capacity(lives.len());
        for (at, life) in lives {
            queue.push(Reverse((at.ms(), all.len())));
            all.push(life);
        }
        while let Some(Reverse((at, index))) = queue.pop() {
            if at > end.ms() {
                continue;
            }
            self.clock.set(Timestamp::from_ms(at));
            let Some(life) = all.get_mut(index) else { continue };
            if let Some(wait_ms) = life::step(self, life)? {
                queue.push(Reverse((at + wait_ms.max(60_000), index)));
            }
        }
        Ok(())
    }
}
