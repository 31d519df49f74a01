//! A file of any kind, opened.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use onrecord_model::{Declared, Note, RawPage, sha256_hex};

use crate::fields::FieldMap;
use crate::guard::{Guarded, caught};
use crate::kind::Kind;
use crate::limits::Limits;
use crate::source::Input;
use crate::{Pages, gzip, jsonl, trouble};

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How much is read.
    pub limits: Limits,
    /// What the fields of tables and JSON are called, beside the names that are known.
    pub fields: FieldMap,
}

/// Where a reader stands: the file, and the places in it so far.
#[derive(Clone)]
pub(crate) struct Ctx {
    /// The address of the file that is read.
    pub uri: String,
    pub options: Arc<Options>,
    depth: usize,
}

impl Ctx {
    fn new(uri: &str, options: &Options) -> Ctx {
        Ctx {
            uri: uri.to_owned(),
            options: Arc::new(options.clone()),
            depth: 0,
        }
    }

    pub fn limits(&self) -> &Limits {
        &self.options.limits
    }

    /// The address of a place in the file.
    pub fn at(&self, place: &str) -> String {
        format!("{}#{place}", self.uri)
    }

    /// The same for a member that is a file itself.
    pub fn inside(&self, place: &str) -> Ctx {
        Ctx {
            uri: self.at(place),
            options: self.options.clone(),
            depth: self.depth + 1,
        }
    }
}

/// What kind a file is, by its first bytes (unpacked, if it is gzip) and its name; the
/// source stands at its beginning again.
///
/// # Errors
/// If the source cannot be read.
pub fn kind_of(name: &str, mut source: impl Read + Seek) -> io::Result<Kind> {
    source.rewind()?;
    let mut head = Vec::new();
    (&mut source)
        .take(Kind::HEAD as u64)
        .read_to_end(&mut head)?;
    if head.starts_with(&gzip::MAGIC) {
        head = unpacked_head(&head);
    }
    source.rewind()?;
    Ok(Kind::of(name, &head))
}

/// As much of a gzip file as its first bytes hold.
fn unpacked_head(packed: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    let mut unpacked = flate2::read::MultiGzDecoder::new(packed).take(Kind::HEAD as u64);
    // What can be unpacked is enough.
    let _ = unpacked.read_to_end(&mut head);
    head
}

/// The pages of a file that is named `uri`, gzip or not.
///
/// A file of one page gives one page or one note. See the crate's page for what the others
/// give.
pub fn pages(
    kind: Kind,
    uri: &str,
    source: impl Read + Seek + Send + 'static,
    options: &Options,
) -> Pages {
    guarded(kind, Ctx::new(uri, options), Input::Seek(Box::new(source)))
}

/// The page at a place of a file: what stands after the `#` of its address, or nothing for
/// the file's own page. `None` if there is no such place.
///
/// In WARC, mbox, ZIP and TAR files the place is gone to; other files are read up to it.
pub fn page_at(
    kind: Kind,
    uri: &str,
    place: &str,
    source: impl Read + Seek + Send + 'static,
    options: &Options,
) -> Option<Result<RawPage, Note>> {
    let ctx = Ctx::new(uri, options);
    at(kind, ctx, place, Input::Seek(Box::new(source)))
}

/// [`page_at`], of a file or a member.
pub(crate) fn at(kind: Kind, ctx: Ctx, place: &str, input: Input) -> Option<Result<RawPage, Note>> {
    let uri = match place {
        "" => ctx.uri.clone(),
        place => ctx.at(place),
    };
    let found = caught(&uri, || {
        Ok(match kind {
            Kind::Warc => crate::warc::page_at(&ctx, place, input),
            Kind::Mbox => crate::mbox::page_at(&ctx, place, input),
            Kind::Zip => crate::zip::page_at(&ctx, place, input),
            Kind::Tar => crate::tar::page_at(&ctx, place, input),
            _ => {
                let line = place
                    .strip_prefix('L')
                    .map(|n| format!("{} line {n}", ctx.uri));
                open(kind, ctx, input).find(|next| match next {
                    Ok(page) => page.uri == uri,
                    Err(note) => note.place == uri || line.as_ref() == Some(&note.place),
                })
            }
        })
    });
    found.unwrap_or_else(|note| Some(Err(note)))
}

