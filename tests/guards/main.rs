//! The guards: an independent model of them beside random histories, races for what there is only one of, and a test for
//! each guard that fails without it (app/docs/guards.md lists the pairs).

mod act;
mod compare;
mod contest;
mod each;
mod history;
mod model;
mod race;
mod random;
mod steps;

use std::thread;
use std::time::Instant;

use history::Tally;

/// From here on, every reason must have been met.
const LONG: usize = 100_000;
/// Every reason of the model that a history can meet: a guard that refused nothing was not tried.
const REASONS: &[&str] = &[
    "accepted_goods_stay",
    "already_approved",
    "already_cancelled",
    "already_corrected",
    "already_dispositioned",
    "already_executing",
    "already_inspected",
    "already_refunded",
    "already_sent",
    "already_settled",
    "article_unknown",
    "cannot_convert",
    "case_is_over",
    "empty",
    "exceeds_announced",
    "exceeds_awaited",
    "exceeds_basis",
    "exceeds_captured",
    "exceeds_compensation",
    "exceeds_freight",
    "exceeds_group",
    "exceeds_line",
    "forbidden",
    "form_refuses",
    "four_eyes",
    "goods_arrived",
    "goods_go_back",
    "goods_have_left",
    "inspect_first",
    "invoice_not_back",
    "line_needed",
    "means_not_of_basis",
    "money_held",
    "money_moved",
    "net_negative",
    "no_goods_expected",
    "no_such_line",
    "not_a_repair",
    "not_agreed",
    "not_approved",
    "not_by_hand",
    "not_here",
    "not_open",
    "not_refused",
    "not_shipped",
    "nothing_to_correct",
    "outcome_unknown",
    "paid_by_hand",
    "parcel_of_another_case",
    "payout_under_way",
    "platform_has_refunded",
    "platform_number_needed",
    "platform_number_used",
    "proof_needed",
    "quantity_out_of_range",
    "reason_needed",
    "received_before_dispatch",
    "received_before_filing",
    "serial_in_return",
    "serial_is_one",
    "serial_not_shipped",
    "settlement_open",
    "sign_first",
    "whole_group_only",
    "wrong_sign",
];

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
    println!("seed {seed}, {threads} threads, {seconds:.1} s: {tally:#?}");
    assert!(tally.allowed > 0 && tally.refused > 0);
    if steps >= LONG {
        let unmet: Vec<_> = REASONS.iter().filter(|reason| !tally.reasons.contains_key(*reason)).collect();
        assert!(unmet.is_empty(), "no step met {unmet:?}");
    }
}
