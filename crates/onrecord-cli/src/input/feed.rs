//! Sources as a stream of pages.

use onrecord_formats::{Kind, Options, kind_of, pages};
use onrecord_model::{Note, RawPage, sha256_hex};

use super::unpack::{self, Trouble};
use super::{Place, Source};

/// Names a page of the input: the number of its source, and that of the page in a file of
/// many from 1, or 0. The order of keys is the order of the input.
pub type Key = (usize, usize);

/// A page of the input, or why there is none.
#[derive(Debug)]
pub enum Fed<'a> {
    /// A whole file, not read yet: [`load`] does that, on a thread of the caller's choice.
    File(&'a Source),
    /// A page of a file that holds many.
    Line(RawPage),
    /// Something that cannot be read.
    Trouble(Note),
}

/// The pages of all sources, in order.
pub fn feed<'a>(
    sources: &'a [Source],
    options: &'a Options,
) -> impl Iterator<Item = (Key, Fed<'a>)> + Send {
    sources
        .iter()
        .enumerate()
        .flat_map(move |(n, source)| of_source(n, source, options))
}

type Pages<'a> = Box<dyn Iterator<Item = (Key, Fed<'a>)> + Send + 'a>;

fn of_source<'a>(n: usize, source: &'a Source, options: &Options) -> Pages<'a> {
    let one = |fed| -> Pages<'a> { Box::new(std::iter::once(((n, 0), fed))) };
    if let Place::Nowhere(note) = &source.place {
        return one(Fed::Trouble(note.clone()));
    }
    let (kind, file) = match opened(source) {
        Ok(opened) => opened,
        Err(trouble) => return one(Fed::Trouble(trouble.note(&source.uri))),
    };
    if kind.is_one_page() {
        return one(Fed::File(source));
    }
    let pages = pages(kind, &source.uri, file, options);
    Box::new(pages.enumerate().map(move |(number, page)| {
        let fed = match page {
            Ok(raw) => Fed::Line(raw),
            Err(note) => Fed::Trouble(note),
        };
        ((n, number + 1), fed)
    }))
}

fn opened(source: &Source) -> Result<(Kind, std::fs::File), Trouble> {
    let mut file = unpack::file(&source.place)?;
    let kind = kind_of(&source.uri, &mut file).map_err(Trouble::System)?;
    Ok((kind, file))
}

/// Reads a whole file as one page.
///
/// # Errors
/// A note, if it cannot be read within the limits.
pub fn load(source: &Source, options: &Options) -> Result<RawPage, Note> {
    let trouble = |trouble: Trouble| trouble.note(&source.uri);
    let (kind, file) = opened(source).map_err(trouble)?;
    if kind != Kind::Page {
        let mut pages = pages(kind, &source.uri, file, options);
        let nothing = || Note::unread("empty", source.uri.as_str(), "the file has no page");
        return pages.next().unwrap_or_else(|| Err(nothing()));
    }
    let bytes = unpack::open(&source.place)
        .and_then(|unpacked| unpacked.read_all(options.limits))
        .map_err(trouble)?;
    Ok(RawPage {
        uri: source.uri.clone(),
        sha256: sha256_hex(&bytes),
        bytes,
        ..RawPage::default()
    })
}
