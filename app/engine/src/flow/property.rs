//! Random trees under random decisions: no orphan, no twin, always an end, the same answer after a round trip.
//!
//! `FLOW_SEQUENCES` sets how many sequences run; the default is the short form.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken expectation must fail the test")]

mod ground;

use std::collections::BTreeMap;

use domain::{PersonId, Text};

use self::ground::{all_passed, core_steps, decided_without, stands_on_passed_ground};
use super::*;
use crate::expr::Formula;

const PEOPLE: u64 = 4;

/// SplitMix64: a seed names a whole run, so a failure is repeated by its number.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
    fn once_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }
    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }
}

/// Makes trees. Core blocks stand at the end of the root lane, as `flow::check` demands beside approvals.
struct Grower<'c> {
    chance: &'c mut Chance,
    made: u32,
}

impl Grower<'_> {
    fn flow(&mut self) -> Flow {
        let mut blocks = self.blocks(2, 1);
        for work in [Work::Receive, Work::Inspect, Work::Settle] {
            if !self.chance.once_in(3) {
                blocks.push(self.core(work));
                if self.chance.once_in(5) {
                    blocks.push(self.approve());
                }
            }
        }
        if self.chance.once_in(4) {
            let branch = |id: String, blocks| Branch {
                id,
                title: Text::default(),
                when: "true".into(),
                on_unclear: false,
                blocks,
            };
            let (name, work) = (self.name("b"), self.core(Work::Outbound));
            blocks.push(Block::Condition(Condition {
                id: self.name("c"),
                title: Text::default(),
                branches: vec![branch(name, vec![work])],
                otherwise: Vec::new(),
            }));
        }
        Flow { id: "random".into(), title: Text::default(), blocks }
    }

    fn name(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}{}", self.made)
    }

    fn blocks(&mut self, depth: u32, least: u64) -> Vec<Block> {
        let count = least + self.chance.below(3);
        (0..count).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: u32) -> Block {
        match self.chance.below(if depth == 0 { 3 } else { 6 }) {
            0..=2 => self.approve(),
            3 | 4 => self.parallel(depth),
            _ => self.condition(depth),
        }
    }

    fn approve(&mut self) -> Block {
        let modes = [
            Mode::Any,
            Mode::Any,
            Mode::AnyAgree,
            Mode::All,
            Mode::Sequential,
            Mode::Ratio { percent: 30 },
            Mode::Ratio { percent: 67 },
        ];
        Block::Approve(Approve {
            id: self.name("a"),
            title: Text::default(),
            customer_title: Text::default(),
            approver: Approver::Initiator,
            if_nobody: None,
            mode: *self.chance.pick(&modes),
            deadline: None,
            warn_before: None,
            auto_agree_when: self.chance.once_in(4).then(|| Formula::new("true")),
            may_ask_info: !self.chance.once_in(5),
            may_return: !self.chance.once_in(5),
            copy_to: Vec::new(),
        })
    }

    fn core(&mut self, work: Work) -> Block {
        Block::Core(Core {
            id: self.name("w"),
            title: Text::default(),
            customer_title: Text::default(),
            work,
            assignee: Approver::Initiator,
            if_nobody: None,
            deadline: None,
            warn_before: None,
            todo: true,
            copy_to: Vec::new(),
        })
    }

    fn parallel(&mut self, depth: u32) -> Block {
        let branches = (0..2 + self.chance.below(2))
            .map(|_| ParallelBranch { id: self.name("p"), title: Text::default(), blocks: self.blocks(depth - 1, 1) })
            .collect();
        Block::Parallel(Parallel {
            id: self.name("j"),
            title: Text::default(),
            branches,
            join: *self.chance.pick(&[Join::All, Join::Any]),
            siblings: *self.chance.pick(&[Siblings::Keep, Siblings::Keep, Siblings::Reset]),
        })
    }

    fn condition(&mut self, depth: u32) -> Block {
        let branches = (0..1 + self.chance.below(2))
            .map(|_| Branch {
                id: self.name("b"),
                title: Text::default(),
                when: Formula::new("true"),
                on_unclear: self.chance.once_in(3),
                blocks: self.blocks(depth - 1, 0),
            })
            .collect();
        let otherwise = self.blocks(depth - 1, 0);
        Block::Condition(Condition { id: self.name("c"), title: Text::default(), branches, otherwise })
    }
}

