//! Lexicon files, built-in or a user's.

#![allow(clippy::disallowed_methods)] // the one crate that reads lexicon files

use std::{fs, path::Path};

use serde::de::DeserializeOwned;

use crate::LexiconError;

/// A lexicon file: where it lies and what it says.
#[derive(Clone, Debug)]
pub struct File {
    /// Path below the lexicon folder, with `/` (`actors/iraq.toml`).
    pub name: String,
    /// Path for messages.
    pub path: String,
    /// Its content.
    pub text: String,
}

const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// The rooms a folder may have. `names` is read by `onrecord-names` and stays as it is.
const ROOMS: [&str; 8] = [
    "actors", "places", "words", "pages", "speech", "events", "issues", "framing",
];

/// The files that are part of the binary, sorted by name.
pub fn built_in() -> Vec<File> {
    BUILT_IN
        .iter()
        .map(|(name, text)| File {
            name: (*name).to_owned(),
            path: format!("lexicon/{name}"),
            text: (*text).to_owned(),
        })
        .collect()
}

/// The `.toml` and `.tsv` files one folder deep in `folder`, sorted by name.
pub fn read_folder(folder: &Path) -> Result<Vec<File>, LexiconError> {
    let fail = |path: &Path, source| LexiconError::Read {
        path: path.display().to_string(),
        source,
    };
    let mut files = Vec::new();
    for room in sorted(folder).map_err(|e| fail(folder, e))? {
        if !room.is_dir() {
            continue;
        }
        for path in sorted(&room).map_err(|e| fail(&room, e))? {
            if !matches!(
                path.extension().and_then(|e| e.to_str()),
                Some("toml" | "tsv")
            ) {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(|e| fail(&path, e))?;
            let inside = path.strip_prefix(folder).unwrap_or(&path);
            let name: Vec<_> = inside
                .components()
                .map(|c| c.as_os_str().to_string_lossy())
                .collect();
            files.push(File {
                name: name.join("/"),
                path: path.display().to_string(),
                text,
            });
        }
    }
    Ok(files)
}

/// One file of the room `issues`, wherever it lies.
pub fn read_issue(path: &Path) -> Result<File, LexiconError> {
    let text = fs::read_to_string(path).map_err(|source| LexiconError::Read {
        path: path.display().to_string(),
        source,
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(File {
        name: format!("issues/{name}"),
        path: path.display().to_string(),
        text,
    })
}

fn sorted(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

/// Fails on a file in a folder that no reader reads: a misspelt folder name would
/// otherwise be passed over in silence.
pub fn check_names(files: &[File]) -> Result<(), LexiconError> {
    for file in files {
        let room = file.name.split('/').next().unwrap_or_default();
        let built_in = |(name, text): &(&str, &str)| file.name == *name && file.text == *text;
        if !ROOMS.contains(&room) && !BUILT_IN.iter().any(built_in) {
            return Err(LexiconError::Room {
                path: file.path.clone(),
                rooms: "actors, places, words, pages, speech, events, issues, framing",
            });
        }
    }
    Ok(())
}

/// The files of one folder, in order.
pub fn room<'a>(files: &'a [File], room: &str) -> Vec<&'a File> {
    files
        .iter()
        .filter(|f| f.name.split('/').next() == Some(room))
        .collect()
}

/// A hash over names and contents.
pub fn sha256(files: &[File]) -> String {
    let mut all = Vec::new();
    for file in files {
        all.extend_from_slice(file.name.as_bytes());
        all.push(0xff);
        all.extend_from_slice(file.text.as_bytes());
        all.push(0xff);
    }
    onrecord_model::sha256_hex(&all)
}

impl File {
    /// Parses the file as TOML into `T`.
    pub fn toml<T: DeserializeOwned>(&self) -> Result<T, LexiconError> {
        toml::from_str(&self.text).map_err(|error| LexiconError::Toml {
            path: self.path.clone(),
            message: error.to_string().trim_end().to_owned(),
        })
    }

    /// The rows of the file as TSV: line number and at least `least` columns, trimmed.
    /// Empty lines and lines that begin with `#` are passed over; missing columns up to
    /// `most` are empty.
    pub fn tsv(&self, least: usize, most: usize) -> Result<Vec<(usize, Vec<&str>)>, LexiconError> {
        let mut rows = Vec::new();
        for (at, line) in self.text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() < least || cells.len() > most {
                return Err(self.wrong(
                    at + 1,
                    format!(
                        "{} columns, expected {least} to {most}, tabs between them",
                        cells.len()
                    ),
                ));
            }
            cells.resize(most, "");
            rows.push((at + 1, cells));
        }
        Ok(rows)
    }

    /// The name without folder and ending: `iraq` of `actors/iraq.toml`.
    pub fn stem(&self) -> &str {
        let last = self.name.rsplit('/').next().unwrap_or(&self.name);
        last.rsplit_once('.').map_or(last, |(stem, _)| stem)
    }

    /// An error at a line of this file.
    pub fn wrong(&self, line: usize, message: impl Into<String>) -> LexiconError {
        LexiconError::Line {
            path: self.path.clone(),
            line,
            message: message.into(),
        }
    }

    /// The line on which `needle` first stands, for errors about a parsed entry.
    pub fn line_of(&self, needle: &str) -> usize {
        self.text
            .find(needle)
            .map_or(0, |at| self.text[..at].matches('\n').count() + 1)
    }
}
