//! Bytes of a source, unpacked, within limits.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use onrecord_formats::Limits;
use onrecord_model::Note;

use super::Place;

/// A gzip file that unpacks to more than this many times its length is a bomb; saved pages
/// reach ten, tables of nothing but the same row fifty.
const RATIO: u64 = 200;
/// Below this many unpacked bytes the ratio does not matter.
const SMALL: u64 = 1 << 20;

/// Why bytes could not be had.
#[derive(Debug)]
pub enum Trouble {
    /// No regular file: a pipe, a device.
    NotAFile,
    /// More than the limit.
    TooLarge(u64),
    /// A gzip file that unpacks to far more than it should.
    Bomb,
    /// A gzip file that cannot be unpacked to its end.
    Broken(io::Error),
    /// The system refuses.
    System(io::Error),
}

/// Unpacked bytes to be read.
pub struct Unpacked {
    bytes: Box<dyn BufRead + Send>,
    gzip: bool,
}

/// Opens the file of a source as it lies.
pub fn file(place: &Place) -> Result<File, Trouble> {
    match place {
        Place::File(path) => open_file(path),
        Place::Copy(copy) => {
            let mut file = copy.try_clone().map_err(Trouble::System)?;
            file.rewind().map_err(Trouble::System)?;
            Ok(file)
        }
        Place::Nowhere(_) => Err(Trouble::NotAFile),
    }
}

/// Opens a source; gzip is told by its first two bytes, all its members are unpacked.
pub fn open(place: &Place) -> Result<Unpacked, Trouble> {
    let file = file(place)?;
    let packed = file.metadata().map_err(Trouble::System)?.len();
    let mut file = file;
    let mut magic = Vec::with_capacity(2);
    (&mut file)
        .take(2)
        .read_to_end(&mut magic)
        .map_err(Trouble::System)?;
    let gzip = magic == [0x1f, 0x8b];
    let whole = BufReader::with_capacity(64 * 1024, Cursor::new(magic).chain(file));
    let bytes: Box<dyn BufRead + Send> = match gzip {
        true => {
            let most = SMALL.max(packed.saturating_mul(RATIO));
            Box::new(BufReader::new(Capped {
                inner: MultiGzDecoder::new(whole),
                left: most,
            }))
        }
        false => Box::new(whole),
    };
    Ok(Unpacked { bytes, gzip })
}

/// Opens a regular file, and nothing that could keep us waiting.
fn open_file(path: &Path) -> Result<File, Trouble> {
    let about = fs::metadata(path).map_err(Trouble::System)?;
    if !about.is_file() {
        return Err(Trouble::NotAFile);
    }
    File::open(path).map_err(Trouble::System)
}

impl Unpacked {
    /// All bytes, unless they are more than `limits` allow.
    pub fn read_all(self, limits: Limits) -> Result<Vec<u8>, Trouble> {
        let gzip = self.gzip;
        let mut bytes = Vec::new();
        let most = limits.page_bytes.saturating_add(1);
        self.bytes
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|e| trouble(e, gzip))?;
        if bytes.len() as u64 > limits.page_bytes {
            return Err(Trouble::TooLarge(limits.page_bytes));
        }
        Ok(bytes)
    }
}

/// A reader that fails after so many bytes.
struct Capped<R> {
    inner: R,
    left: u64,
}

/// The error inside the `io::Error` that [`Capped`] gives.
#[derive(Debug)]
struct TooMuch;

impl std::fmt::Display for TooMuch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "it unpacks to more than {RATIO} times its length, like a gzip bomb"
        )
    }
}

impl std::error::Error for TooMuch {}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(got as u64)
            .ok_or_else(|| io::Error::other(TooMuch))?;
        Ok(got)
    }
}

/// What an error of reading means.
fn trouble(error: io::Error, gzip: bool) -> Trouble {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    if error.get_ref().is_some_and(|inner| inner.is::<TooMuch>()) {
        Trouble::Bomb
    } else if gzip && matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) {
        Trouble::Broken(error)
    } else {
        Trouble::System(error)
    }
}

impl Trouble {
    /// As a note about `uri`, of which nothing was read.
    pub fn note(&self, uri: &str) -> Note {
        let (code, text) = self.words();
        Note::unread(code, uri, text)
    }

    /// The note's code and text.
    pub fn words(&self) -> (&'static str, String) {
        match self {
            Trouble::NotAFile => (
                "not-a-file",
                "no regular file (a pipe, a socket or a device); to read a stream, send it to \
                 standard input and name `-`"
                    .to_owned(),
            ),
            Trouble::TooLarge(most) => (
                "too-large",
                format!("longer than {most} bytes; cut it into parts"),
            ),
            Trouble::Bomb => (
                "gzip-bomb",
                format!(
                    "unpacks to more than {RATIO} times its length; unpack it yourself if you trust it"
                ),
            ),
            Trouble::Broken(error) => (
                "gzip-broken",
                format!("cannot be unpacked to its end ({error})"),
            ),
            Trouble::System(error) => match error.kind() {
                io::ErrorKind::NotFound => ("not-found", "no such file or folder".to_owned()),
                io::ErrorKind::PermissionDenied => (
                    "unreadable",
                    "may not be read; check its permissions".to_owned(),
                ),
                _ => ("unreadable", format!("cannot be read ({error})")),
            },
        }
    }
}
