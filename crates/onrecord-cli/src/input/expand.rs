//! What was named on the command line, as a list of sources.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use onrecord_formats::Kind;
use onrecord_model::Note;
use walkdir::WalkDir;

use super::unpack::Trouble;
use super::{Place, Source};

/// The sources of a run.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In order: as named, folders sorted by path.
    pub sources: Vec<Source>,
    /// How many files in folders were left out, by their ending.
    pub left_out: BTreeMap<String, usize>,
}

/// Makes the list of sources. `record` is the file that will be written; it is never read.
///
/// # Errors
/// If standard input cannot be copied to a temporary file.
pub fn expand(paths: &[PathBuf], record: &Path) -> Result<Inputs> {
    let mut list = List {
        inputs: Inputs::default(),
        seen: BTreeSet::new(),
        own: own_files(record),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            list.standard_input()?;
        } else if fs::symlink_metadata(path).is_ok() {
            list.named(path);
        } else {
            list.pattern(path);
        }
    }
    Ok(list.inputs)
}

struct List {
    inputs: Inputs,
    seen: BTreeSet<String>,
    own: Vec<PathBuf>,
}

impl List {
    fn standard_input(&mut self) -> Result<()> {
        if self.seen.contains("-") {
            return Ok(());
        }
        // A run goes over its input twice.
        let copy = || -> io::Result<File> {
            let mut copy = tempfile::tempfile()?;
            io::copy(&mut io::stdin().lock(), &mut copy)?;
            Ok(copy)
        };
        let copy = copy().context("cannot copy standard input to a temporary file")?;
        self.push("-".to_owned(), Place::Copy(Arc::new(copy)));
        Ok(())
    }

    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(_) => self.file(slashes(path), path),
            Err(error) => self.trouble(path, dangling(error)),
        }
    }

    fn pattern(&mut self, path: &Path) {
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..glob::MatchOptions::default()
        };
        let text = path.to_string_lossy();
        let found = match text.contains(['*', '?', '[']) {
            true => glob::glob_with(&text, options).ok(),
            false => None,
        };
        let before = self.inputs.sources.len();
        for entry in found.into_iter().flatten() {
            match entry {
                Ok(path) => self.named(&path),
                Err(error) => {
                    let path = error.path().to_owned();
                    self.trouble(&path, system(error.into()));
                }
            }
        }
        if self.inputs.sources.len() == before && !self.seen.contains(&slashes(path)) {
            let not_found = io::Error::from(io::ErrorKind::NotFound);
            self.trouble(path, system(not_found));
        }
    }

    fn folder(&mut self, folder: &Path) {
        let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
        let walk = WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.in_folder(folder, entry.path()),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    if path.file_name().is_some_and(hidden) {
                        continue;
                    }
                    let note = match error.loop_ancestor() {
                        Some(ancestor) => (
                            "directory-loop",
                            format!("a link back to {}, not followed again", ancestor.display()),
                        ),
                        None => dangling(
                            error
                                .into_io_error()
                                .unwrap_or_else(|| io::ErrorKind::Other.into()),
                        ),
                    };
                    self.trouble(&path, note);
                }
            }
        }
    }

    fn in_folder(&mut self, folder: &Path, path: &Path) {
        if !is_page(path) {
            let ending = path
                .extension()
                .map(|e| format!(".{}", e.to_string_lossy().to_lowercase()));
            *self
                .inputs
                .left_out
                .entry(ending.unwrap_or_else(|| "no ending".to_owned()))
                .or_default() += 1;
            return;
        }
        let inside = slashes(path.strip_prefix(folder).unwrap_or(path));
        let named = slashes(folder);
        let uri = match named.ends_with('/') {
            true => format!("{named}{inside}"),
            false => format!("{named}/{inside}"),
        };
        self.file(uri, path);
    }

    fn file(&mut self, uri: String, path: &Path) {
        if !self.own.is_empty() && canonical(path).is_some_and(|path| self.own.contains(&path)) {
            return;
        }
        self.push(uri, Place::File(path.to_owned()));
    }

    fn trouble(&mut self, path: &Path, (code, text): (&str, String)) {
        let uri = slashes(path);
        let note = Note::unread(code, uri.as_str(), text);
        self.push(uri, Place::Nowhere(note));
    }

    fn push(&mut self, uri: String, place: Place) {
        if self.seen.insert(uri.clone()) {
            self.inputs.sources.push(Source { uri, place });
        }
    }
}