/// Answers that change while the case runs: frozen choices must not follow them.
struct Answers {
    seed: u64,
}

impl Conditions for Answers {
    fn holds(&self, place: &str, _when: &Formula) -> Option<bool> {
        let folded =
            place.bytes().fold(self.seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        match Chance(folded).below(5) {
            0 => None,
            1 | 2 => Some(true),
            _ => Some(false),
        }
    }
}

/// The caller's task rows, reconciled with what is open, and everything a broken fold would upset.
#[derive(Default)]
struct Desk {
    /// (node, round) → whether the row is open.
    tasks: BTreeMap<(String, u32), bool>,
    /// Condition and round → branch, which must never change.
    branches: BTreeMap<(String, u32), Option<String>>,
}

impl Desk {
    fn reconcile(&mut self, progress: &Progress, seed: u64) {
        let mut wanted: Vec<(String, u32)> =
            progress.open.iter().map(|open| (open.node.to_owned(), open.round)).collect();
        wanted.sort();
        let mut once = wanted.clone();
        once.dedup();
        assert_eq!(once, wanted, "seed {seed}: a node is open twice");
        for (key, open) in &mut self.tasks {
            *open &= wanted.contains(key);
        }
        for key in wanted {
            let row = self.tasks.entry(key.clone()).or_insert(true);
            assert!(*row, "seed {seed}: {key:?} was closed and is wanted again in the same round");
        }
        for taken in &progress.taken {
            let key = (taken.node.to_owned(), taken.round);
            let branch = taken.branch.map(str::to_owned);
            let frozen = self.branches.entry(key).or_insert_with(|| branch.clone());
            assert_eq!(*frozen, branch, "seed {seed}: a branch changed after it was taken");
        }
        if matches!(progress.outcome, Outcome::Rejected | Outcome::Completed) {
            assert!(progress.open.is_empty() && progress.waiting.is_empty(), "seed {seed}: open after the end");
        } else {
            let somebody = !progress.open.is_empty() || !progress.waiting.is_empty();
            assert!(somebody, "seed {seed}: nobody is asked and the case is not over");
        }
        assert_eq!(
            progress.outcome == Outcome::NeedsInfo,
            !progress.waiting.is_empty(),
            "seed {seed}: waiting nodes and the outcome disagree"
        );
    }
}

fn random_kind(chance: &mut Chance, flow: &CompiledFlow, history: &History, node: &str) -> DecisionKind {
    match chance.below(10) {
        0..=4 => DecisionKind::Agree,
        5 => DecisionKind::Reject,
        6 => DecisionKind::AskInfo,
        7 => DecisionKind::InfoGiven,
        8 => match return_targets(flow, history, node) {
            targets if targets.is_empty() => DecisionKind::Agree,
            targets => DecisionKind::Return { to: (*chance.pick(&targets)).to_owned() },
        },
        _ => match chance.below(5) {
            0 => DecisionKind::AutoAgree,
            1 => DecisionKind::CoreDone,
            4 => DecisionKind::CoreAgain,
            2 => DecisionKind::Branch { branch: None },
            _ => DecisionKind::Return { to: (*chance.pick(&flow.ids().collect::<Vec<_>>())).to_owned() },
        },
    }
}

/// A decision as it may arrive: mostly on an open node, sometimes late, in a stale round, or on a node out of reach.
fn random_decision(chance: &mut Chance, case: &Case) -> Decision {
    let ids: Vec<&str> = case.flow.ids().collect();
    let places: Vec<&(String, u32)> = case.open.iter().chain(&case.waiting).collect();
    let (node, round) = if places.is_empty() || chance.once_in(8) {
        ((*chance.pick(&ids)).to_owned(), 1 + u32::try_from(chance.below(3)).unwrap())
    } else {
        (*chance.pick(&places)).clone()
    };
    let kind = random_kind(chance, case.flow, &case.history, &node);
    let person = i64::try_from(1 + chance.below(PEOPLE)).unwrap();
    let by_person = !matches!(
        kind,
        DecisionKind::InfoGiven | DecisionKind::AutoAgree | DecisionKind::CoreDone | DecisionKind::CoreAgain
    );
    Decision { node, round, person: by_person.then(|| PersonId::from_raw(person)), kind }
}

fn random_core(chance: &mut Chance) -> CoreState {
    *chance.pick(&[CoreState::Waiting, CoreState::Ready, CoreState::Ready, CoreState::Done])
}

/// One case from its first to its last decision, with what the last fold said.
struct Case<'f> {
    flow: &'f CompiledFlow,
    history: History,
    desk: Desk,
    seed: u64,
    answers: u64,
    steps: u64,
    open: Vec<(String, u32)>,
    waiting: Vec<(String, u32)>,
    over: bool,
}

