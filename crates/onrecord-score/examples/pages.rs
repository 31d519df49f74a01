//! `cargo run -p onrecord-score --example pages -- FOLDER [PREDICTIONS]`: article text.
#![allow(clippy::print_stdout)]

use std::path::Path;

fn main() -> Result<(), onrecord_score::ScoreError> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .unwrap_or_else(|| "../shared/data/pages".to_owned());
    let predictions = arguments.next();
    print!(
        "{}",
        onrecord_score::pages(Path::new(&folder), predictions.as_deref().map(Path::new))?
    );
    Ok(())
}
