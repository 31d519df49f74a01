//! The binary `onrecord`.
//!
//! A thin layer over the library: it finds the input, hands it on, and tells what came of it.

// The edge: files, the clock and the environment are read here and handed down.
#![allow(clippy::disallowed_methods)]

mod attribution_examples;
mod clock;
mod commands;
mod coref_examples;
mod corrections;
mod event_examples;
mod examples;
mod exit;
mod explain;
mod input;
mod output;
mod people;
mod pipeline;
mod raw;
mod run;
mod tables;
mod verify;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::main()
}
