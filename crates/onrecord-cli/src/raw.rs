//! The raw pages of a record, found again.

use std::path::{Path, PathBuf};

use onrecord_model::{Note, RawPage};

use crate::input::{self, Limits, Place, Source};

/// No page of a record is longer than this.
const LIMITS: Limits = Limits {
    page_bytes: 1 << 30,
};

/// Where raw pages may lie.
#[derive(Debug)]
pub struct RawPages {
    beside: PathBuf,
    other: Option<PathBuf>,
    open: Option<Open>,
}

/// A JSONL file that is being read.
struct Open {
    path: PathBuf,
    lines: Box<dyn Iterator<Item = Result<RawPage, Note>> + Send>,
    /// The last line that was asked for.
    passed: usize,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.path.display(), self.passed)
    }
}

impl RawPages {
    /// The pages of the record at `record`, which may also lie in `folder`.
    pub fn of(record: &Path, folder: Option<&Path>) -> RawPages {
        let beside = record.parent().unwrap_or(Path::new("")).to_owned();
        RawPages {
            beside,
            other: folder.map(Path::to_owned),
            open: None,
        }
    }

    /// The page at `uri`: below the working directory, the record's folder, or the folder
    /// given, there also under the last parts of its path only. `None` if no file is there.
    ///
    /// Lines of a JSONL file are quickest to have in their order.
    pub fn read(&mut self, uri: &str) -> Option<Result<RawPage, Note>> {
        let (file, line) = split(uri);
        let path = self.find(file)?;
        match line {
            None => Some(input::load(
                &Source {
                    uri: uri.to_owned(),
                    place: Place::File(path),
                },
                LIMITS,
            )),
            Some(line) => self.line(path, file, line),
        }
    }

    fn find(&self, file: &str) -> Option<PathBuf> {
        let mut places = vec![PathBuf::from(file), self.beside.join(file)];
        if let Some(folder) = &self.other {
            let mut rest = file;
            places.push(folder.join(rest.trim_start_matches('/')));
            while let Some((_, after)) = rest.split_once('/') {
                rest = after;
                places.push(folder.join(rest));
            }
        }
        places.into_iter().find(|path| path.is_file())
    }

    fn line(&mut self, path: PathBuf, file: &str, line: usize) -> Option<Result<RawPage, Note>> {
        if self
            .open
            .as_ref()
            .is_none_or(|open| open.path != path || open.passed >= line)
        {
            let lines = match input::lines_of(file, &path) {
                Ok(lines) => lines,
                Err(note) => return Some(Err(note)),
            };
            self.open = Some(Open {
                path,
                lines,
                passed: 0,
            });
        }
        let open = self.open.as_mut()?;
        let (uri, place) = (format!("{file}#L{line}"), format!("{file} line {line}"));
        loop {
            let next = open.lines.next()?;
            let found = match &next {
                Ok(page) => page.uri == uri,
                Err(note) => note.place == place,
            };
            if found {
                open.passed = line;
                return Some(next);
            }
        }
    }
}

/// The file of a page's address, and its line there.
pub fn split(uri: &str) -> (&str, Option<usize>) {
    let line = || {
        let (file, line) = uri.rsplit_once("#L")?;
        Some((file, Some(line.parse().ok()?)))
    };
    line().unwrap_or((uri, None))
}