fn guarded(kind: Kind, ctx: Ctx, input: Input) -> Pages {
    let place = ctx.uri.clone();
    let pages = caught(&place, || Ok(open(kind, ctx, input)));
    match pages {
        Ok(pages) => Box::new(Guarded {
            place,
            pages: Some(pages),
        }),
        Err(note) => once(Err(note)),
    }
}

/// One page, or one note.
pub(crate) fn once(one: Result<RawPage, Note>) -> Pages {
    Box::new(std::iter::once(one))
}

fn open(kind: Kind, ctx: Ctx, input: Input) -> Pages {
    let most = ctx.limits().document_bytes;
    let input = match input.head(gzip::MAGIC.len()) {
        Ok((head, input)) if head == gzip::MAGIC && kind != Kind::Warc => {
            gzip::unpack(input, ctx.limits())
        }
        Ok((_, input)) => input,
        Err(error) => return once(Err(trouble::unread(ctx.uri, &error))),
    };
    match kind {
        Kind::Page => once(page(&ctx, input)),
        Kind::Jsonl => Box::new(jsonl::with_fields(&ctx, input.buffered())),
        Kind::Csv | Kind::Tsv => crate::csv::pages(ctx, input, kind),
        Kind::Mbox => crate::mbox::pages(ctx, input),
        Kind::Tar => crate::tar::pages(ctx, input),
        Kind::Warc => seekable(ctx, input, crate::warc::pages),
        Kind::Zip => seekable(ctx, input, crate::zip::pages),
        Kind::Xlsx => seekable(ctx, input, crate::xlsx::pages),
        Kind::Parquet => seekable(ctx, input, crate::parquet::pages),
        Kind::Feed => whole(&ctx, input, most, crate::feed::pages),
        Kind::Mail => whole(&ctx, input, most, crate::mail::pages),
        Kind::Mhtml => whole(&ctx, input, most, |ctx, bytes| {
            once(crate::mail::web_page(ctx, &bytes))
        }),
        Kind::Docx => document(&ctx, input, crate::docx::read),
        Kind::Odt => document(&ctx, input, crate::odt::read),
        Kind::Rtf => document(&ctx, input, crate::rtf::read),
        Kind::Pdf => document(&ctx, input, crate::pdf::read),
    }
}

fn seekable(
    ctx: Ctx,
    input: Input,
    pages: impl FnOnce(Ctx, Box<dyn crate::ReadSeek + Send>) -> Pages,
) -> Pages {
    let most = ctx.limits().document_bytes;
    match input.seekable(most) {
        Ok(Some(source)) => pages(ctx, source),
        Ok(None) => once(Err(trouble::too_large(ctx.uri, most))),
        Err(error) => once(Err(trouble::unread(ctx.uri, &error))),
    }
}

fn whole(ctx: &Ctx, input: Input, most: u64, pages: impl FnOnce(&Ctx, Vec<u8>) -> Pages) -> Pages {
    match input.bytes(most) {
        Ok(Some(bytes)) => pages(ctx, bytes),
        Ok(None) => once(Err(trouble::too_large(ctx.uri.clone(), most))),
        Err(error) => once(Err(trouble::unread(ctx.uri.clone(), &error))),
    }
}

/// The text of a document, and what it says of itself.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub text: String,
    pub declared: Declared,
    pub notes: Vec<Note>,
}

