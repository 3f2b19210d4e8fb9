//! The page's clock: ticks every half minute and follows the server's time, so that due times count down by themselves.

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use leptos::prelude::*;

use crate::browser;

const TICK: Duration = Duration::from_secs(30);

static NOW_MS: LazyLock<ArcRwSignal<i64>> = LazyLock::new(|| ArcRwSignal::new(browser::now_ms()));
static AHEAD_MS: AtomicI64 = AtomicI64::new(0);
static TICKING: AtomicBool = AtomicBool::new(false);

/// Now in UTC milliseconds by the server's clock; reading it inside a view makes that view count along.
pub fn now_ms() -> i64 {
    if cfg!(target_family = "wasm") && !TICKING.swap(true, Ordering::Relaxed) {
        set_interval(tick, TICK);
    }
    NOW_MS.get()
}

/// Now as a signal.
pub fn use_now() -> Signal<i64> {
    Signal::derive(now_ms)
}

/// Tells the page what the server's clock said just now, in UTC milliseconds.
pub fn set_server_now(server_now_ms: i64) {
    AHEAD_MS.store(server_now_ms - browser::now_ms(), Ordering::Relaxed);
    tick();
}

fn tick() {
    NOW_MS.set(browser::now_ms() + AHEAD_MS.load(Ordering::Relaxed));
}
