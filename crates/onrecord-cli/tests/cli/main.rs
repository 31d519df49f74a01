//! End to end: the real binary on real files.

#![allow(clippy::disallowed_methods)]

mod actors;
mod commands;
mod common;
mod diff;
mod docs;
mod events;
mod fetch;
mod hostile;
mod imports;
mod inputs;
mod killed;
mod names;
mod parse;
mod positions;
mod reviews;
mod same_bytes;
mod score_actors;
mod search;
mod shards;
#[cfg(unix)]
mod watch;
