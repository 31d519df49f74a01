//! ZIP: many files in one. WACZ is a ZIP file of WARC files, of which only these are read.

mod directory;

use std::io::{self, BufReader, Read};
use std::sync::Arc;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use onrecord_model::{Note, RawPage};

use crate::gzip::{Bomb, Capped, Counted};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::open::{Ctx, LeftOut, member, member_at, once};
use crate::source::{Input, ReadSeek, Shared};
use crate::{Pages, place, trouble};
pub(crate) use directory::{Directory, Entry};

/// Longer members that are not packed are read in their place.
const IN_PLACE: u64 = 16 << 20;

/// The pages of a ZIP file, member by member in the order of its directory.
pub(crate) fn pages(ctx: Ctx, source: Box<dyn ReadSeek + Send>) -> Pages {
    let shared = Shared::new(source);
    let directory = match Directory::read(&shared, ctx.limits()) {
        Ok(directory) => directory,
        Err(text) => return once(Err(Note::unread("broken-zip", ctx.uri, text))),
    };
    // A document whose name does not say so.
    let inside = |name: &str| directory.entries.iter().any(|entry| entry.name == name);
    let document = [
        ("word/document.xml", Kind::Docx),
        ("xl/workbook.xml", Kind::Xlsx),
    ];
    if let Some((_, kind)) = document.iter().find(|(name, _)| inside(name)) {
        let source: Box<dyn ReadSeek + Send> = Box::new(shared.section(0, u64::MAX >> 1));
        return match kind {
            Kind::Xlsx => crate::xlsx::pages(ctx, source),
            _ => crate::open::docx(&ctx, Input::Seek(source)),
        };
    }
    let archive = is_archive(&directory);
    let mut left_out = LeftOut::default();
    let mut notes: Vec<Note> = directory
        .trouble
        .clone()
        .into_iter()
        .map(|text| Note::partly("broken-zip", ctx.uri.as_str(), text))
        .collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut chosen = Vec::new();
    for entry in directory.entries {
        if entry.name.ends_with('/') || is_hidden(&entry.name) {
            continue;
        }
        let wanted = match archive {
            true => is_warc(&entry.name),
            false => Kind::is_read_in_folders(&entry.name),
        };
        if !wanted {
            if !archive {
                left_out.add(&ending(&entry.name));
            }
        } else if seen.insert(entry.name.clone()) {
            chosen.push(entry);
        } else {
            let text = "a member of this name stands in the file already; the first was read";
            let place = ctx.at(&place::escape(&entry.name));
            notes.push(Note::unread("same-name", place, text));
        }
    }
    let what = "members left out by their ending";
    notes.extend(left_out.note(&ctx.uri, what));
    let limits = *ctx.limits();
    let members = chosen.into_iter().flat_map(move |entry| {
        let place = place::escape(&entry.name);
        match entry.open(&shared, &limits) {
            Ok(input) => member(&ctx, &place, &entry.name, input),
            Err((code, text)) => once(Err(Note::unread(code, ctx.at(&place), text))),
        }
    });
    Box::new(members.chain(notes.into_iter().map(Err)))
}

/// The page at a place of a ZIP file.
pub(crate) fn page_at(ctx: &Ctx, place: &str, input: Input) -> Option<Result<RawPage, Note>> {
    let source = match input.seekable(ctx.limits().document_bytes) {
        Ok(source) => source?,
        Err(error) => return Some(Err(trouble::unread(ctx.uri.clone(), &error))),
    };
    let shared = Shared::new(source);
    let directory = Directory::read(&shared, ctx.limits()).ok()?;
    let (first, rest) = place::first(place);
    let mut entries = directory.entries.iter();
    let entry = entries.find(|entry| place::escape(&entry.name) == first)?;
    match entry.open(&shared, ctx.limits()) {
        Ok(input) => member_at(ctx, first, &entry.name, rest, input),
        Err((code, text)) => Some(Err(Note::unread(code, ctx.at(first), text))),
    }
}

fn is_archive(directory: &Directory) -> bool {
    let names = || directory.entries.iter().map(|entry| entry.name.as_str());
    names().any(|name| name == "datapackage.json") && names().any(is_warc)
}

fn is_warc(name: &str) -> bool {
    name.starts_with("archive/") && (name.ends_with(".warc") || name.ends_with(".warc.gz"))
}

/// Whether a name, or a folder on its way, begins with a dot, or is what macOS adds.
pub(crate) fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
}

/// What a member is counted as that is left out.
pub(crate) fn ending(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 12 => format!(".{}", ending.to_lowercase()),
        _ => "no ending".to_owned(),
    }
}

impl Entry {
    /// The member's bytes, to be unpacked as they are read.
    pub fn open(&self, shared: &Shared, limits: &Limits) -> Result<Input, (&'static str, String)> {
        if self.encrypted {
            return Err((
                "encrypted",
                "it is locked with a password; unpack it".to_owned(),
            ));
        }
        let start = self.start(shared).map_err(|text| ("broken-zip", text))?;
        let section = shared.section(start, self.packed);
        let stream: Box<dyn Read + Send> = match self.method {
            0 if self.unpacked > IN_PLACE => return Ok(Input::Seek(Box::new(section))),
            0 => Box::new(section),
            8 => {
                let counted = Counted::new(section);
                let count: Arc<_> = counted.count();
                let inflate = DeflateDecoder::new(BufReader::new(counted));
                Box::new(Capped::new(inflate, count, limits))
            }
            method => {
                let text = format!(
                    "it is packed by method {method}, which cannot be read; pack it by deflate"
                );
                return Err(("packed", text));
            }
        };
        Ok(Input::Stream(Box::new(Summed {
            inner: stream,
            crc: Crc::new(),
            expected: self.crc,
            length: self.unpacked,
        })))
    }

    /// All bytes of a small member, such as the parts of a document.
    pub fn bytes(&self, shared: &Shared, limits: &Limits, most: u64) -> Result<Vec<u8>, String> {
        let input = self.open(shared, limits).map_err(|(_, text)| text)?;
        match input.bytes(most) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(format!("longer than {most} bytes")),
            Err(error) if error.get_ref().is_some_and(|inner| inner.is::<Bomb>()) => {
                Err(error.to_string())
            }
            Err(error) => Err(trouble::words(&error).1),
        }
    }
}

/// Bytes that are checked at their end.
struct Summed {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    length: u64,
}

impl Read for Summed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.crc.update(&buffer[..got]);
        if got == 0 && !buffer.is_empty() {
            if u64::from(self.crc.amount()) != self.length & 0xffff_ffff {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "its length is another",
                ));
            }
            if self.crc.sum() != self.expected {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "its check sum is another",
                ));
            }
        }
        Ok(got)
    }
}
