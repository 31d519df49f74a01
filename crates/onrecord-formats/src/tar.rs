//! TAR: many files one behind the other, as a rule packed as a whole.

use std::collections::BTreeSet;
use std::io::{self, Cursor, Read};

use onrecord_model::{Note, RawPage};

use crate::kind::Kind;
use crate::open::{Ctx, LeftOut, member, member_at};
use crate::source::{Input, Shared};
use crate::zip::{ending, is_hidden};
use crate::{Pages, gzip, place, trouble};

const BLOCK: u64 = 512;
/// Longer names are broken.
const LONGEST_NAME: u64 = 64 << 10;

/// The pages of a TAR file, member by member.
pub(crate) fn pages(ctx: Ctx, input: Input) -> Pages {
    Box::new(Members {
        blocks: Blocks::new(input),
        ctx,
        seen: BTreeSet::new(),
        left_out: LeftOut::default(),
        inner: None,
        count: 0,
        over: false,
    })
}

/// The page at a place of a TAR file.
pub(crate) fn page_at(ctx: &Ctx, place: &str, input: Input) -> Option<Result<RawPage, Note>> {
    let (first, rest) = place::first(place);
    let input = match input.head(gzip::MAGIC.len()) {
        Ok((head, input)) if head == gzip::MAGIC => gzip::unpack(input, ctx.limits()),
        Ok((_, input)) => input,
        Err(error) => return Some(Err(trouble::unread(ctx.uri.clone(), &error))),
    };
    let mut blocks = Blocks::new(input);
    loop {
        let (name, length) = blocks.head().ok()??;
        if place::escape(&name) != first {
            blocks.pass(length).ok()?;
            continue;
        }
        return match blocks.member(length, ctx.limits().document_bytes) {
            Ok(Some(input)) => member_at(ctx, first, &name, rest, input),
            Ok(None) => Some(Err(too_large(ctx, first))),
            Err(error) => Some(Err(trouble::unread(ctx.at(first), &error))),
        };
    }
}

fn too_large(ctx: &Ctx, place: &str) -> Note {
    let most = ctx.limits().document_bytes;
    let text = format!("longer than {most} bytes inside of packed data; unpack the file");
    Note::unread("too-large", ctx.at(place), text)
}

struct Members {
    ctx: Ctx,
    blocks: Blocks,
    seen: BTreeSet<String>,
    left_out: LeftOut,
    inner: Option<Pages>,
    count: usize,
    over: bool,
}

impl Iterator for Members {
    type Item = Result<RawPage, Note>;

    fn next(&mut self) -> Option<Result<RawPage, Note>> {
        loop {
            if let Some(next) = self.inner.as_mut().and_then(Iterator::next) {
                return Some(next);
            }
            self.inner = None;
            if self.over {
                let what = "members left out by their ending";
                return self.left_out.note(&self.ctx.uri, what).map(Err);
            }
            if let Err(note) = self.open_next() {
                return Some(Err(note));
            }
        }
    }
}

impl Members {
    fn open_next(&mut self) -> Result<(), Note> {
        let broken = |error: io::Error, at: u64, uri: &str| {
            let (_, text) = trouble::words(&error);
            Note::partly(
                "broken-tar",
                uri,
                format!("the rest of the file, from byte {at}, was not read: {text}"),
            )
        };
        let at = self.blocks.at;
        let head = self.blocks.head();
        let Some((name, length)) = head.map_err(|error| {
            self.over = true;
            broken(error, at, &self.ctx.uri)
        })?
        else {
            self.over = true;
            return Ok(());
        };
        self.count += 1;
        if self.count > self.ctx.limits().members {
            self.over = true;
            let text = format!(
                "it has more than {} members; the rest was not read",
                self.ctx.limits().members
            );
            return Err(Note::partly("too-many", self.ctx.uri.as_str(), text));
        }
        let place = place::escape(&name);
        let wanted = Kind::is_read_in_folders(&name);
        if wanted && self.seen.insert(name.clone()) {
            match self.blocks.member(length, self.ctx.limits().document_bytes) {
                Ok(Some(input)) => self.inner = Some(member(&self.ctx, &place, &name, input)),
                Ok(None) => return Err(too_large(&self.ctx, &place)),
                Err(error) => {
                    self.over = true;
                    return Err(trouble::unread(self.ctx.at(&place), &error));
                }
            }
            return Ok(());
        }
        if !wanted && !is_hidden(&name) {
            self.left_out.add(&ending(&name));
        }
        self.blocks.pass(length).map_err(|error| {
            self.over = true;
            broken(error, at, &self.ctx.uri)
        })?;
        if wanted {
            let text = "a member of this name stands in the file already; the first was read";
            return Err(Note::unread("same-name", self.ctx.at(&place), text));
        }
        Ok(())
    }
}

/// A TAR file, with or without a way back.
struct Blocks {
    source: Source,
    at: u64,
}

enum Source {
    Shared(Shared),
    Stream(Box<dyn Read + Send>),
}

