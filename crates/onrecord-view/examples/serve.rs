//! Serves a record by hand, without the rest of onrecord:
//! `cargo run -p onrecord-view --example serve -- RECORD [PORT [TOKEN]]`.
//! Raw pages are shown where they are plain text in UTF-8 and lie where they were read.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // the edge of an example

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use onrecord_view::{Options, Outside, RawText, serve};

struct Files;

impl Outside for Files {
    fn now(&self) -> String {
        "2030-01-01T00:00:00Z".to_owned()
    }

    fn page(&self, uri: &str, sha256: &str) -> RawText {
        let Ok(bytes) = std::fs::read(uri) else {
            return RawText::Missing;
        };
        if onrecord_model::sha256_hex(&bytes) != sha256 {
            return RawText::Changed;
        }
        match String::from_utf8(bytes) {
            Ok(text) => RawText::Same {
                text: text.trim_start_matches('\u{feff}').to_owned(),
                removed: Vec::new(),
            },
            Err(_) => RawText::Missing,
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(record) = args.first() else {
        return Err("usage: serve RECORD [PORT [TOKEN]]".into());
    };
    let port: u16 = args.get(1).map_or(Ok(0), |port| port.parse())?;
    let token = args.get(2).map_or("example-token", String::as_str);
    let options = Options {
        outside: Arc::new(Files),
        by: "example".to_owned(),
        ..Options::new(Path::new(record), token)
    };
    let address = ([127, 0, 0, 1], port).into();
    serve(options, address, |at| {
        println!("http://{at}/?token={token}")
    })?;
    Ok(())
}
