//! The bytes of a WARC file, from record to record, and onward behind a broken one.

use std::fmt;
use std::io::{self, BufRead, Read};

use super::signs::{SIGN, begins_record, find, record_in};
use crate::gzip::{self, Bomb, Member};
use crate::limits::Limits;
use crate::source::{ReadSeek, Tracked};

/// How much is unpacked at once.
const STEP: usize = 32 << 10;
/// So much of a packed record is kept.
const KEPT: usize = 32 << 20;
/// So many gzip signs in a row that begin no record, and the rest is given up.
const PROBES: u32 = 200_000;

/// Where a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The byte in the file: of the record, or of the gzip member it is in.
    pub byte: u64,
    /// Unpacked bytes of that member before the record.
    pub within: u64,
}

impl Place {
    pub fn parse(text: &str) -> Option<Place> {
        let digits = |text: &str| {
            let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        let text = text.strip_prefix('B')?;
        let (byte, within) = match text.split_once('+') {
            Some((byte, within)) => (digits(byte)?, digits(within)?),
            None => (digits(text)?, 0),
        };
        Some(Place { byte, within })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.within {
            0 => write!(f, "B{}", self.byte),
            within => write!(f, "B{}+{within}", self.byte),
        }
    }
}

/// Why a record cannot be read.
#[derive(Debug)]
pub(super) enum Broken {
    /// What the record says makes no sense.
    Record(String),
    /// It is longer than may be; it can be passed over.
    TooLarge(u64),
    /// Its bytes cannot be had.
    Data(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        Broken::Data(error)
    }
}

/// An error that comes again whenever the bytes behind it are asked for.
struct Failed {
    bomb: bool,
    kind: io::ErrorKind,
    text: String,
}

impl Failed {
    fn error(&self, limits: &Limits) -> io::Error {
        match self.bomb {
            true => io::Error::other(Bomb(limits.ratio)),
            false => io::Error::new(self.kind, self.text.clone()),
        }
    }
}

/// Reads records' bytes.
pub(super) struct Reader {
    source: Tracked,
    limits: Limits,
    /// Unpacking, if the file is gzip.
    member: Option<Member>,
    /// Unpacked bytes that were not taken yet, from `at` on.
    ready: Vec<u8>,
    at: usize,
    /// Where the member begins that is read, and how much of it was unpacked.
    member_start: u64,
    unpacked: u64,
    /// Where the member begins that the bytes at hand are of, if the next is begun already.
    record: Place,
    /// What was taken of the record, to be looked through if it is broken.
    kept: Vec<u8>,
    /// Whether more was taken than is kept.
    forgot: bool,
    /// What went wrong while the member was unpacked; it stays so.
    failed: Option<Failed>,
    /// How far the file was read for records that were then broken.
    wasted: u64,
    probes: u32,
}

impl Reader {
    pub fn new(source: Box<dyn ReadSeek + Send>, limits: Limits) -> io::Result<Reader> {
        let mut source = Tracked::new(source);
        let gzip = source.fill_buf()?.starts_with(&gzip::MAGIC[..2]);
        Ok(Reader {
            source,
            limits,
            member: gzip.then(Member::new),
            ready: Vec::new(),
            at: 0,
            member_start: 0,
            unpacked: 0,
            record: Place { byte: 0, within: 0 },
            kept: Vec::new(),
            forgot: false,
            failed: None,
            wasted: 0,
            probes: 0,
        })
    }

    /// Where the record begins that is read, or was read last.
    pub fn place(&self) -> Place {
        self.record
    }