impl Case<'_> {
    /// What every caller does after every change, with every expectation on the way.
    fn advance(&mut self, chance: &mut Chance) {
        let answers = Answers { seed: self.answers };
        let progress = advance_with(self.flow, &self.history, &answers);
        self.history.decisions.extend(progress.record.iter().cloned());
        self.desk.reconcile(&progress, self.seed);
        self.judge(&progress);
        if chance.once_in(4) {
            // What was decided alone is in the history now: the same fold finds nothing more to decide.
            let again = advance_with(self.flow, &self.history, &answers);
            assert!(again.record.is_empty(), "seed {}: the answer is not at rest", self.seed);
            let same = (&again.open, &again.passed, &again.waiting, again.outcome);
            assert_eq!(
                same,
                (&progress.open, &progress.passed, &progress.waiting, progress.outcome),
                "seed {}",
                self.seed
            );
        }
        let open = progress.open.iter().map(|open| (open.node.to_owned(), open.round)).collect();
        let waiting = progress.waiting.iter().map(|waiting| (waiting.node.to_owned(), waiting.round)).collect();
        self.over = matches!(progress.outcome, Outcome::Rejected | Outcome::Completed);
        (self.open, self.waiting) = (open, waiting);
        self.steps += 1;
        self.ask(chance);
    }

    fn judge(&self, progress: &Progress) {
        let blocks = &self.flow.flow().blocks;
        for open in &progress.open {
            let grounded = stands_on_passed_ground(blocks, open.node, progress);
            assert_eq!(grounded, Some(true), "seed {}: {} is open out of turn", self.seed, open.node);
        }
        for (id, work) in core_steps(blocks) {
            let left = self.history.core.of(work) != CoreState::Done;
            let passed = progress.passed.iter().any(|passed| passed.node == id);
            let around = left && passed && !decided_without(blocks, id, progress).unwrap_or_default();
            let over = progress.outcome == Outcome::Rejected;
            assert!(!around || over, "seed {}: {id} is passed though its work is not done", self.seed);
        }
        let all = blocks.iter().all(|block| all_passed(block, progress));
        assert_eq!(progress.outcome == Outcome::Completed, all, "seed {}: completed and passed disagree", self.seed);
        if progress.outcome == Outcome::Rejected {
            let refused = self.history.decisions.iter().any(|row| row.kind == DecisionKind::Reject);
            assert!(refused, "seed {}: rejected though nobody refused", self.seed);
        }
    }

    /// Records whom an opened node asks, as a caller does.
    fn ask(&mut self, chance: &mut Chance) {
        for (node, round) in &self.open {
            if self.history.voters.iter().any(|voter| voter.node == *node && voter.round == *round) {
                continue;
            }
            for raw in 1..=PEOPLE {
                if raw == 1 || chance.once_in(2) {
                    let person = PersonId::from_raw(i64::try_from(raw).unwrap());
                    self.history.voters.push(Voter { node: node.clone(), round: *round, person });
                }
            }
        }
    }
}

