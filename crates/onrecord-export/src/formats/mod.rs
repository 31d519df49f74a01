//! The formats, one a file.

mod as_read;
mod brat;
mod csv;
mod dna;
mod ftm;
mod gdelt;
mod geojson;
mod gexf;
mod graphml;
mod icews;
mod jsonl;
mod parquet;
mod plover;
mod polecat;
mod sqlite;
mod timelinejs;
mod webannotation;

use std::io::Write;
use std::path::{Path, PathBuf};

use onrecord_record::{TABLES, Table, table_named};

use crate::ExportError;
use crate::source::Source;
use crate::written::Written;

/// A form in which rows leave the record.
#[derive(Debug)]
pub struct Format {
    /// As given on the command line.
    pub name: &'static str,
    /// Ending of its files.
    pub extension: &'static str,
    /// Who needs it.
    pub what_for: &'static str,
    /// Which files it writes to a folder, beside the data card.
    pub files: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Whether its files hold the data card themselves.
    pub holds_card: bool,
    /// Whether it is nothing without the words of the pages.
    pub is_text: bool,
    pub(crate) shape: Shape,
}

/// What a format makes of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// One table a file; all of them in one stream where it `mixes`.
    Tables { mixes: bool, write: WriteTable },
    /// One document, from rows of the tables it `takes`.
    Document {
        file: &'static str,
        takes: &'static [&'static str],
        write: WriteDocument,
    },
    /// One file that a library opens and writes.
    Database {
        file: &'static str,
        write: WriteDatabase,
    },
    /// Several files.
    Files {
        takes: &'static [&'static str],
        write: WriteFiles,
    },
}

/// Writes a table and says how many rows it has. The `bool` tells whether other tables are in
/// the same stream, so that each row must name its own.
pub(crate) type WriteTable =
    fn(&Source<'_>, &Table, bool, &mut dyn Write) -> Result<u64, ExportError>;
pub(crate) type WriteDocument = fn(&Source<'_>, &mut dyn Write) -> Result<Written, ExportError>;
pub(crate) type WriteDatabase = fn(&Source<'_>, &Path) -> Result<Written, ExportError>;
/// Writes files to a folder that is there and adds their paths to the list.
pub(crate) type WriteFiles =
    fn(&Source<'_>, &Path, &mut Vec<PathBuf>) -> Result<Written, ExportError>;

/// All formats.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    csv::FORMAT,
    parquet::FORMAT,
    as_read::FORMAT,
    sqlite::FORMAT,
    polecat::FORMAT,
    plover::FORMAT,
    icews::FORMAT,
    gdelt::FORMAT,
    ftm::FORMAT,
    webannotation::FORMAT,
    brat::FORMAT,
    dna::FORMAT,
    graphml::FORMAT,
    gexf::FORMAT,
    timelinejs::FORMAT,
    geojson::FORMAT,
];

impl Format {
    /// Whether tables cannot follow each other in one file of it.
    pub fn keeps_tables_apart(&self) -> bool {
        matches!(self.shape, Shape::Tables { mixes: false, .. })
    }

    /// Whether it is several files, so that it needs a folder.
    pub fn needs_folder(&self) -> bool {
        matches!(self.shape, Shape::Files { .. })
    }

    /// The tables whose rows it can take.
    pub fn takes(&self) -> Vec<&'static Table> {
        match self.shape {
            Shape::Tables { .. } | Shape::Database { .. } => TABLES.iter().collect(),
            Shape::Document { takes, .. } | Shape::Files { takes, .. } => {
                takes.iter().filter_map(|name| table_named(name)).collect()
            }
        }
    }
}

/// What cannot be written to the output.
pub(crate) fn out(result: std::io::Result<()>) -> Result<(), ExportError> {
    result.map_err(ExportError::Stream)
}

#[cfg(test)]
mod tests {
    use super::FORMATS;

    #[test]
    #[allow(clippy::disallowed_methods)] // a test reads the folder
    fn the_folder_is_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/formats");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of the formats")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
            .filter(|name| name != "mod")
            .collect();
        files.sort();
        let mut names: Vec<_> = (FORMATS.iter()).map(|f| f.name.replace('-', "_")).collect();
        names.sort_unstable();
        assert_eq!(
            files, names,
            "a format has a file, a `mod` and a line in FORMATS"
        );
    }

    #[test]
    #[allow(clippy::disallowed_methods)] // a test reads the page
    fn the_page_has_a_section_for_each() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands/export.md");
        let page = std::fs::read_to_string(page).expect("the page");
        let sections = page.lines().filter_map(|line| line.strip_prefix("## "));
        let sections: Vec<&str> = sections.collect();
        let names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
        assert_eq!(sections, names);
        for format in FORMATS {
            let row = format!("| [`{0}`](#{0}) |", format.name);
            assert!(page.contains(&row), "{} is not in the table", format.name);
        }
    }
}