    /// Goes to a place.
    pub fn go(&mut self, place: Place) -> io::Result<()> {
        self.source.go(place.byte)?;
        self.begin_member();
        if place.within > 0 {
            let passed = self.skip(place.within)?;
            if passed < place.within || self.member.is_none() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        self.record = place;
        Ok(())
    }

    fn begin_member(&mut self) {
        self.ready.clear();
        self.at = 0;
        self.member_start = self.source.at();
        self.unpacked = 0;
        self.failed = None;
        if let Some(member) = &mut self.member {
            member.reset();
        }
    }

    /// Goes to the next record, past blank lines. False at the end of the file.
    pub fn find_record(&mut self) -> Result<bool, Broken> {
        loop {
            self.mark();
            let bytes = match self.peek() {
                Ok(bytes) => bytes,
                Err(error) => {
                    self.mark();
                    return Err(error.into());
                }
            };
            let blank = bytes
                .iter()
                .take_while(|b| matches!(b, b'\r' | b'\n'))
                .count();
            match (bytes.len(), blank) {
                (0, _) => return Ok(false),
                (_, 0) => break,
                _ => self.take(blank),
            }
        }
        self.mark();
        Ok(true)
    }

    /// The record begins here.
    fn mark(&mut self) {
        self.kept.clear();
        self.forgot = false;
        self.record = match self.member {
            None => Place {
                byte: self.source.at(),
                within: 0,
            },
            Some(_) => Place {
                byte: self.member_start,
                within: self.unpacked - (self.ready.len() - self.at) as u64,
            },
        };
    }

    /// Bytes at hand: at least one, unless the file has ended.
    pub fn peek(&mut self) -> io::Result<&[u8]> {
        if self.member.is_none() {
            return self.source.fill_buf();
        }
        while self.at >= self.ready.len() {
            if !self.unpack()? {
                return Ok(&[]);
            }
        }
        Ok(&self.ready[self.at..])
    }

    /// Whether the member at hand has no more bytes, so that the next is of another one.
    pub fn at_member_end(&mut self) -> io::Result<bool> {
        if self.member.is_none() || self.at < self.ready.len() {
            return Ok(false);
        }
        let start = self.member_start;
        self.peek()?;
        Ok(self.member_start != start)
    }

    /// Whether the bytes at hand are the first of a gzip member.
    pub fn starts_member(&self) -> bool {
        self.member.is_some() && self.unpacked == (self.ready.len() - self.at) as u64
    }

    /// Unpacks more; false at the end of the file.
    fn unpack(&mut self) -> io::Result<bool> {
        if let Some(failed) = &self.failed {
            return Err(failed.error(&self.limits));
        }
        let more = self.unpack_step();
        if let Err(error) = &more {
            self.ready.clear();
            self.at = 0;
            self.failed = Some(Failed {
                bomb: error.get_ref().is_some_and(|inner| inner.is::<Bomb>()),
                kind: error.kind(),
                text: error.to_string(),
            });
        }
        more
    }

    fn unpack_step(&mut self) -> io::Result<bool> {
        let Some(member) = &mut self.member else {
            return Ok(false);
        };
        self.ready.resize(STEP, 0);
        self.at = 0;
        let got = member.read(&mut self.source, &mut self.ready);
        self.ready.truncate(*got.as_ref().unwrap_or(&0));
        let got = got?;
        self.unpacked += got as u64;
        if self.unpacked > self.limits.unpacked(self.source.at() - self.member_start) {
            return Err(io::Error::other(Bomb(self.limits.ratio)));
        }
        if got > 0 {
            return Ok(true);
        }
        if self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        self.begin_member();
        Ok(true)
    }

    /// Takes bytes that were at hand.
    pub fn take(&mut self, count: usize) {
        match self.member {
            None => self.source.consume(count),
            Some(_) => {
                let taken = &self.ready[self.at..self.at + count];
                match self.kept.len() + count <= KEPT {
                    true => self.kept.extend_from_slice(taken),
                    false => self.forgot = true,
                }
                self.at += count;
            }
        }
    }

    /// Passes over so many bytes; how many there were.
    pub fn skip(&mut self, mut count: u64) -> io::Result<u64> {
        let asked = count;
        while count > 0 {
            let at_hand = self.peek()?.len() as u64;
            if at_hand == 0 {
                break;
            }
            let step = at_hand.min(count);
            self.take(step as usize);
            count -= step;
        }
        Ok(asked - count)
    }

    /// Goes on behind a broken record: to the next gzip member, or what looks like
    /// the beginning of a record. False if there is none.
    pub fn resume(&mut self, broken: &Broken) -> io::Result<bool> {
        let damaged = matches!(broken, Broken::Data(_));
        // The packed data is whole: the next record may stand in the same member.
        if self.member.is_some() && !damaged && self.in_member()? {
            return Ok(true);
        }
        let end = self.source.at();
        self.wasted = self
            .wasted
            .saturating_add(end.saturating_sub(self.record.byte));
        if self.wasted > (64 << 20_u64).max(end.saturating_mul(8)) {
            return Err(io::Error::other("too much of it is broken"));
        }
        match self.member.is_some() {
            true => self.next_member(),
            false => self.next_sign(),
        }
    }

    /// Looks for a record further on in the same member.
    fn in_member(&mut self) -> io::Result<bool> {
        let start = self.record.byte;
        if self.member_start != start {
            return Ok(false);
        }
        let mut window = std::mem::take(&mut self.kept);
        if self.forgot {
            // The record is longer than what was kept of it.
            window.clear();
        }
        // The record's own sign is passed over.
        window.drain(..window.len().min(1));
        loop {
            window.extend_from_slice(&self.ready[self.at..]);
            (self.ready, self.at) = (Vec::new(), 0);
            if let Some(at) = record_in(&window) {
                self.ready = window.split_off(at);
                return Ok(true);
            }
            // A sign may be cut by the end of what is at hand: so much of it is kept.
            window.drain(..window.len().saturating_sub(64));
            match self.unpack() {
                Ok(true) if self.member_start == start => {}
                _ => return Ok(false),
            }
        }
    }

    /// Looks for the next gzip member that begins with a record.
    fn next_member(&mut self) -> io::Result<bool> {
        let mut from = self.record.byte.saturating_add(1);
        loop {
            self.source.go(from)?;
            let Some(at) = find(&mut self.source, &gzip::MAGIC)? else {
                return Ok(false);
            };
            self.probes += 1;
            if self.probes > PROBES {
                return Err(io::Error::other("too much of it is broken"));
            }
            self.source.go(at)?;
            let mut member = Member::new();
            let mut first = [0; SIGN.len()];
            let mut got = 0;
            while got < first.len() {
                match member.read(&mut self.source, &mut first[got..]) {
                    Ok(0) | Err(_) => break,
                    Ok(more) => got += more,
                }
            }
            if got == first.len() && first == SIGN {
                self.probes = 0;
                self.source.go(at)?;
                self.begin_member();
                return Ok(true);
            }
            from = at + 1;
        }
    }

    /// Looks for the next record of a plain file.
    fn next_sign(&mut self) -> io::Result<bool> {
        let mut from = self.record.byte.saturating_add(1);
        loop {
            self.source.go(from)?;
            let Some(at) = find(&mut self.source, SIGN)? else {
                return Ok(false);
            };
            self.source.go(at)?;
            let mut line = Vec::new();
            (&mut self.source).take(64).read_to_end(&mut line)?;
            if begins_record(&line) {
                self.source.go(at)?;
                return Ok(true);
            }
            from = at + 1;
        }
    }
}
