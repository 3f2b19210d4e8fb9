//! The guards: an independent model of them beside random histories, races for what there is only one of, and a test for
//! each guard that fails without it (app/docs/guards.md lists the pairs).

mod act;
mod compare;
mod history;
mod model;
mod race;
mod random;
mod steps;

use std::thread;
use std::time::Instant;

use history::Tally;

/// Reads a number from the environment: the proof's long form sets them.
fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn random_histories_agree_with_the_model() {
    let steps = usize::try_from(setting("GUARDS_STEPS", 2_000)).unwrap();
    let seed = setting("GUARDS_SEED", 20_261_123);
    let threads = setting("GUARDS_THREADS", 2).max(1);
    let began = Instant::now();
    let each = steps.div_ceil(usize::try_from(threads).unwrap());
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let players: Vec<_> =
            (0..threads).map(|number| scope.spawn(move || history::play(seed + number * 7_919, each))).collect();
        for player in players {
            tally.add(&player.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    let seconds = began.elapsed().as_secs_f64();
    println!("seed {seed}, {threads} threads, {seconds:.1} s: {tally:?}");
    assert!(tally.allowed > 0 && tally.refused > 0);
}