fn document(
    ctx: &Ctx,
    input: Input,
    read: impl FnOnce(&[u8], &Limits) -> Result<Text, Note>,
) -> Pages {
    whole(ctx, input, ctx.limits().document_bytes, |ctx, bytes| {
        let read = read(&bytes, ctx.limits()).map_err(|note| Note {
            place: ctx.uri.clone(),
            ..note
        });
        once(read.and_then(|found| {
            let most = ctx.limits().page_bytes;
            if found.text.len() as u64 > most {
                return Err(trouble::too_large(ctx.uri.clone(), most));
            }
            Ok(RawPage {
                uri: ctx.uri.clone(),
                sha256: sha256_hex(&bytes),
                bytes: found.text.into_bytes(),
                declared: Declared {
                    media_type: Some(onrecord_model::MediaType::Text),
                    charset: Some("utf-8".to_owned()),
                    ..found.declared
                },
                notes: found.notes,
            })
        }))
    })
}

/// A DOCX file whose name does not say so.
pub(crate) fn docx(ctx: &Ctx, input: Input) -> Pages {
    document(ctx, input, crate::docx::read)
}

fn page(ctx: &Ctx, input: Input) -> Result<RawPage, Note> {
    let most = ctx.limits().page_bytes;
    match input.bytes(most) {
        Ok(Some(bytes)) => Ok(page_of(ctx.uri.clone(), bytes, Declared::default())),
        Ok(None) => Err(trouble::too_large(ctx.uri.clone(), most)),
        Err(error) => Err(trouble::unread(ctx.uri.clone(), &error)),
    }
}

/// A page whose bytes are its identity.
pub(crate) fn page_of(uri: String, bytes: Vec<u8>, declared: Declared) -> RawPage {
    RawPage {
        uri,
        sha256: sha256_hex(&bytes),
        bytes,
        declared,
        notes: Vec::new(),
    }
}

/// Opens a member of a file as a file of its own; `name` tells its kind where its content
/// does not.
pub(crate) fn member(ctx: &Ctx, place: &str, name: &str, input: Input) -> Pages {
    match member_kind(ctx, place, name, input) {
        Ok((kind, ctx, input)) => open(kind, ctx, input),
        Err(note) => once(Err(note)),
    }
}

/// The page at a place of a member.
pub(crate) fn member_at(
    ctx: &Ctx,
    place: &str,
    name: &str,
    rest: Option<&str>,
    input: Input,
) -> Option<Result<RawPage, Note>> {
    match member_kind(ctx, place, name, input) {
        Ok((kind, ctx, input)) => at(kind, ctx, rest.unwrap_or_default(), input),
        Err(note) => Some(Err(note)),
    }
}

fn member_kind(
    ctx: &Ctx,
    place: &str,
    name: &str,
    input: Input,
) -> Result<(Kind, Ctx, Input), Note> {
    let inside = ctx.inside(place);
    let unread = |error| trouble::unread(inside.uri.clone(), &error);
    let (mut head, input) = input.head(Kind::HEAD).map_err(unread)?;
    if head.starts_with(&gzip::MAGIC) {
        head = unpacked_head(&head);
    }
    let kind = Kind::of(name, &head);
    if inside.depth > ctx.limits().depth && !kind.is_one_page() {
        let text = format!(
            "a {} file inside of {} others is not opened; unpack it",
            kind.name(),
            ctx.limits().depth
        );
        return Err(Note::unread("too-deep", inside.uri, text));
    }
    Ok((kind, inside, input))
}

/// Things left out on purpose, counted by what they are.
#[derive(Default)]
pub(crate) struct LeftOut(BTreeMap<String, u64>);

impl LeftOut {
    pub fn add(&mut self, what: &str) {
        // Names come from the file: a few kinds are told, the others together.
        let known = self.0.contains_key(what) || self.0.len() < 20;
        let what = if known { what } else { "others" };
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    /// One note for all of them.
    pub fn note(&mut self, uri: &str, what: &str) -> Option<Note> {
        let all = std::mem::take(&mut self.0);
        if all.is_empty() {
            return None;
        }
        let count: u64 = all.values().sum();
        let kinds: Vec<String> = all.iter().map(|(kind, n)| format!("{kind}: {n}")).collect();
        let text = format!("{what}: {count} ({})", kinds.join(", "));
        Some(Note::info("left-out", uri, text))
    }
}
