//! `onrecord corrections add`: a colleague's corrections.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use onrecord_record::{CorrectionsFile, State};

use crate::commands::signed::Open;
use crate::commands::{RecordPath, tell};
use crate::corrections;
use crate::exit::Exit;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Add {
    #[command(flatten)]
    record: RecordPath,
    /// The file with the corrections to add: lines as in RECORD.corrections.jsonl
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Adds the lines that are not there yet.
pub fn run(args: &Add) -> Result<Exit> {
    let other = CorrectionsFile::at(&args.file)?;
    if !other.is_there {
        tell(&format!(
            "onrecord: {}: no such file\n",
            args.file.display()
        ));
        return Ok(Exit::Some);
    }
    let mut open = Open::at(&args.record)?;
    let before = open.record.corrections()?;
    let known: BTreeSet<&str> = before.iter().map(|(c, _)| c.id.as_str()).collect();
    let new: Vec<_> = other
        .corrections
        .iter()
        .filter(|c| !known.contains(c.id.as_str()))
        .cloned()
        .collect();
    let ids: BTreeSet<String> = new.iter().map(|c| c.id.clone()).collect();
    let skipped = other.corrections.len() - new.len();
    if new.is_empty() {
        tell("onrecord: the record has all of these corrections already\n");
        return Ok(Exit::Nothing);
    }
    let added = new.len();
    corrections::add(&mut open.record, &mut open.file, new)?;
    let mut text = format!(
        "onrecord: {added} corrections added to {}, {skipped} were there already\n",
        open.file.path().display()
    );
    for (correction, state) in open.record.corrections()? {
        let was = before.iter().find(|(c, _)| c.id == correction.id);
        let was = was.map(|(_, state)| *state);
        if state == State::Overruled && (ids.contains(&correction.id) || was != Some(state)) {
            text.push_str(&format!(
                "onrecord: {} by {} ({} of {}) is overruled by a later correction of the same\n",
                correction.id,
                correction.by.as_deref().unwrap_or("unknown"),
                correction.field,
                correction.row_key,
            ));
        }
    }
    tell(&text);
    corrections::warn(&open.record)?;
    Ok(Exit::Well)
}
