//! The formats, one a file.

mod csv;
mod jsonl;

use std::io::Write;

use onrecord_record::{Record, Table};

use crate::{ExportError, Options};

/// A form in which rows leave the record.
pub struct Format {
    /// As given on the command line.
    pub name: &'static str,
    /// Ending of its files.
    pub extension: &'static str,
    /// Who needs it.
    pub what_for: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// Whether several tables may follow each other in one stream.
    pub mixes: bool,
    /// Writes a table and says how many rows it has. The `bool` tells whether other tables
    /// are in the same stream, so that each row must name its own.
    pub write: WriteTable,
}

/// What [`Format::write`] is.
pub type WriteTable =
    fn(&Record, &Table, &Options, bool, &mut dyn Write) -> Result<u64, ExportError>;

/// All formats.
pub const FORMATS: &[Format] = &[jsonl::FORMAT, csv::FORMAT];

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
        let mut names: Vec<_> = FORMATS.iter().map(|f| f.name).collect();
        names.sort_unstable();
        assert_eq!(
            files, names,
            "a format has a file, a `mod` and a line in FORMATS"
        );
    }
}
