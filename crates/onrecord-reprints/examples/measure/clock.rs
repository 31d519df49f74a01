//! Time on the processor, where the system tells it, else time on the wall.

use std::time::Instant;

/// A moment.
pub struct Clock {
    wall: Instant,
    processor: Option<f64>,
}

impl Clock {
    pub fn now() -> Clock {
        Clock {
            wall: Instant::now(),
            processor: processor(),
        }
    }

    /// Seconds since then.
    pub fn seconds(&self) -> f64 {
        match (self.processor, processor()) {
            (Some(then), Some(now)) => now - then,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// Seconds that this thread has run (Linux).
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}
