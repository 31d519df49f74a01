//! The file of corrections. Lines are added at its end; nothing is ever deleted.
#![allow(clippy::disallowed_methods)] // the edge: this file is read and written here

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Correction;
use crate::RecordError;
use crate::open::beside;

/// What is added to the record's name.
const ENDING: &str = ".corrections.jsonl";

/// The corrections beside a record.
#[derive(Clone, Debug)]
pub struct CorrectionsFile {
    path: PathBuf,
    /// Whether the file is there.
    pub is_there: bool,
    /// Its lines, in order.
    pub corrections: Vec<Correction>,
}

impl CorrectionsFile {
    /// Reads the file beside a record; none is an empty one.
    ///
    /// # Errors
    /// If it cannot be read, or a line is no correction: the error names the line.
    pub fn beside(record: &Path) -> Result<CorrectionsFile, RecordError> {
        CorrectionsFile::at(&beside(record, ENDING))
    }

    /// Reads a file of corrections; one that is not there is an empty one.
    ///
    /// # Errors
    /// As [`CorrectionsFile::beside`].
    pub fn at(path: &Path) -> Result<CorrectionsFile, RecordError> {
        let path = path.to_owned();
        let mut text = String::new();
        let is_there = match File::open(&path).and_then(|mut file| file.read_to_string(&mut text)) {
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(source) => return Err(RecordError::CorrectionsFile { path, source }),
        };
        let mut corrections = Vec::new();
        let mut seen = BTreeSet::new();
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let read = Correction::of_line(line).and_then(|c| {
                if seen.insert(c.id.clone()) {
                    Ok(c)
                } else {
                    Err(format!("has the id {} of an earlier line", c.id))
                }
            });
            let correction = read.map_err(|what| RecordError::CorrectionLine {
                path: path.clone(),
                line: n + 1,
                what,
            })?;
            corrections.push(correction);
        }
        Ok(CorrectionsFile {
            path,
            is_there,
            corrections,
        })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds lines at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn append(&mut self, new: &[Correction]) -> Result<(), RecordError> {
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new()
                .create(true)
                .append(true)
                .read(true)
                .open(&self.path)?;
            let mut text = String::new();
            if !ends_with_line(&self.path)? {
                text.push('\n');
            }
            for correction in new {
                text.push_str(&correction.to_line());
                text.push('\n');
            }
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|source| RecordError::CorrectionsFile {
            path: self.path.clone(),
            source,
        })?;
        self.is_there = true;
        self.corrections.extend_from_slice(new);
        Ok(())
    }
}

/// Whether the file is empty or ends with a line end: an editor may have left it out.
fn ends_with_line(path: &Path) -> io::Result<bool> {
    Ok(!matches!(std::fs::read(path)?.last(), Some(last) if *last != b'\n'))
}
