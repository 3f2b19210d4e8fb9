//! How many live streams there are, and how many one caller may have.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use operations::{Actor, ActorKind, Error};

/// Streams of one caller: a browser has one for all its tabs.
const MAX_OF_ONE: usize = 16;
/// Streams of all.
const MAX_OF_ALL: usize = 4_096;

/// The streams open now.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    open: Mutex<HashMap<ActorKind, usize>>,
}

/// A place for one stream, given back when dropped.
pub(crate) struct Seat {
    streams: Arc<Streams>,
    of: ActorKind,
}

impl Streams {
    /// A place for one more stream of this caller.
    pub(crate) fn take(self: &Arc<Self>, actor: &Actor) -> Result<Seat, Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.entry(actor.kind).or_default();
        if *own >= MAX_OF_ONE || all >= MAX_OF_ALL {
            return Err(Error::TooMany { retry_after_ms: 10_000 });
        }
        *own += 1;
        Ok(Seat { streams: Arc::clone(self), of: actor.kind })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.of) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_bounded_and_given_back() {
        let streams = Arc::new(Streams::default());
        let actor = Actor::system();
        let mut seats: Vec<_> = (0..MAX_OF_ONE).map(|_| streams.take(&actor).unwrap()).collect();
        assert!(matches!(streams.take(&actor), Err(Error::TooMany { .. })));
        seats.pop();
        assert!(streams.take(&actor).is_ok());
        drop(seats);
        assert!(streams.open.lock().unwrap().is_empty());
    }
}