impl Blocks {
    fn new(input: Input) -> Blocks {
        Blocks {
            source: match input {
                Input::Seek(source) => Source::Shared(Shared::new(source)),
                Input::Stream(source) => Source::Stream(source),
            },
            at: 0,
        }
    }

    /// Reads up to `most` bytes; fewer are there at the end only.
    fn take(&mut self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match &mut self.source {
            Source::Shared(shared) => shared.section(self.at, most).read_to_end(&mut bytes)?,
            Source::Stream(source) => source.take(most).read_to_end(&mut bytes)?,
        };
        self.at += bytes.len() as u64;
        Ok(bytes)
    }

    /// Name and length of the next file; heads that tell of names and of folders are read
    /// over.
    fn head(&mut self) -> io::Result<Option<(String, u64)>> {
        let mut long: Option<String> = None;
        let mut long_size: Option<u64> = None;
        loop {
            let block = self.take(BLOCK)?;
            if block.is_empty() || block.iter().all(|b| *b == 0) {
                // Blocks of zeros end the file.
                return Ok(None);
            }
            if (block.len() as u64) < BLOCK {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if !sum_is_right(&block) {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a head whose sum is wrong",
                ));
            }
            let length = number(&block[124..136]).ok_or(io::ErrorKind::InvalidData)?;
            match block[156] {
                b'L' => long = Some(text(&self.extra(length)?)),
                b'x' => {
                    let extra = self.extra(length)?;
                    long = pax(&extra, b"path").map(|name| text(&name)).or(long);
                    let size = pax(&extra, b"size");
                    long_size = size.and_then(|size| text(&size).parse().ok());
                }
                b'0' | 0 | b'7' => {
                    let name = long.take().unwrap_or_else(|| name(&block));
                    let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
                    return Ok(Some((name, long_size.unwrap_or(length))));
                }
                kind => {
                    // Links and devices have no bytes, whatever their head says.
                    if !matches!(kind, b'1'..=b'6') {
                        self.pass(length)?;
                    }
                    (long, long_size) = (None, None);
                }
            }
        }
    }

    fn extra(&mut self, length: u64) -> io::Result<Vec<u8>> {
        if length > LONGEST_NAME {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a name of absurd length",
            ));
        }
        let bytes = self.take(length)?;
        if (bytes.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.pad(length)?;
        Ok(bytes)
    }

    /// Passes over what fills the last block.
    fn pad(&mut self, length: u64) -> io::Result<()> {
        self.take((BLOCK - length % BLOCK) % BLOCK).map(|_| ())
    }

    fn pass(&mut self, length: u64) -> io::Result<()> {
        let whole = length
            .checked_next_multiple_of(BLOCK)
            .ok_or(io::ErrorKind::InvalidData)?;
        match &mut self.source {
            Source::Shared(shared) => {
                let end = self
                    .at
                    .checked_add(whole)
                    .ok_or(io::ErrorKind::InvalidData)?;
                if end - (whole - length) > shared.len()? {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                self.at = end;
            }
            Source::Stream(source) => {
                let passed = io::copy(&mut source.take(whole), &mut io::sink())?;
                self.at += passed;
                if passed < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        }
        Ok(())
    }

    /// The bytes of a member, or `None` if they are too many to be held.
    fn member(&mut self, length: u64, most: u64) -> io::Result<Option<Input>> {
        let start = self.at;
        if let Source::Shared(shared) = &self.source {
            let section = shared.section(start, length);
            self.pass(length)?;
            return Ok(Some(Input::Seek(Box::new(section))));
        }
        if length > most {
            self.pass(length)?;
            return Ok(None);
        }
        let bytes = self.take(length)?;
        if (bytes.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.pad(length)?;
        Ok(Some(Input::Seek(Box::new(Cursor::new(bytes)))))
    }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn name(block: &[u8]) -> String {
    let (name, prefix) = (text(&block[..100]), text(&block[345..500]));
    match &block[257..262] == b"ustar" && !prefix.is_empty() && block[263] == b'0' {
        true => format!("{prefix}/{name}"),
        false => name,
    }
}

/// A number in octal digits, or in bytes where these do not suffice.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let mut bytes = field[1..].iter();
        return bytes.try_fold(u64::from(field[0] & 0x7f), |sum: u64, byte| {
            sum.checked_mul(256)?.checked_add(u64::from(*byte))
        });
    }
    let digits = text(field);
    match digits.trim() {
        "" => Some(0),
        digits => u64::from_str_radix(digits, 8).ok(),
    }
}

fn sum_is_right(block: &[u8]) -> bool {
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| match (148..156).contains(&at) {
            true => u64::from(b' '),
            false => u64::from(*byte),
        })
        .sum();
    number(&block[148..156]) == Some(sum)
}

/// A value of a PAX head: lines of a length, a key and a value.
fn pax(bytes: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let blank = rest.iter().position(|b| *b == b' ')?;
        let length: usize = std::str::from_utf8(&rest[..blank]).ok()?.parse().ok()?;
        let line = rest.get(blank + 1..length)?;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if let Some(value) = line.strip_prefix(key).and_then(|l| l.strip_prefix(b"=")) {
            return Some(value.to_vec());
        }
        rest = &rest[length..];
    }
    None
}
