//! Gzip: unpacked as a stream, or member by member.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::limits::Limits;
use crate::source::Input;

/// The first bytes of a gzip file: the sign, and the one method there is.
pub(crate) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Unpacks all members of a gzip file.
pub(crate) fn unpack(input: Input, limits: &Limits) -> Input {
    let counted = Counted::new(input.buffered());
    let packed = counted.count.clone();
    let inner = MultiGzDecoder::new(BufReader::with_capacity(64 << 10, counted));
    Input::Stream(Box::new(Capped::new(inner, packed, limits)))
}

/// Counts the bytes that are read through it.
pub(crate) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    pub fn new(inner: R) -> Counted<R> {
        Counted {
            inner,
            count: Arc::default(),
        }
    }

    pub fn count(&self) -> Arc<AtomicU64> {
        self.count.clone()
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.count.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// Unpacked bytes, which fail when they are far more than their packed ones.
pub(crate) struct Capped<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limits: Limits,
}

impl<R: Read> Capped<R> {
    pub fn new(inner: R, packed: Arc<AtomicU64>, limits: &Limits) -> Capped<R> {
        Capped {
            inner,
            packed,
            unpacked: 0,
            limits: *limits,
        }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.unpacked += got as u64;
        if self.unpacked > self.limits.unpacked(self.packed.load(Ordering::Relaxed)) {
            return Err(io::Error::other(Bomb(self.limits.ratio)));
        }
        Ok(got)
    }
}

/// The error inside an `io::Error` for data that unpacks to far too much.
#[derive(Debug)]
pub(crate) struct Bomb(pub u64);

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unpacks to more than {} times its length; unpack it yourself if you trust it",
            self.0
        )
    }
}

impl std::error::Error for Bomb {}

/// Unpacks one member after the other, each told from the next.
pub(crate) struct Member {
    inflate: Decompress,
    crc: Crc,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

impl Member {
    pub fn new() -> Member {
        Member {
            inflate: Decompress::new(false),
            crc: Crc::new(),
            state: State::Before,
        }
    }

    /// Makes ready for the next member.
    pub fn reset(&mut self) {
        self.inflate.reset(false);
        self.crc.reset();
        self.state = State::Before;
    }

    /// Unpacks into `out`; 0 is the end of the member, whose sums are then checked.
    pub fn read(&mut self, source: &mut impl BufRead, out: &mut [u8]) -> io::Result<usize> {
        if self.state == State::Before {
            head(source)?;
            self.state = State::Within;
        }
        while self.state == State::Within && !out.is_empty() {
            let buffer = source.fill_buf()?;
            let at_end = buffer.is_empty();
            let (was_in, was_out) = (self.inflate.total_in(), self.inflate.total_out());
            let flush = match at_end {
                true => FlushDecompress::Finish,
                false => FlushDecompress::None,
            };
            let status = self.inflate.decompress(buffer, out, flush);
            let used = (self.inflate.total_in() - was_in) as usize;
            let made = (self.inflate.total_out() - was_out) as usize;
            source.consume(used);
            self.crc.update(&out[..made]);
            match status {
                Err(_) => return Err(bad("the packed data is damaged")),
                Ok(Status::StreamEnd) => {
                    self.state = State::After;
                    self.tail(source)?;
                }
                Ok(_) if made == 0 && used == 0 && at_end => {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(_) => {}
            }
            if made > 0 {
                return Ok(made);
            }
        }
        Ok(0)
    }

    fn tail(&mut self, source: &mut impl BufRead) -> io::Result<()> {
        let mut tail = [0; 8];
        source.read_exact(&mut tail)?;
        let word =
            |at: usize| u32::from_le_bytes([tail[at], tail[at + 1], tail[at + 2], tail[at + 3]]);
        if word(0) != self.crc.sum() || word(4) != self.crc.amount() {
            return Err(bad("its check sum is another"));
        }
        Ok(())
    }
}

fn bad(text: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text)
}

/// Passes over the head of a member.
fn head(source: &mut impl BufRead) -> io::Result<()> {
    let mut fixed = [0; 10];
    source.read_exact(&mut fixed)?;
    let flags = fixed[3];
    if fixed[..3] != MAGIC || flags & 0xe0 != 0 {
        return Err(bad("no gzip data"));
    }
    if flags & 4 != 0 {
        let mut length = [0; 2];
        source.read_exact(&mut length)?;
        let length = u64::from(u16::from_le_bytes(length));
        if io::copy(&mut source.take(length), &mut io::sink())? != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let mut name = Vec::new();
            source.take(1 << 16).read_until(0, &mut name)?;
            if name.last() != Some(&0) {
                return Err(bad("a name without end"));
            }
        }
    }
    if flags & 2 != 0 {
        source.read_exact(&mut [0; 2])?;
    }
    Ok(())
}
