//! The one place that reads the clock.

use jiff::{Timestamp, Unit};

/// The time now, in UTC, as the record writes it: `2026-03-01T12:00:00Z`.
pub fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}
