//! How often sign-in may be tried, by account and by address.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use operations::Error;

/// Tries in a row at one account, then one in `ACCOUNT_EVERY`.
const ACCOUNT_BURST: NonZeroU32 = NonZeroU32::new(10).expect("not zero");
const ACCOUNT_EVERY: Duration = Duration::from_secs(6);
/// Tries in a row from one address: an office of sixty signs in from one. Then one in `ADDRESS_EVERY`.
const ADDRESS_BURST: NonZeroU32 = NonZeroU32::new(120).expect("not zero");
const ADDRESS_EVERY: Duration = Duration::from_millis(500);
/// After so many checks, keys that are at rest are forgotten.
const TIDY_EVERY: u32 = 1_024;

pub(crate) struct Limits {
    by_account: DefaultKeyedRateLimiter<String>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
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

    fn too_many(&self, wait: Duration) -> Error {
        Error::TooMany { retry_after_ms: i64::try_from(wait.as_millis()).unwrap_or(i64::MAX).max(1) }
    }
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
