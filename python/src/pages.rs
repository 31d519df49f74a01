//! The pages in a batch of Arrow: files with their bytes, places of files, or rows of a table.

use std::fs::File;
use std::io::Cursor;

use arrow_array::RecordBatch;
use arrow_schema::DataType;
use onrecord::model::{Note, RawPage};
use onrecord_formats::{FieldMap, Options, Pages, kind_of, page_at, page_of_row, pages};
use pyo3::PyResult;
use pyo3::exceptions::PyValueError;
use serde_json::Map;

use crate::cells::{bytes, column, needed, number, text, value};

/// What the rows of a batch are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `content` holds the bytes of a file of any format.
    Files,
    /// `path` names a file that can be opened here, `place` a page in it or nothing.
    Places,
    /// A page a row, as in a table that a scraper wrote.
    Rows,
}

/// The rows of a batch, each with its pages.
#[derive(Debug)]
pub struct Pieces<'a> {
    batch: &'a RecordBatch,
    form: Form,
}

/// A page with its number in its file: from 1, or 0 where the file is one page.
pub type Numbered = (i64, Result<RawPage, Note>);

impl<'a> Pieces<'a> {
    pub fn of(batch: &'a RecordBatch) -> PyResult<Pieces<'a>> {
        let is_binary = |name: &str| {
            column(batch, name).is_some_and(|array| {
                let binary = [
                    DataType::Binary,
                    DataType::LargeBinary,
                    DataType::BinaryView,
                ];
                binary.contains(array.data_type())
            })
        };
        let fields = FieldMap::default();
        let schema = batch.schema();
        let mut names = schema.fields().iter().map(|field| field.name().as_str());
        let form = if is_binary("content") {
            Form::Files
        } else if names.any(|name| fields.holds_text(name)) {
            Form::Rows
        } else if column(batch, "path").is_some() {
            Form::Places
        } else {
            return Err(PyValueError::new_err(
                "a batch of pages has the columns `uri` and `content` (the bytes of a file), or \
                 `uri` and `html` or `text` (and `title`, `authors`, `publisher`, `published`, \
                 `url`, `language` where there are), or `path` and `place`",
            ));
        };
        Ok(Pieces { batch, form })
    }

    /// The address of the row's page or file.
    fn uri(&self, row: usize) -> PyResult<String> {
        let named = match column(self.batch, "uri") {
            Some(column) => text(column, row)?,
            None => text(needed(self.batch, "path")?, row)?,
        };
        let missing = || PyValueError::new_err(format!("row {row} of the batch has no uri"));
        Ok(named.ok_or_else(missing)?.to_owned())
    }

    /// The row's pages, one after the other.
    pub fn pages(&self, row: usize) -> PyResult<Box<dyn Iterator<Item = Numbered> + Send>> {
        let uri = self.uri(row)?;
        let options = Options::default();
        match self.form {
            Form::Files => {
                let content = bytes(needed(self.batch, "content")?, row)?.unwrap_or_default();
                Ok(all(uri, Cursor::new(content.to_vec())))
            }
            Form::Places => {
                let path = text(needed(self.batch, "path")?, row)?
                    .unwrap_or(&uri)
                    .to_owned();
                let place = match column(self.batch, "place") {
                    Some(column) => text(column, row)?,
                    None => None,
                };
                let Some(place) = place else {
                    return Ok(match open(&path, &uri) {
                        Ok(file) => all(uri, file),
                        Err(note) => one(0, Err(note)),
                    });
                };
                let at = number(needed(self.batch, "number")?, row)?.unwrap_or_default();
                let ending = format!("#{place}");
                let place = place.to_owned();
                // Gone to when it is asked for, which may take long.
                Ok(Box::new(std::iter::once_with(move || {
                    let file_uri = uri.strip_suffix(&ending).unwrap_or(&uri);
                    let found = open(&path, &uri).and_then(|mut file| {
                        let kind =
                            kind_of(file_uri, &mut file).map_err(|e| unreadable(&uri, &e))?;
                        page_at(kind, file_uri, &place, file, &options).unwrap_or_else(|| {
                            Err(Note::unread(
                                "gone",
                                uri.as_str(),
                                "the file has no such page",
                            ))
                        })
                    });
                    (at, found)
                })))
            }
            Form::Rows => {
                let mut object = Map::new();
                let fields = FieldMap::default();
                let schema = self.batch.schema();
                for (field, cells) in schema.fields().iter().zip(self.batch.columns()) {
                    // Its own address is not the page's on the web.
                    if fields.knows(field.name()) && field.name() != "uri" {
                        object.insert(field.name().clone(), value(cells, row)?);
                    }
                }
                Ok(one(0, page_of_row(&uri, &object, &fields)))
            }
        }
    }
}

/// The pages of a file, numbered.
pub fn all(
    uri: String,
    mut file: impl onrecord_formats::ReadSeek + Send + 'static,
) -> Box<dyn Iterator<Item = Numbered> + Send> {
    let kind = match kind_of(&uri, &mut file) {
        Ok(kind) => kind,
        Err(error) => return one(0, Err(unreadable(&uri, &error))),
    };
    let first = i64::from(!kind.is_one_page());
    let found: Pages = pages(kind, &uri, file, &Options::default());
    Box::new((first..).zip(found))
}

/// Opens a file.
pub fn open(path: &str, uri: &str) -> Result<File, Note> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(uri, &error))?;
    if !about.is_file() {
        return Err(Note::unread("not-a-file", uri, "no regular file"));
    }
    File::open(path).map_err(|error| unreadable(uri, &error))
}

fn unreadable(uri: &str, error: &std::io::Error) -> Note {
    Note::unread("unreadable", uri, format!("cannot be read ({error})"))
}

fn one(number: i64, page: Result<RawPage, Note>) -> Box<dyn Iterator<Item = Numbered> + Send> {
    Box::new(std::iter::once((number, page)))
}
