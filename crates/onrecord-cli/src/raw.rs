//! The raw pages of a record, found again.

use std::fs::File;
use std::path::{Path, PathBuf};

use onrecord_formats::{
    FieldMap, Kind, Limits, Options, Pages, Piece, kind_of, order, page_at, pages, split,
};
use onrecord_model::{Note, RawPage};
use onrecord_record::Record;

use crate::input::{self, Place, Source};

/// Where raw pages may lie.
#[derive(Debug)]
pub struct RawPages {
    beside: PathBuf,
    other: Option<PathBuf>,
    options: Options,
    open: Option<Open>,
}

/// A file of many pages that is being read.
struct Open {
    path: PathBuf,
    pages: Pages,
    /// The last page that was asked for.
    passed: Vec<Piece>,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{:?}", self.path.display(), self.passed)
    }
}

impl RawPages {
    /// The pages of the record at `record`, which may also lie in `folder`.
    pub fn of(record: &Path, folder: Option<&Path>) -> RawPages {
        let beside = record.parent().unwrap_or(Path::new("")).to_owned();
        let defaults = Options::default();
        RawPages {
            beside,
            other: folder.map(Path::to_owned),
            options: Options {
                // No page of a record is longer than this.
                limits: Limits {
                    page_bytes: 1 << 30,
                    ..defaults.limits
                },
                fields: fields_of(record),
            },
            open: None,
        }
    }

    /// The page at `uri`: below the working directory, the record's folder, or the folder
    /// given, there also under the last parts of its path only. `None` if no file is there.
    ///
    /// Pages of a file that holds many are quickest to have in their order.
    pub fn read(&mut self, uri: &str) -> Option<Result<RawPage, Note>> {
        let (file, place) = split(uri, |name| self.find(name).is_some());
        let path = self.find(file)?;
        match place {
            None => Some(input::load(
                &Source {
                    uri: uri.to_owned(),
                    place: Place::File(path),
                },
                &self.options,
            )),
            Some(place) => self.inside(path, file, place, uri),
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

    fn inside(
        &mut self,
        path: PathBuf,
        file: &str,
        place: &str,
        uri: &str,
    ) -> Option<Result<RawPage, Note>> {
        let opened = || -> std::io::Result<(Kind, File)> {
            let mut source = File::open(&path)?;
            Ok((kind_of(file, &mut source)?, source))
        };
        let (kind, source) = match opened() {
            Ok(opened) => opened,
            Err(error) => {
                let text = format!("cannot be read ({error})");
                return Some(Err(Note::unread("unreadable", file, text)));
            }
        };
        // Records and mails are gone to by their byte, members by their name.
        let direct = match kind {
            Kind::Warc | Kind::Mbox => true,
            Kind::Zip | Kind::Tar => place
                .rsplit_once('#')
                .is_none_or(|(_, last)| last.starts_with('B')),
            _ => false,
        };
        if direct {
            return page_at(kind, file, place, source, &self.options);
        }
        let wanted = order(uri);
        let goes_on = |open: &Open| open.path == path && open.passed < wanted;
        if !self.open.as_ref().is_some_and(goes_on) {
            self.open = Some(Open {
                path,
                pages: pages(kind, file, source, &self.options),
                passed: Vec::new(),
            });
        }
        let open = self.open.as_mut()?;
        let line = place.strip_prefix('L').map(|n| format!("{file} line {n}"));
        let found = open.pages.find(|next| match next {
            Ok(page) => page.uri == uri,
            Err(note) => note.place == uri || line.as_ref() == Some(&note.place),
        });
        match found {
            Some(_) => open.passed = wanted,
            // Members may lie in another order than their names: the next search begins anew.
            None => {
                self.open = None;
                let source = File::open(self.find(file)?).ok()?;
                return page_at(kind, file, place, source, &self.options);
            }
        }
        found
    }
}

/// What the fields of tables were called when the record was read last.
fn fields_of(record: &Path) -> FieldMap {
    let settings = || {
        let record = Record::open_read(record).ok()?;
        let sql = "select json_extract(settings, '$.fields') as fields from runs
                   where fields is not null order by started desc limit 1";
        let rows = record.sql(sql).ok()?;
        let fields = rows.first()?.get("fields")?.as_str()?.to_owned();
        FieldMap::from_json(&fields).ok()
    };
    settings().unwrap_or_default()
}
