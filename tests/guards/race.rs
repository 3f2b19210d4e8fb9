//! Commands at the same moment: two or three steps from threads of their own must come out as if they had been run one
//! after the other in some order.

use std::sync::{Arc, Barrier};
use std::thread;

use operations::Error;

use crate::act::{Done, command, run};
use crate::compare::{bind, look_at_all};
use crate::history::Game;
use crate::model::Model;
use crate::random::Random;
use crate::steps::{Act, Step, choose};

const ORDERS: [&[usize]; 8] =
    [&[0, 1], &[1, 0], &[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 2, 0], &[2, 0, 1], &[2, 1, 0]];

type Answer = Result<(Done, bool), Error>;

/// Runs steps at the same moment; gives how many.
pub(crate) fn race(game: &mut Game, random: &mut Random) -> Result<usize, String> {
    let first = contested(game, random);
    let mut steps = vec![first.clone()];
    for _ in 0..random.between(1, 2) {
        // The same command from another click, or something else altogether.
        steps.push(if random.one_in(2) { first.clone() } else { contested(game, random) });
    }
    let answers = together(game, &steps);
    let mut reasons = Vec::new();
    for order in ORDERS.iter().filter(|order| order.len() == steps.len()) {
        match explained(game, &steps, &answers, order) {
            Ok(model) => {
                game.model = model;
                game.remember(order.iter().map(|index| steps[*index].clone()));
                return Ok(steps.len());
            }
            Err(reason) => reasons.push(format!("{order:?}: {reason}")),
        }
    }
    Err(format!("no order explains\n{steps:#?}\nanswered by\n{answers:?}\n{}", reasons.join("\n")))
}

// An order is put by its number: two at once are one and the same.
fn contested(game: &Game, random: &mut Random) -> Step {
    loop {
        let step = choose(random, &game.model, &game.tag);
        if !matches!(step.act, Act::Order(_)) {
            return step;
        }
    }
}

fn together(game: &Game, steps: &[Step]) -> Vec<Answer> {
    let barrier = Arc::new(Barrier::new(steps.len()));
    let run_one = |step: &Step| {
        let cmd = command(&game.world, &game.model, &game.tag, step);
        barrier.wait();
        run(&game.world, step.who, cmd, None)
    };
    thread::scope(|scope| {
        let threads: Vec<_> = steps.iter().map(|step| scope.spawn(move || run_one(step))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn explained(game: &Game, steps: &[Step], answers: &[Answer], order: &[usize]) -> Result<Model, String> {
    let mut model = game.model.clone();
    for index in order {
        let why = model.judge(&steps[*index]);
        match &answers[*index] {
            Ok((done, _)) if why.is_empty() => model.apply(&steps[*index], done)?,
            Ok(_) => return Err(format!("step {index} must be refused: {why:?}")),
            Err(error) if why.contains(&error.code()) => {}
            Err(error) => return Err(format!("step {index} was refused by {}, not {why:?}", error.code())),
        }
    }
    bind(&game.world, &mut model)?;
    look_at_all(&game.world, &model)?;
    Ok(model)
}
