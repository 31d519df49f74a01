//! PDF: the text that pages of print carry, put back into lines, columns and paragraphs.
//!
//! Words that were cut at the end of a line are joined. Running heads and page numbers stay
//! where they stand: whoever reads the text knows them by their repetition. A scan without
//! text is a note; there is no recognition of letters here.

mod fonts;
mod guard;
mod layout;
mod paragraphs;
mod show;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use onrecord_model::{Declared, Note};

use crate::limits::Limits;
use crate::open::Text;

/// More pages than any file of news has.
const PAGES: usize = 20_000;
/// Objects may lie in each other deeper than a thread of the usual size has room for.
const STACK: usize = 256 << 20;

/// The text of a PDF file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Text, Note> {
    guard::check(bytes, limits)?;
    std::thread::scope(|scope| {
        let work = std::thread::Builder::new().stack_size(STACK);
        let thread = work.spawn_scoped(scope, || text(bytes, limits));
        let thread = thread.map_err(|error| {
            Note::unread(
                "unreadable",
                "",
                format!("no thread to read it on: {error}"),
            )
        })?;
        thread.join().unwrap_or_else(|_| {
            let text = "the reader failed on this PDF file; please report it";
            Err(Note::unread("failed", "", text))
        })
    })
}

fn text(bytes: &[u8], limits: &Limits) -> Result<Text, Note> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Note::unread(
            "encrypted",
            "",
            "it is locked with a password; save it without",
        ),
        LoadPdfError::Decryption(_) => Note::unread(
            "encrypted",
            "",
            "it is locked in a way that cannot be read; save it without",
        ),
        LoadPdfError::Invalid => Note::unread(
            "broken-pdf",
            "",
            "it cannot be read as PDF: damaged or cut off",
        ),
    })?;
    let mut out = String::new();
    let mut fonts = fonts::Fonts::default();
    let (mut unknown, mut known, mut silent) = (0_usize, 0_usize, 0_usize);
    let mut notes = Vec::new();
    let mut pages = 0;
    for page in pdf.pages().iter().take(PAGES) {
        pages += 1;
        let shown = show::page(page, &mut fonts);
        unknown += shown.unknown;
        known += shown.known;
        silent += usize::from(shown.runs.is_empty());
        let text = layout::text(shown.runs);
        if !text.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&text);
        }
        if out.len() as u64 > limits.page_bytes {
            break;
        }
    }
    if pages == 0 {
        return Err(Note::unread(
            "broken-pdf",
            "",
            "it has no pages that can be read: damaged or cut off",
        ));
    }
    if unknown > known {
        let text = "its letters have no meaning but their shape (no map to Unicode): print it to PDF anew, \
                    or run a text recognition over it";
        return Err(Note::unread("no-text", "", text));
    }
    if out.trim().is_empty() {
        let text =
            "it has no text, only pictures of it: run a text recognition (OCR) over it first";
        return Err(Note::unread("no-text", "", text));
    }
    if silent > 0 {
        let text = format!("{silent} of {pages} pages have no text, perhaps only pictures of it");
        notes.push(Note::info("pages-without-text", "", text));
    }
    if unknown > 0 {
        let text = format!("{unknown} signs have no meaning but their shape and were left out");
        notes.push(Note::partly("unknown-signs", "", text));
    }
    let text = paragraphs::mended(&out);
    let declared = declared(&pdf, &text);
    Ok(Text {
        text,
        declared,
        notes,
    })
}

/// Title and author, where the first lines bear them out.
fn declared(pdf: &Pdf, text: &str) -> Declared {
    let first: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    let said = |bytes: &Option<Vec<u8>>| {
        let text = string(bytes.as_deref()?);
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let metadata = pdf.metadata();
    let title = said(&metadata.title).filter(|title| first.contains(&title.as_str()));
    let author = said(&metadata.author).filter(|author| {
        author.contains(' ') && first.iter().any(|line| line.contains(author.as_str()))
    });
    Declared {
        title,
        authors: author.into_iter().collect(),
        ..Declared::default()
    }
}

/// A string of the file's description: UTF-16, UTF-8 or Latin.
fn string(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        bytes if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    };
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}
