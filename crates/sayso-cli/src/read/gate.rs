//! A bound on what is being worked on.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lets articles in as long as there is room for them.
///
/// Room is counted in articles and in bytes of text, so that neither many small articles waiting
/// for a slow one nor a few huge ones fill the memory. One article always gets in.
#[derive(Debug)]
pub(super) struct Gate {
    max_articles: usize,
    max_bytes: usize,
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    articles: usize,
    bytes: usize,
    closed: bool,
}

impl Gate {
    pub(super) fn new(max_articles: usize, max_bytes: usize) -> Self {
        let (inside, changed) = (Mutex::default(), Condvar::new());
        Self { max_articles, max_bytes, inside, changed }
    }

    /// Waits until there is room, and takes it; false if the gate has been closed.
    pub(super) fn enter(&self, bytes: usize) -> bool {
        let full = |inside: &mut Inside| {
            let room = inside.articles < self.max_articles
                && inside.bytes.saturating_add(bytes) <= self.max_bytes;
            !inside.closed && inside.articles > 0 && !room
        };
        let waited = self.changed.wait_while(self.lock(), full);
        let mut inside = waited.unwrap_or_else(PoisonError::into_inner);
        inside.articles += 1;
        inside.bytes += bytes;
        !inside.closed
    }

    /// Gives back the room of an article.
    pub(super) fn leave(&self, bytes: usize) {
        let mut inside = self.lock();
        inside.articles -= 1;
        inside.bytes -= bytes;
        self.changed.notify_one();
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_always_gets_in_and_a_closed_gate_lets_nobody_wait() {
        let gate = Gate::new(2, 10);
        assert!(gate.enter(100));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| gate.enter(1));
            gate.leave(100);
            assert!(second.join().unwrap());
            let third = scope.spawn(|| gate.enter(10));
            gate.close();
            assert!(!third.join().unwrap());
        });
    }
}
