//! Sources as a stream of pages.

use std::path::Path;

use onrecord_model::{Note, RawPage, sha256_hex};
use onrecord_pages::jsonl;

use super::unpack::{self, Limits, Trouble};
use super::{Place, Source, lines};

/// How much of a file is looked at to tell what it holds.
const HEAD: usize = 64 * 1024;

/// Names a page of the input: the number of its source, and that of its line in a JSONL
/// file from 1, or 0. The order of keys is the order of the input.
pub type Key = (usize, usize);

/// A page of the input, or why there is none.
#[derive(Debug)]
pub enum Fed<'a> {
    /// A whole file, not read yet: [`load`] does that, on a thread of the caller's choice.
    File(&'a Source),
    /// A line of a JSONL file.
    Line(RawPage),
    /// Something that cannot be read.
    Trouble(Note),
}

/// The pages of all sources, in order.
pub fn feed(sources: &[Source], limits: Limits) -> impl Iterator<Item = (Key, Fed<'_>)> + Send {
    sources
        .iter()
        .enumerate()
        .flat_map(move |(n, source)| of_source(n, source, limits))
}

type Pages<'a> = Box<dyn Iterator<Item = (Key, Fed<'a>)> + Send + 'a>;

fn of_source(n: usize, source: &Source, limits: Limits) -> Pages<'_> {
    let one = |fed| -> Pages<'_> { Box::new(std::iter::once(((n, 0), fed))) };
    let mut unpacked = match &source.place {
        Place::Nowhere(note) => return one(Fed::Trouble(note.clone())),
        place => match unpack::open(place) {
            Ok(unpacked) => unpacked,
            Err(trouble) => return one(Fed::Trouble(trouble.note(&source.uri))),
        },
    };
    let head = match unpacked.head(HEAD) {
        Ok(head) => head,
        Err(trouble) => return one(Fed::Trouble(trouble.note(&source.uri))),
    };
    if !lines::is_json_lines(&source.uri, &head) {
        return one(Fed::File(source));
    }
    let pages = jsonl::pages(&source.uri, unpacked.into_reader());
    Box::new(pages.enumerate().map(move |(line, page)| {
        let fed = match page {
            Ok(raw) if raw.bytes.len() as u64 > limits.page_bytes => {
                Fed::Trouble(Trouble::TooLarge(limits.page_bytes).note(&raw.uri))
            }
            Ok(raw) => Fed::Line(raw),
            Err(note) => Fed::Trouble(note),
        };
        ((n, line + 1), fed)
    }))
}

/// Reads a whole file as one page.
///
/// # Errors
/// A note, if it cannot be read within the limits.
pub fn load(source: &Source, limits: Limits) -> Result<RawPage, Note> {
    let bytes = unpack::open(&source.place)
        .and_then(|unpacked| unpacked.read_all(limits))
        .map_err(|trouble| trouble.note(&source.uri))?;
    Ok(RawPage {
        uri: source.uri.clone(),
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    })
}

/// Pages, or why they cannot be read.
pub type Lines = Box<dyn Iterator<Item = Result<RawPage, Note>> + Send>;

/// The pages of a JSONL file.
///
/// # Errors
/// A note, if it cannot be opened.
pub fn lines_of(uri: &str, path: &Path) -> Result<Lines, Note> {
    let unpacked =
        unpack::open(&Place::File(path.to_owned())).map_err(|trouble| trouble.note(uri))?;
    Ok(Box::new(jsonl::pages(uri, unpacked.into_reader())))
}
