//! A barrier that spins: a burst is shorter than waking a thread.

use std::sync::atomic::{AtomicUsize, Ordering};

pub struct SpinBarrier {
    threads: usize,
    arrived: AtomicUsize,
    rounds: AtomicUsize,
}

impl SpinBarrier {
    pub fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            rounds: AtomicUsize::new(0),
        }
    }

    pub fn wait(&self) {
        if self.threads == 1 {
            return;
        }
        let round = self.rounds.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.arrived.store(0, Ordering::Release);
            self.rounds.store(round.wrapping_add(1), Ordering::Release);
            return;
        }
        while self.rounds.load(Ordering::Acquire) == round {
            std::hint::spin_loop();
        }
    }
}
