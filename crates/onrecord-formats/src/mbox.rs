//! mbox: mails one behind the other, each under a line that begins with `From `.
//!
//! A mail's place is `B` and the byte (of the unpacked file) at which that line begins.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use onrecord_model::{Note, RawPage};

use crate::open::{Ctx, at, once};
use crate::source::{Buffered, Input};
use crate::{Kind, Pages, gzip, mail, place, trouble};

/// The longest line; longer ones are taken in pieces.
const LINE: u64 = 1 << 20;

/// The pages of an mbox file: each mail's text, and what is attached to it.
pub(crate) fn pages(ctx: Ctx, input: Input) -> Pages {
    let mails = Mails {
        most: ctx.limits().document_bytes,
        lines: input.buffered(),
        at: 0,
        kept: Vec::new(),
        over: false,
        blank: true,
    };
    Box::new(mails.flat_map(move |found| match found {
        Found::Mail(start, bytes) => mail::pages(&ctx.inside(&format!("B{start}")), bytes),
        Found::TooLarge(start) => {
            let most = ctx.limits().document_bytes;
            once(Err(trouble::too_large(ctx.at(&format!("B{start}")), most)))
        }
        Found::NoMail => {
            let text = "it does not begin with a line `From ...`: no mbox file, or one that lost its beginning";
            once(Err(Note::partly("broken-mbox", ctx.uri.as_str(), text)))
        }
        Found::Trouble(start, error) => {
            once(Err(trouble::broken_off(ctx.at(&format!("B{start}")), &error)))
        }
    }))
}

/// The page at a place of an mbox file.
pub(crate) fn page_at(ctx: &Ctx, place: &str, input: Input) -> Option<Result<RawPage, Note>> {
    let (first, rest) = place::first(place);
    let start: u64 = first.strip_prefix('B')?.parse().ok()?;
    let (head, input) = input.head(gzip::MAGIC.len()).ok()?;
    let lines = match input {
        input if head == gzip::MAGIC => {
            let mut unpacked = gzip::unpack(input, ctx.limits()).buffered();
            let passed = io::copy(&mut (&mut unpacked).take(start), &mut io::sink()).ok()?;
            (passed == start).then_some(unpacked)?
        }
        Input::Seek(mut source) => {
            source.seek(SeekFrom::Start(start)).ok()?;
            Input::Seek(source).buffered()
        }
        Input::Stream(source) => {
            let mut stream = Input::Stream(source).buffered();
            let passed = io::copy(&mut (&mut stream).take(start), &mut io::sink()).ok()?;
            (passed == start).then_some(stream)?
        }
    };
    let mut mails = Mails {
        most: ctx.limits().document_bytes,
        lines,
        at: start,
        kept: Vec::new(),
        over: false,
        blank: true,
    };
    match mails.next()? {
        Found::Mail(found, bytes) if found == start => {
            let inside = ctx.inside(first);
            at(
                Kind::Mail,
                inside,
                rest.unwrap_or_default(),
                Input::of_bytes(bytes),
            )
        }
        _ => None,
    }
}

enum Found {
    /// Where it begins, and its bytes.
    Mail(u64, Vec<u8>),
    TooLarge(u64),
    /// What stands before the first mail.
    NoMail,
    Trouble(u64, io::Error),
}

struct Mails {
    lines: Buffered,
    /// Bytes before the next line.
    at: u64,
    /// The line that begins the next mail, if it was read.
    kept: Vec<u8>,
    most: u64,
    over: bool,
    /// Whether the line before was blank.
    blank: bool,
}

impl Iterator for Mails {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if self.over {
            return None;
        }
        let start = self.at - self.kept.len() as u64;
        let begun = !std::mem::take(&mut self.kept).is_empty();
        let mut begun = begun;
        let mut mail: Vec<u8> = Vec::new();
        let mut length = 0_u64;
        let mut first = start;
        let mut whole_line = true;
        loop {
            let mut line = Vec::new();
            let read = (&mut self.lines).take(LINE).read_until(b'\n', &mut line);
            if let Err(error) = read {
                self.over = true;
                return Some(Found::Trouble(first, error));
            }
            if line.is_empty() {
                self.over = true;
                break;
            }
            let line_start = self.at;
            self.at += line.len() as u64;
            if whole_line && self.blank && is_from(&line) {
                if begun {
                    self.kept = line;
                    self.blank = false;
                    break;
                }
                if length > 0 && !mail.trim_ascii().is_empty() {
                    self.kept = line;
                    self.blank = false;
                    return Some(Found::NoMail);
                }
                begun = true;
                first = line_start;
                mail.clear();
                length = 0;
                self.blank = false;
                continue;
            }
            self.blank = matches!(line.as_slice(), b"\n" | b"\r\n") && whole_line;
            let text = match whole_line && is_quoted_from(&line) {
                true => &line[1..],
                false => &line[..],
            };
            whole_line = line.ends_with(b"\n");
            length += line.len() as u64;
            if length <= self.most {
                mail.extend_from_slice(text);
            }
        }
        if !begun {
            return (length > 0 && !mail.trim_ascii().is_empty()).then_some(Found::NoMail);
        }
        // The blank line before the next mail is not the mail's.
        if self.blank || !self.over {
            let cut = mail
                .strip_suffix(b"\r\n")
                .or_else(|| mail.strip_suffix(b"\n"));
            let length = cut.map_or(mail.len(), <[u8]>::len);
            mail.truncate(length);
        }
        Some(match length > self.most {
            true => Found::TooLarge(first),
            false => Found::Mail(first, mail),
        })
    }
}

/// `From ana@example.org Mon Feb  3 10:00:00 2020`: a year, and a time of day.
pub(crate) fn is_from(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let rest = String::from_utf8_lossy(&rest[..rest.len().min(400)]);
    let mut words = rest.split_whitespace();
    let time = words.clone().any(|word| {
        let bytes = word.as_bytes();
        bytes.len() >= 4 && bytes[0].is_ascii_digit() && word.contains(':')
    });
    let year = words.any(|word| {
        word.len() == 4
            && word.bytes().all(|b| b.is_ascii_digit())
            && ("1970".."2200").contains(&word)
    });
    time && year
}

/// `>From `, `>>From `: a line of the text that had to be told from the beginning of a mail.
fn is_quoted_from(line: &[u8]) -> bool {
    let signs = line.iter().take_while(|b| **b == b'>').count();
    signs > 0 && line[signs..].starts_with(b"From ")
}
