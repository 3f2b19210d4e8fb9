//! How often sign-in may be tried, by account and by address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use operations::Error;

/// Tries in a row at one account, then one in `ACCOUNT_EVERY`.
const ACCOUNT_BURST: NonZeroU32 = NonZeroU32::new(10).expect("not zero");
const ACCOUNT_EVERY: Duration = Duration::from_secs(6);
/// Tries in a row from one address: an office of sixty signs in from one. Then one in `ADDRESS_EVERY`.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(120).expect("not zero");
const ADDRESS_EVERY: Duration = Duration::from_millis(500);
/// A proof that held is not asked for again from the same address for so long, and at most so many are remembered.
const RIGHT_FOR: Duration = Duration::from_secs(30 * 60);
const RIGHT_MAX: usize = 10_000;
/// After so many checks, keys that are at rest are forgotten.
const TIDY_EVERY: u32 = 1_024;

pub(crate) struct Limits {
    by_account: DefaultKeyedRateLimiter<String>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    /// Proofs that held, with the address they came from, and when they did last.
    right: Mutex<HashMap<[u8; 32], Instant>>,
    clock: DefaultClock,
    checks: AtomicU32,
}

impl Limits {
    pub(crate) fn new() -> Self {
        let quota = |every, burst| Quota::with_period(every).map(|quota| quota.allow_burst(burst));
        let account = quota(ACCOUNT_EVERY, ACCOUNT_BURST).unwrap_or(Quota::per_minute(ACCOUNT_BURST));
        let address = quota(ADDRESS_EVERY, ADDRESS_BURST).unwrap_or(Quota::per_minute(ADDRESS_BURST));
        Self {
            by_account: RateLimiter::keyed(account),
            by_address: RateLimiter::keyed(address),
            right: Mutex::default(),
            clock: DefaultClock::default(),
            checks: AtomicU32::new(0),
        }
    }

    /// One try to prove who one is.
    pub(crate) fn sign_in(&self, address: IpAddr, account: &str) -> Result<(), Error> {
        self.address(address)?;
        let account = account.trim().to_lowercase().chars().take(64).collect();
        self.by_account.check_key(&account).map_err(|until| self.too_many(until.wait_time_from(self.clock.now())))
    }

    /// One try from an address, without an account.
    pub(crate) fn address(&self, address: IpAddr) -> Result<(), Error> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.by_account.retain_recent();
            self.by_address.retain_recent();
        }
        self.by_address.check_key(&address).map_err(|until| self.too_many(until.wait_time_from(self.clock.now())))
    }

    /// Whether this proof held a short while ago from this address: whoever fills in a long form is no guesser.
    pub(crate) fn was_right(&self, address: IpAddr, proof: &str) -> bool {
        let right = self.right.lock().unwrap_or_else(PoisonError::into_inner);
        right.get(&key(address, proof)).is_some_and(|at| at.elapsed() < RIGHT_FOR)
    }

    /// Remembers that a proof held.
    pub(crate) fn remember_right(&self, address: IpAddr, proof: &str) {
        let mut right = self.right.lock().unwrap_or_else(PoisonError::into_inner);
        if right.len() >= RIGHT_MAX {
            right.retain(|_, at| at.elapsed() < RIGHT_FOR);
        }
        // Full of fresh ones: this one is limited like any other try.
        if right.len() < RIGHT_MAX {
            right.insert(key(address, proof), Instant::now());
        }
    }

    fn too_many(&self, wait: Duration) -> Error {
        Error::TooMany { retry_after_ms: i64::try_from(wait.as_millis()).unwrap_or(i64::MAX).max(1) }
    }
}

// Kept as a hash: a proof is personal.
fn key(address: IpAddr, proof: &str) -> [u8; 32] {
    *blake3::hash(format!("{address}\n{proof}").as_bytes()).as_bytes()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
    }

    #[test]
    fn an_account_is_held_back_wherever_the_tries_come_from() {
        let limits = Limits::new();
        for try_no in 0..10 {
            assert!(limits.sign_in(address(try_no), "Lin").is_ok());
        }
        let refused = limits.sign_in(address(99), " lin ");
        assert!(matches!(refused, Err(Error::TooMany { retry_after_ms: 1..=6_000 })), "{refused:?}");
        assert!(limits.sign_in(address(99), "zhao").is_ok());
    }

    #[test]
    fn a_proof_that_held_is_remembered_for_its_address_alone() {
        let limits = Limits::new();
        assert!(!limits.was_right(address(1), "number=A&phone_tail=1234"));
        limits.remember_right(address(1), "number=A&phone_tail=1234");
        assert!(limits.was_right(address(1), "number=A&phone_tail=1234"));
        assert!(!limits.was_right(address(2), "number=A&phone_tail=1234"));
        assert!(!limits.was_right(address(1), "number=A&phone_tail=1235"));
    }

    #[test]
    fn an_address_is_held_back_whatever_account_it_tries() {
        let limits = Limits::new();
        for try_no in 0..120 {
            assert!(limits.sign_in(address(1), &format!("name{try_no}")).is_ok());
        }
        let refused = limits.sign_in(address(1), "another");
        assert!(matches!(refused, Err(Error::TooMany { retry_after_ms: 1..=500 })), "{refused:?}");
        assert!(limits.sign_in(address(2), "another").is_ok());
    }
}
