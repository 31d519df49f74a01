//! What was checked, and what is broken.

use std::fmt;
use std::io::{self, Write};

/// Counts of what was checked.
#[derive(Debug, Default)]
pub struct Report {
    /// Pages of the record.
    pub pages: u64,
    /// Pages that no longer have the hash they were read with.
    pub changed: u64,
    /// Pages that are not there.
    pub missing: u64,
    /// Sentences compared with their page.
    pub sentences: u64,
    /// Pieces of text of rows compared with the article's text.
    pub pieces: u64,
    /// References between rows that were followed.
    pub links: u64,
    broken: u64,
    untold: Vec<String>,
}

impl Report {
    /// Notes something broken at a place.
    pub fn broken(&mut self, place: &str, what: &str) {
        self.broken += 1;
        self.untold.push(format!("{place}: {what}"));
    }

    /// Writes what has been noted since the last time.
    pub fn tell(&mut self, out: &mut impl Write) -> io::Result<()> {
        for line in self.untold.drain(..) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Whether nothing is broken.
    pub fn is_well(&self) -> bool {
        self.broken == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let as_read = self.pages - self.changed - self.missing;
        writeln!(
            f,
            "{:<11} {} ({as_read} as they were read, {} changed, {} missing)",
            "pages", self.pages, self.changed, self.missing
        )?;
        writeln!(
            f,
            "{:<11} {} compared with their pages",
            "sentences", self.sentences
        )?;
        writeln!(
            f,
            "{:<11} {} of rows compared with their articles",
            "pieces", self.pieces
        )?;
        writeln!(
            f,
            "{:<11} {} between rows followed",
            "references", self.links
        )?;
        writeln!(
            f,
            "{:<11} {}",
            "broken",
            self.broken - self.changed - self.missing
        )
    }
}