fn run_case(flow: &CompiledFlow, seed: u64, round_trips: bool) -> u64 {
    let mut chance = Chance(seed ^ 0xD1CE);
    let mut case = Case {
        flow,
        history: History::default(),
        desk: Desk::default(),
        seed,
        answers: chance.next(),
        steps: 0,
        open: Vec::new(),
        waiting: Vec::new(),
        over: false,
    };
    case.advance(&mut chance);
    for _ in 0..chance.below(14) {
        if chance.once_in(6) {
            let core = &mut case.history.core;
            (core.receive, core.inspect, core.settle, core.outbound) = (
                random_core(&mut chance),
                random_core(&mut chance),
                random_core(&mut chance),
                random_core(&mut chance),
            );
        } else if chance.once_in(10) {
            case.answers = chance.next();
        } else {
            let decision = random_decision(&mut chance, &case);
            case.history.decisions.push(decision);
        }
        case.advance(&mut chance);
    }
    if round_trips {
        survives_a_round_trip(&case);
    }
    finish(&mut case, &mut chance);
    case.steps
}

/// Everybody agrees, every question is answered, all work is done: the case must end within a bounded number of steps.
fn finish(case: &mut Case, chance: &mut Chance) {
    let done = CoreState::Done;
    case.history.core = CoreWork { receive: done, inspect: done, settle: done, outbound: done };
    case.advance(chance);
    let bound = 4 + case.flow.ids().count() * usize::try_from(PEOPLE + 2).unwrap();
    for _ in 0..bound {
        if case.over {
            return;
        }
        let mut rows = Vec::new();
        for (node, round) in &case.open {
            let asked = case.history.voters.iter().filter(|voter| voter.node == *node && voter.round == *round);
            rows.extend(asked.map(|voter| Decision {
                node: node.clone(),
                round: *round,
                person: Some(voter.person),
                kind: DecisionKind::Agree,
            }));
        }
        rows.extend(case.waiting.iter().map(|(node, round)| Decision {
            node: node.clone(),
            round: *round,
            person: None,
            kind: DecisionKind::InfoGiven,
        }));
        assert!(!rows.is_empty(), "seed {}: stuck", case.seed);
        case.history.decisions.extend(rows);
        case.advance(chance);
    }
    assert!(case.over, "seed {}: no end after {bound} rounds of agreement", case.seed);
}

fn survives_a_round_trip(case: &Case) {
    let flow: Flow = serde_json::from_str(&serde_json::to_string(case.flow.flow()).unwrap()).unwrap();
    let history: History = serde_json::from_str(&serde_json::to_string(&case.history).unwrap()).unwrap();
    assert_eq!(flow.hash(), case.flow.hash());
    assert_eq!(history, case.history);
    let again = CompiledFlow::new(flow).unwrap();
    let answers = Answers { seed: case.answers };
    assert_eq!(advance_with(&again, &history, &answers), advance_with(case.flow, &case.history, &answers));
    for decision in &case.history.decisions {
        let stored = DecisionKind::parse(decision.kind.as_str(), decision.kind.target());
        assert_eq!(stored.as_ref(), Some(&decision.kind));
    }
}

#[test]
fn random_trees_under_random_decisions() {
    let wanted: u64 = std::env::var("FLOW_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let threads = 2;
    let steps: u64 = std::thread::scope(|scope| {
        let share = |thread: u64| {
            move || {
                let mut steps = 0;
                for tree in (thread..wanted.div_ceil(20)).step_by(threads) {
                    let mut chance = Chance(tree);
                    let flow = Grower { chance: &mut chance, made: 0 }.flow();
                    let flow = CompiledFlow::new(flow).unwrap();
                    for sequence in 0..20 {
                        steps += run_case(&flow, tree * 20 + sequence, sequence == 0);
                    }
                }
                steps
            }
        };
        let running: Vec<_> = (0..threads as u64).map(|thread| scope.spawn(share(thread))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(steps >= wanted * 2, "only {steps} steps in {wanted} sequences");
}
