//! The file of opinions. Lines are added at its end; nothing is ever deleted.
#![allow(clippy::disallowed_methods)] // the edge: this file is read and written here

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::{Key, Material, Opinion, OpinionError, Verdict};

/// What is added to the record's name.
const ENDING: &str = ".opinions.jsonl";

/// The opinions beside a record.
#[derive(Clone, Debug)]
pub struct Opinions {
    path: PathBuf,
    all: Vec<Opinion>,
    /// Their numbers by row.
    by_row: BTreeMap<String, Vec<usize>>,
}

impl Opinions {
    /// Reads the file beside a record; none is an empty one.
    ///
    /// # Errors
    /// If it cannot be read, or a line is no opinion: the error names the line.
    pub fn beside(record: &Path) -> Result<Opinions, OpinionError> {
        let mut name = record.as_os_str().to_owned();
        name.push(ENDING);
        let path = PathBuf::from(name);
        let mut text = String::new();
        match File::open(&path).and_then(|mut file| file.read_to_string(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(OpinionError::File { path, source }),
        }
        let mut opinions = Opinions {
            path,
            all: Vec::new(),
            by_row: BTreeMap::new(),
        };
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let opinion = Opinion::of_line(line).map_err(|what| OpinionError::Line {
                path: opinions.path.clone(),
                line: n + 1,
                what,
            })?;
            opinions.take(opinion);
        }
        Ok(opinions)
    }

    fn take(&mut self, opinion: Opinion) {
        let of_row = self.by_row.entry(opinion.row_id.clone()).or_default();
        of_row.push(self.all.len());
        self.all.push(opinion);
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All opinions, in the order in which they were given.
    pub fn all(&self) -> &[Opinion] {
        &self.all
    }

    /// The opinions on a row, the last given last.
    pub fn of_row(&self, row_id: &str) -> impl Iterator<Item = &Opinion> {
        let numbers = self.by_row.get(row_id).into_iter().flatten();
        numbers.filter_map(|n| self.all.get(*n))
    }

    /// The last opinion on a row as it is now, asked in this way.
    pub fn find(&self, material: &Material, key: &Key) -> Option<&Opinion> {
        let content = material.sha256();
        let of_row = self.of_row(&material.row_id);
        of_row
            .filter(|o| o.key == *key && o.content_sha256 == content)
            .last()
    }

    /// The last opinion of each model on each row: disagreements first, then what was left
    /// unsure, then what has no verdict, then agreement; by row.
    pub fn ranked(&self) -> Vec<&Opinion> {
        let mut last: BTreeMap<(&str, &str), &Opinion> = BTreeMap::new();
        for opinion in &self.all {
            last.insert((&opinion.row_id, &opinion.key.model), opinion);
        }
        let mut all: Vec<&Opinion> = last.into_values().collect();
        all.sort_by_key(|opinion| match opinion.verdict {
            Some(Verdict::Wrong) => 0,
            Some(Verdict::Unsure) => 1,
            None => 2,
            Some(Verdict::Right) => 3,
        });
        all
    }

    /// Adds an opinion at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn append(&mut self, opinion: Opinion) -> Result<(), OpinionError> {
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new()
                .create(true)
                .append(true)
                .read(true)
                .open(&self.path)?;
            let mut text = String::new();
            // An editor may have left out the last line end.
            if !ends_with_line(&mut file)? {
                text.push('\n');
            }
            text.push_str(&opinion.to_line());
            text.push('\n');
            file.write_all(text.as_bytes())?;
            file.sync_data()
        };
        write().map_err(|source| OpinionError::File {
            path: self.path.clone(),
            source,
        })?;
        self.take(opinion);
        Ok(())
    }
}

/// Whether the file is empty or ends with a line end.
fn ends_with_line(file: &mut File) -> io::Result<bool> {
    use std::io::{Seek, SeekFrom};
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == [b'\n'])
}