fn system(error: io::Error) -> (&'static str, String) {
    Trouble::System(error).words()
}

/// Of something that is listed but cannot be looked at.
fn dangling(error: io::Error) -> (&'static str, String) {
    match error.kind() {
        io::ErrorKind::NotFound => (
            "dangling-link",
            "a link to something that is not there".to_owned(),
        ),
        _ if is_loop(&error) => ("link-loop", "a link that leads back to itself".to_owned()),
        _ => system(error),
    }
}

/// `ELOOP` has no stable [`io::ErrorKind`] yet.
fn is_loop(error: &io::Error) -> bool {
    format!("{:?}", error.kind()).contains("Loop")
}

/// A path with `/` between its parts.
fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    match MAIN_SEPARATOR {
        '/' => text.into_owned(),
        other => text.replace(other, "/"),
    }
}

/// Whether a file in a folder is read, by its ending. A file named on the command line is
/// read whatever its ending.
fn is_page(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Kind::is_read_in_folders(&name)
}

/// The record and the files that SQLite keeps beside it.
fn own_files(record: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm", "-journal", ".corrections.jsonl"]
        .into_iter()
        .filter_map(|ending| canonical(&beside(record, ending)))
        .collect()
}

/// The file or folder beside another, named as that one with an ending behind it.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The path without links, also of a file that does not exist yet.
fn canonical(path: &Path) -> Option<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Some(path);
    }
    let parent = match path.parent()? {
        empty if empty.as_os_str().is_empty() => Path::new("."),
        parent => parent,
    };
    Some(parent.canonicalize().ok()?.join(path.file_name()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uris(inputs: &Inputs, root: &Path) -> Vec<String> {
        let root = format!("{}/", slashes(root));
        inputs
            .sources
            .iter()
            .map(|s| s.uri.replace(&root, ""))
            .collect()
    }

    #[test]
    fn folders_are_read_in_order_and_hidden_files_left() -> Result<()> {
        let root = tempfile::tempdir()?;
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("b/.git"))?;
        for name in [
            "b/2.txt",
            "b/1.HTML.gz",
            "a.txt",
            ".hidden.txt",
            "b/.git/x.txt",
            "c.png",
            "gz",
            "r.json",
        ] {
            fs::write(at(name), "x")?;
        }
        let inputs = expand(&[root.path().to_owned()], &at("r.json"))?;
        assert_eq!(
            uris(&inputs, root.path()),
            ["a.txt", "b/1.HTML.gz", "b/2.txt"]
        );
        assert_eq!(
            inputs.left_out.into_iter().collect::<Vec<_>>(),
            [(".png".into(), 1), ("no ending".into(), 1)]
        );
        Ok(())
    }

    #[test]
    fn patterns_are_expanded_and_what_is_missing_is_noted() -> Result<()> {
        let root = tempfile::tempdir()?;
        fs::write(root.path().join("2.txt"), "x")?;
        fs::write(root.path().join("1.dat"), "x")?;
        let named = ["?.*", "1.dat", "none*", "gone.txt"].map(|name| root.path().join(name));
        let inputs = expand(&named, Path::new("r.db"))?;
        assert_eq!(
            uris(&inputs, root.path()),
            ["1.dat", "2.txt", "none*", "gone.txt"]
        );
        assert!(matches!(inputs.sources[2].place, Place::Nowhere(_)));
        Ok(())
    }
}
