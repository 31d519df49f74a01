//! WARC: what a crawler saw, one record after the other; packed or not.
//!
//! The pages are the payloads of `response`, `resource` and `conversion` records that are
//! text, HTML or PDF. A page's place is `B` and the byte at which its record begins in the
//! file as it lies; in a packed file where its gzip member begins, and after `+` how many
//! unpacked bytes of that member come before it. `WARC-Date` is when the crawler came by,
//! not when the page was published, so it is not handed on.

mod head;
mod http;
mod reader;
mod record;
mod signs;

use onrecord_model::{Note, RawPage};

use crate::Pages;
use crate::open::{Ctx, LeftOut};
use crate::source::{Input, ReadSeek};
use crate::trouble;
use reader::{Broken, Place, Reader};
use record::Found;

/// The pages of a WARC file.
pub(crate) fn pages(ctx: Ctx, source: Box<dyn ReadSeek + Send>) -> Pages {
    match Reader::new(source, *ctx.limits()) {
        Ok(reader) => Box::new(Records {
            ctx,
            reader,
            count: 0,
            left_out: LeftOut::default(),
            over: false,
        }),
        Err(error) => crate::open::once(Err(trouble::unread(ctx.uri, &error))),
    }
}

/// The page of the record at a place.
pub(crate) fn page_at(ctx: &Ctx, place: &str, input: Input) -> Option<Result<RawPage, Note>> {
    let (place, rest) = crate::place::first(place);
    if rest.is_some() {
        return None;
    }
    let place = Place::parse(place)?;
    let source = match input.seekable(ctx.limits().document_bytes) {
        Ok(source) => source?,
        Err(error) => return Some(Err(trouble::unread(ctx.uri.clone(), &error))),
    };
    let found = Reader::new(source, *ctx.limits()).and_then(|mut reader| {
        reader.go(place)?;
        Ok(reader)
    });
    let mut reader = match found {
        Ok(reader) => reader,
        Err(_) => return None,
    };
    match record::next(ctx, &mut reader) {
        Ok(Found::Page(page)) => Some(Ok(*page)),
        Ok(_) => None,
        Err(broken) => Some(Err(note(ctx, place, None, &broken))),
    }
}

struct Records {
    ctx: Ctx,
    reader: Reader,
    count: u64,
    left_out: LeftOut,
    over: bool,
}

impl Iterator for Records {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        while !self.over {
            match self.reader.find_record() {
                Ok(true) => {}
                Ok(false) => break,
                Err(broken) => {
                    self.count += 1;
                    return Some(Err(self.after(broken)));
                }
            }
            self.count += 1;
            match record::next(&self.ctx, &mut self.reader) {
                Ok(Found::Page(page)) => return Some(Ok(*page)),
                Ok(Found::LeftOut(what)) => self.left_out.add(&what),
                Ok(Found::NoPage) => {}
                Err(broken) => return Some(Err(self.after(broken))),
            }
        }
        self.over = true;
        let what = "records left out that are no pages";
        self.left_out.note(&self.ctx.uri, what).map(Err)
    }
}

impl Records {
    /// Goes on behind a broken record; gives the note about it.
    fn after(&mut self, broken: Broken) -> Note {
        let place = self.reader.place();
        let note = note(&self.ctx, place, Some(self.count), &broken);
        match self.reader.resume(&broken) {
            Ok(true) => note,
            Ok(false) => {
                self.over = true;
                note
            }
            Err(error) => {
                self.over = true;
                let (_, text) = trouble::words(&error);
                Note {
                    text: format!("{}; the rest of the file was not read: {text}", note.text),
                    ..note
                }
            }
        }
    }
}

fn note(ctx: &Ctx, place: Place, count: Option<u64>, broken: &Broken) -> Note {
    let (code, text) = match broken {
        Broken::Record(text) => ("broken-record", text.clone()),
        Broken::TooLarge(most) => ("too-large", format!("longer than {most} bytes")),
        Broken::Data(error) => {
            let (code, text) = trouble::words(error);
            (code, text)
        }
    };
    let text = match count {
        Some(count) => format!("record {count} was not read: {text}"),
        None => format!("the record was not read: {text}"),
    };
    Note::unread(code, ctx.at(&place.to_string()), text)
}
