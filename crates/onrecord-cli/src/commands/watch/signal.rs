//! Ctrl-C and the signal of a service manager.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How soon a signal is seen.
pub const STEP: Duration = Duration::from_millis(100);

/// Whether the work is to end.
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Set by the first signal to end; the second one ends the program where it is.
    pub fn on_signals() -> Result<Stop> {
        let stop = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal finds the flag not set yet.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))
                .and_then(|_| flag::register(signal, Arc::clone(&stop)))
                .context("cannot listen to signals")?;
        }
        Ok(Stop(stop))
    }

    /// Whether a signal has come.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// To be looked at by others.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    /// Sleeps, until a signal comes at most.
    pub fn sleep(&self, time: Duration) {
        let end = Instant::now() + time;
        while !self.is_set() {
            match end.checked_duration_since(Instant::now()) {
                Some(left) if !left.is_zero() => thread::sleep(left.min(STEP)),
                _ => return,
            }
        }
    }
}
