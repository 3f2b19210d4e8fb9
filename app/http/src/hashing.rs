//! Passwords are hashed two at a time: more would take the processors and the memory from everybody else.

use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::web;
use operations::{Error, password};
use tokio::sync::Semaphore;

/// Hashes under way at once: each takes 19 MiB.
const AT_ONCE: usize = 2;
/// Callers that may wait for their turn.
const MAX_WAITING: usize = 64;

pub(crate) struct Hashing {
    turns: Semaphore,
    waiting: AtomicUsize,
}

struct Waiting<'h>(&'h AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Hashing {
    pub(crate) fn new() -> Self {
        Self { turns: Semaphore::new(AT_ONCE), waiting: AtomicUsize::new(0) }
    }

    /// Whether the password is the one `stored` was made of; without one it takes as long and says no.
    pub(crate) async fn verify(&self, stored: Option<String>, typed: String) -> Result<bool, Error> {
        self.work(move || Ok(password::verify(stored.as_deref(), &typed))).await
    }

    /// The hash of a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Error> {
        self.work(move || password::hash(&password)).await
    }

    /// Whether the PIN is the one `stored` was made of; without one it takes as long and says no.
    pub(crate) async fn verify_pin(&self, stored: Option<String>, typed: String) -> Result<bool, Error> {
        self.work(move || Ok(password::verify_pin(stored.as_deref(), &typed))).await
    }

    /// The hash of a PIN.
    pub(crate) async fn hash_pin(&self, pin: String) -> Result<String, Error> {
        self.work(move || password::hash_pin(&pin)).await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = Waiting(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            return Err(Error::Busy);
        }
        let _turn = self.turns.acquire().await.map_err(|_| Error::Busy)?;
        let result = web::block(work).await.map_err(|error| Error::internal(error.to_string()))?;
        drop(waiting);
        result
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[actix_web::test]
    async fn never_more_than_two_at_once() {
        let hashing = Arc::new(Hashing::new());
        let running = Arc::new(AtomicUsize::new(0));
        let most = Arc::new(AtomicUsize::new(0));
        let jobs = (0..16).map(|_| {
            let (hashing, running, most) = (Arc::clone(&hashing), Arc::clone(&running), Arc::clone(&most));
            async move {
                let work = move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let hash = password::hash("correct horse");
                    running.fetch_sub(1, Ordering::SeqCst);
                    hash.map(drop)
                };
                hashing.work(work).await
            }
        });
        let done = futures_util::future::join_all(jobs).await;
        assert!(done.iter().all(Result::is_ok));
        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)));
    }

    #[actix_web::test]
    async fn a_crowd_is_told_to_come_back() {
        let hashing = Hashing::new();
        hashing.waiting.store(MAX_WAITING, Ordering::Relaxed);
        assert!(matches!(hashing.hash("x".to_owned()).await, Err(Error::Busy)));
        assert_eq!(hashing.waiting.load(Ordering::Relaxed), MAX_WAITING);
    }
}
