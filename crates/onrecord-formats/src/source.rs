//! Where bytes come from.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// A file to be read, or a member of one: with or without a way back.
pub(crate) enum Input {
    /// From any place.
    Seek(Box<dyn ReadSeek + Send>),
    /// From the beginning to the end.
    Stream(Box<dyn Read + Send>),
}

/// Bytes of which so many were read.
pub(crate) type Buffered = io::BufReader<Box<dyn Read + Send>>;

impl Input {
    pub fn of_bytes(bytes: Vec<u8>) -> Input {
        Input::Seek(Box::new(Cursor::new(bytes)))
    }

    /// The first bytes, without taking them.
    pub fn head(self, most: usize) -> io::Result<(Vec<u8>, Input)> {
        let mut head = Vec::new();
        match self {
            Input::Seek(mut source) => {
                let start = source.stream_position()?;
                (&mut source).take(most as u64).read_to_end(&mut head)?;
                source.seek(SeekFrom::Start(start))?;
                Ok((head, Input::Seek(source)))
            }
            Input::Stream(mut source) => {
                let failed = (&mut source).take(most as u64).read_to_end(&mut head).err();
                // What went wrong in the first bytes goes wrong again when they are asked for.
                let rest: Box<dyn Read + Send> = match failed {
                    None => source,
                    Some(error) => Box::new(Failing(Some(error))),
                };
                let whole = Cursor::new(head.clone()).chain(rest);
                Ok((head, Input::Stream(Box::new(whole))))
            }
        }
    }

    pub fn buffered(self) -> Buffered {
        let bytes: Box<dyn Read + Send> = match self {
            Input::Seek(source) => Box::new(source),
            Input::Stream(source) => source,
        };
        io::BufReader::with_capacity(64 << 10, bytes)
    }

    /// All bytes, or `None` if they are more than `most`.
    pub fn bytes(self, most: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let most = most.saturating_add(1);
        match self {
            Input::Seek(source) => source.take(most).read_to_end(&mut bytes)?,
            Input::Stream(source) => source.take(most).read_to_end(&mut bytes)?,
        };
        Ok(((bytes.len() as u64) < most).then_some(bytes))
    }

    /// With a way back: what has none is read into memory, or `None` if it is too much.
    pub fn seekable(self, most: u64) -> io::Result<Option<Box<dyn ReadSeek + Send>>> {
        match self {
            Input::Seek(source) => Ok(Some(source)),
            stream @ Input::Stream(_) => Ok(stream.bytes(most)?.map(|bytes| {
                let source: Box<dyn ReadSeek + Send> = Box::new(Cursor::new(bytes));
                source
            })),
        }
    }
}

/// A reader that gives an error, then ends.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// One source for many readers, each with its own place in it.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<Box<dyn ReadSeek + Send>>>);

impl Shared {
    pub fn new(source: Box<dyn ReadSeek + Send>) -> Shared {
        Shared(Arc::new(Mutex::new(source)))
    }

    pub fn len(&self) -> io::Result<u64> {
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::End(0))
    }

    /// The bytes from `start`, `length` of them or up to the end.
    pub fn section(&self, start: u64, length: u64) -> Section {
        Section {
            shared: self.clone(),
            start,
            length,
            at: 0,
        }
    }
}

/// A part of a source, as a file of its own.
pub(crate) struct Section {
    shared: Shared,
    start: u64,
    length: u64,
    at: u64,
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.at);
        let most = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let mut source = self.shared.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
        let got = source.read(&mut buffer[..most])?;
        self.at += got as u64;
        Ok(got)
    }
}

impl Seek for Section {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// A buffered source that knows where it stands.
pub(crate) struct Tracked {
    inner: io::BufReader<Box<dyn ReadSeek + Send>>,
    at: u64,
}

impl Tracked {
    pub fn new(source: Box<dyn ReadSeek + Send>) -> Tracked {
        Tracked {
            inner: io::BufReader::with_capacity(64 << 10, source),
            at: 0,
        }
    }

    /// How many bytes stand before the next one.
    pub fn at(&self) -> u64 {
        self.at
    }

    pub fn go(&mut self, to: u64) -> io::Result<()> {
        let by = i64::try_from(to).ok().zip(i64::try_from(self.at).ok());
        match by.and_then(|(to, at)| to.checked_sub(at)) {
            Some(by) => self.inner.seek_relative(by)?,
            None => return Err(io::ErrorKind::InvalidInput.into()),
        }
        self.at = to;
        Ok(())
    }
}

impl Read for Tracked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.at += got as u64;
        Ok(got)
    }
}

impl BufRead for Tracked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, used: usize) {
        self.at += used as u64;
        self.inner.consume(used);
    }
}
