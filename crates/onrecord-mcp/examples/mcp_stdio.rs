//! Serves a record to an MCP client on standard input and output:
//! `cargo run -p onrecord-mcp --example mcp_stdio -- RECORD`.
#![allow(clippy::print_stderr)] // an example tells what is wrong

use std::path::Path;
use std::process::ExitCode;

use onrecord_mcp::Server;
use onrecord_record::Record;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: mcp_stdio RECORD");
        return ExitCode::from(2);
    };
    let served = Record::open_read(Path::new(&path))
        .map_err(|error| error.to_string())
        .and_then(|record| {
            Server::new(record)
                .serve_stdio()
                .map_err(|error| error.to_string())
        });
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}
