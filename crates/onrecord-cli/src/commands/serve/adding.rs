//! Pages dropped on the local site: kept beside the record, then read as `onrecord read` does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result};
use onrecord_formats::{Limits, Options};
use onrecord_lexicon::Lexicon;
use onrecord_pages::MAX_BYTES;
use onrecord_record::Record;
use onrecord_view::{Added, Upload};

use super::super::kit::{self, Reader, ReaderOption};
use crate::input;
use crate::run::{self, Job, Progress, Shard};

/// A file name keeps so many characters.
const LONGEST: usize = 120;

/// What reads pages, loaded when the first ones come.
pub struct Adder {
    record: PathBuf,
    option: ReaderOption,
    reader: OnceLock<Reader>,
}

impl Adder {
    pub fn new(record: &Path, option: ReaderOption) -> Adder {
        Adder {
            record: record.to_owned(),
            option,
            reader: OnceLock::new(),
        }
    }

    /// Keeps the files and reads them.
    ///
    /// # Errors
    /// They cannot be kept, or the record cannot be written; what was kept stays.
    pub fn add(
        &self,
        files: Vec<Upload>,
        lexicon: &Lexicon,
        told: &(dyn Fn(&str, u64, u64) + Sync),
    ) -> Result<Added> {
        // `pages.db` has `pages.db.pages/`.
        let folder = input::beside(&self.record, ".pages");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut paths = Vec::new();
        for file in files {
            let path = keep(&folder, &file)
                .with_context(|| format!("cannot keep a file in {}", folder.display()))?;
            paths.push(path);
        }
        let reader = match self.reader.get() {
            Some(reader) => reader,
            None => {
                let reader = self.option.reader()?;
                self.reader.get_or_init(|| reader)
            }
        };
        let inputs = input::expand(&paths, &self.record)?;
        let mut record = Record::open(&self.record)?;
        let job = Job {
            sources: &inputs.sources,
            options: Options {
                limits: Limits {
                    page_bytes: MAX_BYTES as u64,
                    ..Limits::default()
                },
                ..Options::default()
            },
            threads: kit::threads(None),
            kit: reader.kit(lexicon),
            weights_sha256: reader.sha256.clone(),
            shard: Shard::ALL,
            stop: None,
        };
        let summary = run::run(&mut record, &job, &Progress::to(told))?;
        Ok(Added {
            told: summary.to_string(),
            failed: summary
                .failures()
                .lines()
                .map(|line| line.trim().to_owned())
                .collect(),
        })
    }
}

/// Writes a file under its own name, or with a number behind it where another has that name.
/// The same file is kept once.
fn keep(folder: &Path, file: &Upload) -> io::Result<PathBuf> {
    let name = plain(&file.name);
    let (stem, endings) = match name.split_once('.') {
        Some((stem, endings)) => (stem, format!(".{endings}")),
        None => (name.as_str(), String::new()),
    };
    for n in 1.. {
        let path = match n {
            1 => folder.join(&name),
            n => folder.join(format!("{stem}-{n}{endings}")),
        };
        match fs::read(&path) {
            Ok(there) if there == file.bytes => return Ok(path),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::write(&path, &file.bytes)?;
                return Ok(path);
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The last part of a name, without what file systems or shells take for something else.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = last.chars().map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')') => c,
        _ => '_',
    });
    let kept: String = kept.collect();
    let kept = kept.trim_start_matches('.').trim();
    let count = kept.chars().count();
    // The end of a long name tells what the file is.
    let kept: String = kept.chars().skip(count.saturating_sub(LONGEST)).collect();
    match kept.trim_start_matches('.').trim() {
        "" => "page".to_owned(),
        kept => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        for (given, kept) in [
            ("a.html", "a.html"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\b.txt", "b.txt"),
            (".hidden", "hidden"),
            ("..", "page"),
            ("", "page"),
            ("a\nb<c>.txt", "a_b_c_.txt"),
            ("خبر.html", "خبر.html"),
        ] {
            assert_eq!(plain(given), kept, "{given}");
        }
        assert_eq!(plain(&format!("{}.html", "x".repeat(500))).len(), LONGEST);
    }

    #[test]
    fn two_files_of_one_name_are_both_kept() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = |bytes: &str| Upload {
            name: "a.html.gz".to_owned(),
            bytes: bytes.as_bytes().to_vec(),
        };
        let first = keep(folder.path(), &file("one"))?;
        let second = keep(folder.path(), &file("two"))?;
        assert_eq!(second.file_name().unwrap_or_default(), "a-2.html.gz");
        assert_eq!(keep(folder.path(), &file("one"))?, first);
        assert_eq!(keep(folder.path(), &file("two"))?, second);
        Ok(())
    }
}
