//! The binary `onrecord`.

mod clock;
mod commands;
mod examples;
mod exit;
mod explain;
mod input;
mod output;
mod people;
mod pipeline;
mod raw;
mod run;
mod verify;

use std::process::ExitCode;

fn main() -> ExitCode {
    commands::main()
}
